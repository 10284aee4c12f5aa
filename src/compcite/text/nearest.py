"""The known word that is nearest to one that nobody knows, for messages about misspelt words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

__all__ = ["nearest", "nearest_few", "unknown"]


def nearest(word: str, known: Iterable[str], *, cutoff: float = 0.6) -> str:
    """The known word most like ``word``, or an empty text where none is like it.

    ``cutoff`` is the least share of letters in common, from 0 to 1; 0.6 is difflib's own value,
    by which ``lsit`` leads to ``list`` and ``xyz`` to nothing.
    """
    return next(iter(nearest_few(word, known, 1, cutoff=cutoff)), "")


def nearest_few(word: str, known: Iterable[str], most: int, *, cutoff: float = 0.6) -> list[str]:
    """At most ``most`` known words that are like ``word``, the nearest first.

    ``cutoff`` is as in :func:`nearest`.
    """
    from difflib import get_close_matches  # noqa: PLC0415 - only for the sentence of an error

    return get_close_matches(word, list(known), most, cutoff)


def unknown(what: str, word: str, known: Collection[str]) -> str:
    """The sentence about a word that is none of a few known ones: the nearest, then all of them.

    For example: ``unknown format 'bibtx'; did you mean bibtex? known are apa, bibtex, ris``.
    """
    near = nearest(word, known)
    hint = f"did you mean {near}? " if near else ""
    return f"unknown {what} {word!r}; {hint}known are {', '.join(known)}"
