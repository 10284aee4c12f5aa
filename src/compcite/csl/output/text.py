"""Plain text: one line, no formatting."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from compcite.csl.richtext import DisplayBlock

if TYPE_CHECKING:
    from compcite.csl.output.sheet import Sheet
    from compcite.csl.richtext import Rich

__all__ = ["write", "write_sheet"]

_BREAKING_SPACE = re.compile(r"[ \t\r\n\f\v\u0085\u2028\u2029]+")


def write(rich: Rich) -> str:
    """Return ``rich`` as a single line of text."""
    pieces: list[str] = []
    _append(rich, pieces)
    return _BREAKING_SPACE.sub(" ", "".join(pieces)).strip()


def write_sheet(sheet: Sheet) -> str:
    """Return a bibliography as text, one entry a line."""
    return "".join(write(entry) + "\n" for entry in sheet.entries)


def _append(rich: Rich, pieces: list[str]) -> None:
    """Append the plain text of formatted text to ``pieces``, with a blank around blocks."""
    for node in rich:
        if isinstance(node, str):
            pieces.append(node)
        elif isinstance(node, DisplayBlock):
            pieces.append(" ")
            _append(node.children, pieces)
            pieces.append(" ")
        else:
            _append(node.children, pieces)
