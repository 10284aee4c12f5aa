"""Phrases of messages and reports: a number with its noun, and lists of words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["amount", "in_words"]


def amount(number: int, noun: str) -> str:
    """Return a number with its noun: ``1 entry``, ``1,000 entries``, ``2 keys``."""
    if number != 1:
        changes = noun.endswith("y") and noun[-2:-1] not in "aeou"
        noun = noun[:-1] + "ies" if changes else noun + "s"
    return f"{number:,} {noun}"


def in_words(parts: Sequence[str]) -> str:
    """Return the parts as in a sentence: ``a``, ``a and b``, ``a, b and c``."""
    return " and ".join(filter(None, (", ".join(parts[:-1]), *parts[-1:])))
