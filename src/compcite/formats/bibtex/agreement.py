"""Which of two fields that say the same says more.

Only what surely loses nothing counts as the same: another letter case, an accent or a brace more,
a subtitle, given names for initials, a journal's name for its abbreviation, a date in full. All
else is a contradiction, which is for the author to settle; fields whose meaning nobody knows, and
values with commands that print something else than they say, agree where they are equal.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from compcite.formats.bibtex.letters import (
    covers,
    is_opaque,
    letters,
    letters_of,
    levelled,
    shown,
)
from compcite.model.doi import DOI
from compcite.text.compare.titles import ABOUT
from compcite.text.doi import read_doi
from compcite.text.latex.decode import decode_text, decode_verbatim

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compcite.formats.bibtex.letters import Letter
    from compcite.model.item import Date, Name
    from compcite.model.library import Entry

__all__ = ["LISTS", "fuller", "is_same", "united", "value_of"]

LISTS = {
    "file": ";",
    "groups": ",",
    "ids": ",",
    "isbn": ",",
    "issn": ",",
    "keywords": ",",
    "mendeley-tags": ",",
    "tags": ",",
}
"""The fields that list things, with what stands between these."""

_WORDINGS = """
    abstract address annotation annote booksubtitle booktitle booktitleaddon chapter edition
    eventtitle howpublished institution issue issuetitle journal journalsubtitle journaltitle
    language langid location mainsubtitle maintitle note number organization part publisher school
    series shortjournal shorttitle subtitle title titleaddon type venue version volume volumes
"""
_WORDED = frozenset(_WORDINGS.split())
_CONTAINERS = frozenset({"journal", "journaltitle", "booktitle"})
_PEOPLE = frozenset({"author", "editor", "translator"})
_DATES = frozenset({"date", "year", "month", "day"})
_NUMBERS = frozenset({"isbn", "issn"})

_ADDRESS = re.compile(r"(?:https?://)?(?:www\.)?([^/?#]*)([^ ]*)", re.IGNORECASE)
_SUBTITLE = re.compile(r"\s*[:.?!]\s+|\s+-\s+")
_NUMBERED = re.compile(r"(?:part|vol|volume|chapter|no)\b|[ivx]+\b|[a-z]\b|\d")
_WORD = re.compile(r"[^\W\d_]+")
_DULL = frozenset({"&", "and", "de", "der", "des", "di", "du", "et", "for", "für", "in", "la"}) | {
    *("of", "on", "the", "und", "zur")
}
_DASHES = re.compile(r"\s*(?:-+|[‐‑–—])\s*")
_RANGE = re.compile(r"(\d+)-(\d+)")
_PLAIN_DATE = {
    "date": re.compile(r"\d{4}(?:-\d\d){0,2}"),
    "year": re.compile(r"\d{4}"),
    "day": re.compile(r"\d\d?"),
}
_MONTH = re.compile(
    r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(?:\.|t\.?|uary|ruary|ch|il|e|y|ust|tember"
    r"|ober|ember)?"
    r"|0?[1-9]|1[0-2]",
    re.IGNORECASE,
)
_EXTENDED = re.compile(r"\b(?:given|family|prefix|suffix)\s*=")  # biblatex manual, section 3.7
_GIVEN = re.compile(r"[.\s-]+")


def fuller(home: str, into: Entry, name: str, entry: Entry) -> str | None:
    """What the field ``home`` of the one entry should say, given the field ``name`` of the other.

    Its own value, unless the other says all of that and more; None where either would lose
    something.
    """
    here, there = value_of(into, home), value_of(entry, name)
    if is_same(here, there):
        return here
    if name in _DATES:
        return _fuller_date(home, into, name, entry)
    if name in ("url", "doi"):
        return _fuller_link(name, here, there, {_doi(into), _doi(entry)} - {None})
    if is_opaque(here) or is_opaque(there):
        return None
    if name in _PEOPLE:
        return _fuller_people(home, into, name, entry)
    return _fuller_pages(here, there) if name == "pages" else _fuller_text(name, here, there)


def _fuller_text(name: str, here: str, there: str) -> str | None:
    """The text that covers the other one, or a shorter form of it."""
    if name not in _WORDED:
        return None
    strict = letters(here), letters(there)
    for mine, theirs in (strict, [levelled(text) for text in strict]):
        if covers(mine, theirs) or _says_all(name, mine, theirs):
            return here
        if covers(theirs, mine) or _says_all(name, theirs, mine):
            return there
    return None


def is_same(here: str, there: str) -> bool:
    """Whether two values differ in white space at most."""
    return here.split() == there.split()


def united(name: str, one: str, other: str) -> str | None:
    """One list with what the other adds to it, separated as it is itself; None where it cannot be.

    What stands in braces, or behind a backslash, separates nothing.
    """
    used = ";" if len(_parts(one, ";")) > 1 else LISTS[name]
    between = f"{used} " if f"{used} " in one or used not in one else used
    known = {_number(name, part) for part in _parts(one, used)}
    there = _parts(other, ";") if len(_parts(other, ";")) > 1 else _parts(other, LISTS[name])
    added = [part for part in dict.fromkeys(there) if part and _number(name, part) not in known]
    if any(len(_parts(part, used)) > 1 for part in added):
        return None
    return between.join([one.rstrip(f"{used} "), *added]) if added else one


def value_of(entry: Entry, name: str) -> str:
    """What stands in a field, without the blanks round it; nothing where it is missing."""
    field = entry.field(name)
    return field.value.strip() if field is not None else ""


def _number(name: str, part: str) -> str:
    """A part of a list as it is compared: numbers of books and journals without hyphens."""
    return part.replace("-", "").upper() if name in _NUMBERS else part


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


def _says_all(name: str, one: Sequence[Letter], other: Sequence[Letter]) -> bool:
    """Whether a text says all that a shorter form of it says."""
    if name in _CONTAINERS:
        return _is_abbreviated(one, other)
    if name not in ("title", "abstract") or not covers(_cut(one, len(other)), other):
        return False
    return name == "abstract" or _is_subtitle(shown(one[len(other) :]))


def _cut(text: Sequence[Letter], length: int) -> Sequence[Letter]:
    """The beginning of a text; nothing where it is not longer."""
    return text[:length] if len(text) > length else ()


def _is_subtitle(rest: str) -> bool:
    """Whether what follows a title makes it no other work's: an erratum's, a second part's."""
    found = _SUBTITLE.match(rest)
    if found is None or _NUMBERED.match(rest, found.end()):
        return False
    return ABOUT.isdisjoint(_WORD.findall(rest))


def _is_abbreviated(name: Sequence[Letter], short: Sequence[Letter]) -> bool:
    """Whether a name has, word for word, the words that another one abbreviates."""
    (long, left_out), (brief, kept) = _words(name), _words(short)
    if len(long) != len(brief) or (len(brief) == 1 and brief[0][-1].base != "."):
        return False
    if not kept <= left_out:
        return False
    for word, beginning in zip(long, brief, strict=True):
        bare = beginning[:-1] if beginning[-1].base == "." else beginning
        if not bare or not covers(word[: len(bare)], bare):
            return False
    return True


def _words(text: Sequence[Letter]) -> tuple[list[list[Letter]], set[str]]:
    """The words of a name, and apart from them those that abbreviations leave out."""
    words: list[list[Letter]] = [[]]
    for letter in text:
        if letter.base == " ":
            words.append([])
        else:
            words[-1].append(letter)
    counted = [word for word in words if word and shown(word) not in _DULL]
    return counted, {shown(word) for word in words} & _DULL


def _fuller_people(home: str, into: Entry, name: str, entry: Entry) -> str | None:
    """The list of people that tells of everybody, and of each all, that the other one tells."""
    here, there = value_of(into, home), value_of(entry, name)
    if _EXTENDED.search(f"{here} {there}"):
        return None
    mine, theirs = (
        (one.item.names.get(name, ()), name in one.item.truncated) for one in (into, entry)
    )
    if _covers_people(mine, theirs):
        return here
    return there if _covers_people(theirs, mine) else None


def _covers_people(mine: tuple[Sequence[Name], bool], theirs: tuple[Sequence[Name], bool]) -> bool:
    """Whether a list of people tells of everybody, and of each all, that another one tells."""
    (people, more), (others, others_more) = mine, theirs
    if len(people) < len(others) or (more and not others_more):
        return False
    if others_more and not more and len(people) == len(others):
        return False
    if len(people) > len(others) and not others_more:
        return False
    return all(_names_all(one, other) for one, other in zip(people, others, strict=False))


def _names_all(one: Name, other: Name) -> bool:
    """Whether a name says all that another form of it says."""
    fixed = (
        (one.family, other.family),
        (one.literal, other.literal),
        (one.suffix, other.suffix),
        (one.dropping_particle, other.dropping_particle),
        (one.non_dropping_particle, other.non_dropping_particle),
    )
    if not all(covers(letters_of(a), letters_of(b)) for a, b in fixed):
        return False
    mine, theirs = (
        [letters_of(word) for word in _GIVEN.split(name.given) if word] for name in (one, other)
    )
    return len(mine) >= len(theirs) and all(
        covers(word, part) or (len(part) == 1 and covers(word[:1], part))
        for word, part in zip(mine, theirs, strict=False)
    )


def _fuller_date(home: str, into: Entry, name: str, entry: Entry) -> str | None:
    """The value of a field of the date, where the one date is the other or a part of it."""
    if not all(_is_plain_date(one) for one in (into, entry)):
        return None
    here, there = value_of(into, home), value_of(entry, name)
    if home == name == "month" and _month(here) == _month(there):
        return here
    one, other = (entry.item.dates.get("issued") for entry in (into, entry))
    if one is None or other is None:
        return None
    if _within(other, one):
        return here
    # A field of the other entry that says more stays only under its own name.
    return there if home == name == "date" and _within(one, other) else None


def _is_plain_date(entry: Entry) -> bool:
    """Whether the fields of an entry's date are a year, a month and a day, and no words."""
    return all(
        pattern.fullmatch(value)
        for name, pattern in {**_PLAIN_DATE, "month": _MONTH}.items()
        if (value := value_of(entry, name))
    )


def _month(value: str) -> str:
    """A month as it is compared."""
    names = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
    short = value[:3].lower()
    return str(names.index(short) + 1) if short in names else value.lstrip("0")


def _within(one: Date, other: Date) -> bool:
    """Whether a date says nothing that another does not say."""
    pairs = zip(one.parts, other.parts, strict=False)
    return len(one.parts) == len(other.parts) == 1 and all(
        less == more[: len(less)] for less, more in pairs
    )


def _fuller_pages(here: str, there: str) -> str | None:
    """The first or the fuller of two ways of writing the same pages."""
    mine, theirs = (_DASHES.sub("-", decode_text(value)) for value in (here, there))
    if mine == theirs or _completed(mine) == theirs or mine == _completed(theirs):
        return there if len(theirs) > len(mine) else here
    return None


def _completed(pages: str) -> str:
    """A range of pages with all digits of its end: ``321-8`` is ``321-328``."""
    found = _RANGE.fullmatch(pages)
    if found is None:
        return pages
    first, last = found.groups()
    return f"{first}-{first[: len(first) - len(last)]}{last}" if len(last) < len(first) else pages


def _fuller_link(name: str, here: str, there: str, own: set[DOI | None]) -> str | None:
    """One of two addresses of the work, where they are one but for a link by its own DOI."""
    here_bare, there_bare = decode_verbatim(here), decode_verbatim(there)
    if name == "doi":
        return (
            here if len(own) == 1 and _links(there_bare, own) and _links(here_bare, own) else None
        )
    if _address(here_bare) == _address(there_bare) or _links(there_bare, own):
        return here
    return there if _links(here_bare, own) else None


def _address(url: str) -> tuple[str, str]:
    """An address without its scheme; only the host may be written in any case."""
    match = _ADDRESS.fullmatch(url)
    return (match[1].lower(), match[2].rstrip("/")) if match else ("", url)


def _links(url: str, own: set[DOI | None]) -> bool:
    """Whether an address is nothing but one of some DOIs, bare or as a link."""
    found = read_doi(url)
    return found is not None and found.bare and DOI(found.doi) in own
