"""An entry at the end of published files: everything before it stays, and it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from compcite.files.decoding import decode, encode
from compcite.formats.bibtex.edit.appending import append_entry
from compcite.formats.bibtex.read.reader import read_bibtex
from compcite.model.item import Date, Item, Name
from compcite.model.library import Entry
from compcite.text.markup import without_tags

if TYPE_CHECKING:
    from pathlib import Path

ITEM = Item(
    "article-journal",
    {
        "title": "A <i>new</i> “way” for DNA & all",
        "container-title": "Journal of Things",
        "volume": "3",
        "page": "1-9",
        "DOI": "10.1234/abc_d",
    },
    {"author": (Name("Müller", "Jörg"), Name("Łoś", "J."))},
    {"issued": Date(((2020, 5),))},
)


@pytest.mark.no_cover
def test_every_published_file_takes_an_entry(published: list[Path]) -> None:
    """In its own encoding, behind all that was there to the byte."""
    for path in published:
        data = path.read_bytes()
        source = decode(data, path.name, path)
        after = append_entry(source, Entry("new2020", ITEM, ITEM.type))
        before, (*others, new) = read_bibtex(source)[0], read_bibtex(source.with_text(after))[0]

        assert encode(source, after).startswith(data.rstrip())
        assert [one.item for one in others] == [one.item for one in before]
        assert without_tags(new.item.text["title"]) == without_tags(ITEM.text["title"])
        assert new.item.names == ITEM.names
        assert {name: new.item.text[name] for name in ("volume", "page", "DOI")} == {
            name: ITEM.text[name] for name in ("volume", "page", "DOI")
        }
        assert new.item.dates == ITEM.dates
