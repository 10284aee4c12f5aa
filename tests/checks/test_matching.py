"""Finding the registered work that an entry describes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compcite.checks.matching import best_match, citation, near_spellings
from compcite.model.doi import DOI
from compcite.model.item import Item
from compcite.model.work import Update
from tests.checks.cases import entry, finding_of, found, library, verify, work

ITEM = library(entry(doi="")).entries[0].item


def test_the_work_that_agrees_is_matched() -> None:
    """Title, authors and year decide."""
    assert best_match(ITEM, [work("10.1/a", titles=("Another",)), work("10.1/b")]) == work("10.1/b")


def test_one_of_two_equal_works_is_not_guessed() -> None:
    """A copy under another prefix is as near, so neither is offered."""
    assert best_match(ITEM, [work("10.1/a"), work("10.2/copy")]) is None


@pytest.mark.parametrize(
    "changes",
    [
        {"registered_type": "component"},
        {"registered_type": "peer-review"},
        {"registered_type": "journal-issue"},
        {"updates_to": (Update("correction", DOI("10.1/x")),)},
        {"years": frozenset({1999})},
        {"containers": ("European Physical Journal",), "item": replace(work().item, text={})},
    ],
)
def test_what_only_carries_the_title_is_no_match(changes: dict[str, object]) -> None:
    """Parts, reviews, issues, notices and other publications are never offered."""
    assert best_match(ITEM, [work("10.1/a", **changes)]) is None


def test_of_works_without_authors_the_place_decides() -> None:
    """Title, container, year and pages together; without pages or volume nobody knows."""
    alone = replace(ITEM, names={})
    registered = work("10.1/a", item=replace(work().item, names={}))
    text = {name: value for name, value in alone.text.items() if name not in ("page", "volume")}

    assert best_match(alone, [registered]) == registered
    assert best_match(alone, [work("10.1/b")]) is None
    assert best_match(replace(alone, text=text), [registered]) is None


def test_a_preprint_of_a_published_entry_is_called_one() -> None:
    """It is offered only where nothing better is, and said to be a preprint."""
    item = replace(work().item, type="article", text={"title": work().titles[0]})
    preprint = found("10.1/preprint", item=item, containers=(), registered_type="posted-content")
    finding = finding_of(verify(entry(doi=""), preprint, suggest=True), "doi-suggested")
    assert finding.message == "10.1/preprint is registered for such a work (a preprint of it)"
    both = verify(entry(doi=""), preprint, found(), suggest=True)
    assert finding_of(both, "doi-suggested").expected == str(found().doi)


def test_a_citation_is_what_an_entry_says() -> None:
    """Names, title, container, year, volume and pages, as a search wants them."""
    assert citation(ITEM) == (
        "Au Litz Compassion-based therapy for trauma-related shame Behavior Therapy 2017 48 207-221"
    )


def test_too_little_is_not_searched_for() -> None:
    """An item without a title, or a web page, is left alone."""
    assert citation(Item("article-journal", {"title": "Sleep"})) == ""
    assert citation(Item("webpage", {"title": "All about sleep"})) == ""


SUFFIX = st.text("abc0123456789.-", min_size=4, max_size=24)


@given(SUFFIX, st.data())
def test_a_slip_is_among_the_near_spellings(suffix: str, data: st.DataObject) -> None:
    """A sign too many, or two swapped, is undone; and never more is asked than a list holds."""
    place = data.draw(st.integers(0, len(suffix) - 1))
    doubled = suffix[: place + 1] + suffix[place:]
    near = near_spellings(DOI(f"10.1000/{doubled}"))
    assert DOI(f"10.1000/{suffix}") in near
    assert len(near) == len(set(near)) <= 80


def test_a_raised_digit_has_no_neighbours() -> None:
    """It is a digit to Unicode, and no number."""
    assert DOI("10.1000/a²0") in near_spellings(DOI("10.1000/a²1"))
