"""The rows of an audit: one for each list, one for each entry, one for each finding."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from compcite.model.report import Severity, Status
from compcite.reporters.places import region_of
from compcite.text.markup import without_tags
from compcite.text.unicode import without_surrogates

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from compcite.model.report import EntryReport, Finding, Report

__all__ = ["COLUMNS", "Column", "Row", "row_of_problem", "rows_of_report"]


class Row(NamedTuple):
    """A row; None stands for what a row of this kind does not have, or what is not known.

    The names and the order are those of :data:`COLUMNS`.
    """

    kind: Literal["list", "entry", "finding"]
    source: str
    entry: int | None = None
    line: int | None = None
    column: int | None = None
    end_line: int | None = None
    end_column: int | None = None
    key: str | None = None
    type: str | None = None
    title: str | None = None
    year: int | None = None
    doi: str | None = None
    status: str | None = None
    agency: str | None = None
    rule: str | None = None
    code: str | None = None
    severity: str | None = None
    message: str | None = None
    field: str | None = None
    expected: str | None = None
    actual: str | None = None
    fix: str | None = None
    fix_safe: bool | None = None
    ignored: bool | None = None
    format: str | None = None
    entries: int | None = None
    errors: int | None = None
    warnings: int | None = None
    notes: int | None = None


class Column(NamedTuple):
    """A column: its name, the type of its values, and its meaning in words."""

    name: str
    type: Literal["string", "int", "bool"]
    meaning: str


COLUMNS = (
    Column("kind", "string", "`list`, `entry` or `finding`"),
    Column("source", "string", "the path of the list; behind `!/` its name within an archive"),
    Column("entry", "int", "which entry of the list it is, from 1"),
    Column("line", "int", "where it begins in the list, from 1"),
    Column("column", "int", "in code points, from 1"),
    Column("end_line", "int", "where it ends"),
    Column("end_column", "int", "behind its last character"),
    Column("key", "string", "the citation key"),
    Column("type", "string", "the type of the entry, in CSL's words: `article-journal`"),
    Column("title", "string", "the title in the list"),
    Column("year", "int", "the year in the list"),
    Column("doi", "string", "the DOI in the list, in small letters"),
    Column("status", "string", "of an entry; `unparsed` for a list that cannot be read"),
    Column("agency", "string", "the registration agency that knows the DOI"),
    Column("rule", "string", "the name of the rule"),
    Column("code", "string", "its code"),
    Column("severity", "string", "`error`, `warning` or `note`"),
    Column("message", "string", "what was found; why a list cannot be read"),
    Column("field", "string", "the field that is concerned"),
    Column("expected", "string", "what the registry says"),
    Column("actual", "string", "what the list says"),
    Column("fix", "string", "what `--fix` would do"),
    Column("fix_safe", "bool", "whether `--fix` alone does it"),
    Column("ignored", "bool", "whether the list or the configuration ignores the finding"),
    Column("format", "string", "the format in which the list was read"),
    Column("entries", "int", "how many entries the list has"),
    Column("errors", "int", "how many errors were found and not ignored, in this list or entry"),
    Column("warnings", "int", "likewise warnings"),
    Column("notes", "int", "likewise notes"),
)
"""The columns of every result, in order."""


def row_of_problem(source: str, problem: str) -> Row:
    """The row of a list that cannot be read."""
    return Row(
        "list",
        source,
        status=Status.UNPARSED.value,
        severity=Severity.ERROR.value,
        message=_clean(problem),
        entries=0,
        errors=0,
        warnings=0,
        notes=0,
    )


def rows_of_report(
    source: str, format_name: str, report: Report, ignored: Collection[int]
) -> Iterator[Row]:
    """The row of a list, then of each entry, each with the rows of its findings behind it.

    ``ignored`` are the findings that are ignored, by their identity (``id``).
    """
    counted = [[f for f in one.findings if id(f) not in ignored] for one in report.entries]
    yield Row(
        "list",
        source,
        format=format_name,
        entries=len(report.entries),
        errors=sum(_count(findings, Severity.ERROR) for findings in counted),
        warnings=sum(_count(findings, Severity.WARNING) for findings in counted),
        notes=sum(_count(findings, Severity.NOTE) for findings in counted),
    )
    for number, (entry, findings) in enumerate(zip(report.entries, counted, strict=True), start=1):
        yield _row_of_entry(source, number, entry, findings)
        for finding in entry.findings:
            yield _row_of_finding(source, number, entry, finding, ignored=id(finding) in ignored)


def _count(findings: Collection[Finding], severity: Severity) -> int:
    """The number of findings of a severity."""
    return sum(finding.severity is severity for finding in findings)


def _row_of_entry(
    source: str, number: int, entry: EntryReport, findings: Collection[Finding]
) -> Row:
    """The row of an entry; ``findings`` are those that are not ignored."""
    item = entry.item
    issued = item.dates.get("issued") if item else None
    place = region_of(entry.source, entry.span)
    return Row(
        "entry",
        source,
        number,
        *place,
        key=_clean(entry.key),
        type=item.type if item else None,
        title=_clean(without_tags(item.text.get("title", ""))) or None if item else None,
        year=issued.year if issued else None,
        doi=_clean(entry.doi),
        status=entry.status.value,
        agency=_clean(entry.agency),
        errors=_count(findings, Severity.ERROR),
        warnings=_count(findings, Severity.WARNING),
        notes=_count(findings, Severity.NOTE),
    )


def _row_of_finding(
    source: str, number: int, entry: EntryReport, finding: Finding, *, ignored: bool
) -> Row:
    """The row of a finding."""
    fix = finding.fix
    return Row(
        "finding",
        source,
        number,
        *region_of(entry.source, finding.span),
        key=_clean(entry.key),
        doi=_clean(entry.doi),
        status=entry.status.value,
        rule=finding.rule.name,
        code=finding.rule.code,
        severity=finding.severity.value,
        message=_clean(finding.message),
        field=_clean(finding.field),
        expected=_clean(finding.expected),
        actual=_clean(finding.actual),
        fix=_clean(fix.title) if fix else None,
        fix_safe=fix.safe if fix else None,
        ignored=ignored,
    )


def _clean(text: str | None) -> str | None:
    """A text in which lone surrogates are replaced, so that it can be written; None stays None."""
    return without_surrogates(text) if text else text
