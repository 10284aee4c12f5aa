"""Answers that are odd in one place: only what stands in that place is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from compcite.model.doi import DOI
from compcite.model.work import Found, NotFound, Unavailable
from compcite.registries.funnel import Registries
from compcite.registries.network.pace import Pace, RequestKind
from tests.registry_server import Reply, Service

if TYPE_CHECKING:
    from collections.abc import Mapping

    from compcite.model.work import Outcome
    from tests.registry_server import RegistryServer

DOIS = [DOI(f"10.1234/journal.{n}") for n in range(40)]


def asked(server: RegistryServer, *dois: DOI) -> Mapping[DOI, Outcome]:
    """The outcomes by DOI."""
    with Registries(server.settings()) as registries:
        return {outcome.doi: outcome for outcome in registries.look_up(dois)}


def titles(outcomes: Mapping[DOI, Outcome]) -> dict[DOI, str]:
    """The titles of the works that were found."""
    return {
        doi: outcome.work.titles[0]
        for doi, outcome in outcomes.items()
        if isinstance(outcome, Found)
    }


@pytest.mark.parametrize("odd", [{"DOI": "10.5555/other", "title": ["A stranger"]}, {}, None, 7])
def test_an_odd_row_of_crossref_costs_that_row(
    registry_server: RegistryServer, odd: object
) -> None:
    """It stands in place of a record, which is then asked for alone; the others are taken."""
    for doi in DOIS:
        registry_server.add_work(str(doi))
    registry_server.replaced[Service.CROSSREF] = {"10.1234/journal.7": odd}
    outcomes = asked(registry_server, *DOIS)
    assert titles(outcomes) == {doi: f"Title of {doi}" for doi in DOIS}
    lists = [target for target in registry_server.asked_of(Service.CROSSREF) if "filter" in target]
    assert len(registry_server.asked) == len(lists) + 2  # doi.org names the agency, then a single


@pytest.mark.parametrize("odd", [{"id": "10.5555/other", "attributes": {}}, None, "odd"])
def test_an_odd_row_of_datacite_costs_that_row(
    registry_server: RegistryServer, odd: object
) -> None:
    """As with Crossref."""
    for doi in DOIS:
        registry_server.add_dataset(str(doi))
    registry_server.replaced[Service.DATACITE] = {"10.1234/journal.7": odd}
    assert titles(asked(registry_server, *DOIS)) == {doi: f"Data of {doi}" for doi in DOIS}


@pytest.mark.parametrize(
    "odd",
    [
        None,
        {"DOI": "10.5555/other", "RA": "Crossref"},
        {"DOI": "https://doi.org/10.1234%2FJournal.7", "status": "DOI does not exist"},
    ],
)
def test_a_doi_that_the_list_of_agencies_lacks_is_asked_about_alone(
    registry_server: RegistryServer, odd: object
) -> None:
    """Its handle says whether it is registered; the other rows are believed."""
    registry_server.replaced[Service.DOI] = {"10.1234/journal.7": odd}
    outcomes = asked(registry_server, *DOIS)
    assert {type(outcome) for outcome in outcomes.values()} == {NotFound}


def test_two_records_of_one_doi_that_differ_say_nothing(registry_server: RegistryServer) -> None:
    """Nobody can tell which is right; the same record twice is no contradiction."""
    for doi in DOIS[:3]:
        registry_server.add_work(str(doi))
    other = {"DOI": str(DOIS[0]), "title": ["Another work"]}
    registry_server.added[Service.CROSSREF] = [other, registry_server.works[str(DOIS[1])]]
    outcomes = asked(registry_server, *DOIS[:3])
    contradicted = outcomes[DOIS[0]]
    assert isinstance(contradicted, Unavailable)
    assert "two different records" in contradicted.reason
    assert titles(outcomes) == {doi: f"Title of {doi}" for doi in DOIS[1:3]}


def test_a_field_that_crossref_no_longer_knows_is_not_selected(
    registry_server: RegistryServer,
) -> None:
    """HTTP 400 for `select` is no fault of the DOIs: whole records are taken instead."""
    for doi in DOIS:
        registry_server.add_work(str(doi))
    message = "Select 'degree' specified but there is no such select for this route."
    failure = [{"type": "select-not-available", "value": "degree", "message": message}]
    registry_server.refused["select="] = Reply(400, {"status": "failed", "message": failure})
    assert titles(asked(registry_server, *DOIS)) == {doi: f"Title of {doi}" for doi in DOIS}
    assert len(registry_server.asked) == 2


@pytest.mark.parametrize(
    ("pool", "expected"),
    [
        ("public-single", Pace({RequestKind.SINGLE: 5, RequestKind.LIST: 1}, 1)),
        ("public-array", Pace({RequestKind.SINGLE: 5, RequestKind.LIST: 1}, 1)),
        ("polite-single", Pace({RequestKind.SINGLE: 10, RequestKind.LIST: 3}, 3)),
        ("public", Pace({RequestKind.SINGLE: 5, RequestKind.LIST: 1}, 1)),
    ],
)
def test_the_pool_decides_on_the_pace(
    registry_server: RegistryServer, pool: str, expected: Pace
) -> None:
    """Crossref may put us into the public pool although we give an address."""
    registry_server.add_work("10.1234/a,b")
    registry_server.crossref_headers["x-api-pool"] = pool
    with Registries(registry_server.settings(mailto="a@example.org")) as registries:
        list(registries.look_up([DOI("10.1234/a,b")]))
        assert registries.pace("Crossref") == expected


@pytest.mark.parametrize(("mailto", "a_second"), [(None, 1), ("a@example.org", 3)])
def test_datacite_is_asked_within_its_limits(
    registry_server: RegistryServer, mailto: str | None, a_second: int
) -> None:
    """500 questions in five minutes without an address, 1,000 with one."""
    registry_server.add_dataset("10.1234/a")
    with Registries(registry_server.settings(mailto=mailto)) as registries:
        list(registries.look_up([DOI("10.1234/a")]))
        assert set(registries.pace("DataCite").rates.values()) == {a_second}
