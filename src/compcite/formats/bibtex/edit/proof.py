"""Prove that edits change only the fields they name, by comparing both texts field by field."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from compcite.errors import EditError
from compcite.formats.bibtex.scan.blocks import HEAD, BlockKind
from compcite.formats.bibtex.scan.syntax import blocks_of
from compcite.model.edits import apply_edits

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from compcite.formats.bibtex.scan.blocks import Block
    from compcite.model.report import Edit
    from compcite.model.source import SourceFile

__all__ = ["ENTRY_TYPE", "changed_fields", "verify_edits"]

ENTRY_TYPE = "entry type"
"""The name under which a changed entry type stands among changed fields; no field can have it."""


def verify_edits(
    source: SourceFile, edits: Sequence[Edit], fields: Collection[tuple[int, str]]
) -> str:
    """The text after the edits, which may change only these ``fields``.

    A field is (start of its entry, name). Raises EditError if anything else would change.
    """
    after = apply_edits(source.text, edits)
    for start, name in sorted(changed_fields(source, after) - set(fields)):
        line = source.position(start).line
        raise EditError(f"{source.name}:{line}: an edit would also change the field {name}")
    return after


def changed_fields(
    source: SourceFile, after: str, gone: Collection[int] = ()
) -> set[tuple[int, str]]:
    """The fields in which the text ``after`` differs from a source: (start of the entry, name).

    Where the entry type differs, the name is :data:`ENTRY_TYPE`. ``gone`` are the starts of entries
    that must be missing from it. Raises EditError where anything else differs: the number of
    entries, a key, a comment, or text between entries (of which only white space may change where
    entries are gone).
    """
    before = source.text
    blocks: Sequence[Block] = blocks_of(before)
    others: Sequence[Block] = blocks_of(after)
    if gone:
        blocks = [block for block in blocks if block.start not in gone]
        if _between(blocks, before) != _between(others, after):
            raise EditError(f"{source.name}: an edit would change the text between entries")
        blocks, others = (
            [b for b in bs if b.kind is not BlockKind.JUNK] for bs in (blocks, others)
        )
    if len(blocks) != len(others):
        raise EditError(f"{source.name}: an edit would change the number of entries")
    changed = set()
    for block, other in zip(blocks, others, strict=True):
        if before[block.start : block.end] == after[other.start : other.end]:
            continue
        if _frame(block, before) != _frame(other, after) or _commas_missing(
            block
        ) < _commas_missing(other):
            line = source.position(block.start).line
            raise EditError(f"{source.name}:{line}: an edit would change more than a field here")
        if _type_of(block, before) != _type_of(other, after):
            changed.add((block.start, ENTRY_TYPE))
        written, rewritten = _values(block, before), _values(other, after)
        changed |= {
            (block.start, name)
            for name in written.keys() | rewritten.keys()
            if written.get(name) != rewritten.get(name)
        }
    return changed


def _between(blocks: Sequence[Block], text: str) -> list[str]:
    """The words of the text between entries."""
    junk = (text[block.start : block.end] for block in blocks if block.kind is BlockKind.JUNK)
    return [word for part in junk for word in part.split()]


def _frame(block: Block, text: str) -> tuple[object, ...]:
    """All parts of an entry but its type and its fields, to compare two versions of it.

    These are its key, its comments and the signs at its beginning. Of any other block it is the
    whole text.
    """
    if block.kind is not BlockKind.ENTRY:
        return (block.kind, text[block.start : block.end])
    comments = [text[n.start : n.end] for n in block.notes if n.rule == "comment-in-entry"]
    opening = text[block.start : block.key_start].rstrip()
    around_type = opening.replace(_type_of(block, text), "", 1)
    return (block.kind, block.key, comments, around_type)


def _type_of(block: Block, text: str) -> str:
    """The type of an entry as it is written; empty for any other block."""
    head = HEAD.match(text, block.start)
    return head[1] if head else ""


def _commas_missing(block: Block) -> int:
    """The number of commas that the entry lacks between its fields."""
    return sum(note.rule == "comma-missing" for note in block.notes)


def _values(block: Block, text: str) -> dict[str, list[str]]:
    """The values of an entry's fields as written, by name; a repeated field has several."""
    values = defaultdict(list)
    for field in block.fields:
        values[field.name].append(text[field.value_start : field.value_end])
    return dict(values)
