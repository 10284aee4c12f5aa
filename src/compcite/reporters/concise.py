"""The report with one line for each finding and nothing else, for ``grep`` and editors."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from compcite.reporters import text

if TYPE_CHECKING:
    from compcite.model.report import Report
    from compcite.reporters.options import ReportOptions

__all__ = ["render"]


def render(report: Report, options: ReportOptions) -> str:
    """Each finding as ``file:line:column: CODE rule [severity] message``."""
    return text.render(report, replace(options, concise=True, quiet=True, verbose=False))
