"""The likeliest row of labels, and how likely each label is, by scores of tokens and of pairs.

The first pass goes from token to token and asks how likely each label is in view of the tokens
before. What is next to impossible is dropped: of seventeen labels some five are left. The second
pass goes back and asks the same in view of all tokens (forward-backward): one or two are left.
The third finds the row with the highest score among these (Viterbi).
"""

from __future__ import annotations

from math import exp
from operator import add, mul
from struct import Struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

__all__ = ["PRECISION", "Chain"]

PRECISION = 1000
"""Weights and scores are whole numbers of thousandths."""

# A label is dropped whose share of the likeliest is less than the first by the tokens before it,
# or whose probability is less than the second. On labelled references one probability in a hundred
# is then wrong by more than 0.01, and none of the rows found is another.
_UNLIKELY = 1 / 8_000
_IMPOSSIBLE = 1 / 10_000
# The factors of pairs are kept as whole numbers, 64 bits a label in one long number, so that Python
# multiplies and adds those of all labels at once. A sum of factors by shares has 62 bits at most.
_LARGEST_FACTOR = 1 << 34
_ALL_SHARES = 1 << 28

_Token = tuple[list[int], list[int], list[float]]
"""The numbers of a token's likely labels, their shares, and what its own score gives each label."""
_Left = dict[int, float]
"""The probabilities of the labels that are left at a token, by their numbers."""


class Chain:
    """Labels, and by how much a pair of them multiplies the probability of a row."""

    def __init__(self, labels: Sequence[str], into: Sequence[Sequence[int]]) -> None:
        """Take ``into[after][before]``, the weight of label ``after`` behind label ``before``."""
        self._labels = labels
        self._into = into
        top = max(map(max, into))
        self._factors = [
            [round(_LARGEST_FACTOR * exp((weight - top) / PRECISION)) for weight in row]
            for row in into
        ]
        self._factors_behind = list(zip(*self._factors, strict=True))
        self._struct = Struct(f"<{len(labels)}Q")
        self._packed = [
            int.from_bytes(self._struct.pack(*row), "little") for row in self._factors_behind
        ]
        self._certain = [{label: 1.0} for label in range(len(labels))]

    def decoded(self, scores: Sequence[Sequence[int]]) -> tuple[list[str], list[dict[str, float]]]:
        """The row of labels with the highest score, and the probabilities at each token.

        ``scores`` holds for each token, of which there is at least one, the score of each label.
        """
        left = self._left(self._likely(scores))
        names = self._labels
        return [names[label] for label in self._best(scores, left)], [
            {names[label]: value for label, value in values.items()} for values in left
        ]

    def _likely(self, scores: Sequence[Sequence[int]]) -> list[_Token]:
        """The likely labels of each token in view of the tokens before it (forward)."""
        found = []
        ahead: Sequence[int] = [1] * len(self._labels)
        for row in scores:
            peak = max(row)
            alone = [exp((score - peak) / PRECISION) for score in row]
            joint = list(map(mul, alone, ahead))
            limit = max(joint) * _UNLIKELY
            labels = [label for label, value in enumerate(joint) if value > limit]
            if len(labels) == 1:
                shares = [_ALL_SHARES]
                ahead = self._factors_behind[labels[0]]
            else:
                values = [joint[label] for label in labels]
                unit = _ALL_SHARES / sum(values)
                shares = [int(value * unit) for value in values]
                ahead = self._ahead(labels, shares)
            found.append((labels, shares, alone))
        return found

    def _ahead(self, labels: Sequence[int], shares: Sequence[int]) -> tuple[int, ...]:
        """How likely each label is behind a token whose labels have such shares."""
        total = sum(map(mul, shares, [self._packed[label] for label in labels]))
        return self._struct.unpack(total.to_bytes(self._struct.size, "little"))

    def _left(self, tokens: Sequence[_Token]) -> list[_Left]:
        """The probabilities of the labels of each token in view of all tokens (backward)."""
        found: list[_Left] = []
        following: Sequence[float] = [1.0] * len(tokens[-1][0])
        for at in range(len(tokens) - 1, -1, -1):
            labels, shares, alone = tokens[at]
            left = self._certain[labels[0]] if len(labels) == 1 else None
            if left is None:
                joint = list(map(mul, shares, following))
                total = sum(joint)
                limit = total * _IMPOSSIBLE
                left = {
                    label: value / total
                    for label, value in zip(labels, joint, strict=True)
                    if value > limit
                }
            found.append(left)
            if at:
                behind = [
                    (label, value * alone[label])
                    for label, value in zip(labels, following, strict=True)
                    if label in left
                ]
                following = self._following(tokens[at - 1][0], behind)
        found.reverse()
        return found

    def _following(
        self, labels: Sequence[int], behind: Sequence[tuple[int, float]]
    ) -> Sequence[float]:
        """How likely what follows is, for each label of a token before labels of such weights."""
        if len(labels) == 1:
            return [1.0]
        if len(behind) == 1:
            factors = self._factors[behind[0][0]]
            return [factors[label] for label in labels]
        sums: Iterable[float] = [0.0] * len(labels)
        for after, weight in behind:
            factors = self._factors[after]
            sums = map(add, sums, [weight * factors[label] for label in labels])
        return _shared(list(sums))

    def _best(
        self, scores: Sequence[Sequence[int]], left: Sequence[Mapping[int, float]]
    ) -> list[int]:
        """The row of labels with the highest score, of those that are left (Viterbi)."""
        before = list(left[0])
        reached = [scores[0][label] for label in before]
        ways: list[dict[int, int]] = []  # for each label the best one before it
        for row, now in zip(scores[1:], left[1:], strict=True):
            labels = list(now)
            if len(before) == 1:
                origin = before[0]
                ways.append(dict.fromkeys(labels, origin))
                reached = [row[label] + self._into[label][origin] for label in labels]
            else:
                way, sums = {}, []
                for label in labels:
                    weights = self._into[label]
                    through = [
                        score + weights[origin]
                        for score, origin in zip(reached, before, strict=True)
                    ]
                    top = max(through)
                    way[label] = before[through.index(top)]
                    sums.append(top + row[label])
                ways.append(way)
                reached = sums
            before = labels
        best = [before[reached.index(max(reached))]]
        for way in reversed(ways):
            best.append(way[best[-1]])
        best.reverse()
        return best


def _shared(values: Sequence[float]) -> list[float]:
    """The values as shares of their sum, so that they do not vanish over many tokens."""
    total = sum(values)
    return [value / total for value in values]
