"""A reference while it is taken apart."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from compcite.formats.plain_text.parsed import GONE, Part

if TYPE_CHECKING:
    from compcite.formats.plain_text.people import People

__all__ = ["Sheet"]

_BOTH = {"editor-translator": ("editor", "translator")}  # CSL has one variable for each, too
_EDGE = re.compile(rf"[\s{GONE}.,;:]+")


@dataclass(slots=True)
class Sheet:
    """A text of one line, of which parts are taken one after the other.

    ``left`` has the length of ``text``, with :data:`GONE` wherever something was taken, so
    that offsets mean the same in both.
    """

    text: str
    left: str = ""
    parts: list[Part] = field(default_factory=list)
    people: dict[str, People] = field(default_factory=dict)
    marks: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Begin with nothing taken, unless something was before."""
        self.left = self.left or self.text

    def copy(self) -> Sheet:
        """Return a sheet of its own from which the same was taken."""
        return Sheet(self.text, self.left, list(self.parts), dict(self.people), set(self.marks))

    def blot(self, start: int, end: int) -> None:
        """Take words that say nothing by themselves: labels, brackets."""
        self.left = self.left[:start] + GONE * (end - start) + self.left[end:]

    def take(self, name: str, start: int, end: int, confidence: float, value: str = "") -> None:
        """Take a part; its value is the text at that place unless another is given.

        It ends where something was taken before.
        """
        start, end = self.trimmed(start, end)
        gone = self.left.find(GONE, start, end)
        if gone > 0:
            start, end = self.trimmed(start, gone)
        if start < end:
            self.parts.append(Part(name, value or self.text[start:end], start, end, confidence))
            self.blot(start, end)

    def take_people(self, people: People, start: int, end: int, role: str = "") -> None:
        """Take a name list, in the role it says or in another; who did both is named for both."""
        first, *others = _BOTH.get(role or people.role, (role or people.role,))
        self.take(first, start, end, people.confidence)
        self.people.update(dict.fromkeys((first, *others), people))

    def trimmed(self, start: int, end: int) -> tuple[int, int]:
        """The stretch without the blanks and taken places at its edges."""
        while start < end and self.left[start] in f" {GONE}":
            start += 1
        while end > start and self.left[end - 1] in f" {GONE}":
            end -= 1
        return start, end

    def bare(self, start: int, end: int) -> tuple[int, int]:
        """The stretch without blanks, taken places and punctuation at its edges."""
        leading = _EDGE.match(self.left, start, end)
        start = leading.end() if leading else start
        while end > start and self.left[end - 1] in f" {GONE}.,;:":
            end -= 1
        return start, end

    def has(self, name: str) -> bool:
        """Whether a part of that name was taken."""
        return any(part.name == name for part in self.parts)
