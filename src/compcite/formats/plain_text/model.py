"""The trained model: the likeliest label of each token, and how likely it is.

A linear-chain conditional random field (Lafferty, McCallum and Pereira 2001). Its score of a row
of labels is the sum of a weight for each feature of each token under its label, and of a weight
for each pair of neighbouring labels. ``tools/train_plain_text.py`` finds the weights and writes
them to ``weights.json.z``; here they are only applied.
"""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from math import exp
from operator import add, itemgetter, mul
from struct import Struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from compcite.formats.plain_text.feature_groups import Facts, Group

__all__ = ["Labelled", "Model", "model_from", "packed", "shipped_model"]

_Row = tuple[int, ...]
_Chances = list[float]
_Some = tuple[int, ...]  # the numbers of a few labels
_Factors = tuple[tuple[float, ...], ...]

PRECISION = 1000
"""Weights are kept as whole numbers of thousandths."""
_LANE = 32  # bits: sums of some fifty weights below 100 take 23
_ABOVE_ZERO = 1 << 24  # added to each sum, so that none is negative when they are unpacked
_UNLIKELY = 9 * PRECISION  # a label so far below the best one has a probability under 1 in 8,000
_REMEMBERED = 5_000  # sums of weights by facts, some 300 bytes each


@dataclass(frozen=True, slots=True)
class Labelled:
    """The likeliest row of labels, and the probability of each label at each token.

    ``probabilities`` holds for each token those labels that are not next to impossible there.
    """

    labels: tuple[str, ...]
    probabilities: tuple[Mapping[str, float], ...]


class _Sums(dict["Facts", int]):
    """What the features of a group weigh together, by the facts that they follow from."""

    def __init__(self, group: Group, weights: Mapping[str, Mapping[str, int]]) -> None:
        """Begin with no facts."""
        super().__init__()
        self._values = group.values
        self._weights = [weights.get(name, {}) for name in group.names]

    def __missing__(self, facts: Facts) -> int:
        """Add the weights up when the facts come for the first time."""
        if len(self) >= _REMEMBERED:
            self.clear()
        pairs = zip(self._weights, self._values(facts), strict=True)
        total = self[facts] = sum(weights.get(value, 0) for weights, value in pairs)
        return total


@dataclass(frozen=True)
class Model:
    """Labels, the weights of features by name and value, and the weights of pairs of labels.

    The weights of a feature for all labels are one whole number, see :func:`packed`.
    ``into[after][before]`` is the weight of label ``after`` behind label ``before``, in
    thousandths.
    ``confidence`` maps a variable to the share of right parts by their probability 0, 0.05, … 1.
    """

    labels: tuple[str, ...]
    weights: Mapping[str, Mapping[str, int]]
    into: tuple[tuple[int, ...], ...]
    confidence: Mapping[str, Sequence[float]]

    def label(self, features: Iterable[tuple[Group, Sequence[Facts]]], size: int) -> Labelled:
        """The labels of so many tokens: for each group of features the facts of each token."""
        if not size:
            return Labelled((), ())
        scores = self._scores(features, size)
        reached = self._reached(scores)
        best = self._best(reached)
        return Labelled(
            tuple(self.labels[index] for index in best), self._probabilities(scores, reached, best)
        )

    def sure(self, variable: str, probability: float) -> float:
        """How often parts of such a probability are right, as measured; else the probability."""
        shares = self.confidence.get(variable)
        if not shares:
            return round(probability, 2)
        place = min(max(probability, 0.0), 1.0) * (len(shares) - 1)
        low = min(int(place), len(shares) - 2)
        return round(shares[low] + (place - low) * (shares[low + 1] - shares[low]), 2)

    @cached_property
    def _sums(self) -> dict[Group, _Sums]:
        """The sums of weights of each group that has been seen."""
        return {}

    @cached_property
    def _gains(self) -> tuple[tuple[int, ...], ...]:
        """``[best][other]``: the most that ``other`` can gain on ``best`` by the label after it."""
        count = range(len(self.labels))
        return tuple(
            tuple(max(weights[other] - weights[best] for weights in self.into) for other in count)
            for best in count
        )

    @cached_property
    def _behind(self) -> tuple[tuple[int, ...], ...]:
        """``[before][after]``: the weight of label ``after`` behind label ``before``."""
        return tuple(zip(*self.into, strict=True))

    def _scores(self, features: Iterable[tuple[Group, Sequence[Facts]]], size: int) -> list[_Row]:
        """For each token the sum of the weights of its features, label by label.

        All sums have the same number added, which changes nothing between labels.
        """
        count = len(self.labels)
        totals = [packed([n for label in range(count) for n in (label, _ABOVE_ZERO)])] * size
        for group, facts in features:
            sums = self._sums.get(group)
            if sums is None:
                sums = self._sums[group] = _Sums(group, self.weights)
            totals = list(map(add, totals, map(sums.__getitem__, facts)))
        unpack = Struct(f"<{count}I").unpack
        length = count * _LANE // 8
        return [unpack(total.to_bytes(length, "little")) for total in totals]

    def _reached(self, scores: Sequence[_Row]) -> list[_Row]:
        """The best score up to each token under each label, less the best of the token before.

        Most labels are so far below the best one that nothing after them can make up for it; these
        are not looked at.
        """
        before = scores[0]
        reached = [before]
        for row in scores[1:]:
            top = max(before)
            leader = before.index(top)
            ahead = map(add, before, self._gains[leader])
            gained = self._behind[leader]
            for index, score in enumerate(ahead):
                if score > top:
                    less = before[index] - top
                    others = self._behind[index]
                    gained = tuple(map(max, gained, [weight + less for weight in others]))
            before = tuple(map(add, gained, row))
            reached.append(before)
        return reached

    def _best(self, reached: Sequence[_Row]) -> list[int]:
        """The row of labels with the highest score (Viterbi), found from its end."""
        label = reached[-1].index(max(reached[-1]))
        best = [label]
        for before in reached[-2::-1]:
            through = list(map(add, before, self.into[label]))
            label = through.index(max(through))
            best.append(label)
        best.reverse()
        return best

    @cached_property
    def _factors(self) -> _Factors:
        """``[after][before]``: by how much a pair of labels multiplies a row's probability."""
        return tuple(tuple(exp(weight / PRECISION) for weight in row) for row in self.into)

    @cached_property
    def _factors_behind(self) -> _Factors:
        """``[before][after]``: the same, turned."""
        return tuple(zip(*self._factors, strict=True))

    @cached_property
    def _certain(self) -> tuple[Mapping[str, float], ...]:
        """For each label the probabilities where no other is likely."""
        return tuple({label: 1.0} for label in self.labels)

    def _probabilities(
        self, scores: Sequence[_Row], reached: Sequence[_Row], best: Sequence[int]
    ) -> tuple[Mapping[str, float], ...]:
        """Return the probability of each label at each token (forward-backward).

        Only labels are looked at that are likely in view of the tokens before; that is two or
        three of seventeen at most tokens.
        """
        kept = [_likely(row, own) for row, own in zip(reached, best, strict=True)]
        chances = [_chances(row, likely) for row, likely in zip(scores, kept, strict=True)]
        forward = self._forward(chances, kept)
        found: list[Mapping[str, float]] = []
        backward = [1.0] * len(kept[-1])
        for at in range(len(scores) - 1, -1, -1):
            likely = kept[at]
            if len(likely) == 1:
                found.append(self._certain[likely[0]])
            else:
                joint = list(map(mul, forward[at], backward))
                total = sum(joint) or 1.0
                found.append(
                    {
                        self.labels[index]: value / total
                        for index, value in zip(likely, joint, strict=True)
                    }
                )
            if at:
                backward = self._backward(chances[at], likely, kept[at - 1], backward)
        found.reverse()
        return tuple(found)

    def _forward(self, chances: Sequence[_Chances], kept: Sequence[_Some]) -> list[_Chances]:
        """Return how likely each label is in view of the tokens up to it."""
        reached = chances[0]
        found = [reached]
        for own, likely, before in zip(chances[1:], kept[1:], kept, strict=False):
            if len(likely) == 1:
                reached = own
            elif len(before) == 1:
                factors = self._factors_behind[before[0]]
                reached = _shared(
                    [factors[to] * chance for to, chance in zip(likely, own, strict=True)]
                )
            else:
                factors_of = itemgetter(*before)
                reached = _shared(
                    [
                        chance * sum(map(mul, reached, factors_of(self._factors[to])))
                        for to, chance in zip(likely, own, strict=True)
                    ]
                )
            found.append(reached)
        return found

    def _backward(
        self, chances: _Chances, likely: _Some, before: _Some, backward: _Chances
    ) -> _Chances:
        """Return how likely what follows is, for each label of the token before."""
        if len(before) == 1:
            return [1.0]
        if len(likely) == 1:
            factors = self._factors[likely[0]]
            return _shared([factors[origin] for origin in before])
        factors_of = itemgetter(*likely)
        ahead = list(map(mul, chances, backward))
        turned = self._factors_behind
        return _shared([sum(map(mul, ahead, factors_of(turned[origin]))) for origin in before])


def _likely(row: _Row, own: int) -> _Some:
    """The labels that are not far below the best one, and the one that was chosen."""
    limit = max(row) - _UNLIKELY
    likely = tuple([index for index, score in enumerate(row) if score > limit])
    return likely if own in likely else (*likely, own)


def _chances(row: _Row, likely: _Some) -> _Chances:
    """How likely each label is by its token alone, as a multiple of the likeliest."""
    if len(likely) == 1:
        return [1.0]
    own = [row[index] for index in likely]
    peak = max(own)
    return [exp((score - peak) / PRECISION) for score in own]


def _shared(values: _Chances) -> _Chances:
    """The values as shares of their sum, so that they do not vanish over many tokens."""
    total = sum(values) or 1.0
    return [value / total for value in values]


def packed(row: Sequence[int]) -> int:
    """Return weights in one whole number, 32 bits a label, from label, weight, label, weight, ….

    Adding such numbers adds the weights of all labels at once, some ten times as fast as one by
    one. A weight is a number of thousandths; it may be negative.
    """
    return sum(weight << (_LANE * label) for label, weight in zip(row[::2], row[1::2], strict=True))


def model_from(written: bytes) -> Model:
    """The model that a file of weights holds."""
    held = json.loads(zlib.decompress(written))
    weights = {
        name: {value: packed(row) for value, row in values.items()}
        for name, values in held["weights"].items()
    }
    into = tuple(map(tuple, held["into"]))
    return Model(tuple(held["labels"]), weights, into, held["confidence"])


@cache
def shipped_model() -> Model:
    """The model that comes with compcite."""
    place = files("compcite.formats.plain_text").joinpath("weights.json.z")
    return model_from(place.read_bytes())
