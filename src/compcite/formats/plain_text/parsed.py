"""What a reference was taken apart into."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from compcite.formats.plain_text.sheet import Part
    from compcite.model.item import Item

__all__ = ["ParsedReference"]


@dataclass(frozen=True, slots=True)
class ParsedReference:
    """A reference taken apart: its parts in the order of the text, and the item they make.

    ``confidence`` says how sure it is that the text is a reference at all, from 0 to 1.
    """

    text: str
    parts: tuple[Part, ...]
    item: Item
    confidence: float

    def part(self, name: str) -> Part | None:
        """The first part of that name."""
        return next((part for part in self.parts if part.name == name), None)
