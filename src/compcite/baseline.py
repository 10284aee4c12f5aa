"""The baseline: a file with accepted findings, so that only new findings are reported.

It is JSON with one finding a line, under its fingerprint. A fingerprint stays the same when lines
move, and changes when the value that the finding is about changes.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from compcite.errors import SourceError
from compcite.files.atomic import write_file
from compcite.files.regular import read_file
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
    """A finding that the baseline accepts, in words for a reader of the file."""

    source: str
    key: str
    rule: str
    message: str


class Baselined(NamedTuple):
    """A report without accepted findings; ``gone`` are accepted findings that no longer occur."""

    report: Report
    gone: tuple[Accepted, ...] = ()


def accepted_of(report: Report, root: Path) -> dict[str, Accepted]:
    """All findings of a report by their fingerprints; sources are named relative to ``root``.

    ``doi-unverified`` is left out: an outage ends, so there is nothing to accept.
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
    """The report without accepted findings, and the accepted ones that are ``gone``.

    A finding is gone only if this run could have found it: its rule is in ``rules``, its entry is
    neither ``unverified`` nor left out as not cited, and its source was read (``whole`` is true
    where all sources of the project were).
    """
    known = {one.fingerprint: one.finding for one in placed_findings(report, root)}
    let_go = {id(finding) for fingerprint, finding in known.items() if fingerprint in accepted}
    entries = [
        replace(entry, findings=tuple(f for f in entry.findings if id(f) not in let_go))
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
    """The accepted findings of a baseline file, by fingerprint.

    Raises SourceError where the file is missing, cannot be read, or is no baseline of this version.
    """
    try:
        held = json.loads(read_file(path).decode("utf-8-sig"))
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
    """Write a baseline, sorted by source, key and rule; raises SourceError if that fails."""
    lines = [
        f"{json.dumps(fingerprint)}:{json.dumps(one._asdict(), ensure_ascii=False)}"
        for fingerprint, one in sorted(accepted.items(), key=lambda item: (*item[1][:3], item[0]))
    ]
    text = "{\n" + ",\n".join([*lines, f'"version":{_VERSION}']) + "\n}\n"
    write_file(path, text.encode("utf-8", "backslashreplace"))
