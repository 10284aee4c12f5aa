"""Whom verification asks: the registries, a lock in front of them, or answers kept from before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from compcite.model.doi import DOI
    from compcite.model.search import Description
    from compcite.model.work import Outcome, Update, Work

__all__ = ["Ask"]


class Ask(Protocol):
    """Who answers questions about DOIs: the registries, or whatever stands in for them."""

    def look_up(
        self, dois: Iterable[DOI], *, progress: Callable[[int, int], None] | None = None
    ) -> Iterator[Outcome]:
        """One outcome for each DOI, in any order; ``progress`` hears how many are answered."""

    @property
    def services(self) -> Sequence[str]:
        """The names of the services that can search, the most thorough ones first."""

    def search(
        self, service: str, wanted: Iterable[Description]
    ) -> Iterator[tuple[Description, Sequence[Work] | None]]:
        """Each description with the works that match it best; None where nobody answered."""

    def registered_among(self, dois: Iterable[DOI]) -> Mapping[DOI, Work]:
        """Those of some guessed DOIs that a single list shows to be registered."""

    def updates_of(self, dois: Iterable[DOI]) -> Mapping[DOI, Sequence[Update]]:
        """What notices say of those works, for those that could be asked about."""
