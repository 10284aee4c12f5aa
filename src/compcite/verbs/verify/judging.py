"""Apply the rules to cases, and turn their fixes into edits of the text."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from compcite.checks import judge
from compcite.checks.case import is_work
from compcite.checks.identifiers import written_doi
from compcite.checks.matching import describe
from compcite.checks.repeats import find_repeats
from compcite.errors import ContradictionError, EditError
from compcite.formats.rewriting import merge, publish, rewrite
from compcite.model.report import EntryReport, Standing, Status
from compcite.model.work import Found
from compcite.verbs.verify.cases import standing_of, status_of
from compcite.verbs.verify.judgements import Judgement

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from compcite.checks import Case
    from compcite.formats.rewriting import Rewritten
    from compcite.model.doi import DOI
    from compcite.model.library import Entry
    from compcite.model.report import Finding, Fix
    from compcite.verbs.verify.judgements import Judgements

__all__ = ["judge_cases", "own_doi_of", "report_on"]

_RULES_FOR_UNCITED = frozenset({"entry-uncited", "citation-undefined", "encoding-guessed"})
"""The rules that apply to uncited entries and undefined citations.

All others are about the work that an entry describes, and an uncited entry's work does not matter.
"""


def judge_cases(cases: list[Case], rules: Collection[str], known: Judgements) -> list[EntryReport]:
    """The report on each case, in order; first it is found out which entries repeat others.

    Uncited entries and undefined citations repeat nothing. Reports of ``known`` are used again
    where they still hold, and ``known`` then keeps the new ones.
    """
    judged = [case for case in cases if standing_of(case) is Standing.JUDGED]
    repeats = iter(find_repeats([case.entry for case in judged], list(map(own_doi_of, judged))))
    judgements = []
    for case in cases:
        whole = case
        if standing_of(case) is Standing.JUDGED:
            whole = replace(case, repeats=next(repeats))
        report = known.report_on(whole)
        if report is None:
            whole = _at_its_place(whole, known)
            report = report_on(whole, rules)
        judgements.append(Judgement(whole, report))
    known.keep(judgements)
    return [one.report for one in judgements]


def _at_its_place(case: Case, known: Judgements) -> Case:
    """The case with its DOI read from the present text, where it came from an earlier look."""
    if case.written is None or known.of(case.entry) is None:
        return case
    return replace(case, written=written_doi(case.entry))


def own_doi_of(case: Case) -> DOI | None:
    """The DOI of an entry for the search for duplicates; None where it may be another work's.

    That is where it is not registered, is registered for another work, or only a note mentions it
    and it could not be verified.
    """
    status = status_of(case)
    if case.written is None or status in (Status.MISMATCH, Status.NOT_REGISTERED):
        return None
    doubtful = case.written.mentioned and status is not Status.VERIFIED
    return None if doubtful else case.written.doi


def report_on(case: Case, rules: Collection[str]) -> EntryReport:
    """The report on one case: its status, its record, and what the rules find.

    To an uncited entry and an undefined citation only a few of ``rules`` are applied. Raises
    ValueError for an entry without a source.
    """
    entry, outcome = case.entry, case.outcome
    source = entry.source
    if source is None:
        raise ValueError("an entry to be judged has a source")
    found = outcome if isinstance(outcome, Found) else None
    status = status_of(case)
    standing = standing_of(case)
    chosen = rules if standing is Standing.JUDGED else _RULES_FOR_UNCITED & {*rules}
    findings = _with_edits(entry, judge(case, chosen))
    is_searched = is_work(entry)
    searchable = is_searched and describe(entry.item) is not None
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
        looked_for=case.search is not None and bool(case.search.answered),
        unanswered=case.search is not None and case.search.open,
        searchable=searchable,
        too_few_words=is_searched and not searchable,
    )


def _with_edits(entry: Entry, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings with the edits of their fixes.

    A fix that cannot be written as edits is dropped; the finding stays.
    """
    mergers: dict[int, Rewritten | EditError] = {}
    return tuple(
        finding if finding.fix is None else _with_edit(entry, finding, finding.fix, mergers)
        for finding in findings
    )


def _with_edit(
    entry: Entry, finding: Finding, fix: Fix, mergers: dict[int, Rewritten | EditError]
) -> Finding:
    """A finding with the edits of its fix; without a fix where that cannot be made.

    Then the message says why, if the fix was a merger or the values contradict each other.
    ``mergers`` holds the results of merging this entry, by the entry it goes into: an entry with
    the DOI and the key of another one has two findings, but is merged once.
    """
    article = fix.article
    if article is not None:
        made = _edits_or_reason(lambda: publish(entry, article))
    elif fix.into is None:
        made = _edits_or_reason(lambda: rewrite(entry, fix.changes))
    else:
        into = fix.into
        if id(into) not in mergers:
            mergers[id(into)] = _edits_or_reason(lambda: merge([entry], into))
        made = mergers[id(into)]
    if isinstance(made, ContradictionError):
        return replace(finding, fix=None, message=f"{finding.message}; {made}")
    if isinstance(made, EditError):
        why = f"; they cannot be merged, as {made}" if fix.into else ""
        return replace(finding, fix=None, message=finding.message + why)
    title = fix.title
    if fix.into and made.fields:
        title += f"; {fix.into.key} gets {', '.join(made.fields)}"
    return replace(finding, fix=replace(fix, title=title, edits=made.edits, fields=made.fields))


def _edits_or_reason(make: Callable[[], Rewritten]) -> Rewritten | EditError:
    """What ``make`` returns, or the EditError that it raises."""
    try:
        return make()
    except EditError as reason:
        return reason
