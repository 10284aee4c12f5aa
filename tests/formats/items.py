"""Items to be written and read back: generated ones, and the real ones of the shared folder."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from compcite.csl.items import item_of
from compcite.formats.bibtex.read.reader import read_bibtex
from compcite.formats.losses import altered
from compcite.model.item import Date, Item, Name
from compcite.model.library import Entry
from compcite.model.source import SourceFile
from compcite.values.csl_variables import DATES, NAMES, TEXTS, TYPES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from compcite.model.library import Problem, Written

    Read = Callable[[SourceFile], tuple[list[Entry], list[Problem]]]

__all__ = ["came_back_otherwise", "entries", "entry", "read_back", "real_entries", "real_losses"]

_WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Co", "Zl", "Zp"]),
    min_size=1,
    max_size=30,
).map(lambda text: " ".join(text.split()))
_TEXTS = st.one_of(
    st.sampled_from(
        [
            "no",
            "12",
            "1e3",
            "2019-01-01",
            "a: b # c",
            "- x",
            "'quoted' \"twice\"",
            "C*-algebras and H_2O_",
            "cost: $5 {each}",
            "&amp; <b>bold</b> & <i>x</i>",
            "null",
            "AU  - nobody",
            "%A nobody",
            "ER  -",
            "back\\slash",
            "@key [x]{.nocase}",
        ]
    ),
    _WORDS,
).filter(bool)
_PARTS = st.text(st.sampled_from("abcdeéßÅ漢字 -'"), min_size=1, max_size=12).map(
    lambda text: " ".join(text.split()).strip("-' ").title()
)
_NAMES = st.one_of(
    st.builds(Name, family=_PARTS.filter(bool), given=_PARTS.filter(bool)),
    st.builds(
        Name,
        family=_PARTS.filter(bool),
        given=_PARTS.filter(bool),
        non_dropping_particle=st.sampled_from(["van", "de la"]),
        suffix=st.sampled_from(["", "Jr.", "III"]),
    ),
    st.builds(
        Name, literal=st.sampled_from(["UNICEF", "World Bank", "University of X, Y", "A, B, and C"])
    ),
)
_YEARS = st.integers(1500, 2100)
_DATES = st.one_of(
    st.builds(lambda year: Date(((year,),)), _YEARS),
    st.builds(lambda year, month: Date(((year, month),)), _YEARS, st.integers(1, 12)),
    st.builds(
        lambda year, month, day: Date(((year, month, day),)),
        _YEARS,
        st.integers(1, 12),
        st.integers(1, 28),
    ),
    st.sampled_from(
        [
            Date(((2012,),), season=1),
            Date(((1900,),), circa=True),
            Date(((1998,), (1999,))),
            Date(((2012, 3, 5), (2012, 4, 7))),
            Date(((-44,),)),
            Date(literal="in press"),
        ]
    ),
)


@st.composite
def items(draw: st.DrawFn) -> Item:
    """An item of any type with any variables."""
    texts = draw(st.dictionaries(st.sampled_from(TEXTS), _TEXTS, max_size=8))
    names = draw(
        st.dictionaries(
            st.sampled_from(NAMES), st.lists(_NAMES, min_size=1, max_size=3).map(tuple), max_size=3
        )
    )
    dates = draw(st.dictionaries(st.sampled_from(DATES), _DATES, max_size=2))
    more = frozenset(name for name in names if draw(st.booleans()))
    return Item(draw(st.sampled_from(sorted(TYPES))), texts, names, dates, "", more)


def entries() -> st.SearchStrategy[list[Entry]]:
    """Some entries with different keys."""
    keys = st.text(st.sampled_from("abcXYZ019_-:"), min_size=1, max_size=8)
    made = st.builds(lambda key, item: entry(item, key), keys, items())
    return st.lists(made, max_size=4, unique_by=lambda one: one.key)


def entry(item: Item, key: str = "key") -> Entry:
    """The entry of an item."""
    return Entry(key, replace(item, id=key), item.type)


def read_back(read: Read, written: Written) -> list[Entry]:
    """The entries of what was written, in which nothing may be unreadable."""
    found, problems = read(SourceFile("-", written.text))
    assert problems == []
    return found


def came_back_otherwise(
    originals: Iterable[Entry], read: Read, written: Written
) -> list[tuple[str, str]]:
    """Key and variable of everything that was lost without a word."""
    back = {one.key: one for one in read_back(read, written)}
    said = {sentence.partition(": ")[0]: sentence for sentence in written.losses}
    return [
        (one.key, variable)
        for one in originals
        for variable in altered(one.item, back[one.key].item)
        if f"“{variable}”" not in said.get(one.key, "")
    ]


@cache
def real_entries(shared: Path) -> list[Entry]:
    """Every entry of the real files, each with a key of its own."""
    found: list[Entry] = []
    for path in sorted((shared / "data" / "apa").glob("*.items.json")):
        data = json.loads(path.read_text("utf-8"))
        rows = data.values() if isinstance(data, dict) else data
        found += [entry(item_of(row)) for row in rows]
    for path in sorted((shared / "data" / "bib").glob("*.bib")):
        text = path.read_bytes().decode("utf-8", "replace")
        found += read_bibtex(SourceFile(path.name, text))[0]
    return [entry(one.item, f"k{number}") for number, one in enumerate(found)]


def real_losses(originals: Sequence[Entry], read: Read, written: Written) -> set[str]:
    """The variables that any of the real entries lost, held in part included."""
    back = read_back(read, written)
    assert len(originals) == len(back)
    return {
        variable
        for one, other in zip(originals, back, strict=True)
        for variable in altered(one.item, other.item)
    }
