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
_MOVES_IN = frozenset(".,?!")
_MOVES_OUT = frozenset(",;:")


def join_punctuation(tokens: Tokens, *, in_quotes: bool) -> Tokens:
    """Return ``tokens`` with the punctuation at their borders settled.

    ``in_quotes`` is the locale's ``punctuation-in-quote``: a full stop or comma, and after
    citeproc-js a question or exclamation mark, that follows a closing quotation mark moves
    inside it.
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
            if quote < 0:
                joined[last], right = _settle(left, right)
            elif in_quotes and right[0] in _MOVES_IN:
                mark, right = right[0], right[1:]
                joined[last], mark = _settle_in_quotes(left, mark)
                if mark:
                    joined.insert(quote, mark)
                    last, quote = quote, quote + 1
            else:
                joined[last], right = _settle_round_quote(left, right, in_quotes=in_quotes)
        if right:
            last, quote = len(joined), -1
            joined.append(right)
    return joined


def _settle_in_quotes(left: str, mark: str) -> tuple[str, str]:
    """Let one of two marks give way before a closing quotation mark."""
    return (left, "") if left[-1:] + mark in _YIELDS_IN_QUOTES else _settle(left, mark)


def _settle_round_quote(left: str, right: str, *, in_quotes: bool) -> tuple[str, str]:
    """Write a mark once that stands before and after a closing quotation mark.

    Where punctuation has its place outside, a field's comma, semicolon or colon goes there.
    """
    if not in_quotes and left[-1:] in _MOVES_OUT:
        mark, right = _settle(left[-1], right)
        return left[:-1], mark + right
    return left, right[1:] if left[-1:] == right[0] != " " else right


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
