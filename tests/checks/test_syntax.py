"""Family B1: what the reader met becomes findings with a place."""

from __future__ import annotations

from compcite.model.report import Severity, Status
from compcite.verbs.verify import check_library
from tests.checks.cases import check, entry, library, rules_of


def test_an_unreadable_block_is_an_entry_of_the_report() -> None:
    """It stands where it is in the source, and the others are judged."""
    text = entry("a") + '@article{b, title = "open\n\n' + entry("c", doi="10.1000/c")
    report = check_library(library(text))
    assert [one.status for one in report.entries].count(Status.UNPARSED) == 1
    assert [one.key for one in report.entries][0::2] == ["a", "c"]
    assert rules_of(report.entries[1]) == ["entry-unparsed"]
    assert report.entries[1].findings[0].severity is Severity.ERROR


def test_what_is_said_of_an_entry_stands_on_it() -> None:
    """A problem inside an entry is a finding of that entry at its place."""
    text = entry("a") + "@article{b,\n  title = undefinedmacro,\n  year = 2017\n}\n"
    report = check(text, rules=("string-undefined",))
    assert rules_of(report) == ["string-undefined"]
    assert text[report.findings[-1].span.start :].startswith("undefinedmacro")
