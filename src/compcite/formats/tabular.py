"""Write entries as tables for spreadsheets: tab-separated (tsv) and comma-separated (csv).

Sources: RFC 4180 for csv; the IANA registration of text/tab-separated-values for tsv, in which
a value holds neither tab nor line end.
"""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from typing import TYPE_CHECKING

from compcite.formats.losses import loss
from compcite.formats.plain_texts import plain_texts
from compcite.model.item import Date, Item
from compcite.model.library import Written
from compcite.values.person_names import write_person

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compcite.model.library import Entry

__all__ = ["COLUMNS", "write_csv", "write_tsv"]

COLUMNS = (
    "key",
    "type",
    "authors",
    "year",
    "title",
    "container",
    "volume",
    "issue",
    "pages",
    "doi",
    "url",
)
"""The columns in order; the first line names them."""

_TEXTS = (
    ("title", "title"),
    ("container", "container-title"),
    ("volume", "volume"),
    ("issue", "issue"),
    ("pages", "page"),
    ("doi", "DOI"),
    ("url", "URL"),
)


def write_tsv(entries: Sequence[Entry]) -> Written:
    """Return the entries as tab-separated lines below a line of column names, and all losses.

    A loss is what an entry says and no column holds.
    """
    lines = ["\t".join(row) for row in (COLUMNS, *map(_row, entries))]
    return Written("".join(line + "\n" for line in lines), _losses("tsv", entries))


def write_csv(entries: Sequence[Entry]) -> Written:
    """Return the entries as comma-separated lines below a line of column names, and all losses.

    A loss is what an entry says and no column holds. Lines end in LF, not in CR LF.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(map(_row, entries))
    return Written(text.getvalue(), _losses("csv", entries))


def _row(entry: Entry) -> list[str]:
    """Return the cells of an entry in the order of ``COLUMNS``, each in one line.

    Authors are ``Family, Given``, separated by semicolons; a list that is not complete ends in ``et
    al.``.
    """
    item = entry.item
    people = [write_person(name).rstrip(",") for name in item.names.get("author", ())]
    if "author" in item.truncated:
        people.append("et al.")
    issued = item.dates.get("issued", Date())
    text = plain_texts(item)
    cells = {
        "key": entry.key,
        "type": item.type,
        "authors": "; ".join(people),
        "year": str(issued.year or "") or issued.literal,
        **{column: text.get(variable, "") for column, variable in _TEXTS},
    }
    return [" ".join(cells[column].split()) for column in COLUMNS]


def _losses(name: str, entries: Sequence[Entry]) -> tuple[str, ...]:
    """Return a sentence for each thing that the columns leave out of an entry.

    ``name`` is the name of the format in the sentence.
    """
    return tuple(
        sentence
        for entry in entries
        for sentence in loss(name, entry.key, entry.item, _kept(entry.item))
    )


def _kept(item: Item) -> Item:
    """Return the item with only what the columns hold of it, such as the year of its date."""
    held = {variable for _, variable in _TEXTS}
    text = {name: value for name, value in plain_texts(item).items() if name in held}
    names = {"author": item.names["author"]} if "author" in item.names else {}
    issued = item.dates.get("issued")
    year = Date(((issued.year,),)) if issued and issued.year else issued
    dates = {"issued": year} if year else {}
    return replace(item, text=text, names=names, dates=dates)
