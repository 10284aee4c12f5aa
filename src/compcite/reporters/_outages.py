"""An outage said once, in reports for people."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from compcite.model.report import EntryReport, Finding, Report

__all__ = ["said_once"]


def said_once(report: Report) -> Report:
    """The report in which only the first entry of each outage has a note about it.

    A thousand entries that one service did not answer for are one event, and the summary counts
    them. Programs get every note: their reports are not passed through here.
    """
    told: set[str] = set()

    def is_new(finding: Finding) -> bool:
        if finding.rule.name != "doi-unverified":
            return True
        reason = finding.message.partition(": ")[2]
        new = reason not in told
        told.add(reason)
        return new

    def shortened(entry: EntryReport) -> EntryReport:
        return replace(entry, findings=tuple(filter(is_new, entry.findings)))

    return replace(report, entries=[shortened(entry) for entry in report.entries])
