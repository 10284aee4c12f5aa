"""Read BibTeX and biblatex files into entries: macros, joined values, inheritance."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, overload

from compcite.formats.bibtex.read.entry_to_item import to_item
from compcite.formats.bibtex.read.inheritance import OwnFields, inherit
from compcite.formats.bibtex.scan.blocks import BlockKind, PieceKind
from compcite.formats.bibtex.scan.fast_path import UsualFields
from compcite.formats.bibtex.scan.syntax import blocks_of
from compcite.formats.bibtex.tables.macros import PREDEFINED
from compcite.model.library import Entry, Field, Problem
from compcite.model.source import Span

if TYPE_CHECKING:
    from compcite.formats.bibtex.scan.blocks import Block, RawField
    from compcite.model.source import SourceFile

__all__ = ["BlockReader", "LazyFields", "read_bibtex"]

_DELIMITED = (PieceKind.BRACED, PieceKind.QUOTED)


_LONGEST_MACRO = 20_000

_UNMARKED = re.compile(r"^[^\S\r\n]*+(?P<line>[^\s%].*)", re.MULTILINE)


def read_bibtex(source: SourceFile) -> tuple[list[Entry], list[Problem]]:
    """Return the entries of a file in order, and a problem for each fault."""
    reading = BlockReader(source)
    blocks = blocks_of(source.text)
    for block in blocks:
        reading.take(block)
    if all(block.kind is BlockKind.JUNK for block in blocks):
        reading.check_comments()
    return reading.entries(), reading.problems


class BlockReader:
    """Reads the blocks of a file in order; a macro counts after the place of its definition.

    ``read`` are the entries with the values of their fields, ``macros`` what is defined so far.
    """

    def __init__(self, source: SourceFile, macros: dict[str, str] | None = None) -> None:
        """Start at the beginning of a file, or at a place where some macros are defined."""
        self._source = source
        self._text = source.text
        self.macros = dict(PREDEFINED) if macros is None else macros
        self.read: list[tuple[Block, dict[str, str]]] = []
        self.problems: list[Problem] = []
        if macros is None and source.encoding_guessed:
            message = "the file is not UTF-8 and names no encoding; read as Windows-1252"
            self.problems.append(Problem("encoding-guessed", message, source, Span(0, 0)))

    def take(self, block: Block) -> None:
        """Read one block: note its problems, its macros, or its entry."""
        for note in block.notes:
            span = Span(note.start, note.end)
            if block.kind is BlockKind.BROKEN:
                place = self._source.position(note.start)
                message = f"{note.message} (line {place.line}, column {place.column})"
                self._problem(note.rule, message, Span(block.start, block.end), block.key)
            else:
                self._problem(note.rule, note.message, span, block.key)
        if block.kind is BlockKind.STRING:
            for raw in block.fields:
                self._define(raw, block.key)
        elif block.kind is BlockKind.ENTRY:
            self._take_entry(block)

    def check_comments(self) -> None:
        """Note a problem if a file without any block has text that is not marked as a comment.

        BibTeX ignores such text. But a whole file of it is something else under the name of a list,
        such as a web page that was saved. Programs begin an empty list with a ``%`` line.
        """
        if stray := _UNMARKED.search(self._text):
            message = "the file has text but no entry, so it is probably not BibTeX"
            self._problem("entry-unparsed", message, Span(*stray.span("line")), "")

    def entries(self) -> list[Entry]:
        """Return all entries that were read, with their items.

        What an entry inherits is in its item and not in its fields.
        """
        single = "xdata=" in self._text
        written = [OwnFields(block.key, block.type, values) for block, values in self.read]
        return [
            Entry(
                key=block.key,
                item=to_item(block.type, whole, block.key),
                type=block.type,
                fields=LazyFields(self._text, block.fields, values),
                source=self._source,
                span=Span(block.start, block.end),
                key_span=Span(block.key_start, block.key_start + len(block.key)),
                format="bibtex",
            )
            for (block, values), whole in zip(
                self.read, inherit(written, single=single), strict=True
            )
        ]

    def _take_entry(self, block: Block) -> None:
        """Read the values of an entry.

        If a field stands twice, the first one counts, and a problem is noted.
        """
        values: dict[str, str] = {}
        for place, (name, value) in enumerate(_written(block)):
            if name in values:
                message = f"the field {name} stands twice; the first one counts"
                raw = block.fields[place]
                span = Span(raw.start, raw.value_end)
                self._problem("field-duplicated", message, span, block.key)
            elif value is None:
                values[name] = self._value(block.fields[place], block.key)
            else:
                values[name] = value
        self.read.append((block, values))

    def _value(self, raw: RawField, key: str) -> str:
        """Return the value of a field: its pieces joined, with the values of macros."""
        if len(raw.pieces) == 1 and raw.pieces[0].kind is not PieceKind.MACRO:
            return self._text[raw.pieces[0].start : raw.pieces[0].end]
        parts = []
        for piece in raw.pieces:
            part = self._text[piece.start : piece.end]
            if piece.kind is PieceKind.MACRO:
                part = self._macro(part, Span(piece.start, piece.end), key)
            parts.append(part)
        return "".join(parts)

    def _define(self, raw: RawField, key: str) -> None:
        """Remember a macro, unless macros inside it make it longer than 20,000 characters.

        A longer one is noted as a problem.
        """
        value = self._value(raw, key)
        if len(value) > _LONGEST_MACRO:
            message = f"the macro {raw.name} stands for more than {_LONGEST_MACRO:,} characters"
            self._problem("string-undefined", message, Span(raw.start, raw.value_end), key)
            return
        self.macros[raw.name] = value

    def _macro(self, name: str, span: Span, key: str) -> str:
        """Return the value of a macro; its name, with a problem, if it is not defined."""
        value = self.macros.get(name.lower())
        if value is None:
            message = f"no @string defines {name}; its name stands for it"
            self._problem("string-undefined", message, span, key)
            return name
        return value

    def _problem(self, rule: str, message: str, span: Span, key: str) -> None:
        """Add a problem."""
        self.problems.append(Problem(rule, message, self._source, span, key or None))


def _written(block: Block) -> list[tuple[str, str | None]]:
    """Return the fields of an entry.

    A value is None if it cannot be taken from the text directly.
    """
    if isinstance(block.fields, UsualFields):
        return block.fields.written()
    return [(raw.name, None) for raw in block.fields]


class LazyFields(Sequence[Field]):
    """The fields of an entry, made when they are first used, since a long list needs none."""

    __slots__ = ("_made", "_raw", "_text", "_values")

    def __init__(self, text: str, raw: Sequence[RawField], values: dict[str, str]) -> None:
        """Take the text, the fields as they are written in it, and the value of each name."""
        self._text = text
        self._raw = raw
        self._values = values
        self._made: tuple[Field, ...] | None = None

    def __len__(self) -> int:
        """The number of fields."""
        return len(self._raw)

    def __iter__(self) -> Iterator[Field]:
        """The fields in order."""
        return iter(self._all())

    def __eq__(self, other: object) -> bool:
        """Whether the fields are the same as those of another sequence."""
        if not isinstance(other, LazyFields | tuple):
            return NotImplemented
        return self._all() == tuple(other)

    def __hash__(self) -> int:
        """The hash of the fields as a tuple."""
        return hash(self._all())

    def __reduce__(self) -> tuple[type[tuple[Field, ...]], tuple[tuple[Field, ...]]]:
        """A copy, or what another process gets, is a tuple."""
        return tuple, (self._all(),)

    @overload
    def __getitem__(self, index: int) -> Field: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Field]: ...
    def __getitem__(self, index: int | slice) -> Field | Sequence[Field]:
        """The field at an index, or the fields of a slice."""
        return self._all()[index]

    def _all(self) -> tuple[Field, ...]:
        """Return all fields, made once."""
        if self._made is None:
            seen: set[str] = set()
            made = []
            for raw in self._raw:
                made.append(self._field(raw, ignored=raw.name in seen))
                seen.add(raw.name)
            self._made = tuple(made)
        return self._made

    def _field(self, raw: RawField, *, ignored: bool) -> Field:
        """Return a field; ``ignored`` is true if an earlier field has the same name.

        The value of an ignored field is its text as written, without macros replaced.
        """
        whole = Span(raw.value_start, raw.value_end)
        first = raw.pieces[0]
        delimited = len(raw.pieces) == 1 and first.kind in _DELIMITED
        content = Span(first.start, first.end) if delimited else whole
        value = self._text[content.start : content.end] if ignored else self._values[raw.name]
        return Field(raw.name, value, Span(raw.start, raw.value_end), whole, content, ignored)
