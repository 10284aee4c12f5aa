"""The report for people."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from compcite.model.report import EntryReport, Finding, Report, Status
from compcite.model.source import SourceFile, Span
from compcite.reporters import REPORTERS
from compcite.text.terminal import cell_width
from tests.reporters.sample_reports import (
    OPTIONS,
    TITLE,
    clean_report,
    full_report,
    thousand_report,
)

text_report = REPORTERS["text"]


def _report(text: str, place: str, name: str = "refs.bib", key: str = "key") -> Report:
    """A report with one finding at a piece of a source."""
    source = SourceFile(name, text)
    span = Span(text.index(place), text.index(place) + len(place))
    finding = Finding(TITLE, TITLE.severity, "It differs.", span, "title")
    entry = EntryReport(source, span, key, None, Status.VERIFIED, "Crossref", (finding,))
    return Report((entry,))


def _excerpt(report: Report, width: int | None = None) -> tuple[str, str]:
    """The source line and the line under it."""
    lines = text_report(report, replace(OPTIONS, width=width)).splitlines()
    return lines[3], lines[4]


def test_a_finding_begins_with_its_place() -> None:
    """Editors and problem matchers find file, line and column at the beginning of a line."""
    lines = text_report(_report("@a{k,\n  title = {x}\n}", "title = {x}")).splitlines()
    assert lines[1] == "refs.bib:2:3: M501 title-mismatch [warning] It differs."


def _underlined(shown: str, carets: str) -> str:
    """The part of a line that stands in the cells above the carets."""
    start = carets.index("^")
    ends = [cell_width(shown[: i + 1]) for i in range(len(shown))]
    return "".join(
        char for char, end in zip(shown, ends, strict=True) if start < end <= len(carets)
    )


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("  title = {x},", "title = {x}"),
        ("\ttitle = {x},", "title = {x}"),
        ("a = {王小明}, title = {王 e\u0301}", "title = {王 e\u0301}"),
        ("a = {e\u0301\u0301}, title = {한국어}, b", "title = {한국어}"),
        ("a = {\x1b[31m}, title = {x}, b", "title = {x}"),
    ],
)
def test_the_underline_stands_under_the_field(line: str, place: str) -> None:
    """Tabs, wide and combining characters and escapes do not move it."""
    assert _underlined(*_excerpt(_report(line, place))) == place


def test_a_long_line_is_shown_in_a_window_about_the_field() -> None:
    """Of a line of 20,000 characters, 120 about the field are shown, and that something is cut."""
    line = "x" * 10_000 + " title = {y} " + "z" * 10_000
    shown, carets = _excerpt(_report(line, "title = {y}"))
    assert _underlined(shown, carets) == "title = {y}"
    assert (shown[:5], shown[-2:], len(shown)) == ("1 │ …", "z…", 120)


def test_a_window_counts_cells_not_characters() -> None:
    """Wide characters fill a window twice as fast."""
    line = "王" * 500 + " title = {小} " + "明" * 500
    shown, carets = _excerpt(_report(line, "title = {小}"), width=60)
    assert _underlined(shown, carets) == "title = {小}"
    assert 55 <= cell_width(shown) <= 60


def test_a_field_wider_than_the_window_shows_its_beginning() -> None:
    """An author list of 5,000 characters does not fill the screen."""
    field = "author = {" + "a" * 5_000 + "}"
    shown, carets = _excerpt(_report(f"{field},", field), width=80)
    assert (cell_width(shown), shown.count("…"), shown[-1]) == (80, 1, "…")
    assert cell_width(carets) == 80


def test_a_value_that_the_excerpt_shows_is_not_said_twice() -> None:
    """Beside another value, it stands for comparison; alone, the source line tells it."""
    source = SourceFile("a.bib", "@misc{x, doi = {10.1/x}}")
    finding = Finding(TITLE, TITLE.severity, "m", Span(9, 23), "doi", None, "10.1/x")
    entry = EntryReport(source, Span(0, 24), "x", None, Status.VERIFIED, None, (finding,))
    assert "= file" not in text_report(Report((entry,)))
    elsewhere = replace(finding, actual="10.1/y")
    assert "= file  10.1/y\n" in text_report(Report((replace(entry, findings=(elsewhere,)),)))


def test_a_region_of_many_lines_shows_the_first() -> None:
    """A block that cannot be read may be half the file."""
    text = "@article{k,\n" + "  x = {y},\n" * 50
    lines = text_report(_report(text, text)).splitlines()
    assert [line for line in lines if "│ " in line] == [" 1 │ @article{k,", "   │ ^^^^^^^^^^^"]


def test_what_is_right_is_silent_unless_verbose() -> None:
    """Without findings there is a summary; verbose names each entry, with its DOI's link."""
    silent = text_report(clean_report(), OPTIONS)
    verbose = text_report(clean_report(), replace(OPTIONS, verbose=True))
    assert "fine2012" not in silent
    assert "fine2012 · verified by Crossref · https://doi.org/10.1111/bjc.12009" in verbose


def test_the_summary_says_how_many_by_whom_and_what_could_not_be_asked() -> None:
    """The end of a run in plain words."""
    text = text_report(full_report(), OPTIONS)
    expected = (
        "Answered by Crossref (4), DataCite (1) and Cross<ref> (1), "
        "with 5 requests and 2 kept answers.\n"
        "Nobody looked for the work of 1 entry without a DOI; --suggest does.\n"
        "1 entry could not be checked, through no fault of its own.\n"
        "  api.crossref.org answered 503 (service unavailable).\n"
    )
    assert expected == text[-len(expected) :]


def test_a_run_without_a_network_blames_nobody() -> None:
    """Everything stays open, and the reason is said once."""
    source = SourceFile("a.bib", "@misc{x,}")
    entry = EntryReport(source, Span(0, 9), "x", "10.1/x", Status.UNVERIFIED)
    reason = {"api.crossref.org": "api.crossref.org could not be found."}
    text = text_report(Report((entry, entry), requests=2, seconds=3.2, outages=reason), OPTIONS)
    assert text == (
        "Nothing to report of what could be checked.\n"
        "Checked 2 entries in 3.2 s: 2 not checked.\n"
        "Asked with 2 requests.\n"
        "2 entries could not be checked, through no fault of theirs.\n"
        "  api.crossref.org could not be found.\n"
    )


def test_without_asking_nothing_is_said_to_be_unchecked() -> None:
    """``check`` asks nobody, so that an entry not verified is no failure."""
    source = SourceFile("a.bib", "@misc{x,}")
    entry = EntryReport(source, Span(0, 9), "x", "10.1/x", Status.UNVERIFIED)
    text = text_report(Report((entry,), asked=False), OPTIONS)
    assert text == "Nothing to report.\nChecked 1 entry in 0.00 s without asking a registry.\n"
    verbose = text_report(Report((entry,), asked=False), replace(OPTIONS, verbose=True))
    assert verbose.startswith("── x · https://doi.org/10.1/x\n")


def test_colour_changes_no_character() -> None:
    """``FORCE_COLOR`` adds colour to a pipe and nothing else."""
    coloured = text_report(full_report(), replace(OPTIONS, colour=True))
    assert text_report(full_report(), OPTIONS) == re.sub(r"\x1b\[[\d;]*m", "", coloured)
    assert coloured != text_report(full_report(), OPTIONS)


def test_no_value_is_cut_in_a_pipe() -> None:
    """Values of any length stand whole and on one line."""
    source = SourceFile("a.bib", "@misc{x,}")
    finding = Finding(
        TITLE, TITLE.severity, "m " * 500, Span(0, 9), "title", "b " * 900 + "b", "a " * 900 + "a"
    )
    entry = EntryReport(source, Span(0, 9), "x", None, Status.VERIFIED, None, (finding,))
    text = text_report(Report((entry,)), OPTIONS)
    assert "= file      " + "a " * 900 + "a\n" in text
    assert "= registry  " + "b " * 900 + "b\n" in text


def test_no_data_begins_a_line() -> None:
    """A key or a file such as ``::error::`` gives no commands to a CI system."""
    report = _report("@misc{x,}", "x", name="::error::.bib", key="::stop-commands::x")
    lines = text_report(report, replace(OPTIONS, verbose=True)).splitlines()
    assert [line for line in lines if line.lstrip().startswith("::")] == []


def test_every_entry_of_a_long_report_is_there() -> None:
    """A thousand findings are a thousand places."""
    text = text_report(thousand_report(), OPTIONS)
    assert len(re.findall(r"^thousand\.bib:\d+:3: M501 ", text, re.MULTILINE)) == 1_000
