"""Names of several words, and of species, that none of their words gives away by itself."""

from __future__ import annotations

from compcite.text.capitals.word_lists import words_of

__all__ = ["COMPOUND_NAMES", "COMPOUND_WORDS", "LONGEST_COMPOUND", "SPECIES"]

COMPOUND_NAMES = words_of("names of several words")
"""The names, in small letters: each of their words is capital, but for a particle."""

_PARTICLES = frozenset({"de"})

LONGEST_COMPOUND = max(len(name.split()) for name in COMPOUND_NAMES)
"""How many words the longest has."""

COMPOUND_WORDS = frozenset(word for name in COMPOUND_NAMES for word in name.split()) - _PARTICLES
"""Their capital words."""

SPECIES = frozenset(tuple(name.split()) for name in words_of("species"))
"""Genus and epithet, in small letters, of species often written about."""
