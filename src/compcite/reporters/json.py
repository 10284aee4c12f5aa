"""The report as one JSON object: the contract for programs (docs/reports.md)."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from compcite import __version__
from compcite.model.report import Severity, Status
from compcite.reporters.places import region_of

if TYPE_CHECKING:
    from compcite.model.report import EntryReport, Finding, Report
    from compcite.model.source import SourceFile
    from compcite.reporters.options import ReportOptions

__all__ = ["encode", "entry_object", "render"]

# JSON lets these stand unescaped, a terminal or a reader of lines does not: DEL and the C1
# controls, line separators, bidirectional embeddings, byte order marks, lone surrogates.
_ESCAPED = re.compile("[\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


def render(report: Report, _options: ReportOptions) -> str:
    """The whole report, keys in the documented order, every key always there."""
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
            },
            "entries": [entry_object(entry) for entry in report.entries],
        },
        indent=2,
    )


def encode(value: object, *, indent: int | None = None) -> str:
    """A value as a line, or lines, of JSON in which nothing harms a terminal."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    return _ESCAPED.sub(lambda match: f"\\u{ord(match[0]):04x}", text) + "\n"


def entry_object(entry: EntryReport) -> dict[str, object]:
    """One entry with its findings as JSON has it; what is not known is None."""
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
