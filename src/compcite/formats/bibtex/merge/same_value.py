r"""Whether two fields have the same value; and united lists.

Two values are the same if they are equal after accents, letters and escapes are read as Unicode:
``G{\"o}del`` is ``Gödel``. Any other difference (case, braces, commands, abbreviations) may be
intended, so the author decides. Names, months, pages, languages, ISBN and DOI are compared by their
meaning.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from compcite.formats.bibtex.read.name_fields import parse_names
from compcite.formats.bibtex.tables.languages import language_tag
from compcite.formats.bibtex.tables.macros import MONTHS
from compcite.model.doi import DOI
from compcite.text.latex.commands import DECLARATIONS, MARKUP
from compcite.text.latex.decode import decode_letters, decode_verbatim

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from compcite.model.library import Entry

__all__ = ["LISTS", "list_parts", "says_same", "united", "value_of"]

LISTS = {
    "file": ";",
    "groups": ",",
    "ids": ",",
    "issn": ",",
    "keywords": ",",
    "mendeley-groups": ",",
    "mendeley-tags": ",",
    "tags": ",",
}
"""The fields that are lists, with their separators."""

# In these fields a line end is a blank. In an unknown field it may have a meaning.
_TEXT_WORDS = """
    abstract address annotation annote archiveprefix booksubtitle booktitle booktitleaddon
    chapter date day edition eprintclass eprinttype eventtitle howpublished institution issue
    issuetitle journal journalsubtitle journaltitle keywords location mainsubtitle maintitle
    note number organization part primaryclass publisher school series shortjournal shorttitle
    subtitle title titleaddon type venue version volume volumes year
"""
_TEXTS = frozenset(_TEXT_WORDS.split())
_DATES = frozenset({"date", "year", "month", "day"})
_EITHER = LISTS.keys() - {"file", "ids", "issn"}  # lists with commas or semicolons

_PARAGRAPH = re.compile(r"\n\s*\n")
_ESCAPE = re.compile(r"\\([&%_#])")
_COMMAND = re.compile(r"\\([A-Za-z]+)")
_DASHES = re.compile(r"(?:(?<!\s)\s++)?(?:-++|[‐‑–—])\s*+")
_PLAIN_DATE = re.compile(r"\d{4}(?:-\d{2}){0,2}")
_MONTH_NUMBER = re.compile(r"0?([1-9]|1[0-2])")
_MONTH_NAME = re.compile(
    rf"({'|'.join(MONTHS)})(?:\.|t\.?|uary|ruary|ch|il|e|y|ust|tember|ober|ember)?", re.IGNORECASE
)


def says_same(home: str, into: Entry, name: str, entry: Entry, here: str) -> bool:
    """Whether the field ``home`` of ``into`` has the same value as the field ``name`` of ``entry``.

    ``here`` is the value of ``home``. The two names are equal or mean the same, such as ``journal``
    and ``journaltitle``. Values of names, months, pages and such are compared by their meaning,
    texts after their LaTeX letters are read as Unicode. In a field that is not known, only equal
    values are the same.
    """
    there = value_of(entry, name)
    if here == there:
        return True
    if home != name and name in _DATES:
        # A year and a month are together what a date is.
        mine, theirs = (one.item.dates.get("issued") for one in (into, entry))
        return mine is not None and mine == theirs and not mine.literal
    read = _READINGS.get(name, _text if name in _TEXTS else None)
    if read is None:
        return False
    mine_read = read(here)
    return mine_read is not None and mine_read == read(there)


def united(name: str, one: str, other: str) -> str | None:
    """The list ``one`` with the parts of ``other`` that it lacks; None where they cannot be joined.

    Commas and semicolons inside braces or behind a backslash do not separate parts. Lists cannot be
    joined if it is not clear which of comma and semicolon separates the parts of both.
    """
    separators = [";", ","] if name in _EITHER else [LISTS[name]]
    used, theirs = (_separator(separators, value) for value in (one, other))
    mine, added = list_parts(one, used), list_parts(other, theirs)
    known = {_bare_number(part) if name == "issn" else part for part in mine}
    added = [
        part
        for part in dict.fromkeys(added)
        if part and (_bare_number(part) if name == "issn" else part) not in known
    ]
    if not added:
        return one
    if used is None or theirs is None or (used == ";" and theirs == "," and "," in other):
        return None
    if any(len(list_parts(part, used)) > 1 for part in added):
        return None
    spaced = f"{used} " in one or (len(mine) == 1 and used == ",")
    between = f"{used} " if spaced else used
    return between.join([one.removesuffix(used).rstrip() if not mine[-1] else one, *added])


def value_of(entry: Entry, name: str) -> str:
    """The value of a field without blanks around it; empty where the field is missing."""
    field = entry.field(name)
    return field.value.strip() if field is not None else ""


def list_parts(value: str, separator: str | None) -> list[str]:
    """The parts of a list; a separator inside braces or behind a backslash does not count.

    Blanks around a part are left out. Without a separator, the whole value is one part.
    """
    if separator is None:
        return [value]
    parts: list[str] = []
    begin = depth = 0
    escaped = False
    for place, char in enumerate(value):
        depth += (char == "{") - (char == "}")
        if char == separator and not depth and not escaped:
            parts.append(value[begin:place].strip())
            begin = place + 1
        escaped = char == "\\" and not escaped
    return [*parts, value[begin:].strip()]


def _separator(separators: Sequence[str], value: str) -> str | None:
    """The separator of a list: the only one that occurs, else the last.

    None where several occur.
    """
    found = [one for one in separators if len(list_parts(value, one)) > 1]
    return None if len(found) > 1 else found[0] if found else separators[-1]


def _text(value: str) -> object:
    """A text for comparison: the words of each paragraph, with LaTeX letters as Unicode."""
    read = unicodedata.normalize("NFC", _ESCAPE.sub(r"\1", decode_letters(value)))
    return [paragraph.split() for paragraph in _PARAGRAPH.split(read)]


def _people(value: str) -> object:
    """The names in a list of people, with the number of braces; None for anything but plain names.

    The braces count, since a name in braces is that of an institution.
    """
    commands = _COMMAND.findall(value)
    if "=" in value or any(name in MARKUP or name in DECLARATIONS for name in commands):
        return None  # names in parts with their own options (biblatex manual, section 3.7)
    return parse_names(value), decode_letters(value).count("{")


def _month(value: str) -> object:
    """The number of a month; None where the value is something else."""
    if found := _MONTH_NAME.fullmatch(value):
        return MONTHS.index(found[1].lower()) + 1
    found = _MONTH_NUMBER.fullmatch(value)
    return int(found[1]) if found else None


def _day_of_access(value: str) -> object:
    """An equal value for every date: of two days on which a page was visited, either is right.

    None for what is no date such as ``2019-05-03``.
    """
    return "visited" if _PLAIN_DATE.fullmatch(value) else None


def _pages(value: str) -> object:
    """The pages with any dash as ``-``."""
    return _DASHES.sub("-", decode_letters(value))


def _bare_number(value: str) -> str:
    """An ISBN or ISSN without hyphens."""
    return value.replace("-", "").upper()


_READINGS: dict[str, Callable[[str], object]] = {
    "author": _people,
    "doi": DOI.parse,
    "editor": _people,
    "isbn": _bare_number,
    "langid": language_tag,
    "language": language_tag,
    "month": _month,
    "pages": _pages,
    "translator": _people,
    "url": decode_verbatim,
    "urldate": _day_of_access,
}
"""How to read a field before its values are compared; None means "not comparable"."""
