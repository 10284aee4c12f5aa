"""The bibliography: entries in order (specification, "Bibliography")."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from compcite.csl.context import Context
from compcite.csl.finish import finish
from compcite.csl.richtext import CLOSE, OpenBlock
from compcite.csl.wrapping import around

if TYPE_CHECKING:
    from compcite.csl.document import Document
    from compcite.csl.engine import CompiledArea
    from compcite.csl.richtext import Rich, Tokens
    from compcite.model.item import Item

__all__ = ["Bibliography", "Entry", "render_document"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a bibliography."""

    key: str
    content: Rich


@dataclass(frozen=True, slots=True)
class Bibliography:
    """The entries in their order, and how the style wants them set."""

    entries: tuple[Entry, ...]
    hanging_indent: bool = False
    second_field_align: str = ""
    line_spacing: int = 1
    entry_spacing: int = 1
    max_offset: int = 0  # the width of the longest first field, in characters


def render_document(document: Document) -> Bibliography:
    """Return the bibliography of ``document``."""
    area = document.engine.bibliography
    if area is None:
        return Bibliography(())
    options = area.area.options
    entries = []
    for item in document.order:
        tokens = _entry(item, document, area)
        if tokens:
            entries.append(Entry(item.id, finish(tokens, document.engine.typography)))
    return Bibliography(
        tuple(entries),
        hanging_indent=options.hanging_indent,
        second_field_align=options.second_field_align,
        line_spacing=options.line_spacing,
        entry_spacing=options.entry_spacing,
    )


def _entry(item: Item, document: Document, area: CompiledArea) -> Tokens:
    context = Context(
        item,
        number=document.numbers[item.id],
        reading=document.reading(item),
    )
    layout = area.area.layout
    before, after = around(layout.format, layout.affixes)
    out: Tokens = list(before)
    start = len(out)
    aligned = bool(area.area.options.second_field_align) and len(area.children) > 1
    for index, child in enumerate(area.children):
        if aligned and index < 2:
            out.append(OpenBlock("right-inline" if index else "left-margin"))
        child(context, out)
        if aligned and index == 0:
            out.append(CLOSE)
    if len(out) == start:
        return []
    out.extend(after)
    if aligned:
        out.append(CLOSE)
    return out
