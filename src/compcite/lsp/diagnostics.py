"""Findings as the diagnostics of an editor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol.types import (
    CodeDescription,
    Diagnostic,
    DiagnosticRelatedInformation,
    DiagnosticSeverity,
    DiagnosticTag,
    Location,
)

from compcite.model.report import Severity
from compcite.version import rule_page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compcite.lsp.positions import Places
    from compcite.model.report import Finding

__all__ = ["SOURCE", "diagnostic_of", "related_entry"]

SOURCE = "compcite"
"""The name under which editors show the diagnostics."""

_SEVERITIES = {
    Severity.ERROR: DiagnosticSeverity.Error,
    Severity.WARNING: DiagnosticSeverity.Warning,
    Severity.NOTE: DiagnosticSeverity.Information,
}
_TAGS = {
    "entry-uncited": DiagnosticTag.Unnecessary,
    "field-duplicated": DiagnosticTag.Unnecessary,
    "work-retracted": DiagnosticTag.Deprecated,
    "work-withdrawn": DiagnosticTag.Deprecated,
}
"""Text that counts for nothing is shown faded, a work that must not be cited struck through."""


def diagnostic_of(
    finding: Finding, places: Places, related: Sequence[DiagnosticRelatedInformation] = ()
) -> Diagnostic:
    """The diagnostic for a finding, whose span lies in the text of ``places``."""
    rule = finding.rule
    tag = _TAGS.get(rule.name)
    return Diagnostic(
        range=places.range(finding.span),
        message=finding.message,
        severity=_SEVERITIES[finding.severity],
        code=rule.name,
        code_description=CodeDescription(rule_page(rule.name)),
        source=SOURCE,
        tags=[tag] if tag else None,
        related_information=list(related) or None,
    )


def related_entry(
    uri: str, places: Places, span: tuple[int, int], key: str
) -> DiagnosticRelatedInformation:
    """The place of the entry that a duplicate repeats."""
    return DiagnosticRelatedInformation(Location(uri, places.range(span)), f"the entry {key}")
