"""What the model sees of a reference: for each token a value of each feature.

A feature has a name and a value, such as ``w`` (the word) and ``journal``. Beside the token and
its neighbours, features say in what phrase and in what sentence it stands and what phrases and
sentences stand beside those: names, words in small letters, an abbreviated title, a publisher.

The names are short because the file of weights repeats them: ``w`` word, ``s`` shape, ``c`` class
of the word, ``p3``, ``s3``, ``s2`` its first and last letters, ``k`` phrase, ``z`` sentence,
``n`` number of the sentence, ``b`` brackets, ``q`` quotation marks, ``y`` years, ``r`` what
patterns say; ``-`` and ``+`` mean before and after, ``kk``, ``ss``, ``zz`` several joined.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from compcite.formats.plain_text.phrases import (
    is_word,
    kind_of_phrase,
    kind_of_sentence,
    phrases_of,
    sentences_of,
)
from compcite.formats.plain_text.word_classes import word_classes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compcite.formats.plain_text.said import Said
    from compcite.formats.plain_text.tokens import Tokens

__all__ = ["features_of"]

Features = dict[str, list[str]]

_NONE = "-"  # what stands before the first token and behind the last
_OPENING = {"(": "r", "[": "s", "{": "s"}
_CLOSING = frozenset(")]}")
_QUOTES = frozenset('“”„«»"')
_SHORT = 3  # letters: words up to that have no first three apart
_NEAR = 8  # tokens: a number within so many is one of this phrase or the next
_LONGEST_BRACKET = 12  # tokens looked at to tell what a bracket holds
_ENDS = 4  # tokens at either end that are told apart
_MANY = 5  # sentences that are counted
_KNOWN = 3  # the last of the labels given by patterns that are told


def features_of(tokens: Tokens, said: Said) -> Features:
    """The values of all features, each a list with one value a token.

    ``said`` are the labels that patterns have given to the tokens, "" where they have given none.
    """
    shapes = tokens.shapes
    lower = [word.lower() for word in tokens.words]
    classes = [word_classes().get(word, "") for word in lower]
    found: Features = {}
    _add_words(found, lower, shapes, classes)
    _add_phrases(found, tokens, classes)
    _add_sentences(found, tokens, classes)
    _add_brackets_and_quotes(found, tokens)
    _add_years(found, tokens, lower)
    _add_marks_around(found, tokens)
    _add_layout(found, tokens)
    _add_places(found, tokens)
    _add_said(found, said)
    return found


def _moved(values: list[str], by: int) -> list[str]:
    """The values of the tokens ``by`` places further on."""
    size = len(values)
    if by < 0:
        return [_NONE] * min(-by, size) + values[: max(size + by, 0)]
    return values[by:] + [_NONE] * min(by, size)


def _joined(*lists: Sequence[str]) -> list[str]:
    return list(map(" ".join, zip(*lists, strict=True)))


def _add_words(found: Features, lower: list[str], shapes: list[str], classes: list[str]) -> None:
    """Say what each token and its neighbours are: word, shape and class."""
    words = [
        shape if shape[0] in "dY" or shape == "link" else word
        for word, shape in zip(lower, shapes, strict=True)
    ]
    found |= {"w": words, "s": shapes, "c": classes}
    letters = [word if word[0].isalpha() else "" for word in words]
    found["s3"] = [word[-3:] if len(word) > _SHORT else "" for word in letters]
    found["s2"] = [word[-2:] if len(word) >= _SHORT else "" for word in letters]
    for name, values, reach in (("w", words, 2), ("s", shapes, 2), ("c", classes, 1)):
        for by in range(1, reach + 1):
            found[f"{name}-{by}"] = _moved(values, -by)
            found[f"{name}+{by}"] = _moved(values, by)
    before, after = found["s-1"], found["s+1"]
    found["ss-"] = _joined(before, shapes)
    found["ss+"] = _joined(shapes, after)
    found["sss"] = _joined(before, shapes, after)


def _add_phrases(found: Features, tokens: Tokens, classes: list[str]) -> None:
    """Say in what kind of phrase each token stands, and what stands before and behind that."""
    shapes, size = tokens.shapes, len(tokens)
    phrases = phrases_of(tokens)
    kinds = [kind_of_phrase(shapes, classes, *phrase) for phrase in phrases]
    around = [*kinds, _NONE, _NONE, _NONE]  # so that around[-1] stands before the first
    own, before, after, second = ([_NONE] * size for _ in range(4))
    opener, closer = [_NONE] * size, [_NONE] * size
    number = 0
    for index in range(size):
        while number < len(phrases) and phrases[number][1] <= index:
            number += 1
        inside = number < len(phrases) and phrases[number][0] <= index
        own[index] = kinds[number] if inside else ""
        following = number + 1 if inside else number
        before[index], after[index] = around[number - 1], around[following]
        second[index] = around[following + 1]
        if inside:
            start, end = phrases[number]
            opener[index] = shapes[start - 1] if start else _NONE
            closer[index] = shapes[end] if end < size else _NONE
    found |= {"k": own, "k-": before, "k+": after, "k++": second}
    found["kk+"] = _joined(own, closer, after)
    found["kk-"] = _joined(before, opener, own)
    found["ko"] = _joined(opener, own, closer)
    found["sk"] = _joined(shapes, own)


def _add_sentences(found: Features, tokens: Tokens, classes: list[str]) -> None:
    """Say in which sentence each token stands, and what that one and its neighbours look like."""
    shapes = tokens.shapes
    cuts = sentences_of(tokens)
    kinds = [kind_of_sentence(shapes, classes, *pair) for pair in pairwise(cuts)]
    around = [_NONE, *kinds, _NONE]
    for name in ("n", "z", "z-", "z+"):
        found[name] = []
    places: list[str] = []
    for number, (start, end) in enumerate(pairwise(cuts)):
        counted = str(min(number, _MANY))
        values = (counted, kinds[number], around[number], around[number + 2])
        for name, value in zip(("n", "z", "z-", "z+"), values, strict=True):
            found[name] += [value] * (end - start)
        places += ["f", *"m" * (end - start - 3), *"ll"][: end - start]
    found["zz"] = _joined(found["z-"], found["z"], found["z+"])
    found["zs"] = _joined(found["z"], places, shapes)


def _add_brackets_and_quotes(found: Features, tokens: Tokens) -> None:
    """Say whether a token stands in brackets and what these hold, and whether in quotation."""
    brackets, quotes = [], []
    bracket, quoted = "", "0"
    quoting = _is_quoting(tokens)
    for index, word in enumerate(tokens.words):
        if word in _OPENING:
            bracket = _OPENING[word] + _content(tokens, index)
        brackets.append(bracket)
        if word in _CLOSING:
            bracket = ""
        if word in _QUOTES:
            quoted = "2" if quoted == "1" else "1"
        quotes.append(quoted + ("y" if quoting else "n"))
    found["b"], found["q"] = brackets, quotes


def _is_quoting(tokens: Tokens) -> bool:
    return sum(word in _QUOTES for word in tokens.words) > 1


def _content(tokens: Tokens, opening: int) -> str:
    """What a bracket holds: ``Y`` a year, ``d`` numbers only, ``w`` words."""
    words = tokens.words[opening + 1 : opening + _LONGEST_BRACKET]
    close = next((at for at, word in enumerate(words) if word in _CLOSING), 0)
    inside = tokens.shapes[opening + 1 : opening + 1 + close]
    if "Y" in inside:
        return "Y"
    return "d" if inside and not any(map(is_word, inside)) else "w"


def _add_years(found: Features, tokens: Tokens, lower: list[str]) -> None:
    """Say which year a token is, and whether one, and an "in", stand before it."""
    shapes = tokens.shapes
    total = min(shapes.count("Y"), 3)
    seen, introduced = 0, "0"
    which, years, within = [], [], []
    for index, (word, shape) in enumerate(zip(lower, shapes, strict=True)):
        seen += shape == "Y"
        years.append("Y" if shape == "Y" else str(min(seen, 2)))
        which.append(f"{min(seen, 3)}/{total}{found['b'][index]}" if shape == "Y" else "")
        if word in {"in", "dans", "em"}:
            colon = tokens.words[index + 1 : index + 2] == (":",)
            introduced = "1" if colon or tokens.words[index][0] == "I" else introduced
        within.append(introduced)
    found |= {"y": years, "yw": which, "i": within}


def _add_marks_around(found: Features, tokens: Tokens) -> None:
    """Say which mark or number comes next, and which came last."""
    found["ah"] = _distances(tokens.shapes[::-1])[::-1]


def _add_layout(found: Features, tokens: Tokens) -> None:
    """Say of what layout the reference is: quotation marks, where its year is, semicolons."""
    shapes, size = tokens.shapes, len(tokens)
    first = shapes.index("Y") if "Y" in shapes else None
    early = "0" if first is None else "e" if first * 2 < size else "l"
    enclosed = "p" if first and tokens.words[first - 1] in "([" else "n"
    layout = f"{int(_is_quoting(tokens))}{early}{enclosed}{min(tokens.words.count(';'), 2)}"
    found["st"] = [layout] * size
    found["ys"] = [f"{year} {layout}" for year in found["y"]]


def _add_places(found: Features, tokens: Tokens) -> None:
    """Say where in the reference a token stands, and whether numbers follow."""
    shapes, size = tokens.shapes, len(tokens)
    numbers = [index for index, shape in enumerate(shapes) if shape[0] == "d"]
    found["d"] = [
        f"{int(bool(numbers) and numbers[-1] > index)}"
        f"{int(any(index < number <= index + _NEAR for number in numbers[-6:]))}"
        for index in range(size)
    ]
    found["t"] = [str(10 * index // size) for index in range(size)]
    found["e"] = [
        f"f{index}" if index < _ENDS else f"l{size - index}" if size - index <= _ENDS else ""
        for index in range(size)
    ]


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


def _add_said(found: Features, said: Said) -> None:
    """Say what the patterns say: of a token, of those beside it, and last before and behind it."""
    values = list(said.parts)
    found["r"] = values
    found["r-"] = _moved(values, -1)
    found["r+"] = _moved(values, 1)
    found["rr-"] = _joined(found["r-"], values)
    found["rr+"] = _joined(values, found["r+"])
    found["rb"] = _seen(values)
    found["ra"] = _seen(values[::-1])[::-1]
    found["rc"] = list(said.sure)
    found["rt"] = [f"{value} {said.type}" for value in values]


def _seen(values: list[str]) -> list[str]:
    """For each token the last few different labels up to it."""
    labels: list[str] = []
    found = []
    for label in values:
        if label != "0" and label not in labels:
            labels.append(label)
        found.append(" ".join(labels[-_KNOWN:]))
    return found
