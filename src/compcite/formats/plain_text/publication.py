"""A publisher that stands apart from the title before it: in parentheses, or behind semicolons.

Nature, Science and Cell write `in Book 183–208 (Press, 2001)` and `in Book (Press, 2001), pp. 1–9`,
chemists `In Book; Neff, K. D., Ed.; Series; Press: Place, 2001; pp 1–9`, and sociologists name
the pages first: `Pp. 1–9 in Book`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from compcite.formats.plain_text.containers import (
    publishes,
    take_container_title,
    take_publisher,
)
from compcite.formats.plain_text.dates import DATE, DAY_AND_MONTH, UNDATED, YEAR
from compcite.formats.plain_text.locators import (
    PAGES,
    RANGE,
    take_edition,
    take_locators,
)
from compcite.formats.plain_text.parsed import GONE
from compcite.formats.plain_text.people import read_people

if TYPE_CHECKING:
    from compcite.formats.plain_text.sheet import Sheet

__all__ = ["take_pages_first", "take_parenthesised", "take_semicoloned"]

_PARENTHESISED = re.compile(
    rf",?\s?\((?P<inside>[^()\x1f]{{2,150}})\)(?P<after>(?:,?\s(?:pp?\.?\s)?{PAGES})?)[.,;\s\x1f]*$"
)
_NAMED_AND_DATED = re.compile(
    rf"(?P<name>[^\W\d_a-z][^\d;]*?)(?P<edition>,\s(?:ed\.\s\d{{1,2}}|\d{{1,2}}[a-z]{{2}}\sedn?\.?))?"
    rf"(?:,\s(?P<issued>{YEAR}|{UNDATED}))?$"
)
_DATED = re.compile(rf"(?:{DATE}|{DAY_AND_MONTH})(?:,\s{YEAR})?$")
_ALONE = re.compile(
    rf"(?<=[^\W\d_,;:]|[.)’”\d])\s(?:vol\.\s(?P<volume>\d{{1,4}})\s)?(?P<page>{RANGE})$"
)
_A_YEAR = re.compile(YEAR)
_NUMBER = re.compile(r"\d+")
_EDITORS = re.compile(r"\((?:[Ee]ds?\.?|[Hh]rsg\.?(?:\svon)?)\s(?P<names>[^()\x1f]{3,300})\)")
_PAGES_FIRST = re.compile(rf"\b[Pp]p?\.\s(?P<page>{PAGES})\s(?=in\s)")


def take_pages_first(sheet: Sheet, start: int, end: int) -> None:
    """Take pages that stand before the book they are in: ``Pp. 183–208 in Book``."""
    match = _PAGES_FIRST.search(sheet.left, start, end)
    if match and not sheet.has("page"):
        sheet.take("page", *match.span("page"), 0.96)
        sheet.blot(*match.span())


def take_parenthesised(sheet: Sheet, start: int, end: int, *, introduced: bool) -> int:
    """Take publisher and year in parentheses at the end, and pages beside them; where they begin.

    ``introduced`` says that a book's title stands before them, which pages may follow.
    """
    match = _PARENTHESISED.search(sheet.left, start, end)
    said = match and not _DATED.match(match["inside"]) and _NAMED_AND_DATED.match(match["inside"])
    if not match or not said:
        return end
    if not said["issued"] and not (introduced and publishes(said["name"])):
        return end
    if said["issued"] and sheet.has("issued"):
        return end
    inside = match.start("inside")
    take_locators(sheet, *match.span("after"))
    if said["issued"]:
        sheet.take("issued", inside + said.start("issued"), inside + said.end("issued"), 0.93)
    if said["edition"]:
        first, last = said.span("edition")
        number = _NUMBER.search(said["edition"])
        sheet.take("edition", inside + first, inside + last, 0.9, number[0] if number else "")
    take_publisher(sheet, inside, inside + said.end("name"), 0.9)
    sheet.blot(*match.span())
    end = match.start()
    if introduced:
        end = _take_pages_alone(sheet, start, end)
        _take_editors_inside(sheet, start, end)
    return end


def _take_pages_alone(sheet: Sheet, start: int, end: int) -> int:
    """Take pages that follow a book's title with nothing between; where they begin."""
    match = None if sheet.has("page") else _ALONE.search(sheet.left, start, end)
    if match is None:
        return end
    for name in ("volume", "page"):
        if match[name]:
            sheet.take(name, *match.span(name), 0.9)
    sheet.blot(*match.span())
    return match.start()


def _take_editors_inside(sheet: Sheet, start: int, end: int) -> None:
    """Take editors in parentheses behind their book: ``(eds Neff, K. D. & Germer, C.)``."""
    match = _EDITORS.search(sheet.left, start, end)
    people = read_people(match["names"]) if match else None
    if match and people:
        sheet.take_people(people, *match.span("names"), "editor")
        sheet.blot(*match.span())


def take_semicoloned(sheet: Sheet, start: int, end: int) -> bool:
    """Take apart a book whose editors, series and publisher stand behind semicolons."""
    if sheet.left.find("; ", start, end) < 0:
        return False
    end = take_locators(sheet, start, end)
    title, *pieces = _between_semicolons(sheet, start, end)
    if not pieces:
        return False
    if any(_A_YEAR.search(sheet.left, *piece) for piece in pieces):
        return False  # Place: Publisher; 2011
    take_edition(sheet, start, end)
    unknown = []
    for begin, stop in pieces:
        people = read_people(sheet.left[begin:stop])
        if people is not None and people.role != "author":
            sheet.take_people(people, begin, stop)
        elif sheet.left[begin:stop].strip(f" .{GONE}"):
            unknown.append((begin, stop))
    if unknown:
        take_publisher(sheet, *unknown[-1], 0.85)
    if len(unknown) > 1:
        sheet.take("collection-title", *sheet.bare(*unknown[0]), 0.7)
    take_container_title(sheet, *title, 0.92)
    return True


def _between_semicolons(sheet: Sheet, start: int, end: int) -> list[tuple[int, int]]:
    """What stands between the semicolons of a stretch."""
    found = []
    while (cut := sheet.left.find("; ", start, end)) >= 0:
        found.append((start, cut))
        start = cut + 2
    return [*found, (start, end)]
