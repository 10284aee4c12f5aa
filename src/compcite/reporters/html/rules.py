"""The rules that found something, explained at the end of the page."""

from __future__ import annotations

import re
from collections import Counter
from textwrap import dedent
from typing import TYPE_CHECKING

from compcite.reporters.html.elements import text
from compcite.text.phrases import amount
from compcite.version import rule_page

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from compcite.model.report import Report, Rule

__all__ = ["explain", "explained_rules", "rule_link"]

_CODE = re.compile(r"`([^`]+)`")
_EMPHASIS = re.compile(r"\*(\w[^*]*)\*")
_BLANK_LINES = re.compile(r"\n\s*\n")
_INDENT = "    "


def rule_link(rule: Rule) -> str:
    """A rule's code and name, as a link to its explanation on this page."""
    return f'<a href="#rule-{text(rule.name)}"><code>{text(rule.code)} {text(rule.name)}</code></a>'


def explained_rules(report: Report) -> Iterator[str]:
    """A section for each rule that found something: what it says, why, and where to read more."""
    yield from explain(Counter(f.rule for entry in report.entries for f in entry.findings))


def explain(counts: Mapping[Rule, int]) -> Iterator[str]:
    """A section for each of some rules, the gravest first; ``counts`` are their findings."""
    if not counts:
        return
    yield "<h2>The rules</h2>"
    for rule in sorted(counts, key=lambda rule: (-rule.severity.rank, rule.code)):
        name = text(rule.name)
        yield f'<section class="rule" id="rule-{name}" tabindex="-1">'
        yield f"<h3>{text(rule.code)} {name}</h3>"
        found = amount(counts[rule], "finding")
        yield f'<p class="quiet">{rule.severity}, {found}, {rule.fix.value}</p>'
        yield f"<p><strong>{_prose(rule.summary)}</strong></p>"
        yield from _markdown(rule.explanation)
        yield f'<p><a href="{text(rule_page(rule.name))}">More about {name}</a></p>'
        yield "</section>"


def _markdown(explanation: str) -> Iterator[str]:
    """The HTML of a rule's explanation in Markdown, which is only paragraphs and indented code."""
    for block in _BLANK_LINES.split(explanation.strip("\n")):
        if block.startswith(_INDENT):
            lines = "\n".join(map(text, dedent(block).splitlines()))
            yield f"<pre><code>{lines}</code></pre>"
        elif block:
            yield f"<p>{_prose(block)}</p>"


def _prose(markdown: str) -> str:
    """The HTML of a paragraph of Markdown: its code and its stressed words are marked."""
    return _EMPHASIS.sub(r"<em>\1</em>", _CODE.sub(r"<code>\1</code>", text(markdown)))
