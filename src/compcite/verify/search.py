"""Looking for the work that was meant, where a DOI is wrong or missing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from compcite.checks.case import is_mention
from compcite.checks.matching import best_match, citation, near_match, near_spellings
from compcite.model.report import Status
from compcite.model.work import NotFound
from compcite.verify.cases import status_of

if TYPE_CHECKING:
    from compcite.checks import Case
    from compcite.model.ask import Ask

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

_ROWS = 10  # works that one search answers with


def with_meant_works(cases: list[Case], ask: Ask, *, suggest: bool) -> list[Case]:
    """The cases with the work that was meant, where the DOI is wrong or missing."""
    wanted: dict[int, str] = {}
    for place, case in enumerate(cases):
        if case.uncited or case.undefined or is_mention(case.entry):
            continue  # nobody asks for it, or nothing is known to go by
        status = status_of(case)
        wrong = status in (Status.MISMATCH, Status.NOT_REGISTERED, Status.MALFORMED)
        if (wrong and (suggest or len(wanted) < SEARCHES)) or (suggest and status is Status.NO_DOI):
            wanted[place] = citation(case.entry.item)
    answers = dict(ask.searches(dict.fromkeys(filter(None, wanted.values())), _ROWS))
    found = list(cases)
    for place, text in wanted.items():
        case, works = cases[place], answers.get(text)
        meant = best_match(case.entry.item, works) if works else None
        if meant is None and isinstance(case.outcome, NotFound):
            neighbours = ask.registered_among(near_spellings(case.outcome.doi))
            meant = near_match(case.entry.item, neighbours.values())
        found[place] = replace(case, meant=meant, searched=works is not None)
    return found
