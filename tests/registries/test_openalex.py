"""Searches at OpenAlex."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compcite.model.doi import DOI
from compcite.model.item import Name
from compcite.registries.funnel import Registries
from compcite.registries.table import SEARCHERS
from tests.registries.descriptions import ATTENTION, OTHER
from tests.registry_server import Fault, Service

if TYPE_CHECKING:
    from tests.registry_server import RegistryServer


def test_openalex_is_asked_only_with_a_key(registry_server: RegistryServer) -> None:
    """Its searches cost money. The key is in no message."""
    record: dict[str, object] = {
        "doi": "https://doi.org/10.1234/A",
        "display_name": "Attention is all you need",
        "publication_year": 2017,
        "type": "article",
        "authorships": [{"raw_author_name": "Laurens van der Maaten"}],
    }
    registry_server.openalex.append(record)
    with Registries(registry_server.settings()) as registries:
        assert "OpenAlex" not in registries.services
    with Registries(registry_server.settings(openalex_key="s3cret")) as registries:
        assert registries.services == tuple(SEARCHERS)
        ((_, works),) = registries.search("OpenAlex", [ATTENTION])
        assert works is not None
        assert works[0].doi == DOI("10.1234/a")
        assert works[0].item.names["author"] == (Name("van der Maaten", "Laurens"),)
        registry_server.fails(Service.OPENALEX, Fault.ERROR)
        list(registries.search("OpenAlex", [OTHER]))
        assert "s3cret" not in str(registries.outages)
