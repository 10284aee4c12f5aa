"""Tell whether two folded words are one word in two spellings."""

from __future__ import annotations

from difflib import SequenceMatcher

from compcite.text.compare.opposites import are_other_words

__all__ = ["alike", "is_a_letter_apart"]

_ALIKE = 0.8  # behaviour and behavior have 0.94, analyse and analyze 0.86
_SHORT = 4  # letters below which two spellings are two words


def alike(one: str, other: str) -> bool:
    """Return whether two folded words are spellings of one word (``behaviour``, ``behavior``).

    Short words, numbers, and words with prefixes of other meanings have to be equal.
    """
    if one == other:
        return True
    if min(len(one), len(other)) < _SHORT or one.isdigit() or other.isdigit():
        return False
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    near = matcher.real_quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE
    return near and not are_other_words(one, other)


def is_a_letter_apart(one: str, other: str) -> bool:
    """Return whether two words differ by just one letter, changed, added or left out."""
    short, long = sorted((one, other), key=len)
    if len(short) == len(long):
        return sum(a != b for a, b in zip(short, long, strict=True)) == 1
    return any(long[:place] + long[place + 1 :] == short for place in range(len(long)))
