"""Judging a library: what its entries say against what the registries hold."""

from __future__ import annotations

import time
from bisect import bisect_right
from dataclasses import replace
from typing import TYPE_CHECKING

from compcite.checks import CHECK_FAMILIES, VERIFY_FAMILIES, Case, judge, select_rules
from compcite.checks.case import is_mention
from compcite.checks.citations import case_of, consult
from compcite.checks.identifiers import written_doi
from compcite.checks.matching import best_match, citation, near_match, near_spellings
from compcite.checks.records import compare_records
from compcite.checks.twins import find_twins
from compcite.errors import ContradictionError, EditError, ExitCode
from compcite.formats.rewriting import merge, rewrite
from compcite.model.item import Item
from compcite.model.library import Entry
from compcite.model.report import EntryReport, Report, Severity, Standing, Status
from compcite.model.work import Found, NotFound, Unavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from compcite.model.ask import Ask
    from compcite.model.citations import Citations
    from compcite.model.doi import DOI
    from compcite.model.library import Library, Problem
    from compcite.model.report import Finding
    from compcite.model.work import Outcome

__all__ = ["check_library", "exit_code", "outcomes_of", "verify_library"]

SEARCHES = 20
"""How many wrong DOIs of a run the right one is searched for, unless all are wanted."""

_ROWS = 10
# What can name the work that was meant; without them nobody needs to look for it.
_OFFERING = frozenset(
    {"doi-malformed", "doi-suggested", "work-not-found", "doi-not-registered", "wrong-work"}
)
_UNJUDGED = frozenset({"entry-uncited", "citation-undefined", "encoding-guessed"})
_NOBODY = "nobody answered"
_NO_ITEM = Item("document")


def check_library(
    library: Library,
    rules: Collection[str] | None = None,
    *,
    citations: Citations | None = None,
) -> Report:
    """What can be said of a library without asking anybody.

    With the ``citations`` of documents only what they cite is judged.
    """
    began = time.monotonic()
    chosen = select_rules(families=CHECK_FAMILIES) if rules is None else rules
    return _report(_cases(library, citations), chosen, began, asked=False)


def verify_library(  # noqa: PLR0913 - all but two by name, and left to their defaults
    library: Library,
    ask: Ask,
    *,
    rules: Collection[str] | None = None,
    suggest: bool = False,
    progress: Callable[[int, int], None] | None = None,
    citations: Citations | None = None,
) -> Report:
    """What the registries say of a library; of what documents cite, where ``citations`` are given.

    With ``suggest`` a DOI is looked for wherever one is missing or wrong, without it only for
    the first wrong ones. ``progress`` hears how many DOIs are settled, and of how many.
    """
    began = time.monotonic()
    chosen = select_rules(families=VERIFY_FAMILIES) if rules is None else rules
    cases = _with_outcomes(_cases(library, citations), ask, progress)
    if not _OFFERING.isdisjoint(chosen):
        cases = _with_meant(cases, ask, suggest=suggest)
    return _report(cases, chosen, began, asked=True)


def outcomes_of(
    dois: Iterable[DOI], ask: Ask, *, progress: Callable[[int, int], None] | None = None
) -> dict[DOI, Outcome]:
    """What the registries know of DOIs; ``progress`` hears how many are settled."""
    wanted = list(dict.fromkeys(dois))
    outcomes = {outcome.doi: outcome for outcome in ask.look_up(wanted, progress=progress)}
    _add_notices(outcomes, ask)
    return outcomes


def exit_code(report: Report, fail_on: Severity | None, on_outage: str = "unverified") -> ExitCode:
    """How a run ends: 1 for findings of at least ``fail_on``, else 3 for what nobody answered.

    ``fail_on`` is None where no finding shall fail the run. ``on_outage`` makes of a DOI that
    could not be checked a 3 (``unverified``), a 1 (``fail``) or nothing (``pass``); the
    finding ``doi-unverified`` counts in no other way.
    """
    counted = (
        finding
        for entry in report.entries
        for finding in entry.findings
        if finding.rule.name != "doi-unverified"
    )
    if fail_on is not None and any(f.severity.rank >= fail_on.rank for f in counted):
        return ExitCode.FINDINGS
    if report.asked and report.count(Status.UNVERIFIED):
        return {
            "unverified": ExitCode.UNVERIFIED,
            "fail": ExitCode.FINDINGS,
            "pass": ExitCode.OK,
        }[on_outage]
    return ExitCode.OK


def _cases(library: Library, citations: Citations | None) -> list[Case]:
    """A case for each entry and each unreadable block, source by source, in order.

    Behind them stand the citations that no entry answers.
    """
    order = {id(source): place for place, source in enumerate(library.sources)}
    consulted = consult(library, citations) if citations else None
    cases = [
        Case(
            entry,
            written=written_doi(entry),
            uncited=consulted is not None and place not in consulted.used,
        )
        for place, entry in enumerate(library.entries)
    ]
    others = []
    for problem in library.problems:
        if problem.rule == "entry-unparsed":
            cases.append(replace(_block(problem), problems=(problem,)))
        else:
            others.append(problem)
    held = {id(case.entry.source) for case in cases}
    barren = {id(p.source): p for p in others if id(p.source) not in held}
    cases.extend(map(_block, barren.values()))
    cases.sort(key=lambda case: (order.get(id(case.entry.source), 0), case.entry.span.start))
    cases = _with_problems(cases, others)
    return [*cases, *map(case_of, consulted.undefined if consulted else ())]


def _block(problem: Problem) -> Case:
    """The case of what is no entry: an unreadable block, or a source that holds none at all."""
    return Case(Entry(problem.key or "", _NO_ITEM, source=problem.source, span=problem.span))


def _with_problems(cases: list[Case], problems: Iterable[Problem]) -> list[Case]:
    """The cases with what the reader met in them, or between them and the entry before."""
    told: dict[int, list[Problem]] = {}
    places: dict[int, list[int]] = {}
    for place, case in enumerate(cases):
        places.setdefault(id(case.entry.source), []).append(place)
    for problem in problems:
        own = places[id(problem.source)]
        reached = bisect_right(own, problem.span.start, key=lambda p: cases[p].entry.span.end)
        told.setdefault(own[min(reached, len(own) - 1)], []).append(problem)
    return [
        replace(case, problems=(*case.problems, *told[place])) if place in told else case
        for place, case in enumerate(cases)
    ]


def _unread(case: Case) -> bool:
    """Whether a case is that of a block which is no entry."""
    return case.entry.item is _NO_ITEM


def _with_outcomes(
    cases: list[Case], ask: Ask, progress: Callable[[int, int], None] | None
) -> list[Case]:
    """The cases with what the registries know of their DOIs."""
    asked = [case for case in cases if not case.uncited]
    dois = [case.written.doi for case in asked if case.written and case.written.doi]
    outcomes = outcomes_of(dois, ask, progress=progress)
    return [case if case.uncited else _with_outcome(case, outcomes) for case in cases]


def _add_notices(outcomes: dict[DOI, Outcome], ask: Ask) -> None:
    """Ask for the notices about works whose title alone says that they no longer stand."""
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


def _with_outcome(case: Case, outcomes: Mapping[DOI, Outcome]) -> Case:
    """A case with the outcome of its DOI and the comparison with its record."""
    written = case.written
    if written is None or written.doi is None:
        return case
    outcome = outcomes.get(written.doi) or Unavailable(written.doi, _NOBODY)
    if isinstance(outcome, NotFound) and not written.certain:
        return replace(case, written=None)  # part of an address that only looked like a DOI
    if isinstance(outcome, Found) and outcome.work.described:
        compared = compare_records(case.entry.item, outcome.work)
        if compared.foreign and written.mentioned:
            return replace(case, written=None)  # what the note speaks of is another work
        return replace(case, outcome=outcome, comparison=compared)
    return replace(case, outcome=outcome)


def _with_meant(cases: list[Case], ask: Ask, *, suggest: bool) -> list[Case]:
    """The cases with the work that was meant, where the DOI is wrong or missing."""
    wanted: dict[int, str] = {}
    for place, case in enumerate(cases):
        if case.uncited or case.undefined or is_mention(case.entry):
            continue  # nobody asks for it, or nothing is known to go by
        status = _status(case)
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


def _status(case: Case) -> Status:
    """What is to be said of an entry in one word."""
    written, outcome = case.written, case.outcome
    if _unread(case):
        return Status.UNPARSED
    if written is None:
        return Status.NO_DOI
    if written.doi is None:
        return Status.MALFORMED
    if isinstance(outcome, NotFound):
        return Status.NOT_REGISTERED
    if case.comparison is not None and case.comparison.foreign:
        return Status.MISMATCH
    asked = isinstance(outcome, Found) and not outcome.unasked
    return Status.VERIFIED if asked else Status.UNVERIFIED


def _report(cases: list[Case], rules: Collection[str], began: float, *, asked: bool) -> Report:
    """The report on all cases, once it is known who repeats whom."""
    judged = [case for case in cases if _standing(case) is Standing.JUDGED]
    twins = iter(find_twins([case.entry for case in judged], list(map(_own_doi, judged))))
    entries = [
        _entry_report(
            replace(case, twins=next(twins)) if _standing(case) is Standing.JUDGED else case, rules
        )
        for case in cases
    ]
    return Report(entries, seconds=time.monotonic() - began, asked=asked)


def _own_doi(case: Case) -> DOI | None:
    """The DOI of an entry, where nothing speaks against its being the entry's own."""
    status = _status(case)
    if case.written is None or status in (Status.MISMATCH, Status.NOT_REGISTERED):
        return None
    doubtful = case.written.mentioned and status is not Status.VERIFIED
    return None if doubtful else case.written.doi


def _standing(case: Case) -> Standing:
    """As what a case stands in the report."""
    if case.undefined:
        return Standing.UNDEFINED
    return Standing.UNCITED if case.uncited else Standing.JUDGED


def _entry_report(case: Case, rules: Collection[str]) -> EntryReport:
    """What the rules say of one case."""
    entry, outcome = case.entry, case.outcome
    source = entry.source
    if source is None:
        raise ValueError("an entry to be judged has a source")
    found = outcome if isinstance(outcome, Found) else None
    status = _status(case)
    standing = _standing(case)
    chosen = rules if standing is Standing.JUDGED else _UNJUDGED & {*rules}
    findings = tuple(_with_edits(entry, finding) for finding in judge(case, chosen))
    return EntryReport(
        source=source,
        span=entry.span,
        key=entry.key or None,
        doi=str(case.written.doi) if case.written and case.written.doi else None,
        status=status,
        agency=found.work.agency if found else None,
        findings=findings,
        work=found.work if found else None,
        cached=bool(found and found.cached),
        item=None if status is Status.UNPARSED or case.undefined else entry.item,
        standing=standing,
    )


def _with_edits(entry: Entry, finding: Finding) -> Finding:
    """A finding whose fix says what to write where; without the fix if that cannot be said."""
    fix = finding.fix
    if fix is None:
        return finding
    try:
        edits, fields = merge(entry, fix.into) if fix.into else rewrite(entry, fix.changes)
    except ContradictionError as reason:
        return replace(finding, fix=None, message=f"{finding.message}; {reason}")
    except EditError as reason:
        why = f"; they cannot be merged, as {reason}" if fix.into else ""
        return replace(finding, fix=None, message=finding.message + why)
    title = fix.title
    if fix.into and fields:
        title += f"; {fix.into.key} gets {', '.join(fields)}"
    return replace(finding, fix=replace(fix, title=title, edits=edits, fields=fields))
