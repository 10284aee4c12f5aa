"""Two values compared, and a file's item beside the registry's."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compcite.model.item import Date, Item, Name
from compcite.reporters._difference import ValuePart, differences
from compcite.reporters._record import Row, side_by_side
from compcite.reporters._wording import citation


@given(st.text(), st.text())
def test_pieces_join_to_their_values(actual: str, expected: str) -> None:
    """Nothing of a value is lost, and what is not marked is in both."""
    pieces, others = differences(actual, expected)
    assert (actual, expected) == tuple("".join(p.text for p in side) for side in (pieces, others))
    same, as_well = ("".join(p.text for p in side if not p.differs) for side in (pieces, others))
    assert same == as_well


def test_only_the_words_that_differ_are_marked() -> None:
    """A reader finds the wrong letter in a long title."""
    pieces, _ = differences("The developement of a scale", "The development of a scale")
    assert pieces == [
        ValuePart("The ", differs=False),
        ValuePart("developement", differs=True),
        ValuePart(" of a scale", differs=False),
    ]


@pytest.mark.parametrize(
    ("actual", "expected", "differs"),
    [("2016", "2017", True), ("cats and dogs", "On the origin", True), ("same", "same", False)],
)
def test_values_differ_as_a_whole_or_not_at_all(actual: str, expected: str, differs: bool) -> None:  # noqa: FBT001 - a column of the table
    """Where little is common, marks on single letters would only confuse."""
    assert differences(actual, expected) == (
        [ValuePart(actual, differs)],
        [ValuePart(expected, differs)],
    )


def test_long_lists_are_compared_as_a_whole() -> None:
    """Three thousand authors are not compared word by word."""
    names = "; ".join(f"Author{i}, A." for i in range(3_000))
    pieces, _ = differences(names, names.replace("17", "18"))
    assert pieces == [ValuePart(names, differs=True)]


def test_variables_stand_side_by_side() -> None:
    """Names, dates and titles as a reader expects them; a side may lack one."""
    item = Item(
        "book",
        {"title": "On <i>E. coli</i>"},
        {"author": (Name("Gogh", "Vincent", dropping_particle="van"), Name(literal="WHO"))},
        {"issued": Date(((2016, 5), (2016, 6)))},
    )
    registered = Item(
        "book",
        {"title": "On E. coli", "volume": "3"},
        {"author": (Name("Beethoven", "L.", non_dropping_particle="van", suffix="Jr."),)},
        {"issued": Date(literal="in press")},
    )
    assert list(side_by_side(item, registered)) == [
        Row("title", "On E. coli", "On E. coli"),
        Row("authors", "Gogh, Vincent van; WHO", "van Beethoven, L., Jr."),
        Row("issued", "2016-05–2016-06", "in press"),
        Row("volume", "", "3"),
    ]


@pytest.mark.parametrize(
    ("families", "expected"),
    [
        ("", "(2016) T. J"),
        ("A", "A (2016) T. J"),
        ("A B C", "A, B and C (2016) T. J"),
        ("A B C D", "A et al. (2016) T. J"),
    ],
)
def test_a_work_is_known_by_a_line(families: str, expected: str) -> None:
    """The first few names, year, title and container."""
    item = Item(
        "article-journal",
        {"title": "<b>T</b>", "container-title": "J"},
        {"author": tuple(map(Name, families.split()))},
        {"issued": Date(((2016,),))},
    )
    assert citation(item) == expected
