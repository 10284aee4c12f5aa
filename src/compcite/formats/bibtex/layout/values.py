"""Values laid out anew: their delimiters, and the lines of long ones.

BibTeX and biber read a stretch of white space as one blank, and none at the ends of a value. So a
line may end where white space is, and nowhere else.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from compcite.formats.bibtex.edit.file_style import delimited
from compcite.formats.bibtex.layout.sheet import BLANKS
from compcite.formats.bibtex.scan.blocks import PieceKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from compcite.formats.bibtex.layout.choices import Layout
    from compcite.formats.bibtex.scan.blocks import Piece, RawField

__all__ = ["joined_value", "wrapped_value"]

_DIGITS = re.compile(r"[0-9]+")
_WHITE = re.compile(r"[ \t\r\n]+")
# Where a line may end: no line begins with an at sign, which some programs take for an entry.
_BREAK = re.compile(r"[ \t\r\n]++(?!@)")
_PARAGRAPHS = re.compile(r"(?:\r\n|\n|\r)[ \t]*(?:\r\n|\n|\r)")
_COMMENT = re.compile(r"(?<!\\)%")
# Fields that programs read to the letter, and take for no text: biblatex's verbatim fields and
# those that are named after them, such as bdsk-url-1 and localfile.
_VERBATIM = frozenset({"doi", "eprint", "pdf", "verba", "verbb", "verbc"})
_VERBATIM_PARTS = ("url", "file")
_TAB = 8  # columns: the width that a tab has in most programs
_CLOSING = 2  # columns: the delimiter and the comma behind the last word


def joined_value(text: str, field: RawField, layout: Layout) -> str:
    """The value of a field on the lines that it has, in the delimiters of the layout."""
    written = ((text[piece.start : piece.end], piece) for piece in field.pieces)
    return " # ".join(_delimited(content, piece, layout) for content, piece in written)


def wrapped_value(text: str, field: RawField, layout: Layout, before: str, newline: str) -> str:
    """The value of an entry's field in lines as long as the layout wants them.

    ``before`` is what stands on the line before the value. A value whose lines must not change
    keeps them.
    """
    if layout.wrap == "keep" or not _may_be_wrapped(text, field):
        return joined_value(text, field, layout)
    piece = field.pieces[0]
    content = text[piece.start : piece.end].strip(BLANKS)
    words = [_WHITE.sub(" ", word) for word in _BREAK.split(content)]
    if layout.wrap == "one-line":
        return _delimited(" ".join(words), piece, layout)
    margin = layout.margin * 2
    first = len(before.expandtabs(_TAB)) + 1
    lines = _lines(words, first, len(margin.expandtabs(_TAB)), layout.wrap)
    return _delimited((newline + margin).join(lines), piece, layout)


def _delimited(content: str, piece: Piece, layout: Layout) -> str:
    """The content of a piece in the delimiters of the layout, where it can have them.

    A macro has none, and a number as the layout wants it. A value with a quotation mark outside of
    braces gets braces.
    """
    if piece.kind is PieceKind.MACRO:
        return content
    bare = piece.kind is PieceKind.NUMBER if layout.numbers == "keep" else layout.numbers == "bare"
    if bare and _DIGITS.fullmatch(content):
        return content
    quoted = layout.delimiters == "quotes" or (
        layout.delimiters == "keep" and piece.kind is PieceKind.QUOTED
    )
    return delimited(content, '"' if quoted else "{")


def _may_be_wrapped(text: str, field: RawField) -> bool:
    """Whether the lines of a value may end elsewhere.

    Not in a value of several pieces, whose blanks at the ends count, nor in a field that is read to
    the letter, nor in a value with paragraphs, which some programs show, or with a percent sign,
    behind which LaTeX would skip the rest of a line.
    """
    piece = field.pieces[0]
    if len(field.pieces) > 1 or piece.kind is PieceKind.MACRO:
        return False
    if field.name in _VERBATIM or any(part in field.name for part in _VERBATIM_PARTS):
        return False
    written = text[piece.start : piece.end]
    return not (_PARAGRAPHS.search(written) or _COMMENT.search(written))


def _lines(words: Sequence[str], first: int, margin: int, width: int) -> Iterator[str]:
    """The words in lines of at most ``width`` columns; a longer word has a line of its own.

    ``first`` columns of the first line are taken already, and ``margin`` columns of the others.
    """
    line: list[str] = []
    column = first
    for left, word in zip(range(len(words) - 1, -1, -1), words, strict=True):
        end = column + len(word) + (0 if left else _CLOSING)
        if line and end > width:
            yield " ".join(line)
            line, column = [], margin
        line.append(word)
        column += len(word) + 1
    yield " ".join(line)
