"""The other questions: searches, notices, guesses."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from compcite.model.doi import DOI
from compcite.model.search import Description
from compcite.model.work import Update
from compcite.registries.funnel import Registries
from compcite.registries.table import SEARCHERS
from tests.registries.descriptions import ATTENTION, OTHER, titles_found
from tests.registry_server import Fault, Service

if TYPE_CHECKING:
    from pathlib import Path

    from tests.registry_server import RegistryServer


@pytest.mark.parametrize("service", SEARCHERS)
def test_a_search_that_nobody_answers_is_no_empty_result(
    registry_server: RegistryServer, service: str
) -> None:
    """None, and the outage says why."""
    registry_server.fails(Service(service), Fault.ERROR)
    settings = registry_server.settings(openalex_key="k")
    assert titles_found(settings, service, ATTENTION) == {ATTENTION: None}


@pytest.mark.parametrize("fault", [Fault.HTML, Fault.OTHER_JSON, Fault.TRUNCATED, Fault.REJECTED])
@pytest.mark.parametrize("service", SEARCHERS)
def test_an_answer_of_another_shape_is_an_outage(
    registry_server: RegistryServer, service: str, fault: Fault
) -> None:
    """It never says that a work does not exist."""
    registry_server.fails(Service(service), fault)
    settings = registry_server.settings(openalex_key="k")
    assert titles_found(settings, service, ATTENTION) == {ATTENTION: None}


def test_many_searches_answer_each_description_once(
    registry_server: RegistryServer, tmp_path: Path
) -> None:
    """Also those whose answers are kept, which ask nothing, be they empty or not."""
    registry_server.add_work("10.1234/a")
    settings = registry_server.settings(cache_path=tmp_path / "c", mailto="a@example.org")
    wanted = [Description(f"citation {n}", f"Title number {n}") for n in range(5)]
    for service in ("Crossref", "DataCite", "DBLP"):
        first = titles_found(settings, service, *wanted)
        assert sorted(first) == wanted
        registry_server.asked.clear()
        assert titles_found(settings, service, *wanted) == first
        assert registry_server.asked == []


def test_notices_tell_of_works_whose_records_do_not(
    registry_server: RegistryServer, tmp_path: Path
) -> None:
    """``filter=updates:…`` in lists; the notice's DOI is the update's."""
    for doi in ("10.1234/retracted", "10.1234/sound"):
        registry_server.add_work(doi)
    notice = {"DOI": "10.1234/Retracted", "type": "retraction", "source": "retraction-watch",
              "updated": {"date-parts": [[2024, 5, 1]]}}  # fmt: skip
    registry_server.add_work("10.1234/notice", **{"update-to": [notice]})
    dois = [DOI("10.1234/retracted"), DOI("10.1234/sound")]
    expected = {
        dois[0]: (
            Update("retraction", DOI("10.1234/notice"), dt.date(2024, 5, 1), "retraction-watch"),
        ),
        dois[1]: (),
    }
    settings = registry_server.settings(cache_path=tmp_path / "cache.sqlite")
    with Registries(settings) as registries:
        assert registries.updates_of(dois) == expected
    assert len(registry_server.asked) == 1
    with Registries(settings) as registries:
        assert registries.updates_of(dois) == expected
    assert len(registry_server.asked) == 1


def test_works_that_nobody_could_be_asked_about_have_no_answer(
    registry_server: RegistryServer,
) -> None:
    """Not an empty one: "no notices" would be a statement."""
    registry_server.fails(Service.CROSSREF, Fault.HTML)
    with Registries(registry_server.settings()) as registries:
        assert registries.updates_of([DOI("10.1234/a")]) == {}


def test_guesses_cost_one_list(registry_server: RegistryServer) -> None:
    """Of many spellings those that exist, and no question to anybody about the rest."""
    registry_server.add_work("10.1234/right")
    guesses = [DOI(f"10.1234/r{letter}ght") for letter in "aeiou"]
    with Registries(registry_server.settings()) as registries:
        found = registries.registered_among(guesses)
    assert list(found) == [DOI("10.1234/right")]
    assert len(registry_server.asked) == 1


def test_guesses_are_asked_about_once(registry_server: RegistryServer, tmp_path: Path) -> None:
    """A second run asks nothing, though none of the guesses is registered."""
    guesses = [DOI(f"10.1234/r{letter}ght") for letter in "aeiou"]
    settings = registry_server.settings(cache_path=tmp_path / "cache.sqlite")
    for _ in range(2):
        with Registries(settings) as registries:
            assert registries.registered_among(guesses) == {}
    assert len(registry_server.asked) == 1


def test_offline_the_other_questions_ask_nobody(registry_server: RegistryServer) -> None:
    """No answer, and no request."""
    with Registries(registry_server.settings(offline=True)) as registries:
        assert dict(registries.search("Crossref", [OTHER])) == {OTHER: None}
        assert registries.find("Neff 2013", 5) is None
        assert registries.updates_of([DOI("10.1234/a")]) == {}
        assert registries.registered_among([DOI("10.1234/a")]) == {}
    assert registry_server.asked == []
