"""Whether a field of one entry and a field of another say the same, and which says more.

Only what surely loses nothing counts as the same: other letter case, an accent or a brace more, a
subtitle, given names for initials, a journal's name for its abbreviation, a date in full. All
else is a contradiction, which is for the author to settle.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import zip_longest
from typing import TYPE_CHECKING

from compcite.model.doi import DOI
from compcite.text.compare import compare_pages
from compcite.text.compare.words import words
from compcite.text.doi import read_doi
from compcite.text.latex.decode import decode_text, decode_title
from compcite.text.markup import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compcite.model.item import Date, Name
    from compcite.model.library import Entry

__all__ = ["LISTS", "fuller", "same_letters", "united", "value_of"]

LISTS = {
    "file": ";",
    "groups": ",",
    "ids": ",",
    "keywords": ",",
    "mendeley-tags": ",",
    "tags": ",",
}
"""The fields that list things, with what stands between these."""

_DATES = frozenset({"date", "year", "month", "day"})
_PEOPLE = frozenset({"author", "editor", "translator"})
_CONTAINERS = frozenset({"journal", "journaltitle", "booktitle"})
_ADDRESS = re.compile(r"(?:https?://)?(?:www\.)?([^/?#]*)([^ ]*)", re.IGNORECASE)
_QUOTES = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‐": "-", "‑": "-"}
)
_SUBTITLE = re.compile(r"\s*[:.?!–—]|\s+-\s")
_DULL = frozenset({"a", "an", "and", "de", "der", "for", "in", "la", "of", "on", "the", "und"})


def fuller(home: str, into: Entry, name: str, entry: Entry) -> str | None:
    """What the field ``home`` of the one entry should say, given the field ``name`` of the other.

    Its own value, unless the other says all of that and more; None where either would lose
    something.
    """
    here, there = value_of(into, home), value_of(entry, name)
    if here == there:
        return here
    if name in _DATES:
        return _fuller_date(home, into, name, entry)
    if name in ("url", "doi"):
        own = {_doi(into), _doi(entry)} - {None}
        same = len(own) == 1 and DOI.parse(there) in own
        return _fuller_url(here, there, own) if name == "url" else here if same else None
    if name in _PEOPLE:
        mine, theirs = (_people(one, field) for one, field in ((into, home), (entry, name)))
        return _of_both(here, there, ours=_covers(mine, theirs), others=_covers(theirs, mine))
    return _fuller_text(name, here, there)


def _fuller_text(name: str, here: str, there: str) -> str | None:
    """The value that says all that the other says, the first where they say the same."""
    mine, theirs = _read(here), _read(there)
    if same_letters(mine) == same_letters(theirs):
        return there if _marks(there) > _marks(here) else here
    return _of_both(
        here, there, ours=_says_all(name, mine, theirs), others=_says_all(name, theirs, mine)
    )


def united(one: str, other: str, separator: str) -> str:
    """One list with what the other adds to it, separated as it is itself.

    What stands in braces, or behind a backslash, separates nothing.
    """
    used = ";" if len(_parts(one, ";")) > 1 else separator
    between = f"{used} " if f"{used} " in one or used not in one else used
    known = set(_parts(one, used))
    there = _parts(other, ";") if len(_parts(other, ";")) > 1 else _parts(other, separator)
    added = [part for part in dict.fromkeys(there) if part and part not in known]
    return between.join([one.rstrip(f"{used} "), *added]) if added else one


def value_of(entry: Entry, name: str) -> str:
    """What stands in a field, without the blanks round it; nothing where it is missing."""
    field = entry.field(name)
    return field.value.strip() if field is not None else ""


def same_letters(text: str) -> str:
    """A text of which case, accents, white space and the form of quotes and dashes are gone."""
    spread = unicodedata.normalize("NFKD", text.translate(_QUOTES))
    bare = "".join(char for char in spread if not unicodedata.combining(char))
    return " ".join(bare.casefold().split()).rstrip(".")


def _of_both(here: str, there: str, *, ours: bool, others: bool) -> str | None:
    """The value that says all the other says; the first where both do, None where neither."""
    return here if ours else there if others else None


def _read(value: str) -> str:
    """What a value says, without its markup."""
    return plain(decode_text(value))


def _doi(entry: Entry) -> DOI | None:
    return DOI.parse(value_of(entry, "doi"))


def _parts(value: str, separator: str) -> list[str]:
    """A list taken apart where the separator stands by itself."""
    parts, depth, escaped = [""], 0, False
    for char in value:
        depth += (char == "{") - (char == "}")
        if char == separator and not depth and not escaped:
            parts.append("")
        else:
            parts[-1] += char
        escaped = char == "\\" and not escaped
    return [part.strip() for part in parts]


def _marks(value: str) -> tuple[int, int, int]:
    """How much a value tells beyond its letters: markup, capitals within words, accents."""
    shown = _read(value)
    inner = sum(char.isupper() for word in shown.split() for char in word[1:])
    accents = sum(char.isalpha() and not char.isascii() for char in shown)
    return decode_title(value).count("<"), inner, accents


def _says_all(name: str, one: str, other: str) -> bool:
    """Whether a value says all that a shorter form of it says."""
    if name in _CONTAINERS:
        return _is_abbreviated(one, other)
    if name == "pages":
        first, second = (re.findall(r"\d+", text) for text in (one, other))
        return (
            len(one) >= len(other) and first[:1] == second[:1] and compare_pages(one, other).agrees
        )
    long, short = same_letters(one), same_letters(other)
    if not long.startswith(short):
        return False
    if name == "title":
        return _SUBTITLE.match(long, len(short)) is not None
    return name == "abstract"


def _is_abbreviated(name: str, short: str) -> bool:
    """Whether a name has, word for word, the words that another one abbreviates."""
    long, brief = ([word for word in words(text) if word not in _DULL] for text in (name, short))
    return len(long) == len(brief) and all(
        word.startswith(beginning) for word, beginning in zip(long, brief, strict=True)
    )


def _people(entry: Entry, name: str) -> tuple[Sequence[Name], bool]:
    """The people of an entry, and whether there are more of them."""
    return entry.item.names.get(name, ()), name in entry.item.truncated


def _covers(mine: tuple[Sequence[Name], bool], theirs: tuple[Sequence[Name], bool]) -> bool:
    """Whether a list of people tells of everybody, and of each all, that another one tells."""
    (people, more), (others, others_more) = mine, theirs
    if not people or len(people) < len(others) or (more and not others_more):
        return False
    if len(people) > len(others) and not others_more:
        return False
    return all(_names_all(one, other) for one, other in zip(people, others, strict=False))


def _names_all(one: Name, other: Name) -> bool:
    """Whether a name says all that another form of it says."""
    fixed = [
        (same_letters(a), same_letters(b), a, b)
        for a, b in (
            (one.family, other.family),
            (one.literal, other.literal),
            (one.suffix, other.suffix),
            (
                f"{one.dropping_particle} {one.non_dropping_particle}",
                f"{other.dropping_particle} {other.non_dropping_particle}",
            ),
        )
    ]
    if any(bare != their or _accents(a) < _accents(b) for bare, their, a, b in fixed):
        return False
    given = zip_longest(_given(one), _given(other), fillvalue="")
    return all(word.startswith(part) for word, part in given) and _accents(one.given) >= _accents(
        other.given
    )


def _given(name: Name) -> list[str]:
    return same_letters(name.given).replace(".", " ").split()


def _accents(text: str) -> int:
    return sum(char.isalpha() and not char.isascii() for char in text)


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
    if one.parts and len(one.parts) == len(other.parts) and one.circa == other.circa:
        pairs = zip(one.parts, other.parts, strict=True)
        return all(less == more[: len(less)] for less, more in pairs) and one.season in (
            None,
            other.season,
        )
    return one == other


def _fuller_url(here: str, there: str, own: set[DOI | None]) -> str | None:
    """One of two addresses of the work, where they are one but for a link by its own DOI."""
    if _address(here) == _address(there):
        return here
    if _links(there, own):
        return here
    return there if _links(here, own) else None


def _address(url: str) -> tuple[str, str]:
    """An address without its scheme; only the host may be written in any case."""
    match = _ADDRESS.fullmatch(url)
    return (match[1].lower(), match[2].rstrip("/")) if match else ("", url)


def _links(url: str, own: set[DOI | None]) -> bool:
    """Whether an address is nothing but one of some DOIs as a link."""
    found = read_doi(url)
    return found is not None and found.bare and DOI(found.doi) in own
