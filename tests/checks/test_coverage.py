"""Which services are asked, and whether it tells something that they do not know a work."""

from __future__ import annotations

import datetime as dt

import pytest

from compcite.checks.coverage import gap_in_lists, in_order_of_asking
from compcite.model.item import Date, Item
from compcite.model.search import Gap

SERVICES = ("Crossref", "DataCite", "DBLP")
AUTUMN = dt.date(2020, 11, 1)


def item(kind: str, year: int | None = 2015, **text: str) -> Item:
    """An item of that type and year."""
    return Item(kind, text, dates={"issued": Date(((year,),))} if year else {})


@pytest.mark.parametrize(
    ("described", "first"),
    [
        (item("article-journal"), "Crossref"),
        (item("book"), "Crossref"),
        (item("dataset"), "DataCite"),
        (item("article"), "DataCite"),
        (item("document", note="preprint"), "DataCite"),
    ],
)
def test_who_most_likely_has_a_work_is_asked_first(described: Item, first: str) -> None:
    """All services are asked, each once."""
    order = in_order_of_asking(described, SERVICES)
    assert order[0] == first
    assert sorted(order) == sorted(SERVICES)


def test_a_service_that_is_not_there_is_not_asked() -> None:
    """As OpenAlex without a key."""
    assert in_order_of_asking(item("dataset"), ("Crossref",)) == ["Crossref"]


@pytest.mark.parametrize(
    ("described", "gap"),
    [
        (item("article-journal"), None),
        (item("paper-conference"), None),
        (item("article"), None),
        (item("document", note="preprint"), None),
        (item("document"), Gap.KIND),
        (item("book"), Gap.KIND),
        (item("thesis"), Gap.KIND),
        (item("report"), Gap.KIND),
        (item("webpage"), Gap.KIND),
        (item("article-journal", None), Gap.NO_YEAR),
    ],
)
def test_the_services_list_nearly_all_articles_papers_and_preprints(
    described: Item, gap: Gap | None
) -> None:
    """Of other kinds only a part; and what has no year may be new."""
    assert gap_in_lists(described, AUTUMN) is gap


@pytest.mark.parametrize(
    ("issued", "today", "gap"),
    [
        ((2020, 2), dt.date(2020, 5, 28), Gap.NEW),
        ((2020, 2), dt.date(2020, 5, 29), None),
        ((2020, 2, 3), dt.date(2020, 5, 3), None),
        ((2020, 12), AUTUMN, Gap.NEW),
        ((2019,), dt.date(2020, 1, 1), None),
        ((2020,), AUTUMN, None),
        ((2020,), dt.date(2020, 9, 1), Gap.NEW),
        ((2021,), AUTUMN, Gap.NEW),
        ((-50,), AUTUMN, None),
        ((2022,), AUTUMN, None),
        ((10000,), AUTUMN, None),
    ],
)
def test_a_work_of_the_last_three_months_may_not_be_listed_yet(
    issued: tuple[int, ...], today: dt.date, gap: Gap | None
) -> None:
    """A year alone is its middle, a month its last day; no work is of a year after the next."""
    new = Item("article-journal", dates={"issued": Date((issued,))})
    assert gap_in_lists(new, today) is gap


def test_of_a_range_of_dates_the_end_counts() -> None:
    """A meeting from August to September is over in September; an open end says nothing."""
    ended = Item("paper-conference", dates={"issued": Date(((2020, 7), (2020, 9)))})
    still_open = Item("paper-conference", dates={"issued": Date(((2019, 7), (0,)))})

    assert gap_in_lists(ended, AUTUMN) is Gap.NEW
    assert gap_in_lists(still_open, AUTUMN) is None
