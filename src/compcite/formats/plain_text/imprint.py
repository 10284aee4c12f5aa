"""What only the imprint of a book says: pages, volumes, series, and when it was published first.

All of it can be told without the rest, and stands where it hides the end of a reference: behind
the year (``2009. 541 p.``), before the publisher (``6 vols.``), or behind everything
(``(Original work published 1923)``).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from compcite.formats.plain_text.dates import DATE, MONTH, YEAR
from compcite.formats.plain_text.parsed import GONE

if TYPE_CHECKING:
    from compcite.formats.plain_text.sheet import Sheet

__all__ = ["take_imprint"]

# Nothing may follow but a series in parentheses.
_NUMBER_OF_PAGES = re.compile(
    r"(?<=[\d.;,)—–-]\s)(?P<pages>(?:[ivxlc]{1,7},\s)?\d{1,5})\s?(?:pp?|pages|[Ssс])\b\.?"
    rf"(?=[\s.{GONE}]*(?:$|\())"
)
# Vancouver has a series behind everything: 2844 p. (Merck manuals; vol. 1).
_SERIES = re.compile(
    rf"(?<=[.{GONE}]\s)\((?P<series>[^();\x1f]{{3,120}})(?:;\s(?:vol|no|pt)\.\s(?P<number>[\w-]+))?\)"
    rf"[\s.{GONE}]*$"
)
_NUMBER_OF_VOLUMES = re.compile(r"(?<=[.,]\s)(?P<volumes>\d{1,3})\s(?:vols|Bde)\b\.?")
_ORIGINAL = re.compile(
    rf"\(?\b(?:Original(?:ly)? (?:work )?published(?: in)?\s(?P<date>{DATE}(?:[-–]{YEAR})?)"
    rf"|(?:Original(?:werk|arbeit)? (?:veröffentlicht|erschienen)|Ouvrage original publié en"
    rf"|Obra original publicada en)\s(?P<date_>{DATE})"
    r"|Original(?:ly)? (?:work )?published\b|Reprinted from\b).*$"
)
# Chicago: Emerson, R. W. (1836) 1985. Nature.
_ORIGINAL_FIRST = re.compile(rf"[(\[](?P<date>{YEAR})[)\]](?=\s{YEAR}[.,:]\s)")
# MLA: Erdrich, Louise. Love Medicine. 1984. Perennial-Harper, 1993. But Orwell's title is 1984.
_ORIGINAL_BETWEEN = re.compile(
    r"^[^\x1f]{2,400}?\.\s(?=[^.\x1f]*?[^\W\d_]{3})[^.\x1f]*\.\s"
    rf"(?P<date>{YEAR}\.)\s(?=[^\d\x1f][^\x1f]*,\s{YEAR}\.?$)"
)
# Vancouver: Mosby; c2005. and Association; c2000-01 [updated 2002 May 16; cited 2002 Jul 9].
_COPYRIGHT = re.compile(r"(?<=;\s)c(?P<date>(?:1[89]|20)\d\d)(?:[-–]\d{2,4})?(?=[.\s])")
_UPDATED = re.compile(rf"\[updated\s{DATE}[;\]]\s?")
# Vancouver: Proceedings of the 5th Conference; 2002 Apr 3-5; Kinsale, Ireland. Berlin: Springer;
_MEETING = re.compile(
    rf";\s(?P<date>{YEAR}\s{MONTH}\s\d{{1,2}})(?:[-–]\d{{1,2}}|[-–]{MONTH}\s\d{{1,2}})?"
    r";\s(?P<place>[^.;\x1f]{2,60})(?=\.\s)"
)


def take_imprint(sheet: Sheet) -> None:
    """Take what only books say of themselves."""
    _take_each(sheet, _ORIGINAL, {"date": "original-date", "date_": "original-date"})
    _take_each(sheet, _ORIGINAL_FIRST, {"date": "original-date"})
    _take_each(sheet, _NUMBER_OF_PAGES, {"pages": "number-of-pages"})
    if sheet.has("number-of-pages"):
        series = {"series": "collection-title", "number": "collection-number"}
        _take_each(sheet, _SERIES, series)
    _take_each(sheet, _NUMBER_OF_VOLUMES, {"volumes": "number-of-volumes"})
    _take_each(sheet, _MEETING, {"date": "event-date", "place": "event-place"})
    if between := _ORIGINAL_BETWEEN.search(sheet.left):
        start, end = between.span("date")
        sheet.take("original-date", start, end - 1, 0.95)
        sheet.blot(start, end)
    _take_each(sheet, _COPYRIGHT, {"date": "issued"})
    if sheet.has("issued"):
        _take_each(sheet, _UPDATED, {})


def _take_each(sheet: Sheet, pattern: re.Pattern[str], variables: dict[str, str]) -> None:
    """Take what the groups of a pattern say as variables, where it is found."""
    match = pattern.search(sheet.left)
    if match is None:
        return
    for group, variable in variables.items():
        if match[group]:
            sheet.take(variable, *match.span(group), 0.95)
    sheet.blot(*match.span())
