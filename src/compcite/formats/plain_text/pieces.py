"""One piece of a name list: what it looks like, and the name it makes."""

from __future__ import annotations

import re
from dataclasses import replace
from enum import Enum, auto
from functools import lru_cache
from typing import TYPE_CHECKING

from compcite.formats.plain_text.vocabulary import PARTICLES
from compcite.model.item import Name

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "SUFFIX",
    "Piece",
    "direct",
    "inverted",
    "is_initial",
    "is_one_family",
    "piece_of",
    "whole",
    "with_all_family",
]


class Piece(Enum):
    """What stands between two commas of a name list."""

    INITIALS = auto()  # K. D.
    INITIALS_LAST = auto()  # Neff KD
    INITIALS_FIRST = auto()  # K. D. Neff
    WORD = auto()  # Neff, van der Maaten
    WORDS = auto()  # Kristin D. Neff
    SUFFIX = auto()  # Jr.
    OTHER = auto()  # no part of a name


class _Kind(Enum):
    """What one word of a piece is."""

    PARTICLE = auto()
    INITIALS = auto()
    WORD = auto()
    OTHER = auto()


SUFFIX = re.compile(r"(?:[JS]r\.?|I{2,3}|IV|[2-4](?:nd|rd|th)|Esq\.?|Ph\.?\s?D\.?|M\.?D\.?)$")
"""What may stand behind a name without being part of it: a suffix or a degree.

It is narrower than ``is_suffix`` of ``values.person_names``: next to initials in capitals only
the letters' case tells "Jr" from J. R.
"""

_CHUNK = re.compile(r"[.\-‐‑–’']")
_DOTTED_WORD = re.compile(r"Sta?\.|Ste\.|[^\W\d_]+[-‐‑][^\W\d_]\.")
_JOINERS = "-‐‑–'’‘ʼ`·"
_CAPITAL_WORDS = frozenset(("THE", "OF", "AND", "FOR"))
_LONGEST_UNDOTTED = 4  # letters: KDMR
_LONGEST_DOTTED = 3  # letters before a stop: Chr.
_LONGEST_NAME = 7  # words; more of them are a sentence


def piece_of(words: Sequence[str]) -> Piece:
    """What a piece looks like, word by word."""
    if not words or len(words) > _LONGEST_NAME:
        return Piece.OTHER
    if _is_suffix(words[-1]):
        if len(words) == 1:
            return Piece.SUFFIX
        before = piece_of(words[:-1])
        # Rokityansky II: initials that look like a suffix
        return Piece.INITIALS_LAST if before is Piece.WORD and words[-1].isupper() else before
    return _form_without_suffix(words)


def _form_without_suffix(words: Sequence[str]) -> Piece:
    """What a piece looks like that does not end in a suffix."""
    kinds = _forgiven(words, [_kind(word) for word in words])
    if _Kind.OTHER in kinds:
        return Piece.OTHER
    if kinds[0] is _Kind.PARTICLE and words[0][0].isupper() and _Kind.WORD not in kinds:
        kinds[0] = _Kind.WORD  # Du Q, Le T: a family name like a particle
    bare = [kind for kind in kinds if kind is not _Kind.PARTICLE]
    if not bare:
        return Piece.OTHER
    if _Kind.WORD not in bare:
        return _form_of_initials(words, kinds)
    return _form_of_words(bare)


def _form_of_initials(words: Sequence[str], kinds: Sequence[_Kind]) -> Piece:
    """What a piece looks like that has nothing but initials, or names in capitals."""
    if kinds[0] is _Kind.PARTICLE:
        return Piece.WORD
    if len(words) > 1 and "." not in words[0] and len(words[0]) > 1:
        return Piece.INITIALS_LAST  # WU Y
    if len(words) > 1 and "." in words[0] and "." not in words[-1] and len(words[-1]) > 1:
        return Piece.INITIALS_FIRST  # M. GIL
    return Piece.INITIALS


def _form_of_words(bare: Sequence[_Kind]) -> Piece:
    """What a piece looks like that has words, and perhaps initials, particles aside."""
    if bare[0] is _Kind.INITIALS:
        return Piece.INITIALS_FIRST if bare[-1] is _Kind.WORD else Piece.INITIALS_LAST
    if bare[-1] is _Kind.INITIALS and _Kind.WORD not in bare[bare.index(_Kind.INITIALS) :]:
        return Piece.INITIALS_LAST
    return Piece.WORD if len(bare) == 1 else Piece.WORDS


def _forgiven(words: Sequence[str], kinds: list[_Kind]) -> list[_Kind]:
    """The kinds of words with what the initials beside a small word say of it.

    `zuo L` and `L. zuo` are names, and so is `Zhang J liang`, a given name half abbreviated.
    """
    if _Kind.OTHER not in kinds:
        return kinds
    at = kinds.index(_Kind.OTHER)
    small = words[at].isalpha() and words[at].islower() and len(words[at]) > 1
    if small and len(words) == 2 and _Kind.INITIALS in kinds:  # noqa: PLR2004 - family, initials
        kinds[at] = _Kind.WORD
    elif small and at == len(words) - 1 and at > 1 and is_initial(words[at - 1], undotted=True):
        kinds[at] = _Kind.INITIALS if "." not in words[at - 1] else _Kind.OTHER
    return kinds


@lru_cache(maxsize=2_000)
def _kind(word: str) -> _Kind:
    if word in PARTICLES:
        return _Kind.PARTICLE
    if is_initial(word, undotted=True) or SUFFIX.fullmatch(word):
        return _Kind.OTHER if word in _CAPITAL_WORDS else _Kind.INITIALS
    bare = word.strip("'’‘`.()")
    letters = bare.strip(_JOINERS)
    if not letters or not all(_belongs(char) for char in bare):
        return _Kind.OTHER
    compound = any(char in "'’ʼ-‐‑" or char.isupper() for char in bare)  # d’Arcy, al-Hassan
    if bare[0].islower() and not compound:
        return _Kind.OTHER
    stopped = word.endswith(".") and not _DOTTED_WORD.fullmatch(word)
    return _Kind.OTHER if stopped else _Kind.WORD


def _belongs(char: str) -> bool:
    """Whether a character may stand in a word of a name; combining accents may."""
    return char.isalpha() or char in _JOINERS or char == "." or "\u0300" <= char <= "\u036f"


@lru_cache(maxsize=2_000)  # the same words are asked about for each place where names may end
def is_initial(word: str, *, undotted: bool = False) -> bool:
    """Whether a word is initials: `K.`, `K.D.`, `J.-P.`, `Chr.`, and `KD` where those count."""
    bare = word.rstrip(",;")
    if not bare[:1].isupper() or bare in {"St.", "Ste."}:
        return False
    chunks = [chunk for chunk in _CHUNK.split(bare) if chunk]
    if not all(chunk.isalpha() for chunk in chunks):
        return False
    if "." in bare:
        dotted = all(
            len(chunk) == 1 or (chunk[0].isupper() and len(chunk) <= _LONGEST_DOTTED)
            for chunk in chunks
        )
        return dotted and not SUFFIX.fullmatch(bare)
    capitals = "".join(chunks)
    return len(capitals) == 1 or (
        undotted and capitals.isupper() and len(capitals) <= _LONGEST_UNDOTTED
    )


def _is_suffix(word: str) -> bool:
    """Whether a word stands behind names; two capitals are initials (MD) unless they count (II)."""
    bare = word.rstrip(".")
    initials = bare.isupper() and len(bare) == 2 and bare != "II"  # noqa: PLR2004 - MD, IV
    return SUFFIX.fullmatch(word) is not None and not initials


def is_one_family(words: Sequence[str]) -> bool:
    """Whether words are one family name with its particles."""
    return sum(word not in PARTICLES for word in words) == 1


def whole(words: list[str], form: Piece) -> tuple[Name, float]:
    """The name that stands in one piece, and how sure it is."""
    if form is Piece.INITIALS_LAST:
        return _with_initials_last(words), 0.96
    if form is Piece.INITIALS_FIRST:
        return direct(words), 0.96 if "." in words[0] or len(words[0]) == 1 else 0.65
    if len(words) == 1:
        return Name(literal=words[0]), 0.4
    return direct(words), 0.7


def _with_initials_last(words: list[str]) -> Name:
    """The name that `Neff KD Jr` is."""
    initials = (
        at
        for at, word in enumerate(words)
        if at and (is_initial(word, undotted=True) or word.isupper())
    )
    cut = next(initials, 1)  # none where a suffix passes for them: Neff PhD y
    suffixes = [word for word in words[cut + 1 :] if _is_suffix(word)]
    given = [word for word in words[cut:] if word not in suffixes]
    return replace(inverted(words[:cut], given), suffix=" ".join(suffixes))


def inverted(family: Sequence[str], given: Sequence[str]) -> Name:
    """A name written family name first; particles stand before the one or after the other."""
    front = 0
    while front < len(family) - 1 and family[front] in PARTICLES and family[front].islower():
        front += 1
    back = len(given)
    while back > 1 and given[back - 1] in PARTICLES:
        back -= 1
    return Name(
        family=" ".join(family[front:]),
        given=" ".join(given[:back]),
        non_dropping_particle=" ".join(family[:front]),
        dropping_particle=" ".join(given[back:]),
    )


def direct(words: list[str]) -> Name:
    """A name written given name first: the family name begins at the particle, else is last."""
    suffix = ""
    if len(words) > 2 and SUFFIX.match(words[-1]):  # noqa: PLR2004 - given, family, suffix
        words, suffix = words[:-1], words[-1]
    first = next(
        (at for at, word in enumerate(words[1:-1], 1) if word in PARTICLES), len(words) - 1
    )
    last = first
    while last < len(words) - 1 and words[last] in PARTICLES:
        last += 1
    return Name(
        family=" ".join(words[last:]),
        given=" ".join(words[:first]),
        non_dropping_particle=" ".join(words[first:last]),
        suffix=suffix,
    )


def with_all_family(name: Name) -> Name:
    """A name whose given name is initials only: words after them belong to the family name."""
    words = name.given.split()
    first = next((at for at, word in enumerate(words) if _kind(word) is _Kind.WORD), len(words))
    if first == len(words) or name.non_dropping_particle:
        return name
    family = " ".join([*words[first:], name.family])
    return replace(name, given=" ".join(words[:first]), family=family)
