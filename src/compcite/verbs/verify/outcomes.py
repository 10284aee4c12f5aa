"""Ask for the DOIs of cases, and compare each entry with the record of its DOI."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from compcite.checks.records import compare_records
from compcite.checks.updates import published_as
from compcite.model.work import Found, NotFound, Unavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from compcite.checks import Case
    from compcite.model.ask import Ask
    from compcite.model.doi import DOI
    from compcite.model.work import Outcome
    from compcite.verbs.verify.judgements import Judgements

__all__ = ["outcomes_of", "with_outcomes", "with_published"]

_NOBODY = "nobody answered"


def outcomes_of(
    dois: Iterable[DOI], ask: Ask, *, progress: Callable[[int, int], None] | None = None
) -> dict[DOI, Outcome]:
    """The outcome for each DOI, with the notices about works that their titles call retracted.

    ``progress`` is called with the number of answered DOIs and of all.
    """
    wanted = list(dict.fromkeys(dois))
    outcomes = {outcome.doi: outcome for outcome in ask.look_up(wanted, progress=progress)}
    _add_notices(outcomes, ask)
    return outcomes


def with_outcomes(
    cases: list[Case],
    ask: Ask,
    progress: Callable[[int, int], None] | None,
    known: Judgements,
) -> list[Case]:
    """The cases with the outcome of their DOI and the comparison with its record.

    Uncited entries are not asked about, and stay. A DOI that turns out to be none of the entry's
    own is dropped from its case.
    """
    asked = [case for case in cases if not case.uncited]
    dois = [case.written.doi for case in asked if case.written and case.written.doi]
    outcomes = outcomes_of(dois, ask, progress=progress)
    return [case if case.uncited else _with_outcome(case, outcomes, known) for case in cases]


def with_published(cases: list[Case], ask: Ask) -> list[Case]:
    """The cases with the article that each preprint became, where its record was found."""
    dois = [_published_as(case) for case in cases]
    wanted = list(dict.fromkeys(doi for doi in dois if doi is not None))
    if not wanted:
        return cases
    works = {
        outcome.doi: outcome.work
        for outcome in ask.look_up(wanted)
        if isinstance(outcome, Found) and outcome.work.described
    }
    return [
        replace(case, published=works[doi]) if doi in works else case
        for case, doi in zip(cases, dois, strict=True)
    ]


def _published_as(case: Case) -> DOI | None:
    """The DOI of the article that the preprint of a case became; None where there is none."""
    outcome = case.outcome
    return published_as(outcome.work) if isinstance(outcome, Found) else None


def _add_notices(outcomes: dict[DOI, Outcome], ask: Ask) -> None:
    """Ask for the notices about works that only their title calls retracted; add them to the works.

    Such a title begins with ``RETRACTED:`` or the like, and the record names no notice.
    """
    silent = {
        outcome.work.doi: doi
        for doi, outcome in outcomes.items()
        if isinstance(outcome, Found)
        and any(update.asserted_by == "title" for update in outcome.work.updates)
    }
    if not silent:
        return
    for named, updates in ask.updates_of(list(silent)).items():
        outcome = outcomes.get(silent.get(named, named))
        if isinstance(outcome, Found):
            work = replace(outcome.work, updates=(*outcome.work.updates, *updates))
            outcomes[outcome.doi] = replace(outcome, work=work)


def _with_outcome(case: Case, outcomes: Mapping[DOI, Outcome], known: Judgements) -> Case:
    """A case with the outcome of its DOI and the comparison with its record.

    A DOI is dropped from the case if it turns out not to be the entry's: a part of a URL that is
    not registered, or a DOI in a note that belongs to another work.
    """
    written = case.written
    if written is None or written.doi is None:
        return case
    outcome = outcomes.get(written.doi) or Unavailable(written.doi, _NOBODY)
    if isinstance(outcome, NotFound) and not written.certain:
        return replace(case, written=None)  # part of an address that only looked like a DOI
    if isinstance(outcome, Found) and outcome.work.described:
        earlier = known.of(case.entry)
        compared = (
            earlier.case.comparison
            if earlier and earlier.case.comparison and earlier.case.outcome == outcome
            else compare_records(case.entry.item, outcome.work)
        )
        if compared.foreign and written.mentioned:
            return replace(case, written=None)  # what the note speaks of is another work
        return replace(case, outcome=outcome, comparison=compared)
    return replace(case, outcome=outcome)
