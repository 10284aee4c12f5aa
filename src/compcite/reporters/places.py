"""Places in sources as reports give them: lines, columns and paths."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from compcite.model.source import SourceFile, Span

__all__ = ["STANDARD_INPUT", "Region", "region_of", "relative_path"]

STANDARD_INPUT = "-"


class Region(NamedTuple):
    """A stretch of text from ``line``, ``column`` up to, not including, its end.

    All four count from 1, columns in code points, so that a region on one line is
    ``end_column - column`` characters long. SARIF and the language server protocol count so too.
    """

    line: int
    column: int
    end_line: int
    end_column: int

    @property
    def last_line(self) -> int:
        """The last line of which the region holds anything, for reports that know only lines."""
        return self.end_line - (self.end_column == 1 and self.end_line > self.line)


def region_of(source: SourceFile, span: Span) -> Region:
    """The lines and columns of a span."""
    start, end = source.position(span.start), source.position(span.end)
    return Region(start.line, start.column, end.line, end.column)


def relative_path(source: SourceFile, root: Path | None) -> str:
    """The path of a source with forward slashes, below ``root`` where it lies there.

    Without a root, or outside it, the path stays as it was given.
    """
    given = Path(source.name)
    if root is not None and source.name != STANDARD_INPUT:
        path = given.resolve()
        if path.is_relative_to(root.resolve()):
            return path.relative_to(root.resolve()).as_posix()
    return given.as_posix()
