"""What the rules say of each token of a reference: the model sees it beside the words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from compcite.formats.plain_text.items import made_type
from compcite.formats.plain_text.parsed import GONE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compcite.formats.plain_text.sheet import Sheet
    from compcite.formats.plain_text.tokens import Tokens

__all__ = ["NOTHING", "Said", "said_of"]

NOTHING = "0"
"""What the rules say of a token that they have not taken."""


@dataclass(frozen=True, slots=True)
class Said:
    """For each token the part it belongs to, and the same with a digit for how sure that is.

    ``over`` tells whether a token was left over: the rules have neither taken it as a part nor
    understood it otherwise, as "pp." before pages. ``type`` is the type of the item that the
    rules would make.
    """

    parts: Sequence[str]
    sure: Sequence[str]
    over: Sequence[bool]
    type: str


def said_of(sheet: Sheet, tokens: Tokens) -> Said:
    """What a sheet, from which the rules took parts, says of the tokens of its text."""
    parts, sure = [NOTHING] * len(tokens), [NOTHING] * len(tokens)
    taken = sorted(sheet.parts, key=lambda part: part.start)
    told = [f"{part.name} {part.confidence:.1f}" for part in taken]
    number = 0
    for index, start in enumerate(tokens.starts):
        while number < len(taken) and taken[number].end <= start:
            number += 1
        if number < len(taken) and taken[number].start <= start:
            parts[index] = taken[number].name
            sure[index] = told[number]
    over = [sheet.left[start] != GONE for start in tokens.starts]
    return Said(parts, sure, over, made_type(sheet))
