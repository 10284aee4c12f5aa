"""Whether the works that entries describe exist: the services are asked one after another.

An entry whose work one service has is not asked about at the next one. So a list of real works
costs about one question an entry, and only what nobody knows is asked everywhere.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import TYPE_CHECKING

from compcite.checks.case import is_mention
from compcite.checks.coverage import is_telling, services_for
from compcite.checks.matching import (
    best_match,
    describe,
    is_listed,
    near_match,
    near_spellings,
    nearest_work,
)
from compcite.model.report import Status
from compcite.model.search import Search
from compcite.model.work import NO_DOI, NotFound
from compcite.verify.cases import status_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from compcite.checks import Case
    from compcite.model.ask import Ask
    from compcite.model.item import Item
    from compcite.model.search import Description
    from compcite.model.work import Work

__all__ = ["OFFERING_RULES", "SEARCHES", "with_meant_works"]

SEARCHES = 20
"""How many wrong DOIs of a run the right one is searched for, unless all are wanted.

A search is the dearest question of all: one request an entry, where a look-up takes one for some
ninety DOIs. Twenty end within the minute that a slow service may be silent.
"""

OFFERING_RULES = frozenset(
    {"doi-malformed", "doi-suggested", "work-not-found", "doi-not-registered", "wrong-work"}
)
"""The rules that can name the work that was meant; without them nobody needs to look for it."""

_FEW = 2  # Crossref and DataCite, which have registered nearly all DOIs of works


@dataclass(slots=True)
class _Hunt:
    """The search for the work of one entry, and how far it has come."""

    item: Item
    description: Description
    left: list[str]
    answered: list[str] = field(default_factory=list)
    silent: list[str] = field(default_factory=list)
    works: list[Work] = field(default_factory=list)
    meant: Work | None = None

    @property
    def over(self) -> bool:
        """Whether there is nothing more to ask."""
        return self.meant is not None or not self.left

    def hear(self, service: str, works: Sequence[Work] | None) -> None:
        """Take note of what a service answered."""
        self.left.remove(service)
        if works is None:
            self.silent.append(service)
            return
        self.answered.append(service)
        seen = {work.doi for work in self.works if work.doi != NO_DOI}
        self.works += [work for work in works if work.doi not in seen]
        self.meant = best_match(self.item, self.works)

    def result(self, today: dt.date) -> Search:
        """How the search ended."""
        known = self.meant is not None or is_listed(self.item, self.works)
        return Search(
            tuple(self.answered),
            tuple(self.silent),
            known=known,
            nearest=None if known else nearest_work(self.item, self.works),
            telling=not self.silent and is_telling(self.item, today),
        )


def with_meant_works(
    cases: Sequence[Case],
    ask: Ask,
    *,
    suggest: bool,
    progress: Callable[[int, int], None] | None = None,
) -> list[Case]:
    """The cases with the work that was meant, and how it was looked for.

    With ``suggest`` it is looked for wherever the DOI is missing or wrong, without it only for
    the first wrong ones. For a wrong DOI only those services are asked that give most of all
    DOIs. ``progress`` hears how many searches are over, and of how many.
    """
    places = _to_look_for(cases, suggest=suggest)
    if not places:
        return list(cases)
    hunts = _hunts(cases, places, ask.services)
    for over in _ask_everybody(list(hunts.values()), ask):
        if progress:
            progress(over, len(hunts))
    today = dt.datetime.now(tz=dt.UTC).date()
    found = list(cases)
    for place in places:
        hunt, case = hunts.get(place), cases[place]
        meant = hunt.meant if hunt else None
        if meant is None and isinstance(case.outcome, NotFound):
            neighbours = ask.registered_among(near_spellings(case.outcome.doi))
            meant = near_match(case.entry.item, neighbours.values())
        search = hunt.result(today) if hunt else None
        found[place] = replace(case, meant=meant, search=search)
    return found


def _to_look_for(cases: Sequence[Case], *, suggest: bool) -> list[int]:
    """The places of the cases whose work is looked for."""
    places: list[int] = []
    for place, case in enumerate(cases):
        if case.uncited or case.undefined or is_mention(case.entry):
            continue  # nobody asks for it, or nothing is known to go by
        status = status_of(case)
        wrong = status in (Status.MISMATCH, Status.NOT_REGISTERED, Status.MALFORMED)
        if (wrong and (suggest or len(places) < SEARCHES)) or (suggest and status is Status.NO_DOI):
            places.append(place)
    return places


def _hunts(
    cases: Sequence[Case], places: Collection[int], services: Sequence[str]
) -> dict[int, _Hunt]:
    """A search for each entry of which enough is known to go by."""
    hunts = {}
    for place in places:
        item = cases[place].entry.item
        description = describe(item)
        if description is not None:
            wrong_doi = cases[place].written is not None
            asked = services[:_FEW] if wrong_doi else services
            hunts[place] = _Hunt(item, description, services_for(item, asked))
    return hunts


def _ask_everybody(hunts: list[_Hunt], ask: Ask) -> Iterator[int]:
    """Ask the services in rounds: each open search asks its next service. Yields what is over."""
    over = sum(hunt.over for hunt in hunts)
    yield over
    while open_hunts := [hunt for hunt in hunts if not hunt.over]:
        for service in dict.fromkeys(hunt.left[0] for hunt in open_hunts):
            asking: dict[Description, list[_Hunt]] = {}
            for hunt in open_hunts:
                if not hunt.over and hunt.left[0] == service:
                    asking.setdefault(hunt.description, []).append(hunt)
            for description, works in ask.search(service, tuple(asking)):
                for hunt in asking.pop(description):
                    hunt.hear(service, works)
                    over += hunt.over
                yield over
            for hunt in chain(*asking.values()):
                hunt.hear(service, None)  # whoever is asked owes an answer; the search goes on
