"""Put blanks over parts of a text, so that the offsets of all other characters stay."""

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
    """Return the text with a blank for each character in some parts of it, except for line ends.

    ``stretches`` are the pairs of start and end of these parts. They may overlap and come in any
    order.
    """
    pieces: list[str] = []
    at = 0
    for start, end in sorted(stretches):
        if end > at:
            pieces.append(text[at : max(start, at)])
            pieces.append(_INK.sub(" ", text[max(start, at) : end]))
            at = end
    pieces.append(text[at:])
    return "".join(pieces)
