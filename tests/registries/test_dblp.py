"""Searches at DBLP."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compcite.model.item import Name
from compcite.model.work import NO_DOI
from compcite.registries.funnel import Registries
from tests.registries.descriptions import ATTENTION

if TYPE_CHECKING:
    from tests.registry_server import RegistryServer


def test_dblp_knows_works_without_a_doi(registry_server: RegistryServer) -> None:
    """The number behind a common name, and the stop behind the title, are DBLP's own."""
    people = [{"text": "Ashish Vaswani"}, {"text": "Wei Wang 0001"}]
    info: dict[str, object] = {
        "title": "Attention is All you Need.",
        "authors": {"author": people},
        "year": "2017",
        "venue": "NIPS",
        "type": "Conference and Workshop Papers",
    }
    registry_server.dblp.append(info)
    with Registries(registry_server.settings()) as registries:
        ((_, works),) = registries.search("DBLP", [ATTENTION])
    assert works is not None
    (work,) = works
    assert (work.doi, work.titles) == (NO_DOI, ("Attention is All you Need",))
    assert work.item.names["author"] == (Name("Vaswani", "Ashish"), Name("Wang", "Wei"))
    assert (work.item.type, work.years) == ("paper-conference", frozenset({2017}))
