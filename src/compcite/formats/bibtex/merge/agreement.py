"""Which of two fields that say the same says more.

Only what loses nothing that anybody would miss counts as the same: another letter case, an accent
or a brace more, a subtitle, given names for initials, a journal's name for its abbreviation, a date
in full, another day of access. All else is a contradiction, which is for the author to settle;
fields whose meaning nobody knows, and values with commands that print something else than they
say, agree where they are equal.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from compcite.formats.bibtex.merge.letters import (
    bare,
    commands,
    covers,
    is_opaque,
    letters,
    without_house_case,
)
from compcite.formats.bibtex.merge.name_lists import covers_list, name_list
from compcite.formats.bibtex.tables.languages import language_tag
from compcite.formats.bibtex.tables.macros import MONTHS
from compcite.model.doi import DOI
from compcite.text.compare.titles import ABOUT
from compcite.text.doi import read_doi
from compcite.text.latex.decode import decode_text, decode_verbatim

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compcite.formats.bibtex.merge.letters import Letter
    from compcite.model.item import Date
    from compcite.model.library import Entry

__all__ = ["LISTS", "fuller", "is_same", "united", "value_of"]

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
"""The fields that list things, with what stands between these."""

_WORDINGS = """
    abstract address annotation annote archiveprefix booksubtitle booktitle booktitleaddon
    chapter edition eprintclass eprinttype eventtitle howpublished institution issue issuetitle
    journal journalsubtitle journaltitle langid language location mainsubtitle maintitle note
    number organization part primaryclass publisher school series shortjournal shorttitle
    subtitle title titleaddon type venue version volume volumes
"""
_WORDED = frozenset(_WORDINGS.split())
_CONTAINERS = frozenset({"journal", "journaltitle", "booktitle"})
_PEOPLE = frozenset({"author", "editor", "translator"})
_DATES = frozenset({"date", "year", "month", "day"})
_READ_AS_TEXT = _WORDED | _PEOPLE | _DATES | {"doi", "issn", "isbn", "keywords", "pages", "url"}
_NUMBERS = frozenset({"isbn", "issn"})
_LANGUAGES = frozenset({"langid", "language"})
_LINED = frozenset({"abstract", "annotation", "annote", "comment", "note", "review"})
_EITHER = LISTS.keys() - {"file", "ids", "issn"}  # commas or semicolons
_IN_BOOKS = frozenset({"inbook", "incollection", "inreference", "suppbook", "suppcollection"})
_LONGEST = 100_000  # characters that are compared one by one

_PARAGRAPHS = re.compile(r"\n\s*\n")
_ADDRESS = re.compile(r"(?:https?://)?(?:www\.)?([^/?#]*)([^ ]*)", re.IGNORECASE)
_SUBTITLE = re.compile(r"\s*[:.?!]\s+|\s+-\s+")
_BEHIND_MARK = re.compile(r"[:?!]\s+")
_NUMBERED = re.compile(r"[ivx]+\b|[b-z]\b|a$|\d")
_OTHER_WORDS = """
    appendix appendices band book chapter corrigenda edition errata fifth first fourth next no
    phase part replie second section series sequel supplement supplementary supporting teil third
    tome volume vol
"""
# Singular, as they are looked for without an s at their end.
_OTHER_WORKS = ABOUT | frozenset(_OTHER_WORDS.split())
_FIRST_WORDS = 4
_PART_WORDS = frozenset({"corrigenda", "corrigendum", "errata", "erratum", "part", "teil"})
_WORD = re.compile(r"[^\W\d_]+")
_STOP_WORD_LIST = "& and de der des di du et for für in la of on the und zur"
_STOP_WORDS = frozenset(_STOP_WORD_LIST.split())
_SAME_STOP_WORDS = {"&": "and"}
_DASHES = re.compile(r"\s*(?:-+|[‐‑–—])\s*")
_RANGE = re.compile(r"(\d+)-(\d+)")
_MONTH = r"(?:0?[1-9]|1[0-2])"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_PLAIN_DATE = {
    "date": re.compile(rf"\d{{4}}(?:-{_MONTH}(?:-{_DAY})?)?"),
    "year": re.compile(r"\d{4}"),
    "month": re.compile(
        rf"{_MONTH}|(?:{'|'.join(MONTHS)})"
        r"(?:\.|t\.?|uary|ruary|ch|il|e|y|ust|tember|ober|ember)?",
        re.IGNORECASE,
    ),
    "day": re.compile(_DAY),
}


def fuller(home: str, into: Entry, name: str, entry: Entry) -> str | None:
    """What the field ``home`` of the one entry should say, given the field ``name`` of the other.

    Its own value, unless the other says all of that and more; None where either would lose
    something.
    """
    here, there = value_of(into, home), value_of(entry, name)
    if here == there or (name in _READ_AS_TEXT and is_same(here, there)):
        return there if name in _LINED and there.count("\n") > here.count("\n") else here
    if max(len(here), len(there)) > _LONGEST:
        return None
    if name == "urldate":
        return here if all(_PLAIN_DATE["date"].fullmatch(one) for one in (here, there)) else None
    if name in _DATES:
        return _fuller_date(home, into, name, entry)
    if name in ("url", "doi"):
        return _fuller_link(name, here, there, {_doi(into), _doi(entry)} - {None})
    return _fuller_value(name, entry.type, here, there)


def _fuller_value(name: str, entry_type: str, here: str, there: str) -> str | None:
    """The value of a field that can be judged by itself."""
    if name == "isbn":
        return here if _number(name, here) == _number(name, there) else None
    if is_opaque(here, there):
        return None
    if name in _PEOPLE:
        return _fuller_people(here, there)
    if name == "pages":
        return _fuller_pages(here, there)
    if name in _LANGUAGES:
        return _fuller_language(here, there)
    return _fuller_text(name, entry_type, here, there) if name in _WORDED else None


def _fuller_text(name: str, entry_type: str, here: str, there: str) -> str | None:
    """The text that covers the other one, or that the other one shortens."""
    # A part of a book has the DOI of the book at times, and so has the next part.
    shortens = not (name == "title" and entry_type in _IN_BOOKS)
    shortens = shortens and not _PARAGRAPHS.search(f"{here} {there}")
    texts = letters(here), letters(there)
    prints = commands(here), commands(there)
    for mine, theirs in (texts, [without_house_case(text) for text in texts]):
        says_all = (
            (covers(mine, theirs) and prints[0] >= prints[1])
            or (shortens and _is_long_form(name, mine, theirs)),
            (covers(theirs, mine) and prints[1] >= prints[0])
            or (shortens and _is_long_form(name, theirs, mine)),
        )
        if any(says_all):
            return here if says_all[0] else there
    return None


def is_same(here: str, there: str) -> bool:
    """Whether two values differ in white space at most."""
    return here == there or here.split() == there.split()


def united(name: str, one: str, other: str) -> str | None:
    """One list with what the other adds to it, separated as it is itself; None where it cannot be.

    What stands in braces, or behind a backslash, separates nothing.
    """
    separators = [";", ","] if name in _EITHER else [LISTS[name]]
    used, theirs = (_separator(separators, value) for value in (one, other))
    mine, added = _parts(one, used), _parts(other, theirs)
    known = {_number(name, part) for part in mine}
    added = [part for part in dict.fromkeys(added) if part and _number(name, part) not in known]
    if not added:
        return one
    if used is None or theirs is None or (used == ";" and theirs == "," and "," in other):
        return None
    if any(len(_parts(part, used)) > 1 for part in added):
        return None
    spaced = f"{used} " in one or (len(mine) == 1 and used == ",")
    between = f"{used} " if spaced else used
    return between.join([one.removesuffix(used).rstrip() if not mine[-1] else one, *added])


def _separator(separators: Sequence[str], value: str) -> str | None:
    """What a list is separated by, the last if by nothing; None where that cannot be told."""
    found = [one for one in separators if len(_parts(value, one)) > 1]
    return None if len(found) > 1 else found[0] if found else separators[-1]


def value_of(entry: Entry, name: str) -> str:
    """What stands in a field, without the blanks round it; nothing where it is missing."""
    field = entry.field(name)
    return field.value.strip() if field is not None else ""


def _number(name: str, part: str) -> str:
    """A part of a list as it is compared: numbers of books and journals without hyphens."""
    return part.replace("-", "").upper() if name in _NUMBERS else part


def _doi(entry: Entry) -> DOI | None:
    return DOI.parse(value_of(entry, "doi"))


def _parts(value: str, separator: str | None) -> list[str]:
    """A list taken apart where the separator stands by itself."""
    if separator is None:
        return [value]
    parts, depth, escaped = [""], 0, False
    for char in value:
        depth += (char == "{") - (char == "}")
        if char == separator and not depth and not escaped:
            parts.append("")
        else:
            parts[-1] += char
        escaped = char == "\\" and not escaped
    return [part.strip() for part in parts]


def _fuller_language(here: str, there: str) -> str | None:
    """One of two names of a language, that with the region."""
    mine, theirs = language_tag(here), language_tag(there)
    if mine == theirs or mine.startswith(f"{theirs}-"):
        return here
    return there if theirs.startswith(f"{mine}-") else None


def _is_long_form(name: str, one: Sequence[Letter], other: Sequence[Letter]) -> bool:
    """Whether a text says all that a shorter form of it says: an abbreviation, or its beginning."""
    if name in _CONTAINERS:
        return _is_abbreviated(one, other)
    if name not in ("title", "abstract") or not covers(_cut(one, len(other)), other):
        return False
    return name == "abstract" or _is_subtitle(bare(one[max(0, len(other) - 1) :]))


def _cut(text: Sequence[Letter], length: int) -> Sequence[Letter]:
    """The beginning of a text; nothing where it is not longer."""
    return text[:length] if len(text) > length else ()


def _is_subtitle(rest: str) -> bool:
    """Whether what follows the last letter of a title makes it no other work's.

    As *Erratum*, *Reply to …*, *Part II* and *Second edition* do.
    """
    found = _SUBTITLE.match(rest, 1) or _BEHIND_MARK.match(rest)
    if found is None or _NUMBERED.match(rest, found.end()):
        return False
    following = _WORD.findall(rest, found.end())
    first = following[:_FIRST_WORDS]
    forms = {*first, *(word.removesuffix("s") for word in first)}
    return _OTHER_WORKS.isdisjoint(forms) and _PART_WORDS.isdisjoint(following)


def _is_abbreviated(name: Sequence[Letter], short: Sequence[Letter]) -> bool:
    """Whether a name has, word for word, the words that another one abbreviates."""
    (long, left_out), (brief, kept) = _words(name), _words(short)
    if not brief or len(long) != len(brief) or not kept <= left_out:
        return False
    if len(brief) == 1 and brief[0][-1].base != "." and len(brief[0]) != len(long[0]):
        return False
    for word, beginning in zip(long, brief, strict=True):
        short_form = beginning[:-1] if beginning[-1].base == "." else beginning
        if not short_form or not covers(word[: len(short_form)], _lowered(short_form)):
            return False
    # Without a stop a last letter is that of a series: Acta B is not Acta Biologica.
    return len(brief[-1]) > 1 or len(long[-1]) == 1


def _lowered(word: Sequence[Letter]) -> list[Letter]:
    """An abbreviated word without its capital at the beginning, which all of them have."""
    return [word[0]._replace(capital=False), *word[1:]]


def _words(text: Sequence[Letter]) -> tuple[list[list[Letter]], set[str]]:
    """The words of a name, and apart from them those that abbreviations leave out."""
    words: list[list[Letter]] = [[]]
    for letter in text:
        if letter.base == " ":
            words.append([])
        else:
            words[-1].append(letter)
    counted = [word for word in words if word and bare(word) not in _STOP_WORDS]
    return counted, {_SAME_STOP_WORDS.get(bare(word), bare(word)) for word in words} & _STOP_WORDS


def _fuller_people(here: str, there: str) -> str | None:
    """The list of people that tells of everybody, and of each all, that the other one tells."""
    mine, theirs = name_list(here), name_list(there)
    if mine is None or theirs is None:
        return None
    return here if covers_list(mine, theirs) else there if covers_list(theirs, mine) else None


def _fuller_date(home: str, into: Entry, name: str, entry: Entry) -> str | None:
    """The value of a field of the date, where the one date is the other or a part of it."""
    here, there = value_of(into, home), value_of(entry, name)
    if not all(_is_plain_date(one) for one in (into, entry)):
        return None
    if home == name != "date":
        return here if _number_of(here) == _number_of(there) else None
    one, other = (entry.item.dates.get("issued") for entry in (into, entry))
    if one is None or other is None:
        return None
    if _within(other, one):
        return here
    # A field of the other entry that says more stays only under its own name.
    return there if home == name and _within(one, other) else None


def _is_plain_date(entry: Entry) -> bool:
    """Whether the fields of an entry's date are a year, a month and a day, and no words."""
    return all(
        pattern.fullmatch(value)
        for name, pattern in _PLAIN_DATE.items()
        if (value := value_of(entry, name))
    )


def _number_of(value: str) -> str:
    """A year, month or day as it is compared."""
    short = value[:3].lower()
    return str(MONTHS.index(short) + 1) if short in MONTHS else value.lstrip("0")


def _within(one: Date, other: Date) -> bool:
    """Whether a date says nothing that another does not say."""
    if not len(one.parts) == len(other.parts) == 1:
        return False
    (less,), (more,) = one.parts, other.parts
    return less == more[: len(less)]


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
