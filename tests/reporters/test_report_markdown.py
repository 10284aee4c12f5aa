"""Markdown for job pages and pull requests, read as GitHub Flavored Markdown."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from compcite.model.report import EntryReport, Finding, Report, Severity, Status
from compcite.model.source import SourceFile, Span
from compcite.reporters import REPORTERS
from compcite.reporters.options import ReportOptions
from compcite.text.terminal import one_line
from tests.reporters.sample_reports import TITLE, full_report

if TYPE_CHECKING:
    from markdown_it.token import Token

OURS = {"<br>", "<!-- -->", "<span>", "</span>"}
KINDS = {"text", "text_special", "code_inline", "strong_open", "strong_close", "html_inline"}
MESSAGE_CELL = 2
VALUE_CELL = 3


def _cells(report: Report, *options: ReportOptions) -> list[Token]:
    """The inline content of every cell but the head's."""
    text = REPORTERS["markdown"](report, *options)
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    return [token for before, token in pairwise(tokens) if before.type == "td_open"]


def _shown(token: Token) -> str:
    """What a reader sees of a cell."""
    return "".join(child.content for child in token.children or () if child.type != "html_inline")


def _one(key: str, message: str, actual: str) -> Report:
    source = SourceFile("a.bib", "@misc{x,}")
    finding = Finding(TITLE, Severity.WARNING, message, Span(0, 1), "title", None, actual)
    entry = EntryReport(source, Span(0, 9), key, None, Status.VERIFIED, None, (finding,))
    return Report((entry,))


def test_each_finding_is_a_row() -> None:
    """Five cells: line, entry, finding, file, registry."""
    assert len(_cells(full_report())) == 5 * 14


def test_quiet_leaves_the_tables() -> None:
    """Neither heading nor summary; and nothing where nothing was found."""
    quiet = ReportOptions(quiet=True)
    shown = REPORTERS["markdown"](full_report(), quiet)

    assert shown.startswith("### `")
    assert len(_cells(full_report(), quiet)) == 5 * 14
    assert shown.endswith(" |\n")
    assert REPORTERS["markdown"](Report(()), quiet) == ""


def test_links_are_those_of_the_dois() -> None:
    """Nothing else becomes a link."""
    links = [
        child.attrs["href"]
        for cell in _cells(full_report())
        for child in cell.children or ()
        if child.type == "link_open"
    ]
    assert [link for link in links if not str(link).startswith("https://doi.org/10.")] == []


@pytest.mark.parametrize(
    "message",
    [
        "@octocat",
        "see #12",
        "GH $x$",
        "http://evil.example",
        "www.evil.example",
        "!7",
        "a@b.example",
    ],
)
def test_nothing_in_a_message_is_a_mention_or_a_reference(message: str) -> None:
    """GitHub and GitLab link names, numbers, addresses and formulas also in plain text."""
    raw = _cells(_one("x", message, "y"))[MESSAGE_CELL]
    broken = [child.content for child in raw.children or () if child.type == "html_inline"]
    assert "<!-- -->" in broken or "<span>" in broken
    assert _shown(raw).endswith(message)


@given(st.text(), st.text(), st.text(min_size=1))
def test_no_text_becomes_markup(key: str, message: str, actual: str) -> None:
    """Whatever the texts hold, five cells show them, with no markup but the report's."""
    cells = _cells(_one(key, message, actual))
    kinds = Counter(child.type for cell in cells for child in cell.children or ())
    html = {c.content for cell in cells for c in cell.children or () if c.type == "html_inline"}
    assert len(cells) == 5
    assert set(kinds) <= {
        "text",
        "text_special",
        "code_inline",
        "strong_open",
        "strong_close",
        "html_inline",
    }
    assert kinds["code_inline"] == 3
    assert html <= OURS
    assert _shown(cells[VALUE_CELL]).strip() == one_line(actual).strip()
