"""Searches at DataCite."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from tests.registries.descriptions import ATTENTION, OTHER, titles_found
from tests.registry_server import Service

if TYPE_CHECKING:
    from tests.registry_server import RegistryServer


def hold(server: RegistryServer, doi: str) -> None:
    """Put a record of this DOI at the stand-in."""
    server.add_dataset(doi)


def test_datacite_is_asked_about_many_titles_at_once(registry_server: RegistryServer) -> None:
    """Each description gets the records whose titles have its words."""
    registry_server.add_dataset("10.48550/arxiv.1", titles=[{"title": "Attention Is All You Need"}])
    registry_server.add_dataset("10.48550/arxiv.2", titles=[{"title": "Self-Compassion"}])
    found = titles_found(registry_server.settings(), "DataCite", ATTENTION, OTHER)
    assert found == {ATTENTION: ["Attention Is All You Need"], OTHER: ["Self-Compassion"]}
    (target,) = registry_server.asked_of(Service.DATACITE)
    assert parse_qs(urlsplit(target).query)["query"][0].split(" OR ") == [
        "(titles.title:(attention AND need) AND creators.name:(vaswani))",
        "(titles.title:(self AND compassion) AND creators.name:(neff))",
    ]
