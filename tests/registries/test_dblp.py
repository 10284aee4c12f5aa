"""Searches at DBLP."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from compcite.model.item import Name
from compcite.model.work import NO_DOI
from compcite.registries.funnel import Registries
from tests.registries.descriptions import ATTENTION

if TYPE_CHECKING:
    from compcite.model.work import Work
    from tests.registry_server import RegistryServer


def the_work_found(registry_server: RegistryServer) -> Work:
    """The only work that DBLP finds."""
    with Registries(registry_server.settings()) as registries:
        ((_, works),) = registries.search("DBLP", [ATTENTION])
    assert works is not None
    (work,) = works
    return work


@pytest.mark.parametrize(
    ("kind", "csl_type"),
    [
        ("Journal Articles", "article-journal"),
        ("Informal and Other Publications", "article"),
        ("Books and Theses", "book"),
        ("Parts in Books or Collections", "chapter"),
        ("Reference Works", "entry-encyclopedia"),
        ("Data and Artifacts", "dataset"),
    ],
)
def test_dblp_s_kinds_of_works_are_types_of_csl(
    registry_server: RegistryServer, kind: str, csl_type: str
) -> None:
    """In DBLP's own words."""
    registry_server.dblp.append({"title": "Attention is All you Need.", "type": kind})

    assert the_work_found(registry_server).item.type == csl_type


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
    work = the_work_found(registry_server)
    assert (work.doi, work.titles) == (NO_DOI, ("Attention is All you Need",))
    assert work.item.names["author"] == (Name("Vaswani", "Ashish"), Name("Wang", "Wei"))
    assert (work.item.type, work.years) == ("paper-conference", frozenset({2017}))
