r"""Offsets in a text and an editor's positions, from one to the other.

An offset counts code points from the start of the text. A position is a line and a column, both
from 0, and the column counts units of the encoding that server and editor agreed on: the letter 𝒜
is one unit in UTF-32, two in UTF-16 and four in UTF-8.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import takewhile
from typing import TYPE_CHECKING

from lsprotocol.types import Position, PositionEncodingKind, Range

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from compcite.model.source import Span

__all__ = ["Lines", "Places"]

_LINE_END = re.compile(r"\n|\r(?!\n)")


def _in_utf8(text: str) -> int:
    """The number of bytes of a text in UTF-8."""
    return len(text.encode("utf-8", "surrogatepass"))


def _in_utf16(text: str) -> int:
    """The number of units of 16 bits of a text in UTF-16."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


_UNITS: Mapping[str, Callable[[str], int]] = {
    PositionEncodingKind.Utf8: _in_utf8,
    PositionEncodingKind.Utf16: _in_utf16,
    PositionEncodingKind.Utf32: len,
}


class Lines:
    r"""A text, and the offsets at which its lines begin.

    A line ends with ``\n``, ``\r\n`` or ``\r``, in the protocol as in a list. Other signs that some
    programs take for line ends, such as U+2028, end none.
    """

    __slots__ = ("starts", "text")

    def __init__(self, text: str, starts: list[int] | None = None) -> None:
        """Find the lines of a text; ``starts`` are the starts of its lines, if they are known."""
        self.text = text
        self.starts = starts or [0, *(match.end() for match in _LINE_END.finditer(text))]

    def replaced(self, start: int, end: int, new: str) -> Lines:
        r"""The lines after ``text[start:end]`` became ``new``; only the new text is searched.

        Whether a line begins at an offset depends on the two characters beside it, since ``\r`` and
        ``\n`` together are one line end. So the offsets at both ends of ``new`` are looked at, too.
        """
        text = self.text[:start] + new + self.text[end:]
        stop = start + len(new)
        ends = (match.end() for match in _LINE_END.finditer(text, max(start - 1, 0)))
        kept = self.starts[: bisect_left(self.starts, start)] or [0]
        behind = self.starts[bisect_right(self.starts, end) :]
        moved = stop - end
        found = takewhile(lambda place: place <= stop, ends)
        return Lines(text, [*kept, *found, *[place + moved for place in behind]])

    def line_of(self, offset: int) -> int:
        """The number of the line, from 0, in which an offset lies."""
        return bisect_right(self.starts, offset) - 1

    def end_of(self, line: int) -> int:
        """The offset behind the last character of a line, its line end left out."""
        if line + 1 >= len(self.starts):
            return len(self.text)
        end = self.starts[line + 1]
        return end - (2 if self.text[end - 2 : end] == "\r\n" else 1)


class Places:
    """Offsets in a text as positions in an encoding, and positions as offsets."""

    __slots__ = ("_units", "lines")

    def __init__(self, lines: Lines, encoding: str) -> None:
        """Take the lines of the text, and one of the encodings of the protocol."""
        self.lines = lines
        self._units = _UNITS[encoding]

    def position(self, offset: int) -> Position:
        """The position of an offset."""
        line = self.lines.line_of(offset)
        before = self.lines.text[self.lines.starts[line] : offset]
        return Position(line, len(before) if before.isascii() else self._units(before))

    def range(self, span: Span | tuple[int, int]) -> Range:
        """The range of a stretch of the text."""
        return Range(self.position(span[0]), self.position(span[1]))

    def offset(self, position: Position) -> int:
        """The offset of a position.

        A column behind the end of a line means the end of the line, a line behind the last one the
        end of the text, and a column inside a character the start of that character.
        """
        lines = self.lines
        if position.line >= len(lines.starts):
            return len(lines.text)
        start, end = lines.starts[position.line], lines.end_of(position.line)
        text = lines.text[start:end]
        if text.isascii():
            return start + min(position.character, len(text))
        # The longest beginning of the line that is not longer than the column.
        low, high = 0, len(text)
        while low < high:
            middle = (low + high + 1) // 2
            if self._units(text[:middle]) <= position.character:
                low = middle
            else:
                high = middle - 1
        return start + low

    def span(self, given: Range) -> tuple[int, int]:
        """The start and the end of a range, as offsets; never the end before the start."""
        start, end = self.offset(given.start), self.offset(given.end)
        return start, max(start, end)
