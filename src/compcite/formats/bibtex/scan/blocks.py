"""The blocks of a .bib file, as :func:`compcite.formats.bibtex.scan.syntax.scan` finds them.

Named tuples, because a scan makes a hundred thousand of them. All places are offsets in the text,
ends exclusive.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["HEAD", "NAMED_KINDS", "Block", "BlockKind", "Note", "Piece", "PieceKind", "RawField"]


class BlockKind(Enum):
    """What a block is."""

    ENTRY = "entry"
    STRING = "@string"
    PREAMBLE = "@preamble"
    COMMENT = "@comment"
    JUNK = "text between entries"
    BROKEN = "unreadable"


class PieceKind(Enum):
    """What a piece of a value is: one of those that ``#`` joins."""

    BRACED = "{}"
    QUOTED = '""'
    NUMBER = "number"
    MACRO = "macro"


class Piece(NamedTuple):
    """A piece of a value; ``start`` and ``end`` are the place of its text without delimiters."""

    kind: PieceKind
    start: int
    end: int


class RawField(NamedTuple):
    """A field as it is written: its name in lower case, its place, and the pieces of its value.

    The value includes the delimiters of its first and last piece. The content of ``@preamble`` is a
    field without a name.
    """

    name: str
    start: int
    value_start: int
    value_end: int
    pieces: tuple[Piece, ...]


class Note(NamedTuple):
    """Something that was read although BibTeX refuses it, or why a block could not be read.

    ``rule`` is the name of a rule of family B1. If a block is unreadable, ``start`` is the place of
    the fault, and ``end`` shows how far the block was read.
    """

    rule: str
    message: str
    start: int
    end: int


class Block(NamedTuple):
    """A part of the text; ``type`` is the word after the ``@``, in lower case.

    ``key_start`` is the place of the citation key. Comments and text between entries have no key
    and no fields; an unreadable block has the key that was read before the fault, and no fields.
    """

    kind: BlockKind
    start: int
    end: int
    type: str = ""
    key: str = ""
    key_start: int = 0
    fields: Sequence[RawField] = ()
    notes: tuple[Note, ...] = ()


NAMED_KINDS = {
    "string": BlockKind.STRING,
    "preamble": BlockKind.PREAMBLE,
    "comment": BlockKind.COMMENT,
}

HEAD = re.compile(r"@\s*+([^\W\d_][^\s{}()\"#%',=@]*+)\s*+([{(])")
"""What begins a block: the word, and the delimiter that opens."""
