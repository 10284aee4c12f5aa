"""The tables of the services that can be asked.

A registration agency with an API of its own is a module with a
:class:`~compcite.registries.protocols.Registry`, a line in :data:`REGISTRIES`, and a test module. A
service that only searches is a module with a :class:`~compcite.registries.protocols.Searcher`, a
line in :data:`SEARCHERS`, and a test module. All other agencies are asked by content negotiation.

The configuration reads the tables, and every command needs the configuration. Therefore each line
imports its module only when a client is made: a run that the lock answers loads no network code.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from compcite.registries.settings import DOI_ORG

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from compcite.registries.crossref import Crossref
    from compcite.registries.datacite import DataCite
    from compcite.registries.dblp import DBLP
    from compcite.registries.network.transport import Transport
    from compcite.registries.openalex import OpenAlex
    from compcite.registries.protocols import Registry, Searcher
    from compcite.registries.settings import Settings

__all__ = ["REGISTRIES", "SEARCHERS", "Service", "origins"]

T_co = TypeVar("T_co", covariant=True)


class Service(NamedTuple, Generic[T_co]):
    """A line of the tables: the usual address of a service, and what makes its client."""

    origin: str
    make: Callable[[Settings, Transport], T_co]


def _crossref(settings: Settings, transport: Transport) -> Crossref:
    """Return a new client of Crossref."""
    from compcite.registries.crossref import Crossref  # noqa: PLC0415 - see above

    return Crossref(settings, transport)


def _datacite(settings: Settings, transport: Transport) -> DataCite:
    """Return a new client of DataCite."""
    from compcite.registries.datacite import DataCite  # noqa: PLC0415 - see above

    return DataCite(settings, transport)


def _dblp(settings: Settings, transport: Transport) -> DBLP:
    """Return a new client of DBLP."""
    from compcite.registries.dblp import DBLP  # noqa: PLC0415 - see above

    return DBLP(settings, transport)


def _openalex(settings: Settings, transport: Transport) -> OpenAlex:
    """Return a new client of OpenAlex."""
    from compcite.registries.openalex import OpenAlex  # noqa: PLC0415 - see above

    return OpenAlex(settings, transport)


_CROSSREF = Service("https://api.crossref.org", _crossref)
_DATACITE = Service("https://api.datacite.org", _datacite)

REGISTRIES: Mapping[str, Service[Registry]] = {"Crossref": _CROSSREF, "DataCite": _DATACITE}
"""The agencies with an API of their own, by the names that doi.org calls them."""

SEARCHERS: Mapping[str, Service[Searcher]] = {
    "Crossref": _CROSSREF,
    "DataCite": _DATACITE,
    "DBLP": Service("https://dblp.org", _dblp),
    "OpenAlex": Service("https://api.openalex.org", _openalex),
}
"""The services that find works by title and authors, in the order in which they are asked."""


def origins() -> dict[str, str]:
    """Return the usual address of every service, by its name."""
    services = {**REGISTRIES, **SEARCHERS}
    return {DOI_ORG: "https://doi.org"} | {n: service.origin for n, service in services.items()}
