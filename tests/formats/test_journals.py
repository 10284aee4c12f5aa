"""Titles of journals, abbreviated by ISO 4."""

from __future__ import annotations

import pytest

from compcite.formats.bibtex.read.reader import read_bibtex
from compcite.formats.journals import abbreviate_journals
from compcite.model.source import SourceFile


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Personality and Individual Differences", "Pers. Individ. Differ."),
        # The list's own code ends with an error on this one.
        ("Journal of Traumatic Stress", "Journal of Traumatic Stress"),
    ],
)
def test_a_title_is_abbreviated_or_stays(title: str, expected: str) -> None:
    """A title that the list cannot abbreviate stays whole."""
    source = SourceFile("a.bib", f"@article{{a, journal = {{{title}}}}}")
    entries, _ = read_bibtex(source)
    (entry,) = abbreviate_journals(entries)

    assert entry.item.text["container-title"] == expected
