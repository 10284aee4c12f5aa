"""The Reviewdog Diagnostic Format, which reviewdog turns into comments on a pull request.

Source: reviewdog's ``reviewdog.proto`` and ``DiagnosticResult.jsonschema``. Lines count from 1,
columns from 1 in bytes of UTF-8; the end of a range is not included.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compcite.model.report import Severity
from compcite.model.source import Span
from compcite.reporters._wording import finding_lines, label
from compcite.reporters.fingerprints import placed_findings
from compcite.reporters.json import encode
from compcite.text.terminal import one_line
from compcite.version import DOCUMENTATION, rule_page

if TYPE_CHECKING:
    from compcite.model.report import Report
    from compcite.model.source import SourceFile
    from compcite.reporters.fingerprints import PlacedFinding
    from compcite.reporters.options import ReportOptions

__all__ = ["render"]

_SEVERITIES = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.NOTE: "INFO"}


def render(report: Report, options: ReportOptions) -> str:
    """A DiagnosticResult, with one diagnostic for each finding."""
    diagnostics = [_diagnostic(placed) for placed in placed_findings(report, options.root)]
    source = {"name": "compcite", "url": DOCUMENTATION}
    return encode({"source": source, "diagnostics": diagnostics}, indent=2)


def _diagnostic(placed: PlacedFinding) -> dict[str, object]:
    """A finding; if its fix is safe and has only one edit, this is a suggestion.

    A click can then apply it.
    """
    entry, finding, path, _ = placed
    message = "\n".join(one_line(line) for line in finding_lines(finding))
    diagnostic: dict[str, object] = {
        "message": f"{one_line(label(entry))}: {message}",
        "location": {"path": path, "range": _range(entry.source, finding.span)},
        "severity": _SEVERITIES[finding.severity],
        "code": {"value": finding.rule.name, "url": rule_page(finding.rule.name)},
    }
    if finding.fix and finding.fix.safe and len(finding.fix.edits) == 1:
        (edit,) = finding.fix.edits
        span = Span(edit.start, edit.end)
        diagnostic["suggestions"] = [{"range": _range(entry.source, span), "text": edit.text}]
    return diagnostic


def _range(source: SourceFile, span: Span) -> dict[str, object]:
    """A place with columns in bytes."""
    return {"start": _position(source, span.start), "end": _position(source, span.end)}


def _position(source: SourceFile, offset: int) -> dict[str, int]:
    """The line and column of an offset."""
    place = source.position(offset)
    before = source.text[offset - place.column + 1 : offset]
    return {"line": place.line, "column": len(before.encode("utf-8", "surrogatepass")) + 1}
