"""What the rules take from one reference.

In this order, because each step makes the next one easier: identifiers, which can be told
without the rest; authors and year at the beginning; the title where it is in quotes; volume,
issue, pages and date from the end backwards; and what is left between is told apart by its
sentences and its words.
"""

from __future__ import annotations

import re

from compcite.formats.plain_text.back_references import blot_back_references
from compcite.formats.plain_text.genres import take_genre
from compcite.formats.plain_text.heads import take_head
from compcite.formats.plain_text.identifiers import take_identifiers
from compcite.formats.plain_text.imprint import take_imprint
from compcite.formats.plain_text.marked import take_marked
from compcite.formats.plain_text.parsed import GONE
from compcite.formats.plain_text.quoted import take_after_title, take_quoted, take_title
from compcite.formats.plain_text.sheet import Sheet
from compcite.formats.plain_text.unquoted import take_unquoted
from compcite.formats.plain_text.vocabulary import PUBLISHER

__all__ = ["SAME_AUTHORS", "certain", "ruled"]

SAME_AUTHORS = re.compile(r"(?:(?:[—–―‒⸺⸻]\s?){2,}|[—⸺⸻]|[-_]{3,})[.,]?\s*")
"""The dash that stands for the authors of the reference before."""

_LABEL = re.compile(
    r"\s*(?:\[\w{1,6}\]|\(\d{1,4}\)|(?!(?:1[4-9]|20)\d\d\.)\d{1,4}[.)](?=\s|[A-Z“])|[•▪·*‣◦–-])\s*"
)


def certain(line: str) -> Sheet:
    """Take from a reference in one line what can be told without knowing the rest."""
    sheet = Sheet(line)
    blot_back_references(sheet)
    take_identifiers(sheet)
    take_imprint(sheet)
    take_genre(sheet)
    return sheet


def ruled(sheet: Sheet) -> Sheet:
    """Take what else the rules see in a reference of which the certain was taken."""
    start = _after_label(sheet.text)
    head = take_head(sheet, start)
    end = _end(sheet, head.end)
    if head.title is not None:
        take_title(sheet, *head.title, 0.85)
        take_after_title(sheet, head.end, end)
    elif not take_quoted(sheet, head, end) and not take_marked(sheet, head.end, end):
        take_unquoted(sheet, *sheet.bare(head.end, end), books=head.quoting)
    return sheet


def _after_label(line: str) -> int:
    """Where a reference begins after its number, its bullet or the dash for its authors."""
    label = _LABEL.match(line)
    start = label.end() if label and label.end() < len(line) else 0
    same = SAME_AUTHORS.match(line, start)
    return same.end() if same else start


def _end(sheet: Sheet, start: int) -> int:
    """The end of what is to be read: what follows the DOI of a book is its series (MLA)."""
    end = len(sheet.left)
    last = sheet.left.rfind(GONE, start)
    if last < 0 or not sheet.has("DOI") or not sheet.left[last + 1 :].strip(" .,;"):
        return end
    before = sheet.left[:last].rstrip(GONE)
    if not PUBLISHER.search(before, start):
        return end
    sheet.take("collection-title", *sheet.bare(last + 1, end), 0.4)
    return len(before)
