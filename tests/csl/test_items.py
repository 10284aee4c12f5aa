"""CSL-JSON as it comes, and what is made of it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compcite.csl import parse_locator
from compcite.csl.items import item_of
from compcite.errors import UsageError
from compcite.model.item import Date, Item, Name
from tests.csl.rendering import entry


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ({"id": 7, "type": "book"}, Item("book", id="7")),
        ({"id": "a"}, Item("", id="a")),
        ({"volume": 3, "issue": 2.0}, Item("", text={"volume": "3", "issue": "2"})),
        ({"title": ""}, Item("")),
        ({"title": None}, Item("")),
        ({"categories": ["x"]}, Item("")),
        ({"journalAbbreviation": "J."}, Item("", text={"container-title-short": "J."})),
        ({"shortTitle": "T."}, Item("", text={"title-short": "T."})),
        (
            {"author": [{"literal": "WHO"}, {"family": "Doe"}, {}, None]},
            Item("", names={"author": (Name(literal="WHO"), Name(family="Doe"))}),
        ),
        (
            {"author": {"family": "Doe", "given": "J., Jr."}},
            Item("", names={"author": (Name(family="Doe", given="J.", suffix="Jr."),)}),
        ),
        (
            {"author": [{"family": "Doe", "given": "J., !Jr.", "comma-suffix": 1}]},
            Item(
                "",
                names={
                    "author": (Name(family="Doe", given="J.", suffix="Jr.", comma_suffix=True),)
                },
            ),
        ),
        (
            {"author": [{"family": '"van Doe"', "given": "J."}]},
            Item("", names={"author": (Name(family="van Doe", given="J."),)}),
        ),
        (
            {"issued": {"date-parts": [["2000", "5"]]}},
            Item("", dates={"issued": Date(((2000, 5),))}),
        ),
        (
            {"issued": {"date-parts": [["2000", "", ""]]}},
            Item("", dates={"issued": Date(((2000,),))}),
        ),
        ({"issued": {"date-parts": []}}, Item("")),
        ({"issued": {"raw": "2000-05"}}, Item("", dates={"issued": Date(((2000, 5),))})),
        ({"issued": "2000"}, Item("", dates={"issued": Date(((2000,),))})),
        ({"issued": {"literal": "n.d."}}, Item("", dates={"issued": Date(literal="n.d.")})),
        (
            {"issued": {"date-parts": [[2000]], "season": "Spring", "circa": "1"}},
            Item("", dates={"issued": Date(((2000,),), season=1, circa=True)}),
        ),
        ({"issued": {"year": 2000}}, Item("", dates={"issued": Date(((2000,),))})),
        (
            {"note": "genre: Essay\noriginal-date: 1900\neditor: Doe || Jane\nelse"},
            Item(
                "",
                text={"note": "else", "genre": "Essay"},
                names={"editor": (Name(family="Doe", given="Jane"),)},
                dates={"original-date": Date(((1900,),))},
            ),
        ),
    ],
)
def test_csl_json(source: dict[str, Any], expected: Item) -> None:
    """Numbers, dates, names and ids are taken in every form that programs write."""
    assert item_of(source) == expected


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["family", "given", "literal", "date-parts", "raw", "season", "x"]),
            inner,
            max_size=3,
        )
    ),
    max_leaves=8,
)


@given(
    st.dictionaries(
        st.sampled_from(["title", "author", "issued", "page", "volume", "note", "type", "id"]),
        _JSON,
    )
)
def test_no_json_is_too_odd(source: dict[str, Any]) -> None:
    """Whatever an item holds, it renders without an error."""
    layout = (
        '<names variable="author"/><date variable="issued" form="text"/>'
        '<text variable="title" text-case="title"/><text variable="page"/>'
        '<number variable="volume" form="ordinal"/>'
    )
    assert isinstance(entry(layout, source), str)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12", ("page", "12")),
        ("p. 12", ("page", "12")),
        ("pp. 12-14", ("page", "12-14")),
        ("p12", ("page", "p12")),
        ("chap. 3", ("chapter", "3")),
        ("chapters 3-4", ("chapter", "3-4")),
        ("Vol. 2", ("volume", "2")),
        ("§ 5", ("section", "5")),
        ("§5", ("section", "5")),
        ("s.v. gargoyle", ("sub-verbo", "gargoyle")),
        ("vol. 1, fol. 186", ("volume", "1, fol. 186")),
        ("page", ("page", "page")),
        ("fig.3", ("figure", "3")),
        ("Slide 7", ("none", "Slide 7")),
        ("Theorem 2.1", ("none", "Theorem 2.1")),
        ("1:30:40", ("none", "1:30:40")),
        ("Song of Solomon 8:6", ("none", "Song of Solomon 8:6")),
        ("ix and xi", ("page", "ix and xi")),
    ],
)
def test_parse_locator(text: str, expected: tuple[str, str]) -> None:
    """Locators are understood as people write them."""
    assert parse_locator(text) == expected


def test_what_is_no_item() -> None:
    """Anything but a mapping or an Item is an error that says so."""
    source: Any = "au2017"
    with pytest.raises(UsageError, match="an item is a CSL-JSON mapping"):
        item_of(source)


def test_a_date_without_end() -> None:
    """JSON as Python reads it knows infinity, which is no year."""
    assert item_of({"issued": {"date-parts": [[float("inf")]]}}) == Item("")
