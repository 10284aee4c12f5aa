"""JUnit XML: valid, and read by a parser made for it."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
import xmlschema
from junitparser import Failure, JUnitXml, Skipped, TestCase, TestSuite

from compcite.model.report import EntryReport, Report, Severity, Status
from compcite.model.source import SourceFile, Span
from compcite.reporters import REPORTERS, ReportOptions
from tests.reporters.sample_reports import OPTIONS, SAMPLES, full_report, offline_report

if TYPE_CHECKING:
    from pathlib import Path


def _suites(report: Report, options: ReportOptions = OPTIONS) -> list[TestSuite]:
    return list(JUnitXml.fromstring(REPORTERS["junit"](report, options).encode()))


def _outcomes(cases: list[TestCase]) -> Counter[str]:
    """How many cases failed, were skipped, or passed."""
    return Counter(
        "failed"
        if any(isinstance(r, Failure) for r in case.result)
        else "skipped"
        if any(isinstance(r, Skipped) for r in case.result)
        else "passed"
        for case in cases
    )


@pytest.mark.parametrize("sample", SAMPLES)
def test_the_document_is_valid(sample: str, shared: Path) -> None:
    """The schema of Ant's task accepts it."""
    schema = xmlschema.XMLSchema10(shared / "data/schemas/JUnit.xsd")
    document = REPORTERS["junit"](SAMPLES[sample](), OPTIONS)
    assert [error.reason for error in schema.iter_errors(document)] == []


def test_each_entry_is_a_test() -> None:
    """Errors and warnings fail it, what could not be checked skips it."""
    (suite,) = _suites(full_report())
    assert _outcomes(list(suite)) == {"failed": 8, "skipped": 1, "passed": 2}
    assert (suite.tests, suite.failures, suite.errors, suite.skipped) == (11, 8, 0, 1)


def test_what_fails_a_run_fails_a_test() -> None:
    """``--fail-on error`` lets warnings pass; they stand in the output of the suite."""
    options = replace(OPTIONS, fail_on=Severity.ERROR)
    (suite,) = _suites(full_report(), options)
    assert _outcomes(list(suite)) == {"failed": 5, "skipped": 1, "passed": 5}
    _, output = REPORTERS["junit"](full_report(), options).split("<system-out>")
    assert "M503 year-mismatch [warning]" in output
    (suite,) = _suites(full_report(), replace(OPTIONS, fail_on=None))
    assert _outcomes(list(suite)) == {"skipped": 1, "passed": 10}


def test_a_failure_names_the_gravest_rule_and_tells_all() -> None:
    """The type is for counting, the text for reading."""
    (suite,) = _suites(full_report())
    failure = next(case for case in suite if case.name == "neff2003").result[0]
    assert (failure.type, failure.message) == (
        "wrong-work",
        "The DOI is registered for another work.",
    )
    assert "refs/my list.bib:12:3: M501 title-mismatch [warning]" in failure.text


def test_each_source_is_a_suite_with_names_of_its_own() -> None:
    """A key used again is numbered, since CI systems know tests by their names."""
    suites = _suites(offline_report())
    assert [(suite.name, [case.name for case in suite]) for suite in suites] == [
        ("a.bib", ["x", "x (2)"]),
        ("-", ["x", "x (2)", "x (3)"]),
    ]


def test_without_asking_nothing_is_skipped() -> None:
    """``check`` is not to verify anything."""
    source = SourceFile("a.bib", "@misc{x,}")
    entry = EntryReport(source, Span(0, 9), "x", "10.1/x", Status.UNVERIFIED)
    (suite,) = _suites(Report((entry,), asked=False))
    assert _outcomes(list(suite)) == {"passed": 1}
