"""GitLab's code quality report, as its documentation describes it."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from compcite.model.source import SourceFile, Span
from compcite.reporters import REPORTERS
from tests.reporters.sample_reports import full_report, offline_report, thousand_report

if TYPE_CHECKING:
    from compcite.model.report import EntryReport, Finding, Report

SEVERITIES = {"info", "minor", "major", "critical", "blocker"}


def _issues(report: Report) -> list[dict[str, Any]]:
    issues = json.loads(REPORTERS["gitlab"](report))
    assert isinstance(issues, list)
    return issues


def _moved(report: Report, lines: int) -> Report:
    """The same report of the same file with so many lines before everything."""
    old = report.entries[0].source
    source = SourceFile(old.name, "%\n" * lines + old.text)

    def span(old: Span) -> Span:
        return Span(old.start + 2 * lines, old.end + 2 * lines)

    def finding(old: Finding) -> Finding:
        return replace(old, span=span(old.span), fix=None)

    def entry(old: EntryReport) -> EntryReport:
        findings = tuple(map(finding, old.findings))
        return replace(old, source=source, span=span(old.span), findings=findings)

    return replace(report, entries=tuple(map(entry, report.entries)))


def test_each_issue_has_what_gitlab_requires() -> None:
    """Description, check, fingerprint, severity, and a relative path with lines."""
    for issue in _issues(full_report()):
        location = issue.pop("location")
        assert sorted(issue) == ["check_name", "description", "fingerprint", "severity"]
        assert issue["severity"] in SEVERITIES
        assert all(isinstance(value, str) and value for value in issue.values())
        assert not location["path"].startswith(("/", "./"))
        assert 1 <= location["lines"]["begin"] <= location["lines"]["end"]


def test_every_fingerprint_is_another() -> None:
    """GitLab drops issues whose fingerprint it has seen, even of the same key."""
    for report in (full_report(), offline_report(), thousand_report()):
        fingerprints = [issue["fingerprint"] for issue in _issues(report)]
        assert len(set(fingerprints)) == len(fingerprints)


def test_fingerprints_survive_moved_lines() -> None:
    """A comment at the top of the file makes no new issues."""
    before, after = full_report(), _moved(full_report(), lines=7)
    assert [i["fingerprint"] for i in _issues(before)] == [i["fingerprint"] for i in _issues(after)]
    assert (
        _issues(before)[0]["location"]["lines"]["begin"] + 7
        == (_issues(after)[0]["location"]["lines"]["begin"])
    )
