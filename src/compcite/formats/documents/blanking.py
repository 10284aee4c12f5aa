"""Texts with stretches blanked out, so that all offsets stay as they are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["LINE", "blank"]

LINE = re.compile(r"[^\r\n]*+(?:\r\n|\n|\r)|[^\r\n]++\Z")
"""A line with its end."""

_INK = re.compile(r"[^\r\n]")


def blank(text: str, stretches: Iterable[tuple[int, int]]) -> str:
    """The text with blanks for all in the stretches but line ends; stretches may overlap."""
    pieces: list[str] = []
    at = 0
    for start, end in sorted(stretches):
        if end > at:
            pieces.append(text[at : max(start, at)])
            pieces.append(_INK.sub(" ", text[max(start, at) : end]))
            at = end
    pieces.append(text[at:])
    return "".join(pieces)
