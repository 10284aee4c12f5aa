"""The report as JSON Lines: one JSON object for each entry, one on a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compcite.reporters.json import encode, entry_object

if TYPE_CHECKING:
    from compcite.model.report import EntryReport, Report
    from compcite.reporters.options import ReportOptions

__all__ = ["entry_line", "render"]


def render(report: Report, _options: ReportOptions) -> str:
    """One line for each entry, in the order of the sources."""
    return "".join(map(entry_line, report.entries))


def entry_line(entry: EntryReport) -> str:
    """The line of one entry: the object that the JSON report has in ``entries``."""
    return encode(entry_object(entry))
