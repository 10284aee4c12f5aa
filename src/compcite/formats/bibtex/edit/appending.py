"""Append a new entry to a file, in the style of its last entry."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from compcite.errors import EditError
from compcite.formats.bibtex.edit import file_style
from compcite.formats.bibtex.edit.rewriting import dialect_of, encodable
from compcite.formats.bibtex.read.reader import read_bibtex
from compcite.formats.bibtex.tables.macros import MONTHS
from compcite.formats.bibtex.write.item_to_fields import to_fields
from compcite.formats.bibtex.write.writer import write_biblatex, write_bibtex
from compcite.text.compare.words import squeeze
from compcite.values.biblatex import is_for_biblatex

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compcite.formats.bibtex.write.item_to_fields import EntryFields
    from compcite.model.library import Entry
    from compcite.model.source import SourceFile

__all__ = ["append_entry"]

_LINE_END = re.compile(r"\r\n|\n|\r")
_HEAD = re.compile(r"@(\s*)(\w+)(\s*)([{(])(\s*)")
_TAIL = re.compile(r"\s*,?\s*[})]\Z")
_BLANKS = " \t\r\n"
_FEW = 2  # an entry with fewer fields does not show how fields are separated


def append_entry(source: SourceFile, new: Entry) -> str:
    """The text of a source with the entry ``new`` behind its last entry.

    The last entry with at least two fields is the model for indentation, alignment, delimiters, the
    case of names, the trailing comma, blank lines between entries and line ends. The whole file
    decides between BibTeX and biblatex, and between LaTeX commands and Unicode letters. Raises
    EditError where the entries before would be read in another way, or the new one not at all.
    """
    entries, problems = read_bibtex(source)
    body = source.text.rstrip(_BLANKS)
    if any(one.rule == "entry-unparsed" and one.span.end >= len(body) for one in problems):
        raise EditError(f"{source.name}: its last entry does not end, so another would not be read")
    models = [entry for entry in entries if len(entry.fields) >= _FEW]
    text = source.text
    line_end = found[0] if (found := _LINE_END.search(text)) else "\n"
    if models:
        model = models[-1]
        dialect = dialect_of(text, model)
        made = to_fields(new.item, dialect)
        if not encodable(made.fields.values(), source.encoding):
            made = to_fields(new.item, dialect._replace(ascii_only=True))
        written = _in_style_of(source, model, made, new.key)
    else:
        write = write_biblatex if any(map(is_for_biblatex, entries)) else write_bibtex
        written = write([new]).text.strip().replace("\n", line_end)
    tail = text[len(body) :]
    gap = _gap(source, entries, line_end) if body else ""
    after = body + gap + written + (tail if _LINE_END.search(tail) else line_end)
    _prove(source, entries, after, new)
    return after


def _in_style_of(source: SourceFile, model: Entry, made: EntryFields, key: str) -> str:
    """The text of an entry with these fields and this key, laid out like the model."""
    text = source.text[model.span.start : model.span.end]
    head, tail = _HEAD.match(text), _TAIL.search(text)
    at, word, behind, opening, lead = head.groups() if head else ("", "a", "", "{", "")
    kind = file_style.type_case(word, made.type)
    between = file_style.separator(source, model)
    fields = [_field(source, model, name, value) for name, value in made.fields.items()]
    end = tail[0] if tail else "\n}"
    return (
        f"@{at}{kind}{behind}{opening}{lead}{key}"
        + "".join(between + one for one in fields)
        + end[:-1]
        + ("}" if opening == "{" else ")")
    )


def _field(source: SourceFile, model: Entry, name: str, value: str) -> str:
    """The text of a field, laid out like those of the model; a month as the file writes months."""
    if name == "month" and value in MONTHS:
        cased = file_style.name_case(source, model)(name)
        month = file_style.month_expression(source, MONTHS.index(value) + 1)
        return cased + file_style.assignment(source, model, cased) + month
    return file_style.whole_field(source, model, name, value)


def _gap(source: SourceFile, entries: Sequence[Entry], line_end: str) -> str:
    """The text between two entries: as between the last two, else a blank line."""
    if len(entries) > 1:
        between = source.text[entries[-2].span.end : entries[-1].span.start]
        if between.isspace() and _LINE_END.search(between):
            return between
    return 2 * line_end


def _prove(source: SourceFile, entries: Sequence[Entry], after: str, new: Entry) -> None:
    """Read the file again; raise EditError unless it holds the old entries and the new one."""
    now, _ = read_bibtex(source.with_text(after))
    same = [(one.key, one.span, one.item) for one in now[:-1]]
    if (
        not after.startswith(source.text.rstrip(_BLANKS))
        or same != [(one.key, one.span, one.item) for one in entries]
        or now[-1].key != new.key
        or squeeze(now[-1].item.text.get("title", "")) != squeeze(new.item.text.get("title", ""))
    ):
        raise EditError(
            f"{source.name}: an entry at its end would not be read; compcite check says what is "
            "wrong with the file"
        )
