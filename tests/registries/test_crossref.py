"""Searches at Crossref."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from compcite.registries.funnel import Registries
from tests.registries.descriptions import ATTENTION, titles_found
from tests.registry_server import Service

if TYPE_CHECKING:
    from tests.registry_server import RegistryServer


def hold(server: RegistryServer, doi: str) -> None:
    """Put a record of this DOI at the stand-in."""
    server.add_work(doi)


def test_find_gives_works_in_the_order_of_the_service(registry_server: RegistryServer) -> None:
    """As many as asked for, with their records."""
    for n in range(4):
        registry_server.add_work(f"10.1234/{n}")
    with Registries(registry_server.settings()) as registries:
        works = registries.find("Neff & Germer (2013)  A pilot study", 2)
    assert works is not None
    assert [str(work.doi) for work in works] == ["10.1234/0", "10.1234/1"]
    target = registry_server.asked_of(Service.CROSSREF)[0]
    assert "query.bibliographic=Neff+%26+Germer+%282013%29+A+pilot+study" in target


def test_a_very_long_citation_is_cut_between_words(registry_server: RegistryServer) -> None:
    """The request line stays within its bounds."""
    with Registries(registry_server.settings()) as registries:
        assert registries.find("Straße " * 2000, 5) == ()
    assert len(registry_server.asked_of(Service.CROSSREF)[0]) < 3600


def test_an_empty_citation_is_not_asked_about(registry_server: RegistryServer) -> None:
    """Nothing matches nothing."""
    with Registries(registry_server.settings()) as registries:
        assert registries.find("  ", 5) == ()
    assert registry_server.asked == []


def test_crossref_is_searched_with_all_that_a_reference_says(
    registry_server: RegistryServer,
) -> None:
    """It ranks by likeness, and is asked for five works at most."""
    registry_server.add_work("10.1234/a", title=["Attention is all you need"])
    found = titles_found(registry_server.settings(), "Crossref", ATTENTION)
    assert found == {ATTENTION: ["Attention is all you need"]}
    (target,) = registry_server.asked_of(Service.CROSSREF)
    query = parse_qs(urlsplit(target).query)
    assert query["query.bibliographic"] == ["Vaswani Attention is all you need 2017"]
    assert query["rows"] == ["5"]
