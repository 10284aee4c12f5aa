"""JUnit XML, which nearly every CI system shows as a table of tests.

Each entry is a test case. Source: the schema of Apache Ant's JUnit task. There a case has at most
one failure, so one failure holds all findings that fail the entry. Other findings are in the output
of the test suite.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from compcite.model.report import Standing, Status
from compcite.reporters._wording import finding_lines, label
from compcite.reporters.places import relative_path
from compcite.text.terminal import one_line, path_on_one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from compcite.model.report import EntryReport, Finding, Report
    from compcite.reporters.options import ReportOptions

__all__ = ["render"]


def render(report: Report, options: ReportOptions) -> str:
    """One test suite for each source, one test for each entry; the first has the time of the run.

    Without a time in ``options``, the run began as long ago as it took.
    """
    started = options.started or dt.datetime.now(dt.UTC) - dt.timedelta(seconds=report.seconds)
    timestamp = started.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S")
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', "<testsuites>"]
    sources = groupby(report.entries, key=lambda entry: entry.source.name)
    for number, (_, grouped) in enumerate(sources):
        entries = list(grouped)
        path = relative_path(entries[0].source, options.root)
        suite: dict[str, str | float] = {
            "id": number,
            "name": path,
            "package": "compcite",
            "timestamp": timestamp,
            "hostname": "localhost",
            "tests": len(entries),
            "failures": sum(bool(_failing(entry, options)) for entry in entries),
            "errors": 0,
            "skipped": sum(_is_skipped(entry, report, options) for entry in entries),
            "time": round(report.seconds, 3) if number == 0 else 0,
        }
        lines += [
            f"<testsuite{_attributes(suite)}>",
            "<properties/>",
            *_cases(entries, path, report, options),
            f"<system-out>{_output(entries, path, options)}</system-out>",
            f"<system-err>{_outages(report) if number == 0 else ''}</system-err>",
            "</testsuite>",
        ]
    lines.append("</testsuites>")
    return "\n".join(lines) + "\n"


def _cases(
    entries: Iterable[EntryReport], path: str, report: Report, options: ReportOptions
) -> Iterator[str]:
    """One test case for each entry, with its key as name; a repeated key gets a number.

    It fails if a finding of the entry fails the run, and is skipped if its DOI could not be
    checked.
    """
    seen: Counter[str] = Counter()
    for entry in entries:
        name = one_line(label(entry))
        seen[name] += 1
        name = name if seen[name] == 1 else f"{name} ({seen[name]})"
        head = f"<testcase{_attributes({'name': name, 'classname': path, 'time': 0})}"
        failing = _failing(entry, options)
        if failing:
            worst = max(failing, key=lambda finding: finding.severity.rank)
            text = "\n\n".join(_text(finding, entry, path) for finding in failing)
            about = _attributes({"type": worst.rule.name, "message": worst.message})
            yield f"{head}><failure{about}>{escape(text)}</failure></testcase>"
        elif _is_skipped(entry, report, options):
            reasons = " ".join(finding.message for finding in entry.findings)
            about = _attributes({"message": reasons or "The DOI could not be checked."})
            yield f"{head}><skipped{about}/></testcase>"
        else:
            yield f"{head}/>"


def _attributes(values: Mapping[str, str | float]) -> str:
    """The attributes of a tag, quoted and harmless, with a blank before each."""
    return "".join(f" {name}={quoteattr(one_line(str(value)))}" for name, value in values.items())


def _failing(entry: EntryReport, options: ReportOptions) -> list[Finding]:
    """The findings of an entry that fail the run."""
    if options.fail_on is None:
        return []
    return [f for f in entry.findings if f.severity.rank >= options.fail_on.rank]


def _is_skipped(entry: EntryReport, report: Report, options: ReportOptions) -> bool:
    """Whether the entry has no failure, but only because it was not or could not be checked."""
    unverified = report.asked and entry.status is Status.UNVERIFIED
    return (unverified or entry.standing is Standing.UNCITED) and not _failing(entry, options)


def _output(entries: Iterable[EntryReport], path: str, options: ReportOptions) -> str:
    """The findings that do not fail the run, as escaped text."""
    texts = [
        _text(finding, entry, path)
        for entry in entries
        for finding in entry.findings
        if finding not in _failing(entry, options)
    ]
    return escape("\n\n".join(texts))


def _text(finding: Finding, entry: EntryReport, path: str) -> str:
    """The place of a finding and its message, values and fix, in lines."""
    place = entry.source.position(finding.span.start)
    rule = f"{finding.rule.code} {finding.rule.name} [{finding.severity}]"
    first, *more = finding_lines(finding)
    where = f"{path_on_one_line(path)}:{place.line}:{place.column}"
    return "\n  ".join((f"{where}: {rule} {first}", *more))


def _outages(report: Report) -> str:
    """Why services did not answer, a line each."""
    return escape("\n".join(map(one_line, report.outages.values())))
