"""A reference whose title does not stand in quotes: sentences tell it from what follows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from compcite.formats.plain_text.containers import (
    publishes,
    take_container_title,
    take_meeting,
    take_publisher,
    take_series,
)
from compcite.formats.plain_text.genres import genre_of, take_school, thesis_of
from compcite.formats.plain_text.locators import (
    PAGES,
    take_edition,
    take_locators,
    take_volume,
    take_volume_alone,
)
from compcite.formats.plain_text.parentheses import take_inside, take_report_number
from compcite.formats.plain_text.parsed import GONE
from compcite.formats.plain_text.people import read_people
from compcite.formats.plain_text.publication import take_pages_first, take_parenthesised
from compcite.formats.plain_text.quoted import take_book, take_title
from compcite.formats.plain_text.roles import take_edited_by
from compcite.formats.plain_text.sentences import phrases, segments
from compcite.formats.plain_text.vocabulary import CONFERENCE, PUBLISHER, SERIAL

if TYPE_CHECKING:
    from compcite.formats.plain_text.sheet import Sheet

__all__ = ["take_unquoted"]

_IN = re.compile(
    r"(?:(?<=[.?!,;”’\"'\x1f])|(?<=\)))\s?\b"
    r"(?:In(?P<colon>:)?|in(?P<colon_>:)|(?<=[.?!\x1f]\s)in)\s(?:(?![^\W\d_A-ZÄÖÜÉ])|(?=the ))"
)
# Physicists put a comma before it; so does many a title, so what books have must follow.
_IN_AFTER_COMMA = re.compile(
    r",\sin\s(?=[^\W\d_a-z])(?=[^\x1f]*(?:\([^()\x1f]+,\s(?:19|20)\d\d\)|\bpp?\.\s\d))"
)
_EDITORS = re.compile(
    r"(?<=[.?!”\";]\s)(?P<names>[^.;\x1f]{3,200}?, (?:editors?|eds?|translators?|Hrsg))[.;](?=\s)"
)
_PLACE_AND_PUBLISHER = re.compile(r"[A-Z][\w.]+(?:[\s-][A-Z][\w.]+)?(?:, [A-Z][\w.]+)?: [A-Z]")
# Image and Mind; Harvard University Press: Cambridge, MA
_AFTER_SEMICOLON = re.compile(
    r";\s(?P<publisher>[A-Z][^;:\x1f]{1,80}):\s(?P<place>[A-Z][^;:\x1f]{1,40})$"
)
_PLACED = re.compile(r",\s[A-Z][\w.]+(?:\s[A-Z][\w.]+){0,2}$")
_PAGED = re.compile(rf",\s\d{{1,4}}(?:\([^()\x1f]{{1,20}}\))?,\s{PAGES}\.\s$")
_SUBSERIES = re.compile(
    r"(?:Ser(?:ies|\.)?|Sect(?:ion|\.)?|Part|Pt\.|Serie|Teil|Abteilung)\s[\dA-Z]"
)
_ABBREVIATED = re.compile(
    r"(?:[^\W\d_a-z][\w/-]*[.:,]*\s){0,4}[^\W\d_a-z][^\W\d_A-Z]{0,8}[^\W\d_aeiouA-Z]\."
)
_FEW = 4  # words: more of them are a title
_INITIALLED = 0.9  # how sure names with initials are


def take_unquoted(sheet: Sheet, start: int, end: int, *, books: bool) -> None:
    """Take a title without quotes, and what follows it.

    ``books`` says that the style puts the titles of articles in quotes, so that this is a book.
    """
    take_pages_first(sheet, start, end)
    introduction = _introduction(sheet, start, end)
    if introduction:
        sheet.blot(*introduction.span())
        sheet.marks.add("in")
        take_book(sheet, introduction.end(), end)
        take_inside(sheet, start, introduction.start())
        take_edition(sheet, start, introduction.start())
        take_title(sheet, start, introduction.start(), 0.93)
        return
    take_report_number(sheet, start, end)
    if _take_session(sheet, start, end) or _take_thesis(sheet, start, end):
        return
    _take_editors_between(sheet, start, end)
    take_edited_by(sheet, start, end)
    take_inside(sheet, start, end)
    end = take_parenthesised(sheet, start, end, introduced=False)
    end = _take_publisher_last(sheet, start, end)
    end = take_volume_alone(sheet, start, take_locators(sheet, start, end))
    take_volume(sheet, start, end)
    end = take_series(sheet, start, _take_publisher_and_place(sheet, start, end))
    take_edition(sheet, start, end)
    said = [
        piece
        for piece in segments(sheet.left, start, end)
        if sheet.left[slice(*piece)].strip(f" .,;:{GONE}")
    ]
    if not said:
        return
    if sheet.has("publisher") and not (sheet.has("volume") or sheet.has("page")):
        _take_first(sheet, said[0][0], said[-1][1])
    elif len(said) > 1:
        stop = _take_after_title(sheet, said, books=books)
        _take_first(sheet, said[0][0], stop)
    else:
        _take_one_sentence(sheet, *said[0])


def _introduction(sheet: Sheet, start: int, end: int) -> re.Match[str] | None:
    """The ``In`` that introduces the book or the proceedings a work stands in."""
    found = None
    for match in _IN.finditer(sheet.left, start + 1, end):
        if match["colon"] or match["colon_"]:
            return match
        if found is None and sheet.left[match.start() - 1] in f'.?!”"{GONE}':
            found = match
    return found or _IN_AFTER_COMMA.search(sheet.left, start + 1, end)


def _take_publisher_last(sheet: Sheet, start: int, end: int) -> int:
    """Take the publisher of an article behind its pages (DGPs); where it begins."""
    *_, last = segments(sheet.left, start, end) or [(start, end)]
    paged = sheet.has("issued") and _PAGED.search(sheet.left, start, last[0])
    if not paged or not publishes(sheet.left[slice(*last)]):
        return end
    take_publisher(sheet, *last, 0.85)
    return last[0]


def _take_publisher_and_place(sheet: Sheet, start: int, end: int) -> int:
    """Take the publisher of a book behind its title's semicolon (ACS); where it begins."""
    match = _AFTER_SEMICOLON.search(sheet.left, start, end)
    if match is None or not PUBLISHER.search(match["publisher"]):
        return end
    sheet.take("publisher", *match.span("publisher"), 0.9)
    sheet.take("publisher-place", *match.span("place"), 0.9)
    return match.start()


def _take_thesis(sheet: Sheet, start: int, end: int) -> bool:
    """Take apart a thesis, whose title ends where its genre stands; whether it is one."""
    kind = thesis_of(sheet, start, end)
    if kind is None or not start < kind.start < end:
        return False
    stop = kind.start
    if not take_school(sheet, kind.end, end) and not sheet.has("publisher"):
        # MLA: Title. 2002. Purdue U, PhD dissertation.
        pieces = phrases(sheet.left, start, stop)
        if len(pieces) < 2:  # noqa: PLR2004 - title, school
            return False
        take_publisher(sheet, *pieces[-1], 0.85)
        stop = take_locators(sheet, start, pieces[-2][1])
    take_title(sheet, start, stop, 0.93)
    return True


def _take_session(sheet: Sheet, start: int, end: int) -> bool:
    """Take what was presented at a meeting, and the meeting with its place; whether it was."""
    kind = genre_of(sheet)
    if "meeting" not in sheet.marks or kind is None or not start < kind.start < end:
        return False
    take_meeting(sheet, *sheet.bare(kind.end, take_locators(sheet, kind.end, end)))
    take_title(sheet, start, kind.start, 0.93)
    return True


def _take_editors_between(sheet: Sheet, start: int, end: int) -> None:
    """Take editors between title and journal, as in ``Title. Neff KD, editor. Journal.``."""
    for match in _EDITORS.finditer(sheet.left, start + 1, end):
        people = read_people(match["names"])
        if people is not None and people.confidence > _INITIALLED:
            sheet.take_people(people, *match.span("names"))
            sheet.blot(*match.span())


def _take_first(sheet: Sheet, start: int, stop: int) -> None:
    """Take the title up to the first thing that was taken after it."""
    start, stop = sheet.bare(start, stop)
    gone = sheet.left.find(GONE, start, stop)
    take_title(sheet, start, gone if gone > 0 else stop, 0.9)


def _take_one_sentence(sheet: Sheet, start: int, end: int) -> None:
    """Take a title that nothing but locators follow, or one with commas between it and the rest."""
    gone = sheet.left.find(GONE, start, end)
    if gone > 0:
        take_publisher(sheet, gone, end, 0.6)
        take_volume(sheet, start, gone)
        _take_first(sheet, start, gone + 1)
        return
    journal = sheet.has("volume") or sheet.has("page")
    comma = sheet.left.rfind(", ", start, end)
    if journal and comma < 0 and len(sheet.left[start:end].split()) <= _FEW:
        take_container_title(sheet, start, end, 0.6)  # as physicists cite, without a title
        return
    if journal and comma > 0:
        take_container_title(sheet, comma + 1, end, 0.5)
        end = comma
    elif comma > 0 and PUBLISHER.search(sheet.left, comma, end):
        take_publisher(sheet, comma + 1, end, 0.7)
        end = comma
    take_title(sheet, start, end, 0.7)


def _take_after_title(sheet: Sheet, pieces: list[tuple[int, int]], *, books: bool) -> int:
    """Take container or publisher from the last sentences; where they begin."""
    before, last = pieces[-2:]
    text = sheet.left[slice(*last)]
    publisher = PUBLISHER.search(text) is not None
    placed = _PLACE_AND_PUBLISHER.match(text) and publisher and not sheet.has("page")
    if placed or _has_book_volume(sheet, last[0]):
        return _take_publication(sheet, pieces)  # of a book that has a volume
    if sheet.has("volume") or sheet.has("issue") or (sheet.has("page") and not publisher):
        if len(pieces) > 2 and _SUBSERIES.match(text):  # noqa: PLR2004 - title, journal, series
            last = (before[0], last[1])
        last = _with_abbreviations(sheet, pieces[:-1], last)
        take_container_title(sheet, *last, 0.93)
        return last[0]
    if _is_meeting(sheet, pieces):
        return _take_meeting(sheet, pieces)
    book = sheet.has("edition") or "book" in sheet.marks
    if book or ((publishes(text) or books) and (publisher or not SERIAL.search(text))):
        return _take_publication(sheet, pieces)
    take_container_title(sheet, *last, 0.6)
    return last[0]


def _has_book_volume(sheet: Sheet, last: int) -> bool:
    """Whether a volume stands before the last sentence, and so is a book's, not a journal's."""
    before = any(part.name == "volume" and part.start < last for part in sheet.parts)
    return before and not sheet.has("issue") and not sheet.has("page")


def _with_abbreviations(
    sheet: Sheet, before: list[tuple[int, int]], last: tuple[int, int]
) -> tuple[int, int]:
    """A container with the sentences before it that are abbreviated words of its title.

    ISO 4 leaves out articles and prepositions, and hardly cuts a word behind a vowel.
    """
    start = last[0]
    for begin, stop in reversed(before[1:]):
        if not _ABBREVIATED.fullmatch(sheet.left, begin, stop):
            break
        start = begin
    return start, last[1]


def _is_meeting(sheet: Sheet, pieces: list[tuple[int, int]]) -> bool:
    """Whether the last sentence names proceedings or a meeting."""
    before, last = (sheet.left[slice(*piece)] for piece in pieces[-2:])
    several = len(pieces) > 2  # noqa: PLR2004 - title, proceedings, meeting
    if CONFERENCE.search(last):
        return several or not publishes(last) or sheet.has("page")
    return several and _begins_alike(before, last)


def _begins_alike(one: str, other: str) -> bool:
    """Whether one sentence is the beginning of the other: proceedings and their meeting."""
    one, other = (sentence.strip(". ") for sentence in (one, other))
    return one.startswith(other) or other.startswith(one)


def _take_meeting(sheet: Sheet, pieces: list[tuple[int, int]]) -> int:
    """Take proceedings, and the meeting's own name where it follows them; where they begin."""
    before, last = (sheet.left[slice(*piece)] for piece in pieces[-2:])
    again = _begins_alike(before, last)
    placed = _PLACED.search(last) is not None and len(before.split()) <= _FEW
    if len(pieces) > 2 and (again or placed or CONFERENCE.search(before)):  # noqa: PLR2004
        sheet.take("event-title", *sheet.bare(*pieces[-1]), 0.7)
        take_container_title(sheet, *pieces[-2], 0.85)
        return pieces[-2][0]
    take_container_title(sheet, *pieces[-1], 0.8)
    return pieces[-1][0]


def _take_publication(sheet: Sheet, pieces: list[tuple[int, int]]) -> int:
    """Take the publisher that the last sentence names, and proceedings before it."""
    take_publisher(sheet, *pieces[-1], 0.85)
    in_book = sheet.has("page") and not sheet.has("volume")
    if len(pieces) > 2 and (in_book or CONFERENCE.search(sheet.left[slice(*pieces[-2])])):  # noqa: PLR2004
        take_container_title(sheet, *pieces[-2], 0.75)
        return pieces[-2][0]
    return pieces[-1][0]
