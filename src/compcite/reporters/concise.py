"""The report as one line a finding and nothing else: for ``grep``, ``wc -l`` and editors."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from compcite.reporters import text

if TYPE_CHECKING:
    from compcite.model.report import Report
    from compcite.reporters.options import ReportOptions

__all__ = ["render"]


def render(report: Report, options: ReportOptions) -> str:
    """``file:line:column: CODE rule [severity] message`` of each finding."""
    return text.render(report, replace(options, concise=True, quiet=True, verbose=False))
