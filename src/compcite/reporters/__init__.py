"""Reporters: the forms in which a report can be written, for people and for CI systems.

To add one, write a module with ``render(report, options) -> str``, and a function and a line in
this file. The function imports the module when it is called, so a run loads only the reporters it
uses. The text from ``render`` ends with one newline, or is empty.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from compcite.reporters.options import DEFAULT, ReportOptions

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from compcite.model.report import Report

__all__ = ["REPORTERS", "ReportOptions", "Reporter"]


@dataclass(frozen=True, slots=True)
class Reporter:
    """A form of report; call it to get a report in that form."""

    name: str
    description: str
    render: Callable[[Report, ReportOptions], str]

    def __call__(self, report: Report, options: ReportOptions = DEFAULT) -> str:
        """The whole report as text."""
        return self.render(report, options)


def _text(report: Report, options: ReportOptions) -> str:
    """Write the report for people; its module is imported now, as in the functions below."""
    from compcite.reporters.text import render

    return render(report, options)


def _concise(report: Report, options: ReportOptions) -> str:
    """Write the report with one line for each finding."""
    from compcite.reporters.concise import render

    return render(report, options)


def _json(report: Report, options: ReportOptions) -> str:
    """Write the report as one JSON object."""
    from compcite.reporters.json import render

    return render(report, options)


def _jsonl(report: Report, options: ReportOptions) -> str:
    """Write the report as one JSON object for each entry."""
    from compcite.reporters.jsonl import render

    return render(report, options)


def _github(report: Report, options: ReportOptions) -> str:
    """Write the report as annotations for GitHub Actions."""
    from compcite.reporters.github import render

    return render(report, options)


def _sarif(report: Report, options: ReportOptions) -> str:
    """Write the report as SARIF."""
    from compcite.reporters.sarif import render

    return render(report, options)


def _junit(report: Report, options: ReportOptions) -> str:
    """Write the report as JUnit XML."""
    from compcite.reporters.junit import render

    return render(report, options)


def _gitlab(report: Report, options: ReportOptions) -> str:
    """Write the report as GitLab's code quality report."""
    from compcite.reporters.gitlab import render

    return render(report, options)


def _rdjson(report: Report, options: ReportOptions) -> str:
    """Write the report for reviewdog."""
    from compcite.reporters.rdjson import render

    return render(report, options)


def _markdown(report: Report, options: ReportOptions) -> str:
    """Write the report as Markdown."""
    from compcite.reporters.markdown import render

    return render(report, options)


def _html(report: Report, options: ReportOptions) -> str:
    """Write the report as an HTML page."""
    from compcite.reporters.html import render

    return render(report, options)


REPORTERS: Mapping[str, Reporter] = MappingProxyType(
    {
        reporter.name: reporter
        for reporter in (
            Reporter("text", "for people: each finding with its source line and a summary", _text),
            Reporter("concise", "one line a finding, for grep and editors", _concise),
            Reporter("json", "for programs: the whole report as one JSON object", _json),
            Reporter("jsonl", "for programs: one JSON object an entry, one a line", _jsonl),
            Reporter("github", "annotations in GitHub Actions", _github),
            Reporter("sarif", "SARIF 2.1.0, for code scanning and editors", _sarif),
            Reporter("junit", "JUnit XML: each entry a test case", _junit),
            Reporter("gitlab", "GitLab's code quality report", _gitlab),
            Reporter("rdjson", "for reviewdog, which comments on pull requests", _rdjson),
            Reporter("markdown", "a summary for a job page or a pull request", _markdown),
            Reporter("html", "a page by itself, to read, filter and share", _html),
        )
    }
)
"""Every reporter by the name that ``--report`` takes."""
