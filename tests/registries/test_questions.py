"""The other questions: searches, notices, guesses."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from compcite.model.doi import DOI
from compcite.model.work import Update
from compcite.registries.funnel import Registries
from tests.registry_server import Fault, Service

if TYPE_CHECKING:
    from pathlib import Path

    from tests.registry_server import RegistryServer


def test_a_search_gives_works_in_the_order_of_the_service(registry_server: RegistryServer) -> None:
    """As many as asked for, with their records."""
    for n in range(4):
        registry_server.add_work(f"10.1234/{n}")
    with Registries(registry_server.settings()) as registries:
        works = registries.search("Neff & Germer (2013)  A pilot study", rows=2)
    assert works is not None
    assert [str(work.doi) for work in works] == ["10.1234/0", "10.1234/1"]
    target = registry_server.asked_of(Service.CROSSREF)[0]
    assert "query.bibliographic=Neff+%26+Germer+%282013%29+A+pilot+study" in target


def test_a_very_long_citation_is_cut_between_words(registry_server: RegistryServer) -> None:
    """The request line stays within its bounds."""
    with Registries(registry_server.settings()) as registries:
        assert registries.search("Straße " * 2000) == ()
    assert len(registry_server.asked_of(Service.CROSSREF)[0]) < 3600


def test_an_empty_citation_is_not_asked_about(registry_server: RegistryServer) -> None:
    """Nothing matches nothing."""
    with Registries(registry_server.settings()) as registries:
        assert registries.search("  ") == ()
    assert registry_server.asked == []


def test_a_search_that_nobody_answers_is_no_empty_result(registry_server: RegistryServer) -> None:
    """None, and the outage says why."""
    registry_server.fails(Service.CROSSREF, Fault.ERROR)
    with Registries(registry_server.settings()) as registries:
        assert registries.search("Neff 2013") is None
        assert registries.outages


def test_many_searches_answer_each_citation_once(
    registry_server: RegistryServer, tmp_path: Path
) -> None:
    """Also the ones that are kept, which ask nothing."""
    registry_server.add_work("10.1234/a")
    settings = registry_server.settings(cache_path=tmp_path / "c", mailto="a@example.org")
    citations = [f"citation {n}" for n in range(5)]
    with Registries(settings) as registries:
        registries.search(citations[0])
        registry_server.asked.clear()
        found = dict(registries.searches(citations))
    assert sorted(found) == citations
    assert len(registry_server.asked) == 4


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


def test_offline_the_other_questions_ask_nobody(registry_server: RegistryServer) -> None:
    """No answer, and no request."""
    with Registries(registry_server.settings(offline=True)) as registries:
        assert registries.search("Neff 2013") is None
        assert registries.updates_of([DOI("10.1234/a")]) == {}
        assert registries.registered_among([DOI("10.1234/a")]) == {}
    assert registry_server.asked == []
