"""GitLab's code quality report, which merge requests show.

Source: "Code Quality report format" (docs.gitlab.com): a JSON array of objects with
``description``, ``check_name``, ``fingerprint``, ``severity`` and ``location``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compcite.model.report import Severity
from compcite.reporters._wording import label
from compcite.reporters.fingerprints import placed_findings
from compcite.reporters.json import encode
from compcite.reporters.places import region_of
from compcite.text.terminal import one_line

if TYPE_CHECKING:
    from compcite.model.report import Report
    from compcite.reporters.fingerprints import PlacedFinding
    from compcite.reporters.options import ReportOptions

__all__ = ["render"]

_SEVERITIES = {Severity.ERROR: "critical", Severity.WARNING: "minor", Severity.NOTE: "info"}


def render(report: Report, options: ReportOptions) -> str:
    """The JSON array, with one object for each finding."""
    return encode([_issue(placed) for placed in placed_findings(report, options.root)], indent=2)


def _issue(placed: PlacedFinding) -> dict[str, object]:
    """One finding as an object of GitLab's format."""
    finding = placed.finding
    region = region_of(placed.entry.source, finding.span)
    return {
        "description": one_line(f"{label(placed.entry)}: {finding.message}"),
        "check_name": finding.rule.name,
        "fingerprint": placed.fingerprint,
        "severity": _SEVERITIES[finding.severity],
        "location": {
            "path": placed.path,
            "lines": {"begin": region.line, "end": region.last_line},
        },
    }
