"""Keep the answers of a run, to give them again when no service is asked any more.

Fixes are judged after the registries are closed. Whether a DOI that a fix wrote is right has mostly
been answered before, since the DOI came from an answer.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from compcite.model.work import NO_DOI, Found, Unavailable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from compcite.model.doi import DOI
    from compcite.model.search import Description
    from compcite.model.work import Outcome, Update, Work

__all__ = ["Answered"]

_NEW = "it was put in just now; run compcite again to check it"


@dataclass(slots=True)
class Answered:
    """The answers so far, by question.

    ``services`` are the names of the services that can search, ``outcomes`` go by DOI, ``searches``
    by service and description, ``updates`` (notices) by the DOI of the work. ``works`` holds every
    work that any answer named, by its DOI: works that a search found, and works for which another
    DOI is an alias.
    """

    services: tuple[str, ...] = ()
    outcomes: dict[DOI, Outcome] = field(default_factory=dict)
    searches: dict[tuple[str, Description], Sequence[Work] | None] = field(default_factory=dict)
    updates: dict[DOI, Sequence[Update]] = field(default_factory=dict)
    works: dict[DOI, Work] = field(default_factory=dict)

    def add_outcome(self, outcome: Outcome) -> None:
        """Keep the outcome of a DOI."""
        self.outcomes[outcome.doi] = outcome
        if isinstance(outcome, Found):
            self.add_works([outcome.work])

    def add_search(
        self, service: str, description: Description, works: Sequence[Work] | None
    ) -> None:
        """Keep what a service found for a description; None means that it did not answer.

        The works are also kept by their DOIs.
        """
        self.searches[service, description] = works
        self.add_works(works or ())

    def add_works(self, works: Iterable[Work]) -> None:
        """Keep works that an answer named, except for those without a DOI."""
        self.works |= {work.doi: work for work in works if work.doi != NO_DOI}

    def outcome(self, doi: DOI) -> Outcome:
        """Return the outcome of a DOI.

        It is the kept one, else "found" with the kept work of this DOI, else that the DOI is
        unavailable.
        """
        if doi in self.outcomes:
            return self.outcomes[doi]
        return Found(doi, self.works[doi]) if doi in self.works else Unavailable(doi, _NEW)
