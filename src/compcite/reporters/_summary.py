"""Sentences about a whole run: what was found, what was checked, what was not answered."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from compcite.model.report import Severity, Standing, Status
from compcite.reporters._wording import STATUS_WORDS
from compcite.text.phrases import amount, in_words
from compcite.text.terminal import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compcite.model.report import Report

__all__ = ["SAFE_OPTION", "UNSAFE_OPTION", "checked", "fixable", "found", "unasked"]

SAFE_OPTION, UNSAFE_OPTION = "--fix", "--fix --unsafe-fixes"
"""The options that apply safe fixes, and all fixes."""


def found(report: Report) -> str:
    """A sentence with the numbers of findings by severity, and of the entries concerned.

    Citations of unknown keys are counted apart from entries. Where nothing was found it says
    "Nothing to report", or that of what could be checked.
    """
    undefined = report.entries_of(Standing.UNDEFINED)
    entries = len(report.entries) - len(undefined)
    lost = sum(bool(citation.findings) for citation in undefined)
    concerned = sum(bool(entry.findings) for entry in report.entries) - lost
    if not (concerned or lost):
        unchecked = report.asked and report.count(Status.UNVERIFIED)
        return "Nothing to report of what could be checked." if unchecked else "Nothing to report."
    counts = in_words(
        [
            amount(count, severity.value)
            for severity in reversed(Severity)
            if (count := report.findings(severity))
        ]
    )
    where = [f"{concerned:,} of {amount(entries, 'entry')}"] if concerned else []
    where += [amount(lost, "citation")] if lost else []
    return f"Found {counts} in {in_words(where)}."


def fixable(report: Report) -> str:
    """A sentence with the number of findings that compcite can fix; empty if there are none.

    Safe fixes and others are counted apart, with the option that does each.
    """
    fixes = [f.fix for entry in report.entries for f in entry.findings if f.fix]
    safe = sum(fix.safe for fix in fixes)
    unsafe = len(fixes) - safe
    if safe:
        more = f", {unsafe:,} more with {UNSAFE_OPTION}" if unsafe else ""
        return f"{amount(safe, 'finding')} can be fixed with {SAFE_OPTION}{more}."
    return f"{amount(unsafe, 'finding')} can be fixed with {UNSAFE_OPTION}." if unsafe else ""


def checked(report: Report) -> Iterator[str]:
    """Sentences about the entries that were checked, their statuses, the agencies and the time.

    Statuses and agencies are said only where registries were asked.
    """
    digits = 1 if report.seconds >= 1 else 2
    uncited = len(report.entries_of(Standing.UNCITED))
    count = len(report.entries_of(Standing.JUDGED)) + uncited
    took = f"{amount(count, 'entry')} in {report.seconds:.{digits}f} s"
    if not report.asked:
        apart = f"; {uncited:,} not cited" if uncited else ""
        yield f"Checked {took} without asking a registry{apart}."
        return
    statuses = [
        f"{count:,} {STATUS_WORDS[status]}" for status in Status if (count := report.count(status))
    ]
    if uncited:
        statuses.append(f"{uncited:,} not cited")
    yield f"Checked {took}" + (f": {in_words(statuses)}." if statuses else ".")
    agencies = Counter(entry.agency for entry in report.entries if entry.agency)
    by = in_words([f"{one_line(name)} ({count:,})" for name, count in agencies.most_common()])
    ways = [amount(report.requests, "request")] if report.requests else []
    if kept := sum(entry.cached for entry in report.entries):
        ways.append(amount(kept, "kept answer"))  # of the cache or a lock
    if by:
        yield f"Answered by {by}" + (f", with {in_words(ways)}." if ways else ".")
    elif ways:
        yield f"Asked with {in_words(ways)}."
    if report.snapshot:
        yield f"The snapshot is of {report.snapshot}: it lacks works and notices of later days."
    yield from _not_looked_for(report)


def _not_looked_for(report: Report) -> Iterator[str]:
    """Sentences about entries without a DOI whose works were not searched for by every service.

    The work was not searched for at all, or a service did not answer, or the entry has too few
    words for a search. There are no sentences where there are no such entries.
    """
    if count := report.not_looked_for:
        works = "the work" if count == 1 else "the works"
        entries = amount(count, "entry")
        yield f"Nobody looked for {works} of {entries} without a DOI; --suggest does."
    if count := report.unanswered:
        works = "the work" if count == 1 else "the works"
        entries = amount(count, "entry")
        yield f"Not every service could be asked for {works} of {entries} without a DOI."
    if count := report.too_few_words:
        has = "has" if count == 1 else "have"
        yield f"{amount(count, 'entry')} without a DOI {has} too few words to be looked for."


def unasked(report: Report) -> tuple[str, list[str]]:
    """A sentence with the number of unverified entries, and one of each service that says why.

    Without unverified entries the sentence only says that some service did not answer. Both are
    empty where every service answered.
    """
    unverified = report.count(Status.UNVERIFIED) if report.asked else 0
    reasons = [one_line(reason) for reason in report.outages.values()]
    if unverified:
        fault = "its own" if unverified == 1 else "theirs"
        return (
            f"{amount(unverified, 'entry')} could not be checked, through no fault of {fault}.",
            reasons,
        )
    return "Not every service could be asked." if reasons else "", reasons
