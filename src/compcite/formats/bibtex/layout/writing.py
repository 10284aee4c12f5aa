"""Join the units of a sheet to a text, with the blank lines that the layout wants."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compcite.formats.bibtex.layout.blocks import laid_out_block
from compcite.formats.bibtex.scan.blocks import BlockKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compcite.formats.bibtex.layout.choices import Layout
    from compcite.formats.bibtex.layout.sheet import Sheet, Unit

__all__ = ["written_sheet"]


def written_sheet(text: str, sheet: Sheet, layout: Layout) -> str:
    """The text of a sheet, laid out anew, with its units in the order of the sheet.

    ``text`` is the old text, in which the units have their places.
    """
    newline = _newline(text, sheet)
    parts: list[str] = []
    if sheet.head:
        parts += [sheet.head, newline * (1 + sheet.head_parted)]
    for place, unit in enumerate(sheet.units):
        if place:
            parts.append(_gap(sheet.units[place - 1], unit, layout, newline))
        parts += _unit(text, unit, layout, newline)
    if sheet.tail:
        parts += [_gap(sheet.units[-1], None, layout, newline), sheet.tail]
    if sheet.tail or not sheet.units[-1].open:
        parts.append(newline)
    return "".join(parts)


def _unit(text: str, unit: Unit, layout: Layout, newline: str) -> Sequence[str]:
    """The text of a unit, in parts."""
    lead = (unit.lead, newline * (1 + unit.parted)) if unit.lead else ()
    if unit.fixed:
        return (*lead, text[unit.start : unit.end], unit.behind)
    return (*lead, laid_out_block(text, unit.block, layout, newline), unit.behind)


def _gap(before: Unit, unit: Unit | None, layout: Layout, newline: str) -> str:
    """The line ends between two units; ``unit`` is None for the text behind the last one.

    Definitions of macros without a blank line between them stay so. Behind an unreadable block
    there are none, since its text has them.
    """
    if before.open and not before.behind:
        return ""
    strings = unit is not None and before.block.kind is unit.block.kind is BlockKind.STRING
    if strings and unit is not None and unit.close:
        return newline
    return newline * (1 + layout.blank_lines)


def _newline(text: str, sheet: Sheet) -> str:
    """The line end that is written: that of most lines outside of values and comments.

    Inside of them line ends stay, so only those that are written anew may decide; else the second
    run might decide otherwise.
    """
    kept = [sheet.head, sheet.tail]
    for unit in sheet.units:
        kept += [unit.lead, unit.behind]
        fields = [] if unit.fixed else unit.block.fields
        kept += (text[field.value_start : field.value_end] for field in fields)
        if unit.fixed or not fields:
            kept.append(text[unit.start : unit.end])
    counts = {end: _count(text, end) - sum(_count(part, end) for part in kept) for end in _ENDS}
    most = max(_ENDS, key=counts.__getitem__)
    return most if counts[most] else max(_ENDS, key=lambda end: _count(text, end))


_ENDS = ("\n", "\r\n", "\r")


def _count(text: str, end: str) -> int:
    """How often a line end stands in a text; the two parts of CRLF do not count alone."""
    both = text.count("\r\n")
    return both if end == "\r\n" else text.count(end) - both
