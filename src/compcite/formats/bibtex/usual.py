"""The usual entry, read by a few regular expressions.

Usual is an entry in braces with a plain key, whose values are one piece each, braces nested at
most three deep, with a comma wherever one belongs. Possessive quantifiers keep every attempt
linear in what it looks at.
"""

from __future__ import annotations

import re

from compcite.formats.bibtex.blocks import NAMED_KINDS, Block, Kind, Piece, PieceKind, RawField

__all__ = ["read_usual_entry"]

_KEY = re.compile(r"\s*+([^\s,{}\"=#]++)\s*+,")
_IN = r"[^{}]*+"
_DEEP = rf"(?:\{{{_IN}(?:\{{{_IN}(?:\{{{_IN}\}}{_IN})*+\}}{_IN})*+\}}{_IN})*+"
_FIELD = re.compile(
    r"\s*+([^\s\"#%'(),={}@\d][^\s\"#%'(),={}]*+)\s*+=\s*+"
    rf"(?:\{{({_IN}{_DEEP})\}}|\"([^\"{{}}]*+)\"|(\d++)|([^\W\d][\w-]*+))"
    r"\s*+(?:,(?:\s*+(\}))?+|(\}))",
)
_PIECE_KINDS = {
    2: PieceKind.BRACED,
    3: PieceKind.QUOTED,
    4: PieceKind.NUMBER,
    5: PieceKind.MACRO,
}
_FIRST_CLOSER = 6  # the number of the first group that holds the closing brace


def read_usual_entry(text: str, head: re.Match[str]) -> Block | None:
    """The entry that begins at a head, if it is a usual one."""
    word = head[1].lower()
    if head[2] != "{" or word in NAMED_KINDS:
        return None
    key = _KEY.match(text, head.end())
    if key is None:
        return None
    fields = []
    position = key.end()
    match_field, new = _FIELD.match, tuple.__new__  # half the cost of calling the classes
    while (found := match_field(text, position)) is not None:
        position = found.end()
        group = last = found.lastindex or 0
        if last >= _FIRST_CLOSER:
            group = next(number for number in _PIECE_KINDS if found[number] is not None)
        start, end = found.span(group)
        edge = 1 if group in (2, 3) else 0
        piece = new(Piece, (_PIECE_KINDS[group], start, end))
        place = (found[1].lower(), found.start(1), start - edge, end + edge, (piece,))
        fields.append(new(RawField, place))
        if last >= _FIRST_CLOSER:
            return Block(
                Kind.ENTRY, head.start(), position, word, key[1], key.start(1), tuple(fields)
            )
    return None
