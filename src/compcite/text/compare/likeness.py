"""How a comparison ends."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

__all__ = ["SILENT", "Likeness", "Resemblance"]


class Likeness(IntEnum):
    """How far two values agree, from the surest difference to the surest agreement."""

    FOREIGN = 0  # beyond doubt not the same
    DIFFERENT = 1  # not the same by any habit of writing references
    UNKNOWN = 2  # a side says nothing, or nothing that can be compared
    CLOSE = 3  # different as people write it, the same in meaning
    SAME = 4


class Resemblance(NamedTuple):
    """The outcome of one comparison: ``written`` is the file's, ``registered`` the registry's.

    ``reason`` says in a few words what decided. ``excuse`` says why the record and not the
    reference may be wrong; with an excuse, a difference is worth a note and no more.
    """

    likeness: Likeness
    written: str = ""
    registered: str = ""
    reason: str = ""
    excuse: str = ""

    @property
    def mild(self) -> bool:
        """Whether a difference is worth a note and no more."""
        return bool(self.excuse)

    @property
    def agrees(self) -> bool:
        """Whether both sides speak, and say the same."""
        return self.likeness >= Likeness.CLOSE

    @property
    def differs(self) -> bool:
        """Whether both sides speak, and contradict each other."""
        return self.likeness <= Likeness.DIFFERENT


SILENT = Resemblance(Likeness.UNKNOWN, reason="one side says nothing")
