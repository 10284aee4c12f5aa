"""What parentheses behind a title say: who edited or translated it, which edition and volume.

APA has all of it there, with semicolons between the people and the rest:
``(C. D. C. Reeve, Ed.; G. M. A. Grube, Trans.; 2nd ed., Vol. 2)``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from compcite.formats.plain_text.locators import LOCATING, take_edition, take_locators
from compcite.formats.plain_text.parsed import GONE
from compcite.formats.plain_text.people import ROLE, read_people

if TYPE_CHECKING:
    from compcite.formats.plain_text.sheet import Sheet

__all__ = ["PARENTHESES", "PIECE", "take_contributors", "take_inside", "take_report_number"]

PARENTHESES = re.compile(r"\((?P<inside>[^()]+)\)(?!:\s)")
"""What stands in parentheses; those before a colon belong to a title, whatever they say."""

PIECE = re.compile(r"[^;]+")
"""What stands between semicolons, which separate people of different roles."""

_LOCATING = re.compile(LOCATING, re.IGNORECASE)
# A series with the number in it: (Gesammelte Werke, Bd. 2)
_NUMBERED_AT_END = re.compile(r",\s(?:[Vv]ols?\.|Bd\.|Band|Volume)\s?\w{1,5}$")
_ROLE = re.compile(ROLE, re.IGNORECASE)
_EDITION_IN_WORDS = re.compile(
    r"(?<=[(;,\s])(?P<edition>[\dA-Z][^(),;\x1f]{1,30})\s(?:ed\.|edn|edition)(?=[,;)]|$)"
)
_REPORT_NUMBER = re.compile(
    r"(?P<genre>(?:[^\W\d_a-z][^\d;:]{0,60}?\s)?(?:Reports?|Rep\.|Publication|Paper|Bulletin|Circular"
    r"|Memorandum|Memo|Brief|Monograph|Document))\s(?:(?:No|Nr|Number)\b\.?|#)\s?"
    r"(?P<number>[\w./–-]*\d[\w./–-]*)"
)


def take_inside(sheet: Sheet, start: int, end: int) -> None:
    """Take the people, the edition, the volume and the pages that stand in parentheses."""
    for match in PARENTHESES.finditer(sheet.left, start, end):
        first, last = match.span("inside")
        involved = take_contributors(sheet, first, last)
        if not involved and not _LOCATING.search(match["inside"]):
            continue
        take_edition(sheet, first, last)
        _take_edition_in_words(sheet, first, last)
        rest = take_locators(sheet, first, last)
        unknown = sheet.left[first:rest].strip(f" .,;:&{GONE}")
        if (
            unknown[:1].isupper()
            and GONE not in unknown
            and _NUMBERED_AT_END.search(match["inside"])
        ):
            sheet.take("collection-title", *sheet.bare(first, rest), 0.8)
            unknown = ""
        if not unknown:
            sheet.blot(*match.span())


def take_contributors(sheet: Sheet, start: int, end: int) -> bool:
    """Take the people between the semicolons of a stretch who say their role; whether any do."""
    found = False
    for piece in PIECE.finditer(sheet.left, start, end):
        people = read_people(piece[0]) if _ROLE.search(piece[0]) else None
        if people is not None and people.role != "author":
            sheet.take_people(people, *piece.span())
            sheet.marks.add("book")
            found = True
    return found


def _take_edition_in_words(sheet: Sheet, start: int, end: int) -> None:
    """Take an edition that is more than a number: ``(3rd digital ed.)``."""
    match = _EDITION_IN_WORDS.search(sheet.left, start, end)
    if match and not sheet.has("edition"):
        sheet.take("edition", *match.span("edition"), 0.9)
        sheet.blot(*match.span())


def take_report_number(sheet: Sheet, start: int, end: int) -> None:
    """Take the series and number of a report: ``(NIH Publication No. 18-2059)``."""
    for match in PARENTHESES.finditer(sheet.left, start, end):
        said = _REPORT_NUMBER.fullmatch(match["inside"])
        if said is None or sheet.has("number"):
            continue
        first = match.start("inside")
        if not sheet.has("genre"):
            sheet.take("genre", first + said.start("genre"), first + said.end("genre"), 0.9)
        sheet.take("number", first + said.start("number"), first + said.end("number"), 0.95)
        sheet.marks.add("report")
        sheet.blot(*match.span())
