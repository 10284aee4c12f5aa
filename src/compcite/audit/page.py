"""The summary of an audit as one HTML page, with the pictures that reports have."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from compcite.checks import RULES
from compcite.model.report import Status
from compcite.reporters.html.elements import text
from compcite.reporters.html.page import whole_page
from compcite.reporters.html.pictures import Bar, draw
from compcite.reporters.html.rules import explain
from compcite.reporters.html.statuses import plain_status
from compcite.text.phrases import amount

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from compcite.audit.summary import Summary
    from compcite.model.report import Rule

__all__ = ["page_of"]


def page_of(summary: Summary, started: dt.datetime) -> str:
    """The page; ``started`` is when the audit began."""
    name = f"{amount(summary.lists, 'list')} with {amount(summary.entries, 'entry')}"
    return whole_page("Audit", name, started, _main(summary), skip_to="lists")


def _main(summary: Summary) -> Iterator[str]:
    """The lines of the page's content."""
    yield f'<p class="lead">{text(summary.found)}</p>'
    yield f'<p class="quiet">{text(" ".join(summary.sentences()))}</p>'
    yield from draw(_statuses(summary), _rules(summary))
    yield '<h2 id="lists" tabindex="-1">Lists with the most findings</h2>'
    worst = summary.worst
    if worst:
        heads = ("list", "entries", "errors", "warnings", "notes")
        yield from _table(heads, [(one.name, one.entries, *one.gravity) for one in worst])
    else:
        yield "<p>There are none.</p>"
    if summary.unread:
        yield f"<h2>{amount(summary.unread_count, 'list')} that could not be read</h2>"
        rows = [(one.name, one.problem or "") for one in summary.unread]
        yield from _table(("list", "reason"), rows)
        if more := summary.unread_count - len(summary.unread):
            yield f"<p>And {more:,} more, which stand in the results.</p>"
    yield from explain(_found_rules(summary))


def _statuses(summary: Summary) -> list[Bar]:
    """A bar for each status that entries have; none where no registry was asked."""
    if not summary.asked:
        return []
    shown = [(plain_status(status), summary.statuses[status]) for status in Status]
    return [Bar(one.words, count, one.style) for one, count in shown if count]


def _rules(summary: Summary) -> list[Bar]:
    """A bar for each rule and severity, the most frequent first."""
    return [
        Bar(rule, count, severity.value) for (rule, severity), count in summary.rules.most_common()
    ]


def _found_rules(summary: Summary) -> Counter[Rule]:
    """The rules that found something, each with the number of its findings."""
    counts: Counter[Rule] = Counter()
    for (name, _), count in summary.rules.items():
        counts[RULES[name]] += count
    return counts


def _table(heads: Sequence[str], rows: Sequence[Sequence[str | int]]) -> Iterator[str]:
    """A table whose first column names the lists; it has at least one row."""
    yield '<table class="lists"><thead><tr>'
    for head, value in zip(heads, rows[0], strict=True):
        yield f'<th scope="col"{_style(value)}>{head}</th>'
    yield "</tr></thead><tbody>"
    for name, *cells in rows:
        shown = "".join(f"<td{_style(cell)}>{_shown(cell)}</td>" for cell in cells)
        yield f'<tr><th scope="row" dir="auto">{_shown(name)}</th>{shown}</tr>'
    yield "</tbody></table>"


def _style(value: str | int) -> str:
    """The attribute by which a number stands at the right, and words as their language wants."""
    return ' class="number"' if isinstance(value, int) else ' dir="auto"'


def _shown(value: str | int) -> str:
    """A number or words, as HTML."""
    return f"{value:,}" if isinstance(value, int) else text(value)
