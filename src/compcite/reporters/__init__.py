"""Reporters: a report as text for people, and in the forms that CI systems read.

A reporter is a module here with ``render(report, options) -> str`` and a line in
:data:`REPORTERS`. Its module is imported when it is called, so that no run pays for the
reporters it does not use. What it returns ends in one newline, or is empty.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING

from compcite.reporters.options import DEFAULT, ReportOptions

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from compcite.model.report import Report

__all__ = ["REPORTERS", "ReportOptions", "Reporter"]


@dataclass(frozen=True, slots=True)
class Reporter:
    """A form in which a report can be had; calling it gives the report in that form."""

    name: str
    description: str

    def __call__(self, report: Report, options: ReportOptions = DEFAULT) -> str:
        """The whole report as text."""
        render: Callable[[Report, ReportOptions], str]
        render = import_module(f"{__name__}.{self.name}").render
        return render(report, options)


REPORTERS: Mapping[str, Reporter] = MappingProxyType(
    {
        reporter.name: reporter
        for reporter in (
            Reporter("text", "for people: each finding with its source line and a summary"),
            Reporter("json", "for programs: the whole report as one JSON object"),
            Reporter("jsonl", "for programs: one JSON object an entry, one a line"),
            Reporter("github", "annotations in GitHub Actions"),
            Reporter("sarif", "SARIF 2.1.0, for code scanning and editors"),
            Reporter("junit", "JUnit XML: each entry a test case"),
            Reporter("gitlab", "GitLab's code quality report"),
            Reporter("markdown", "a summary for a job page or a pull request"),
            Reporter("html", "a page by itself, to read, filter and share"),
        )
    }
)
"""Every reporter by the name that ``--report`` takes."""
