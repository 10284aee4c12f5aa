"""Two ways of writing a text held against each other letter by letter.

A text *covers* another one that has the same letters where none of them tells less: it is capital,
accented and protected by braces wherever the other one is, and set in the same type.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from compcite.text.latex.commands import (
    ACCENTS,
    DECLARATIONS,
    DROPPED,
    LETTERS,
    MARKUP,
    QUOTED,
    symbol,
)
from compcite.text.latex.decode import decode_letters, decode_title
from compcite.text.markup import ANY_TAG, PROTECTED

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "Letter",
    "bare",
    "commands",
    "covers",
    "is_opaque",
    "letters",
    "letters_of",
    "without_house_case",
]

_ALIKE = str.maketrans(
    {"\u00a0": " ", "’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‐": "-", "‑": "-"}
)
_COMMAND = re.compile(r"\\([A-Za-z]+|.)", re.DOTALL)
_MATH = re.compile(r"(?<!\\)(?:\\\\)*\$((?:[^$\\]|\\.)*)(?:\$|\Z)", re.DOTALL)
_TIE = re.compile(r"(?<!\\)~")
_SINGLE = re.compile(r"\{(\w)\}")
_PRINTED = ACCENTS.keys() | LETTERS.keys() | MARKUP.keys() | DECLARATIONS.keys() | QUOTED
_OPENING = frozenset(":.?!-")
_CAPITAL_WORDS = 4  # in capitals throughout: fewer may be acronyms,
_CAPITAL_LETTERS = 15  # and so may fewer letters
_SIGNS = frozenset("`'^~\"=.&%$#_{} ,-/@")  # accents, escapes and blanks


class Letter(NamedTuple):
    """A character without its case and accents, and what it tells besides.

    ``tags`` are the markup it stands in but for protection, ``accents`` combining characters.
    Raised and lowered letters are other letters.
    """

    base: str
    capital: bool
    accents: frozenset[str]
    protected: bool
    tags: tuple[str, ...]


def is_opaque(here: str, there: str) -> bool:
    r"""Whether two values hold what their letters do not tell: other formulas, ``\cite``."""
    if _formulas(here) != _formulas(there):
        return True
    return any(
        name not in _SIGNS and name not in _PRINTED and (name in DROPPED or not symbol(name))
        for name in {*_COMMAND.findall(here), *_COMMAND.findall(there)}
    )


def _formulas(value: str) -> list[str]:
    """The formulas of a value, as they are set: the braces of a single character do nothing."""
    return [_SINGLE.sub(r"\1", formula) for formula in _MATH.findall(value)]


def commands(value: str) -> Counter[str]:
    """The commands of a value but for accents and letters, and the blanks that break no line."""
    return Counter([*_COMMAND.findall(decode_letters(value)), *_TIE.findall(value)])


def letters(value: str) -> list[Letter]:
    """The letters of a LaTeX value, without a full stop at its end."""
    return letters_of(decode_title(value))


def letters_of(text: str) -> list[Letter]:
    """The letters of a text with the markup of CSL-JSON."""
    found: list[Letter] = []
    tags: list[str] = []
    for piece in ANY_TAG.split(unicodedata.normalize("NFC", text.translate(_ALIKE))):
        if not ANY_TAG.fullmatch(piece):
            style = tuple(tag for tag in tags if tag != PROTECTED)
            found.extend(_letter(char, style, protected=PROTECTED in tags) for char in piece)
        elif not piece.startswith("</"):
            tags.append(piece)
        elif tags:
            tags.pop()
    return found[:-1] if found and found[-1].base == "." else found


def bare(text: Sequence[Letter]) -> str:
    """The characters of a text without their case, accents and markup."""
    return "".join(letter.base for letter in text)


def without_house_case(text: Sequence[Letter]) -> list[Letter]:
    """A text without the capitals at its beginning and behind a colon, stop, dash or hyphen.

    There each house has its own way: *Well-being: A test*, *Well-Being: a test*.
    """
    made: list[Letter] = []
    before = ":"
    for letter in text:
        made.append(letter._replace(capital=False) if before in _OPENING else letter)
        before = before if letter.base == " " else letter.base
    return made


def covers(one: Sequence[Letter], other: Sequence[Letter]) -> bool:
    """Whether a text tells all that another one of the same letters tells."""
    if len(one) != len(other) or bare(one) != bare(other):
        return False
    throughout = _is_in_capitals(other)
    if _is_in_capitals(one) and not throughout:
        return False
    return all(
        _set_in_at_least(a.tags, b.tags)
        and (a.capital or throughout or not b.capital)
        and a.accents >= b.accents
        and (a.protected or not b.protected)
        for a, b in zip(one, other, strict=True)
    )


def _set_in_at_least(mine: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    """Whether a letter stands in all the markup of another one; a raised one is another letter."""
    raised = [{"<sup>", "<sub>"} & set(tags) for tags in (mine, theirs)]
    return raised[0] == raised[1] and set(mine) >= set(theirs)


def _letter(char: str, tags: tuple[str, ...], *, protected: bool) -> Letter:
    """A character; accents are told from Latin letters alone, elsewhere they make the letter."""
    spread = unicodedata.normalize("NFD", char)
    base, accents = (spread[0], spread[1:]) if spread[0].isalpha() else (char, "")
    if not base.isascii():
        base, accents = char, ""
    lower = base.casefold()
    return Letter(lower, base.isupper(), frozenset(accents), protected, tags)


def _is_in_capitals(text: Sequence[Letter]) -> bool:
    """Whether a text is in capitals throughout, which then tell nothing of its words."""
    cased = [letter for letter in text if letter.base.upper() != letter.base]
    words = sum(letter.base == " " for letter in text) + 1
    return (
        words >= _CAPITAL_WORDS
        and len(cased) >= _CAPITAL_LETTERS
        and all(letter.capital for letter in cased)
    )
