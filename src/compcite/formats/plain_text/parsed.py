"""What a reference was taken apart into."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from compcite.model.item import Item

__all__ = ["GONE", "ParsedReference", "Part"]

GONE = "\x1f"
"""What stands in a sheet where a part has been taken: no word, no blank, no punctuation."""


@dataclass(frozen=True, slots=True)
class Part:
    """A recognised part: a CSL variable, what the text says for it, where, and how surely.

    ``start`` and ``end`` are offsets in the text that was parsed, in code points, the end
    exclusive; ``confidence`` lies between 0 and 1.
    """

    name: str
    value: str
    start: int
    end: int
    confidence: float


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
