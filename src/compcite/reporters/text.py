"""The report for people at a terminal or reading a log.

Findings are grouped by entry. Each begins with ``file:line:column: CODE rule [severity]``, which
editors understand, and shows its source line, both values and the fix. Entries without findings are
shown only with ``verbose``. On a terminal long lines are wrapped between words. In a pipe there are
no colours, and no line is cut or wrapped.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from compcite.model.report import Severity, Status
from compcite.reporters._difference import ValuePart, differences
from compcite.reporters._excerpt import excerpt
from compcite.reporters._outages import without_repeated_outages
from compcite.reporters._summary import (
    SAFE_OPTION,
    UNSAFE_OPTION,
    checked,
    fixable,
    found,
    unasked,
)
from compcite.reporters._wording import citation, doi_url, expected_label, label, status_words
from compcite.reporters.options import DEFAULT
from compcite.reporters.places import region_of
from compcite.text.terminal import cell_width, one_line, path_on_one_line, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from compcite.model.report import EntryReport, Finding, Report
    from compcite.reporters.options import ReportOptions

__all__ = ["render", "statistics", "summary"]

_PIPE_WIDTH = 120  # cells of a source line in a pipe: as wide as the logs of CI systems are shown
_NARROWEST = 40  # cells of a source line on a narrow terminal; fewer show too little to find it
_CONTINUED = 4  # blanks before the rest of a line that is too long for the terminal
_COLOURS = {Severity.ERROR: "1;31", Severity.WARNING: "1;33", Severity.NOTE: "1;36"}
_BOLD, _DIM, _RED, _GREEN = "1", "2", "31", "32"


def render(report: Report, options: ReportOptions) -> str:
    """The entries with findings, with ``verbose`` all entries, and a summary unless ``quiet``.

    The text is empty where nothing of that is left.
    """
    report = without_repeated_outages(report)
    lines: list[str] = []
    for entry in report.entries:
        if entry.findings:
            lines += _entry(entry, report, options)
        elif options.verbose:
            lines += wrapped(_heading(entry, report, options), options.width, _CONTINUED)
    if lines and lines[-1] and not options.quiet:
        lines.append("")
    if not options.quiet:
        for line in _summary(report, options):
            lines += wrapped(line, options.width, _CONTINUED)
    return "\n".join(lines).rstrip("\n") + "\n" if lines else ""


def summary(report: Report, options: ReportOptions = DEFAULT) -> str:
    """Only the sentences at the end of a report, for a log beside a report in another form."""
    return "\n".join(_summary(report, options)) + "\n"


def statistics(report: Report, options: ReportOptions = DEFAULT) -> str:
    """The number of findings of each rule, a rule a line: the most frequent first, then by name."""
    findings = [finding for entry in report.entries for finding in entry.findings]
    counts = Counter(finding.rule.name for finding in findings)
    examples = {finding.rule.name: finding for finding in findings}
    longest = max(map(len, counts), default=0)
    rows = []
    for name, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])):
        finding = examples[name]
        severity = _styled(f"[{finding.severity}]", _COLOURS[finding.severity], options)
        rule = f"{finding.rule.code} {name:<{longest}}"
        row = f"{count:>6,} {rule} {severity} {one_line(finding.rule.summary)}"
        rows += wrapped(row, options.width, _CONTINUED + len("1,000"))
    return "".join(f"{row}\n" for row in rows)


def _entry(entry: EntryReport, report: Report, options: ReportOptions) -> Iterator[str]:
    """The heading of an entry, its findings, and a blank line; if ``concise``, a line a finding."""
    if options.concise:
        yield from (_location(finding, entry, options) for finding in entry.findings)
        return
    yield from wrapped(_heading(entry, report, options), options.width, _CONTINUED)
    for finding in entry.findings:
        yield from wrapped(_location(finding, entry, options), options.width, _CONTINUED)
        if _speaks_for_itself(finding):
            continue
        yield from _details(finding, entry, options)
    yield ""


def _heading(entry: EntryReport, report: Report, options: ReportOptions) -> str:
    """The first line of an entry: ``── key · verified by Crossref · https://doi.org/…``.

    The dash prevents that a key such as ``::error::`` stands at the start of a line, where CI
    systems read commands.
    """
    rest = (one_line(status_words(entry, asked=report.asked)), doi_url(entry.doi))
    parts = [_styled(one_line(label(entry)), _BOLD, options), *filter(None, rest)]
    return _styled("── ", _DIM, options) + _styled(" · ", _DIM, options).join(parts)


def _location(finding: Finding, entry: EntryReport, options: ReportOptions) -> str:
    """The first line of a finding: ``refs.bib:12:3: M503 year-mismatch [warning] …``."""
    place = entry.source.position(finding.span.start)
    where = f"{path_on_one_line(entry.source.name)}:{place.line}:{place.column}:"
    severity = _styled(f"[{finding.severity}]", _COLOURS[finding.severity], options)
    return f"{where} {finding.rule.code} {finding.rule.name} {severity} {one_line(finding.message)}"


def _speaks_for_itself(finding: Finding) -> bool:
    """Whether one line is enough: the finding is a note with no values to compare and no fix."""
    return finding.severity is Severity.NOTE and finding.fix is None and finding.expected is None


def _details(finding: Finding, entry: EntryReport, options: ReportOptions) -> Iterator[str]:
    """The source lines with their place underlined, then values, record and fix.

    Marks under a value are left out where the value takes several lines.
    """
    region = region_of(entry.source, finding.span)
    gutter = len(str(region.end_line))
    bar = _styled("│", _DIM, options)
    width = max(_NARROWEST, (options.width or _PIPE_WIDTH) - gutter - 3)
    yield f"{'':{gutter}} {bar}"
    for line in excerpt(entry.source, region, width):
        number = _styled(f"{line.number:>{gutter}}", _DIM, options)
        yield f"{number} {bar} {line.before}{line.marked}{line.after}".rstrip()
        carets = line.underline.lstrip(" ")
        blanks = " " * (len(line.underline) - len(carets))
        yield f"{'':{gutter}} {bar} {blanks}{_styled(carets, _COLOURS[finding.severity], options)}"
    rows = list(_rows(finding, entry, options))
    longest = max((len(name) for name, _, _ in rows), default=0)
    for name, value, marks in rows:
        indent = gutter + longest + 5
        row = f"{'':{gutter}} {_styled('=', _DIM, options)} {name:<{longest}}  {value}"
        shown = wrapped(row, options.width, indent)
        yield from shown
        if marks and len(shown) == 1:  # under a value on several lines marks would mislead
            yield " " * indent + marks


def _rows(
    finding: Finding, entry: EntryReport, options: ReportOptions
) -> Iterator[tuple[str, str, str]]:
    """The lines behind ``=``: name, value, and carets that mark the differing parts.

    The file's value is left out if the source line shows it already and there is no other to
    compare.
    """
    file, registry = _compared(finding)
    excerpted = entry.source.text[finding.span.start : finding.span.end]
    if file and (registry or (finding.actual or "") not in excerpted):
        yield "file", _pieces(file, _RED, options), _marks(file)
    if registry:
        link = doi_url(finding.expected) if finding.field == "doi" else ""
        value = _pieces(registry, _GREEN, options)
        if link and link != doi_url(entry.doi):
            value = f"{value}  {link}"
        yield expected_label(finding), value, _marks(registry)
    if entry.work and entry.status is Status.MISMATCH and finding.severity is Severity.ERROR:
        yield "record", one_line(citation(entry.work.item)), ""
    if finding.fix:
        option = SAFE_OPTION if finding.fix.safe else UNSAFE_OPTION
        yield "fix", f"{one_line(finding.fix.title)} ({option})", ""


def _compared(finding: Finding) -> tuple[list[ValuePart], list[ValuePart]]:
    """The file's and the registry's value in pieces; no pieces for a missing value."""
    actual = one_line(finding.actual) if finding.actual is not None else ""
    expected = one_line(finding.expected) if finding.expected is not None else ""
    if actual and expected:
        return differences(actual, expected)
    return (
        [ValuePart(actual, differs=False)] if actual else [],
        [ValuePart(expected, differs=False)] if expected else [],
    )


def _pieces(pieces: Sequence[ValuePart], colour: str, options: ReportOptions) -> str:
    """The value with colour on its differing pieces."""
    return "".join(
        _styled(piece.text, colour, options) if piece.differs else piece.text for piece in pieces
    )


def _marks(pieces: Sequence[ValuePart]) -> str:
    """Carets under the differing pieces; empty where all or none differ."""
    if not any(piece.differs for piece in pieces) or all(piece.differs for piece in pieces):
        return ""
    marks = (("^" if piece.differs else " ") * cell_width(piece.text) for piece in pieces)
    return "".join(marks).rstrip()


def _summary(report: Report, options: ReportOptions) -> Iterator[str]:
    """Sentences on what was found, what was checked and by whom, and what got no answer."""
    yield _styled(found(report), _BOLD, options)
    if fixes := fixable(report):
        yield fixes
    yield from checked(report)
    unverified, reasons = unasked(report)
    if unverified:
        yield unverified
        yield from (f"  {reason}" for reason in reasons)


def _styled(text: str, style_number: str, options: ReportOptions) -> str:
    """The text in a terminal style such as 31 (red), where colours are wanted."""
    return f"\x1b[{style_number}m{text}\x1b[0m" if options.colour and text else text
