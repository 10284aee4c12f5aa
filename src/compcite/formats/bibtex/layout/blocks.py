"""One block laid out anew: an entry, ``@string`` or ``@preamble``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compcite.formats.bibtex.layout.anatomy import Anatomy, anatomy_of, lower
from compcite.formats.bibtex.layout.values import joined_value, wrapped_value
from compcite.formats.bibtex.scan.blocks import BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from compcite.formats.bibtex.layout.choices import Layout
    from compcite.formats.bibtex.scan.blocks import Block, RawField

__all__ = ["laid_out_block"]


def laid_out_block(text: str, block: Block, layout: Layout, newline: str) -> str:
    """The text of a block in the layout; its old text if BibTeX would complain about the block."""
    parts = anatomy_of(text, block)
    if parts is None:
        return text[block.start : block.end]
    word = _cased(parts.word, layout)
    if block.kind is BlockKind.ENTRY:
        return "".join(_entry(text, parts, word, layout, newline))
    name, field = parts.fields[0]
    if block.kind is BlockKind.PREAMBLE:  # TeX reads it to the letter, with its line ends
        return f"@{word}{{{text[field.value_start : field.value_end]}}}"
    return f"@{word}{{{name} = {joined_value(text, field, layout)}}}"


def _entry(text: str, parts: Anatomy, word: str, layout: Layout, newline: str) -> Iterator[str]:
    """The text of an entry, in parts: its head, its fields, its end."""
    fields = _ordered([(_cased(name, layout), field) for name, field in parts.fields], layout)
    column = _column([name for name, _ in fields], layout)
    yield f"@{word}{{{parts.key}"
    for name, field in fields:
        before = f"{layout.margin}{name.ljust(column)} = "
        yield f",{newline}{before}{wrapped_value(text, field, layout, before, newline)}"
    yield ("," if layout.trailing_comma else "") + newline + "}"


def _cased(name: str, layout: Layout) -> str:
    """A type or the name of a field in the letter case of the layout."""
    return lower(name) if layout.case == "lower" else name


def _ordered(
    fields: Sequence[tuple[str, RawField]], layout: Layout
) -> Sequence[tuple[str, RawField]]:
    """The fields in the order of the layout, then those that it does not name, in their old order.

    Fields of the same name keep their old order.
    """
    places = {name: place for place, name in enumerate(layout.fields_first)}
    return sorted(fields, key=lambda one: places.get(one[1].name, len(places)))


def _column(names: Sequence[str], layout: Layout) -> int:
    """The width to which the names of an entry's fields are filled up with blanks; 0 for none."""
    if layout.align == "auto":
        return max(map(len, names))
    return 0 if layout.align == "none" else layout.align - 1
