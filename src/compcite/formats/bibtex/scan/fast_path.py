"""Read the usual entry by a few regular expressions, which is fast.

An entry is usual if it is in braces with a plain key, each value is one piece, braces are nested
at most three deep, and no comma is missing. Possessive quantifiers keep the time linear.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import overload

from compcite.formats.bibtex.scan.blocks import (
    NAMED_KINDS,
    Block,
    BlockKind,
    Piece,
    PieceKind,
    RawField,
)

__all__ = ["UsualFields", "read_usual_entry"]

_KEY = re.compile(r"\s*+([^\s,{}\"=#]++)\s*+,")
_IN = r"[^{}]*+"
_DEEP = rf"(?:\{{{_IN}(?:\{{{_IN}(?:\{{{_IN}\}}{_IN})*+\}}{_IN})*+\}}{_IN})*+"
# The name; the value in the group of its kind; the comma, or whatever ends in the closing brace.
_FIELD = re.compile(
    r"\s*+([^\s\"#%'(),={}@\d][^\s\"#%'(),={}]*+)\s*+=\s*+"
    rf"(?:\{{({_IN}{_DEEP})\}}|\"([^\"{{}}]*+)\"|(\d++)|([^\W\d][\w-]*+))"
    r"\s*+(?:,(?:\s*+\})?+|\})",
)
_NAME = 1
_KINDS = {2: PieceKind.BRACED, 3: PieceKind.QUOTED, 4: PieceKind.NUMBER, 5: PieceKind.MACRO}
_DELIMITED = (PieceKind.BRACED, PieceKind.QUOTED)
_MACRO = 5


class UsualFields(Sequence[RawField]):
    """The fields of a usual entry, made when they are first used, since a list needs none."""

    __slots__ = ("_found", "_made")

    def __init__(self, found: list[re.Match[str]]) -> None:
        """Take what ``_FIELD`` matched."""
        self._found = found
        self._made: tuple[RawField, ...] | None = None

    def __len__(self) -> int:
        """Return the number of fields."""
        return len(self._found)

    def __iter__(self) -> Iterator[RawField]:
        """Yield the fields in order."""
        return iter(self._all())

    @overload
    def __getitem__(self, index: int) -> RawField: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[RawField]: ...
    def __getitem__(self, index: int | slice) -> RawField | Sequence[RawField]:
        """Return the field at an index, or the fields of a slice."""
        return self._all()[index]

    def __eq__(self, other: object) -> bool:
        """Return whether the fields are the same as those of another sequence."""
        return isinstance(other, Sequence) and self._all() == tuple(other)

    __hash__ = None  # type: ignore[assignment]  # equal to tuples, whose hash costs all fields

    def written(self) -> list[tuple[str, str | None]]:
        """Return names in lower case and values without delimiters.

        The value of a macro is None.
        """
        return [
            (
                found[_NAME].lower(),
                None if found.lastindex == _MACRO else found[found.lastindex or 0],
            )
            for found in self._found
        ]

    def have_macros(self) -> bool:
        """Return whether a value is a macro."""
        return any(found.lastindex == _MACRO for found in self._found)

    def _all(self) -> tuple[RawField, ...]:
        """Return all fields, made once."""
        if self._made is None:
            self._made = tuple(map(_field, self._found))
        return self._made


def read_usual_entry(text: str, head: re.Match[str]) -> Block | None:
    """Return the entry that begins at ``head`` if it is written in the usual way; else None.

    None is no fault: the entry is then to be read by the slower reader.
    """
    word = head[1].lower()
    if head[2] != "{" or word in NAMED_KINDS:
        return None
    key = _KEY.match(text, head.end())
    if key is None:
        return None
    fields = []
    position = key.end()
    match_field = _FIELD.match
    while (found := match_field(text, position)) is not None:
        fields.append(found)
        position = found.end()
        if text[position - 1] == "}":
            start, key_start = head.start(), key.start(1)
            return Block(
                BlockKind.ENTRY, start, position, word, key[1], key_start, UsualFields(fields)
            )
    return None


def _field(found: re.Match[str]) -> RawField:
    """Return the field for a match of ``_FIELD``."""
    group = found.lastindex or 0
    kind = _KINDS[group]
    start, end = found.span(group)
    edge = kind in _DELIMITED
    piece = Piece(kind, start, end)
    return RawField(found[_NAME].lower(), found.start(_NAME), start - edge, end + edge, (piece,))
