"""Punctuation where two pieces of output meet.

Affixes, delimiters and fields each bring their own punctuation, and nobody wants "What?."
or "Smith,, J.". What two marks become is the table that citeproc-js established and the CSL
test suite checks: of each pair, either both stay or one gives way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compcite.csl.richtext import CLOSE_QUOTE, Continued

if TYPE_CHECKING:
    from compcite.csl.richtext import Tokens

__all__ = ["join_punctuation"]

_RIGHT_YIELDS = frozenset(
    {"!!", "!.", "!:", "??", "?.", "?:", "..", "::", ":.", ",,", ";;", ";:", ";.", "  "}
)
_YIELDS_IN_QUOTES = _RIGHT_YIELDS | {",."}
_LEFT_YIELDS = frozenset({":!", ":?", ";!", ";?"})
_BORDERS = frozenset("!?.:,; ")
_MOVES_IN = frozenset(".,")


def join_punctuation(tokens: Tokens, *, in_quotes: bool) -> Tokens:
    """Return ``tokens`` with the punctuation at their borders settled.

    ``in_quotes`` is the locale's ``punctuation-in-quote``: a full stop or comma that follows
    a closing quotation mark moves inside it.
    """
    joined: Tokens = []
    last = -1  # where the last text stands in ``joined``
    quote = -1  # where the first closing quotation mark after it stands
    for token in tokens:
        if not isinstance(token, str):
            if token is CLOSE_QUOTE and quote < 0:
                quote = len(joined)
            joined.append(token)
            continue
        right = token
        if last >= 0 and right[0] in _BORDERS and not isinstance(right, Continued):
            left = joined[last]
            assert isinstance(left, str)  # noqa: S101  narrows the type; ``last`` marks a text
            if in_quotes and quote >= 0 and right[0] in _MOVES_IN:
                mark, right = right[0], right[1:]
                if left[-1:] + mark not in _YIELDS_IN_QUOTES:
                    joined.insert(quote, mark)
                    left, last, quote = mark, quote, quote + 1
            left, right = _settle(left, right) if quote < 0 else (left, right)
            joined[last] = left
        if right:
            last, quote = len(joined), -1
            joined.append(right)
    return joined


def _settle(left: str, right: str) -> tuple[str, str]:
    """Let one of the marks give way that meet between ``left`` and ``right``."""
    while left and right:
        pair = left[-1] + right[0]
        if pair in _RIGHT_YIELDS:
            right = right[1:]
        elif pair in _LEFT_YIELDS:
            left = left[:-1]
        else:
            break
    return left, right
