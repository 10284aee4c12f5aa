"""Name lists at the beginning of a text that goes on, and where they end."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from compcite.formats.plain_text.people import ROLE, read_people
from compcite.formats.plain_text.pieces import Piece, is_initial, piece_of
from compcite.formats.plain_text.vocabulary import PARTICLES, TITLE_ABBREVIATIONS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compcite.formats.plain_text.people import People
    from compcite.model.item import Name

__all__ = ["leading_people"]

_INVERTED = 0.85  # names whose given names follow a comma
_LONE_WORD = 0.5
_PATIENCE = 2  # stops to try beyond the last that ended a list
_MORE_PATIENCE = 6  # stops to try before the first
_LONGEST_LIST = 800  # characters in which a list may end that no year and no initials end

_STOP = re.compile(r"[.:](?=\s)|(?<=\))\.?(?=\s)")
# Where a journal follows names at once, its J. is no initial: Becke, A. D. J. Chem. Phys.
_JOURNAL = re.compile(rf"\sJ\.\s(?:{'|'.join(sorted(TITLE_ABBREVIATIONS - {'J', 'Q', 'Z'}))})\.")
_SENTENCE = re.compile(r"\w{3}[.?!:]\s")
_ET_AL = r"et\.? al"
_WORD = r"[^\W\d_][\w’'‐‑.-]*"
_GIVEN_FIRST = re.compile(
    rf"(?P<name>(?:[^\W\d_]{{1,2}}\.[-‐ ]?)+(?:\s?{_WORD}){{1,4}}?)"
    rf"(?P<more>,? {_ET_AL}\.?,?\s*|,? and others,?\s*)?"
    r"(?:(?P<next>,? and |,? & |,\s)|(?=[.,:;(“\"‘]|\s[(“\"‘]|\s?$|\s?\x1f))"
)
_ROLE_AFTER = re.compile(rf"{ROLE}[.,]?\s*", re.IGNORECASE)
_FAMILY = r"(?:[^\W\d_][\w’'‐‑-]*\s){1,5}"
_INITIALS = (
    r"(?:(?:[^\W\d_]\.[\s-]?){2,5}(?=[,;&\s])|(?:[^\W\d_]\.?[-‐]?){1,4}(?![\w’'-]))"
    r"(?:\s(?:de|da|do|dos|von|van|der|den|y|e|la|del|[JS]r\.?|I{2,3}|[23](?:nd|rd)"
    r"|[a-z]{2,7}(?=[,.])))*"
)
_INITIALS_LAST = re.compile(
    rf"(?P<name>{_FAMILY}{_INITIALS})(?:\s\([A-Z][^\W\d_]{{1,14}}\))?"
    rf"(?P<next>\s?[,;]\s(?:and\s|&\s)?(?!{_ET_AL})|\s(?:and|&)\s)?"
)
_CAPITALISED = r"[^\W\d_a-z][^\W\d_]+"
_IN_FULL = re.compile(
    rf"(?P<name>{_CAPITALISED}(?:\s{_CAPITALISED}){{1,2}})"
    rf"(?:(?P<next>,\s(?!{_ET_AL}))|(?=\.\s|, et al))"
)
_LIST_END = re.compile(
    rf"(?:,? (?:\(?{_ET_AL}\b\.?\)?|and others))?\.?(?:{ROLE})?\s?[.:]?(?=\s|$)", re.IGNORECASE
)
_ODD_END = re.compile(r"(?:\s[A-Z]{1,4}|,\set al)(?P<stop>\.)(?=\s[“\"‘]?\w)")
# Words before a letter that are no family names: Appendix A, Vitamin C.
_NO_FAMILY = frozenset(
    (
        *("Appendix", "Chapter", "Part", "Section", "Volume", "Supplement", "Figure", "Table"),
        *("Vitamin", "Hepatitis", "Influenza", "Interleukin", "Type", "Class", "Group", "Phase"),
        *("Series", "Annex", "Plan", "World", "The", "A", "An", "In", "On"),
    )
)


def leading_people(text: str) -> tuple[People, int] | None:
    """The name list with which a text begins, and where it ends.

    With initials before family names (IEEE) it ends at the comma before the first piece that is
    no such name, with initials behind them (Vancouver) at the first full stop; else it is the
    longest beginning up to a full stop that reads as names.
    """
    return _given_first(text) or _initials_last(text) or _longest(text)


def _longest(text: str) -> tuple[People, int] | None:
    """The longest beginning that reads as names."""
    found = None
    failures = 0
    for end in _stops(text):
        people = read_people(text[:end])
        if people is not None and _leads(people, text, end):
            found, failures = (people, end), 0
            continue
        failures += 1
        if failures > (_PATIENCE if found else _MORE_PATIENCE):
            break
    return found


def _stops(text: str) -> Iterator[int]:
    """Where a leading name list may end."""
    for match in _STOP.finditer(text, 0, _LONGEST_LIST):
        if _JOURNAL.match(text, max(match.start() - 2, 0)):
            break
        if text[match.end() :].strip():
            yield match.start() if match[0] == ":" else match.end()


def _leads(people: People, text: str, end: int) -> bool:
    """Whether names are sure enough for a beginning that nothing else says to be names.

    A colon ends a list of inverted names only; a word alone is a title more often than a name;
    and the last name must not have swallowed the beginning of one (``J. Great Expectations``).
    """
    if people.confidence <= _LONE_WORD:
        return False
    if text[end : end + 1] == ":" and people.confidence < _INVERTED:
        return False
    if any(_goes_on(name) for name in people.names):
        return False
    last = people.names[-1]
    given = last.given.split()
    family_last = text[:end].rstrip(". ").endswith(last.family)
    return not (family_last and len(people.names) == 1 and len(given) > 1 and is_initial(given[-1]))


def _goes_on(name: Name) -> bool:
    """Whether words follow dotted initials in a given name: those of a title.

    A middle initial is the last of a given name (``Gould, Stephen J. Wonderful Life``).
    """
    given = name.given.split()
    words = [word for word in given if not is_initial(word) and word.lower() not in PARTICLES]
    middle = any(
        is_initial(one) and one.endswith(".") and other in words
        for one, other in pairwise(given[1:])
    )
    initialled = bool(words) and is_initial(given[0]) and "." in given[0]
    return middle or (initialled and not words[0].islower())


def _given_first(text: str) -> tuple[People, int] | None:
    """A leading list of the form ``A. B. Family, C. Family, and D. Family,``."""
    end = 0
    while match := _GIVEN_FIRST.match(text, end):
        if piece_of(match["name"].split()) is not Piece.INITIALS_FIRST:
            break
        end = match.end()
        if match["more"] or not match["next"]:
            break
    if not end:
        return None
    tail = _ROLE_AFTER.match(text, end - 2 if text[end - 2 : end] == ", " else end)
    if tail:
        end = tail.end()
    people = read_people(text[:end].rstrip(" ,."))
    return (people, end) if people else None


def _initials_last(text: str) -> tuple[People, int] | None:
    """A leading list of the form ``Family AB, Family C, et al.``, dotted or not."""
    at = 0
    while match := _INITIALS_LAST.match(text, at) or (_IN_FULL.match(text, at) if at else None):
        words = match["name"].split()
        if words[0] in _NO_FAMILY:
            return None
        if match.re is _INITIALS_LAST and piece_of(words) is not Piece.INITIALS_LAST:
            return None
        at = match.end()
        if match["next"]:
            continue
        stop = _LIST_END.match(text, at)
        if stop is None or not (text[at - 1] == "." or stop[0].strip()):
            break
        sentence_ends = text[at - 1] == "." and "." not in text[: at - 1]
        people = read_people(text[: at - 1] if sentence_ends else text[: stop.end()])
        return (people, stop.end()) if people else None
    return _oddly(text) if at else None


def _oddly(text: str) -> tuple[People, int] | None:
    """A leading list of that form with something odd in it, up to where initials end a sentence."""
    stop = _ODD_END.search(text)
    if stop is None or _SENTENCE.search(text, 0, stop.start()):
        return None
    people = read_people(text[: stop.start("stop")], lenient=True)
    return (people, stop.end()) if people else None
