"""Turn a library into cases: one for each entry, unreadable block and undefined citation."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from typing import TYPE_CHECKING

from compcite.checks import Case
from compcite.checks.citations import case_of, find_cited
from compcite.checks.identifiers import written_doi
from compcite.model.item import Item
from compcite.model.library import Entry
from compcite.model.report import Standing, Status
from compcite.model.work import Found, NotFound

if TYPE_CHECKING:
    from collections.abc import Iterable

    from compcite.model.citations import Citations
    from compcite.model.library import Library, Problem
    from compcite.verbs.verify.judgements import Judgements

__all__ = ["cases_of", "is_unreadable", "standing_of", "status_of"]

_NO_ITEM = Item("document")


def cases_of(library: Library, citations: Citations | None, known: Judgements) -> list[Case]:
    """The cases of a library, in the order of its sources and of the text in each source.

    There is one for each entry, each unreadable block, and each source that has problems but no
    entries; at the end, one for each undefined citation. An entry that is uncited, by
    ``citations``, is marked as such. For an entry in ``known``, the DOI found in the earlier look
    is used again.
    """
    order = {id(source): place for place, source in enumerate(library.sources)}
    cited = find_cited(library, citations) if citations else None
    cases = []
    for place, entry in enumerate(library.entries):
        earlier = known.of(entry)
        written = earlier.case.written if earlier else written_doi(entry)
        uncited = cited is not None and place not in cited.used
        cases.append(Case(entry, written=written, uncited=uncited))
    others = []
    for problem in library.problems:
        if problem.rule == "entry-unparsed":
            cases.append(replace(_unreadable_case(problem), problems=(problem,)))
        else:
            others.append(problem)
    with_cases = {id(case.entry.source) for case in cases}
    of_empty_sources = {id(p.source): p for p in others if id(p.source) not in with_cases}
    cases.extend(map(_unreadable_case, of_empty_sources.values()))
    cases.sort(key=lambda case: (order.get(id(case.entry.source), 0), case.entry.span.start))
    cases = _with_problems(cases, others)
    return [*cases, *map(case_of, cited.undefined if cited else ())]


def is_unreadable(case: Case) -> bool:
    """Whether the case stands for a block that could not be read as an entry."""
    return case.entry.item is _NO_ITEM


def standing_of(case: Case) -> Standing:
    """How the case counts in the report: judged, uncited or an undefined citation."""
    if case.undefined:
        return Standing.UNDEFINED
    return Standing.UNCITED if case.uncited else Standing.JUDGED


def status_of(case: Case) -> Status:
    """The status of an entry for the report, from its DOI and what the registry answered.

    ``VERIFIED`` means that the DOI is registered, and not for another work. ``UNVERIFIED`` means
    that no registry answered, or that ``--refresh`` asked again and got no new answer.
    """
    written, outcome = case.written, case.outcome
    if is_unreadable(case):
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


def _unreadable_case(problem: Problem) -> Case:
    """A case without an item: for an unreadable block, or a problem of a source without entries."""
    return Case(Entry(problem.key or "", _NO_ITEM, source=problem.source, span=problem.span))


def _with_problems(cases: list[Case], problems: Iterable[Problem]) -> list[Case]:
    """The cases with the readers' problems added to them.

    A problem belongs to the first entry that ends behind it, so one between two entries belongs to
    the second of them, and one after the last entry to the last.
    """
    of_case: dict[int, list[Problem]] = {}
    of_source: dict[int, list[int]] = {}
    for place, case in enumerate(cases):
        of_source.setdefault(id(case.entry.source), []).append(place)
    for problem in problems:
        own = of_source[id(problem.source)]
        reached = bisect_right(own, problem.span.start, key=lambda p: cases[p].entry.span.end)
        of_case.setdefault(own[min(reached, len(own) - 1)], []).append(problem)
    return [
        replace(case, problems=(*case.problems, *of_case[place])) if place in of_case else case
        for place, case in enumerate(cases)
    ]
