"""The source lines of a finding, with its place underlined."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from compcite.text.terminal import cell_width, harmless

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compcite.model.source import SourceFile
    from compcite.reporters.places import Region

__all__ = ["ExcerptLine", "excerpt"]

_MOST_LINES = 3  # of a longer place only the first line is shown: the excerpt is to find it
_TAB = "    "
_CUT = "…"


class ExcerptLine(NamedTuple):
    """One source line in harmless text, in three parts: before the place, the place, behind it."""

    number: int
    before: str
    marked: str
    after: str

    @property
    def underline(self) -> str:
        """Blanks and carets that mark the place when printed under the line."""
        return " " * cell_width(self.before) + "^" * max(1, cell_width(self.marked))


def excerpt(source: SourceFile, region: Region, width: int) -> Iterator[ExcerptLine]:
    """The source lines of a place; if it has more than three lines, only its first line.

    A line of more than ``width`` cells is cut to the part around the place, with ``…`` at the cuts:
    some exported files have lines of 50,000 characters.
    """
    last = region.last_line
    if last - region.line >= _MOST_LINES:
        last = region.line
    for number in range(region.line, last + 1):
        text = source.line(number)
        start = region.column - 1 if number == region.line else len(text) - len(text.lstrip())
        end = region.end_column - 1 if number == region.end_line else len(text)
        yield _window(number, text, min(start, len(text)), min(end, len(text)), width)


def _window(number: int, text: str, start: int, end: int, width: int) -> ExcerptLine:
    """The line ``text`` cut to ``width`` cells around the place from ``start`` to ``end``.

    If the whole line does not fit, at least a quarter of the cells are for the text before the
    place.
    """
    # No more of a long line is looked at than can be shown. Four code points for a cell are enough
    # for letters with several combining marks.
    enough = 4 * width
    before = _shown(text[max(0, start - enough) : start])
    marked = _shown(text[start : min(end, start + enough)])
    after = _shown(text[end : end + enough])
    if cell_width(before) + cell_width(marked) + cell_width(after) > width:
        room = width - cell_width(marked) - cell_width(after)
        before = _tail(before, max(width // 4, room))
        room = width - cell_width(before)
        after = _head(after, room - cell_width(marked)) if cell_width(marked) < room else ""
        marked = _head(marked, room)
    return ExcerptLine(number, before, marked, after)


def _shown(text: str) -> str:
    """A part of a source line in harmless text, with four blanks for a tab."""
    return harmless(text.replace("\t", _TAB))


def _head(text: str, width: int) -> str:
    """The beginning of the text that fits into ``width`` cells, with ``…`` where it is cut."""
    if cell_width(text) <= width:
        return text
    head = text[: width - 1]
    while cell_width(head) > width - 1:
        head = head[:-1]
    return head + _CUT


def _tail(text: str, width: int) -> str:
    """The end of the text that fits into ``width`` cells, with ``…`` where it is cut."""
    if cell_width(text) <= width:
        return text
    tail = text[1 - width :]
    while cell_width(tail) > width - 1:
        tail = tail[1:]
    return _CUT + tail
