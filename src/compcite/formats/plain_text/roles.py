"""People who say what they did: who edited, translated or illustrated a work.

The words for a role are certain, so these people are taken before the model is asked: behind the
words (``edited by``, ``Trans.``), or before them in parentheses behind a title, where APA has all
of it with semicolons between: ``(C. Reeve, Ed.; G. Grube, Trans.; 2nd ed., Vol. 2)``.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from compcite.formats.plain_text.locators import take_edition, take_locators
from compcite.formats.plain_text.parentheses import PARENTHESES, PIECE, take_contributors
from compcite.formats.plain_text.parsed import GONE
from compcite.formats.plain_text.people import read_people
from compcite.formats.plain_text.vocabulary import TITLE_ABBREVIATIONS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compcite.formats.plain_text.people import People
    from compcite.formats.plain_text.sheet import Sheet

__all__ = ["take_edited_by", "take_roles"]

# APA: In W. Damon (Series Ed.) & R. M. Lerner (Vol. Ed.), Handbook
_OF_SERIES = re.compile(
    r"(?:\bIn:?\s|[&,]\s|\band\s)(?P<names>[^()\x1f]{3,200}?)"
    r"\s\((?:(?P<series>Series)|Vol(?:\.|ume))\sEds?\.\),?"
)
# Where the names after "edited by" end: before a number, a publisher, a new sentence.
_NAMES_END = (
    r"(?=,\s(?:edited|translated|illustrated|revised|ed\.|trans\.)\s|\s\(|"
    r"\)|[,.;]\s(?:vol|no|pp?)\b|(?<![A-Z])\.\s(?:[A-Z]\w{2,}|\d|\x1f)|,\s\d"
    r"|,\s[A-Z]\w+ (?:UP|P|Press|University|Books)\b|[,.;]?\s?\x1f|[.,;]?$"
    r"|(?<![A-Z])[,.]\s(?=[A-Z][\w.]{0,40}+(?: [A-Z][\w&.]{0,40}+){0,10}+ ?[:,]))"
)
_END = re.compile(_NAMES_END)
# Commas between names end them no sooner than their "and": A. Neff, B. Raes, and C. Gu, 67–83.
_ONE_NAME = r"(?:(?<![A-Za-z])[A-Z]\.|[^.,;:()\x1f]){3,40}"
_LISTED = re.compile(rf"(?:{_ONE_NAME},\s){{2,9}}and\s{_ONE_NAME}?{_NAMES_END}")
_NAMES = re.compile(r"[^()\x1f]{3,300}")
_SHORTEST = 3  # characters of a name
_EDITED_BY = re.compile(
    r"[,.;(]?\s?\b(?:(?P<both>[Ee]dited and translated by|[Tt]ranslated and edited by)"
    r"|[Ee]dited by|[Ee]ds?\. by|[Ee]ds?\.(?=\s[A-Z]\.)|[Hh]rsg\. von"
    r"|(?<=[”\"’]\s)[Ee]ds?\.|(?<=,\s)eds?\.(?=\s[A-Z])"
    r"|[Hh]erausgegeben von|édité par|(?P<illustrated>[Ii]llustrated by)"
    r"|(?P<translated>[Tt]ranslated(?: from (?:the )?[A-Z]\w+)? by|[Tt]rans\. by"
    r"|(?P<abbreviated>(?<=[.?!”\"]\s)Trans\.|(?<=,\s)trans\.)(?=\s[A-Z])))\s"
)
_ROLES = {
    "both": "editor-translator",
    "illustrated": "illustrator",
    "translated": "translator",
}  # by the groups of _EDITED_BY


def take_roles(sheet: Sheet) -> None:
    """Take the people whose role is said, and the edition and the volume beside them."""
    for piece in PIECE.finditer(sheet.left, 1):
        take_edited_by(sheet, *piece.span())
    for match in list(_OF_SERIES.finditer(sheet.left)):
        people = read_people(match["names"])
        if people is not None:
            role = "collection-editor" if match["series"] else "editor"
            sheet.take_people(people, *match.span("names"), role)
            sheet.blot(match.end("names"), match.end())
    for match in PARENTHESES.finditer(sheet.left):
        first, last = match.span("inside")
        if take_contributors(sheet, first, last):
            take_edition(sheet, first, last)
            rest = take_locators(sheet, first, last)
            if not sheet.left[first:rest].strip(f" .,;:&{GONE}"):
                sheet.blot(*match.span())


def take_edited_by(sheet: Sheet, start: int, end: int) -> None:
    """Take the people after ``edited by`` and ``translated by``."""
    text, taken = sheet.left, start
    words = list(_EDITED_BY.finditer(text, start, end))
    ends = [match.start() for match in _END.finditer(text, start, end)] if words else []
    for match in words:
        first, stop = match.end(), _names_end(text, match.end(), end, ends)
        if match.start() < taken or stop is None:
            continue
        taken = stop
        people = read_people(text[first:stop].rstrip(" .,"))
        if people is not None and not (match["abbreviated"] and _are_words_of_title(people)):
            role = next((role for group, role in _ROLES.items() if match[group]), "editor")
            sheet.take_people(people, first, stop, role)
            sheet.blot(match.start(), stop)


def _names_end(text: str, first: int, end: int, ends: Sequence[int]) -> int | None:
    """Where the names that begin at a place end, None where no names begin there.

    ``ends`` are all the places where names may end, from the first to the last.
    """
    listed = _LISTED.match(text, first, end)
    if listed:
        return listed.end()
    number = bisect_left(ends, first + _SHORTEST)
    found = number < len(ends) and _NAMES.fullmatch(text, first, ends[number])
    return ends[number] if found else None


def _are_words_of_title(people: People) -> bool:
    """Whether names behind ``Trans.`` are a journal's: ``Philos. Trans. R. Soc. London``."""
    names = " ".join(f"{name.given} {name.family}" for name in people.names)
    words = {word.strip(".") for word in names.split() if len(word.strip(".")) > 1}
    whole = any(name.literal for name in people.names)
    return whole or not words.isdisjoint(TITLE_ABBREVIATIONS)
