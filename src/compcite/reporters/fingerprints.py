"""What stays the same about a finding when lines move, so that CI systems know it again."""

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
    """Every finding of a report, with a fingerprint that no other finding in it has.

    A fingerprint is made of the source's path, the key, the rule, the field and the file's
    value, never of a place or of what a registry says; findings that have all of these in
    common are numbered.
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
    """The key, or of a block without one its first line."""
    if entry.key is not None:
        return entry.key
    return entry.source.line(entry.source.position(entry.span.start).line)
