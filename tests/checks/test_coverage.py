"""Which services are asked, and whether it tells something that they do not know a work."""

from __future__ import annotations

import datetime as dt

import pytest

from compcite.checks.coverage import is_telling, services_for
from compcite.model.item import Date, Item

SERVICES = ("Crossref", "DataCite", "DBLP")
SUMMER, AUTUMN = dt.date(2020, 7, 5), dt.date(2020, 11, 1)


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
    order = services_for(described, SERVICES)
    assert order[0] == first
    assert sorted(order) == sorted(SERVICES)


def test_a_service_that_is_not_there_is_not_asked() -> None:
    """As OpenAlex without a key."""
    assert services_for(item("dataset"), ("Crossref",)) == ["Crossref"]


@pytest.mark.parametrize(
    ("described", "telling"),
    [
        (item("article-journal"), True),
        (item("paper-conference"), True),
        (item("article"), True),
        (item("document", note="preprint"), True),
        (item("document"), False),
        (item("book"), False),
        (item("thesis"), False),
        (item("report"), False),
        (item("webpage"), False),
        (item("article-journal", None), False),
    ],
)
def test_the_services_list_nearly_all_articles_papers_and_preprints(
    described: Item, *, telling: bool
) -> None:
    """Of other kinds only a part; and what has no year may be new."""
    assert is_telling(described, AUTUMN) is telling


@pytest.mark.parametrize(
    ("year", "today", "telling"),
    [
        (2019, AUTUMN, True),
        (2020, AUTUMN, False),
        (2019, SUMMER, True),
        (2019, dt.date(2020, 6, 1), False),
    ],
)
def test_a_work_of_the_last_half_year_may_not_be_listed_yet(
    year: int, today: dt.date, *, telling: bool
) -> None:
    """Registration follows publication, and a year has no months."""
    assert is_telling(item("article-journal", year), today) is telling
