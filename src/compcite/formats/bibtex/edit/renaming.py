"""Rename keys in a .bib file: of entries, in fields that name entries, in citations in values."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING

from compcite.errors import EditError
from compcite.formats.bibtex.edit import file_style
from compcite.formats.bibtex.edit.references import LISTED_KEY, aliases, macro_citations, references
from compcite.formats.bibtex.scan.blocks import BlockKind
from compcite.formats.bibtex.scan.syntax import blocks_of
from compcite.model.edits import apply_edits
from compcite.model.report import Edit
from compcite.model.source import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from compcite.formats.bibtex.edit.references import Reference
    from compcite.formats.bibtex.scan.blocks import Block
    from compcite.model.library import Entry
    from compcite.model.source import SourceFile

__all__ = ["key_places", "named_keys", "rename_bibtex", "text_beside_entries"]


def named_keys(entry: Entry) -> list[str]:
    """The keys of other entries that an entry names, in the order of its text."""
    return [one.key for one in references(entry)]


def key_places(entry: Entry) -> list[tuple[str, Span]]:
    """Each key in an entry with its place: its own, its aliases, those of other entries.

    Left out are keys that a macro or ``#`` makes, since they stand nowhere as a whole.
    """
    found = [(one.key, one.span) for one in (*aliases(entry), *references(entry)) if not one.value]
    return [(entry.key, entry.key_span), *found]


def rename_bibtex(
    source: SourceFile, entries: Sequence[Entry], new: Callable[[str], str]
) -> list[Edit]:
    """The edits that give each key in a file its new name.

    ``entries`` are all entries of the file. ``new`` returns the new name of a key, or the key
    itself if it stays. If a key to rename comes from a macro, or from parts joined by ``#``, the
    text of the whole value replaces them: ``crossref = base # "01"`` becomes ``crossref = {new}``.
    Raises EditError where another part of the file would be read differently afterwards.
    """
    edits: dict[int, Edit] = {}
    for entry in entries:
        if new(entry.key) != entry.key:
            edits[entry.key_span.start] = Edit(*entry.key_span, new(entry.key))
        for one in (*aliases(entry), *references(entry)):
            if new(one.key) != one.key:
                edits[one.span.start] = _edit(source, entry, one, new)
    for one in macro_citations(source):
        if new(one.key) != one.key:
            edits[one.span.start] = Edit(*one.span, new(one.key))
    ordered = [edits[start] for start in sorted(edits)]
    _prove(source, ordered)
    return ordered


def text_beside_entries(source: SourceFile) -> list[Span]:
    """The parts of a .bib file that are no entries: other text, comments, macros, unread blocks."""
    blocks = blocks_of(source.text)
    return [Span(one.start, one.end) for one in blocks if one.kind is not BlockKind.ENTRY]


def _edit(
    source: SourceFile, entry: Entry, reference: Reference, new: Callable[[str], str]
) -> Edit:
    """The edit of one key in a field; of the whole value if a macro or ``#`` makes the value."""
    if not reference.value:
        return Edit(*reference.span, new(reference.key))
    value = LISTED_KEY.sub(lambda key: new(key[0]), reference.value)
    return Edit(*reference.span, file_style.delimited(value, file_style.delimiter(source, entry)))


def _prove(source: SourceFile, edits: Sequence[Edit]) -> None:
    """Read the edited text; raise EditError if it has other blocks or fields than before.

    A block or field that the edits have only moved counts as the same.
    """
    ends = [edit.end for edit in edits]
    growth = [0, *accumulate(len(edit.text) - (edit.end - edit.start) for edit in edits)]

    def moved(place: int) -> int:
        return place + growth[bisect_right(ends, place)]

    before, after = blocks_of(source.text), blocks_of(apply_edits(source.text, edits))
    for one, other in zip(before, after, strict=False):
        expected = [moved(place) for place in _places(one)]
        if (one.kind, one.type, expected) != (other.kind, other.type, list(_places(other))):
            line = source.position(one.start).line
            raise EditError(f"{source.name}:{line}: with the new key this would be read otherwise")
    if len(before) != len(after):
        raise EditError(f"{source.name}: with the new key the file would be read otherwise")


def _places(block: Block) -> Iterator[int]:
    """The places of a block, of its key, and of its fields with their values."""
    yield from (block.start, block.end, block.key_start)
    for field in block.fields:
        yield from (field.start, field.value_start, field.value_end)
