"""Fingerprints of findings: they stay the same when lines move, so CI systems know them again."""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from compcite.reporters.places import relative_path

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from compcite.model.report import EntryReport, Finding, Report

__all__ = ["PlacedFinding", "placed_findings"]


class PlacedFinding(NamedTuple):
    """A finding with its entry, the path of its source, and its fingerprint."""

    entry: EntryReport
    finding: Finding
    path: str
    fingerprint: str


def placed_findings(report: Report, root: Path | None) -> Iterator[PlacedFinding]:
    """Every finding of a report, each with a different fingerprint.

    A fingerprint is a hash of the source's path, the key, the rule, the field and the file's value.
    Lines and the registry's value are not in it. Findings that are equal in all of these get
    numbers.
    """
    paths: dict[str, str] = {}
    seen: Counter[tuple[str, ...]] = Counter()
    for entry in report.entries:
        name = entry.source.name
        path = paths.get(name) or paths.setdefault(name, relative_path(entry.source, root))
        for finding in entry.findings:
            traits = (
                path,
                _identity(entry),
                finding.rule.name,
                finding.field or "",
                finding.actual or "",
            )
            seen[traits] += 1
            text = "\0".join((*traits, str(seen[traits])))
            digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
            yield PlacedFinding(entry, finding, path, digest[:32])


def _identity(entry: EntryReport) -> str:
    """The key of the entry; without a key, the first line of its block."""
    if entry.key is not None:
        return entry.key
    return entry.source.line(entry.source.position(entry.span.start).line)
