"""The JSON report, key by key, and its form of one entry a line."""

from __future__ import annotations

import json
from typing import Any

from compcite.model.report import EntryReport, Report, Status
from compcite.model.source import SourceFile, Span
from compcite.reporters import REPORTERS
from compcite.reporters.jsonl import entry_line
from tests.reporters.sample_reports import full_report


def _json() -> Any:  # noqa: ANN401 - whatever JSON holds
    return json.loads(REPORTERS["json"](full_report()))


def test_the_keys_stand_as_documented() -> None:
    """Programs rely on these names; every key is always there, in this order."""
    report = _json()
    entry = report["entries"][0]
    finding = entry["findings"][0]
    assert list(report) == ["version", "tool", "summary", "entries"]
    assert " ".join(report["tool"]) == "name version"
    assert " ".join(report["summary"]) == (
        "entries verified unverified errors warnings notes requests seconds snapshot"
    )
    assert " ".join(entry) == "source line key doi status agency findings"
    assert " ".join(finding) == (
        "rule code severity message field expected actual line column end_line end_column fix"
    )
    assert " ".join(finding["fix"]) == "title safe edits"
    assert " ".join(finding["fix"]["edits"][0]) == "start end text"


def test_a_block_without_a_key_has_null() -> None:
    """What could not be read is an entry of the report nevertheless."""
    entry = _json()["entries"][-1]
    assert (entry["key"], entry["doi"], entry["agency"]) == (None, None, None)
    assert (entry["status"], entry["line"]) == ("unparsed", 53)


def test_columns_count_code_points_from_one_and_end_beyond_the_field() -> None:
    """Cut out of its line by its columns, the field is what it was."""
    source = full_report().entries[0].source
    finding = _json()["entries"][2]["findings"][1]
    line = source.text.split("\n")[finding["line"] - 1]
    cut = line[finding["column"] - 1 : finding["end_column"] - 1]
    assert cut == "title  = {北京の e\u0301tude 心理学}"


def test_edits_are_offsets_of_the_text() -> None:
    """Applied to the text, an edit replaces the value and nothing else."""
    source = full_report().entries[0].source
    (edit,) = _json()["entries"][0]["findings"][1]["fix"]["edits"]
    edited = source.text[: edit["start"]] + edit["text"] + source.text[edit["end"] :]
    assert edited == source.text.replace("{2016}", "{2017}")


def test_lines_are_the_entries_of_the_report() -> None:
    """``jsonl`` holds an entry a line, each also to be had alone as it becomes known."""
    report = full_report()
    lines = REPORTERS["jsonl"](report).splitlines(keepends=True)
    assert _json()["entries"] == [json.loads(line) for line in lines]
    assert lines == [entry_line(entry) for entry in report.entries]


def test_text_survives_whatever_it_holds() -> None:
    """What JSON leaves raw and a terminal or a line reader would not is escaped."""
    key = "\x9b31m\u202e\u2028\x85\x7f\ufeff\ud800 é王"
    entry = EntryReport(SourceFile("a.bib", "x"), Span(0, 1), key, None, Status.NO_DOI)
    text = REPORTERS["json"](Report((entry,)))
    assert key == json.loads(text)["entries"][0]["key"]
    assert "é王" in text
    assert [char for char in "\x9b\u202e\u2028\x85\x7f\ufeff\ud800" if char in text] == []
