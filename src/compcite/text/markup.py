"""The rich-text subset that CSL-JSON allows in titles."""

from __future__ import annotations

import re

__all__ = ["plain"]

_TAG = re.compile(r'</?(?:i|b|sc|sup|sub)>|<span (?:class|style)="[^"<>]*">|</span>')


def plain(text: str) -> str:
    """The text without its tags."""
    return _TAG.sub("", text) if "<" in text else text
