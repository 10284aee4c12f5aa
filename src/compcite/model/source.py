"""A source as it was read, and places in its text."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Position", "SourceFile", "Span"]

_LINE_END = re.compile(r"\r\n|\n|\r")


class Span(NamedTuple):
    """A part of a source's text, in code points: from ``start`` up to, not including, ``end``."""

    start: int
    end: int


class Position(NamedTuple):
    """A place as editors count it: line and column from 1, the column in code points."""

    line: int
    column: int


@dataclass(frozen=True)
class SourceFile:
    """The text of a source, and what is needed to write the same bytes again.

    ``name`` is the path as the user gave it, or ``-`` for standard input; reports use it. ``text``
    has no byte order mark and keeps its line ends. ``encoding`` and ``bom`` (whether there was a
    byte order mark) say how to get bytes from text. ``digest`` is the SHA-256 of the bytes: before
    a file is written, it tells whether another program has changed it. ``encoding_guessed`` is true
    where the file declares no encoding and is not UTF-8.
    """

    name: str
    text: str = field(repr=False)  # it would stand in the repr of each entry
    path: Path | None = None
    encoding: str = "utf-8"
    bom: bool = False
    encoding_guessed: bool = False
    digest: str = ""
    _line_starts: list[int] = field(default_factory=list, repr=False, compare=False)

    def with_text(self, text: str) -> SourceFile:
        """The same source with another text, which is written in the same encoding."""
        return replace(self, text=text, _line_starts=[])

    def position(self, offset: int) -> Position:
        """The line and column of an offset in ``text``, both counted from 1."""
        starts = self._line_starts
        if not starts:
            starts.extend([0, *(match.end() for match in _LINE_END.finditer(self.text))])
        line = bisect_right(starts, offset)
        return Position(line, offset - starts[line - 1] + 1)

    def line(self, number: int) -> str:
        """The text of the line with this number (from 1), without its line end."""
        self.position(0)
        start = self._line_starts[number - 1]
        end = self._line_starts[number] if number < len(self._line_starts) else len(self.text)
        return _line(self.text, start, end)


@lru_cache(maxsize=8)  # a line of a megabyte may have thousands of findings
def _line(text: str, start: int, end: int) -> str:
    """A line of a text without its line end."""
    return text[start:end].rstrip("\r\n")
