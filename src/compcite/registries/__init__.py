"""The only code that knows the network: who registered a DOI, and what they hold.

:func:`compcite.registries.funnel.look_up` asks them all, cheapest question first. A further
agency with an API of its own is a module with a :class:`Registry` and a line in
:data:`REGISTRIES`; all others are asked by content negotiation. A client's module is imported
when it is first needed, so that a run which the lock answers pays for no network.
"""

from __future__ import annotations

from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from compcite.model.doi import DOI
    from compcite.registries.network.host import Host
    from compcite.registries.network.transport import Transport
    from compcite.registries.records.answers import Answer
    from compcite.registries.settings import Settings

__all__ = ["REGISTRIES", "Registry"]


class Registry(Protocol):
    """A registration agency's API, batch first.

    An answer is a record, that the DOI is absent *here*, or that nobody answered; whether a
    DOI is registered at all is for doi.org to say.
    """

    agency: str
    host: Host

    def batches(self, dois: Iterable[DOI]) -> Iterator[tuple[DOI, ...]]:
        """The DOIs in as few questions as they fit in."""
        ...

    def look_up(self, batch: tuple[DOI, ...]) -> Iterator[Answer]:
        """One answer a DOI of a batch."""
        ...

    def look_up_one(self, doi: DOI) -> Answer:
        """The answer to the most thorough question about one DOI."""
        ...


def _client(agency: str, settings: Settings, transport: Transport) -> Registry:
    """The client of an agency: the class named as the agency, in the module named likewise."""
    module = import_module(f"{__name__}.{agency.lower()}")
    make: Callable[[Settings, Transport], Registry] = getattr(module, agency)
    return make(settings, transport)


REGISTRIES: Mapping[str, Callable[[Settings, Transport], Registry]] = {
    agency: partial(_client, agency) for agency in ("Crossref", "DataCite")
}
"""The agencies with an API of their own, by the names that doi.org calls them."""
