"""A bibliography as a whole: its entries, and how a style wants them set."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from compcite.csl.richtext import DisplayBlock

if TYPE_CHECKING:
    from compcite.csl.richtext import Rich

__all__ = ["Sheet", "label_and_rest"]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The entries of a bibliography in order, and their layout.

    ``widest_label`` is the longest label that stands in the left margin, such as ``[12]``; it is
    empty in styles without labels. ``entry_spacing`` is the space between two entries in lines.
    """

    entries: tuple[Rich, ...]
    language: str = "en-US"
    hanging_indent: bool = False
    entry_spacing: int = 1
    widest_label: str = ""


def label_and_rest(entry: Rich) -> tuple[Rich, Rich]:
    """The label of an entry, which stands in the left margin, and the rest.

    An entry without a label is all rest.
    """
    first = entry[0] if entry else ""
    if isinstance(first, DisplayBlock) and first.display == "left-margin":
        return first.children, entry[1:]
    return (), entry
