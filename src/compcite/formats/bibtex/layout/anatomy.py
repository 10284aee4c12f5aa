"""The parts of a block, where it is written exactly as BibTeX wants it.

What BibTeX reads of any other block depends on more than its parts: it gives up at a missing comma
and goes on at the next ``@``. Such a block is not laid out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from compcite.formats.bibtex.scan.blocks import BlockKind, PieceKind

if TYPE_CHECKING:
    from compcite.formats.bibtex.scan.blocks import Block, Piece, RawField

__all__ = ["Anatomy", "anatomy_of", "lower"]

_NAME = r"[^ \t\r\n\"#%'(),={}\d][^ \t\r\n\"#%'(),={}]*"  # an identifier in bibtex.web
_OPENING = re.compile(rf"@[ \t\r\n]*({_NAME})[ \t\r\n]*[{{(][ \t\r\n]*")
_KEY = re.compile(r"[^ \t\r\n,{}]*")
_IDENTIFIER = re.compile(_NAME)
_COMMA = re.compile(r"[ \t\r\n]*,[ \t\r\n]*")
_EQUALS = re.compile(r"[ \t\r\n]*=[ \t\r\n]*")
_JOINT = re.compile(r"[ \t\r\n]*#[ \t\r\n]*")
_END_OF_ENTRY = re.compile(r"[ \t\r\n]*+,?[ \t\r\n]*+[})]")
_END = re.compile(r"[ \t\r\n]*+[})]")
_DELIMITED = (PieceKind.BRACED, PieceKind.QUOTED)
_ASCII_LOWER = {upper: upper + 32 for upper in range(ord("A"), ord("Z") + 1)}


class Anatomy(NamedTuple):
    """A block taken apart: the word after ``@`` as it is written, the key, and the fields.

    A field is its name as it is written and the block's own field.
    """

    word: str
    key: str
    fields: tuple[tuple[str, RawField], ...]


def lower(name: str) -> str:
    """A name in lower case as BibTeX does it: the letters A to Z only."""
    return name.translate(_ASCII_LOWER)


def anatomy_of(text: str, block: Block) -> Anatomy | None:
    """The parts of an entry, ``@string`` or ``@preamble``; None where BibTeX would complain of it.

    None too for an entry without fields, since a line of prose can look like one: ``@home (now)``.
    """
    opening = _OPENING.match(text, block.start)
    if opening is None or block.notes or not block.fields:
        return None
    place, end = opening.end(), _END
    if block.kind is BlockKind.ENTRY:
        key = _KEY.match(text, place)
        comma = _COMMA.match(text, key.end()) if key else None
        if key is None or comma is None or key[0] != block.key:
            return None
        place, end = comma.end(), _END_OF_ENTRY
    elif len(block.fields) > 1:  # BibTeX reads the first alone, others read all
        return None
    fields = []
    for number, field in enumerate(block.fields):
        between = _COMMA.match(text, place) if number else None
        name = _name_of(text, between.end() if between else place, field, block.kind)
        if name is None or (number and between is None) or not _is_regular(text, field):
            return None
        fields.append((name, field))
        place = field.value_end
    closing = end.match(text, place)
    whole = closing is not None and closing.end() == block.end
    return Anatomy(opening[1], block.key, tuple(fields)) if whole else None


def _name_of(text: str, place: int, field: RawField, kind: BlockKind) -> str | None:
    """The name of a field that begins at ``place``; empty in ``@preamble``.

    None where the field begins elsewhere, or where more than ``=`` and white space stands between
    the name and the value.
    """
    if field.start != place:
        return None
    if kind is BlockKind.PREAMBLE:
        return ""
    name = _IDENTIFIER.match(text, place)
    equals = _EQUALS.match(text, name.end()) if name else None
    return name[0] if name and equals and equals.end() == field.value_start else None


def _is_regular(text: str, field: RawField) -> bool:
    """Whether only ``#`` and white space stand between the pieces of a value.

    Each piece must be written as BibTeX wants it, too.
    """
    place = field.value_start
    for number, piece in enumerate(field.pieces):
        if number:
            joint = _JOINT.match(text, place)
            if joint is None:
                return False
            place = joint.end()
        edge = piece.kind in _DELIMITED
        if piece.start - edge != place or not _is_written_right(text, piece):
            return False
        place = piece.end + edge
    return place == field.value_end


def _is_written_right(text: str, piece: Piece) -> bool:
    """Whether BibTeX reads a piece as it is read here.

    The name of a macro must have only signs that BibTeX allows, and a number only ASCII digits.
    """
    if piece.kind is PieceKind.MACRO:
        return _IDENTIFIER.fullmatch(text, piece.start, piece.end) is not None
    return piece.kind in _DELIMITED or text[piece.start : piece.end].isascii()
