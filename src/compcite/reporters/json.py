"""The report as one JSON object; its form is promised to programs (docs/reports.md)."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from compcite.model.report import Severity, Status
from compcite.reporters.places import region_of
from compcite.version import __version__

if TYPE_CHECKING:
    from compcite.model.report import EntryReport, Finding, Report
    from compcite.model.source import SourceFile
    from compcite.reporters.options import ReportOptions

__all__ = ["encode", "entry_object", "render"]

# JSON allows these characters, but they harm a terminal or a program that reads lines: DEL and the
# C1 controls, line separators, bidirectional embeddings, byte order marks, lone surrogates.
_ESCAPED = re.compile("[\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


def render(report: Report, _options: ReportOptions) -> str:
    """The whole report; every key is always there, in the documented order."""
    return encode(
        {
            "version": 1,
            "tool": {"name": "compcite", "version": __version__},
            "summary": {
                "entries": len(report.entries),
                "verified": report.count(Status.VERIFIED),
                "unverified": report.count(Status.UNVERIFIED),
                "errors": report.findings(Severity.ERROR),
                "warnings": report.findings(Severity.WARNING),
                "notes": report.findings(Severity.NOTE),
                "requests": report.requests,
                "seconds": round(report.seconds, 3),
                "snapshot": report.snapshot.isoformat() if report.snapshot else None,
            },
            "entries": [entry_object(entry) for entry in report.entries],
        },
        indent=2,
    )


def encode(value: object, *, indent: int | None = None) -> str:
    """A value as JSON on one line, or indented, in which no character harms a terminal."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    return _ESCAPED.sub(lambda match: f"\\u{ord(match[0]):04x}", text) + "\n"


def entry_object(entry: EntryReport) -> dict[str, object]:
    """One entry with its findings, for JSON; None stands for what is not known."""
    return {
        "source": entry.source.name,
        "line": entry.source.position(entry.span.start).line,
        "key": entry.key,
        "doi": entry.doi,
        "status": entry.status.value,
        "agency": entry.agency,
        "findings": [_finding_object(finding, entry.source) for finding in entry.findings],
    }


def _finding_object(finding: Finding, source: SourceFile) -> dict[str, object]:
    """One finding as JSON has it, with its place as lines and columns."""
    fix = finding.fix
    return {
        "rule": finding.rule.name,
        "code": finding.rule.code,
        "severity": finding.severity.value,
        "message": finding.message,
        "field": finding.field,
        "expected": finding.expected,
        "actual": finding.actual,
        **region_of(source, finding.span)._asdict(),
        "fix": fix
        and {
            "title": fix.title,
            "safe": fix.safe,
            "edits": [
                {"start": edit.start, "end": edit.end, "text": edit.text} for edit in fix.edits
            ],
        },
    }
