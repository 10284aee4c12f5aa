"""The summary of an audit: what was found, by list and by rule, for people."""

from __future__ import annotations

import heapq
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

import pyarrow.compute

from compcite.checks import RULES
from compcite.errors import ExitCode
from compcite.model.report import Severity, Status
from compcite.reporters.html.statuses import plain_status
from compcite.text.phrases import amount, in_words
from compcite.text.terminal import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyarrow as pa

__all__ = ["JudgedList", "Summary"]

_MOST_LISTS = 100
"""How many lists the summary names: as many as somebody looks through; the results have all."""

_MOST_LISTS_SHOWN = 10  # in a terminal, where the summary is to fit on a screen


class JudgedList(NamedTuple):
    """A list with the numbers of its entries and of its findings that are not ignored.

    ``problem`` says why it could not be read; None where it was.
    """

    name: str
    entries: int
    errors: int
    warnings: int
    notes: int
    problem: str | None = None

    @property
    def gravity(self) -> tuple[int, int, int]:
        """Which of two lists is worse: the one with more errors, then warnings, then notes."""
        return self.errors, self.warnings, self.notes


@dataclass
class Summary:
    """The numbers of an audit, and its worst lists, which :meth:`add` counts table by table.

    So it needs as little memory for a million lists as for ten. ``asked`` is false where no
    registry was to be asked. ``faulty`` counts the lists with a finding. ``unread`` are the first
    100 lists that could not be read, ``unread_count`` is the number of all. ``rules`` counts the
    findings that are not ignored, by rule and severity.
    """

    asked: bool = True
    lists: int = 0
    faulty: int = 0  # lists with a finding
    unread: list[JudgedList] = field(default_factory=list)
    unread_count: int = 0
    entries: int = 0
    ignored: int = 0
    statuses: Counter[Status] = field(default_factory=Counter)
    rules: Counter[tuple[str, Severity]] = field(default_factory=Counter)
    _worst: list[tuple[tuple[int, int, int], int, JudgedList]] = field(default_factory=list)

    def add(self, table: pa.Table) -> None:
        """Count the rows of a table: lists, entries by status, findings by rule."""
        kinds = table.column("kind")
        for kind, status, count in _counts(table, "kind", "status"):
            if kind == "entry":
                self.statuses[Status(status)] += count
        for kind, rule, severity, ignored, count in _counts(
            table, "kind", "rule", "severity", "ignored"
        ):
            if kind == "finding" and not ignored:
                self.rules[rule, Severity(severity)] += count
            elif kind == "finding":
                self.ignored += count
        names = ("source", "entries", "errors", "warnings", "notes", "message")
        rows = table.select(names).filter(_equal(kinds, "list"))
        for row in zip(*(column.to_pylist() for column in rows.columns), strict=True):
            self._add_list(JudgedList(*row))

    @property
    def worst(self) -> list[JudgedList]:
        """The 100 lists with the most findings, the worst first; of equal ones the first first."""
        return [one for *_, one in sorted(self._worst, reverse=True)]

    def findings(self, severity: Severity) -> int:
        """How many findings of this severity are not ignored."""
        return sum(count for (_, found), count in self.rules.items() if found is severity)

    def exit_code(self, fail_on: Severity | None, on_outage: str) -> ExitCode:
        """How the run ends, by the same rules as for a report; an unread list is an error.

        Without ``fail_on`` no finding counts. ``doi-unverified`` never counts: ``on_outage``
        decides how a run with DOIs that could not be checked ends.
        """
        if fail_on is not None:
            if self.unread_count:
                return ExitCode.FINDINGS
            counted = (found for rule, found in self.rules if rule != "doi-unverified")
            if any(found.rank >= fail_on.rank for found in counted):
                return ExitCode.FINDINGS
        if self.asked and self.statuses[Status.UNVERIFIED]:
            return {
                "unverified": ExitCode.UNVERIFIED,
                "fail": ExitCode.FINDINGS,
                "pass": ExitCode.OK,
            }[on_outage]
        return ExitCode.OK

    def _add_list(self, one: JudgedList) -> None:
        """Count one list, and keep it where it is among the worst, or among the first unread."""
        self.lists += 1
        self.entries += one.entries
        if one.problem is not None:
            self.unread_count += 1
            if len(self.unread) < _MOST_LISTS:
                self.unread.append(one)
        elif any(one.gravity):
            self.faulty += 1
            # The number before the list makes the order whole: of equal lists the first is kept.
            heapq.heappush(self._worst, (one.gravity, -self.lists, one))
            if len(self._worst) > _MOST_LISTS:
                heapq.heappop(self._worst)

    def text(self) -> str:
        """The summary for a terminal or a log."""
        return "\n".join(self._lines()) + "\n"

    def _lines(self) -> Iterator[str]:
        """The lines of the summary."""
        yield self.found
        yield from self.sentences()
        for one in self.unread[:_MOST_LISTS_SHOWN]:
            yield f"  {one_line(one.name)}: {one_line(one.problem or '')}"
        if (more := self.unread_count - _MOST_LISTS_SHOWN) > 0:
            yield f"  and {more:,} more"
        if self.rules:
            yield "\nFindings by rule"
            for (rule, severity), count in self.rules.most_common():
                yield f"  {count:>9,}  {RULES[rule].code} {rule} [{severity.value}]"
        if worst := self.worst[:_MOST_LISTS_SHOWN]:
            yield "\nLists with the most findings"
            yield f"  {'errors':>9} {'warnings':>9} {'notes':>9}"
            for one in worst:
                numbers = " ".join(f"{number:>9,}" for number in one.gravity)
                yield f"  {numbers}  {one_line(one.name)}"

    @property
    def found(self) -> str:
        """A sentence with the numbers of findings and of the lists that have them."""
        counts = [
            amount(count, severity.value)
            for severity in reversed(Severity)
            if (count := self.findings(severity))
        ]
        if not counts:
            return f"Nothing to report of {amount(self.lists, 'list')}."
        return f"Found {in_words(counts)} in {self.faulty:,} of {amount(self.lists, 'list')}."

    def sentences(self) -> Iterator[str]:
        """Sentences about the entries, about what is ignored, and about unread lists."""
        statuses = [
            f"{count:,} {plain_status(status).words}"
            for status in Status
            if (count := self.statuses[status]) and (self.asked or status is not Status.UNVERIFIED)
        ]
        apart = "" if self.asked else " without asking a registry"
        yield f"Checked {amount(self.entries, 'entry')}{apart}" + (
            f": {in_words(statuses)}." if statuses else "."
        )
        if self.ignored:
            yield f"Ignored, and not counted: {amount(self.ignored, 'finding')}."
        if self.unread_count:
            yield f"Not read: {amount(self.unread_count, 'list')}."


def _counts(table: pa.Table, *columns: str) -> Iterator[tuple[Any, ...]]:
    """The combinations of values in some columns, each with the number of its rows behind it."""
    grouped = table.group_by(columns).aggregate([([], "count_all")])
    ordered = [*columns, "count_all"]
    return zip(*(grouped.column(name).to_pylist() for name in ordered), strict=True)


def _equal(column: pa.ChunkedArray, value: str) -> pa.ChunkedArray:
    """For each value of a column whether it is this one."""
    return pyarrow.compute.equal(column, value)
