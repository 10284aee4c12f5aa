"""Change the severity of findings, as the configuration says."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from compcite.checks import select_rules
from compcite.errors import ConfigError, UsageError
from compcite.model.report import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from compcite.model.report import Finding, Report

__all__ = ["apply_severities", "severities_of"]


def severities_of(configured: Mapping[str, str], origin: str) -> dict[str, Severity]:
    """The configured severity of each rule, from a table whose keys are names, codes or families.

    Where two keys mean the same rule, the one that means fewer rules counts (``M503`` before
    ``M5``). Raises ConfigError for a rule that does not exist; ``origin`` is the file to name.
    """
    try:
        meant = [(select_rules([word], families=()), word) for word in configured]
    except UsageError as error:
        raise ConfigError(f"{origin}: severity: {error}") from None
    found: dict[str, Severity] = {}
    for names, word in sorted(meant, key=lambda pair: -len(pair[0])):
        found.update(dict.fromkeys(names, Severity(configured[word])))
    return found


def apply_severities(report: Report, severities: Mapping[str, Severity]) -> Report:
    """The report with the configured severities.

    A finding whose severity already differs from its rule's (a duplicate across two files is only a
    note) keeps it.
    """
    if not severities:
        return report

    def weighed(finding: Finding) -> Finding:
        severity = severities.get(finding.rule.name)
        usual = finding.severity is finding.rule.severity
        return replace(finding, severity=severity) if severity and usual else finding

    entries = [replace(e, findings=tuple(map(weighed, e.findings))) for e in report.entries]
    return replace(report, entries=entries)
