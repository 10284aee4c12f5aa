"""Scripts: which of them have italics, spaces and more than one order of names."""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["is_contextual"]

# Latin, Greek, Cyrillic, Hebrew and Arabic. In the others (Chinese, Japanese, Korean, Thai, …)
# the family name comes first, whatever the style says.
_CONTEXTUAL = re.compile(r"[A-Za-z\u00c0-\u052f\u0590-\u06ff\u1e00-\u1fff]")


@lru_cache(maxsize=8192)
def is_contextual(text: str) -> bool:
    """Return whether ``text`` is in a script in which names have more than one order."""
    return _CONTEXTUAL.search(text) is not None
