"""Titles whose end a mark of the style says: ``[J]`` of GB/T 7714, `` // `` of GOST R 7.0.5.

Both stand between a title and what it appeared in, so that neither sentences nor capitals, which
Chinese does not have, are needed to tell them apart.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from compcite.formats.plain_text.containers import take_publisher
from compcite.formats.plain_text.locators import take_locators
from compcite.formats.plain_text.people import read_people
from compcite.formats.plain_text.quoted import take_after_title, take_title

if TYPE_CHECKING:
    from compcite.formats.plain_text.sheet import Sheet

__all__ = ["take_marked"]

_MARK = re.compile(
    r"\s?\[(?P<kind>[JMDCRSNPGAZ]|EB|DB|CP)(?:/(?:OL|CD|MT|DK))?\](?:\s?//|\.)?\s?|\s//\s"
)
_PUBLISHED = frozenset("MDRSP")  # monographs, theses, reports, standards, patents
_THESIS = "D"
_AUTHORS = re.compile(r"(?P<names>[^.\x1f]{2,200})\.\s?(?=\S)")


def take_marked(sheet: Sheet, start: int, end: int) -> bool:
    """Take a title that a mark ends, and what follows it; whether there is such a mark."""
    mark = _MARK.search(sheet.left, start + 1, end)
    if mark is None:
        return False
    if not sheet.people:
        start = _take_authors(sheet, start, mark.start())
    if mark["kind"] == _THESIS:
        sheet.take("genre", *mark.span("kind"), 0.95, "thesis")
        sheet.marks.add("thesis")
    sheet.blot(*mark.span())
    take_title(sheet, start, mark.start(), 0.95)
    if mark["kind"] and mark["kind"] in _PUBLISHED:
        take_publisher(sheet, mark.end(), take_locators(sheet, mark.end(), end), 0.85)
    else:
        take_after_title(sheet, mark.end(), end)
    return True


def _take_authors(sheet: Sheet, start: int, end: int) -> int:
    """Take the authors before the first full stop; where the title begins."""
    match = _AUTHORS.match(sheet.left, start, end)
    people = read_people(match["names"], lenient=True) if match else None
    if match is None or people is None:
        return start
    sheet.take_people(people, *match.span("names"))
    return match.end()
