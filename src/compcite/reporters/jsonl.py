"""One JSON object an entry, one a line, for readers who take them one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compcite.reporters.json import encode, entry_object

if TYPE_CHECKING:
    from compcite.model.report import EntryReport, Report
    from compcite.reporters.options import ReportOptions

__all__ = ["entry_line", "render"]


def render(report: Report, _options: ReportOptions) -> str:
    """A line an entry, in the order of the sources."""
    return "".join(map(entry_line, report.entries))


def entry_line(entry: EntryReport) -> str:
    """The line of one entry, newline included: what ``entries`` of the JSON report holds."""
    return encode(entry_object(entry))
