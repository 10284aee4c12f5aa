"""What the client of a service must be able to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from compcite.model.doi import DOI
    from compcite.model.search import Description
    from compcite.model.work import Work
    from compcite.registries.network.host import Host
    from compcite.registries.records.answers import Answer, Json

__all__ = ["Answerer", "Registry", "Searcher"]


class Answerer(Protocol):
    """A client that answers questions about DOIs, many DOIs at once if possible.

    An answer is a record, or that the DOI is absent *here*, or that nobody answered. Only doi.org
    can say that a DOI is not registered at all.
    """

    agency: str
    host: Host

    def batches(self, dois: Iterable[DOI]) -> Iterator[tuple[DOI, ...]]:
        """Yield the DOIs in groups, as few as possible, each of which fits into one question."""
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
