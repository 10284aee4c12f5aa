"""Render the bibliography: entries in order (specification, "Bibliography")."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from compcite.csl.documents.repeated_names import names_of, repetition
from compcite.csl.rendering.casing import capitalize_term
from compcite.csl.rendering.context import Context
from compcite.csl.rendering.finish import finish
from compcite.csl.rendering.wrapping import around_layout
from compcite.csl.richtext import CLOSE, DisplayBlock, Open, OpenBlock, OpenLink, plain

if TYPE_CHECKING:
    from compcite.csl.documents.document import Document
    from compcite.csl.documents.engine import CompiledArea
    from compcite.csl.documents.repeated_names import NamesOfEntry
    from compcite.csl.richtext import Mark, Rich, RichNode, Tokens
    from compcite.model.item import Item

__all__ = ["Bibliography", "BibliographyEntry", "render_document"]


@dataclass(frozen=True, slots=True)
class BibliographyEntry:
    """One entry of a bibliography: the id of its item, and its formatted text."""

    key: str
    content: Rich


@dataclass(frozen=True, slots=True)
class Bibliography:
    """The entries in their order, and the layout that the style asks for."""

    entries: tuple[BibliographyEntry, ...]
    hanging_indent: bool = False
    second_field_align: str = ""
    line_spacing: int = 1
    entry_spacing: int = 1
    max_offset: int = 0  # the width of the longest first field, in characters


def render_document(document: Document) -> Bibliography:
    """Return the bibliography of ``document``; without entries if the style has none.

    An item for which the style writes no text has no entry.
    """
    area = document.engine.bibliography
    if area is None:
        return Bibliography(())
    options = area.area.options
    entries = []
    before: NamesOfEntry | None = None
    for item in document.order:
        tokens, before = _entry(item, document, area, before)
        if tokens:
            entries.append(BibliographyEntry(item.id, finish(tokens, document.engine.typography)))
    margins = (node for entry in entries for node in entry.content[:1])
    return Bibliography(
        tuple(entries),
        hanging_indent=options.hanging_indent,
        second_field_align=options.second_field_align,
        line_spacing=options.line_spacing,
        entry_spacing=options.entry_spacing,
        max_offset=max((_width(node) for node in margins), default=0),
    )


def _width(node: RichNode) -> int:
    """Return the number of characters of a block in the left margin; 0 for any other node."""
    in_margin = isinstance(node, DisplayBlock) and node.display == "left-margin"
    return len(plain((node,)).strip()) if in_margin else 0


def _end_of_text(tokens: Tokens, start: int) -> int:
    """Return the index of ``tokens`` at which more text can be added at the end.

    It is the end of the list, or the place inside a block if the last token closes a block.
    """
    if tokens[-1] is not CLOSE:
        return len(tokens)
    open_marks: list[Mark] = []
    last_closed: Mark | None = None
    for token in tokens[start:]:
        if isinstance(token, (Open, OpenLink, OpenBlock)):
            open_marks.append(token)
        elif token is CLOSE:
            last_closed = open_marks.pop()
    return len(tokens) - 1 if isinstance(last_closed, OpenBlock) else len(tokens)


def _entry(
    item: Item, document: Document, area: CompiledArea, before: NamesOfEntry | None
) -> tuple[Tokens, NamesOfEntry | None]:
    """Return the tokens of an entry, and its names for comparison with the next entry.

    Names that repeat those of the entry ``before`` are replaced, if the style asks for it. An entry
    without any text has no tokens; then the names are those of ``before``.
    """
    context = _context(item, document)
    out = _rendered(context, area)
    if not out:
        return [], before
    names = names_of(context, out)
    options = area.area.options
    substitute = options.subsequent_author_substitute
    if substitute is None:
        return out, names
    repeated = repetition(context, names, before, options.subsequent_author_substitute_rule)
    if repeated.is_complete and not substitute:
        # Names that vanish take their affixes and the delimiter after them along.
        nameless = _rendered(_context(item, document, frozenset({"names"})), area)
        return nameless or out, names
    return repeated.replaced(out, substitute), names


def _context(item: Item, document: Document, left_out: frozenset[str] = frozenset()) -> Context:
    """Return the context for rendering an entry.

    If ``left_out`` holds "names", the entry is rendered without its names.
    """
    return Context(
        item,
        number=document.numbers[item.id],
        reading=document.reading(item),
        left_out=left_out,
    )


def _rendered(context: Context, area: CompiledArea) -> Tokens:
    """Return the tokens of an entry within the layout of the style; none if it has no text.

    With ``second-field-align``, the first field is one block and all others are a second one.
    """
    opening, closing = around_layout(area.area.layout)
    out: Tokens = list(opening)
    start = len(out)
    aligned = bool(area.area.options.second_field_align) and len(area.children) > 1
    for index, child in enumerate(area.children):
        if aligned and index < 2:  # noqa: PLR2004  the first field, and all others
            out.append(OpenBlock("right-inline" if index else "left-margin"))
        child(context, out)
        if aligned and index == 0:
            out.append(CLOSE)
    if not any(isinstance(token, str) and not token.isspace() for token in out[start:]):
        return []
    capitalize_term(out, str(context.number))
    if aligned:
        out.append(CLOSE)
    # What begins or ends an entry stands in its first or last block, not on a line of its own.
    end = _end_of_text(out, start)
    out[end:end] = closing
    if area.area.layout.affixes.prefix and isinstance(out[start], OpenBlock):
        out[start - 1], out[start] = out[start], out[start - 1]
    return out
