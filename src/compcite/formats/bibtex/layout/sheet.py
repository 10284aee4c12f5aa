"""A .bib text as a sheet: blocks that are read, each with the text that belongs to it.

Comments and other text belong to the block that follows. Two texts have a place of their own: the
head of the file, which stays at the top, and the text behind the last block, which stays at the
end.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from compcite.formats.bibtex.scan.blocks import BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from compcite.formats.bibtex.scan.blocks import Block

__all__ = ["BLANKS", "Sheet", "Unit", "sheet_of"]

BLANKS = " \t\r\n"
"""The white space of BibTeX; other white space of Unicode is text."""

_LINE_END = re.compile(r"\r\n|\n|\r")
_BLANK_LINE = re.compile(r"(?:\r\n|\n|\r)[ \t]*(?:\r\n|\n|\r)")
_BLANK_LINES = re.compile(r"(?:[ \t]*(?:\r\n|\n|\r))*")
# The line that names the encoding of the file: it has to stay within the first lines.
_ENCODING = re.compile(
    r"^[ \t]*+(?:%[ \t]*+)?encoding:[^\r\n]*(?=[\r\n])", re.IGNORECASE | re.MULTILINE
)
_UNREAD = (BlockKind.JUNK, BlockKind.COMMENT)


class Unit(NamedTuple):
    """A block that is read, and the text that moves with it.

    ``lead`` is the text before the block, ``parted`` whether a blank line stands between both,
    ``close`` whether neither text nor a blank line stands between the block and the one above.
    ``behind`` is the text behind the block on the same line. A ``fixed`` unit keeps its text from
    ``start`` to ``end``, and no entry moves past it: it cannot be read, or other text stands before
    it on its line, so that programs differ in whether it is a comment. An ``open`` unit ends with a
    block that cannot be read. The line ends between this block and the next one belong to it.
    """

    lead: str
    parted: bool
    close: bool
    block: Block
    start: int
    end: int
    behind: str = ""
    fixed: bool = False
    open: bool = False


class Sheet(NamedTuple):
    """The head of a file, the units, and the text behind the last unit.

    ``head_parted`` tells whether a blank line stands behind the head.
    """

    head: str
    head_parted: bool
    units: tuple[Unit, ...]
    tail: str


class _Region(NamedTuple):
    """The text before a block, up to the block before it: where it is, and its blocks."""

    start: int
    end: int
    blocks: Sequence[Block]


def sheet_of(text: str, blocks: Sequence[Block]) -> Sheet:
    """The sheet of a text with these blocks: those that are read, each with the text beside it.

    Blocks that stand on one line with other text between or before them make one fixed unit.
    """
    units: list[Unit] = []
    head, head_parted = "", False
    for region, block in _regions(text, blocks):
        start = region.start
        if units:
            start = _take_behind(text, region, units, last=block is None)
        elif block is not None:
            start, head, head_parted = _head(text, region)
        if block is None:
            return Sheet(head, head_parted, tuple(units), _trimmed(text[start : region.end]))
        unit = _unit(text, start, block)
        if units and _on_one_line(text, region, units[-1], unit):
            before = units.pop()
            unit = before._replace(end=block.end, fixed=True, open=unit.open)
        units.append(unit)
    return Sheet(head, head_parted, tuple(units), "")


def _regions(text: str, blocks: Sequence[Block]) -> Iterator[tuple[_Region, Block | None]]:
    """Each block that is read and the region before it; last, None and the region behind all."""
    end, unread = 0, []
    for block in blocks:
        if block.kind in _UNREAD:
            unread.append(block)
        else:
            yield _Region(end, block.start, unread), block
            end, unread = block.end, []
    yield _Region(end, len(text), unread), None


def _take_behind(text: str, region: _Region, units: list[Unit], *, last: bool) -> int:
    """Give the last unit the text behind it on its line; return where that text ends.

    Where there is none, return the start of the region. A comment in braces may have several lines,
    so text before one on the same line is not taken.
    """
    if not region.blocks or region.blocks[0].kind is BlockKind.COMMENT:
        return region.start
    end = region.blocks[0].end
    line_end = _LINE_END.search(text, region.start, end)
    if line_end is None and not (last and end == region.end):
        return region.start
    stop = line_end.start() if line_end else end
    behind = text[region.start : stop].rstrip(BLANKS)
    if not behind:
        return region.start
    units[-1] = units[-1]._replace(behind=behind)
    return stop


def _head(text: str, region: _Region) -> tuple[int, str, bool]:
    """The end of the file's head, the head, and whether a blank line stands behind it.

    The head is what a blank line parts from the text right before the first block. A line that
    names the encoding belongs to it in any case.
    """
    end = region.start
    for block in region.blocks:
        if block.kind is BlockKind.JUNK:
            blank_lines = [
                found.start() for found in _BLANK_LINE.finditer(text, block.start, block.end)
            ]
            encodings = [found.end() for found in _ENCODING.finditer(text, block.start, block.end)]
            end = max([end, *blank_lines, *encodings])
    head = _trimmed(text[region.start : end])
    if not head:
        return region.start, "", False
    gap = text[end : region.end]
    gap = gap[: len(gap) - len(gap.lstrip(BLANKS))]
    return end, head, _BLANK_LINE.search(gap) is not None


def _unit(text: str, start: int, block: Block) -> Unit:
    """The unit of a block whose region begins at ``start``.

    If other text stands before the block on its line, the unit is fixed, and all text of the region
    belongs to it.
    """
    region = text[start : block.start]
    lead = _trimmed(region)
    last_line = re.split(r"[\r\n]", region)[-1]
    if last_line.strip(BLANKS):
        opening = block.start - len(region) + len(_BLANK_LINES.match(region)[0])  # type: ignore[index]
        return Unit("", False, False, block, opening, block.end, fixed=True)  # noqa: FBT003
    gap = region[len(region.rstrip(BLANKS)) :]
    parted = _BLANK_LINE.search(gap) is not None
    close = _BLANK_LINE.search(region) is None and not lead
    broken = block.kind is BlockKind.BROKEN
    return Unit(lead, parted, close, block, block.start, block.end, fixed=broken, open=broken)


def _on_one_line(text: str, region: _Region, before: Unit, unit: Unit) -> bool:
    """Whether a block shares a line with the block before it and with other text.

    The other text stands before the first of them or between them.
    """
    if before.open or _LINE_END.search(text, region.start, region.end):
        return False
    return before.fixed or (unit.fixed and not unit.open)


def _trimmed(text: str) -> str:
    """A text without blank lines before it and without white space behind it."""
    found = _BLANK_LINES.match(text)
    return text[found.end() if found else 0 :].rstrip(BLANKS)
