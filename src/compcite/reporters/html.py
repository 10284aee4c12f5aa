"""The report as one HTML page: counts, a table with a filter, file and registry side by side.

Data stands in the page only as escaped text, never in a script. The page's content security policy
allows its own style and script, by their hashes, and nothing from the network.
"""

from __future__ import annotations

import base64
import hashlib
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING

from compcite.model.report import Severity, Status
from compcite.reporters._difference import ValuePart, differences
from compcite.reporters._record import side_by_side
from compcite.reporters._summary import checked, fixable, found, unasked
from compcite.reporters._wording import (
    STATUS_WORDS,
    citation,
    doi_url,
    expected_label,
    label,
    status_words,
)
from compcite.reporters.places import region_of
from compcite.text.terminal import one_line
from compcite.version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from compcite.model.report import EntryReport, Finding, Report
    from compcite.reporters.options import ReportOptions

__all__ = ["render"]

_STATUS_CLASSES = {
    Status.VERIFIED: "good",
    Status.MISMATCH: "error",
    Status.NOT_REGISTERED: "error",
    Status.MALFORMED: "error",
    Status.UNPARSED: "error",
}


def render(report: Report, options: ReportOptions) -> str:
    """The whole page."""
    style, script = _resource("page.css"), _resource("page.js")
    policy = (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    lines = [
        "<!doctype html>",
        '<html lang="en">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="referrer" content="no-referrer">',
        "<title>Reference report</title>",
        f"<style>{style}</style>",
        "</head>",
        "<body>",
        '<a class="skip" href="#entries">Skip to the entries</a>',
        *_overview(report, options),
        "<main>",
        '<h2 id="entries" tabindex="-1">Entries</h2>',
        *_filter(report),
        *_table(report),
        "</main>",
        f"<footer><p>Written by compcite {__version__}.</p></footer>",
        f"<script>{script}</script>",
        "</body>",
        "</html>",
    ]
    return "\n".join(lines) + "\n"


def _resource(name: str) -> str:
    """The text of a file beside this module."""
    return files("compcite.reporters").joinpath(name).read_text("utf-8")


def _hash(text: str) -> str:
    """The hash of a style or script, as the content security policy names it."""
    digest = hashlib.sha256(text.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"


def _overview(report: Report, options: ReportOptions) -> Iterator[str]:
    """Yield the HTML at the top of the page: what was found, outages, and the counts."""
    yield "<header>"
    yield "<h1>Reference report</h1>"
    yield f'<p class="lead">{_text(found(report))}</p>'
    sentences = [*filter(None, [fixable(report)]), *checked(report)]
    yield f'<p class="quiet">{_text(" ".join(sentences))}</p>'
    if options.started is not None:
        started = options.started.isoformat(timespec="seconds")
        yield f'<p class="quiet">Run of <time datetime="{started}">{started}</time></p>'
    unverified, reasons = unasked(report)
    if unverified:
        items = "".join(f"<li>{_text(reason)}</li>" for reason in reasons)
        items = f"<ul>{items}</ul>" if items else ""
        yield f'<div class="unasked"><p>{_text(unverified)}</p>{items}</div>'
    yield '<dl class="counts">'
    yield _count("entries", len(report.entries), "")
    for severity in reversed(Severity):
        yield _count(f"{severity.value}s", report.findings(severity), severity.value)
    if report.asked:
        for status in (Status.VERIFIED, Status.UNVERIFIED):
            yield _count(
                STATUS_WORDS[status], report.count(status), _STATUS_CLASSES.get(status, "")
            )
    yield "</dl>"
    yield "</header>"


def _count(name: str, number: int, style: str) -> str:
    """One number of the overview with its name; it has a colour only where it is not 0."""
    shown = f' class="{style}"' if style and number else ""
    return f"<div><dt>{name}</dt><dd{shown}>{number:,}</dd></div>"


def _filter(report: Report) -> Iterator[str]:
    """The controls above the table; they are hidden until the script runs."""
    rules = {finding.rule.code: finding.rule for e in report.entries for finding in e.findings}
    yield '<form hidden aria-label="Filter the entries">'
    yield '<label>Search <input type="search" name="words" autocomplete="off"></label>'
    findings = [("", "all entries"), ("some", "with findings"), ("none", "without findings")]
    findings += [
        (severity.value, f"with {severity.value}s")
        for severity in reversed(Severity)
        if report.findings(severity)
    ]
    findings += [(rules[code].name, f"{code} {rules[code].name}") for code in sorted(rules)]
    yield from _select("Findings", "finding", findings, "some" if rules else "")
    statuses = [("", "any")]
    statuses += [(f"is-{s}", STATUS_WORDS[s]) for s in Status if report.count(s)]
    yield from _select("Status", "status", statuses, "")
    yield '<output aria-live="polite"></output>'
    yield "</form>"


def _select(
    title: str, name: str, choices: Iterable[tuple[str, str]], chosen: str
) -> Iterator[str]:
    """A list to choose from, with its label; ``choices`` are values with their words."""
    yield f'<label>{title} <select name="{name}">'
    for value, words in choices:
        selected = " selected" if value == chosen else ""
        yield f'<option value="{_text(value)}"{selected}>{_text(words)}</option>'
    yield "</select></label>"


def _table(report: Report) -> Iterator[str]:
    """The table with one row for each entry.

    The ``role`` attributes keep it a table for screen readers where a narrow screen stacks the
    cells.
    """
    yield '<table class="entries" role="table">'
    yield '<caption class="hidden">Each entry with its status and what was found</caption>'
    heads = "".join(
        f'<th scope="col" role="columnheader">{head}</th>'
        for head in ("entry", "status", "findings")
    )
    yield f'<thead role="rowgroup"><tr role="row">{heads}</tr></thead>'
    yield '<tbody role="rowgroup">'
    for entry in report.entries:
        yield from _row(entry, report)
    yield "</tbody>"
    yield "</table>"


def _row(entry: EntryReport, report: Report) -> Iterator[str]:
    """The row of an entry: its name and place, its status, its findings."""
    traits = [f"is-{entry.status}", "some" if entry.findings else "none"]
    for finding in entry.findings:
        traits += [finding.severity.value, finding.rule.name]
    yield f'<tr role="row" data-traits="{_text(" ".join(dict.fromkeys(traits)))}">'
    line = entry.source.position(entry.span.start).line
    yield '<th scope="row" role="rowheader">'
    yield f'<bdi class="key">{_text(label(entry))}</bdi>'
    yield f'<span class="place"><bdi>{_text(entry.source.name)}</bdi>, line {line}</span>'
    if entry.doi:
        yield f'<span class="place">{_doi(entry.doi)}</span>'
    yield "</th>"
    style = _STATUS_CLASSES.get(entry.status, "quiet")
    status = status_words(entry, asked=report.asked)
    yield f'<td role="cell"><span class="{style}">{_text(status)}</span></td>'
    yield '<td role="cell">'
    for finding in entry.findings:
        yield from _finding(finding, entry)
    yield from _record(entry)
    yield "</td></tr>"


def _finding(finding: Finding, entry: EntryReport) -> Iterator[str]:
    """A finding: the message, its place, both values with the differences marked, the fix."""
    line, column, *_ = region_of(entry.source, finding.span)
    rule = f"{finding.rule.code} {finding.rule.name}"
    yield '<div class="finding">'
    yield (
        f'<p><span class="severity {finding.severity}">{finding.severity}</span> '
        f'<code>{_text(rule)}</code> <span class="quiet">line {line}, column {column}</span></p>'
    )
    yield f'<p dir="auto">{_text(finding.message)}</p>'
    if finding.expected or (finding.actual and finding.actual not in finding.message):
        values = (finding.field or "", finding.actual or "", finding.expected or "")
        yield from _comparison([values], expected_label(finding))
        if finding.field == "doi" and doi_url(finding.expected) != doi_url(entry.doi):
            yield f"<p>{_doi(finding.expected or '')}</p>"
    if finding.fix:
        kind = "safe" if finding.fix.safe else "to be looked at"
        yield f'<p class="quiet" dir="auto">Fix ({kind}): {_text(finding.fix.title)}</p>'
    yield "</div>"


def _record(entry: EntryReport) -> Iterator[str]:
    """All values of the entry beside all of its record, to unfold.

    Only the record without an entry.
    """
    if entry.work is None:
        return
    if entry.item is None:
        if cited := citation(entry.work.item):
            yield f'<p class="quiet" dir="auto">Registered: {_text(cited)}</p>'
        return
    rows = list(side_by_side(entry.item, entry.work.item))
    if rows:
        unfolded = " open" if entry.status is Status.MISMATCH else ""
        yield f"<details{unfolded}><summary>File and registry side by side</summary>"
        yield from _comparison(rows, "registry")
        yield "</details>"


def _comparison(rows: Iterable[tuple[str, str, str]], registry: str) -> Iterator[str]:
    """A table with the values of the file beside those of the registry."""
    yield '<table class="compare">'
    yield (
        '<thead><tr><td></td><th scope="col">file</th>'
        f'<th scope="col">{registry}</th></tr></thead><tbody>'
    )
    for name, actual, expected in rows:
        pieces, others = _compared(one_line(actual), one_line(expected))
        yield (
            f'<tr><th scope="row">{_text(name)}</th>'
            f'<td class="value" dir="auto">{_marked(pieces, "del")}</td>'
            f'<td class="value" dir="auto">{_marked(others, "ins")}</td></tr>'
        )
    yield "</tbody></table>"


def _compared(actual: str, expected: str) -> tuple[Sequence[ValuePart], Sequence[ValuePart]]:
    """Both values in pieces; nothing is marked where one of them is empty."""
    if actual and expected:
        return differences(actual, expected)
    return [ValuePart(actual, differs=False)], [ValuePart(expected, differs=False)]


def _marked(pieces: Sequence[ValuePart], tag: str) -> str:
    """A value in HTML.

    Its differing pieces stand in ``tag`` elements, which screen readers announce.
    """
    return "".join(
        f"<{tag}>{_text(piece.text)}</{tag}>" if piece.differs else _text(piece.text)
        for piece in pieces
    )


def _doi(doi: str) -> str:
    """A DOI as a link; other text as text."""
    url = doi_url(doi)
    return f'<a href="{escape(url)}">{_text(doi)}</a>' if url else f"<bdi>{_text(doi)}</bdi>"


def _text(text: str) -> str:
    """Data as HTML text: harmless, and escaped for elements and quoted attributes."""
    return escape(one_line(text))
