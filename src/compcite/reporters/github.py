"""Annotations in GitHub Actions: workflow commands such as ``::error file=refs.bib,line=3::…``.

Source: "Workflow commands for GitHub Actions" (docs.github.com). As its runner expects, ``%``, CR
and LF are escaped, in properties also ``:`` and ``,``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compcite.model.report import Severity
from compcite.reporters._outages import without_repeated_outages
from compcite.reporters._wording import finding_lines, label
from compcite.reporters.fingerprints import placed_findings
from compcite.reporters.places import STANDARD_INPUT, region_of
from compcite.text.terminal import harmless, one_line

if TYPE_CHECKING:
    from compcite.model.report import Report
    from compcite.reporters.fingerprints import PlacedFinding
    from compcite.reporters.options import ReportOptions

__all__ = ["render"]

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


def render(report: Report, options: ReportOptions) -> str:
    """One annotation for each finding, errors first: GitHub shows only the first ten of a kind.

    A warning for each service that did not answer follows.
    """
    report = without_repeated_outages(report)
    placed = sorted(
        placed_findings(report, options.root), key=lambda item: -item.finding.severity.rank
    )
    lines = [_annotation(item) for item in placed]
    lines += [
        _command("warning", {"title": f"{service} could not be asked"}, reason)
        for service, reason in report.outages.items()
    ]
    return "".join(lines)


def _annotation(placed: PlacedFinding) -> str:
    """The command for one finding; it has columns only for a place within one line.

    A finding in standard input has no place.
    """
    finding = placed.finding
    properties: dict[str, str | int] = {}
    if placed.path != STANDARD_INPUT:
        region = region_of(placed.entry.source, finding.span)
        properties = {"file": placed.path, "line": region.line, "endLine": region.last_line}
        if region.line == region.end_line:
            properties |= {"col": region.column, "endColumn": region.end_column}
    properties["title"] = f"{finding.rule.code} {finding.rule.name} ({label(placed.entry)})"
    return _command(_COMMANDS[finding.severity], properties, "\n".join(finding_lines(finding)))


def _command(name: str, properties: dict[str, str | int], message: str) -> str:
    """A workflow command, with its line end."""
    values = ",".join(
        f"{key}={one_line(str(value)).translate(_PROPERTY)}" for key, value in properties.items()
    )
    return f"::{name} {values}::{harmless(message).translate(_DATA)}\n"
