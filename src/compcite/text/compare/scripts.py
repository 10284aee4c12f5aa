"""Compare Cyrillic texts with the same texts in Latin letters.

There are many ways to write Cyrillic in Latin letters: `Щербаков` is `Shcherbakov`, `Scherbakov` or
`Ščerbakov`, and `Юрий` is `Yuri`, `Iurii` or `Jurij`. So both sides are reduced to the sounds that
all these ways have in common: `serbakov` and `ur`.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from compcite.text.compare.words import bare_words

__all__ = ["are_transliterated", "is_cyrillic"]

_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
# Each letter with its sound; the letters that are missing are silent, or an i, which is left out.
_SOUNDS_BY_LETTERS = """
а=a б=b в=v г=h ґ=h д=d ђ=d е=e є=e ж=z з=z ѕ=z к=k л=l љ=l м=m н=n њ=n о=o п=p р=r с=s т=t ћ=c у=u
ў=u ф=f х=h ц=c ч=c џ=z ш=s щ=s э=e ю=u я=a ъ= ь= и= і= ј= ы=
"""
_SOUNDS = str.maketrans(dict(pair.split("=") for pair in _SOUNDS_BY_LETTERS.split()))
# Letters and groups of Latin letters, the longest first, with the same sounds.
_GROUPS = {
    "shch": "s", "sch": "s", "sc": "s", "sh": "s", "tch": "c", "ch": "c", "zh": "z", "kh": "h",
    "ts": "c", "tz": "c", "ph": "f", "ck": "k", "x": "ks", "w": "v", "q": "k", "g": "h",
    "i": "", "y": "", "j": "",
}  # fmt: skip
_GROUP = re.compile("|".join(_GROUPS))
_TWICE = re.compile(r"(.)\1+")
# Likeness of two spellings by their sounds: Fedor and Fyodor have 0.8, and of two names with the
# same ending (Ivanov, Petrov) 0.5.
_ALIKE = 0.8


def is_cyrillic(text: str) -> bool:
    """Return whether a text has Cyrillic letters."""
    return not text.isascii() and _CYRILLIC.search(text) is not None


def are_transliterated(one: str, other: str) -> bool:
    """Return whether one of two texts is the other, from Cyrillic into Latin letters.

    False if both or neither have Cyrillic letters.
    """
    if is_cyrillic(one) == is_cyrillic(other):
        return False
    mine, theirs = _sounds(one), _sounds(other)
    if not mine or not theirs:
        return False
    matcher = SequenceMatcher(None, mine, theirs, autojunk=False)
    return matcher.real_quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE


def _sounds(text: str) -> str:
    """Return the sounds of a text in either script, without those that are written differently."""
    folded = bare_words(text).replace(" ", "").translate(_SOUNDS)
    return _TWICE.sub(r"\1", _GROUP.sub(lambda group: _GROUPS[group[0]], folded))
