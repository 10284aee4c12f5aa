"""The lossless scanner: a text as blocks that join to exactly that text.

The grammar is that of BibTeX 0.99 (``bibtex.web``): braces always count, a backslash escapes
none; ``"`` ends a value only at brace level 0; ``@`` inside a value is text; entries stand in
``{}`` or ``()``; values are pieces joined by ``#``. Unlike BibTeX, what ``@comment`` holds in
its delimiters is a comment whole, as biber, JabRef and most others have it.

Usual entries take the fast path of :mod:`~compcite.formats.bibtex.scan.fast_path`, all others the
careful one of :mod:`~compcite.formats.bibtex.scan.any_block`; both read the same, in time linear in
the text.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from compcite.formats.bibtex.scan.any_block import BlockEnds, read_block
from compcite.formats.bibtex.scan.blocks import HEAD, Block, BlockKind
from compcite.formats.bibtex.scan.fast_path import read_usual_entry

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

__all__ = ["block_at", "blocks_of", "hangs_open", "scan", "scan_from"]

# Characters from which the blocks of a text are kept: more than single entries have, whose
# proofs would otherwise push out the file that they belong to.
_LARGE = 10_000


def blocks_of(text: str) -> tuple[Block, ...]:
    """Return the blocks of a text; the last few large and the last few small ones are remembered.

    Reader, checks of edits and merging look at the same text.
    """
    return _blocks_of_large(text) if len(text) >= _LARGE else _blocks_of_small(text)


@lru_cache(maxsize=2)  # a file as it was, and as a fix makes it
def _blocks_of_large(text: str) -> tuple[Block, ...]:
    """Return the blocks of a large text."""
    return tuple(scan(text))


@lru_cache(maxsize=4)  # an entry into which copies are merged, and how each copy changes it
def _blocks_of_small(text: str) -> tuple[Block, ...]:
    """Return the blocks of a small text."""
    return tuple(scan(text))


def scan(text: str) -> list[Block]:
    """Return the blocks of a text, in order; their texts join to the whole text.

    Text between blocks is a block of the kind JUNK. A comment, or a block with fields, counts
    anywhere; any other ``@word{`` only at the beginning of a line or behind another block.
    """
    return list(scan_from(text, 0))


def scan_from(text: str, start: int, ends: BlockEnds | None = None) -> Iterator[Block]:
    """Yield the blocks of a text from one place on: its start, or the end of a block.

    That block must not be text between entries (JUNK): its end is only where the next block begins.
    ``ends`` is that of the text, where several scans share one.
    """
    ends = ends or BlockEnds(text)
    end = position = start  # of the last block; from where to search
    while (head := _next_head(text, position)) is not None:
        start = head.start()
        block = read_usual_entry(text, head) or read_block(text, head, ends)
        if not _counts(block) and not _opens_line(text, end, start):
            position = block.notes[-1].end if block.kind is BlockKind.BROKEN else block.end
            continue
        if start > end:
            yield Block(BlockKind.JUNK, end, start)
        yield block
        end = position = block.end
    if end < len(text):
        yield Block(BlockKind.JUNK, end, len(text))


def block_at(text: str, start: int, ends: BlockEnds | None = None) -> Block:
    """Return the block that begins with an ``@`` at a place where :func:`scan` found one.

    ``ends`` is as for :func:`scan_from`. Raises ValueError where no block begins.
    """
    head = HEAD.match(text, start)
    if head is None:
        raise ValueError(f"no block begins at {start}")
    return read_usual_entry(text, head) or read_block(text, head, ends or BlockEnds(text))


def hangs_open(text: str, block: Block) -> bool:
    """Return whether the text behind a block may decide where it ends, or what it is.

    That is so of a block that could not be read: a brace further on may close it. It is so of a
    comment that is not closed or stands in parentheses, and of text between entries with an
    ``@word{`` in it.
    """
    if block.kind is BlockKind.JUNK:
        heads = HEAD.finditer(text, block.start, block.end)
        return any(not _commented(text, head.start()) for head in heads)
    if block.kind is BlockKind.COMMENT:
        written = text[block.start : block.end]
        # One in parentheses counts as open always: where it ends is not seen from its braces.
        return "{" not in written or written.count("{") != written.count("}")
    return block.kind is BlockKind.BROKEN


def _counts(block: Block) -> bool:
    """Return whether a block counts wherever it stands: a comment, or a block with fields.

    ``me@home (today)`` is neither.
    """
    return block.kind is BlockKind.COMMENT or bool(block.fields)


def _opens_line(text: str, end: int, position: int) -> bool:
    """Return whether only blanks stand before ``position``, back to its line's start or to ``end``.

    ``end`` is the end of the block before.
    """
    start = position
    while start > end and text[start - 1] in " \t":
        start -= 1
    return start == end or text[start - 1] in "\n\r"


def _next_head(text: str, position: int) -> re.Match[str] | None:
    """Return the next ``@word{`` or ``@word(`` that is not in a comment, or None."""
    while (head := HEAD.search(text, position)) is not None:
        if not _commented(text, head.start()):
            return head
        position = head.end()
    return None


def _commented(text: str, position: int) -> bool:
    """Return whether a place is in a comment: only ``%`` and blanks stand before it in its line.

    There must be one ``%`` at least.
    """
    if text[position - 1 : position] not in {"%", " ", "\t"}:
        return False
    start = position
    while start and text[start - 1] in "% \t":
        start -= 1
    return "%" in text[start:position] and text[start - 1 : start] in {"", "\n", "\r"}
