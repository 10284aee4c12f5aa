"""The rich-text subset that CSL-JSON allows in titles, and markup made blank."""

from __future__ import annotations

import re

__all__ = ["blanks", "plain"]

_TAG = re.compile(r'</?(?:i|b|sc|sup|sub)>|<span (?:class|style)="[^"<>]*">|</span>')


def plain(text: str) -> str:
    """The text without its tags."""
    return _TAG.sub("", text) if "<" in text else text


def blanks(match: re.Match[str]) -> str:
    """As many blanks as were matched, so that places stay; line ends stay, too."""
    return "".join(char if char in "\r\n" else " " for char in match[0])
