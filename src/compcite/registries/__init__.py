"""The only code that knows the network: registration agencies, doi.org, and services that search.

A registration agency with an API of its own is a module with a :class:`Registry`, a line in
:data:`REGISTRIES`, and a test module. A service that only searches is a module with a
:class:`Searcher`, a line in :data:`SEARCHERS`, and a test module. All other agencies are asked by
content negotiation. :mod:`compcite.registries.funnel` asks them all, the cheapest question first.

The configuration reads the tables, and every command needs the configuration. Therefore each line
imports its module only when a client is made: a run that the lock answers loads no network code.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, NamedTuple, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from compcite.model.doi import DOI
    from compcite.model.search import Description
    from compcite.model.work import Work
    from compcite.registries.crossref import Crossref
    from compcite.registries.datacite import DataCite
    from compcite.registries.dblp import DBLP
    from compcite.registries.network.host import Host
    from compcite.registries.network.transport import Transport
    from compcite.registries.openalex import OpenAlex
    from compcite.registries.records.answers import Answer, Json
    from compcite.registries.settings import Settings

__all__ = [
    "DOI_ORG",
    "REGISTRIES",
    "SEARCHERS",
    "Answerer",
    "Registry",
    "Searcher",
    "Service",
    "origins",
]

DOI_ORG = "DOI"
"""The DOI proxy, by the name that the variable of its address has: ``COMPCITE_DOI_URL``."""


class Answerer(Protocol):
    """A client that answers questions about DOIs, many DOIs at once if possible.

    An answer is a record, or that the DOI is absent *here*, or that nobody answered. Only doi.org
    can say that a DOI is not registered at all.
    """

    agency: str
    host: Host

    def batches(self, dois: Iterable[DOI]) -> Iterator[tuple[DOI, ...]]:
        """Yield the DOIs in groups, each of which fits into one question.

        As few groups as possible.
        """
        ...

    def look_up(self, batch: tuple[DOI, ...]) -> Iterator[Answer]:
        """Yield one answer for each DOI of a group."""
        ...

    def look_up_one(self, doi: DOI) -> Answer:
        """Return the answer to the most thorough question about one DOI."""
        ...


class Registry(Answerer, Protocol):
    """The client of a registration agency whose records have a form of their own."""

    def work(self, record: Json) -> Work:
        """Return the work that a record of this agency describes."""
        ...


class Searcher(Protocol):
    """The client of a service that finds works by title and authors."""

    host: Host

    def questions(self, wanted: Iterable[Description]) -> Iterator[tuple[Description, ...]]:
        """Yield the descriptions in groups, each of which fits into one question."""
        ...

    def search(self, question: tuple[Description, ...]) -> Mapping[Description, list[Json]]:
        """Return a few records for each description, the best first. Raise ``Outage``."""
        ...

    def work(self, record: Json) -> Work:
        """Return the work that a record of this service describes."""
        ...


T_co = TypeVar("T_co", covariant=True)


class Service(NamedTuple, Generic[T_co]):
    """A line of the tables: the usual address of a service, and what makes its client."""

    origin: str
    make: Callable[[Settings, Transport], T_co]


def _crossref(settings: Settings, transport: Transport) -> Crossref:
    from compcite.registries.crossref import Crossref  # noqa: PLC0415 - see above

    return Crossref(settings, transport)


def _datacite(settings: Settings, transport: Transport) -> DataCite:
    from compcite.registries.datacite import DataCite  # noqa: PLC0415 - see above

    return DataCite(settings, transport)


def _dblp(settings: Settings, transport: Transport) -> DBLP:
    from compcite.registries.dblp import DBLP  # noqa: PLC0415 - see above

    return DBLP(settings, transport)


def _openalex(settings: Settings, transport: Transport) -> OpenAlex:
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
