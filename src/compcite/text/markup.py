"""The tags of rich text that CSL-JSON allows in titles: found, removed, or replaced by blanks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["ANY_TAG", "PROTECTED", "blanks", "change_text", "plain"]

PROTECTED = '<span class="nocase">'
"""The opening tag of a span in which the case of letters stays as it is."""

ANY_TAG = re.compile(r"(</?(?:i|b|sup|sub|sc)>|<span [^<>]*>|</span>)")
"""A tag as other programs may write it: a span with any attributes."""

_TAG = re.compile(r'(</?(?:i|b|sc|sup|sub)>|<span (?:class|style)="[^"<>]*">|</span>)')


def plain(text: str) -> str:
    """The text without its tags."""
    return _TAG.sub("", text) if "<" in text else text


def change_text(text: str, change: Callable[[str], str]) -> str:
    """The text with ``change`` done to each part between its tags."""
    parts = _TAG.split(text)
    return "".join(part if at % 2 else change(part) for at, part in enumerate(parts))


def blanks(match: re.Match[str]) -> str:
    """As many blanks as characters were matched, so that offsets stay; line ends are kept."""
    return "".join(char if char in "\r\n" else " " for char in match[0])
