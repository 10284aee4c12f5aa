"""tsv and csv out."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from tests.formats.items import entries, entry

from compcite.formats.tabular import COLUMNS, write_csv, write_tsv
from compcite.model.item import Date, Item, Name

if TYPE_CHECKING:
    from compcite.model.library import Entry

ITEM = Item(
    "article-journal",
    {
        "title": 'The <i>"tabs"</i>,\tand lines\nof it',
        "container-title": "J",
        "volume": "1",
        "issue": "2",
        "page": "3-4",
        "DOI": "10.1000/a<i>",
        "URL": "https://example.org/",
    },
    {"author": (Name("Doe", "Jane"), Name(literal="World Bank"))},
    {"issued": Date(((2001,),))},
    truncated=frozenset({"author"}),
)
CELLS = [
    *("doe", "article-journal", "Doe, Jane; World Bank; et al.", "2001"),
    *('The "tabs", and lines of it', "J", "1", "2", "3-4", "10.1000/a<i>", "https://example.org/"),
]


def test_tsv() -> None:
    """The first line names the columns; a cell has neither tab nor line end nor markup."""
    written = write_tsv([entry(ITEM, "doe")])
    assert ["\t".join(COLUMNS), "\t".join(CELLS)] == written.text.splitlines()


def test_csv() -> None:
    """Quotes and commas are quoted as RFC 4180 has it."""
    written = write_csv([entry(ITEM, "doe")])
    assert [list(COLUMNS), CELLS] == list(csv.reader(io.StringIO(written.text)))


def test_what_the_columns_leave_out_is_said() -> None:
    """One sentence an entry."""
    item = Item("book", {"title": "T", "publisher": "P"}, {}, {"issued": Date(((2001, 2),))})
    assert write_tsv([entry(item, "doe")]).losses == (
        "doe: tsv has no place for “publisher” and holds “issued” only in part.",
    )


@pytest.mark.no_cover
@settings(max_examples=50)
@given(entries())
def test_every_line_has_every_column(originals: list[Entry]) -> None:
    """Whatever the values are, rows and columns stay what they are."""
    rows = list(csv.reader(io.StringIO(write_csv(originals).text)))
    lines = write_tsv(originals).text.split("\n")[:-1]
    assert {len(COLUMNS)} == {len(row) for row in rows} | {line.count("\t") + 1 for line in lines}
    assert (len(originals) + 1,) * 2 == (len(rows), len(lines))
