"""The whole page: what was found, in numbers and pictures; the entries; the rules explained.

Data stands in the page only as escaped text, never in a script. The page's content security policy
allows its own style and script, by their hashes, and nothing from the network.
"""

from __future__ import annotations

import base64
import hashlib
from importlib.resources import files
from typing import TYPE_CHECKING

from compcite.model.report import Severity, Status
from compcite.reporters._difference import ValuePart, differences
from compcite.reporters._record import side_by_side
from compcite.reporters._summary import checked, fixable, found, unasked
from compcite.reporters._wording import citation, doi_url, expected_label, label
from compcite.reporters.html.elements import doi_link, text, with_links
from compcite.reporters.html.pictures import pictures
from compcite.reporters.html.rules import explained_rules, rule_link
from compcite.reporters.html.statuses import shown_status, shown_statuses, words_of_entry
from compcite.reporters.places import STANDARD_INPUT, region_of
from compcite.text.phrases import amount, in_words
from compcite.text.terminal import one_line
from compcite.version import __version__

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Sequence

    from compcite.model.report import EntryReport, Finding, Report
    from compcite.reporters.options import ReportOptions

__all__ = ["render", "whole_page"]

_LISTS_NAMED = 3  # with more, the heading would take most of a phone's screen
_TILES = ("is-verified", "is-retracted", "is-withdrawn", "is-of-concern", "is-unverified")


def render(report: Report, options: ReportOptions) -> str:
    """The whole HTML page of a report; of the options only the time of the run counts."""
    main = [
        *_overview(report),
        *pictures(report),
        '<h2 id="entries" tabindex="-1">Entries</h2>',
        *_entries(report),
        *explained_rules(report),
    ]
    name = _lists(report)
    return whole_page("Reference report", name, options.started, main, skip_to="entries")


def whole_page(
    kind: str, name: str, started: dt.datetime | None, main: Iterable[str], *, skip_to: str
) -> str:
    """A whole HTML page titled "kind: name, date"; ``main`` are the lines of its content.

    ``skip_to`` is the ``id`` of the part to which the first link leads ("Skip to the ...").
    """
    style, script = _resource("page.css"), _resource("page.js")
    policy = (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    date = f", {_day(started)}" if started else ""
    lines = [
        "<!doctype html>",
        '<html lang="en">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="referrer" content="no-referrer">',
        f"<title>{kind}: {text(name)}{date}</title>",
        f"<style>{style}</style>",
        "</head>",
        "<body>",
        f'<a class="skip" href="#{skip_to}">Skip to the {skip_to}</a>',
        "<header>",
        f'<p class="quiet">{kind}{_time(started)}</p>',
        f'<h1 dir="auto">{text(name)}</h1>',
        "</header>",
        "<main>",
        *main,
        "</main>",
        f"<footer><p>Written by compcite {__version__}.</p></footer>",
        f"<script>{script}</script>",
        "</body>",
        "</html>",
    ]
    return "\n".join(lines) + "\n"


def _resource(name: str) -> str:
    """The text of a file beside this module."""
    return files("compcite.reporters.html").joinpath(name).read_text("utf-8")


def _hash(text: str) -> str:
    """The hash of a style or script, as the content security policy names it."""
    digest = hashlib.sha256(text.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"


def _lists(report: Report) -> str:
    """The names of the lists that hold entries, as words: "a.bib, b.bib and 3 more"."""
    names = list(dict.fromkeys(entry.source.name for entry in report.entries))
    shown = ["standard input" if name == STANDARD_INPUT else name for name in names[:_LISTS_NAMED]]
    if more := len(names) - len(shown):
        shown.append(f"{more:,} more")
    return in_words(shown) or "no entries"


def _day(moment: dt.datetime) -> str:
    """A date as ``2 January 2026``."""
    return f"{moment.day} {moment:%B %Y}"


def _time(moment: dt.datetime | None) -> str:
    """A date with its time and zone, as ``, 2 January 2026, 03:04 UTC+01:00``; empty for None."""
    if moment is None:
        return ""
    exact = moment.isoformat(timespec="seconds")
    zone = "UTC" if not moment.utcoffset() else f"UTC{exact[-6:]}"
    return f', <time datetime="{exact}">{_day(moment)}, {moment:%H:%M} {zone}</time>'


def _overview(report: Report) -> Iterator[str]:
    """Yield the HTML at the top of the page: what was found, outages, and the counts."""
    yield f'<p class="lead">{text(found(report))}</p>'
    sentences = [*filter(None, [fixable(report)]), *checked(report)]
    yield f'<p class="quiet">{text(" ".join(sentences))}</p>'
    unverified, reasons = unasked(report)
    if unverified:
        items = "".join(f"<li>{text(reason)}</li>" for reason in reasons)
        items = f"<ul>{items}</ul>" if items else ""
        yield f'<div class="unasked"><p>{text(unverified)}</p>{items}</div>'
    yield '<ul class="tiles">'
    yield _tile("entry", len(report.entries), "finding", "", "")
    for severity in reversed(Severity):
        yield _tile(severity, report.findings(severity), "finding", severity, severity)
    if report.asked:
        for status, number in shown_statuses(report):
            if status.trait in _TILES:
                yield _tile(status.words, number, "status", status.trait, status.style)
    yield "</ul>"


def _tile(noun: str, number: int, field: str, value: str, style: str) -> str:
    """A number of the overview with its name; it has a colour only where it is not 0.

    It is a link to the entries, and the script filters them: ``field`` of the filter gets
    ``value``.
    """
    words = amount(number, noun).partition(" ")[2] if field == "finding" else noun
    if not number:
        return f"<li><span><strong>0</strong> {text(words)}</span></li>"
    colour = f' class="{style}"' if style else ""
    shown = f"<strong{colour}>{number:,}</strong> {text(words)}"
    return f'<li><a href="#entries" data-field="{field}" data-value="{value}">{shown}</a></li>'


def _entries(report: Report) -> Iterator[str]:
    """The filter and the table of entries; a sentence if there are no entries."""
    if not report.entries:
        yield "<p>There are no entries.</p>"
        return
    yield from _filter(report)
    yield from _table(report)


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
    statuses += [(status.trait, status.words) for status, _ in shown_statuses(report)]
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
        yield f'<option value="{text(value)}"{selected}>{text(words)}</option>'
    yield "</select></label>"


def _table(report: Report) -> Iterator[str]:
    """The table with one row for each entry, those with the gravest findings first.

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
    for entry in sorted(report.entries, key=_gravity, reverse=True):
        yield from _row(entry, report)
    yield "</tbody>"
    yield "</table>"


def _gravity(entry: EntryReport) -> int:
    """How grave the gravest finding of an entry is; -1 without findings."""
    return max((finding.severity.rank for finding in entry.findings), default=-1)


def _row(entry: EntryReport, report: Report) -> Iterator[str]:
    """The row of an entry: its name and place, its status, its findings (the gravest first)."""
    status = shown_status(entry)
    findings = sorted(entry.findings, key=lambda finding: -finding.severity.rank)
    traits = [status.trait, "some" if findings else "none"]
    for finding in findings:
        traits += [finding.severity.value, finding.rule.name]
    yield f'<tr role="row" data-traits="{text(" ".join(dict.fromkeys(traits)))}">'
    line = entry.source.position(entry.span.start).line
    yield '<th scope="row" role="rowheader">'
    yield f'<bdi class="key">{text(label(entry))}</bdi>'
    yield f'<span class="place"><bdi>{text(entry.source.name)}</bdi>, line {line}</span>'
    if entry.doi:
        yield f'<span class="place">{doi_link(entry.doi)}</span>'
    yield "</th>"
    words = words_of_entry(entry, asked=report.asked)
    yield f'<td role="cell"><span class="{status.style}">{text(words)}</span></td>'
    yield '<td role="cell">'
    for finding in findings:
        yield from _finding(finding, entry)
    yield from _record(entry)
    yield "</td></tr>"


def _finding(finding: Finding, entry: EntryReport) -> Iterator[str]:
    """A finding: the message, its place, both values with the differences marked, the fix.

    The value of the list is left out where the message has it and nothing else was expected.
    """
    line, column, *_ = region_of(entry.source, finding.span)
    yield '<div class="finding">'
    yield (
        f'<p><span class="severity {finding.severity}">{finding.severity}</span> '
        f'{rule_link(finding.rule)} <span class="quiet">line {line}, column {column}</span></p>'
    )
    yield f'<p dir="auto">{with_links(finding.message, _known_dois(finding, entry))}</p>'
    if finding.expected or (finding.actual and finding.actual not in finding.message):
        values = (finding.field or "", finding.actual or "", finding.expected or "")
        yield from _comparison([values], expected_label(finding))
        if finding.field == "doi" and doi_url(finding.expected) != doi_url(entry.doi):
            yield f"<p>{doi_link(finding.expected or '')}</p>"
    if finding.fix:
        kind = "safe" if finding.fix.safe else "to be looked at"
        yield f'<p class="quiet" dir="auto">Fix ({kind}): {text(finding.fix.title)}</p>'
    yield "</div>"


def _known_dois(finding: Finding, entry: EntryReport) -> Iterator[str]:
    """The DOIs that a message may name: of the entry, of another work, of a notice about it."""
    yield from filter(None, (entry.doi, finding.expected, finding.actual))
    if entry.work is not None:
        yield str(entry.work.doi)
        notices = (*entry.work.updates, *entry.work.updates_to)
        yield from (str(notice.doi) for notice in notices if notice.doi)
        yield from (str(relation.doi) for relation in entry.work.relations)


def _record(entry: EntryReport) -> Iterator[str]:
    """All values of the entry beside all of its record, to unfold; nothing without a record.

    It is unfolded from the start if the entry is a mismatch. If the entry has no item to compare,
    only a citation of the record is shown.
    """
    if entry.work is None:
        return
    if entry.item is None:
        if cited := citation(entry.work.item):
            yield f'<p class="quiet" dir="auto">Registered: {text(cited)}</p>'
        return
    rows = list(side_by_side(entry.item, entry.work.item))
    if rows:
        unfolded = " open" if entry.status is Status.MISMATCH else ""
        yield f"<details{unfolded}><summary>File and registry side by side</summary>"
        yield from _comparison(rows, "registry")
        yield "</details>"


def _comparison(rows: Iterable[tuple[str, str, str]], registry: str) -> Iterator[str]:
    """A table with the values of the file beside those of the registry, differences marked.

    ``rows`` have a name and both values; ``registry`` is the head of the last column.
    """
    yield '<table class="compare">'
    yield (
        '<thead><tr><td></td><th scope="col">file</th>'
        f'<th scope="col">{registry}</th></tr></thead><tbody>'
    )
    for name, actual, expected in rows:
        pieces, others = _compared(one_line(actual), one_line(expected))
        yield (
            f'<tr><th scope="row">{text(name)}</th>'
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
        f"<{tag}>{text(piece.text)}</{tag}>" if piece.differs else text(piece.text)
        for piece in pieces
    )
