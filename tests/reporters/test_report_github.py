"""Annotations in GitHub Actions, read back as the runner reads them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from compcite.model.report import EntryReport, Finding, Report, Severity, Status
from compcite.model.source import SourceFile, Span
from compcite.reporters import REPORTERS, ReportOptions
from compcite.text.terminal import one_line
from tests.reporters.sample_reports import TITLE, full_report, offline_report

if TYPE_CHECKING:
    from pathlib import Path


class Command(NamedTuple):
    """A workflow command as the runner understands it."""

    name: str
    properties: dict[str, str]
    message: str


def _commands(text: str) -> list[Command]:
    """Every line as a command; a line that is none fails."""
    commands = []
    for line in text.split("\n")[:-1]:
        match = re.fullmatch(r"::(\w+) ([^\n]*?)::([^\n]*)", line)
        assert match, line
        pairs = (pair.split("=", 1) for pair in match[2].split(","))
        properties = {name: _unescaped(value) for name, value in pairs}
        commands.append(Command(match[1], properties, _unescaped(match[3])))
    return commands


def _unescaped(text: str) -> str:
    """What the runner makes of escaped data."""
    for escaped, char in (("%3A", ":"), ("%2C", ","), ("%0D", "\r"), ("%0A", "\n"), ("%25", "%")):
        text = text.replace(escaped, char)
    return text


def test_an_annotation_stands_on_the_field() -> None:
    """File, line and columns of the field; the message shows both values and the fix."""
    commands = _commands(REPORTERS["github"](full_report()))
    expected = Command(
        "warning",
        {
            "file": "refs/my list.bib",
            "line": "6",
            "endLine": "6",
            "col": "3",
            "endColumn": "19",
            "title": "M503 year-mismatch (au2017)",
        },
        "The year is 2016 here and 2017 in the record.\n"
        "file: 2016\nregistry: 2017\nfix: write 2017",
    )
    assert expected == next(c for c in commands if "M503" in c.properties["title"])


def test_the_gravest_come_first() -> None:
    """GitHub shows ten of a kind and fifty of a job."""
    names = [command.name for command in _commands(REPORTERS["github"](full_report()))]
    assert names == ["error"] * 5 + ["warning"] * 6 + ["notice"] * 3 + ["warning"]


def test_a_place_on_several_lines_has_no_columns() -> None:
    """GitHub takes columns only where line and endLine are the same."""
    commands = _commands(REPORTERS["github"](full_report()))
    unparsed = next(c for c in commands if "B100" in c.properties["title"])
    assert list(unparsed.properties) == ["file", "line", "endLine", "title"]
    assert (unparsed.properties["line"], unparsed.properties["endLine"]) == ("53", "53")


def test_standard_input_is_no_file() -> None:
    """What came through a pipe has no line to annotate."""
    commands = _commands(REPORTERS["github"](offline_report()))
    assert [c.properties.get("file") for c in commands] == ["a.bib", None, None]


def test_paths_are_relative_to_the_repository(tmp_path: Path) -> None:
    """An absolute path below the root loses the root."""
    source = SourceFile(str(tmp_path / "paper" / "refs.bib"), "@misc{x,}")
    finding = Finding(TITLE, Severity.WARNING, "m", Span(0, 1))
    entry = EntryReport(source, Span(0, 9), "x", None, Status.VERIFIED, None, (finding,))
    text = REPORTERS["github"](Report((entry,)), ReportOptions(root=tmp_path))
    assert _commands(text)[0].properties["file"] == "paper/refs.bib"


@given(st.text(), st.text())
def test_no_text_breaks_out_of_its_command(key: str, message: str) -> None:
    """Whatever key and message hold, there is one command that says just them."""
    source = SourceFile("a.bib", "@misc{x,}")
    finding = Finding(TITLE, Severity.WARNING, message, Span(0, 1))
    entry = EntryReport(source, Span(0, 9), key, None, Status.VERIFIED, None, (finding,))
    (command,) = _commands(REPORTERS["github"](Report((entry,))))
    assert command.message == one_line(message)
    assert command.properties["title"] == one_line(f"M501 title-mismatch ({key})")
