"""Search for the works of entries whose DOI is missing or wrong, at one service after another.

Once a service has found the work of an entry, no further service is asked for it. So a list of real
works costs about one request an entry, and only works that nobody finds are searched for
everywhere.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import TYPE_CHECKING

from compcite.checks.case import is_work
from compcite.checks.coverage import gap_in_lists, in_order_of_asking, is_to_come
from compcite.checks.matching import (
    best_match,
    describe,
    is_listed,
    near_match,
    near_spellings,
    nearest_work,
)
from compcite.model.report import Status
from compcite.model.search import Gap, Same, Search
from compcite.model.work import NO_DOI, NotFound
from compcite.verbs.verify.cases import status_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from compcite.checks import Case
    from compcite.model.ask import Ask
    from compcite.model.item import Item
    from compcite.model.search import Description
    from compcite.model.work import Work

__all__ = ["MOST_SEARCHES", "RULES_NAMING_A_WORK", "with_meant_works"]

MOST_SEARCHES = 20
"""For how many wrong DOIs of a run the right DOI is searched for, without ``--suggest``.

A search costs one request for each entry; a look-up, one for about ninety DOIs. Where a service
takes three seconds for an answer, twenty searches add a minute to the run.
"""

RULES_NAMING_A_WORK = frozenset(
    {"doi-malformed", "doi-suggested", "work-not-found", "doi-not-registered", "wrong-work"}
)
"""The rules whose messages name the work that was meant; without them no search is needed."""

_MAIN_SERVICES = (
    2  # the first two services, Crossref and DataCite, register nearly all DOIs of works
)


@dataclass(slots=True)
class _WorkSearch:
    """The search for the work of one entry: what was answered so far, and whom to ask next.

    ``left`` are the services still to be asked, the next one first; ``answered`` those that
    answered, ``silent`` those that did not. ``works`` are all works found so far, and ``meant`` the
    one among them that the entry describes, or None.
    """

    item: Item
    description: Description
    left: list[str]
    answered: list[str] = field(default_factory=list)
    silent: list[str] = field(default_factory=list)
    works: list[Work] = field(default_factory=list)
    meant: Work | None = None

    @property
    def finished(self) -> bool:
        """Whether the work is found or no service is left to ask."""
        return self.meant is not None or not self.left

    def record_answer(self, service: str, works: Sequence[Work] | None) -> None:
        """Add the works that a service found; None means that it did not answer."""
        self.left.remove(service)
        if works is None:
            self.silent.append(service)
            return
        self.answered.append(service)
        seen = {work.doi for work in self.works if work.doi != NO_DOI}
        self.works += [work for work in works if work.doi not in seen]
        self.meant = best_match(self.item, self.works)

    def result(self, today: dt.date) -> Search:
        """The result of the search; by ``today`` it is known how new the work is."""
        to_come = is_to_come(self.item, today)
        known = self.meant is not None or (not to_come and is_listed(self.item, self.works))
        nearest = None if known else nearest_work(self.item, self.works)
        gap = gap_in_lists(self.item, today)
        if nearest and nearest.same is Same.WORK and not to_come:
            gap = gap or Gap.VERSION
        return Search(tuple(self.answered), tuple(self.silent), known, nearest, gap, to_come)


def with_meant_works(
    cases: Sequence[Case],
    ask: Ask,
    *,
    suggest: bool,
    progress: Callable[[int, int], None] | None = None,
) -> list[Case]:
    """The cases with the work that was meant and the result of the search, where one was made.

    With ``suggest``, a work is searched for wherever the DOI is missing or wrong; without it, only
    for the first :data:`MOST_SEARCHES` wrong DOIs. For a wrong DOI only the two main services are
    asked. If the search for an unregistered DOI finds nothing, DOIs that differ by one typing
    mistake are tried. ``progress`` is called with the number of finished searches and of all.
    """
    places = _to_look_for(cases, suggest=suggest)
    if not places:
        return list(cases)
    searches = _searches(cases, places, ask.services)
    if progress:
        progress(0, len(searches))
    for over in _ask_in_rounds(list(searches.values()), ask):
        if progress:
            progress(over, len(searches))
    today = dt.datetime.now(tz=dt.UTC).date()
    found = list(cases)
    for place in places:
        made, case = searches.get(place), cases[place]
        meant = made.meant if made else None
        if meant is None and isinstance(case.outcome, NotFound):
            neighbours = ask.registered_among(near_spellings(case.outcome.doi))
            meant = near_match(case.entry.item, neighbours.values())
        result = made.result(today) if made else None
        found[place] = replace(case, meant=meant, search=result)
    return found


def _to_look_for(cases: Sequence[Case], *, suggest: bool) -> list[int]:
    """The indexes of the cases whose work is to be searched for, as :func:`with_meant_works` says.

    Uncited entries, and those that describe no work, are left out.
    """
    places: list[int] = []
    for place, case in enumerate(cases):
        if case.uncited or case.undefined or not is_work(case.entry):
            continue  # the work does not matter, or the entry describes none
        status = status_of(case)
        wrong = status in (Status.MISMATCH, Status.NOT_REGISTERED, Status.MALFORMED)
        if (wrong and (suggest or len(places) < MOST_SEARCHES)) or (
            suggest and status is Status.NO_DOI
        ):
            places.append(place)
    return places


def _searches(
    cases: Sequence[Case], places: Collection[int], services: Sequence[str]
) -> dict[int, _WorkSearch]:
    """Return a new search for each case in ``places``, by the index of the case.

    Nobody is asked yet.

    ``places`` are indexes in ``cases``. An entry with too few words for a search has none.
    """
    searches = {}
    for place in places:
        item = cases[place].entry.item
        description = describe(item)
        if description is not None:
            wrong_doi = cases[place].written is not None
            asked = services[:_MAIN_SERVICES] if wrong_doi else services
            searches[place] = _WorkSearch(item, description, in_order_of_asking(item, asked))
    return searches


def _ask_in_rounds(searches: list[_WorkSearch], ask: Ask) -> Iterator[int]:
    """Ask the services in rounds, one service for every unfinished search in each round.

    Yields the number of finished searches after each answer.
    """
    over = sum(search.finished for search in searches)
    yield over
    while unfinished := [search for search in searches if not search.finished]:
        for service in dict.fromkeys(search.left[0] for search in unfinished):
            asking: dict[Description, list[_WorkSearch]] = {}
            for search in unfinished:
                if not search.finished and search.left[0] == service:
                    asking.setdefault(search.description, []).append(search)
            for description, works in ask.search(service, tuple(asking)):
                for search in asking.pop(description):
                    search.record_answer(service, works)
                    over += search.finished
                yield over
            for search in chain(*asking.values()):
                # The service said nothing about these: that counts as no answer.
                search.record_answer(service, None)
