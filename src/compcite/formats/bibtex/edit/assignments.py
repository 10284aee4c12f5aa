"""Set and remove fields of an entry to the values that a user typed, in the style of its file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compcite.errors import EditError
from compcite.formats.bibtex.edit import field_edits as make
from compcite.formats.bibtex.edit.proof import verify_edits
from compcite.formats.bibtex.read.reader import read_bibtex
from compcite.formats.bibtex.scan.blocks import BlockKind, PieceKind
from compcite.formats.bibtex.scan.syntax import blocks_of
from compcite.formats.bibtex.tables.macros import PREDEFINED
from compcite.formats.rewriting import Rewritten
from compcite.model.edits import apply_edits
from compcite.model.report import Edit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from compcite.model.library import Entry
    from compcite.model.source import SourceFile

__all__ = ["assign_fields", "replace_text"]


def assign_fields(entry: Entry, values: Mapping[str, str | None]) -> Rewritten:
    """The edits that give fields of an entry these values; None removes a field.

    Values are LaTeX as they are to stand between the delimiters. The name of a macro is written as
    one where the file writes this field so: ``month=mar``, or ``journal=jasa`` beside
    ``@string{jasa = …}``. Raises EditError where a value or name is no BibTeX, or where the entry
    has no such field to remove.
    """
    source = entry.source
    if source is None:
        raise EditError("an entry without a source has no text to edit")
    macros = _macros_by_field(source)
    start, end = entry.span
    text = source.text[start:end]
    # One after the other, since a field may be removed beside one that is added.
    for name, value in values.items():
        edit = _edit(source.with_text(text), name.lower(), value, macros.get(name.lower(), set()))
        text = apply_edits(text, [edit])
    fields = tuple(sorted(name.lower() for name in values))
    edits = (Edit(start, end, text),)
    verify_edits(source, edits, {(start, name) for name in fields})
    return Rewritten(edits, fields)


def replace_text(entry: Entry, text: str) -> Rewritten:
    """The edit that replaces the text of an entry by ``text``, which a user has edited.

    ``Rewritten.fields`` are all fields of the new text. Raises EditError where the new text is not
    exactly one entry with the same key, or where it would change how the rest of the file is read.
    """
    source = entry.source
    if source is None:
        raise EditError("an entry without a source has no text to edit")
    whole = [block for block in blocks_of(text) if text[block.start : block.end].strip()]
    for block in whole:
        if block.kind is BlockKind.BROKEN:
            place = source.with_text(text).position(block.notes[-1].start)
            raise EditError(f"line {place.line}: {block.notes[-1].message}")
    entries = [block for block in whole if block.kind is BlockKind.ENTRY]
    if len(entries) != 1 or len(whole) != 1:
        raise EditError(
            f"the text holds {len(entries)} entries"
            + (" and other text" if len(entries) < len(whole) else "")
            + ", and one was given to edit"
        )
    if entries[0].key != entry.key:
        raise EditError(
            f"the key has changed to {entries[0].key}; change it by "
            f"`compcite rename {entry.key} {entries[0].key}`, which finds its citations, too"
        )
    edit = Edit(*entry.span, text)
    _verify_neighbours(source, edit)
    return Rewritten((edit,), tuple(sorted({field.name for field in entries[0].fields})))


def _edit(source: SourceFile, name: str, value: str | None, macros: set[str]) -> Edit:
    """The edit that sets, adds or removes one field of the only entry of a source.

    None removes the field. A value that is one of ``macros`` is written without delimiters.
    """
    entry = read_bibtex(source)[0][0]
    if value is None:
        return make.remove_field(source, entry, name)
    if value.lower() in macros:
        field = entry.field(name)
        if field is None:
            return make.add_expression(source, entry, name, value)
        return Edit(*field.value_span, value)
    if entry.field(name) is None:
        return make.add_field(source, entry, name, value)
    return make.set_field(source, entry, name, value)


def _macros_by_field(source: SourceFile) -> dict[str, set[str]]:
    """The macros that may be written in a field, for ``month`` and each field that holds macros.

    The macros of months may be written in ``month`` only.
    """
    blocks = blocks_of(source.text)
    known = set(PREDEFINED)
    used = {"month"}
    for block in blocks:
        if block.kind is BlockKind.STRING:
            known |= {field.name for field in block.fields}
        elif block.kind is BlockKind.ENTRY:
            used |= {
                field.name
                for field in block.fields
                if any(piece.kind is PieceKind.MACRO for piece in field.pieces)
            }
    months = set(PREDEFINED)
    return {name: known if name == "month" else known - months for name in used}


def _verify_neighbours(source: SourceFile, edit: Edit) -> None:
    """Raise EditError where the edit of a whole entry changes how other text is read."""
    after = apply_edits(source.text, [edit])
    moved = len(edit.text) - (edit.end - edit.start)
    before = [
        (block.kind, block.start + moved * (block.start >= edit.end))
        for block in blocks_of(source.text)
    ]
    if [(block.kind, block.start) for block in blocks_of(after)] != before:
        raise EditError(f"{source.name}: with this entry, text around it would be read otherwise")
