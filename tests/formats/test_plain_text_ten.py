"""The ten references of ``examples/``, read from plain text, are those of ``data/``."""

from __future__ import annotations

from pathlib import Path

from compcite.files.decoding import read_source
from compcite.formats.bibtex.read.reader import read_bibtex
from compcite.formats.plain_text import read_plain_text
from compcite.text.markup import without_tags

ROOT = Path(__file__).parents[2]


def test_the_pasted_list_is_the_bibtex_list() -> None:
    """Same keys, authors, years, titles, journals, volumes, issues, pages and DOIs."""
    pasted, problems = read_plain_text(
        read_source(str(ROOT / "examples" / "compassion-references.txt"))
    )
    written, _ = read_bibtex(read_source(str(ROOT / "data" / "references.bib")))

    assert problems == []
    assert [entry.key for entry in pasted] == [entry.key for entry in written]
    for one, other in zip(pasted, written, strict=True):
        assert one.item.names == other.item.names
        assert one.item.dates == other.item.dates
        assert {name: without_tags(text) for name, text in one.item.text.items()} == {
            name: without_tags(text) for name, text in other.item.text.items()
        }
