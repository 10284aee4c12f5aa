"""Whether the model can live with what the rules say of a reference.

The rules know variables that the model has no label for: who translated, where a meeting was.
So their reading stands where the model contradicts none of its main parts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compcite.formats.plain_text.said import NOTHING
from compcite.formats.plain_text.word_classes import word_classes

if TYPE_CHECKING:
    from compcite.formats.plain_text.model import Labelled
    from compcite.formats.plain_text.said import Said
    from compcite.formats.plain_text.tokens import Tokens

__all__ = ["chances_of", "has_label", "is_agreed"]

# The labels of the model for the parts that the rules take.
_LABELS = {
    "author": "author", "editor": "editor", "translator": "editor", "illustrator": "editor",
    "collection-editor": "editor", "issued": "date", "day": "date", "title": "title",
    "container-title": "container", "event-title": "container", "volume": "volume",
    "collection-title": "collection", "issue": "issue", "page": "pages", "edition": "edition",
    "publisher": "publisher", "publisher-place": "location", "event-place": "location",
    "genre": "genre", "number": "number",
}  # fmt: skip
_MAIN = frozenset(("author", "title", "container", "publisher", "volume", "issue", "pages", "date"))
_VAGUE = "note"  # this the model calls all of which it knows no more
# Chosen on two sources of labelled references: where the model leaves the rules one chance in
# twenty, they are right as often as it is, and they say more.
_CONTRADICTED = 0.05


def is_agreed(said: Said, tokens: Tokens, labelled: Labelled) -> bool:
    """Whether the model thinks every main part of the rules possible, and misses none.

    It misses one where a word that they left over is of a main part to the model. Words that
    introduce parts, such as "In" and "pp.", count for nothing, and the vague label of the
    model contradicts nothing.
    """
    chances = chances_of(said, labelled)
    for word, part, over, label, chance in zip(
        tokens.words, said.parts, said.over, labelled.labels, chances, strict=True
    ):
        if not word[0].isalnum():
            continue
        if part == NOTHING:
            if over and label in _MAIN and word.lower() not in word_classes():
                return False
        elif _LABELS.get(part) in _MAIN and chance < _CONTRADICTED and label != _VAGUE:
            return False
    return True


def has_label(name: str) -> bool:
    """Whether the model has a label for the parts of a name, and so can say how likely they are."""
    return name in _LABELS


def chances_of(said: Said, labelled: Labelled) -> list[float]:
    """For each token the probability, as the model has it, of what the rules say of it."""
    return [
        chances.get(_LABELS.get(part, ""), 0.0)
        for part, chances in zip(said.parts, labelled.probabilities, strict=True)
    ]
