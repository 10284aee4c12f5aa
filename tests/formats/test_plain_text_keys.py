"""Citation keys made from items."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compcite.formats.keys import citation_key
from compcite.model.item import Date, Item, Name


def item(family: str, year: int, title: str) -> Item:
    """A work of one author."""
    return Item(
        "book", {"title": title}, {"author": (Name(family=family),)}, {"issued": Date(((year,),))}
    )


@pytest.mark.parametrize(
    ("family", "title", "expected"),
    [
        ("Neff", "Self-compassion", "neff2003self"),
        ("Neff", "The “development” of a scale", "neff2003development"),
        ("Özdemir", "Über die Seele", "ozdemir2003seele"),
        ("Van Dyke", "<i>E. coli</i> and me", "vandyke2003coli"),
        ("Sauer-Zavala", "1984", "sauerzavala20031984"),
        ("O’Brien", "Don’t look", "obrien2003dont"),
        ("Łoś", "The", "los2003the"),
    ],
)
def test_default_format(family: str, title: str, expected: str) -> None:
    """Family name, year and the first word that says something, in ASCII."""
    assert expected == citation_key(item(family, 2003, title), ())


def test_taken_keys_are_avoided() -> None:
    """Letters follow in their order, whatever the case of the keys that are there."""
    taken = {"neff2003self", "neff2003selfa"}

    assert citation_key(item("Neff", 2003, "Self"), taken) == "neff2003selfb"


def test_other_format() -> None:
    """A format has its own order and its own characters."""
    assert citation_key(item("Neff", 2003, "Self"), (), "{author}:{year}") == "neff:2003"


def test_unknown_part_of_a_format() -> None:
    """A format that names anything else is refused."""
    with pytest.raises(ValueError, match="venue"):
        citation_key(item("Neff", 2003, "Self"), (), "{venue}")


def test_item_that_says_nothing() -> None:
    """There is always a key."""
    assert citation_key(Item("document"), ()) == "reference"


@given(st.text(max_size=30), st.text(max_size=30))
def test_any_name_and_title(family: str, title: str) -> None:
    """A key is ASCII without blanks and braces."""
    key = citation_key(item(family, 2003, title), ())

    assert key.isascii()
    assert key
    assert not set(key) & set(' {},"%#\\~')
