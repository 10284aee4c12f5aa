"""Lay out a .bib source anew: the verb behind ``compcite tidy``."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from compcite.formats.bibtex.layout.anatomy import anatomy_of
from compcite.formats.bibtex.layout.proof import prove_entries, prove_units
from compcite.formats.bibtex.layout.sheet import sheet_of
from compcite.formats.bibtex.layout.sorting import sorted_units
from compcite.formats.bibtex.layout.writing import written_sheet
from compcite.formats.bibtex.read.reader import read_bibtex
from compcite.formats.bibtex.scan.syntax import blocks_of
from compcite.query import sort_entries
from compcite.verbs.load import without_collection

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compcite.formats.bibtex.layout.choices import Layout
    from compcite.formats.bibtex.layout.sheet import Sheet
    from compcite.model.library import Entry
    from compcite.model.source import SourceFile

__all__ = ["kept_blocks", "tidy_source"]

_SPECIAL = "special"
_SHARED = frozenset({"set", "xdata"})  # types of entries that stand for others or lend to them


def tidy_source(source: SourceFile, layout: Layout) -> SourceFile:
    """The source laid out anew; the same one where it is laid out like that already.

    Entries, fields, values, macros and comments stay what BibTeX and biber read: raises EditError
    where the new text, read again, says anything else.
    """
    with without_collection():
        return _tidied(source, layout)


def _tidied(source: SourceFile, layout: Layout) -> SourceFile:
    """The source laid out anew and, if the layout wants it, with its entries sorted.

    Raises EditError unless it is read as before.
    """
    sheet = sheet_of(source.text, blocks_of(source.text))
    if not sheet.units:
        return source
    if not layout.sort:
        return _proved(source, sheet, layout)
    entries, _ = read_bibtex(source)
    ordered = _sorted(entries, layout.sort)
    ranks = {entry.span.start: rank for rank, entry in enumerate(ordered)}
    by_start = {entry.span.start: entry for entry in entries}
    units = sorted_units(source.text, sheet.units, by_start, ranks)
    sheet = sheet._replace(units=tuple(units))
    after = _proved(source, sheet, layout)
    if after is not source:
        prove_entries(source, entries, _order(sheet, entries), read_bibtex(after)[0])
    return after


def kept_blocks(source: SourceFile) -> list[int]:
    """The offsets of the blocks that are never laid out, since BibTeX would complain about them."""
    blocks = blocks_of(source.text)
    return [
        unit.block.start
        for unit in sheet_of(source.text, blocks).units
        if unit.fixed or (unit.block.fields and anatomy_of(source.text, unit.block) is None)
    ]


def _proved(source: SourceFile, sheet: Sheet, layout: Layout) -> SourceFile:
    """The source with the text that ``sheet``, its blocks in their new order, gives in this layout.

    Raises EditError unless it is read as before. The same source is returned where nothing changes.
    """
    text = written_sheet(source.text, sheet, layout)
    if text == source.text:
        return source
    prove_units(source, sheet, text)
    return source.with_text(text)


def _sorted(entries: Sequence[Entry], by: Sequence[str]) -> list[Entry]:
    """The entries sorted by columns, the first of which counts most; ``-year`` descends.

    ``special`` is a column of tidy's own: sets and other entries that others refer to come first.
    """
    ordered = list(entries)
    for column in reversed(by):
        if column.lstrip("-") == _SPECIAL:
            descends = column.startswith("-")
            ordered.sort(key=lambda entry: entry.type not in _SHARED, reverse=descends)
        else:
            ordered = sort_entries(ordered, [column])
    return ordered


def _order(sheet: Sheet, entries: Sequence[Entry]) -> list[int]:
    """The numbers of the entries of a source, in the order in which ``sheet`` has their blocks."""
    places = sorted((unit.start, place) for place, unit in enumerate(sheet.units))
    starts = [start for start, _ in places]

    def place_of_unit(number: int) -> int:
        return places[bisect_right(starts, entries[number].span.start) - 1][1]

    return sorted(range(len(entries)), key=place_of_unit)
