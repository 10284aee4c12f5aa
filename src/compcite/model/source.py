"""A source as it was read, and places in it."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Position", "SourceFile", "Span"]

_LINE_END = re.compile(r"\r\n|\n|\r")


class Span(NamedTuple):
    """A stretch of a source's text, in code points, the end exclusive."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Position:
    """A place as editors count it: line and column from 1, the column in code points."""

    line: int
    column: int


@dataclass(frozen=True)
class SourceFile:
    """A text with all that is needed to write it back as it was.

    ``name`` is what reports call it: the path as given, or ``-`` for standard input.
    ``text`` is without byte order mark, its line ends as they are; ``bom`` and ``encoding``
    say how the bytes were. ``digest`` is the SHA-256 of the bytes; it tells whether another
    program has changed the file since. ``encoding_guessed`` is true where nothing declared the
    encoding and the bytes are no UTF-8.
    """

    name: str
    text: str
    path: Path | None = None
    encoding: str = "utf-8"
    bom: bool = False
    encoding_guessed: bool = False
    digest: str = ""
    _line_starts: list[int] = field(default_factory=list, repr=False, compare=False)

    def with_text(self, text: str) -> SourceFile:
        """The source with another text, to be written as this one was."""
        return replace(self, text=text, _line_starts=[])

    def position(self, offset: int) -> Position:
        """Line and column of an offset in ``text``."""
        starts = self._line_starts
        if not starts:
            starts.extend([0, *(match.end() for match in _LINE_END.finditer(self.text))])
        line = bisect_right(starts, offset)
        return Position(line, offset - starts[line - 1] + 1)

    def line(self, number: int) -> str:
        """The text of a line counted from 1, without its end."""
        self.position(0)
        start = self._line_starts[number - 1]
        end = self._line_starts[number] if number < len(self._line_starts) else len(self.text)
        return self.text[start:end].rstrip("\r\n")
