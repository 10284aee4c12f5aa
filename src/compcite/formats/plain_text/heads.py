"""Who and when: the beginning of a reference up to its title.

Manuals know few beginnings: names and a year in parentheses (APA, Harvard), names and a year
between full stops or commas (Chicago), names before a quotation (IEEE, MLA), names and a full
stop (Vancouver), or no names at all. Each is tried in that order, and counts where what stands
before its mark reads as names.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from compcite.formats.plain_text.containers import take_people
from compcite.formats.plain_text.dates import DATE, UNDATED, YEAR
from compcite.formats.plain_text.leading import leading_people
from compcite.formats.plain_text.people import People, looks_like_group, read_people
from compcite.formats.plain_text.sentences import closing_quote, opening_quote, segments
from compcite.formats.plain_text.sheet import GONE
from compcite.formats.plain_text.vocabulary import CONFERENCE, PUBLISHER, SERIAL, SMALL_WORDS
from compcite.model.item import Name

if TYPE_CHECKING:
    from compcite.formats.plain_text.sheet import Sheet

__all__ = ["Head", "take_head"]


@dataclass(frozen=True, slots=True)
class Head:
    """Where the head ends. ``title`` is where a title stood that the head itself begins with."""

    end: int
    title: tuple[int, int] | None = None
    # Whether the style is one that does not put titles in quotes, and one that puts only the
    # titles of parts in quotes.
    unquoted: bool = False
    quoting: bool = False
    # Whether it is one that puts a comma between a quoted title and its container.
    comma: bool = False


_IN_PARENTHESES = re.compile(
    rf"[(\[](?P<issued>{UNDATED}|{DATE}|(?:{YEAR})\s?/\s?{YEAR})(?:[,;:]\s[^()\x1f]{{0,60}}|\s?\[[^\]]*\])?[)\]]"
    r"[.,:]?",
    re.IGNORECASE,
)
_BETWEEN_STOPS = re.compile(
    rf"(?:(?<=[.,;)”\"])|(?<=[\w.]))\s(?P<issued>{YEAR}|{UNDATED})(?:[.,:;]\s|\s(?=[“\"‘A-Z]))",
    re.IGNORECASE,
)
_VOLUME_AND_PAGE = re.compile(r"[;,]\s?\d+\s?(?:\([^()]*\))?\s?:\s?\w")
_FARTHEST = 4000
_QUESTIONABLE = 0.75
_SURE = 0.9
_LOWEST_FULL = 0.85  # names with the given names in full, as Chicago and MLA write them


def take_head(sheet: Sheet, start: int) -> Head:
    """Take authors and year from the beginning; where the rest begins."""
    return (
        _dated(sheet, start, _IN_PARENTHESES)
        or _dated(sheet, start, _BETWEEN_STOPS)
        or _before_quotation(sheet, start)
        or _leading(sheet, start)
        or Head(start)
    )


def _dated(sheet: Sheet, start: int, mark: re.Pattern[str]) -> Head | None:
    """The head that ends with a year, where what stands before the year is names or a title."""
    match = mark.search(sheet.left, start, start + _FARTHEST)
    if match is None:
        return None
    begin, stop = sheet.bare(start, match.start())
    if begin >= stop:  # the author stands in the reference before, or nowhere
        sheet.take("issued", *match.span("issued"), 0.9)
        sheet.blot(*match.span())
        return Head(match.end())
    stop = _with_stop(sheet, stop, match.start())
    before = sheet.left[begin:stop]
    parenthesised = mark is _IN_PARENTHESES
    if _container_first(sheet, match):
        sheet.take("issued", *match.span("issued"), 0.95)
        sheet.blot(*match.span())
        sheet.take("container-title", *sheet.bare(begin, stop), 0.7)
        return Head(match.end())
    quoted = _quoted_before(sheet, begin, stop)
    people = None if quoted else read_people(before)
    if people is not None and _doubtful(people) and _is_title(sheet, before, match):
        people = None
    if people is None and quoted is None:
        if opening_quote(before, 0, len(before)) >= 0 and not match[0].endswith("."):
            return None
        if not _is_title(sheet, before, match) or not (
            parenthesised or (before.endswith(".") and len(segments(before, 0, len(before))) == 1)
        ):
            people = _unknown_group(before) or _odd_list(before) if parenthesised else None
            if people is None:
                return None
    sheet.take("issued", *match.span("issued"), 0.97)
    sheet.blot(*match.span())
    if people is not None:
        take_people(sheet, people, begin, stop, people.role)
        return Head(
            match.end(),
            unquoted=parenthesised and match[0].endswith("."),
            quoting=not parenthesised,
            comma=parenthesised and not match[0].endswith("."),
        )
    return Head(match.end(), quoted or (begin, stop))


def _container_first(sheet: Sheet, year: re.Match[str]) -> bool:
    """Whether a quoted title has its container before the year: ``Nature (1999) “Index,” 24(8)``."""
    quote, _ = sheet.bare(year.end(), len(sheet.left))
    if opening_quote(sheet.left, quote, quote + 3) != quote:
        return False
    close = closing_quote(sheet.left, quote, len(sheet.left))
    return close is not None and _LOCATED.match(sheet.left, close) is not None


_LOCATED = re.compile(r"\s?(?:vol\. )?(?:\d{1,4}|[IVXLC]+)\s?[(,:]")


def _doubtful(people: People) -> bool:
    """Whether what reads as names may be a title: few names, without initials, or a group's."""
    if len(people.names) > 2:  # noqa: PLR2004 - three names in a row are no accident
        return False
    return people.confidence < _QUESTIONABLE or bool(people.names[0].literal)


def _with_stop(sheet: Sheet, stop: int, limit: int) -> int:
    """The end of a stretch with the full stop that follows it."""
    return stop + 1 if stop < limit and sheet.left[stop] == "." else stop


def _quoted_before(sheet: Sheet, begin: int, stop: int) -> tuple[int, int] | None:
    """The title, where everything before the year is one quotation."""
    if opening_quote(sheet.left, begin, begin + 3) != begin:
        return None
    end = closing_quote(sheet.left, begin, stop)
    return (begin, end) if end is not None and end >= stop - 1 else None


def _is_title(sheet: Sheet, before: str, year: re.Match[str]) -> bool:
    """Whether a work without authors begins with its title, as APA has it.

    What follows the year then is a container or publisher and has no title of its own.
    """
    if len(before) < 2 or before[-1].isdigit():  # noqa: PLR2004
        return False
    if read_people(before.split(",")[0]) is not None and re.search(r"\b[A-Z]\.,", before):
        return False
    leading = leading_people(before)
    if leading is not None and leading[0].confidence > _SURE:
        return False
    following = sheet.left[year.end() :].strip(f" .{GONE}")
    if opening_quote(following, 0, 3) == 0:
        return False
    if re.match(r"In:?\s", following):
        return True
    if not following:
        return len(segments(before, 0, len(before))) == 1
    pieces = segments(following, 0, len(following))
    if len(pieces) > 1:
        return False
    if looks_like_group(before.rstrip(".")):
        return re.search(r",\s\d+(?:\(|,|$)", following) is not None
    return bool(
        PUBLISHER.search(following)
        or SERIAL.search(following)
        or CONFERENCE.search(following)
        or re.search(r",\s\d+", following)
        or not read_people(before)
    )


def _unknown_group(before: str) -> People | None:
    """A short name in capitals before the year, of an institution that no word gives away."""
    words = before.rstrip(".").split()
    if len(words) > 8 or not words or any(c in before for c in '“”"?!:;'):  # noqa: PLR2004
        return None
    if any(word[:1].isdigit() for word in words):
        return None
    if all(word[:1].isupper() or word in SMALL_WORDS or word == "&" for word in words):
        return People((Name(literal=before.rstrip(".")),), confidence=0.6)
    return None


_INITIALLED = re.compile(
    r"(?:^|[,&]\s)[^\W\d_][^,.:;“”\"?!]{1,40},\s(?:[^\W\d_]\.[\s-]?)+(?:,|\s?[&;]|\sand\s|\set\s|$)"
)


def _odd_list(before: str) -> People | None:
    """A list that begins as names do, with initials after commas, and has something odd in it."""
    if _SENTENCE.search(before) or not _INITIALLED.search(before):
        return None
    return read_people(before, lenient=True)


def _odd_before_quotation(before: str) -> People | None:
    """A short list with something odd in it, where a quotation says that it ends."""
    if (
        _SENTENCE.search(before)
        or GONE in before
        or len(before) > _SHORT
        or leading_people(before + " T")
    ):
        return None
    return read_people(before, lenient=True)


def _vancouver(people: People) -> bool:
    """Whether names have initials without full stops, a style that puts no titles in quotes."""
    return all(name.given.isupper() and "." not in name.given for name in people.names)


_SHORT = 200  # characters: an odd list longer than that is none
_SENTENCE = re.compile(r"[^\W\d_]{3}[.?!:]\s")


def _before_quotation(sheet: Sheet, start: int) -> Head | None:
    """The head of names before a quoted title (IEEE, MLA)."""
    quote = opening_quote(sheet.left, start, min(len(sheet.left), start + _FARTHEST))
    if quote < 0:
        return None
    if quote == start:
        return Head(start) if closing_quote(sheet.left, quote, len(sheet.left)) else None
    if closing_quote(sheet.left, quote, len(sheet.left)) is None:
        return None
    begin, stop = sheet.bare(start, quote)
    stop = _with_stop(sheet, stop, quote)
    before = sheet.left[begin:stop]
    people = read_people(before)
    if people is None and sheet.text[quote - 2 : quote - 1] in {",", "."}:
        people = _odd_before_quotation(before)
    if people is None:
        return None
    if (
        _vancouver(people)
        and closing_quote(sheet.left, quote, len(sheet.left), strict=True) is None
    ):
        return None
    take_people(sheet, people, begin, stop, people.role)
    return Head(quote, comma=sheet.text[stop : stop + 1] == ",")


def _leading(sheet: Sheet, start: int) -> Head | None:
    """The head of names and a full stop."""
    found = leading_people(sheet.left[start:])
    if found is None:
        return None
    people, length = found
    if len(people.names) == 1 and not _something_follows(sheet, start + length):
        journal = _VOLUME_AND_PAGE.search(sheet.left, start + length)
        if people.confidence < _QUESTIONABLE or (people.names[0].literal and journal):
            return None
    take_people(sheet, people, *sheet.trimmed(start, start + length), people.role)
    return Head(start + length, unquoted=True, quoting=_LOWEST_FULL < people.confidence < _SURE)


def _something_follows(sheet: Sheet, start: int) -> bool:
    """Whether a title and more stand after a place."""
    text = sheet.left
    pieces = segments(text, sheet.bare(start, len(text))[0], len(text))
    return len([piece for piece in pieces if text[piece[0]].isalpha()]) > 1 and not re.match(
        r"\s*In:?\s", text[start:]
    )
