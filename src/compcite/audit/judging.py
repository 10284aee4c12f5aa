"""Judge the lists of a batch: the same function for every engine."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from compcite.audit.answers import BatchAsk, SnapshotError
from compcite.audit.rows import COLUMNS, row_of_problem, rows_of_report
from compcite.checks.identifiers import written_doi
from compcite.errors import CompciteError
from compcite.files.decoding import decode
from compcite.formats import format_of
from compcite.ignores import apply_ignores, ignores_by_entry, ignores_by_source, ignores_in
from compcite.severities import apply_severities
from compcite.verbs.load import library_of
from compcite.verbs.verify import check_library, verify_library
from compcite.version import __version__

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from compcite.audit.answers import Answers, Questions
    from compcite.audit.archives import Member
    from compcite.audit.rows import Row
    from compcite.ignores import Ignore
    from compcite.model.ask import Ask
    from compcite.model.doi import DOI
    from compcite.model.library import Library
    from compcite.model.report import Report, Severity

__all__ = ["Judged", "JudgingSettings", "judge_members", "wanted_dois"]


@dataclass(frozen=True)
class JudgingSettings:
    """How lists are judged. It can be sent to other processes and other machines.

    ``rules`` are the names of the rules. ``severities``, ``by_source`` and ``by_entry`` are what
    the configuration says about findings; ``folder`` is its folder and ``origin`` its file.
    ``today`` is the day on which ignores are judged. ``asks`` is false where nobody is to be asked.
    With ``suggest``, the works of entries without a DOI are searched for. ``told_by`` says who else
    than a snapshot answers, such as ``offline`` and the digest of a lock: other answers make other
    rows.
    """

    rules: frozenset[str]
    severities: Mapping[str, Severity]
    by_source: Mapping[str, tuple[str, ...]]
    by_entry: tuple[Mapping[str, object], ...]
    folder: Path
    origin: str
    today: dt.date
    asks: bool = True
    suggest: bool = False
    told_by: tuple[str, ...] = ()

    @cached_property
    def ignores(self) -> tuple[Ignore, ...]:
        """The ignores of the configuration."""
        return (
            *ignores_by_source(self.by_source, self.folder, self.origin),
            *ignores_by_entry(self.by_entry, self.origin),
        )

    def __getstate__(self) -> dict[str, object]:
        """Without the ignores, which hold functions; a copy makes them anew."""
        return {name: value for name, value in vars(self).items() if name != "ignores"}

    def digest(self, answers: str) -> str:
        """A text that is equal for two audits only if both judge in the same way.

        ``answers`` says where the answers come from, such as a snapshot with its date.
        """
        said = [
            __version__,
            [column.name for column in COLUMNS],
            answers,
            sorted(self.rules),
            sorted(self.severities.items()),
            sorted(self.by_source.items()),
            self.by_entry,
            str(self.folder),
            str(self.today) if self.by_entry else "",
            self.asks,
            self.suggest,
            self.told_by,
        ]
        return hashlib.sha256(json.dumps(said, default=str).encode()).hexdigest()


class Judged(NamedTuple):
    """The rows of a batch, and the questions that must be answered before they are right."""

    rows: list[Row]
    missing: Questions


def judge_members(
    members: Iterable[Member],
    settings: JudgingSettings,
    answers: Answers,
    snapshot: Ask | None = None,
    *,
    final: bool = False,
) -> Judged:
    """The rows of some members, list by list; one that cannot be judged gives a row that says why.

    ``answers``, ``snapshot`` and ``final`` are as for :class:`BatchAsk`. Raises SnapshotError where
    the snapshot cannot be read.
    """
    lists = list(map(_read, members))
    ask = BatchAsk(answers, snapshot, final=final)
    if settings.asks:
        ask.prepare(_wanted(lists))
    chosen = ask if settings.asks else None
    rows = [row for one in lists for row in _rows(one, settings, chosen)]
    return Judged(rows, ask.missing)


def wanted_dois(members: Iterable[Member]) -> list[DOI]:
    """The DOIs of the entries in some members, each once."""
    return _wanted(map(_read, members))


@dataclass(frozen=True, slots=True)
class _ReadList:
    """A member that was read: its library, or the problem for which there is none."""

    name: str
    format_name: str = ""
    library: Library | None = None
    problem: str = ""


def _wanted(lists: Iterable[_ReadList]) -> list[DOI]:
    """The DOIs of the entries, each once."""
    entries = (entry for one in lists if one.library for entry in one.library.entries)
    written = map(written_doi, entries)
    return list(dict.fromkeys(one.doi for one in written if one and one.doi))


def _read(member: Member) -> _ReadList:
    """A member as a list; one that cannot be read has a problem in place of its library."""
    if member.problem is not None:
        return _ReadList(member.name, problem=member.problem)
    try:
        source = decode(member.data, member.name)
        format_name = format_of(source)
        return _ReadList(member.name, format_name, library_of([source], format_name=format_name))
    except Exception as error:  # noqa: BLE001 - one list must not end an audit of thousands
        return _ReadList(member.name, problem=_said(error))


def _rows(one: _ReadList, settings: JudgingSettings, ask: Ask | None) -> list[Row]:
    """The rows of one list."""
    if one.library is None:
        return [row_of_problem(one.name, one.problem)]
    try:
        report = _report(one.library, settings, ask)
        return list(rows_of_report(one.name, one.format_name, *report))
    except SnapshotError:
        raise
    except Exception as error:  # noqa: BLE001 - likewise
        return [row_of_problem(one.name, _said(error))]


def _report(
    library: Library, settings: JudgingSettings, ask: Ask | None
) -> tuple[Report, frozenset[int]]:
    """The report on a library, and the identities of its findings that are ignored."""
    if ask is None:
        report = check_library(library, settings.rules)
    else:
        report = verify_library(library, ask, rules=settings.rules, suggest=settings.suggest)
    report = apply_severities(report, settings.severities)
    left = apply_ignores(
        report,
        (*settings.ignores, *ignores_in(library)[0]),
        rules=settings.rules,
        today=settings.today,
        whole=False,
    ).report
    kept = {id(finding) for entry in left.entries for finding in entry.findings}
    every = {id(finding) for entry in report.entries for finding in entry.findings}
    return report, frozenset(every - kept)


def _said(error: Exception) -> str:
    """Why a list could not be judged, in words."""
    if isinstance(error, CompciteError):
        return str(error)
    if isinstance(error, MemoryError):
        return "there is not enough memory for it"
    return (
        f"a bug in compcite {__version__}: {type(error).__name__}: {error}; please report it with "
        "this list"
    )
