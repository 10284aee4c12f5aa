"""The results that a comparison can have."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

__all__ = ["SILENT", "Likeness", "Resemblance"]


class Likeness(IntEnum):
    """How far two values agree, from a sure difference to a sure agreement."""

    FOREIGN = 0  # beyond doubt not the same
    DIFFERENT = 1  # not the same by any habit of writing references
    UNKNOWN = 2  # a side says nothing, or nothing that can be compared
    CLOSE = 3  # different as people write it, the same in meaning
    SAME = 4


class Resemblance(NamedTuple):
    """The result of one comparison: ``written`` is from the file, ``registered`` from the registry.

    Both are texts for a message about a difference; without one they may be empty.

    ``reason`` says in a few words what decided. ``excuse`` says why the record may be wrong and not
    the reference; with an excuse, a difference is only worth a note.
    """

    likeness: Likeness
    written: str = ""
    registered: str = ""
    reason: str = ""
    excuse: str = ""

    @property
    def mild(self) -> bool:
        """Whether a difference is only worth a note."""
        return bool(self.excuse)

    @property
    def agrees(self) -> bool:
        """Whether both sides have a value, and the values mean the same."""
        return self.likeness >= Likeness.CLOSE

    @property
    def differs(self) -> bool:
        """Whether both sides have a value, and the values contradict each other."""
        return self.likeness <= Likeness.DIFFERENT


SILENT = Resemblance(Likeness.UNKNOWN, reason="one side says nothing")
