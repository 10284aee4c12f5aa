"""Sort text in the order in which readers look it up.

It is a small substitute for the root collation of Unicode (UTS #10, CLDR), which the standard
library does not have. Base letters decide first; accents, case and punctuation are ignored;
numbers are sorted by their value.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from compcite.csl.rendering.one_name import FAMILY_END

__all__ = ["collation_key"]

# Letters that Unicode does not decompose but every reader looks up with the plain ones.
_PLAIN_LETTERS = str.maketrans(
    {
        "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ł": "l",
        "ŋ": "n", "þ": "th", "ß": "ss", "ŧ": "t", "ſ": "s", "ƒ": "f", "ς": "σ",
    }
)  # fmt: skip
# Cyrillic letters that stand beside another in the alphabet, not where Unicode has them.
_AFTER = "\U0010fffe"
_CYRILLIC = str.maketrans(
    {"й": f"и{_AFTER}", "ё": f"е{_AFTER}", "є": f"е{_AFTER}", "і": f"и{_AFTER}", "ґ": f"г{_AFTER}"}
)
_KEPT = frozenset({_AFTER, FAMILY_END})
# Readers of a language look up its own script first: in Russian, Latin names come after Я.
_CYRILLIC_LANGUAGES = frozenset({"be", "bg", "kk", "ky", "mk", "mn", "ru", "sr", "tg", "uk"})
_LATIN_LAST = str.maketrans({chr(c): chr(c + 0x1000) for c in range(ord("a"), ord("z") + 1)})
# What parts two numbers, lest 1-3 and 2.5 be read as 13 and 25.
_BETWEEN_DIGITS = re.compile(r"(?<=\d)[^\w\s]+(?=\d)")
_DIGITS = re.compile(r"0*(\d+)")


@lru_cache(maxsize=32768)
def collation_key(text: str, language: str = "") -> str:
    """Return a key by which ``text`` sorts alphabetically; case and accents do not matter.

    If ``language`` is written in Cyrillic, Cyrillic letters come before Latin ones.
    """
    lowered = text.lower()
    if not text.isascii():
        translated = lowered.translate(_CYRILLIC).translate(_PLAIN_LETTERS)
        decomposed = unicodedata.normalize("NFKD", translated)
        lowered = "".join(c for c in decomposed if not unicodedata.combining(c))
    # A space is less than any letter, so that "De Silva" precedes "Décoret".
    lowered = _BETWEEN_DIGITS.sub(" ", lowered)
    kept = "".join(c for c in lowered if c.isalnum() or c in _KEPT or c.isspace())
    if language[:2].lower() in _CYRILLIC_LANGUAGES:
        kept = kept.translate(_LATIN_LAST)
    return _DIGITS.sub(_by_value, " ".join(kept.split()))


def _by_value(match: re.Match[str]) -> str:
    """Return a number as text that sorts by its value: "9" comes before "10"."""
    digits = match[1]
    return f"{len(digits):03d}{digits}"
