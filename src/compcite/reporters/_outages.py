"""Report each outage once, in reports for people."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from compcite.model.report import EntryReport, Finding, Report

__all__ = ["without_repeated_outages"]


def without_repeated_outages(report: Report) -> Report:
    """The report with only the first ``doi-unverified`` note for each reason.

    If one service does not answer for a thousand entries, that is one event, and the summary counts
    the entries. Reports for programs keep all notes.
    """
    seen: set[str] = set()

    def is_new(finding: Finding) -> bool:
        if finding.rule.name != "doi-unverified":
            return True
        reason = finding.message.partition(": ")[2]
        new = reason not in seen
        seen.add(reason)
        return new

    def shortened(entry: EntryReport) -> EntryReport:
        if all(finding.rule.name != "doi-unverified" for finding in entry.findings):
            return entry  # nearly all: to make thousands of new ones takes time
        return replace(entry, findings=tuple(filter(is_new, entry.findings)))

    return replace(report, entries=[shortened(entry) for entry in report.entries])
