"""Places in sources as reports give them: lines, columns and paths."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from compcite.model.source import SourceFile, Span

__all__ = ["STANDARD_INPUT", "Region", "region_of", "relative_path"]

STANDARD_INPUT = "-"


class Region(NamedTuple):
    """The start and the end of a place; the end column is not included.

    Lines and columns count from 1, columns in code points, as in SARIF. So a region within one line
    has ``end_column - column`` characters.
    """

    line: int
    column: int
    end_line: int
    end_column: int

    @property
    def last_line(self) -> int:
        """The last line with a character of the region, for reports without columns."""
        return self.end_line - (self.end_column == 1 and self.end_line > self.line)


def region_of(source: SourceFile, span: Span) -> Region:
    """The lines and columns of a span."""
    start, end = source.position(span.start), source.position(span.end)
    return Region(start.line, start.column, end.line, end.column)


def relative_path(source: SourceFile, root: Path | None) -> str:
    """The path of a source with forward slashes, relative to ``root`` if it lies in it.

    Otherwise the path is as the user gave it.
    """
    given = Path(source.name)
    if root is not None and source.name != STANDARD_INPUT:
        path = given.resolve()
        if path.is_relative_to(root.resolve()):
            return path.relative_to(root.resolve()).as_posix()
    return given.as_posix()
