"""What the registries said in a run, said again without asking anybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compcite.model.work import NO_DOI, Found, Unavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from compcite.model.ask import Ask
    from compcite.model.doi import DOI
    from compcite.model.search import Description
    from compcite.model.work import Outcome, Update, Work

__all__ = ["Replay"]

_NEW = "it was put in just now; run compcite again to check it"


class Replay:
    """Passes questions on and keeps the answers; from :meth:`hang_up` on only the kept ones.

    A work that a search gave, or another DOI led to, answers for its own DOI. Of what was never
    asked nothing is known.
    """

    def __init__(self, asked: Ask) -> None:
        """Pass questions on to these registries."""
        self._asked: Ask | None = asked
        self._outcomes: dict[DOI, Outcome] = {}
        self._services: tuple[str, ...] = ()
        self._searches: dict[tuple[str, Description], Sequence[Work] | None] = {}
        self._works: dict[DOI, Work] = {}
        self._updates: dict[DOI, Sequence[Update]] = {}

    def hang_up(self) -> None:
        """Ask nobody any more."""
        self._asked = None

    def look_up(
        self, dois: Iterable[DOI], *, progress: Callable[[int, int], None] | None = None
    ) -> Iterator[Outcome]:
        """One outcome for each DOI."""
        if self._asked is not None:
            for outcome in self._asked.look_up(dois, progress=progress):
                self._outcomes[outcome.doi] = outcome
                if isinstance(outcome, Found):
                    self._works[outcome.work.doi] = outcome.work
                yield outcome
            return
        for doi in dois:
            work = self._works.get(doi)
            new = Found(doi, work) if work else Unavailable(doi, _NEW)
            yield self._outcomes.get(doi, new)

    @property
    def services(self) -> Sequence[str]:
        """The names of the services that can search."""
        if self._asked is not None:
            self._services = tuple(self._asked.services)
        return self._services

    def search(
        self, service: str, wanted: Iterable[Description]
    ) -> Iterator[tuple[Description, Sequence[Work] | None]]:
        """Each description with the works that match it best; None where nobody answered."""
        if self._asked is not None:
            for description, works in self._asked.search(service, wanted):
                self._searches[service, description] = works
                self._works |= {work.doi: work for work in works or () if work.doi != NO_DOI}
                yield description, works
            return
        for description in wanted:
            yield description, self._searches.get((service, description))

    def registered_among(self, dois: Iterable[DOI]) -> Mapping[DOI, Work]:
        """Those of some guessed DOIs that are known to be registered."""
        if self._asked is not None:
            found = self._asked.registered_among(dois)
            self._works |= found
            return found
        return {doi: self._works[doi] for doi in dois if doi in self._works}

    def updates_of(self, dois: Iterable[DOI]) -> Mapping[DOI, Sequence[Update]]:
        """What notices say of those works."""
        if self._asked is not None:
            found = self._asked.updates_of(dois)
            self._updates |= found
            return found
        return {doi: self._updates[doi] for doi in dois if doi in self._updates}
