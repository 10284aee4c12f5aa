"""The values of the file and of the registry, variable by variable."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from compcite.text.markup import without_tags

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compcite.model.item import Date, Item, Name

__all__ = ["Row", "side_by_side"]

_VARIABLES = {
    "title": "title",
    "author": "authors",
    "editor": "editors",
    "issued": "issued",
    "container-title": "container",
    "publisher": "publisher",
    "volume": "volume",
    "issue": "issue",
    "page": "pages",
    "DOI": "DOI",
}


class Row(NamedTuple):
    """A variable's name for readers, the file's value and the registry's.

    One of them may be empty.
    """

    label: str
    file: str
    registry: str


def side_by_side(item: Item, registered: Item) -> Iterator[Row]:
    """A row for each of the main variables that the file or the registry has.

    It has the variable's name, the file's value and the registry's; a missing value is empty.
    """
    for variable, name in _VARIABLES.items():
        row = Row(name, _shown(item, variable), _shown(registered, variable))
        if row.file or row.registry:
            yield row


def _shown(item: Item, variable: str) -> str:
    """The value of a variable for readers; empty where there is none."""
    if names := item.names.get(variable):
        return "; ".join(map(_name, names))
    if date := item.dates.get(variable):
        return _date(date)
    return without_tags(item.text.get(variable, ""))


def _name(name: Name) -> str:
    """A name as ``Family, Given`` with particles and suffix."""
    family = " ".join(filter(None, (name.non_dropping_particle, name.family)))
    given = " ".join(filter(None, (name.given, name.dropping_particle)))
    return name.literal or ", ".join(filter(None, (family, given, name.suffix)))


def _date(date: Date) -> str:
    """A date as ``2016-05-01`` or ``2016-05``, a range with a dash between."""
    days = ["-".join(f"{part:02}" for part in parts) for parts in date.parts]
    return date.literal or "–".join(days)
