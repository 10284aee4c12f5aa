"""People who say what they did: who edited, translated or illustrated a work.

The words for a role are certain, so these people are taken before the model is asked: behind the
words (``edited by``, ``Trans.``), or before them in parentheses behind a title, where APA has all
of it with semicolons between: ``(C. Reeve, Ed.; G. Grube, Trans.; 2nd ed., Vol. 2)``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from compcite.formats.plain_text.containers import take_edited_by
from compcite.formats.plain_text.locators import take_edition, take_locators
from compcite.formats.plain_text.parentheses import take_contributors
from compcite.formats.plain_text.parsed import GONE
from compcite.formats.plain_text.people import read_people

if TYPE_CHECKING:
    from compcite.formats.plain_text.sheet import Sheet

__all__ = ["take_roles"]

# APA: In W. Damon (Series Ed.) & R. M. Lerner (Vol. Ed.), Handbook
_OF_SERIES = re.compile(
    r"(?:\bIn:?\s|[&,]\s|\band\s)(?P<names>[^()\x1f]{3,200}?)"
    r"\s\((?:(?P<series>Series)|Vol(?:\.|ume))\sEds?\.\),?"
)
# Semicolons separate people of different roles.
_PIECE = re.compile(r"[^;]+")
# Before a colon they belong to a title, whatever they say.
_PARENTHESES = re.compile(r"\((?P<inside>[^()]+)\)(?!:\s)")


def take_roles(sheet: Sheet) -> None:
    """Take the people whose role is said, and the edition and the volume beside them."""
    for piece in _PIECE.finditer(sheet.left, 1):
        take_edited_by(sheet, *piece.span())
    for match in list(_OF_SERIES.finditer(sheet.left)):
        people = read_people(match["names"])
        if people is not None:
            role = "collection-editor" if match["series"] else "editor"
            sheet.take_people(people, *match.span("names"), role)
            sheet.blot(match.end("names"), match.end())
    for match in _PARENTHESES.finditer(sheet.left):
        first, last = match.span("inside")
        if take_contributors(sheet, first, last):
            take_edition(sheet, first, last)
            rest = take_locators(sheet, first, last)
            if not sheet.left[first:rest].strip(f" .,;:&{GONE}"):
                sheet.blot(*match.span())
