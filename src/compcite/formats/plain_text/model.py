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
from itertools import repeat
from math import exp
from operator import add, mul
from struct import Struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["Labelled", "Model", "model_from", "packed", "shipped_model"]

_Row = list[float]

PRECISION = 1000
"""Weights are kept as whole numbers of thousandths."""
_LANE = 32  # bits: sums of some fifty weights below 100 take 23
_UNLIKELY = 9.0  # a label so far below the best one has a probability under 1 in 8,000


@dataclass(frozen=True, slots=True)
class Labelled:
    """The likeliest row of labels, and the probability of each label at each token.

    ``probabilities`` holds for each token those labels that are not next to impossible there.
    """

    labels: tuple[str, ...]
    probabilities: tuple[Mapping[str, float], ...]


@dataclass(frozen=True)
class Model:
    """Labels, the weights of features by name and value, and the weights of pairs of labels.

    The weights of a feature for all labels are one whole number, see :func:`packed`.
    ``into[after][before]`` is the weight of label ``after`` behind label ``before``.
    ``confidence`` maps a variable to the share of right parts by their probability 0, 0.05, … 1.
    """

    labels: tuple[str, ...]
    weights: Mapping[str, Mapping[str, int]]
    into: tuple[tuple[float, ...], ...]
    confidence: Mapping[str, Sequence[float]]

    def label(self, features: Mapping[str, Sequence[str]], size: int) -> Labelled:
        """The labels of so many tokens, whose features are given by name, a value a token."""
        if not size:
            return Labelled((), ())
        scores = self._scores(features, size)
        best, reached = self._best(scores)
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
    def _gains(self) -> tuple[tuple[float, ...], ...]:
        """``[best][other]``: the most that ``other`` can gain on ``best`` by the label after it."""
        count = range(len(self.labels))
        return tuple(
            tuple(max(weights[other] - weights[best] for weights in self.into) for other in count)
            for best in count
        )

    @cached_property
    def _behind(self) -> tuple[tuple[float, ...], ...]:
        """``[before][after]``: the weight of label ``after`` behind label ``before``."""
        return tuple(zip(*self.into, strict=True))

    def _scores(self, features: Mapping[str, Sequence[str]], size: int) -> list[_Row]:
        """For each token the sum of the weights of its features, label by label."""
        count = len(self.labels)
        # Half of a lane is added to each sum, so that none is negative when they are unpacked.
        half = 1 << (_LANE - 1)
        totals = [sum(half << (_LANE * index) for index in range(count))] * size
        for name, values in features.items():
            known = self.weights.get(name)
            if known:
                totals = list(map(add, totals, map(known.get, values, repeat(0))))
        unpack = Struct(f"<{count}I").unpack
        length = count * _LANE // 8
        return [
            [(lane - half) / PRECISION for lane in unpack(total.to_bytes(length, "little"))]
            for total in totals
        ]

    def _best(self, scores: Sequence[_Row]) -> tuple[list[int], list[_Row]]:
        """The row of labels with the highest score (Viterbi), and the best score up to each.

        Most labels are so far below the best one that nothing after them can make up for it; these
        are not looked at.
        """
        reached = [scores[0]]
        origins: list[list[int]] = []
        for row in scores[1:]:
            before = reached[-1]
            top = max(before)
            leader = before.index(top)
            ahead = map(add, before, self._gains[leader])
            likely = [index for index, score in enumerate(ahead) if score >= top]
            gained = [top + weight for weight in self._behind[leader]]
            origin = [leader] * len(gained)
            for index in likely:
                if index == leader:
                    continue
                score = before[index]
                for after, weight in enumerate(self._behind[index]):
                    if score + weight > gained[after]:
                        gained[after] = score + weight
                        origin[after] = index
            reached.append(list(map(add, gained, row)))
            origins.append(origin)
        best = [reached[-1].index(max(reached[-1]))]
        for origin in reversed(origins):
            best.append(origin[best[-1]])
        best.reverse()
        return best, reached

    @cached_property
    def _factors(self) -> tuple[tuple[float, ...], ...]:
        """``[after][before]``: by how much a pair of labels multiplies a row's probability."""
        return tuple(tuple(map(exp, weights)) for weights in self.into)

    def _probabilities(
        self, scores: Sequence[_Row], reached: Sequence[_Row], best: Sequence[int]
    ) -> tuple[Mapping[str, float], ...]:
        """Return the probability of each label at each token (forward-backward).

        Only labels are looked at that are likely in view of the tokens before; that is two or
        three of seventeen at most tokens.
        """
        kept = []
        for row, own in zip(reached, best, strict=True):
            limit = max(row) - _UNLIKELY
            likely = [index for index, score in enumerate(row) if score > limit]
            kept.append(likely if own in likely else [*likely, own])
        chances = self._chances(scores, kept)
        forward = self._forward(chances, kept)
        found: list[Mapping[str, float]] = []
        backward = [1.0] * len(kept[-1])
        for at in range(len(scores) - 1, -1, -1):
            likely = kept[at]
            if len(likely) == 1:
                found.append({self.labels[likely[0]]: 1.0})
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

    def _chances(self, scores: Sequence[_Row], kept: Sequence[Sequence[int]]) -> list[_Row]:
        """Return how likely each label is by its token alone, as a multiple of the likeliest."""
        found = []
        for row, likely in zip(scores, kept, strict=True):
            own = [row[index] for index in likely]
            peak = max(own)
            found.append([exp(score - peak) for score in own] if own[1:] else [1.0])
        return found

    def _forward(self, chances: Sequence[_Row], kept: Sequence[Sequence[int]]) -> list[_Row]:
        """Return how likely each label is in view of the tokens up to it."""
        reached = chances[0]
        found = [reached]
        for own, likely, before in zip(chances[1:], kept[1:], kept, strict=False):
            if not own[1:]:
                reached = own
            else:
                gained = []
                for chance, index in zip(own, likely, strict=True):
                    factors = self._factors[index]
                    gained.append(chance * sum(map(mul, reached, [factors[one] for one in before])))
                total = sum(gained) or 1.0
                reached = [value / total for value in gained]
            found.append(reached)
        return found

    def _backward(
        self, chances: _Row, likely: Sequence[int], before: Sequence[int], backward: _Row
    ) -> _Row:
        """Return how likely what follows is, for each label of the token before."""
        if len(before) == 1:
            return [1.0]
        sums = [0.0] * len(before)
        for chance, index, value in zip(chances, likely, backward, strict=True):
            factors = self._factors[index]
            ahead = chance * value
            sums = [held + ahead * factors[one] for held, one in zip(sums, before, strict=True)]
        total = sum(sums) or 1.0
        return [value / total for value in sums]


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
    into = tuple(tuple(weight / PRECISION for weight in row) for row in held["into"])
    return Model(tuple(held["labels"]), weights, into, held["confidence"])


@cache
def shipped_model() -> Model:
    """The model that comes with compcite."""
    place = files("compcite.formats.plain_text").joinpath("weights.json.z")
    return model_from(place.read_bytes())
