"""BibTeX and biblatex sources as entries: macros, joined values, inheritance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compcite.formats.bibtex.inheritance import inherited
from compcite.formats.bibtex.macros import PREDEFINED
from compcite.formats.bibtex.mapping import to_item
from compcite.formats.bibtex.syntax import Kind, PieceKind, scan
from compcite.model.library import Entry, Field, Problem
from compcite.model.source import Span

if TYPE_CHECKING:
    from compcite.formats.bibtex.syntax import Block, RawField
    from compcite.model.source import SourceFile

__all__ = ["read_bibtex"]

_DELIMITED = (PieceKind.BRACED, PieceKind.QUOTED)


def read_bibtex(source: SourceFile) -> tuple[list[Entry], list[Problem]]:
    """The entries of a source in order, and what was wrong with it."""
    reading = _Reading(source)
    for block in scan(source.text):
        reading.take(block)
    return reading.entries(), reading.problems


class _Reading:
    """One pass over the blocks of a source; macros count from where they are defined."""

    def __init__(self, source: SourceFile) -> None:
        self._source = source
        self._text = source.text
        self._macros = dict(PREDEFINED)
        self._read: list[tuple[Block, tuple[Field, ...], dict[str, str]]] = []
        self.problems: list[Problem] = []
        if source.encoding_guessed:
            message = "the file is not UTF-8 and names no encoding; read as Windows-1252"
            self.problems.append(Problem("encoding-guessed", message, source, Span(0, 0)))

    def take(self, block: Block) -> None:
        """Read one block."""
        for note in block.notes:
            span = Span(note.start, note.end)
            if block.kind is Kind.BROKEN:
                place = self._source.position(note.start)
                message = f"{note.message} (line {place.line}, column {place.column})"
                self._problem(note.rule, message, Span(block.start, block.end), block.key)
            else:
                self._problem(note.rule, note.message, span, block.key)
        if block.kind is Kind.STRING:
            for raw in block.fields:
                self._macros[raw.name] = self._value(raw, block.key)
        elif block.kind is Kind.ENTRY:
            self._take_entry(block)

    def entries(self) -> list[Entry]:
        """All entries read, with their items."""
        by_key: dict[str, tuple[str, dict[str, str]]] = {}
        for block, _, values in self._read:
            by_key.setdefault(block.key.lower(), (block.type, values))
        return [
            Entry(
                key=block.key,
                item=to_item(block.type, inherited(block.type, values, by_key), block.key),
                type=block.type,
                fields=fields,
                source=self._source,
                span=Span(block.start, block.end),
                key_span=Span(block.key_start, block.key_start + len(block.key)),
            )
            for block, fields, values in self._read
        ]

    def _take_entry(self, block: Block) -> None:
        fields, values = [], {}
        for raw in block.fields:
            value = self._value(raw, block.key)
            ignored = raw.name in values
            if ignored:
                message = f"the field {raw.name} stands twice; the first one counts"
                span = Span(raw.start, raw.value_end)
                self._problem("field-duplicated", message, span, block.key)
            else:
                values[raw.name] = value
            fields.append(self._field(raw, value, ignored=ignored))
        self._read.append((block, tuple(fields), values))

    def _field(self, raw: RawField, value: str, *, ignored: bool) -> Field:
        whole = Span(raw.value_start, raw.value_end)
        first = raw.pieces[0]
        delimited = len(raw.pieces) == 1 and first.kind in _DELIMITED
        content = Span(first.start, first.end) if delimited else whole
        return Field(raw.name, value, Span(raw.start, raw.value_end), whole, content, ignored)

    def _value(self, raw: RawField, key: str) -> str:
        """The value of a field: its pieces joined, macros replaced by what they stand for."""
        if len(raw.pieces) == 1 and raw.pieces[0].kind is not PieceKind.MACRO:
            return self._text[raw.pieces[0].start : raw.pieces[0].end]
        parts = []
        for piece in raw.pieces:
            part = self._text[piece.start : piece.end]
            if piece.kind is PieceKind.MACRO:
                part = self._macro(part, Span(piece.start, piece.end), key)
            parts.append(part)
        return "".join(parts)

    def _macro(self, name: str, span: Span, key: str) -> str:
        value = self._macros.get(name.lower())
        if value is None:
            message = f"no @string defines {name}; its name stands for it"
            self._problem("string-undefined", message, span, key)
            return name
        return value

    def _problem(self, rule: str, message: str, span: Span, key: str) -> None:
        self.problems.append(Problem(rule, message, self._source, span, key or None))
