"""Works that say what they are: theses with their school, and what brackets or reports say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from compcite.formats.plain_text.containers import take_publisher
from compcite.formats.plain_text.locators import take_locators
from compcite.formats.plain_text.sentences import phrases
from compcite.formats.plain_text.vocabulary import THESIS

if TYPE_CHECKING:
    from compcite.formats.plain_text.parsed import Part
    from compcite.formats.plain_text.sheet import Sheet

__all__ = ["genre_of", "take_genre", "take_school", "take_technical_report", "thesis_of"]

# What works are that are no texts: the last word of APA's descriptions in brackets.
_WORKS = (
    "data ?set|database|software|app|video|film|preprint|post|review|collection|graphic|images?"
    "|photographs?|map|painting|drawing|infographic|audio|music|album|song|recording|lecture"
    "|presentation|slides|speech|interview|transcript|webinar|website|episode|broadcast|letter"
    "|figure|supplement|manuscript|report|workflow|model|standard|patent|artwork|exhibition"
)
_GENRE = re.compile(
    r"\[(?P<genre>(?:Doctoral|Master|Bachelor|Ph|Unpublished|Undergraduate|Diploma|Dissertation"
    r"|Thesis|Podcast|Manuscript|Conference|Paper|Poster)[^\[\]]*"
    rf"|(?:[\w-]+\s){{0,2}}(?:{_WORKS}))\]",
    re.IGNORECASE,
)
_PREPRINT = re.compile(r"(?<=[.”\"]\s)(?P<genre>[Pp]reprint)(?:[.,](?=\s)|(?:\sat)?(?=\s?\x1f))")
_SESSION = re.compile(r"(?:Conference|Paper|Poster) (?:session|presentation)", re.IGNORECASE)
_KIND = rf"[^()\[\],\x1f]{{0,40}}?{THESIS.pattern}[^()\[\],\x1f]{{0,20}}"
# APA names the school within: in brackets, and in parentheses up to the sixth edition.
_IN_BRACKETS = re.compile(rf"\[(?P<genre>{_KIND})(?:,\s(?P<school>[^\[\]\x1f]+))?\]", re.IGNORECASE)
_IN_PARENTHESES = re.compile(
    rf"\((?P<genre>{_KIND})(?:,\s(?P<school>[^()\x1f]+))?\)", re.IGNORECASE
)
_BY_ITSELF = re.compile(
    rf"(?:(?<=[.?!”\"’]\s)|(?<=,\s)(?-i:(?=[A-Z])))(?P<genre>{THESIS.pattern})(?=[.,]\s|\.?$)",
    re.IGNORECASE,
)
# Vancouver names it behind the date, with the contract beside it.
_REPORT_NUMBER = re.compile(
    r"\bReport No\.:\s(?P<number>[^.;\x1f]+)[.;]?(?:\s(?:Contract|Grant) No\.:[^.;\x1f]+[.;]?)?"
)
_TECHNICAL_REPORT = re.compile(
    r"(?<=[.,”\"]\s)(?P<genre>(?:Tech(?:nical|\.)|Res(?:earch|\.)|Working|Discussion|Internal)\s"
    r"(?:Rep(?:ort|\.)|Paper|Memo(?:randum|\.)?))(?:\s(?:No|no|Number)\b\.?)?"
    r"\s(?P<number>[^\s,]*\d[^\s,]*(?:\s\([^()]{1,20}\)[^\s,]*)?)(?=,\s)"
)


def take_genre(sheet: Sheet) -> None:
    """Take what kind of work it is, where brackets say it, and the school of a thesis there."""
    report = _REPORT_NUMBER.search(sheet.left)
    if report:
        sheet.marks.add("report")
        sheet.take("number", *report.span("number"), 0.95)
        sheet.blot(*report.span())
    thesis = _IN_BRACKETS.search(sheet.left)
    if thesis:
        _mark_thesis(sheet, thesis)
        if thesis["school"]:
            # No place stands there: University of California, Berkeley
            sheet.take("publisher", *thesis.span("school"), 0.95)
        sheet.blot(*thesis.span())
        return
    match = _GENRE.search(sheet.left) or _PREPRINT.search(sheet.left)
    if match:
        sheet.take("genre", *match.span("genre"), 0.9)
        sheet.blot(*match.span())
        if _SESSION.fullmatch(match["genre"]):
            sheet.marks |= {"presented", "meeting"}


def thesis_of(sheet: Sheet, start: int, end: int) -> Part | None:
    """The words that say that a work is a thesis, taken; None where nothing does."""
    if "thesis" not in sheet.marks:
        match = _IN_PARENTHESES.search(sheet.left, start + 1, end)
        match = match or _BY_ITSELF.search(sheet.left, start + 1, end)
        if match is None:
            return None
        _mark_thesis(sheet, match)
        if match.re is _IN_PARENTHESES and match["school"]:
            first, last = match.span("school")
            take_publisher(sheet, first, take_locators(sheet, first, last), 0.93)
        sheet.blot(*match.span())
    return genre_of(sheet)


def genre_of(sheet: Sheet) -> Part | None:
    """The words that say what a work is, where they were taken."""
    return next((part for part in sheet.parts if part.name == "genre"), None)


def _mark_thesis(sheet: Sheet, match: re.Match[str]) -> None:
    sheet.marks.add("thesis")
    sheet.take("genre", *match.span("genre"), 0.95)


def take_school(sheet: Sheet, start: int, end: int) -> bool:
    """Take the school of a thesis, and the archive it is in behind; whether either is there."""
    end = take_locators(sheet, start, end)
    pieces = phrases(sheet.left, start, end)
    if not pieces:
        return False
    if not sheet.has("publisher"):
        take_publisher(sheet, *pieces.pop(0), 0.9)
    if pieces:
        sheet.take("archive", *sheet.bare(pieces[0][0], pieces[-1][1]), 0.7)
    return True


def take_technical_report(sheet: Sheet, start: int, end: int) -> None:
    """Take the number of a report beside its institution: ``Aerospace Corp., Tech. Rep. 12,``."""
    match = _TECHNICAL_REPORT.search(sheet.left, start, end)
    if match is None or sheet.has("number"):
        return
    sheet.take("genre", *match.span("genre"), 0.9)
    sheet.take("number", *match.span("number"), 0.9)
    sheet.marks.add("report")
    sheet.blot(*match.span())
