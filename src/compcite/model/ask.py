"""The questions that verification asks about DOIs and works, as a protocol.

Three classes answer them: the registries themselves, the registries behind a lock file, and the
recorded answers of an earlier look in the same run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from compcite.model.doi import DOI
    from compcite.model.search import Description
    from compcite.model.work import Outcome, Update, Work

__all__ = ["Ask"]


class Ask(Protocol):
    """Whoever answers questions about DOIs: the registries, or a class that stands in for them."""

    def look_up(
        self, dois: Iterable[DOI], *, progress: Callable[[int, int], None] | None = None
    ) -> Iterator[Outcome]:
        """One outcome for each DOI, in any order.

        ``progress`` is called with the number of DOIs that have an outcome, and the number of all.
        """

    @property
    def services(self) -> Sequence[str]:
        """The names of the services that can search for a work, in the order to ask them."""

    def search(
        self, service: str, wanted: Iterable[Description]
    ) -> Iterator[tuple[Description, Sequence[Work] | None]]:
        """Each description with the works that ``service`` finds for it, the best match first.

        The works are None where the service did not answer, and empty where it knows no such work.
        """

    def registered_among(self, dois: Iterable[DOI]) -> Mapping[DOI, Work]:
        """Those of some guessed DOIs that are registered, with their works.

        Only one list request is made; a DOI that this request does not show is left out.
        """

    def updates_of(self, dois: Iterable[DOI]) -> Mapping[DOI, Sequence[Update]]:
        """The update notices (retractions, corrections) about each of these works.

        A DOI that nobody could be asked about is missing from the result.
        """
