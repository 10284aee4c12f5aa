"""An outage is said once to people, and of every entry to programs."""

from __future__ import annotations

import json

import pytest

from compcite.checks import CHECKS
from compcite.model.report import EntryReport, Finding, Report, Severity, Status
from compcite.model.source import SourceFile, Span
from compcite.reporters import REPORTERS
from tests.reporters.sample_reports import OPTIONS

REASON = "api.crossref.org refuses connections."


def silent_report(count: int) -> Report:
    """A report on entries that nobody answered for."""
    (rule,) = (one.rule for one in CHECKS if one.rule.name == "doi-unverified")
    source = SourceFile("refs.bib", "@misc{k}\n" * count)
    entries = []
    for place in range(count):
        doi = f"10.1234/{place}"
        message = f"{doi} could not be checked: {REASON}"
        finding = Finding(rule, Severity.NOTE, message, Span(0, 5), "doi", actual=doi)
        span = Span(10 * place, 10 * place + 9)
        entries.append(
            EntryReport(source, span, f"k{place}", doi, Status.UNVERIFIED, findings=(finding,))
        )
    return Report(entries, outages={"api.crossref.org": REASON})


@pytest.mark.parametrize("form", ["text", "github", "markdown"])
def test_a_report_for_people_says_an_outage_once(form: str) -> None:
    """The summary counts the entries."""
    text = REPORTERS[form](silent_report(97), OPTIONS)
    assert text.count("doi-unverified") == 1
    if form != "github":
        assert "97 entries could not be checked" in text.replace("\\", "")


def test_a_report_for_programs_says_it_of_every_entry() -> None:
    """They may ask about one entry alone."""
    report = json.loads(REPORTERS["json"](silent_report(97), OPTIONS))
    assert sum(len(entry["findings"]) for entry in report["entries"]) == 97
