"""Rules, findings and the report that every reporter writes."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, StrEnum
from typing import TYPE_CHECKING

from compcite.errors import ExitCode

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from compcite.model.item import Date, Item, Name
    from compcite.model.library import Entry
    from compcite.model.source import SourceFile, Span
    from compcite.model.work import Work

__all__ = [
    "Change",
    "Edit",
    "EntryReport",
    "Finding",
    "Fix",
    "FixSafety",
    "Report",
    "Rule",
    "Severity",
    "Standing",
    "Status",
]


class Severity(StrEnum):
    """How much a finding weighs; ``--fail-on`` compares by :attr:`rank`."""

    NOTE = "note"
    WARNING = "warning"
    ERROR = "error"

    @property
    def rank(self) -> int:
        """0 for a note, 1 for a warning, 2 for an error."""
        return list(Severity).index(self)


class Status(StrEnum):
    """What verification says of one entry."""

    VERIFIED = "verified"  # registered, and it is this work
    MISMATCH = "mismatch"  # registered, but for another work
    NOT_REGISTERED = "not-registered"
    MALFORMED = "malformed"
    NO_DOI = "no-doi"
    UNVERIFIED = "unverified"  # could not be asked
    UNPARSED = "unparsed"


class Standing(Enum):
    """Why something is in a report. Without ``--cited-in``, everything is ``JUDGED``."""

    JUDGED = "judged"  # an entry that is cited, or of which nobody said whether it is
    UNCITED = "uncited"  # an entry that no document cites: neither judged nor asked about
    UNDEFINED = "undefined"  # a citation, in its document, of a key that no entry has


class FixSafety(Enum):
    """Whether a rule's fix may be applied without being asked for."""

    NONE = "no fix"
    SAFE = "safe fix"
    UNSAFE = "unsafe fix"


@dataclass(frozen=True, slots=True)
class Rule:
    """A kind of finding: its stable name and code, what it weighs, what it means.

    ``code`` is the family with the rule's place in it (``M503``); ``explanation`` is the
    Markdown text that ``compcite rule`` prints.
    """

    name: str
    code: str
    severity: Severity
    summary: str
    explanation: str
    fix: FixSafety = FixSafety.NONE

    @property
    def family(self) -> str:
        """Letter and digit of the family: ``M5``."""
        return self.code[:2]


@dataclass(frozen=True, slots=True)
class Edit:
    """A replacement of ``text[start:end]`` of a source, offsets in code points."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """A CSL variable of an entry and its new value, Unicode without markup; None removes it.

    What it means in the text of a source is for the source's format to say.
    """

    variable: str
    value: str | tuple[Name, ...] | Date | None


@dataclass(frozen=True, slots=True)
class Fix:
    """What to change so that a finding is settled, in CSL's terms and in the source's text.

    ``fields`` are the names of the fields that the edits concern: those of the entry itself, or,
    where it is to be merged, those of the entry ``into`` which it, the ``merged`` one, goes.
    """

    title: str
    safe: bool
    edits: tuple[Edit, ...] = ()
    changes: tuple[Change, ...] = ()
    fields: tuple[str, ...] = ()
    into: Entry | None = None
    merged: Entry | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault of one entry, at a place: ``expected`` is the registry's, ``actual`` the file's."""

    rule: Rule
    severity: Severity
    message: str
    span: Span
    field: str | None = None
    expected: str | None = None
    actual: str | None = None
    fix: Fix | None = None


@dataclass(frozen=True, slots=True)
class EntryReport:
    """What was found of one entry, of one block that is no entry, or of an undefined citation.

    ``item`` is what the entry says and ``work`` what is registered, in the same terms, so that
    a reporter can set one beside the other. ``looked_for`` tells that a service was asked for the
    work of an entry without a DOI, and answered.
    """

    source: SourceFile
    span: Span
    key: str | None
    doi: str | None
    status: Status
    agency: str | None = None
    findings: tuple[Finding, ...] = ()
    work: Work | None = None
    cached: bool = False
    item: Item | None = None
    standing: Standing = Standing.JUDGED
    looked_for: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """What a run found, entry by entry in the order of the sources.

    ``asked`` is false where no registry was to be asked (``check``): an entry that is
    unverified then was not meant to be verified, and nobody is told that it could not be.
    """

    entries: Sequence[EntryReport]
    requests: int = 0
    seconds: float = 0.0
    # Why something could not be asked, by host or service, each a sentence.
    outages: Mapping[str, str] = field(default_factory=dict)
    asked: bool = True

    def count(self, status: Status) -> int:
        """The number of judged entries with that status."""
        return sum(entry.status is status for entry in self.entries_of(Standing.JUDGED))

    @property
    def not_looked_for(self) -> int:
        """The number of judged entries without a DOI whose works nobody looked for."""
        return sum(
            entry.status is Status.NO_DOI and not entry.looked_for
            for entry in self.entries_of(Standing.JUDGED)
        )

    def entries_of(self, standing: Standing) -> list[EntryReport]:
        """The entries of the report with that standing."""
        return [entry for entry in self.entries if entry.standing is standing]

    def findings(self, severity: Severity) -> int:
        """The number of findings of that severity."""
        return sum(f.severity is severity for entry in self.entries for f in entry.findings)

    def exit_code(self, fail_on: Severity | None, on_outage: str = "unverified") -> ExitCode:
        """How a run ends: 1 for findings of at least ``fail_on``, else 3 for what nobody answered.

        ``fail_on`` is None where no finding shall fail the run. ``on_outage`` makes of a DOI that
        could not be checked a 3 (``unverified``), a 1 (``fail``) or nothing (``pass``); the
        finding ``doi-unverified`` counts in no other way.
        """
        counted = (
            finding
            for entry in self.entries
            for finding in entry.findings
            if finding.rule.name != "doi-unverified"
        )
        if fail_on is not None and any(one.severity.rank >= fail_on.rank for one in counted):
            return ExitCode.FINDINGS
        if self.asked and self.count(Status.UNVERIFIED):
            return {
                "unverified": ExitCode.UNVERIFIED,
                "fail": ExitCode.FINDINGS,
                "pass": ExitCode.OK,
            }[on_outage]
        return ExitCode.OK
