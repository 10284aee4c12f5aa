"""The words, numbers and marks of which a reference consists.

The model gives each token a label. A link and a DOI are one token each, because they are known
as a whole before anything else is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

__all__ = ["Tokens", "tokens_of"]

_TOKEN = re.compile(
    r"(?:https?://|ftp://|www\.)(?:[^\s<>\"“”]*[\w/])?|\b10\.\d{4,9}/(?:[^\s<>\"“”]*\w)?"
    r"|\d+|[^\W\d_]+|[^\w\s]|_"
)
_LINK = re.compile(r"https?://|ftp://|www\.")
_YEAR = re.compile(r"1[4-9]\d\d|20\d\d")
_MARKS = str.maketrans(
    {
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("“”„«»‹›", '"'),
        **dict.fromkeys("‘’‚´`", "'"),
    }
)
_LONGEST_NUMBER = 6  # digits; longer numbers look alike


@dataclass(frozen=True)
class Tokens:
    """The tokens of a line: what each says, and where it stands."""

    line: str
    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def __len__(self) -> int:
        """How many tokens there are."""
        return len(self.words)

    @cached_property
    def shapes(self) -> list[str]:
        """What each token looks like: ``Aa`` a capitalised word, ``A.`` an initial, ``Y`` a year.

        A full stop is part of the shape of the word before it; a mark says whether blanks stand
        around it.
        """
        line, size = self.line, len(self.line)
        found = []
        for word, start, end in zip(self.words, self.starts, self.ends, strict=True):
            shape = _look(word)
            if word[0].isalpha():
                stopped = shape != "link" and line.startswith(".", end)
                found.append(shape + "." if stopped else shape)
            elif word[0].isdigit():
                found.append(shape)
            else:
                before = " " if start == 0 or line[start - 1] == " " else ""
                after = " " if end == size or line[end] == " " else ""
                found.append(before + shape + after)
        return found


def tokens_of(line: str) -> Tokens:
    """The tokens of a line."""
    found = [(match[0], match.start(), match.end()) for match in _TOKEN.finditer(line)]
    if not found:
        return Tokens(line, (), (), ())
    words, starts, ends = zip(*found, strict=True)
    return Tokens(line, words, starts, ends)


@lru_cache(maxsize=5_000)  # most words of a list come again
def _look(word: str) -> str:
    """What a token looks like by itself."""
    if word[0].isalpha():
        return "link" if _LINK.match(word) else _letters(word)
    if word[0].isdigit():
        if not word.isdigit():
            return "doi"
        return "Y" if _YEAR.fullmatch(word) else f"d{min(len(word), _LONGEST_NUMBER)}"
    return word.translate(_MARKS)


def _letters(word: str) -> str:
    """What a word looks like: its capitals, and roughly how long it is."""
    if len(word) == 1:
        return "A" if word.isupper() else "a" if word.islower() else "o"
    if word.isupper():
        return "AA" if len(word) < 5 else "AAA"  # noqa: PLR2004 - longer ones are no initials
    if word.islower():
        return "aa" if len(word) < 4 else "aaa"  # noqa: PLR2004 - most articles and prepositions
    if word[0].isupper() and word[1:].islower():
        return "Aa"
    return "aA" if word[0].isalpha() and word.upper() != word.lower() else "oo"
