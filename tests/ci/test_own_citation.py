"""How compcite asks to be cited: its own CITATION.cff, read by its own reader."""

from __future__ import annotations

from pathlib import Path

from compcite.verbs.load import load_library
from compcite.version import __version__

CITATION = Path(__file__).parents[2] / "CITATION.cff"


def test_the_citation_file_is_read_without_a_problem_and_is_up_to_date() -> None:
    """One entry, software, of this version."""
    library = load_library([str(CITATION)])
    items = [entry.item for entry in library.entries]

    assert library.problems == []
    assert [(item.type, item.text["title"], item.text["version"]) for item in items] == [
        ("software", "compcite", __version__)
    ]
