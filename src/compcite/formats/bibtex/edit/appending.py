"""Append new entries to a file, in the style of its last entry."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from compcite.errors import EditError
from compcite.formats.bibtex.edit import file_style
from compcite.formats.bibtex.edit.copying import (
    as_written,
    copied_fields,
    copied_text,
    is_plain,
    with_new_keys,
)
from compcite.formats.bibtex.edit.rewriting import dialect_of, encodable
from compcite.formats.bibtex.read.reader import read_bibtex
from compcite.formats.bibtex.tables.macros import MONTHS
from compcite.formats.bibtex.write.writer import (
    fields_anew,
    speaks_biblatex,
    write_biblatex,
    write_bibtex,
)
from compcite.model.source import SourceFile
from compcite.text.compare.words import squeeze
from compcite.text.markup import without_tags
from compcite.values.biblatex import is_for_biblatex

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from compcite.model.library import Entry

__all__ = ["append_entries", "append_entry"]

_LINE_END = re.compile(r"\r\n|\n|\r")
_HEAD = re.compile(r"@(\s*)(\w+)(\s*)([{(])(\s*)")
_TAIL = re.compile(r"(?<!\s)\s*+(?:,\s*+)?[})]\Z")
_BLANKS = " \t\r\n"
_FEW = 2  # an entry with fewer fields does not show how fields are separated


def append_entry(source: SourceFile, new: Entry) -> str:
    """The text of a source with the entry ``new`` behind its last entry: :func:`append_entries`."""
    return append_entries(source, [new])


def append_entries(
    source: SourceFile, new: Sequence[Entry], names: Mapping[str, Mapping[str, str]] | None = None
) -> str:
    """The text of a source with new entries behind its last entry.

    The last entry with at least two fields is the model for indentation, alignment, delimiters, the
    case of names, the trailing comma, blank lines between entries and line ends. The whole file
    decides between BibTeX and biblatex, and between LaTeX commands and Unicode letters.

    Fields of an entry that was read from another BibTeX file keep their values as written.
    ``names`` has for the name of its source the new keys by the old ones in lower case. An entry
    that was written for biblatex is written anew if this file is for BibTeX. Raises EditError where
    the entries that were there would be read in another way, or where a new one could not be read.
    """
    entries, problems = read_bibtex(source)
    body = source.text.rstrip(_BLANKS)
    if any(one.rule == "entry-unparsed" and one.span.end >= len(body) for one in problems):
        raise EditError(f"{source.name}: its last entry does not end, so another would not be read")
    text = source.text
    line_end = found[0] if (found := _LINE_END.search(text)) else "\n"
    manner = _Manner(source, entries, line_end, names or {})
    written = [manner.text_of(entry) for entry in new]
    tail = text[len(body) :]
    gap = _gap(source, entries, line_end)
    after = body + (gap if body else "") + gap.join(written)
    after += tail if _LINE_END.search(tail) else line_end
    _prove(source, entries, after, new)
    return after


class _Manner:
    """How new entries of a file are written: as its last one, if that shows how."""

    def __init__(
        self,
        source: SourceFile,
        entries: Sequence[Entry],
        line_end: str,
        names: Mapping[str, Mapping[str, str]],
    ) -> None:
        """Take the last entry with enough fields as the model."""
        self._source = source
        self._line_end = line_end
        self._names = names
        self._biblatex = any(map(is_for_biblatex, entries))
        models = [entry for entry in entries if len(entry.fields) >= _FEW]
        self._model = models[-1] if models else None

    def text_of(self, entry: Entry) -> str:
        """The text of a new entry.

        An entry of a BibTeX file keeps its values as they are written there. It is made from its
        item if this file's encoding lacks a character of it, or if it is written for biblatex and
        this file is not (but not if its title would change by that). Entries of other formats are
        always made from their items.
        """
        if entry.source is None or entry.format != "bibtex":
            return self._anew(entry)
        if self._model is not None and not self._biblatex and speaks_biblatex(entry):
            made = self._anew(entry)
            if _title(_read_alone(made)) == _title(entry):
                return made
        text = self._copied(entry)
        return text if encodable([text], self._source.encoding) else self._anew(entry)

    def _copied(self, entry: Entry) -> str:
        """The text of an entry of another BibTeX file, with its values as written there.

        It is laid out like the model. Without a model, or with a comment or a repeated field in the
        entry, it keeps its own layout.
        """
        if self._model is None or not is_plain(entry):
            text = copied_text(entry, self._source, self._names_in(entry))
            return _LINE_END.sub("\n", text).replace("\n", self._line_end)
        fields = copied_fields(entry, self._source, self._model, self._names_in(entry))
        named = [(name, _LINE_END.sub(self._line_end, value)) for name, value in fields]
        return _laid_out(self._source, self._model, entry.type, entry.key, named)

    def _names_in(self, entry: Entry) -> Mapping[str, str]:
        """The new keys, by the old ones in lower case, in the source of an entry."""
        return self._names.get(entry.source.name, {}) if entry.source else {}

    def _anew(self, entry: Entry) -> str:
        """The text of an entry, made from its item and laid out like the model, if there is one.

        Where the encoding of the file lacks a character, LaTeX commands are written.
        """
        source, model = self._source, self._model
        if model is None:
            write = write_biblatex if self._biblatex else write_bibtex
            return write([entry]).text.strip().replace("\n", self._line_end)
        dialect = dialect_of(source.text, model)
        made = fields_anew(entry, dialect)
        if not encodable(made.fields.values(), source.encoding):
            made = fields_anew(entry, dialect._replace(ascii_only=True))
        names = self._names_in(entry)
        written = {name: as_written(entry, name, value) for name, value in made.fields.items()}
        fields = [
            (name, _value(source, model, name, with_new_keys(name, value, names)))
            for name, value in written.items()
        ]
        return _laid_out(source, model, made.type, entry.key, fields)


def _read_alone(text: str) -> Entry | None:
    """The first entry that is read from a text; None where there is none."""
    entries, _ = read_bibtex(SourceFile("", text))
    return entries[0] if entries else None


def _laid_out(
    source: SourceFile, model: Entry, entry_type: str, key: str, fields: Sequence[tuple[str, str]]
) -> str:
    """The text of an entry with these fields and values, laid out like the entry ``model``."""
    text = source.text[model.span.start : model.span.end]
    head, tail = _HEAD.match(text), _TAIL.search(text)
    at, word, behind, opening, lead = head.groups() if head else ("", "a", "", "{", "")
    between = file_style.separator(source, model)
    named = []
    for name, value in fields:
        cased = file_style.name_case(source, model)(name)
        named.append(cased + file_style.assignment(source, model, cased) + value)
    end = tail[0] if tail else "\n}"
    return (
        f"@{at}{file_style.type_case(word, entry_type)}{behind}{opening}{lead}{key}"
        + "".join(between + one for one in named)
        + end[:-1]
        + ("}" if opening == "{" else ")")
    )


def _value(source: SourceFile, model: Entry, name: str, value: str) -> str:
    """A value with delimiters like those of the model; a month as the file writes months."""
    if name == "month" and value in MONTHS:
        return file_style.month_expression(source, MONTHS.index(value) + 1)
    return file_style.with_delimiters(source, model, value)


def _gap(source: SourceFile, entries: Sequence[Entry], line_end: str) -> str:
    """The text to put between two entries: as between the last two, else a blank line.

    Text between the last two that is more than white space with a line end is not copied.
    """
    if len(entries) > 1:
        between = source.text[entries[-2].span.end : entries[-1].span.start]
        if between.isspace() and _LINE_END.search(between):
            return between
    return 2 * line_end


def _prove(source: SourceFile, entries: Sequence[Entry], after: str, new: Sequence[Entry]) -> None:
    """Read the file again; raise EditError unless it holds the old entries and the new ones.

    The old ones must be equal, and the new ones have their keys and titles.
    """
    now, _ = read_bibtex(source.with_text(after))
    same = [(one.key, one.span, one.item) for one in now[: len(entries)]]
    added = [(one.key, _title(one)) for one in now[len(entries) :]]
    if (
        not after.startswith(source.text.rstrip(_BLANKS))
        or same != [(one.key, one.span, one.item) for one in entries]
        or added != [(one.key, _title(one)) for one in new]
    ):
        raise EditError(
            f"{source.name}: an entry at its end would not be read; compcite check says what is "
            "wrong with the file"
        )


def _title(entry: Entry | None) -> str:
    """The letters of an entry's title; none without an entry."""
    return squeeze(without_tags(entry.item.text.get("title", ""))) if entry else ""
