"""Which scripts have italics, have spaces, and have more than one order of names."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

__all__ = ["is_contextual", "is_spaced"]

# Latin, Greek, Cyrillic, Hebrew and Arabic. In the others (Chinese, Japanese, Korean, Thai, …)
# the family name comes first, whatever the style says.
_CONTEXTUAL = re.compile(r"[A-Za-z\u00c0-\u052f\u0590-\u06ff\u1e00-\u1fff]")


@lru_cache(maxsize=8192)
def is_contextual(text: str) -> bool:
    """Return whether ``text`` is in a script in which names have more than one order.

    Latin, Greek, Cyrillic, Hebrew and Arabic are such scripts; Chinese is not.
    """
    return _CONTEXTUAL.search(text) is not None


def is_spaced(text: str) -> bool:
    """Return whether ``text`` begins with a word that stands between spaces.

    Chinese, Japanese and Korean letters are as wide as they are high and have no spaces.
    """
    first = text.strip()[:1]
    return bool(first) and unicodedata.east_asian_width(first) not in {"W", "F"}
