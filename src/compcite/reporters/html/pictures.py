"""The two pictures of the page: bars for the statuses of entries and for the rules of findings.

They are SVG within the page. Its lengths are in ``em`` and percent, so that the words keep their
size on a narrow screen. Screen readers get one sentence with the same numbers.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from compcite.reporters.html.elements import text
from compcite.reporters.html.statuses import shown_statuses

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from compcite.model.report import Report

__all__ = ["Bar", "draw", "pictures"]

_ROW = 2.6  # em: a line of words and its bar
_BASELINE, _BAR_TOP, _BAR_HEIGHT = 1.0, 1.4, 0.45  # em, from the top of a row


class Bar(NamedTuple):
    """A bar of a picture: its words, its number, and the CSS class of its colour."""

    words: str
    number: int
    style: str


def pictures(report: Report) -> Iterator[str]:
    """The pictures that the report has something for; without a registry there are no statuses."""
    statuses = [Bar(s.words, n, s.style) for s, n in shown_statuses(report)] if report.asked else []
    yield from draw(statuses, _rules(report))


def draw(statuses: Sequence[Bar], rules: Sequence[Bar]) -> Iterator[str]:
    """The pictures of the statuses and of the rules; one without bars is left out."""
    if not (statuses or rules):
        return
    yield '<section class="pictures" aria-label="Pictures">'
    if statuses:
        yield from _picture("statuses", "Entries by status", statuses)
    if rules:
        yield from _picture("findings", "Findings by rule", rules)
    yield "</section>"


def _rules(report: Report) -> list[Bar]:
    """A bar for each rule that found something: the most frequent first."""
    findings = [finding for entry in report.entries for finding in entry.findings]
    counts = Counter(finding.rule.name for finding in findings)
    # A rule has the colour of its gravest finding, which a configuration may have changed.
    gravest = {f.rule.name: f.severity for f in sorted(findings, key=lambda f: f.severity.rank)}
    return [Bar(name, number, gravest[name]) for name, number in counts.most_common()]


def _picture(name: str, title: str, bars: Sequence[Bar]) -> Iterator[str]:
    """The lines of an HTML figure with an SVG of bars; the longest bar is as wide as the picture.

    ``name`` makes its ``id``.
    """
    most = max(bar.number for bar in bars)
    said = "; ".join(f"{bar.number:,} {bar.words}" for bar in bars)
    yield f"<figure><figcaption>{title}</figcaption>"
    yield (
        f'<svg role="img" aria-labelledby="picture-{name}" width="100%" '
        f'height="{len(bars) * _ROW:g}em">'
    )
    yield f'<title id="picture-{name}">{title}: {text(said)}.</title>'
    for row, bar in enumerate(bars):
        top = row * _ROW
        words, track = f'y="{top + _BASELINE:g}em"', f'y="{top + _BAR_TOP:g}em"'
        size = f'height="{_BAR_HEIGHT:g}em" rx="{_BAR_HEIGHT / 2:g}em"'
        yield f"<text {words}>{text(bar.words)}</text>"
        yield f'<text {words} x="100%" class="number">{bar.number:,}</text>'
        yield f'<rect {track} {size} width="100%" class="track"/>'
        yield f'<rect {track} {size} width="{100 * bar.number / most:.1f}%" class="{bar.style}"/>'
    yield "</svg></figure>"
