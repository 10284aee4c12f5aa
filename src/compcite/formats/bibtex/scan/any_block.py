"""Read any block piece by piece, and give the reason if it cannot be read.

What BibTeX refuses, although it is clear what people mean, is read and noted: a missing comma
after the key or between fields, a comment inside an entry, no key at all, a key with blanks.
"""

from __future__ import annotations

import re

from compcite.formats.bibtex.scan.blocks import (
    HEAD,
    NAMED_KINDS,
    Block,
    BlockKind,
    Note,
    Piece,
    PieceKind,
    RawField,
)

__all__ = ["BlockEnds", "read_block"]

_LINE_HEAD = re.compile(rf"^[ \t]*+{HEAD.pattern}", re.MULTILINE)
_REST_OF_LINE = re.compile(r"[^\r\n]*+")
_BLANK = re.compile(r"\s*+")
_NAME = re.compile(r"[^\s\"#%'(),={}@][^\s\"#%'(),={}]*+")
_PLAIN_KEY = {"{": re.compile(r"[^,{}\s\"=#]*+"), "(": re.compile(r"[^,\s\"={}#]*+")}
_LOOSE_KEY = re.compile(r"[^,{}\r\n]*+")
_NUMBER = re.compile(r"\d++(?![^\s\"#%'(),={}])")
_BRACE = re.compile(r"[{}]")
_QUOTE_STOP = re.compile(r'["{}]')
_PARENTHESIS_STOP = re.compile(r"[{})]")
_CLOSERS = {"{": "}", "(": ")"}
# A field that stands inside a value: that value was meant to end before it.
_SWALLOWED = re.compile(r"(?:,\s*+|\n[^\S\n]*+)[^\W\d][\w-]*+\s*+=\s*+(?:[{\"\w]|\Z)")


_PATIENCE = 20_000  # braces passed before those of the whole text are paired


class _UnreadableError(Exception):
    """A block cannot be read: the reason, and the place of the fault."""

    def __init__(self, reason: str, place: int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.place = place


class BlockEnds:
    """Finds closing braces and the next block in a text, for all blocks of the text.

    Each answer is found once, and not once for each block, which would take quadratic time in
    broken texts.
    """

    def __init__(self, text: str) -> None:
        """Take the text; nothing is looked for before it is asked."""
        self._text = text
        self._closings: dict[int, int] | None = None
        self._patience = _PATIENCE
        self._line_head = (0, 0)  # no head begins a line between these two places

    def closing(self, opening: int) -> int | None:
        """Return the place of the brace that closes the one at ``opening``; None if none does.

        At first each call searches from its brace. After ``_PATIENCE`` braces, the partners of all
        braces in the text are found in one pass and kept, so that the time stays linear.
        """
        if self._closings is None:
            depth = 0
            for brace in _BRACE.finditer(self._text, opening):
                depth += 1 if brace[0] == "{" else -1
                if depth == 0:
                    return brace.start()
                self._patience -= 1
                if not self._patience:
                    self._closings = _all_closings(self._text)
                    return self._closings.get(opening)
            return None
        return self._closings.get(opening)

    def stop(self, stops: re.Pattern[str], position: int, end: int) -> int | None:
        """Return the place of the first stop outside of braces between two places, or None.

        ``stops`` matches braces and the stop. If a brace before the stop has no partner, the result
        is None too.
        """
        while (found := stops.search(self._text, position, end)) is not None:
            if found[0] not in "{}":
                return found.start()
            closing = self.closing(found.start()) if found[0] == "{" else None
            if closing is None:
                return None
            position = closing + 1
        return None

    def next_line_head(self, position: int) -> int:
        """Return the start of the next line that begins a block, or the end of the text."""
        start, end = self._line_head
        if not start < position <= end:
            found = _LINE_HEAD.search(self._text, position)
            end = found.start() if found else len(self._text)
            self._line_head = (position, end)
        return end


def _all_closings(text: str) -> dict[int, int]:
    """Return the place of the closing brace for each opening brace that has one."""
    closings: dict[int, int] = {}
    open_braces: list[int] = []
    for brace in _BRACE.finditer(text):
        if brace[0] == "{":
            open_braces.append(brace.start())
        elif open_braces:
            closings[open_braces.pop()] = brace.start()
    return closings


def read_block(text: str, head: re.Match[str], ends: BlockEnds) -> Block:
    """Return the block that begins at ``head``; it is BROKEN if it cannot be read.

    A broken block ends where the next line begins a block.
    """
    kind = NAMED_KINDS.get(head[1].lower(), BlockKind.ENTRY)
    if kind is BlockKind.COMMENT:
        return _comment(text, head, ends)
    reading = _Reading(text, head, kind, ends)
    try:
        return reading.block()
    except _UnreadableError as error:
        key, key_start = reading.key
        end = ends.next_line_head(head.end())
        note = Note("entry-unparsed", error.reason, error.place, reading.position)
        return Block(
            BlockKind.BROKEN, head.start(), end, head[1].lower(), key, key_start, (), (note,)
        )


def _comment(text: str, head: re.Match[str], ends: BlockEnds) -> Block:
    """Return a comment: all between its delimiters.

    If they do not close, it is the rest of the line.
    """
    opening = head.end() - 1
    if head[2] == "{":
        closing = ends.closing(opening)
    else:
        limit = ends.next_line_head(opening)
        closing = ends.stop(_PARENTHESIS_STOP, opening + 1, limit)
    if closing is None:
        line = _REST_OF_LINE.match(text, opening)
        closing = line.end() - 1 if line else opening
    return Block(BlockKind.COMMENT, head.start(), closing + 1, "comment")


class _Reading:
    """Reads one entry, ``@string`` or ``@preamble`` from left to right."""

    def __init__(self, text: str, head: re.Match[str], kind: BlockKind, ends: BlockEnds) -> None:
        self._text = text
        self._head = head
        self._kind = kind
        self._ends = ends
        self._closer = _CLOSERS[head[2]]
        self._fields: list[RawField] = []
        self._notes: list[Note] = []
        self.key = ("", head.end())
        self.position = head.end()  # how far the block has been read

    def block(self) -> Block:
        """Return the block. Raise _UnreadableError if it cannot be read."""
        if self._kind is BlockKind.PREAMBLE:
            self._read_preamble()
        else:
            if self._kind is BlockKind.ENTRY:
                self._read_key()
            while self._to_next_field():
                self._read_field()
        key, key_start = self.key
        return Block(
            self._kind,
            self._head.start(),
            self.position,
            self._head[1].lower(),
            key,
            key_start,
            tuple(self._fields),
            tuple(self._notes),
        )

    def _read_preamble(self) -> None:
        """Read the value of ``@preamble``. Raise _UnreadableError if anything follows the value."""
        start = self._to_text()
        pieces, end = self._value(start)
        self._fields.append(RawField("", start, start, end, pieces))
        self.position = end
        if self._char(self._to_text()) != self._closer:
            raise self._unreadable("the preamble goes on after its value")
        self.position += 1

    def _read_key(self) -> None:
        """Read the citation key and its comma; the key may be missing.

        A missing comma before the first field is noted. Raise _UnreadableError if the key has no
        end.
        """
        start = self._to_text()
        end = self._end_of(_PLAIN_KEY[self._head[2]], start)
        after = self._skip(end)
        if self._char(after) == "=" and self._assigns(end, after):
            return  # what looked like the key is the name of the first field
        if self._char(after) not in {",", self._closer}:
            if end > start and self._field_name(after):
                self.key = (self._text[start:end], start)
                self.position = end
                self._note_missing_comma(after)
                return
            end, after = self._loose_key(start)
        self.key = (self._text[start:end].rstrip(), start)
        self.position = after + (self._char(after) == ",")

    def _assigns(self, end: int, equals: int) -> bool:
        """Return whether an ``=`` after a word gives a value, and is not part of a key."""
        following = self._char(self._skip(equals + 1))
        return equals > end or following.isspace() or following in {"{", '"'}

    def _loose_key(self, start: int) -> tuple[int, int]:
        """Return the end of a key that BibTeX would not read whole, and the place after it.

        Such a key may have blanks. Raise _UnreadableError if no comma follows.
        """
        end = self._end_of(_LOOSE_KEY, start)
        if self._closer == ")" and self._char(end) != ",":
            parenthesis = self._text.find(")", start, end)
            end = parenthesis if parenthesis >= 0 else end
        self.position = after = self._skip(end)
        if self._char(after) not in {",", self._closer}:
            raise self._unreadable("there is no comma after the citation key")
        return end, after

    def _to_next_field(self) -> bool:
        """Go to the start of the next field, and return true; at the end of the block return false.

        Commas, comments and blanks before the field are skipped. A missing comma is noted if a
        field follows; anything else is raised as unreadable.
        """
        behind = self.position
        comma = not self._fields
        while True:
            char = self._char(self._to_text())
            if char == "%":
                self._read_comment()
            elif char == ",":
                comma = True
                self.position += 1
            elif char == self._closer:
                self.position += 1
                return False
            elif comma:
                return True
            elif self._field_name(self.position):
                self._note_missing_comma(self.position, behind)
                return True
            else:
                raise self._unreadable("there is neither a comma nor an end after a value")

    def _read_field(self) -> None:
        """Read the name and the value of one field. Raise _UnreadableError if one is missing."""
        start = self.position
        name = _NAME.match(self._text, start)
        if name is None:
            raise self._unreadable("the name of a field is missing")
        self.position = name.end()
        if self._char(self._to_text()) != "=":
            raise self._unreadable(f"there is no = after {name[0][:40]!r}", start)
        self.position += 1
        value = self._to_text()
        pieces, self.position = self._value(value)
        self._fields.append(RawField(name[0].lower(), start, value, self.position, pieces))

    def _value(self, position: int) -> tuple[tuple[Piece, ...], int]:
        """Return the pieces of the value that begins at ``position``, and the place after it.

        The pieces are joined by ``#``. Raise _UnreadableError if one is missing.
        """
        pieces = []
        while True:
            piece = self._piece(position)
            pieces.append(piece)
            end = piece.end + (piece.kind in (PieceKind.BRACED, PieceKind.QUOTED))
            joint = self._skip(end)
            if self._char(joint) != "#":
                return tuple(pieces), end
            position = self._skip(joint + 1)

    def _piece(self, position: int) -> Piece:
        """Return the piece at ``position``: in braces, in quotation marks, a number or a macro.

        Raise _UnreadableError if there is none, or it is never closed.
        """
        char = self._char(position)
        if char in {"{", '"'}:
            if char == "{":
                closing = self._ends.closing(position)
            else:
                closing = self._ends.stop(_QUOTE_STOP, position + 1, len(self._text))
            if closing is None:
                what = "brace" if char == "{" else "quotation mark"
                raise _UnreadableError(f"a {what} is never closed", position)
            kind = PieceKind.BRACED if char == "{" else PieceKind.QUOTED
            return Piece(kind, position + 1, closing)
        if number := _NUMBER.match(self._text, position):
            return Piece(PieceKind.NUMBER, *number.span())
        if name := _NAME.match(self._text, position):
            return Piece(PieceKind.MACRO, *name.span())
        raise self._unreadable("a value is missing", position)

    def _read_comment(self) -> None:
        """Skip a comment up to the end of its line, and note it."""
        start = self.position
        self.position = self._end_of(_REST_OF_LINE, start)
        message = "a comment inside an entry; BibTeX knows none there"
        self._notes.append(Note("comment-in-entry", message, start, self.position))

    def _note_missing_comma(self, position: int, behind: int | None = None) -> None:
        """Note that a comma is missing before the field at ``position``.

        The note begins at ``behind``, the end of the value before; by default at the present
        position.
        """
        name = self._field_name(position)
        message = f"there is no comma before {name[:40]!r}"
        start = self.position if behind is None else behind
        self._notes.append(Note("comma-missing", message, start, position + len(name)))

    def _field_name(self, position: int) -> str:
        """Return the name at ``position`` if ``=`` follows it, else an empty string."""
        name = _NAME.match(self._text, position)
        return name[0] if name and self._char(self._skip(name.end())) == "=" else ""

    def _unreadable(self, reason: str, position: int | None = None) -> _UnreadableError:
        """Return the error for a fault; its place is where the fault began, if that can be seen.

        For example, a value that contains ``year = {2019}`` was never closed.
        """
        place = self.position if position is None else position
        limit = self._ends.next_line_head(self._head.end())
        for field in self._fields:
            end = min(field.value_end - 1, limit)
            if _SWALLOWED.search(self._text, field.value_start + 1, end):
                named = f"the value of {field.name[:40]}" if field.name else "the value"
                return _UnreadableError(f"{named} is never closed", field.value_start)
        if place >= len(self._text) or HEAD.match(self._text, place):
            named = "entry" if self._kind is BlockKind.ENTRY else self._kind.value
            return _UnreadableError(f"the {named} is never closed", self._head.start())
        return _UnreadableError(reason, place)

    def _to_text(self) -> int:
        """Skip white space, and return the new position."""
        self.position = self._skip(self.position)
        return self.position

    def _skip(self, position: int) -> int:
        """Return the first place from ``position`` on that is not white space."""
        return self._end_of(_BLANK, position)

    def _end_of(self, pattern: re.Pattern[str], position: int) -> int:
        """Return the place where a match at ``position`` ends, or ``position`` without a match."""
        found = pattern.match(self._text, position)
        return found.end() if found else position

    def _char(self, position: int) -> str:
        """Return the character at a place; empty at the end of the text."""
        return self._text[position : position + 1]
