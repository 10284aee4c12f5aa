"""Rules, findings, fixes, and the report that every reporter writes."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field as dataclass_field
from enum import Enum, StrEnum
from typing import TYPE_CHECKING

from compcite.errors import ExitCode

if TYPE_CHECKING:
    import datetime as dt
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
    """How serious a finding is; ``--fail-on`` compares by :attr:`rank`."""

    NOTE = "note"
    WARNING = "warning"
    ERROR = "error"

    @property
    def rank(self) -> int:
        """0 for a note, 1 for a warning, 2 for an error."""
        return list(Severity).index(self)


class Status(StrEnum):
    """The result of verification for one entry, in one word."""

    VERIFIED = "verified"  # registered, and it is this work
    MISMATCH = "mismatch"  # registered, but for another work
    NOT_REGISTERED = "not-registered"
    MALFORMED = "malformed"
    NO_DOI = "no-doi"
    UNVERIFIED = "unverified"  # could not be asked
    UNPARSED = "unparsed"


class Standing(Enum):
    """The kind of a report's entry. Without ``--cited-in``, everything is ``JUDGED``."""

    JUDGED = "judged"  # an entry to which all rules apply
    UNCITED = "uncited"  # an entry that no document cites: only `entry-uncited` applies
    UNDEFINED = "undefined"  # no entry at all, but a citation in a document of an unknown key


class FixSafety(Enum):
    """Whether a rule has a fix, and whether ``--fix`` alone applies it."""

    NONE = "no fix"
    SAFE = "safe fix"
    UNSAFE = "unsafe fix"


@dataclass(frozen=True, slots=True)
class Rule:
    """A kind of finding: its name and code, which never change, its severity and its explanation.

    ``code`` is the family and the place of the rule in it (``M503``). ``explanation`` is the
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
        """The family's letter and digit: ``M5``."""
        return self.code[:2]


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace ``text[start:end]`` of a source by ``text``; offsets count code points."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """A CSL variable of an entry and its new value; None removes the variable.

    The value is Unicode without markup. Each format turns changes into edits of its own text.
    """

    variable: str
    value: str | tuple[Name, ...] | Date | None


@dataclass(frozen=True, slots=True)
class Fix:
    """What to change so that a finding goes away.

    A rule gives one of three things. ``changes`` are new values of CSL variables. ``article`` is
    the published work that the entry of a preprint is to become. ``merged`` and ``into`` are two
    entries of one work: ``merged`` is removed, and ``into``, the earlier one, takes over its
    fields.

    Later the format adds ``edits``, the changes of the text, and ``fields``, the names of the
    fields that the edits change. They are fields of the entry itself, or of ``into``.
    """

    title: str
    safe: bool
    edits: tuple[Edit, ...] = ()
    changes: tuple[Change, ...] = ()
    fields: tuple[str, ...] = ()
    article: Item | None = None
    into: Entry | None = None
    merged: Entry | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault at one place: ``expected`` is the registry's value, ``actual`` the file's.

    ``related`` is the earlier entry that a duplicate repeats.
    """

    rule: Rule
    severity: Severity
    message: str
    span: Span
    field: str | None = None
    expected: str | None = None
    actual: str | None = None
    fix: Fix | None = None
    related: Entry | None = dataclass_field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class EntryReport:
    """The findings about one entry, one unreadable block, or one undefined citation.

    ``item`` is what the file says and ``work`` what is registered, so that a reporter can show
    both. ``cached`` is true where the answer came from this machine. ``looked_for`` is true where
    the entry has no DOI and a service answered a search for its work. ``unanswered`` is true where
    such a search was made and its verdict depends on a service that did not answer. ``searchable``
    is false where there is no work to search for (a set of entries, a store of fields, a bare
    mention of a DOI), or where the entry has ``too_few_words`` for a search, such as no title.
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
    unanswered: bool = False
    searchable: bool = True
    too_few_words: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """The result of a run, entry by entry in the order of the sources.

    ``asked`` is false for ``check``, which asks no registry: then ``unverified`` is not a failure,
    and reporters do not mention it. ``snapshot`` is the day of the newest record in the snapshot
    that was asked first, or None if there was none.
    """

    entries: Sequence[EntryReport]
    requests: int = 0
    seconds: float = 0.0
    # For each host that did not answer, a sentence that names it and says why.
    outages: Mapping[str, str] = dataclass_field(default_factory=dict)
    asked: bool = True
    snapshot: dt.date | None = None

    def __repr__(self) -> str:
        """Short enough for a prompt: ``<Report on 3 entries: 1 error, 0 warnings, 2 notes>``."""
        counts = [(self.findings(severity), severity.value) for severity in reversed(Severity)]
        found = ", ".join(f"{count} {name}{'' if count == 1 else 's'}" for count, name in counts)
        return f"<Report on {len(self.entries)} entries: {found}>"

    def count(self, status: Status) -> int:
        """The number of judged entries with this status."""
        return sum(entry.status is status for entry in self.entries_of(Standing.JUDGED))

    @property
    def not_looked_for(self) -> int:
        """The number of judged entries without a DOI that could be searched for, but were not.

        An entry for which a search was tried and no service answered is not counted here.
        """
        return sum(
            entry.status is Status.NO_DOI
            and entry.searchable
            and not (entry.looked_for or entry.unanswered)
            for entry in self.entries_of(Standing.JUDGED)
        )

    @property
    def unanswered(self) -> int:
        """The number of judged entries without a DOI whose work may be at a silent service."""
        return sum(
            entry.status is Status.NO_DOI and entry.unanswered
            for entry in self.entries_of(Standing.JUDGED)
        )

    @property
    def too_few_words(self) -> int:
        """The number of judged entries without a DOI that have too few words for a search."""
        return sum(
            entry.status is Status.NO_DOI and entry.too_few_words
            for entry in self.entries_of(Standing.JUDGED)
        )

    def entries_of(self, standing: Standing) -> list[EntryReport]:
        """The report's entries of this kind: judged, not cited, or cited without being there."""
        return [entry for entry in self.entries if entry.standing is standing]

    def findings(self, severity: Severity) -> int:
        """The number of findings of this severity."""
        return sum(f.severity is severity for entry in self.entries for f in entry.findings)

    def exit_code(self, fail_on: Severity | None, on_outage: str = "unverified") -> ExitCode:
        """1 for a finding of at least ``fail_on``, else 3 for what nobody answered, else 0.

        ``fail_on`` is None where no finding fails the run. Nobody answered where a DOI is
        unverified, or where a search for a work without a DOI was wanted and its verdict depends on
        a service that did not answer.
        ``on_outage`` says what that does: ``unverified`` gives 3, ``fail`` 1, ``pass`` 0. The
        finding ``doi-unverified`` itself is not counted, whatever its severity.
        """
        counted = (
            finding
            for entry in self.entries
            for finding in entry.findings
            if finding.rule.name != "doi-unverified"
        )
        if fail_on is not None and any(one.severity.rank >= fail_on.rank for one in counted):
            return ExitCode.FINDINGS
        if self.asked and (self.count(Status.UNVERIFIED) or self.unanswered):
            return {
                "unverified": ExitCode.UNVERIFIED,
                "fail": ExitCode.FINDINGS,
                "pass": ExitCode.OK,
            }[on_outage]
        return ExitCode.OK
