"""The model that labels the tokens of a reference, held against plain arithmetic."""

from __future__ import annotations

from itertools import pairwise, product
from math import exp, isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compcite.formats.plain_text.feature_groups import Group
from compcite.formats.plain_text.model import PRECISION, Labelled, Model, packed
from compcite.formats.plain_text.tokens import tokens_of

LABELS = ("author", "title", "date")
WEIGHT = st.integers(-30, 30).map(lambda number: number * PRECISION // 10)

GROUP = Group(("w", "s"), lambda facts: facts)
"""Two features whose values are the facts themselves."""

Rows = dict[str, dict[str, list[int]]]
"""The weights of three labels, in thousandths, by the name and the value of a feature."""


@st.composite
def models(draw: st.DrawFn) -> tuple[Model, Rows]:
    """Return a model of three labels with two features of two values each, and their weights."""
    rows: Rows = {
        name: {value: [draw(WEIGHT) for _ in LABELS] for value in "xy"} for name in ("w", "s")
    }
    weights = {
        name: {
            value: packed([number for pair in enumerate(row) for number in pair])
            for value, row in values.items()
        }
        for name, values in rows.items()
    }
    into = tuple(tuple(draw(WEIGHT) for _ in LABELS) for _ in LABELS)
    return Model(LABELS, weights, into, {}), rows


@st.composite
def references(draw: st.DrawFn) -> dict[str, list[str]]:
    """The features of up to five tokens; "z" has no weight."""
    size = draw(st.integers(1, 5))
    values = st.lists(st.sampled_from("xyz"), min_size=size, max_size=size)
    return {"w": draw(values), "s": draw(values)}


def _label(model: Model, features: dict[str, list[str]]) -> Labelled:
    """Return what a model says of tokens whose features are given by name."""
    facts = list(zip(features["w"], features["s"], strict=True))
    return model.label([(GROUP, facts)], len(facts))


def _score(
    model: Model, rows: Rows, features: dict[str, list[str]], labels: tuple[int, ...]
) -> float:
    """Return the score of a row of labels, added up weight by weight."""
    told = sum(
        rows[name].get(value, [0, 0, 0])[label] / PRECISION
        for name, values in features.items()
        for value, label in zip(values, labels, strict=True)
    )
    paired = sum(model.into[after][before] for before, after in pairwise(labels))
    return told + paired / PRECISION


@given(models(), references())
def test_likeliest_row_of_labels(drawn: tuple[Model, Rows], features: dict[str, list[str]]) -> None:
    """No row of labels has a higher score than the one chosen."""
    model, rows = drawn
    size = len(features["w"])
    labelled = _label(model, features)
    chosen = tuple(LABELS.index(label) for label in labelled.labels)
    best = max(_score(model, rows, features, row) for row in product(range(3), repeat=size))

    assert isclose(_score(model, rows, features, chosen), best, abs_tol=1e-9)


@given(models(), references())
def test_probability_of_a_label(drawn: tuple[Model, Rows], features: dict[str, list[str]]) -> None:
    """A label's probability is the share of all rows that have it at that place."""
    model, weights = drawn
    size = len(features["w"])
    rows = list(product(range(3), repeat=size))
    shares = [exp(_score(model, weights, features, row)) for row in rows]
    labelled = _label(model, features)

    for at in range(size):
        for index, label in enumerate(LABELS):
            expected = sum(s for s, row in zip(shares, rows, strict=True) if row[at] == index)
            found = labelled.probabilities[at].get(label, 0.0)
            assert isclose(expected / sum(shares), found, abs_tol=1e-3)


def test_reference_without_tokens() -> None:
    """Where nothing is, nothing is labelled."""
    assert Model(LABELS, {}, ((0,) * 3,) * 3, {}).label([], 0).labels == ()


@pytest.mark.parametrize(
    ("probability", "sure"), [(0.0, 0.2), (0.25, 0.4), (0.5, 0.6), (1.0, 1.0), (2.0, 1.0)]
)
def test_confidence_is_read_from_the_table(probability: float, sure: float) -> None:
    """Between two lines of the table what lies between them counts."""
    model = Model(LABELS, {}, ((0,) * 3,) * 3, {"title": [0.2, 0.6, 1.0]})

    assert sure == model.sure("title", probability)
    assert min(probability, 1.0) == model.sure("DOI", min(probability, 1.0))


@pytest.mark.parametrize(
    ("text", "shapes"),
    [
        ("Neff, K. D. (2003).", ["Aa", ", ", "A.", ". ", "A.", ". ", " (", "Y", ")", ". "]),
        ("vol. 12 – 4", ["aa.", ". ", "d2", " - ", "d1"]),
        ("NASA iPad 東京", ["AA", "aA", "oo"]),
        ("doi:10.1000/ab.c.", ["aa", ":", "doi", ". "]),
        ("see https://example.org/a_b, x", ["aa", "link", ", ", "a"]),
    ],
)
def test_shapes_of_tokens(text: str, shapes: list[str]) -> None:
    """A token's shape says how it is written, and what stands close to it."""
    assert shapes == tokens_of(text).shapes
