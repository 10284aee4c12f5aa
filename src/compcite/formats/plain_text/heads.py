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

from compcite.formats.plain_text.dates import DATE, UNDATED, YEAR
from compcite.formats.plain_text.leading import leading_people
from compcite.formats.plain_text.parsed import GONE
from compcite.formats.plain_text.people import People, is_east_asian, looks_like_group, read_people
from compcite.formats.plain_text.sentences import closing_quote, opening_quote, segments
from compcite.formats.plain_text.vocabulary import (
    CONFERENCE,
    PARTICLES,
    PUBLISHER,
    SERIAL,
    SMALL_WORDS,
)
from compcite.model.item import Name

if TYPE_CHECKING:
    from compcite.formats.plain_text.sheet import Sheet

__all__ = ["Head", "take_head"]


@dataclass(frozen=True, slots=True)
class Head:
    """Where the head ends. ``title`` is where a title stood that the head itself begins with.

    ``unquoted`` says that the style puts no title in quotes, ``quoting`` that it puts only the
    titles of articles and chapters in quotes, ``comma`` that it puts a comma between a quoted
    title and its container.
    """

    end: int
    title: tuple[int, int] | None = None
    unquoted: bool = False
    quoting: bool = False
    comma: bool = False


_IN_PARENTHESES = re.compile(
    rf"[(\[](?P<issued>{UNDATED}|{DATE}|(?:{YEAR})\s?/\s?{YEAR})"
    r"(?:[,;:]\s[^()\x1f]{0,60}|\s?\[[^\]]*\])?[)\]][.,:]?",
    re.IGNORECASE,
)
_ORIGINAL_AND_ISSUED = re.compile(r"(?P<original>\d{4})\s?/\s?(?P<issued>\d{4})")
_BETWEEN_STOPS = re.compile(
    rf"(?:(?<=[.,;)”\"\x1f])|(?<=[\w.]))\s(?P<issued>{YEAR}|{UNDATED})(?:[.,:;]\s|\s(?=[“\"‘A-Z]))",
    re.IGNORECASE,
)
_AT_START = re.compile(rf"(?P<issued>{YEAR})\.\s(?=[^\W\d_])")
_LATIN = re.compile(r"[A-Za-z\d]")
_INTRODUCING = re.compile(r"[\s.,]*[Ii]n:?\s")
# Behind a year, a volume and a page: A. Neff, Journal, 2011, 24, 1–9.
_LOCATES = re.compile(r"(?<=,)\s[A-Z]?\d{1,4},\s[A-Za-z]{0,3}\d")
_VOLUME_AND_PAGE = re.compile(r"[;,]\s?\d+\s?(?:\([^()]*\))?\s?:\s?\w")
_FARTHEST = 20_000  # characters: where a year ends a list of authors, it stands before that
_QUESTIONABLE = 0.75
_SURE = 0.9
_LOWEST_FULL = 0.85  # names with the given names in full, as Chicago and MLA write them


def take_head(sheet: Sheet, start: int) -> Head:
    """Take authors and year from the beginning; where the rest begins."""
    return (
        _noted(sheet, start)
        or _dated(sheet, start, _IN_PARENTHESES)
        or _year_first(sheet, start)
        or _dated(sheet, start, _BETWEEN_STOPS)
        or _before_quotation(sheet, start)
        or _leading(sheet, start)
        or Head(start)
    )


def _dated(sheet: Sheet, start: int, mark: re.Pattern[str]) -> Head | None:
    """The head that ends with a year, where what stands before the year is names or a title."""
    year = mark.search(sheet.left, start, start + _FARTHEST)
    if year is None or _LOCATES.match(sheet.left, year.end() - 1):
        return None
    begin, stop = sheet.bare(start, year.start())
    if begin < stop < year.start() and sheet.left[stop] == ".":
        stop += 1
    parenthesised = mark is _IN_PARENTHESES
    opening = _opening(sheet, (begin, stop), year, parenthesised=parenthesised)
    if opening is None:
        return None
    issued = year.span("issued")
    twice = _ORIGINAL_AND_ISSUED.fullmatch(year["issued"])
    if twice and int(twice["issued"]) - int(twice["original"]) > 1:  # else of one volume: 1998/1999
        sheet.take("original-date", issued[0], issued[0] + twice.end("original"), 0.95)
        issued = issued[0] + twice.start("issued"), issued[1]
    sheet.take("issued", *issued, 0.97)
    sheet.blot(*year.span())
    if opening.container:
        sheet.take("container-title", *sheet.bare(begin, stop), 0.7)
    if opening.people is None:
        return Head(year.end(), opening.title)
    sheet.take_people(opening.people, begin, stop)
    stopped = year[0].endswith(".")
    return Head(
        year.end(),
        unquoted=parenthesised and stopped,
        quoting=not parenthesised,
        comma=parenthesised and not stopped,
    )


def _noted(sheet: Sheet, start: int) -> Head | None:
    """The head of a book in a note: ``Zadie Smith, Swing Time (New York: Press, 2016), 315.``.

    One name stands before the first comma, or the last of several behind an ``and``.
    """
    imprint = _IMPRINT_OF_NOTE.search(sheet.left, start)
    if imprint is None:
        return None
    for pattern in _NAMES_OF_NOTE:
        match = pattern.match(sheet.left, start, start + _FARTHEST)
        people = read_people(match["names"]) if match else None
        if match and people and all(name.given for name in people.names):
            sheet.take_people(people, *match.span("names"))
            if imprint["locator"]:  # the place cited, not where the book stands in another
                sheet.take("locator", *imprint.span("locator"), 0.9)
            return Head(match.end(), quoting=True)
    return None


_IMPRINT_OF_NOTE = re.compile(
    rf"\([^()\x1f:]{{2,60}}:\s[^()\x1f:]{{2,80}},\s{YEAR}\)"
    r"(?:,\s(?P<locator>[\d–, -]{1,20}))?\.?$"
)
_NAMES_OF_NOTE = (
    re.compile(r"(?P<names>(?:[^,.“”\"\x1f]{3,40},\s){1,9}?and\s[^,“”\"()\x1f]{3,40}),\s"),
    re.compile(r"(?P<names>[^,“”\"()\x1f]{3,80}),\s(?!and\s|[A-Z]\.)"),
)


def _year_first(sheet: Sheet, start: int) -> Head | None:
    """The head of a work without authors that begins with its year: ``2020. Title.``."""
    year = _AT_START.match(sheet.left, start)
    if year is None:
        return None
    sheet.take("issued", *year.span("issued"), 0.9)
    sheet.blot(*year.span())
    return Head(year.end())


@dataclass(frozen=True, slots=True)
class _Opening:
    """What stands before a year: people, a title, the container, or nothing."""

    people: People | None = None
    title: tuple[int, int] | None = None
    container: bool = False


def _opening(
    sheet: Sheet, span: tuple[int, int], year: re.Match[str], *, parenthesised: bool
) -> _Opening | None:
    """What stands before a year; None where it is not the year of a head."""
    begin, stop = span
    before = sheet.left[begin:stop]
    nothing = begin >= stop  # the authors stand in the reference before
    if nothing or _container_first(sheet, year):
        return _Opening(container=not nothing)
    if _is_quotation(sheet, begin, stop):
        return _Opening(title=span)
    people = read_people(before)
    title = (people is None or _doubtful(people)) and _is_title(sheet, before, year)
    title = title or (people is None and is_east_asian(before) and not _LATIN.search(before))
    if people is not None and not title:
        return _Opening(people)
    if opening_quote(before, 0, len(before)) >= 0 and not year[0].endswith("."):
        return None
    introduced = _INTRODUCING.match(sheet.left, year.end())
    if title and (
        parenthesised or introduced or (before.endswith(".") and _is_one_sentence(before))
    ):
        return _Opening(title=span)
    people = (_unknown_group(before) or _odd_list(before)) if parenthesised else None
    return _Opening(people) if people else None


def _is_one_sentence(text: str) -> bool:
    return len(segments(text, 0, len(text))) == 1


def _container_first(sheet: Sheet, year: re.Match[str]) -> bool:
    """Whether a quoted title has its container before the year: ``Nature (1999) “Index,” 24``."""
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


def _is_quotation(sheet: Sheet, begin: int, stop: int) -> bool:
    """Whether everything before the year is one quotation, a title then."""
    if opening_quote(sheet.left, begin, begin + 3) != begin:
        return False
    end = closing_quote(sheet.left, begin, stop)
    return end is not None and end >= stop - 1


def _is_title(sheet: Sheet, before: str, year: re.Match[str]) -> bool:
    """Whether a work without authors begins with its title, as APA has it.

    What follows the year then is a container or publisher and has no title of its own.
    """
    following = sheet.left[year.end() :].strip(f" .{GONE}")
    if _cannot_be_title(before) or opening_quote(following, 0, 3) == 0:
        return False
    if _INTRODUCING.match(following):
        return True
    if not following or not _is_one_sentence(following):
        return not following and _is_one_sentence(before)
    if looks_like_group(before.rstrip(".")):
        return _NUMBERED.search(following) is not None
    names_container = any(words.search(following) for words in (PUBLISHER, SERIAL, CONFERENCE))
    return names_container or "," in following or read_people(before) is None


def _cannot_be_title(before: str) -> bool:
    """Whether names lead, or a number ends, what stands before a year."""
    if len(before) == 1 or before[-1].isdigit() or _NAME_AND_INITIAL.match(before):
        return True
    leading = leading_people(before)
    return leading is not None and leading[0].confidence > _SURE


_NAME_AND_INITIAL = re.compile(r"[^,.]{2,40},\s[^\W\d_]\.,")
_NUMBERED = re.compile(r",\s\d+(?:\(|,|$)")


def _unknown_group(before: str) -> People | None:
    """A short name in capitals before the year, of an institution that no word gives away."""
    literal = before.rstrip(".")
    words = literal.split()
    if len(words) > _LONGEST_GROUP or any(char in before for char in '“”"?!:;'):
        return None
    if all(word[:1].isupper() or word in SMALL_WORDS or word == "&" for word in words):
        return People((Name(literal=literal),), confidence=0.6)
    return None


_LONGEST_PIECE = 6  # words between commas; more are no name
_JOINING = PARTICLES | {"and", "et", "und", "the"}
_INITIALLED = re.compile(
    r"(?:^|[,&]\s)[^\W\d_][^,.:;“”\"?!]{1,40},\s(?:[^\W\d_]\.[\s-]?)+(?:,|\s?[&;]|\sand\s|\set\s|$)"
)


def _odd_list(before: str) -> People | None:
    """A list that begins as names do, with initials after commas, and has something odd in it."""
    if _SENTENCE.search(before) or not _INITIALLED.search(before):
        return None
    if opening_quote(before, 0, len(before)) >= 0 or _goes_on(before):
        return None
    return read_people(before, lenient=True)


def _goes_on(before: str) -> bool:
    """Whether a title follows the names with which a stretch begins: small words, or many."""
    leading = leading_people(before)
    rest = before[leading[1] :] if leading else ""
    small = sum(word.islower() and word not in _JOINING for word in rest.split())
    return small > 1 or any(len(piece.split()) > _LONGEST_PIECE for piece in rest.split(","))


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


def _is_vancouver(people: People) -> bool:
    """Whether names have initials without full stops, a style that puts no titles in quotes."""
    return all(name.given.isupper() and "." not in name.given for name in people.names)


_LONGEST_GROUP = 8  # words
_SHORT = 200  # characters: an odd list longer than that is none
_SENTENCE = re.compile(r"[^\W\d_]{3}[.?!:]\s")


def _before_quotation(sheet: Sheet, start: int) -> Head | None:
    """The head of names before a quoted title (IEEE, MLA)."""
    end = len(sheet.left)
    quote = opening_quote(sheet.left, start, min(end, start + _FARTHEST))
    if quote < 0 or closing_quote(sheet.left, quote, end) is None:
        return None
    if quote == start:
        return Head(start)
    begin, stop = sheet.bare(start, quote)
    if stop < quote and sheet.left[stop] == ".":
        stop += 1
    people = read_people(sheet.left[begin:stop])
    if people is None and sheet.text[quote - 2] in ",.":
        people = _odd_before_quotation(sheet.left[begin:stop])
    if people is None:
        return None
    if _is_vancouver(people) and closing_quote(sheet.left, quote, end, strict=True) is None:
        return None
    sheet.take_people(people, begin, stop)
    return Head(quote, comma=sheet.text[stop] == ",")


def _leading(sheet: Sheet, start: int) -> Head | None:
    """The head of names and a full stop."""
    lone = _lone_author(sheet.left[start:])
    found = lone or leading_people(sheet.left[start:])
    if found is None:
        return None
    people, length = found
    end = start + length
    if len(people.names) == 1 and not lone and not _title_and_more_follow(sheet, end):
        journal = _VOLUME_AND_PAGE.search(sheet.left, end)
        if people.confidence < _QUESTIONABLE or (people.names[0].literal and journal):
            return None
    sheet.take_people(people, *sheet.trimmed(start, end))
    return Head(
        end, unquoted=True, quoting=lone is not None or _LOWEST_FULL < people.confidence < _SURE
    )


def _lone_author(text: str) -> tuple[People, int] | None:
    """An author of one word, where the title after it has an editor or translator of its own."""
    match = _LONE_AUTHOR.match(text)
    people = read_people(match["name"]) if match else None
    return (people, match.end("name") + 1) if match and people else None


# Plato. Republic. Translated by
_LONE_AUTHOR = re.compile(
    r"(?P<name>[^\W\d_a-z][^\W\d_]{2,20})\.\s[^.?!\x1f]{2,200}[.?!]\s"
    r"(?:(?:Translated|Edited)\s(?:[^.,\x1f]{1,40}\s)?by\s|(?:Trans|Ed)\.\s[A-Z])"
)


def _title_and_more_follow(sheet: Sheet, start: int) -> bool:
    """Whether a title and a sentence after it stand after a place."""
    text = sheet.left
    start, _ = sheet.bare(start, len(text))
    worded = [at for at, _ in segments(text, start, len(text)) if text[at].isalpha()]
    return len(worded) > 1 and not re.match(r"In:?\s", text[start:])
