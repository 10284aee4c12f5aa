"""A reference as one line: line ends, hyphenation and odd blanks undone, places remembered."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["unwrap"]

_BLANKS = re.compile(r"\s+")
_LINE_END = re.compile(r"[\n\r\v\f\u2028\u2029]")
_BREAK = re.compile(r"[^\S\n\r]*[\n\r\v\f\u2028\u2029]\s*")
_HYPHENS = "-‐‑\u00ad¬"
_IGNORED = "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f"
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
# Punctuation as wide as a Chinese character has its blank within.
_WIDE = {"，": ", ", "．": ". ", "。": ". ", "：": ": ", "；": "; ", "（": " (", "）": ") "}
_WRITTEN = _LIGATURES | _WIDE
# What stands in the line as it stands in the text, which is nearly all of it.
_ORDINARY = re.compile(rf"[^\s*<{re.escape(_HYPHENS)}{_IGNORED}{''.join(_WRITTEN)}]+")
# What makes the line differ from the text; hyphens do only at a line's end.
_ODD = re.compile(rf"[^\S ]|^ |  |[*<{_IGNORED}¬{''.join(_WRITTEN)}]")
_LINK = re.compile(r"(?:https?:|www\.|doi[:.]|\b10\.\d{4})\S*$", re.IGNORECASE)
_GOES_ON = re.compile(r"[\w/.?=&%#~-]*[\d/.=_-][\w/.?=&%#~-]*|[a-z]\S*")
# Words that keep their hyphen before a second word, whichever line that stands on.
_COMPOUNDING = (
    "self non well post pre co meta multi cross anti inter intra sub semi pseudo quasi long short "
    "high low evidence case time real first second third two three four one open large small half "
    "mid low on off in out over under follow up down single double age peer risk near far ex all "
    "decision problem school community population patient family work health life data web "
    "computer cost dose gene model rule task user goal based mindfulness compassion loving trauma"
)
_KEEPING = frozenset(_COMPOUNDING.split())
_SUSPENDED = re.compile(r"(?:and|or|to|und|oder|et|ou|y|o|bis|versus|vs)\b")
_EMPHASIS = re.compile(r"(\*{1,3})(?=\S)[^*]{1,400}(?<=\S)(\*{1,3})|(</?(?:i|em|b|strong|u)>)")
_LAST = re.compile(r"[^\W\d_]+$")


def unwrap(text: str) -> tuple[str, Sequence[int]]:
    """The text as one line, and for each of its characters where it stands in ``text``.

    A hyphen at a line's end is dropped between small letters, unless the word before it is one
    that compounds begin with; links that go on in the next line are joined.
    """
    if not _ODD.search(text):
        line_as_it_is = text.rstrip(" ")
        return line_as_it_is, range(len(line_as_it_is))
    line: list[str] = []
    places: list[int] = []
    marks = _marks(text)
    at = 0
    while at < len(text):
        char = text[at]
        ordinary = _ORDINARY.match(text, at)
        if ordinary and not marks:
            line.append(ordinary[0])
            places += range(at, ordinary.end())
            at = ordinary.end()
        elif char in _HYPHENS and (broken := _BREAK.match(text, at + 1)):
            _add_hyphen(line, places, text, at, broken.end())
            at = broken.end()
        elif blanks := _BLANKS.match(text, at):
            following = blanks.end()
            if not (_LINE_END.search(text, at, following) and _joins(line, text, following)):
                _add(line, places, " ", at)
            at = following
        elif char in _IGNORED or at in marks:
            at += 1
        else:
            for letter in _WRITTEN.get(char, char):
                _add(line, places, letter, at)
            at += 1
    while line and line[-1] == " ":
        line.pop()
        places.pop()
    return "".join(line), places


def _marks(text: str) -> frozenset[int]:
    """Where a text has marks of emphasis, as Markdown and HTML write them."""
    found: set[int] = set()
    if "*" in text or "<" in text:
        for match in _EMPHASIS.finditer(text):
            for group in (1, 2, 3):
                found.update(range(*match.span(group)))
    return frozenset(found)


def _add_hyphen(line: list[str], places: list[int], text: str, hyphen: int, following: int) -> None:
    """Add what stays of a hyphen at a line's end: itself, and a blank before "and"."""
    if not _drops(text, hyphen, following):
        _add(line, places, "-" if text[hyphen] == "\u00ad" else text[hyphen], hyphen)
    if _SUSPENDED.match(text, following):
        _add(line, places, " ", hyphen + 1)


def _add(line: list[str], places: list[int], char: str, at: int) -> None:
    """Add a character, of several blanks only the first."""
    if char == " " and (not line or line[-1] == " "):
        return
    line.append(char)
    places.append(at)


def _drops(text: str, hyphen: int, following: int) -> bool:
    """Whether a hyphen at a line's end only says that the word goes on."""
    after = text[following : following + 1]
    if (
        not after.islower()
        or _SUSPENDED.match(text, following)
        or not text[hyphen - 1 : hyphen].isalpha()
    ):
        return False
    if text[hyphen] in "\u00ad¬":
        return True
    before = text[max(0, hyphen - 200) : hyphen]
    if _LINK.search(before):
        return False
    word = _LAST.search(before)
    return not (word and word[0].lower() in _KEEPING)


def _joins(line: list[str], text: str, following: int) -> bool:
    """Whether a link goes on after a line's end."""
    before = "".join(line[-200:])[-200:]
    if not before or before[-1] not in "/-_=.&?" or not _LINK.search(before):
        return False
    return _GOES_ON.match(text, following) is not None
