"""Where two versions of a text differ: as one stretch of characters, or as stretches of lines."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

__all__ = ["changed_lines", "changed_stretch"]

# Lines that differ, up to which it is looked for those in between that stay: that takes a time
# that grows with the square of their number, half a second here. More are replaced as one.
_MANY = 2_000


def changed_stretch(before: str, after: str) -> tuple[int, int, str]:
    """The one change that makes a text of another: start, end and new text."""
    front, back = _same_ends(
        before,
        after,
        lambda n: before.startswith(after[:n]),
        lambda n: before.endswith(after[len(after) - n :]),
    )
    return front, len(before) - back, after[front : len(after) - back]


def changed_lines(
    before: Sequence[str], after: Sequence[str]
) -> Iterator[tuple[int, int, int, int]]:
    """The stretches of lines that differ: from and to in the one text, from and to in the other."""
    front, back = _same_ends(
        before,
        after,
        lambda n: before[:n] == after[:n],
        lambda n: before[len(before) - n :] == after[len(after) - n :],
    )
    first, last, low, high = front, len(before) - back, front, len(after) - back
    if max(last - first, high - low) > _MANY:
        yield first, last, low, high
        return
    matcher = SequenceMatcher(None, before[first:last], after[low:high], autojunk=False)
    for tag, one, two, three, four in matcher.get_opcodes():
        if tag != "equal":
            yield first + one, first + two, low + three, low + four


def _same_ends(
    before: Sequence[str],
    after: Sequence[str],
    begins: Callable[[int], bool],
    ends: Callable[[int], bool],
) -> tuple[int, int]:
    """How much is the same at the start and, behind that, at the end of two sequences.

    ``begins`` and ``ends`` tell whether so much of it is the same.
    """
    most = min(len(before), len(after))
    front = _greatest(most, begins)
    return front, _greatest(most - front, ends)


def _greatest(most: int, agree: Callable[[int], bool]) -> int:
    """The greatest number up to ``most`` for which both agree, found by halving."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        if agree(middle):
            low = middle
        else:
            high = middle - 1
    return low
