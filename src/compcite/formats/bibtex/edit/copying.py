"""Copy an entry from one BibTeX file to another: its values as they are written.

Macros of the other file are replaced by their values, unless this file defines them alike. Keys of
other entries that get a new name are replaced in the fields that refer to them, and in citations
in values.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from compcite.formats.bibtex.edit import file_style
from compcite.formats.bibtex.edit.references import LISTED_KEY
from compcite.formats.bibtex.read.inheritance import OTHER_NAMES
from compcite.formats.bibtex.scan.blocks import BlockKind, PieceKind
from compcite.formats.bibtex.scan.syntax import blocks_of
from compcite.formats.bibtex.tables.field_roles import REFERRING
from compcite.formats.bibtex.tables.macros import MONTHS
from compcite.formats.citing.latex import latex_citations
from compcite.model.edits import apply_edits
from compcite.model.report import Edit
from compcite.text.compare.words import squeeze

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from compcite.formats.bibtex.scan.blocks import Block, RawField
    from compcite.model.library import Entry
    from compcite.model.source import SourceFile

__all__ = ["as_written", "copied_fields", "copied_text", "is_plain", "with_new_keys"]


def is_plain(entry: Entry) -> bool:
    """Whether an entry consists of nothing but fields, each once: no comment, no missing comma."""
    return not _block_of(entry).notes and not any(field.ignored for field in entry.fields)


def copied_text(entry: Entry, to: SourceFile, names: Mapping[str, str]) -> str:
    """The text of an entry of another file under its new key, ``entry.key``.

    ``to`` is the file into which it is copied. ``names`` gives the new keys of other entries by
    their old ones in lower case.
    """
    text = entry.source.text if entry.source else ""
    edits = [Edit(*entry.key_span, entry.key)]
    for raw, field in zip(_block_of(entry).fields, entry.fields, strict=True):
        written = _expression(text, raw, field.value, to, names)
        edits.append(Edit(raw.value_start, raw.value_end, written or f"{{{field.value}}}"))
    start, end = entry.span
    moved = [Edit(edit.start - start, edit.end - start, edit.text) for edit in edits]
    return apply_edits(text[start:end], moved)


def copied_fields(
    entry: Entry, to: SourceFile, model: Entry, names: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """The names and the values of an entry's fields, with the delimiters that ``model`` has.

    A value with macros that ``to`` defines alike, or with ``#``, keeps its form. Other macros are
    replaced by their values. ``names`` gives the new keys of other entries by their old ones in
    lower case.
    """
    text = entry.source.text if entry.source else ""
    for raw, field in zip(_block_of(entry).fields, entry.fields, strict=True):
        written = _expression(text, raw, field.value, to, names)
        if written is None or (len(raw.pieces) == 1 and raw.pieces[0].kind in _DELIMITED):
            value = with_new_keys(field.name, field.value, names)
            yield field.name, file_style.with_delimiters(to, model, value)
        else:
            yield field.name, written


def as_written(entry: Entry, name: str, value: str) -> str:
    """The value as the entry itself writes it, if its field has the same letters; else ``value``.

    So braces and commands of the entry stay, such as those around names in a title.
    """
    for own in (name, OTHER_NAMES.get(name, name)):
        field = entry.field(own) if entry.format == "bibtex" else None
        if field is not None and squeeze(field.value) == squeeze(value):
            return field.value
    return value


def with_new_keys(name: str, value: str, names: Mapping[str, str]) -> str:
    r"""The value of the field ``name`` in which keys of other entries are replaced by new ones.

    They stand in fields such as ``crossref``, and behind ``\cite`` in any other field. ``names``
    has the new keys by the old ones in lower case.
    """
    if not names:
        return value
    if name in REFERRING:
        return LISTED_KEY.sub(lambda key: names.get(key[0].lower(), key[0]), value)
    if "\\" not in value:
        return value
    cited = [one for one in latex_citations(value) if one.key.lower() in names]
    return apply_edits(value, [Edit(one.start, one.end, names[one.key.lower()]) for one in cited])


_DELIMITED = (PieceKind.BRACED, PieceKind.QUOTED)


def _expression(
    text: str, raw: RawField, value: str, to: SourceFile, names: Mapping[str, str]
) -> str | None:
    """A value with its delimiters and macros, as it can stand in the file ``to``.

    Keys are replaced; a value in which one is replaced stands in braces, without macros. None where
    it has a macro that the other file does not define alike. Names of months are macros in every
    file.
    """
    here, there = _definitions(text), _definitions(to.text)
    for piece in raw.pieces:
        macro = text[piece.start : piece.end].lower() if piece.kind is PieceKind.MACRO else ""
        if macro and not (
            macro in here and here[macro] == there.get(macro)
            if macro in here or macro in there
            else macro in MONTHS
        ):
            return None
    renamed = with_new_keys(raw.name, value, names)
    return f"{{{renamed}}}" if renamed != value else text[raw.value_start : raw.value_end]


def _block_of(entry: Entry) -> Block:
    """The block of an entry in its text."""
    text = entry.source.text if entry.source else ""
    return _blocks_by_start(text)[entry.span.start]


@lru_cache(maxsize=4)
def _blocks_by_start(text: str) -> dict[int, Block]:
    """The blocks of a text by their starts."""
    return {block.start: block for block in blocks_of(text)}


@lru_cache(maxsize=4)
def _definitions(text: str) -> dict[str, str]:
    """The macros that a text defines, with their values as written.

    A macro that is defined twice, or by other macros, has no value that can be compared. It gets a
    value that is made of its place, which no macro of another text has.
    """
    found: dict[str, str] = {}
    for block in blocks_of(text):
        for raw in block.fields if block.kind is BlockKind.STRING else ():
            piece = raw.pieces[0]
            simple = len(raw.pieces) == 1 and piece.kind is not PieceKind.MACRO
            usual = simple and raw.name not in found
            found[raw.name] = text[piece.start : piece.end] if usual else f"@{id(text)}:{raw.start}"
    return found
