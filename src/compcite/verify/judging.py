"""The rules applied to cases, and what was judged before kept for the next look."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from compcite.checks import judge
from compcite.checks.identifiers import written_doi
from compcite.checks.repeats import find_repeats
from compcite.errors import ContradictionError, EditError
from compcite.formats.rewriting import merge, rewrite
from compcite.model.report import EntryReport, Standing, Status
from compcite.model.source import Span
from compcite.model.work import Found
from compcite.verify.cases import standing_of, status_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from compcite.checks import Case
    from compcite.formats.rewriting import Rewritten
    from compcite.model.doi import DOI
    from compcite.model.library import Entry
    from compcite.model.report import Finding, Fix

__all__ = ["Judgement", "Judgements", "judge_cases"]

_OF_UNCITED = frozenset({"entry-uncited", "citation-undefined", "encoding-guessed"})
"""The rules that judge what no document cites: the others ask about the work, which is unused."""


class Judgement(NamedTuple):
    """A case as it was judged, and what was found."""

    case: Case
    report: EntryReport


class Judgements:
    """What was judged in the last look at a library, by the text of each entry.

    A fix changes a few entries of thousands. For an entry of the same text that says the same
    (a macro or a `crossref` may change what it says), all that was found still holds, but for
    its place, unless it depends on other entries. So three kinds are always judged anew:
    entries in which the reader met a problem, entries that repeat others, and entries with a
    fix, whose edits follow the habits of the whole file.
    """

    def __init__(self) -> None:
        """Begin without any, so that everything is judged."""
        self._by_text: dict[str, Judgement] = {}
        self._found: dict[int, Judgement | None] = {}  # in this look, by the entry's identity

    def of(self, entry: Entry) -> Judgement | None:
        """The judgement of an entry that says the same in the same words."""
        if not self._by_text:
            return None
        if id(entry) not in self._found:
            earlier = self._by_text.get(_text_of(entry))
            same = earlier is not None and earlier.case.entry.item == entry.item
            self._found[id(entry)] = earlier if same else None
        return self._found[id(entry)]

    def report_on(self, case: Case) -> EntryReport | None:
        """What was found of an entry before, at its new place, if that still holds."""
        earlier = self.of(case.entry)
        if earlier is None or not (_stands_alone(case) and _is_alike(case, earlier.case)):
            return None
        return _moved(earlier.report, case.entry)

    def keep(self, judged: list[Judgement]) -> None:
        """Keep these judgements instead: those of the entries that depend on no others."""
        self._found.clear()
        self._by_text = {
            _text_of(one.case.entry): one
            for one in judged
            if _stands_alone(one.case) and not any(f.fix for f in one.report.findings)
        }


def judge_cases(cases: list[Case], rules: Collection[str], known: Judgements) -> list[EntryReport]:
    """What the rules find in each case, once it is known which entries repeat others."""
    judged = [case for case in cases if standing_of(case) is Standing.JUDGED]
    repeats = iter(find_repeats([case.entry for case in judged], list(map(_own_doi, judged))))
    judgements = []
    for case in cases:
        whole = case
        if standing_of(case) is Standing.JUDGED:
            whole = replace(case, repeats=next(repeats))
        report = known.report_on(whole)
        if report is None:
            whole = _at_its_place(whole, known)
            report = _entry_report(whole, rules)
        judgements.append(Judgement(whole, report))
    known.keep(judgements)
    return [one.report for one in judgements]


def _at_its_place(case: Case, known: Judgements) -> Case:
    """A case whose DOI has the place that it has now, where it was taken from an earlier look."""
    if case.written is None or known.of(case.entry) is None:
        return case
    return replace(case, written=written_doi(case.entry))


def _text_of(entry: Entry) -> str:
    """An entry as it stands in its source, under the name of its key."""
    return entry.source.text[slice(*entry.span)] if entry.source else ""


def _stands_alone(case: Case) -> bool:
    """Whether what is found of an entry follows from its own text and record."""
    return not (case.problems or any(case.repeats or ()) or case.undefined)


def _is_alike(case: Case, other: Case) -> bool:
    """Whether the same is known of two cases of entries that say the same."""
    return (case.outcome, case.meant, case.search, case.uncited) == (
        other.outcome,
        other.meant,
        other.search,
        other.uncited,
    )


def _moved(report: EntryReport, entry: Entry) -> EntryReport:
    """The report on an entry that now stands elsewhere."""
    if entry.source is None:
        raise ValueError("an entry to be judged has a source")
    by = entry.span.start - report.span.start
    findings = tuple(
        replace(one, span=Span(one.span.start + by, one.span.end + by)) for one in report.findings
    )
    return replace(report, source=entry.source, span=entry.span, findings=findings)


def _own_doi(case: Case) -> DOI | None:
    """The DOI of an entry, where nothing speaks against its being the entry's own."""
    status = status_of(case)
    if case.written is None or status in (Status.MISMATCH, Status.NOT_REGISTERED):
        return None
    doubtful = case.written.mentioned and status is not Status.VERIFIED
    return None if doubtful else case.written.doi


def _entry_report(case: Case, rules: Collection[str]) -> EntryReport:
    """What the rules say of one case."""
    entry, outcome = case.entry, case.outcome
    source = entry.source
    if source is None:
        raise ValueError("an entry to be judged has a source")
    found = outcome if isinstance(outcome, Found) else None
    status = status_of(case)
    standing = standing_of(case)
    chosen = rules if standing is Standing.JUDGED else _OF_UNCITED & {*rules}
    findings = _with_edits(entry, judge(case, chosen))
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
    )


def _with_edits(entry: Entry, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings whose fixes say what to write where; without a fix if that cannot be said."""
    mergers: dict[int, Rewritten | EditError] = {}
    return tuple(
        finding if finding.fix is None else _with_edit(entry, finding, finding.fix, mergers)
        for finding in findings
    )


def _with_edit(
    entry: Entry, finding: Finding, fix: Fix, mergers: dict[int, Rewritten | EditError]
) -> Finding:
    """A finding with the edits of its fix.

    ``mergers`` holds what came of the entry's mergers so far: an entry with the DOI and the key
    of another one has two findings, and one merger.
    """
    if fix.into is None:
        made = _made(lambda: rewrite(entry, fix.changes))
    else:
        into = fix.into
        if id(into) not in mergers:
            mergers[id(into)] = _made(lambda: merge([entry], into))
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


def _made(make: Callable[[], Rewritten]) -> Rewritten | EditError:
    """What was made, or why it could not be."""
    try:
        return make()
    except EditError as reason:
        return reason
