"""Whether a field of one entry and a field of another say the same, and which says more.

Both entries are of one work, so that what differs by the habits of writing references alone
(initials, abbreviated journals, shortened pages) is the same.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from compcite.model.doi import DOI
from compcite.text.compare import (
    compare_containers,
    compare_pages,
    compare_people,
)
from compcite.text.compare.words import fold, squeeze
from compcite.text.latex.decode import decode_text
from compcite.text.markup import plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from compcite.model.item import Date
    from compcite.model.library import Entry

    Compare = Callable[[str, Entry, str, Entry], bool]

__all__ = ["LISTS", "fuller", "united", "value_of"]

LISTS = {
    "file": ";",
    "groups": ",",
    "ids": ",",
    "keywords": ",",
    "mendeley-tags": ",",
    "tags": ",",
}
"""The fields that list things, with what stands between these."""

_DATES = ("date", "year", "month", "day")
_SCHEME = re.compile(r"https?://(?:www\.)?|/+$", re.IGNORECASE)


def fuller(home: str, into: Entry, name: str, entry: Entry) -> str | None:
    """What the field ``home`` of the one entry should say, given the field ``name`` of the other.

    Its own value, unless the other says the same and more; None where the two contradict each
    other, or cannot be told not to.
    """
    here, there = value_of(into, home), value_of(entry, name)
    if here == there:
        return here
    if name in _DATES:
        return _fuller_date(home, into, name, entry)
    if name == "url":
        return _fuller_url(here, there)
    if name == "doi":
        return here if DOI.parse(here) == DOI.parse(there) is not None else None
    mine, theirs = _read(here), _read(there)
    if squeeze(mine) != squeeze(theirs):
        same = _SAME.get(name)
        if not (same(home, into, name, entry) if same else _one_in_other(mine, theirs)):
            return None
    fullness = [
        (field not in one.item.truncated, len(squeeze(said)))
        for one, field, said in ((into, home, mine), (entry, name, theirs))
    ]
    return there if fullness[1] > fullness[0] else here


def united(one: str, other: str, separator: str) -> str:
    """One list with what the other adds to it, separated as it is itself."""
    used = ";" if ";" in one else separator
    between = f"{used} " if f"{used} " in one or used not in one else used
    known = {part.strip() for part in one.split(used)}
    there = [part.strip() for part in other.split(";" if ";" in other else separator)]
    added = [part for part in dict.fromkeys(there) if part and part not in known]
    return between.join([one.rstrip(f"{used} "), *added]) if added else one


def value_of(entry: Entry, name: str) -> str:
    """What stands in a field, without the blanks round it; nothing where it is missing."""
    field = entry.field(name)
    return field.value.strip() if field is not None else ""


def _read(value: str) -> str:
    """What a value says, without its markup."""
    return plain(decode_text(value))


def _fuller_date(home: str, into: Entry, name: str, entry: Entry) -> str | None:
    """The value of a field of the date, where the one date is the other or a part of it."""
    here, there = (one.item.dates.get("issued") for one in (into, entry))
    if here is None or there is None or not (_within(here, there) or _within(there, here)):
        return None
    if _within(there, here):
        return value_of(into, home)
    # A field of the other entry that says more stays only under its own name.
    return value_of(entry, name) if home == name == "date" else None


def _within(one: Date, other: Date) -> bool:
    """Whether a date says nothing that another does not say."""
    if one.parts and len(one.parts) == len(other.parts):
        pairs = zip(one.parts, other.parts, strict=True)
        return all(less == more[: len(less)] for less, more in pairs) and one.season in (
            None,
            other.season,
        )
    return one == other


def _fuller_url(here: str, there: str) -> str | None:
    """One of two addresses of the work, where they are one but for a link by the DOI."""
    if _SCHEME.sub("", here).lower() == _SCHEME.sub("", there).lower():
        return here
    if DOI.parse(there) is not None:
        return here
    return there if DOI.parse(here) is not None else None


def _same_people(home: str, into: Entry, name: str, entry: Entry) -> bool:
    here, there = into.item.names.get(home, ()), entry.item.names.get(name, ())
    return (
        compare_people(here, there, truncated=home in into.item.truncated).agrees
        or compare_people(there, here, truncated=name in entry.item.truncated).agrees
    )


def _same_container(home: str, into: Entry, name: str, entry: Entry) -> bool:
    return compare_containers([_read(value_of(into, home))], [_read(value_of(entry, name))]).agrees


def _same_pages(home: str, into: Entry, name: str, entry: Entry) -> bool:
    return compare_pages(value_of(into, home), value_of(entry, name)).agrees


def _one_in_other(one: str, other: str) -> bool:
    """Whether the words of one value stand in the other; numbers have to be the same."""
    short, long = sorted((fold(one), fold(other)), key=len)
    return any(map(str.isalpha, short)) and f" {short} " in f" {long} "


_SAME: dict[str, Compare] = {
    "author": _same_people,
    "editor": _same_people,
    "translator": _same_people,
    "journal": _same_container,
    "journaltitle": _same_container,
    "booktitle": _same_container,
    "pages": _same_pages,
}
