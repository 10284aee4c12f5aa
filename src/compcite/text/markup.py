"""The tags that CSL-JSON allows in titles (``<i>``, ``<span class="nocase">``, …)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = [
    "ANY_TAG",
    "FACES",
    "PROTECTED",
    "blanked_out",
    "change_text",
    "protect_whole_words",
    "with_csl_faces",
    "without_tags",
]

PROTECTED = '<span class="nocase">'
"""The opening tag around words whose letters keep their case, such as names."""

ANY_TAG = re.compile(r"(</?(?:i|b|sup|sub|sc)>|<span [^<>]*>|</span>)")
"""A tag as other programs may write it: a span may have any attributes."""

FACES = {"em": "i", "it": "i", "italic": "i", "emphasis": "i", "bold": "b", "strong": "b"}
"""The tag of CSL-JSON for other names of the same face: ``<em>`` is ``<i>``."""

_FOREIGN_FACE = re.compile(rf"<({'|'.join(FACES)})>((?:(?!<\1>).)*?)</\1>", re.DOTALL)
_MOST_NESTED = 4  # faces inside one another; nobody means more
_LEADING_LETTERS = re.compile(r"^\w+")
_ENDING_LETTERS = re.compile(r"(?<!\w)\w+$")
_TAG = re.compile(r'(</?(?:i|b|sc|sup|sub)>|<span (?:class|style)="[^"<>]*">|</span>)')


def without_tags(text: str) -> str:
    """Return the text without the tags that CSL-JSON allows; other tags stay."""
    return _TAG.sub("", text) if "<" in text else text


def with_csl_faces(text: str) -> str:
    """Return the text with the tags of CSL-JSON for those of :data:`FACES`: ``<i>`` for ``<em>``.

    A tag that nothing closes stays as it is.
    """
    for _ in range(_MOST_NESTED if "</" in text else 0):
        text = _FOREIGN_FACE.sub(lambda m: f"<{FACES[m[1]]}>{m[2]}</{FACES[m[1]]}>", text)
    return text


def change_text(text: str, change: Callable[[str], str]) -> str:
    """Return the text with ``change`` applied to each part outside the tags of CSL-JSON."""
    parts = _TAG.split(text)
    return "".join(part if at % 2 else change(part) for at, part in enumerate(parts))


def protect_whole_words(text: str) -> str:
    """The text with each protected part extended to the whole word around it.

    ``{B}ayesian`` becomes ``Bayesian``, protected as a whole: other programs would read a protected
    part of a word as a separate word.
    """
    if PROTECTED not in text:
        return text
    pieces = _TAG.split(text)
    opened: list[int] = []
    for at in range(1, len(pieces), 2):
        if pieces[at].startswith("<span"):
            opened.append(at)
        elif pieces[at] == "</span>" and opened and pieces[opened[-1]] != PROTECTED:
            opened.pop()
        elif pieces[at] == "</span>" and opened:
            _widen(pieces, opened.pop(), at)
    return "".join(pieces).replace(f"</span>{PROTECTED}", "")


def _widen(pieces: list[str], start: int, end: int) -> None:
    """Move the letters directly beside a protected part into it.

    ``start`` and ``end`` are its tags.
    """
    before, after = pieces[start - 1], pieces[end + 1]
    head = len(_ENDING_LETTERS.sub("", before))
    tail = len(after) - len(_LEADING_LETTERS.sub("", after))
    pieces[start - 1], pieces[start] = before[:head], pieces[start] + before[head:]
    pieces[end], pieces[end + 1] = after[:tail] + pieces[end], after[tail:]


def blanked_out(match: re.Match[str]) -> str:
    """As many blanks as the match has characters, so that offsets stay; line ends are kept."""
    return "".join(char if char in "\r\n" else " " for char in match[0])
