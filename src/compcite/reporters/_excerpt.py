"""The source lines of a finding with the place underlined, as compilers show them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from compcite.text.terminal import cell_width, harmless

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compcite.model.source import SourceFile
    from compcite.reporters.places import Region

__all__ = ["ExcerptLine", "excerpt"]

_MOST_LINES = 3
_TAB = "    "
_CUT = "…"


class ExcerptLine(NamedTuple):
    """A source line in harmless text: what stands before the place, the place, what follows."""

    number: int
    before: str
    marked: str
    after: str

    @property
    def underline(self) -> str:
        """Blanks and carets that stand under the place, however wide its characters are."""
        return " " * cell_width(self.before) + "^" * max(1, cell_width(self.marked))


def excerpt(source: SourceFile, region: Region, width: int) -> Iterator[ExcerptLine]:
    """The lines of a region, of a long one only the first.

    A line that takes more than ``width`` cells is cut to a window about the place, with ``…``
    where something was left out: exported files have lines of 50,000 characters.
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
    """The line cut to a window: at least a quarter of it for what stands before the place."""
    # No more of a long line is looked at than can be shown, four code points to a cell.
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
    """Part of a source line in harmless text, tabs as four blanks."""
    return harmless(text.replace("\t", _TAB))


def _head(text: str, width: int) -> str:
    """The text, or as much of its beginning as fits into ``width`` cells with the cut."""
    if cell_width(text) <= width:
        return text
    head = text[: width - 1]
    while cell_width(head) > width - 1:
        head = head[:-1]
    return head + _CUT


def _tail(text: str, width: int) -> str:
    """The text, or as much of its end as fits into ``width`` cells with the cut."""
    if cell_width(text) <= width:
        return text
    tail = text[1 - width :]
    while cell_width(tail) > width - 1:
        tail = tail[1:]
    return _CUT + tail
