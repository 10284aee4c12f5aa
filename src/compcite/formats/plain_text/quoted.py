"""A reference whose title stands in quotes: what follows the quotation is easily told."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from compcite.formats.plain_text.containers import (
    take_after_date,
    take_container,
    take_publisher,
)
from compcite.formats.plain_text.genres import take_school, take_technical_report, thesis_of
from compcite.formats.plain_text.locators import take_locators
from compcite.formats.plain_text.parsed import GONE
from compcite.formats.plain_text.publication import (
    take_pages_first,
    take_parenthesised,
    take_semicoloned,
)
from compcite.formats.plain_text.sentences import closing_quote, opening_quote, segments
from compcite.formats.plain_text.vocabulary import (
    CONFERENCE,
    PUBLISHER,
    SERIAL,
)
from compcite.text.preprint_servers import PREPRINT_SERVER

if TYPE_CHECKING:
    from compcite.formats.plain_text.heads import Head
    from compcite.formats.plain_text.sheet import Sheet

__all__ = ["take_after_title", "take_book", "take_quoted", "take_title"]

_IN = re.compile(r"[,.]?\s*\b[Ii]n:?\s+(?=\S)")
_NOTHING_IN = re.compile(r"[.?!,]?\s[Ii]n:?$")
_PRESENTED = re.compile(r"\b(?:Paper|Poster) presented at (?:the )?|\bPresented at (?:the )?")
_STOPPED = re.compile(r"[^,][.?!’][^,]$")
_LONGEST_PUBLISHER_PIECE = 3  # words before a comma; more of them are a container


def take_title(sheet: Sheet, start: int, end: int, confidence: float) -> None:
    """Take a title without the quotes and the full stop around it."""
    start, end = sheet.bare(start, end)
    if start < end and opening_quote(sheet.left, start, start + 3) == start:
        close = closing_quote(sheet.left, start, end)
        if close is not None and close >= end - 1:
            start, end = _within(sheet, start, close)
    empty = _NOTHING_IN.search(sheet.left, start, end)  # Title. In: 2011.
    sheet.take("title", start, empty.start() if empty else end, confidence)


def take_quoted(sheet: Sheet, head: Head, end: int) -> bool:
    """Take a title in quotes, and what follows it; whether there is one."""
    start, _ = sheet.bare(head.end, end)
    if opening_quote(sheet.left, start, start + 3) != start:
        return False
    close = closing_quote(sheet.left, start, end, strict=head.unquoted)
    if close is None:
        return False
    sheet.take("title", *_within(sheet, start, close), 0.97)
    take_technical_report(sheet, close, end)
    # Where a container follows a comma, what follows a full stop is none.
    stopped = head.comma and _STOPPED.search(sheet.text, start, close)
    if "report" in sheet.marks or not (stopped and _take_publisher_instead(sheet, close, end)):
        take_after_title(sheet, close, end)
    return True


def _within(sheet: Sheet, start: int, close: int) -> tuple[int, int]:
    """What a quotation says, without its quotes and the punctuation that the style adds."""
    first, last = start + 1, close - 1
    while first < last and sheet.left[first] in " `":
        first += 1
    while last > first and sheet.left[last - 1] in " ,.;'":
        last -= 1
    return first, last


def _take_publisher_instead(sheet: Sheet, start: int, end: int) -> bool:
    """Take a publisher where a container would stand; whether there is one."""
    begin, stop = sheet.bare(start, take_locators(sheet, start, end))
    if begin >= stop or sheet.has("volume") or sheet.has("page"):
        return False
    if sheet.left.startswith(("in ", "In "), begin):
        return False
    take_publisher(sheet, begin, stop, 0.7)
    return True


def take_after_title(sheet: Sheet, start: int, end: int) -> None:
    """Take apart what follows a title that is known."""
    take_pages_first(sheet, start, end)
    bare, _ = sheet.bare(start, end)
    introduced = _IN.match(sheet.left, bare, end) or _IN.match(sheet.left, start, end)
    if introduced:
        sheet.blot(*introduced.span())
        sheet.marks.add("in")
        start = introduced.end()
    start = _take_presented(sheet, start, end)
    end = take_after_date(sheet, start, end)
    thesis = thesis_of(sheet, start - 1, end)
    if thesis and not introduced and take_school(sheet, max(start, thesis.end), end):
        return
    if introduced:
        take_book(sheet, start, end)
    elif not _take_publisher_alone(sheet, start, end):
        take_container(sheet, start, end, introduced=False)


def take_book(sheet: Sheet, start: int, end: int) -> None:
    """Take apart the book or the proceedings after an ``In``."""
    end = take_parenthesised(sheet, start, end, introduced=True)
    if not take_semicoloned(sheet, start, end):
        take_container(sheet, start, end, introduced=True)


def _take_presented(sheet: Sheet, start: int, end: int) -> int:
    """Take the meeting that a work was presented at; where what follows begins."""
    match = _PRESENTED.search(sheet.left, start, end)
    if match is None:
        return start
    sheet.marks.add("presented")
    sheet.blot(*match.span())
    meeting, *rest = segments(sheet.left, match.end(), end) or [(end, end)]
    if not rest:
        return match.end()
    sheet.take("event-title", *sheet.bare(*meeting), 0.85)
    return rest[0][0]


def _take_publisher_alone(sheet: Sheet, start: int, end: int) -> bool:
    """Take a publisher that follows a title with no container between; whether it did."""
    begin, stop = sheet.bare(start, take_locators(sheet, start, end))
    text = sheet.left[begin:stop]
    if sheet.has("volume") or sheet.has("page") or GONE in text or not text:
        return False
    if "report" in sheet.marks:  # whose institution may be abbreviated: Elect. Eng. Res. Lab.
        take_publisher(sheet, begin, stop, 0.8)
        return True
    return _take_if_publisher(sheet, begin, stop)


def _take_if_publisher(sheet: Sheet, begin: int, stop: int) -> bool:
    """Take a publisher that is all that follows a title; whether it reads as one."""
    text = sheet.left[begin:stop]
    if ". " in text:
        return False
    if CONFERENCE.search(text) or SERIAL.search(text):
        return False
    if not (PUBLISHER.search(text) or PREPRINT_SERVER.search(text) or "thesis" in sheet.marks):
        return False
    first, comma, rest = text.partition(", ")
    if comma and PUBLISHER.search(first):
        sheet.take("publisher-place", stop - len(rest), stop, 0.6)
        stop = begin + len(first)
    elif comma and (PUBLISHER.search(rest) or len(first.split()) > _LONGEST_PUBLISHER_PIECE):
        return False  # a container before the publisher
    take_publisher(sheet, begin, stop, 0.8)
    return True
