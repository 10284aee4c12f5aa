"""Mark where the file's value and the registry's value differ."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["ValuePart", "differences"]

_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
_MOST_TOKENS = 1_000  # with more words, comparing takes seconds, and nobody reads the marks
# With a smaller share in common, two whole values are easier to read than many small marks.
_SHARED = 0.3


class ValuePart(NamedTuple):
    """A part of a value; ``differs`` is true where the other value has something else there."""

    text: str
    differs: bool


def differences(actual: str, expected: str) -> tuple[list[ValuePart], list[ValuePart]]:
    """Both values split into pieces, word by word; the joined pieces of a value give the value.

    Each piece says whether it differs from the other value. Two values with less than
    :data:`_SHARED` of their letters in common, or with very many words, are one differing piece
    each.
    """
    if actual == expected:
        same = [ValuePart(actual, differs=False)]
        return same, same
    tokens, others = _TOKEN.findall(actual), _TOKEN.findall(expected)
    if max(len(tokens), len(others)) <= _MOST_TOKENS:
        matcher = SequenceMatcher(None, tokens, others, autojunk=False)
        opcodes = matcher.get_opcodes()
        shared = sum(len("".join(tokens[i:j])) for tag, i, j, *_ in opcodes if tag == "equal")
        if shared >= _SHARED * max(len(actual), len(expected)):
            return (
                _joined(("".join(tokens[i:j]), tag != "equal") for tag, i, j, _, _ in opcodes),
                _joined(("".join(others[i:j]), tag != "equal") for tag, _, _, i, j in opcodes),
            )
    return [ValuePart(actual, differs=True)], [ValuePart(expected, differs=True)]


def _joined(stretches: Iterable[tuple[str, bool]]) -> list[ValuePart]:
    """The texts that are not empty as pieces, each with whether it differs."""
    return [ValuePart(text, differs) for text, differs in stretches if text]
