"""The phrases and sentences of a reference, and what kind each looks like.

A phrase is what stands between punctuation marks or numbers, a sentence what stands between full
stops that end one. Their kinds are short codes in which the model sees what a part may be.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from compcite.formats.plain_text.tokens import Tokens

__all__ = [
    "is_word",
    "kind_of_phrase",
    "kind_of_sentence",
    "phrases_of",
    "sentences_of",
    "stops_of",
]

_BREAKS = frozenset(',;:()[]{}"?!/|<>=“”„«»')
# The class of a word as one letter, the most telling first: a role, a thesis, … "in".
_LETTERS = {
    "eds": "E", "trans": "E", "thesis": "T", "report": "R", "access": "W", "meeting": "C",
    "journal": "J", "publisher": "P", "institute": "U", "place": "L", "month": "M", "ed": "x",
    "note": "N", "vol": "v", "no": "n", "pp": "p", "group": "G", "in": "i",
}  # fmt: skip
_RANKS = {letter: rank for rank, letter in enumerate(dict.fromkeys(_LETTERS.values()))}
_OF_SENTENCES = "TREWCJPL"
_SMALL = frozenset({"small", "and", "particle", "in"})
# Words up to which a phrase or a sentence has a code; longer ones have one more.
_PHRASE_LENGTHS = ((1, "0"), (2, "1"), (3, "2"), (4, "3"), (6, "5"), (12, "9"))
_SENTENCE_LENGTHS = ((2, "0"), (4, "1"), (8, "2"), (16, "3"))
_SHORT_WORD, _SHORTER_WORD = 6, 4  # letters: longer words are hardly abbreviated
_ABBREVIATED_NEXT = frozenset(("Aa.", "A.", "AA.", "d1", "d2", "d3"))


@lru_cache(maxsize=1_000)  # there are some hundred shapes; a mark can be any character
def is_word(shape: str) -> bool:
    """Whether a token is a word, not a number, a mark, a link or a DOI."""
    return (shape[0].isalpha() and shape[0] not in "Yd") and shape != "link"


def phrases_of(tokens: Tokens, stops: Container[int]) -> list[tuple[int, int]]:
    """Where phrases begin and end, in tokens, with the full stops that end a sentence."""
    found = []
    begin, words = 0, False
    for index, (word, shape) in enumerate(zip(tokens.words, tokens.shapes, strict=True)):
        if is_word(shape):
            words = True
        elif index in stops or word in _BREAKS or shape[0] in "Yd" or shape in {"link", " - "}:
            if words:
                found.append((begin, index))
            begin, words = index + 1, False
    return [*found, (begin, len(tokens))] if words else found


def sentences_of(tokens: Tokens, stops: Container[int]) -> list[int]:
    """Where sentences begin, in tokens, and at last where the last one ends."""
    ends = [
        index + 1
        for index, shape in enumerate(tokens.shapes)
        if index in stops or tokens.words[index] in "?!" or shape == '" '
    ]
    return [0, *(end for end in ends if end < len(tokens)), len(tokens)]


def stops_of(tokens: Tokens) -> set[int]:
    """The full stops that end a sentence."""
    shapes = [*tokens.shapes, "-", "-"]
    return {
        index
        for index, shape in enumerate(tokens.shapes)
        if shape in {". ", " . "} and _ends(tokens, shapes, index)
    }


def _ends(tokens: Tokens, shapes: Sequence[str], index: int) -> bool:
    """Whether a full stop ends a sentence.

    That of an initial does where a capitalised word and one in small letters follow: ``Neff, K.
    Being kind``. That of a short word does not where another abbreviation follows: ``Psychol.
    Rev.``, nor that of a word in small letters before another such word: ``vol. two``.
    """
    before, after, second = (
        shapes[index - 1] if index else "-",
        shapes[index + 1],
        shapes[index + 2],
    )
    if before in {"A.", "a."}:
        return after == "Aa" and second[0].islower()
    length = len(tokens.words[index - 1]) if index else 0
    if before == "Aa.":
        return length >= _SHORT_WORD or after not in _ABBREVIATED_NEXT
    return before != "aa." or length >= _SHORTER_WORD or after[0] in "A-"


def kind_of_phrase(shapes: Sequence[str], classes: Sequence[str], start: int, end: int) -> str:
    """How long a phrase is, its capitals, and the most telling class of its words.

    For instance ``2N`` two words of a name with initials, ``9a`` a long phrase in small letters,
    ``3.J`` three abbreviated words, one of which is of a journal's title.
    """
    count = capitals = initials = small = dotted = 0
    letter = ""
    for shape, kind in zip(shapes[start:end], classes[start:end], strict=True):
        if not is_word(shape):
            continue
        count += 1
        if shape[0] == "A":
            capitals += 1
            initials += shape in {"A", "A."} or (shape == "AA" and not kind)
            dotted += shape[-1] == "." and shape != "A."
        elif kind not in _SMALL:
            small += 1
        told = _LETTERS.get(kind, "") if shape not in {"A", "A."} else ""
        if told and (not letter or _RANKS[told] < _RANKS[letter]):
            letter = told
    length = next((code for limit, code in _PHRASE_LENGTHS if count < limit), "X")
    return length + _case(count, capitals, initials, small, dotted) + letter


def _case(count: int, capitals: int, initials: int, small: int, dotted: int) -> str:
    """``I`` initials, ``N`` names, ``.`` abbreviations, ``C`` capitals, ``a`` small or ``m``."""
    if initials and initials == count:
        return "I"
    if initials and not small and not dotted:
        return "N"
    if dotted and dotted * 2 >= capitals:
        return "."
    if capitals and not small:
        return "C"
    return "a" if small * 2 > count else "m"


def kind_of_sentence(shapes: Sequence[str], classes: Sequence[str], start: int, end: int) -> str:
    """The capitals and the length of a sentence, whether it has numbers, and a class of words."""
    count = small = 0
    numbers = False
    letters: set[str] = set()
    for shape, kind in zip(shapes[start:end], classes[start:end], strict=True):
        if is_word(shape):
            count += 1
            small += shape[0] != "A" and kind not in _SMALL
            if shape != "A.":
                letters.add(_LETTERS.get(kind, ""))
        else:
            numbers = numbers or shape[0] in "Yd"
    case = "a" if small * 2 > count else "C" if not small else "m"
    length = next((code for limit, code in _SENTENCE_LENGTHS if count < limit), "4")
    letter = next((letter for letter in _OF_SENTENCES if letter in letters), "")
    return case + length + ("d" if numbers else "") + letter
