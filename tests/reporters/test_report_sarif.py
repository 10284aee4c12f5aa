"""SARIF 2.1.0: valid, with rules, places, fixes and fingerprints that consumers can use."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest

from compcite.model.report import EntryReport, Finding, Fix, Report, Severity, Status
from compcite.model.source import SourceFile, Span
from compcite.reporters import REPORTERS, ReportOptions
from tests.reporters.sample_reports import HOSTILE, OPTIONS, SAMPLES, TITLE, full_report

if TYPE_CHECKING:
    from pathlib import Path


def _log(report: Report, options: ReportOptions = OPTIONS) -> dict[str, Any]:
    log = json.loads(REPORTERS["sarif"](report, options))
    assert isinstance(log, dict)
    return log


def _run(report: Report, options: ReportOptions = OPTIONS) -> dict[str, Any]:
    (run,) = _log(report, options)["runs"]
    assert isinstance(run, dict)
    return run


def _named(name: str) -> Report:
    """A report on a file of that name."""
    finding = Finding(TITLE, Severity.WARNING, "m", Span(0, 1))
    source = SourceFile(name, "@misc{x,}")
    return Report((EntryReport(source, Span(0, 9), "x", None, Status.VERIFIED, None, (finding,)),))


@pytest.mark.parametrize("sample", SAMPLES)
def test_the_log_is_valid(sample: str, shared: Path) -> None:
    """The schema of OASIS accepts it."""
    schema = json.loads((shared / "data/schemas/sarif-schema-2.1.0.json").read_text("utf-8"))
    validator = jsonschema.validators.validator_for(schema)(
        schema, format_checker=jsonschema.FormatChecker()
    )
    assert [error.message for error in validator.iter_errors(_log(SAMPLES[sample]()))] == []


def test_results_point_at_their_rules() -> None:
    """Each rule stands once, with its help."""
    run = _run(full_report())
    rules = run["tool"]["driver"]["rules"]
    assert [r["ruleId"] for r in run["results"]] == [
        rules[r["ruleIndex"]]["id"] for r in run["results"]
    ]
    assert sorted({r["ruleId"] for r in run["results"]}) == [rule["id"] for rule in rules]
    assert [rule["id"] for rule in rules if not rule["help"]["markdown"]] == []


def test_regions_cut_the_field_out_of_the_file() -> None:
    """Columns count code points, as ``columnKind`` says, and end beyond the field."""
    report = full_report()
    run = _run(report)
    region = run["results"][5]["locations"][0]["physicalLocation"]["region"]
    line = report.entries[0].source.text.split("\n")[region["startLine"] - 1]
    assert run["columnKind"] == "unicodeCodePoints"
    assert line[region["startColumn"] - 1 : region["endColumn"] - 1] == (
        "title  = {北京の e\u0301tude 心理学}"
    )


def test_fixes_replace_the_region_of_their_edit() -> None:
    """The deleted region is what the edit replaces, the inserted content its text."""
    report = full_report()
    (fix,) = _run(report)["results"][1]["fixes"]
    (replacement,) = fix["artifactChanges"][0]["replacements"]
    region = replacement["deletedRegion"]
    line = report.entries[0].source.text.split("\n")[region["startLine"] - 1]
    assert line[region["startColumn"] - 1 : region["endColumn"] - 1] == "2016"
    assert replacement["insertedContent"] == {"text": "2017"}
    assert fix["properties"] == {"safe": False}


def test_a_fix_without_edits_is_left_out() -> None:
    """The schema wants at least one replacement."""
    fix = Fix("look it up", safe=False, edits=())
    finding = Finding(TITLE, Severity.WARNING, "m", Span(0, 1), fix=fix)
    source = SourceFile("a.bib", "@misc{x,}")
    entry = EntryReport(source, Span(0, 9), "x", None, Status.VERIFIED, None, (finding,))
    assert "fixes" not in _run(Report((entry,)))["results"][0]


@pytest.mark.parametrize(
    ("name", "uri"),
    [
        ("refs.bib", "refs.bib"),
        ("refs/my list.bib", "refs/my%20list.bib"),
        ("ré#1?.bib", "r%C3%A9%231%3F.bib"),
        ("a:b.bib", "a%3Ab.bib"),
        ("-", "-"),
    ],
)
def test_paths_are_relative_references(name: str, uri: str) -> None:
    """Percent-encoded, and relative to the root of the sources."""
    result = _run(_named(name))["results"][0]
    location = result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert location == {"uri": uri, "uriBaseId": "%SRCROOT%"}


def test_a_file_outside_the_root_has_a_file_uri(tmp_path: Path) -> None:
    """An absolute path is a URI with a scheme."""
    path = tmp_path / "refs.bib"
    run = _run(_named(str(path)), ReportOptions(root=tmp_path / "elsewhere"))
    assert run["artifacts"][0]["location"] == {"uri": path.as_uri()}


def test_data_makes_no_links_and_no_placeholders() -> None:
    """Brackets and braces in messages are escaped as sections 3.11.5 and 3.11.6 say."""
    finding = Finding(TITLE, Severity.WARNING, "[x](http://evil) {0}", Span(0, 1))
    source = SourceFile("a.bib", "@misc{x,}")
    entry = EntryReport(source, Span(0, 9), "x", None, Status.VERIFIED, None, (finding,))
    result = _run(Report((entry,)))["results"][0]
    assert result["message"]["text"] == r"\[x\](http://evil) {{0}}"


def test_values_stand_unchanged_among_the_properties() -> None:
    """Programs get the data as it is."""
    result = _run(full_report())["results"][6]
    assert result["properties"]["actual"] == HOSTILE


def test_what_could_not_be_asked_is_a_notification() -> None:
    """An outage is no result, and the run succeeded nevertheless."""
    (invocation,) = _run(full_report())["invocations"]
    assert invocation["executionSuccessful"] is True
    assert [n["message"]["text"][:16] for n in invocation["toolExecutionNotifications"]] == [
        "api.crossref.org"
    ]
    assert invocation["endTimeUtc"] == "2026-01-02T03:04:06Z"
