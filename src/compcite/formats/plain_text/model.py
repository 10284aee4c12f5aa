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
from operator import add
from struct import Struct
from typing import TYPE_CHECKING

from compcite.formats.plain_text.chain import PRECISION, Chain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from compcite.formats.plain_text.feature_groups import Facts, Group

__all__ = ["PRECISION", "Labelled", "Model", "model_from", "packed", "shipped_model"]

_LANE = 32  # bits: sums of some fifty weights below 100 take 23
_ABOVE_ZERO = 1 << 24  # added to each sum, so that none is negative when they are unpacked
_REMEMBERED = 5_000  # sums of weights by facts, some 300 bytes each


@dataclass(frozen=True, slots=True)
class Labelled:
    """The likeliest row of labels, and the probability of each label at each token.

    ``probabilities`` holds for each token those labels that are not next to impossible there.
    """

    labels: Sequence[str]
    probabilities: Sequence[Mapping[str, float]]


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
        return Labelled(*self._chain.decoded(self._scores(features, size)))

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
    def _chain(self) -> Chain:
        """The labels with the weights of their pairs."""
        return Chain(self.labels, self.into)

    def _scores(
        self, features: Iterable[tuple[Group, Sequence[Facts]]], size: int
    ) -> list[tuple[int, ...]]:
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
