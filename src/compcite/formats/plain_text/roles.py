"""People who say what they did: who edited, translated or illustrated a work.

The words for a role are certain, so these people are taken before the model is asked: behind the
words (``edited by``, ``Trans.``), or before them in parentheses behind a title, where APA has all
of it with semicolons between: ``(C. Reeve, Ed.; G. Grube, Trans.; 2nd ed., Vol. 2)``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from compcite.formats.plain_text.locators import take_edition, take_locators
from compcite.formats.plain_text.parentheses import take_contributors
from compcite.formats.plain_text.parsed import GONE
from compcite.formats.plain_text.people import read_people
from compcite.formats.plain_text.vocabulary import TITLE_ABBREVIATIONS

if TYPE_CHECKING:
    from compcite.formats.plain_text.people import People
    from compcite.formats.plain_text.sheet import Sheet

__all__ = ["take_roles"]

# Where the names after "edited by" end: before a number, a publisher, a new sentence.
_NAMES_END = (
    r",\s(?:edited|translated|illustrated|revised|ed\.|trans\.)\s|\s\(|"
    r"\)|;\s|[,.]\s(?:vol|no|pp?)\b|(?<![A-Z])\.\s(?:[A-Z]\w{2,}|\d|\x1f)|,\s\d"
    r"|,\s[A-Z]\w+ (?:UP|P|Press|University|Books)\b|[,.;]?\s?\x1f|[.,;]?$"
    r"|(?<![A-Z])[,.]\s(?=[A-Z][\w.]* ?(?:[A-Z][\w&.]* ?)*[:,])"
)
# Commas between names end them no sooner than their "and": A. Neff, B. Raes, and C. Gu, 67–83.
_ONE_NAME = r"(?:(?<![A-Za-z])[A-Z]\.|[^.,;:()\x1f]){3,40}"
_BY = re.compile(
    r"[,.;(]?\s?\b(?:(?P<both>[Ee]dited and translated by|[Tt]ranslated and edited by)"
    r"|[Ee]dited by|[Ee]ds?\. by|[Ee]ds?\.(?=\s[A-Z]\.)|[Hh]rsg\. von"
    r"|(?<=[”\"’]\s)[Ee]ds?\.|(?<=[.?!]\s)Eds?\.(?=\s[A-Z])|(?<=,\s)eds?\.(?=\s[A-Z])"
    r"|[Hh]erausgegeben von|édité par|(?P<illustrated>[Ii]llustrated by)"
    r"|(?P<translated>[Tt]ranslated(?: from (?:the )?[A-Z]\w+)? by|[Tt]rans\. by"
    r"|(?P<abbreviated>(?<=[.?!”\"]\s)Trans\.|(?<=,\s)trans\.)(?=\s[A-Z])))\s"
    rf"(?P<names>(?:{_ONE_NAME},\s){{2,9}}and\s{_ONE_NAME}?|[^()\x1f]{{3,300}}?)(?={_NAMES_END})"
)
_ROLES = {"both": "editor-translator", "illustrated": "illustrator", "translated": "translator"}
# Before a colon they belong to a title, whatever they say.
_PARENTHESES = re.compile(r"\((?P<inside>[^()]+)\)(?!:\s)")


def take_roles(sheet: Sheet) -> None:
    """Take the people whose role is said, and the edition and the volume beside them."""
    for match in list(_BY.finditer(sheet.left, 1)):
        people = read_people(match["names"].rstrip(" .,"))
        if people is not None and not (match["abbreviated"] and _are_words_of_title(people)):
            role = next((role for group, role in _ROLES.items() if match[group]), "editor")
            sheet.take_people(people, *match.span("names"), role)
            sheet.blot(match.start(), match.end())
    for match in _PARENTHESES.finditer(sheet.left):
        first, last = match.span("inside")
        if take_contributors(sheet, first, last):
            take_edition(sheet, first, last)
            rest = take_locators(sheet, first, last)
            if not sheet.left[first:rest].strip(f" .,;:&{GONE}"):
                sheet.blot(*match.span())


def _are_words_of_title(people: People) -> bool:
    """Whether names behind ``Trans.`` are a journal's: ``Philos. Trans. R. Soc. London``."""
    names = " ".join(f"{name.given} {name.family}" for name in people.names)
    words = {word.strip(".") for word in names.split() if len(word.strip(".")) > 1}
    whole = any(name.literal for name in people.names)
    return whole or not words.isdisjoint(TITLE_ABBREVIATIONS)
