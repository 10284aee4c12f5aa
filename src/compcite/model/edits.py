"""Apply edits to a text, and follow places from one version of a text to another."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from compcite.errors import EditError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from compcite.model.report import Edit

__all__ = ["apply_edits", "offset_before"]


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """The text after all edits; text outside their spans does not change.

    The offsets of every edit count in ``text`` as given, not in the result of another edit.
    Insertions at the same place keep the given order. Raises EditError where two edits overlap or
    one lies outside the text.
    """
    ordered = sorted(edits, key=lambda edit: (edit.start, edit.end))
    for edit in ordered:
        if not 0 <= edit.start <= edit.end <= len(text):
            raise EditError(f"an edit of {edit.start} to {edit.end} lies outside the text")
    for first, second in pairwise(ordered):
        if first.end > second.start:
            raise EditError(
                f"two edits overlap: {first.start} to {first.end}, {second.start} to {second.end}"
            )
    parts: list[str] = []
    position = 0
    for edit in ordered:
        parts += (text[position : edit.start], edit.text)
        position = edit.end
    return "".join((*parts, text[position:]))


def offset_before(offset: int, edits: Iterable[Edit]) -> int:
    """The place that ``offset``, a place in the edited text, had in the text before the edits.

    For a place inside the text that an edit put in, this is the start of that edit.
    """
    moved = 0
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        if offset + moved < edit.start:
            break
        behind = edit.start - moved + len(edit.text)
        if offset < behind:
            return edit.start
        moved += edit.end - edit.start - len(edit.text)
    return offset + moved
