"""The lossless scanner: a text as blocks that join to exactly that text.

The grammar is that of BibTeX 0.99 (``bibtex.web``): braces always count, a backslash escapes
none; ``"`` ends a value only at brace level 0; ``@`` inside a value is text; entries stand in
``{}`` or ``()``; values are pieces joined by ``#``. Where people write what BibTeX refuses and
what they mean is plain (a comma forgotten between fields, a comment line inside an entry), it
is read and noted. A block that cannot be read ends where the next line begins an entry.

Usual entries are read by a few regular expressions, all others by :func:`_careful`; both give
the same, and take time linear in the text: which brace closes which is found once for all.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import NamedTuple

__all__ = ["Block", "Kind", "Note", "Piece", "PieceKind", "RawField", "scan"]


class Kind(Enum):
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
    """A piece of a value: what stands in it, without its delimiters."""

    kind: PieceKind
    start: int
    end: int


class RawField(NamedTuple):
    """A field as it stands: its name, from ``start`` on, and its value with delimiters."""

    name: str
    start: int
    value_start: int
    value_end: int
    pieces: tuple[Piece, ...]


class Note(NamedTuple):
    """What was read although BibTeX would refuse it, or why a block could not be read.

    ``rule`` is the name of a rule of family B1.
    """

    rule: str
    message: str
    start: int
    end: int


class Block(NamedTuple):
    """A stretch of the text. ``type`` is what follows the ``@``, in lower case."""

    kind: Kind
    start: int
    end: int
    type: str = ""
    key: str = ""
    key_start: int = 0
    fields: tuple[RawField, ...] = ()
    notes: tuple[Note, ...] = ()


_HEAD = re.compile(r"@\s*+([^\W\d_][^\s{}()\"#%',=@]*+)\s*+([{(])")
_LINE_HEAD = re.compile(r"^[ \t]*+@\s*+[^\W\d_][^\s{}()\"#%',=@]*+\s*+[{(]", re.MULTILINE)
_BLANK = re.compile(r"\s*+")
_NAME = re.compile(r"[^\s\"#%'(),={}@][^\s\"#%'(),={}]*+")
_KEY = {"{": re.compile(r"[^,{}\s\"=#]*+"), "(": re.compile(r"[^,\s\"={}#]*+")}
_LOOSE_KEY = re.compile(r"[^,{}=\r\n]*+")
_NUMBER = re.compile(r"\d++(?![^\s\"#%'(),={}])")
_BRACES = re.compile(r"[{}]")
_QUOTE_STOP = re.compile(r'["{}]')
_COMMENT_LINE = re.compile(r"%[^\r\n]*+")
_CLOSER = {"{": "}", "(": ")"}
_WORDS = {"string": Kind.STRING, "preamble": Kind.PREAMBLE, "comment": Kind.COMMENT}

# The usual entry: a plain key, values of one piece with braces nested at most three deep.
_IN = r"[^{}]*+"
_DEEP = rf"(?:\{{{_IN}(?:\{{{_IN}(?:\{{{_IN}\}}{_IN})*+\}}{_IN})*+\}}{_IN})*+"
_FAST_KEY = re.compile(r"\s*+([^\s,{}\"=#]++)\s*+,")
_FAST_FIELD = re.compile(
    rf"\s*+([^\s\"#%'(),={{}}@\d][^\s\"#%'(),={{}}]*+)\s*+=\s*+"
    rf"(?:\{{({_IN}{_DEEP})\}}|\"([^\"{{}}]*+)\"|(\d++)|([^\W\d][\w-]*+))\s*+(?:,(\s*+\}})?+|(\}}))"
)
_FAST_KINDS = (PieceKind.BRACED, PieceKind.QUOTED, PieceKind.NUMBER, PieceKind.MACRO)
_MANY = 100_000  # characters in which a block that is still open is past any entry


class _UnreadableError(Exception):
    """A block that cannot be read; the arguments are the reason and where it shows."""

    def __init__(self, reason: str, start: int, end: int) -> None:
        super().__init__(reason)
        self.note = Note("entry-unparsed", reason, start, end)


def scan(text: str) -> list[Block]:
    """The blocks of a text, in order; ``text[b.start:b.end]`` of all of them join to it."""
    blocks: list[Block] = []
    pairs = _Pairs(text)
    position = 0
    while (head := _next_head(text, position)) is not None:
        if head.start() > position:
            blocks.append(Block(Kind.JUNK, position, head.start()))
        block = _fast(text, head) or _block(text, head, pairs)
        blocks.append(block)
        position = block.end
    if position < len(text):
        blocks.append(Block(Kind.JUNK, position, len(text)))
    return blocks


def _next_head(text: str, position: int) -> re.Match[str] | None:
    """The next ``@word{`` or ``@word(`` that no ``%`` before it on its line makes a comment."""
    while (head := _HEAD.search(text, position)) is not None:
        if not _commented(text, head.start()):
            return head
        position = head.end()
    return None


def _commented(text: str, position: int) -> bool:
    """Whether nothing but percent signs and blanks stands before a place on its line."""
    start = position
    while start and text[start - 1] in "% \t":
        start -= 1
    return "%" in text[start:position] and text[start - 1 : start] in {"", "\n", "\r"}


def _fast(text: str, head: re.Match[str]) -> Block | None:
    """The entry that begins here, if it is a usual one."""
    word = head[1].lower()
    if head[2] != "{" or word in _WORDS:
        return None
    key = _FAST_KEY.match(text, head.end())
    if key is None:
        return None
    fields = []
    position = key.end()
    match_field = _FAST_FIELD.match
    while (found := match_field(text, position)) is not None:
        group = found.lastindex or 0
        closed = group >= 6  # noqa: PLR2004 - the groups of a closing brace
        if closed:
            group = next(number for number in (2, 3, 4, 5) if found[number] is not None)
        start, end = found.span(group)
        edge = 1 if group <= 3 else 0  # noqa: PLR2004 - braced and quoted values have delimiters
        piece = Piece(_FAST_KINDS[group - 2], start, end)
        fields.append(
            RawField(found[1].lower(), found.start(1), start - edge, end + edge, (piece,))
        )
        position = found.end()
        if closed:
            return Block(
                Kind.ENTRY, head.start(), position, word, key[1], key.start(1), tuple(fields)
            )
    return None


class _Pairs:
    """Which ``}`` closes which ``{``, found for the whole text the first time it is asked."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._partners: dict[int, int] | None = None

    def closing(self, opening: int) -> int | None:
        """Where the brace that opens at ``opening`` is closed; None where it never is."""
        if self._partners is None:
            self._partners = {}
            open_braces: list[int] = []
            for brace in _BRACES.finditer(self._text):
                if brace[0] == "{":
                    open_braces.append(brace.start())
                elif open_braces:
                    self._partners[open_braces.pop()] = brace.start()
        return self._partners.get(opening)


def _block(text: str, head: re.Match[str], pairs: _Pairs) -> Block:
    """The block that begins here, read with care, or a broken one."""
    kind = _WORDS.get(head[1].lower(), Kind.ENTRY)
    try:
        if kind is Kind.COMMENT:
            return _comment(text, head, pairs)
        return _Careful(text, head, pairs, kind).block()
    except _UnreadableError as error:
        restart = _LINE_HEAD.search(text, head.end())
        end = restart.start() if restart else len(text)
        key = _KEY[head[2]].match(text, _skip(text, head.end()))
        return Block(
            Kind.BROKEN,
            head.start(),
            end,
            head[1].lower(),
            key[0] if key and text[key.end() : key.end() + 1] == "," else "",
            key.start() if key else head.end(),
            notes=(error.note,),
        )


def _comment(text: str, head: re.Match[str], pairs: _Pairs) -> Block:
    """A comment: what its braces hold; without their end, the rest of the line."""
    opening = head.end() - 1
    closing = pairs.closing(opening) if head[2] == "{" else _parenthesis(text, opening, pairs)
    if closing is None:
        line = re.compile(r"[^\r\n]*").match(text, opening)
        return Block(Kind.COMMENT, head.start(), line.end() if line else len(text), "comment")
    return Block(Kind.COMMENT, head.start(), closing + 1, "comment")


def _parenthesis(text: str, opening: int, pairs: _Pairs) -> int | None:
    """Where a parenthesis closes at brace level 0."""
    stop = re.compile(r"[{})]")
    position = opening + 1
    while (found := stop.search(text, position, opening + _MANY)) is not None:
        if found[0] == ")":
            return found.start()
        closing = pairs.closing(found.start()) if found[0] == "{" else None
        if closing is None:
            return None
        position = closing + 1
    return None


def _skip(text: str, position: int) -> int:
    """The next position that is no white space."""
    match = _BLANK.match(text, position)
    return match.end() if match else position


class _Careful:
    """Reads one entry, ``@string`` or ``@preamble`` piece by piece."""

    def __init__(self, text: str, head: re.Match[str], pairs: _Pairs, kind: Kind) -> None:
        self._text = text
        self._head = head
        self._pairs = pairs
        self._kind = kind
        self._closer = _CLOSER[head[2]]
        self._notes: list[Note] = []
        self._position = head.end()

    def block(self) -> Block:
        """The block; raises _UnreadableError."""
        key, key_start = "", self._position
        fields: list[RawField] = []
        if self._kind is Kind.PREAMBLE:
            fields.append(self._preamble())
        else:
            if self._kind is Kind.ENTRY:
                key, key_start = self._key()
            fields.extend(self._fields())
        return Block(
            self._kind,
            self._head.start(),
            self._position,
            self._head[1].lower(),
            key,
            key_start,
            tuple(fields),
            tuple(self._notes),
        )

    def _preamble(self) -> RawField:
        start = self._blank()
        pieces, end = self._value(start)
        self._position = end
        if self._text[self._blank() : self._position + 1] != self._closer:
            raise self._open("the preamble is not closed")
        self._position += 1
        return RawField("", start, start, end, pieces)

    def _key(self) -> tuple[str, int]:
        """The citation key, which may be missing; the position is then before the fields."""
        text, start = self._text, self._blank()
        key = _KEY[self._head[2]].match(text, start)
        end = key.end() if key else start
        after = _skip(text, end)
        follows = text[after : after + 1]
        if follows == "=":  # what looked like a key is the name of the first field
            return "", start
        if follows not in {",", self._closer}:
            if end > start and self._begins_field(after):
                self._position = end
                self._separate()
                return text[start:end], start
            loose = _LOOSE_KEY.match(text, start)
            end = loose.end() if loose else end
            after = _skip(text, end)
            follows = text[after : after + 1]
            if follows != ",":
                raise self._open("there is no comma after the citation key", after)
        self._position = after + 1 if follows == "," else after
        return text[start:end].rstrip(), start

    def _fields(self) -> list[RawField]:
        text, fields = self._text, []
        while True:
            position = self._blank()
            char = text[position : position + 1]
            if char == self._closer:
                self._position = position + 1
                return fields
            if char == ",":
                self._position = position + 1
                continue
            if char == "%":
                self._skip_comment(position)
                continue
            fields.append(self._field(position))
            self._separate()

    def _field(self, start: int) -> RawField:
        text = self._text
        name = _NAME.match(text, start)
        if name is None:
            raise self._open("a field's name is missing", start)
        self._position = name.end()
        equals = self._blank()
        if text[equals : equals + 1] != "=":
            raise self._open(f"there is no = after {name[0][:40]!r}", start)
        self._position = equals + 1
        value = self._blank()
        pieces, end = self._value(value)
        self._position = end
        return RawField(name[0].lower(), start, value, end, pieces)

    def _separate(self) -> None:
        """Go past the comma behind a field, or note that there is none before the next."""
        text, end = self._text, self._position
        position = self._blank()
        char = text[position : position + 1]
        if char in {",", "%"} or char == self._closer:
            return
        name = self._begins_field(position)
        if name is None:
            raise self._open("there is neither a comma nor an end after a value", position)
        message = f"there is no comma before {name[0][:40]!r}"
        self._notes.append(Note("comma-missing", message, end, name.end()))

    def _begins_field(self, position: int) -> re.Match[str] | None:
        """The name that stands here, where = follows it."""
        name = _NAME.match(self._text, position)
        if name is None:
            return None
        equals = _skip(self._text, name.end())
        return name if self._text[equals : equals + 1] == "=" else None

    def _value(self, position: int) -> tuple[tuple[Piece, ...], int]:
        """The pieces of a value, and where it ends."""
        text, pieces = self._text, []
        while True:
            piece, end = self._piece(position)
            pieces.append(piece)
            joint = _skip(text, end)
            if text[joint : joint + 1] != "#":
                return tuple(pieces), end
            position = _skip(text, joint + 1)

    def _piece(self, position: int) -> tuple[Piece, int]:
        text = self._text
        char = text[position : position + 1]
        if char == "{":
            closing = self._pairs.closing(position)
            if closing is None:
                raise self._open("a brace is never closed", position)
            return Piece(PieceKind.BRACED, position + 1, closing), closing + 1
        if char == '"':
            end = self._quote(position)
            return Piece(PieceKind.QUOTED, position + 1, end), end + 1
        if number := _NUMBER.match(text, position):
            return Piece(PieceKind.NUMBER, *number.span()), number.end()
        if name := _NAME.match(text, position):
            return Piece(PieceKind.MACRO, *name.span()), name.end()
        raise self._open("a value is missing", position)

    def _quote(self, opening: int) -> int:
        """Where a quoted value closes: at the next quote outside braces."""
        position = opening + 1
        while (stop := _QUOTE_STOP.search(self._text, position)) is not None:
            if stop[0] == '"':
                return stop.start()
            closing = self._pairs.closing(stop.start()) if stop[0] == "{" else None
            if closing is None:
                break
            position = closing + 1
        raise self._open("a quotation mark is never closed", opening)

    def _skip_comment(self, start: int) -> None:
        line = _COMMENT_LINE.match(self._text, start)
        self._position = line.end() if line else start + 1
        message = "a comment line inside an entry; BibTeX knows none"
        self._notes.append(Note("comment-in-entry", message, start, self._position))

    def _blank(self) -> int:
        """Go past white space."""
        self._position = _skip(self._text, self._position)
        return self._position

    def _open(self, reason: str, position: int | None = None) -> _UnreadableError:
        """The fault at a place; at the end of the text it is that the block never ends."""
        place = self._position if position is None else position
        if place >= len(self._text):
            return _UnreadableError(
                "the block is never closed", self._head.start(), self._head.end()
            )
        return _UnreadableError(reason, place, min(place + 1, len(self._text)))
