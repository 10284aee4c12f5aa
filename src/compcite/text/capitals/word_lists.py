"""The lists of words of ``words.txt``, each under the name of its section."""

from __future__ import annotations

from functools import cache
from pathlib import Path

__all__ = ["words_of"]


def words_of(section: str) -> frozenset[str]:
    """Return the entries of a section of the word list; a name of several words is one entry."""
    return _sections()[section]


@cache
def _sections() -> dict[str, frozenset[str]]:
    """Return all sections of the word list by name, read once."""
    found: dict[str, set[str]] = {}
    words: set[str] = set()
    for line in Path(__file__).with_name("words.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            words = found.setdefault(line.strip("[]"), set())
        elif line and not line.startswith("#"):
            words.add(line)
    return {name: frozenset(members) for name, members in found.items()}
