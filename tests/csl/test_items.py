"""CSL-JSON as it comes, and what is made of it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compcite.csl import parse_locator
from compcite.csl.items import Unread, item_of, read_item
from compcite.model.item import Date, Item, Name
from tests.csl.rendering import entry

BOOK = {"id": "k", "type": "book"}

LOCATORS = [
    *("act", "appendix", "article-locator", "book", "canon", "chapter", "column", "elocation"),
    *("equation", "figure", "folio", "issue", "line", "note", "opus", "page", "paragraph", "part"),
    *("rule", "scene", "section", "sub-verbo", "supplement", "table", "timestamp"),
    *("title-locator", "verse", "volume"),
]
"""The locators of CSL 1.0.2 (specification, "Locators")."""


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ({"id": 7, "type": "book"}, Item("book", id="7")),
        ({"id": "a"}, Item("document", id="a")),
        ({"volume": 3, "issue": 2.0}, Item("document", text={"volume": "3", "issue": "2"})),
        ({"title": ""}, Item("document")),
        ({"title": None}, Item("document")),
        ({"categories": ["x"]}, Item("document")),
        ({"journalAbbreviation": "J."}, Item("document", text={"container-title-short": "J."})),
        ({"shortTitle": "T."}, Item("document", text={"title-short": "T."})),
        ({"DOI": "10.1000/1", "doi": "10.1000/1"}, Item("document", text={"DOI": "10.1000/1"})),
        (
            {"title": "A book", "subtitle": ["For all"]},
            Item("document", text={"title": "A book: For all"}),
        ),
        (
            {"event": {"name": "Meeting", "location": "Graz"}},
            Item("document", text={"event-title": "Meeting", "event-place": "Graz"}),
        ),
        (
            {"published-print": {"date-parts": [[2003]]}, "published-online": "2002"},
            Item("document", dates={"issued": Date(((2003,),))}),
        ),
        (
            {"note": "genre: Essay\noriginal-date: 1900\neditor: Doe || Jane\nelse\nover"},
            Item(
                "document",
                text={"note": "else\nover", "genre": "Essay"},
                names={"editor": (Name(family="Doe", given="Jane"),)},
                dates={"original-date": Date(((1900,),))},
            ),
        ),
        ({"note": "{:genre: Essay}"}, Item("document", text={"genre": "Essay"})),
        ({"note": "See: nothing"}, Item("document", text={"note": "See: nothing"})),
    ],
)
def test_every_program_writes_members_of_its_own(source: dict[str, Any], expected: Item) -> None:
    """Numbers, other names of variables, and variables in the note are understood."""
    assert (expected, ()) == (read_item(source).item, read_item(source).unread)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("article-journal", "article-journal"),
        ("Article-Journal", "article-journal"),
        ("article_journal", "article-journal"),
        ("journal-article", "article-journal"),
        ("journalArticle", "article-journal"),
        ("proceedings-article", "paper-conference"),
        ("motion-picture", "motion_picture"),
        ("", "document"),
        (None, "document"),
    ],
)
def test_types_of_other_programs(written: str | None, expected: str) -> None:
    """Crossref's and Zotero's names of types, and CSL's in any letters, are CSL's types."""
    assert expected == read_item({"type": written}).item.type


@pytest.mark.parametrize(
    ("author", "expected"),
    [
        ([{"literal": "WHO"}, {"family": "Doe"}, {}, None], (Name(literal="WHO"), Name("Doe"))),
        ([{"name": "WHO"}], (Name(literal="WHO"),)),
        ([{"family": "WHO", "isInstitution": 1}], (Name(literal="WHO"),)),
        ([{"given": "Plato"}], (Name(literal="Plato"),)),
        ({"family": "Doe", "given": "J., Jr."}, (Name("Doe", "J.", suffix="Jr."),)),
        (
            [{"family": "Doe", "given": "J., !Jr.", "comma-suffix": 1}],
            (Name("Doe", "J.", suffix="Jr.", comma_suffix=True),),
        ),
        ([{"family": "van Doe", "given": "J."}], (Name("van Doe", "J."),)),
        ([{"family": '"van Doe"', "given": "J."}], (Name("van Doe", "J.", parse_names=False),)),
        (
            [{"family": "van Doe", "given": "J.", "parse-names": "false"}],
            (Name("van Doe", "J.", parse_names=False),),
        ),
        ("Doe, Jane", (Name("Doe", "Jane"),)),
        ("J. Doe", (Name("Doe", "J."),)),
        ("Amnesty International", (Name(literal="Amnesty International"),)),
        ("World Health Organization", (Name(literal="World Health Organization"),)),
        (["Doe, Jane", "M. Roe"], (Name("Doe", "Jane"), Name("Roe", "M."))),
        ("Doe, Jane; Roe, Max", (Name("Doe", "Jane"), Name("Roe", "Max"))),
        ("Doe, Jane and Roe, Max", (Name("Doe", "Jane"), Name("Roe", "Max"))),
        ([""], ()),
    ],
)
def test_names_in_every_spelling(author: object, expected: tuple[Name, ...]) -> None:
    """Objects with parts or with one name, institutions, texts, lists of texts."""
    reading = read_item({"author": author})
    assert (expected, ()) == (reading.item.names.get("author", ()), reading.unread)


def test_who_edits_and_translates_is_in_both_lists() -> None:
    """A style that asks for editor and translator finds them equal, and says so in one term."""
    item = item_of({"editor": ["Doe, Jane"], "editor-translator": ["Roe, Max"]})
    assert item.names == {
        "editor": (Name("Doe", "Jane"), Name("Roe", "Max")),
        "translator": (Name("Roe", "Max"),),
    }


@pytest.mark.parametrize(
    ("issued", "expected"),
    [
        ({"date-parts": [["2000", "5"]]}, Date(((2000, 5),))),
        ({"date-parts": [["2000", "", ""]]}, Date(((2000,),))),
        ({"date-parts": [2000, 5]}, Date(((2000, 5),))),
        ({"date-parts": [[[2000, 5]]]}, Date(((2000, 5),))),
        ({"date-parts": 2000}, Date(((2000,),))),
        ({"date-parts": [["2000", "May"]]}, Date(((2000, 5),))),
        ({"date-parts": [[2000], [2001]]}, Date(((2000,), (2001,)))),
        ({"date-parts": [[2000], [0]]}, Date(((2000,), (0,)))),
        ({"date-parts": [[2000, 21]]}, Date(((2000,),), season=1)),
        ({"date-parts": [[2000, 13]]}, Date(((2000,),), season=1)),
        (
            {"date-parts": [[2000, 23], [2001, 21]]},
            Date(((2000,), (2001,)), season=3, end_season=1),
        ),
        ({"date-parts": []}, None),
        ({"date-parts": [[None]]}, None),
        ([[2000, 5]], Date(((2000, 5),))),
        ([2000, 5], Date(((2000, 5),))),
        (["2000-05-01", "2000-06-02"], Date(((2000, 5, 1), (2000, 6, 2)))),
        ({"raw": "2000-05"}, Date(((2000, 5),))),
        ({"raw": "May 2000"}, Date(((2000, 5),))),
        ({"edtf": "2000-05"}, Date(((2000, 5),))),
        ("2000", Date(((2000,),))),
        (2000, Date(((2000,),))),
        ("May 2000", Date(((2000, 5),))),
        ({"year": 2000, "month": "5"}, Date(((2000, 5),))),
        ([{"year": 2000}, {"year": 2001}], Date(((2000,), (2001,)))),
        ({"literal": "n.d."}, Date(literal="n.d.")),
        ({"date-parts": [[2000]], "season": "Spring"}, Date(((2000,),), season=1)),
        ({"date-parts": [[2000]], "season": "fall"}, Date(((2000,),), season=3)),
        ({"date-parts": [[2000]], "season": "Fall"}, Date(((2000,),), season=3)),
        ({"date-parts": [[2000]], "season": "3"}, Date(((2000,),), season=3)),
        ({"date-parts": [[2000]], "season": 21}, Date(((2000,),), season=1)),
        ({"date-parts": [[2000]], "circa": "1"}, Date(((2000,),), circa=True)),
        ({"date-parts": [[2000]], "circa": True}, Date(((2000,),), circa=True)),
        ({"date-parts": [[2000]], "circa": "false"}, Date(((2000,),))),
        ({"date-parts": [[2000]], "circa": 0}, Date(((2000,),))),
    ],
)
def test_dates_in_every_spelling(issued: object, expected: Date | None) -> None:
    """Parts as numbers, texts or names, text, literals, seasons, circa, ranges."""
    reading = read_item({"issued": issued})
    assert (expected, ()) == (reading.item.dates.get("issued"), reading.unread)


@pytest.mark.parametrize(
    ("member", "value", "said"),
    [
        ("title", True, "is a truth value and no text"),
        ("title", {"x": 1}, "is an object and no text"),
        ("volume", float("nan"), "is no number"),
        ("author", 5, "holds what is no name"),
        ("author", [{"family": "Doe"}, 5], "holds what is no name"),
        ("author", [{"family": {"x": 1}}], "holds a name that cannot be read"),
        ("issued", True, "is a truth value and no text"),
        ("issued", {"date-parts": [["last year"]]}, "has 'last year' for a year"),
        ("issued", {"date-parts": [[1], [2], [3]]}, "has more than two dates"),
        ("type", "nonsense", "'nonsense' is no type of CSL"),
    ],
)
def test_what_cannot_be_read_is_unknown_and_named(member: str, value: object, said: str) -> None:
    """A member of the wrong type is missing as a whole, and the reader says which and why."""
    reading = read_item({**BOOK, "publisher": "House", member: value})
    held = (reading.item.text, reading.item.names, reading.item.dates)
    assert held == ({"publisher": "House"}, {}, {})
    assert (Unread(member, said),) == reading.unread


@pytest.mark.parametrize(
    ("source", "unread"),
    [
        (
            {"issued": {"date-parts": [[2000, 33]]}},
            Unread("issued", "has 33 for a month, which is left out"),
        ),
        (
            {"issued": {"date-parts": [[2000, 5, 40]]}},
            Unread("issued", "has 40 for a day, which is left out"),
        ),
        (
            {"issued": {"date-parts": [[2000]], "season": "Trinity"}},
            Unread("issued", "has the season “trinity”, which is left out"),
        ),
        (
            {"title": ["One", "Two"]},
            Unread("title", "has several values, of which the first is read"),
        ),
        (
            {"title-short": "One", "shortTitle": "Two"},
            Unread("shortTitle", "differs from “title-short”, which is read"),
        ),
    ],
)
def test_what_is_left_out_is_named(source: dict[str, Any], unread: Unread) -> None:
    """Where a part of a member can be read, the reader says what it leaves out."""
    assert (unread,) == read_item(source).unread


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


@pytest.mark.no_cover
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


@pytest.mark.parametrize("label", LOCATORS)
def test_every_locator_can_be_written_by_its_name(label: str) -> None:
    """As in "title 3" for title-locator. A new one is a line in csl/rendering/locators.py."""
    name = label.removesuffix("-locator").replace("-", " ")

    assert parse_locator(f"{name} 3") == (label, "3")


def test_a_date_without_end() -> None:
    """JSON as Python reads it knows infinity, which is no year."""
    (unread,) = read_item({"issued": {"date-parts": [[float("inf")]]}}).unread
    assert unread.reason == "has inf for a year"
