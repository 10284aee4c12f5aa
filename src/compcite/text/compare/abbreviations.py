"""Tell whether two words of the names of journals are one word, in full or abbreviated."""

from __future__ import annotations

from itertools import takewhile

from compcite.text.compare.spellings import alike

__all__ = ["abbreviates_word", "have_one_stem", "same_word"]

_STEM = 5  # letters that two words of one field have in common (cryptology, cryptographic)
_STEM_SHARE = 0.6  # and their share of the shorter word
_FEW_LETTERS = 3


def have_one_stem(one: str, other: str) -> bool:
    """Return whether two words are the same, abbreviate each other, or have the same stem.

    The stem is at least five letters, and six of ten letters of the shorter word.
    """
    same = takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    common = sum(1 for _ in same)
    near = common >= _STEM and common >= _STEM_SHARE * min(len(one), len(other))
    return near or same_word(one, other)


def same_word(one: str, other: str) -> bool:
    """Return whether two words are the same, spelled in another way or abbreviated."""
    return alike(one, other) or abbreviates_word(one, other) or abbreviates_word(other, one)


def abbreviates_word(short: str, long: str) -> bool:
    """Return whether a word is another, its beginning, or a contraction of it (``natl``)."""
    if long.startswith(short):
        return True
    if len(short) == 1 or short[0] != long[0] or len(short) >= len(long):
        return False
    letters = iter(long)
    return all(char in letters for char in short) and (
        len(short) > _FEW_LETTERS or long.startswith(short[:2]) or short[-1] == long[-1]
    )
