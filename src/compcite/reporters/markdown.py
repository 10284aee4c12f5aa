"""The report as Markdown, for the summary page of a job or a comment on a pull request.

It is GitHub Flavored Markdown as GitHub and GitLab read it. Keys, paths and values stand in code
spans, in which nothing is markup, a mention or a reference. In messages such characters are
escaped.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from compcite.reporters._outages import without_repeated_outages
from compcite.reporters._summary import checked, fixable, found, unasked
from compcite.reporters._wording import doi_url, label
from compcite.reporters.places import relative_path
from compcite.text.terminal import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compcite.model.report import EntryReport, Finding, Report
    from compcite.reporters.options import ReportOptions

__all__ = ["render"]

_SPECIAL = re.compile(r"[\\`*_\[\]|~<>&$]|[@#!%](?=\w)|:(?=//)|(?<=www)\.")
_ENTITIES = {"<": "&lt;", ">": "&gt;", "&": "&amp;"}
_HEAD = "| line | entry | finding | file | registry |\n|---:|---|---|---|---|"


def render(report: Report, options: ReportOptions) -> str:
    """A heading, a table of findings for each source, and what was checked.

    With ``quiet`` the tables alone; then nothing at all says that nothing was found.
    """
    report = without_repeated_outages(report)
    tables = list(_tables(report, options))
    if options.quiet:
        return "".join(f"{part}\n\n" for part in tables).removesuffix("\n")
    parts = [f"## References: {_headline(report)}", *tables]
    sentences = [*filter(None, [fixable(report)]), *checked(report)]
    parts.append(" ".join(map(_escaped, sentences)))
    unverified, reasons = unasked(report)
    if unverified:
        parts.append(_escaped(unverified))
    if reasons:
        parts.append("\n".join(f"- {_escaped(reason)}" for reason in reasons))
    return "\n\n".join(parts) + "\n"


def _tables(report: Report, options: ReportOptions) -> Iterator[str]:
    """The path of each source with findings, then its table."""
    for _, grouped in groupby(report.entries, key=lambda entry: entry.source.name):
        entries = list(grouped)
        rows = [_row(finding, entry) for entry in entries for finding in entry.findings]
        if rows:
            path = relative_path(entries[0].source, options.root)
            yield f"### {_code(path)}"
            yield "\n".join((_HEAD, *rows))


def _headline(report: Report) -> str:
    """What was found, in words that fit behind a colon."""
    sentence = found(report).removeprefix("Found ").removesuffix(".")
    return sentence[0].lower() + sentence[1:]


def _row(finding: Finding, entry: EntryReport) -> str:
    """A row of the table: line, entry with a link to its DOI, what is wrong, both values."""
    url = doi_url(entry.doi)
    name = _code(label(entry))
    key = f"[{name}](<{url}>)" if url else name
    rule = f"**{finding.severity}** {finding.rule.code} {_code(finding.rule.name)}"
    fix = f"<br>Fix: {_escaped(finding.fix.title)}" if finding.fix else ""
    cells = (
        str(entry.source.position(finding.span.start).line),
        key,
        f"{rule}<br>{_escaped(finding.message)}{fix}",
        _value(finding.actual),
        _expected(finding),
    )
    return f"| {' | '.join(cells)} |"


def _expected(finding: Finding) -> str:
    """The registry's value; a DOI is a link."""
    value = _value(finding.expected)
    url = doi_url(finding.expected) if finding.field == "doi" else ""
    return f"[{value}](<{url}>)" if url else value


def _value(text: str | None) -> str:
    """A value as a code span; empty where there is none."""
    return _code(text) if text else ""


def _code(text: str) -> str:
    """A code span for a table, between more backticks than the text has in a row."""
    text = one_line(text).strip() or " "
    fence = "`" * (max((len(run) for run in re.findall("`+", text)), default=0) + 1)
    pad = " " if "`" in (text[0], text[-1]) else ""
    # In a table a backslash keeps a pipe in its cell, in code too (GFM 4.10).
    return f"{fence}{pad}{text}{pad}{fence}".replace("|", "\\|")


def _escaped(text: str) -> str:
    """Text in which nothing is markup, a mention, a reference, a formula or a link."""
    return _SPECIAL.sub(_escape, one_line(text))


def _escape(match: re.Match[str]) -> str:
    """A special character, written so that it has no special meaning."""
    char = match[0]
    if char in _ENTITIES:
        return _ENTITIES[char]
    if char == "$":
        return "<span>$</span>"
    return f"{char}<!-- -->" if char in "@#!%:." else f"\\{char}"
