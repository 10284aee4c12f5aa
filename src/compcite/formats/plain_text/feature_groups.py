"""The features of tokens in groups: all values of a group follow from the same few facts.

From the word ``2003``, its shape and its class follow the values of ``w``, ``s``, ``c``, ``s3``
and ``s2``. The same facts come again and again in a list, so the model adds up what a group
weighs once for them, and not for each token.

The names are short because the file of weights repeats them: ``w`` word, ``s`` shape, ``c`` class
of the word, ``p3``, ``s3``, ``s2`` its first and last letters, ``k`` phrase, ``z`` sentence,
``n`` number of the sentence, ``b`` brackets, ``q`` quotation marks, ``y`` years, ``r`` what
patterns say; ``-`` and ``+`` mean before and after, ``kk``, ``ss``, ``zz`` several joined.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = [
    "AROUND",
    "BESIDE",
    "IN_PHRASE",
    "IN_SENTENCE",
    "LAYOUT",
    "NAMES",
    "PHRASE",
    "PLACE",
    "RULES",
    "RULES_AROUND",
    "SENTENCE",
    "SHAPES",
    "WORD",
    "Facts",
    "Group",
]

Facts = tuple[str, ...]

_SHORT = 3  # letters: words up to that have no last three apart


@dataclass(frozen=True, eq=False, slots=True)
class Group:
    """The names of features, and the function that tells their values by the facts."""

    names: tuple[str, ...]
    values: Callable[[Facts], tuple[str, ...]]


def _as_they_are(facts: Facts) -> tuple[str, ...]:
    return facts


def _of_word(facts: Facts) -> tuple[str, ...]:
    word, shape, kind = facts
    letters = word if word[0].isalpha() else ""
    return (
        word,
        shape,
        kind,
        letters[-3:] if len(letters) > _SHORT else "",
        letters[-2:] if len(letters) >= _SHORT else "",
    )


def _of_shapes(facts: Facts) -> tuple[str, ...]:
    before, own, after = facts
    return f"{before} {own}", f"{own} {after}", f"{before} {own} {after}"


def _of_phrase(facts: Facts) -> tuple[str, ...]:
    own, before, after, second, opener, closer = facts
    return (
        own,
        before,
        after,
        second,
        f"{own} {closer} {after}",
        f"{before} {opener} {own}",
        f"{opener} {own} {closer}",
    )


def _of_sentence(facts: Facts) -> tuple[str, ...]:
    return *facts, " ".join(facts[1:])


def _together(facts: Facts) -> tuple[str, ...]:
    return (" ".join(facts),)


def _of_layout(facts: Facts) -> tuple[str, ...]:
    year, layout = facts[2], facts[-1]
    return *facts, f"{year} {layout}"


def _of_rules(facts: Facts) -> tuple[str, ...]:
    before, own, after, sure, kind = facts
    return own, before, after, f"{before} {own}", f"{own} {after}", sure, f"{own} {kind}"


WORD = Group(("w", "s", "c", "s3", "s2"), _of_word)
"""By the word, its shape and its class."""

BESIDE = {
    by: Group(tuple(f"{name}{by:+d}" for name in names), _as_they_are)
    for by, names in ((-1, "wsc"), (1, "wsc"), (-2, "ws"), (2, "ws"))
}
"""By the word before or behind, its shape and, of the next, its class."""

SHAPES = Group(("ss-", "ss+", "sss"), _of_shapes)
"""By the shape before, the own and the one behind."""

PHRASE = Group(("k", "k-", "k+", "k++", "kk+", "kk-", "ko"), _of_phrase)
"""By the kinds of the phrase, of that before and of two behind, and the shapes beside it."""

IN_PHRASE = Group(("sk",), _together)
"""By the shape and the kind of the phrase."""

SENTENCE = Group(("n", "z-", "z", "z+", "zz"), _of_sentence)
"""By the number of the sentence, and the kinds of that before, of itself and of that behind."""

IN_SENTENCE = Group(("zs",), _together)
"""By the kind of the sentence, whether it begins or ends here, and the shape."""

LAYOUT = Group(("b", "q", "y", "yw", "i", "st", "ys"), _of_layout)
"""By brackets, quotation, the years before, which year it is, an "in" before, the layout."""

AROUND = Group(("ah",), _as_they_are)
"""By the mark or number that comes next, and how far it is."""

PLACE = Group(("d", "t", "e"), _as_they_are)
"""By the numbers that follow, the tenth of the reference, and how near its ends are."""

RULES = Group(("r", "r-", "r+", "rr-", "rr+", "rc", "rt"), _of_rules)
"""By the label before, the own, the one behind, how sure the own is, and the type."""

RULES_AROUND = Group(("rb", "ra"), _as_they_are)
"""By the last few labels before and behind."""

_IN_ORDER = (
    "w s c s3 s2 w-1 w+1 w-2 w+2 s-1 s+1 s-2 s+2 c-1 c+1 ss- ss+ sss k k- k+ k++ kk+ kk- ko sk "
    "n z z- z+ zz zs b q y yw i ah st ys d t e r r- r+ rr- rr+ rb ra rc rt"
)
NAMES = tuple(_IN_ORDER.split())
"""All names, in the order in which they are given to the trainer: it sums in that order."""
