"""What the model sees of a reference: for each token the facts of each group of features.

Beside the token and its neighbours, they say in what phrase and in what sentence it stands and
what phrases and sentences stand beside those: names, words in small letters, an abbreviated
title, a publisher. ``feature_groups.py`` says which features follow from them.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from compcite.formats.plain_text.feature_groups import (
    AROUND,
    BESIDE,
    IN_PHRASE,
    IN_SENTENCE,
    LAYOUT,
    PHRASE,
    PLACE,
    RULES,
    RULES_AROUND,
    SENTENCE,
    SHAPES,
    WORD,
)
from compcite.formats.plain_text.phrases import (
    is_word,
    kind_of_phrase,
    kind_of_sentence,
    phrases_of,
    sentences_of,
    stops_of,
)
from compcite.formats.plain_text.said import NOTHING
from compcite.formats.plain_text.word_classes import word_classes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from compcite.formats.plain_text.feature_groups import Facts, Group
    from compcite.formats.plain_text.said import Said
    from compcite.formats.plain_text.tokens import Tokens

__all__ = ["features_of"]

_NONE = "-"  # what stands before the first token and behind the last
_OPENING = {"(": "r", "[": "s", "{": "s"}
_CLOSING = frozenset(")]}")
_QUOTES = frozenset('“”„«»"')
_NEAR = 8  # tokens: a number within so many is one of this phrase or the next
_LAST = 6  # numbers: of those before them no token is said to be near
_LONGEST_BRACKET = 12  # tokens looked at to tell what a bracket holds
_ENDS = 4  # tokens at either end that are told apart
_MANY = 5  # sentences that are counted
_KNOWN = 3  # the last of the labels given by patterns that are told


def features_of(tokens: Tokens, said: Said) -> Iterator[tuple[Group, Sequence[Facts]]]:
    """Each group of features with the facts of each token.

    ``said`` is what the rules say of the tokens.
    """
    lower = [word.lower() for word in tokens.words]
    classes = [word_classes().get(word, "") for word in lower]
    yield from _words(tokens, lower, classes)
    stops = stops_of(tokens)
    yield from _phrases(tokens, classes, stops)
    yield from _sentences(tokens, classes, stops)
    yield LAYOUT, _layouts(tokens, lower)
    yield AROUND, [(value,) for value in _distances(tokens.shapes[::-1])[::-1]]
    yield PLACE, _places(tokens)
    yield from _said(said)


def _moved(values: Sequence[Facts], by: int) -> list[Facts]:
    """The facts of the tokens ``by`` places further on."""
    size = len(values)
    edge = [(_NONE,) * len(values[0])] * min(abs(by), size)
    return [*edge, *values[: max(size + by, 0)]] if by < 0 else [*values[by:], *edge]


def _words(
    tokens: Tokens, lower: list[str], classes: list[str]
) -> Iterator[tuple[Group, Sequence[Facts]]]:
    """Say what each token and its neighbours are: word, shape and class."""
    shapes = tokens.shapes
    words = [
        shape if shape[0] in "dY" or shape == "link" else word
        for word, shape in zip(lower, shapes, strict=True)
    ]
    facts: list[Facts] = list(zip(words, shapes, classes, strict=True))
    yield WORD, facts
    for by in (-1, 1):
        yield BESIDE[by], _moved(facts, by)
    facts = list(zip(words, shapes, strict=True))
    for by in (-2, 2):
        yield BESIDE[by], _moved(facts, by)
    yield SHAPES, list(zip([_NONE, *shapes[:-1]], shapes, [*shapes[1:], _NONE], strict=True))


def _phrases(
    tokens: Tokens, classes: list[str], stops: set[int]
) -> Iterator[tuple[Group, Sequence[Facts]]]:
    """Say in what kind of phrase each token stands, and what stands before and behind that."""
    shapes, size = tokens.shapes, len(tokens)
    phrases = phrases_of(tokens, stops)
    kinds = [kind_of_phrase(shapes, classes, *phrase) for phrase in phrases]
    around = [_NONE, *kinds, _NONE, _NONE, _NONE]
    found: list[Facts] = []
    for number, (start, end) in enumerate([*phrases, (size, size)]):
        before, own, after, second = around[number : number + 4]
        between = ("", before, own, after, _NONE, _NONE)
        found += [between] * (start - len(found))
        opener = shapes[start - 1] if start else _NONE
        closer = shapes[end] if end < size else _NONE
        found += [(own, before, after, second, opener, closer)] * (end - start)
    yield PHRASE, found
    yield IN_PHRASE, list(zip(shapes, (facts[0] for facts in found), strict=True))


def _sentences(
    tokens: Tokens, classes: list[str], stops: set[int]
) -> Iterator[tuple[Group, Sequence[Facts]]]:
    """Say in which sentence each token stands, and what that one and its neighbours look like."""
    shapes = tokens.shapes
    cuts = sentences_of(tokens, stops)
    kinds = [kind_of_sentence(shapes, classes, *pair) for pair in pairwise(cuts)]
    around = [_NONE, *kinds, _NONE]
    found: list[Facts] = []
    own: list[str] = []
    places: list[str] = []
    for number, (start, end) in enumerate(pairwise(cuts)):
        found += [(str(min(number, _MANY)), *around[number : number + 3])] * (end - start)
        own += [kinds[number]] * (end - start)
        places += ["f", *"m" * (end - start - 3), *"ll"][: end - start]
    yield SENTENCE, found
    yield IN_SENTENCE, list(zip(own, places, shapes, strict=True))


def _layouts(tokens: Tokens, lower: list[str]) -> list[Facts]:
    """Say what holds a token, and of what layout the reference is."""
    brackets, quotes = _brackets_and_quotes(tokens)
    years, which, introduced = _years(tokens, lower, brackets)
    layout = [_layout(tokens)] * len(tokens)
    return list(zip(brackets, quotes, years, which, introduced, layout, strict=True))


def _brackets_and_quotes(tokens: Tokens) -> tuple[list[str], list[str]]:
    """Say whether a token stands in brackets and what these hold, and whether in quotation."""
    brackets, quotes = [], []
    bracket, quoted = "", "0"
    quoting = "y" if _is_quoting(tokens) else "n"
    for index, word in enumerate(tokens.words):
        if word in _OPENING:
            bracket = _OPENING[word] + _content(tokens, index)
        brackets.append(bracket)
        if word in _CLOSING:
            bracket = ""
        if word in _QUOTES:
            quoted = "2" if quoted == "1" else "1"
        quotes.append(quoted + quoting)
    return brackets, quotes


def _is_quoting(tokens: Tokens) -> bool:
    return sum(map(tokens.words.count, _QUOTES)) > 1


def _content(tokens: Tokens, opening: int) -> str:
    """What a bracket holds: ``Y`` a year, ``d`` numbers only, ``w`` words."""
    words = tokens.words[opening + 1 : opening + _LONGEST_BRACKET]
    close = next((at for at, word in enumerate(words) if word in _CLOSING), 0)
    inside = tokens.shapes[opening + 1 : opening + 1 + close]
    if "Y" in inside:
        return "Y"
    return "d" if inside and not any(map(is_word, inside)) else "w"


def _years(
    tokens: Tokens, lower: list[str], brackets: list[str]
) -> tuple[list[str], list[str], list[str]]:
    """Say whether years and an "in" stand before a token, and which year it is."""
    shapes = tokens.shapes
    total = min(shapes.count("Y"), 3)
    seen, introduced = 0, "0"
    years, which, within = [], [], []
    for index, (word, shape) in enumerate(zip(lower, shapes, strict=True)):
        if shape == "Y":
            seen += 1
            years.append("Y")
            which.append(f"{min(seen, 3)}/{total}{brackets[index]}")
        else:
            years.append("012"[min(seen, 2)])
            which.append("")
        if word in {"in", "dans", "em"}:
            colon = tokens.words[index + 1 : index + 2] == (":",)
            introduced = "1" if colon or tokens.words[index][0] == "I" else introduced
        within.append(introduced)
    return years, which, within


def _layout(tokens: Tokens) -> str:
    """Say of what layout the reference is: quotation marks, where its year is, semicolons."""
    shapes = tokens.shapes
    first = shapes.index("Y") if "Y" in shapes else None
    early = "0" if first is None else "e" if first * 2 < len(tokens) else "l"
    enclosed = "p" if first and tokens.words[first - 1] in "([" else "n"
    return f"{int(_is_quoting(tokens))}{early}{enclosed}{min(tokens.words.count(';'), 2)}"


def _places(tokens: Tokens) -> list[Facts]:
    """Say where in the reference a token stands, and whether numbers follow."""
    size = len(tokens)
    numbers = [index for index, shape in enumerate(tokens.shapes) if shape[0] == "d"]
    last = numbers[-1] if numbers else 0
    followed = ["10"] * last + ["00"] * (size - last)
    for number in numbers[-_LAST:]:
        begin = max(number - _NEAR, 0)
        followed[begin:number] = ["11"] * (number - begin)
    tenths = ["0123456789"[10 * index // size] for index in range(size)]
    ends = [
        f"f{index}" if index < _ENDS else f"l{size - index}" if size - index <= _ENDS else ""
        for index in range(size)
    ]
    return list(zip(followed, tenths, ends, strict=True))


def _distances(shapes: list[str]) -> list[str]:
    """For each token the last mark or number before it, and how many words lie between."""
    values = []
    last, distance = _NONE, 0
    for shape in shapes:
        values.append(f"{last}{min(distance, 4)}")
        if is_word(shape):
            distance += 1
        else:
            last, distance = shape[0] if shape[0] in "Yd" else shape.strip(), 0
    return values


def _said(said: Said) -> Iterator[tuple[Group, Sequence[Facts]]]:
    """Say what the patterns say: of a token, of those beside it, and last before and behind it."""
    own = list(said.parts)
    before, after = [_NONE, *own[:-1]], [*own[1:], _NONE]
    kind = [said.type] * len(own)
    yield RULES, list(zip(before, own, after, said.sure, kind, strict=True))
    yield RULES_AROUND, list(zip(_seen(own), _seen(own[::-1])[::-1], strict=True))


def _seen(values: list[str]) -> list[str]:
    """For each token the last few different labels up to it."""
    labels: list[str] = []
    last, known = "", ""
    found = []
    for label in values:
        if label not in (last, NOTHING):
            last = label
            if label not in labels:
                labels.append(label)
                known = " ".join(labels[-_KNOWN:])
        found.append(known)
    return found
