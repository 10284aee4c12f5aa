"""The pages on which a work is cited, as LaTeX's backref prints them behind its reference.

They are no pages of the work: ``In CVPR, 2022. 2, 4, 6``, ``2011. Cited on pages 3 and 7.``
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from compcite.formats.plain_text.sheet import Sheet

__all__ = ["blot_back_references"]

_NUMBER = re.compile(r"\d+")
_SAID = re.compile(
    r"\s[(\[]?\b[Cc]ited (?:on|in|at)(?: pages?| p\.| pp\.)\s\d[\d\s,–and-]*[)\]]?\.?[)\]]?$"
)
# Numbers alone follow a finished sentence, whose last word is no label of a number ("Vol.").
_ALONE = re.compile(r"(?:\d\d|[)\]”\"/]|[^\W\d_A-Z]{5})\.\s(?P<pages>\d{1,3}(?:,\s\d{1,3}){0,60})$")
_YEAR = re.compile(r"(?<!\d)(?:1[4-9]|20)\d\d(?!\d)")


def blot_back_references(sheet: Sheet) -> None:
    """Take the pages that cite the work away; they count up, and stand behind the year."""
    match = _SAID.search(sheet.left)
    if match is not None:
        sheet.blot(match.start(), match.end())
        return
    match = _ALONE.search(sheet.left) if sheet.left[-1:].isdigit() else None
    if match is None or not _YEAR.search(sheet.left, 0, match.start("pages")):
        return
    pages = [int(number) for number in _NUMBER.findall(match["pages"])]
    if all(before < after for before, after in pairwise(pages)):
        sheet.blot(*match.span("pages"))
