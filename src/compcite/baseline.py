"""The baseline: findings that were there when checking began, and are let be.

It is JSON with one finding a line, by its fingerprint, which survives moved lines and changes
with the value that the finding is about; so only what is new, or was touched, is reported.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from compcite.errors import SourceError
from compcite.files.atomic import write_file
from compcite.model.report import Standing, Status
from compcite.reporters.fingerprints import placed_findings
from compcite.reporters.places import relative_path

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

    from compcite.model.report import Report

__all__ = [
    "Accepted",
    "Baselined",
    "accepted_of",
    "apply_baseline",
    "read_baseline",
    "write_baseline",
]

_VERSION = 1
_OUTAGE = "doi-unverified"


class Accepted(NamedTuple):
    """A finding that is let be, in words for whoever reads the baseline."""

    source: str
    key: str
    rule: str
    message: str


class Baselined(NamedTuple):
    """A report without what a baseline accepts, and what the baseline accepts for nothing."""

    report: Report
    gone: tuple[Accepted, ...] = ()


def accepted_of(report: Report, root: Path) -> dict[str, Accepted]:
    """Every finding of a report by its fingerprint, sources named relative to ``root``.

    That a DOI could not be checked is no state to get used to, and is left out.
    """
    return {
        placed.fingerprint: Accepted(
            placed.path, placed.entry.key or "", placed.finding.rule.name, placed.finding.message
        )
        for placed in placed_findings(report, root)
        if placed.finding.rule.name != _OUTAGE
    }


def apply_baseline(
    report: Report,
    accepted: Mapping[str, Accepted],
    root: Path,
    *,
    rules: Collection[str],
    whole: bool = True,
) -> Baselined:
    """The report without what is accepted.

    What is accepted and no longer found is ``gone`` where this run would have found it: its
    rule is among ``rules``, its entry could be checked, and its source was read (or all were,
    which ``whole`` tells).
    """
    known = {one.fingerprint: one.finding for one in placed_findings(report, root)}
    let_be = {id(finding) for fingerprint, finding in known.items() if fingerprint in accepted}
    entries = [
        replace(entry, findings=tuple(f for f in entry.findings if id(f) not in let_be))
        for entry in report.entries
    ]
    sources = {entry.source.name: entry.source for entry in report.entries}
    paths = {name: relative_path(source, root) for name, source in sources.items()}
    unasked = {
        (paths[entry.source.name], entry.key or "")
        for entry in report.entries
        if (report.asked and entry.status is Status.UNVERIFIED)
        or entry.standing is Standing.UNCITED
    }
    gone = tuple(
        one
        for fingerprint, one in accepted.items()
        if fingerprint not in known
        and one.rule in rules
        and (whole or one.source in paths.values())
        and (one.source, one.key) not in unasked
    )
    return Baselined(replace(report, entries=entries), gone)


def read_baseline(path: Path) -> dict[str, Accepted]:
    """What a baseline accepts, by fingerprint; raises SourceError where it cannot be read."""
    try:
        held = json.loads(path.read_text(encoding="utf-8-sig"))
        if not isinstance(held, dict) or held.pop("version", None) != _VERSION:
            raise ValueError("not a baseline of this compcite")  # noqa: TRY301 - told below
        return {
            fingerprint: Accepted(*(str(line[name]) for name in Accepted._fields))
            for fingerprint, line in held.items()
        }
    except FileNotFoundError:
        raise SourceError(f"{path}: there is no baseline; --write-baseline writes one") from None
    except OSError as error:
        raise SourceError(f"{path}: cannot be read: {error.strerror or error}") from None
    except (ValueError, KeyError, TypeError, RecursionError):
        raise SourceError(
            f"{path}: not readable as a baseline; write it again with --write-baseline"
        ) from None


def write_baseline(path: Path, accepted: Mapping[str, Accepted]) -> None:
    """Write a baseline, by source, key and rule; raises SourceError where that is impossible."""
    lines = [
        f"{json.dumps(fingerprint)}:{json.dumps(one._asdict(), ensure_ascii=False)}"
        for fingerprint, one in sorted(accepted.items(), key=lambda item: (*item[1][:3], item[0]))
    ]
    text = "{\n" + ",\n".join([*lines, f'"version":{_VERSION}']) + "\n}\n"
    write_file(path, text.encode("utf-8", "backslashreplace"))
