"""The baseline: what is there today is let be, what is new is reported."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from compcite.baseline import (
    Accepted,
    accepted_of,
    apply_baseline,
    read_baseline,
    write_baseline,
)
from compcite.checks import RULES, select_rules
from compcite.errors import SourceError
from compcite.formats.bibtex.read.reader import read_bibtex
from compcite.model.library import Library
from compcite.model.report import Finding, Report, Severity
from compcite.model.source import SourceFile
from compcite.verbs.verify import check_library

if TYPE_CHECKING:
    from pathlib import Path

ENTRY = "@article{%s,\n  author = {Neff, Kristin},\n  title = {Self},\n  %s\n}\n"
NAMES = select_rules(["doi-missing", "doi-malformed"])


def report(text: str, path: Path) -> Report:
    """What `check` finds in a source."""
    source = SourceFile(str(path), text)
    entries, problems = read_bibtex(source)
    return check_library(Library([source], entries, problems), NAMES)


def left(found: Report) -> list[tuple[str | None, str]]:
    """The keys and rules of what is still reported."""
    return [(entry.key, f.rule.name) for entry in found.entries for f in entry.findings]


def test_what_is_accepted_is_not_reported_wherever_it_moves(tmp_path: Path) -> None:
    """New findings are, and a value that was touched is new."""
    path = tmp_path / "refs.bib"
    text = ENTRY % ("a", "") + ENTRY % ("b", "doi = {10/x}")
    accepted = accepted_of(report(text, path), tmp_path)
    moved = "\n\n" + ENTRY % ("c", "") + text.replace("10/x", "10/y")
    found, gone = apply_baseline(report(moved, path), accepted, tmp_path, rules=NAMES)

    assert left(apply_baseline(report(text, path), accepted, tmp_path, rules=NAMES).report) == []
    assert left(found) == [("c", "doi-missing"), ("b", "doi-malformed")]
    assert [(one.key, one.rule) for one in gone] == [("b", "doi-malformed")]


def test_what_this_run_could_not_find_is_not_called_gone(tmp_path: Path) -> None:
    """Other sources, unless all were read; rules that did not run; entries nobody could check."""
    path, other = tmp_path / "refs.bib", tmp_path / "other.bib"
    accepted = accepted_of(report(ENTRY % ("a", ""), path), tmp_path)
    clean = report(ENTRY % ("a", "doi = {10.1234/a}"), path)
    elsewhere = report(ENTRY % ("a", "doi = {10.1234/a}"), other)

    def gone(found: Report, *, rules: frozenset[str] = NAMES, whole: bool = True) -> int:
        return len(apply_baseline(found, accepted, tmp_path, rules=rules, whole=whole).gone)

    assert (gone(clean), gone(elsewhere)) == (1, 1)
    assert gone(elsewhere, whole=False) == 0
    assert gone(clean, rules=frozenset({"doi-malformed"})) == 0
    assert gone(replace(clean, asked=True)) == 0


def test_an_outage_is_not_accepted(tmp_path: Path) -> None:
    """That a DOI could not be checked is no state to get used to."""
    found = report(ENTRY % ("a", ""), tmp_path / "refs.bib")
    entry = found.entries[0]
    outage = Finding(RULES["doi-unverified"], Severity.NOTE, "nobody answered", entry.span)
    entries = [replace(entry, findings=(*entry.findings, outage))]
    accepted = accepted_of(replace(found, entries=entries), tmp_path)

    assert [one.rule for one in accepted.values()] == ["doi-missing"]


def test_a_baseline_is_read_as_it_was_written(tmp_path: Path) -> None:
    """One finding a line, by source, key and rule, so that it diffs and merges."""
    path = tmp_path / "baseline.json"
    accepted = {
        "ff": Accepted("refs.bib", "a", "doi-missing", "the entry has no DOI"),
        "aa": Accepted("refs.bib", "ä", "year-mismatch", "the “year”"),
    }
    write_baseline(path, dict(reversed(accepted.items())))
    text = path.read_text(encoding="utf-8")

    assert read_baseline(path) == accepted
    assert [line[:4] for line in text.splitlines()] == ["{", '"ff"', '"aa"', '"ver', "}"]


@pytest.mark.parametrize(
    "data",
    [b"", b"[]", b"{}", b'{"version": 2}', b'{"version": 1, "a": 1}', b"\xff", b"[" * 99_999],
)
def test_a_baseline_that_cannot_be_read_is_one_sentence(tmp_path: Path, data: bytes) -> None:
    """It says what to do."""
    path = tmp_path / "baseline.json"
    path.write_bytes(data)

    with pytest.raises(SourceError, match="not readable as a baseline; write it again"):
        read_baseline(path)
    with pytest.raises(SourceError, match="there is no baseline"):
        read_baseline(tmp_path / "none")
    with pytest.raises(SourceError, match="cannot be read"):
        read_baseline(tmp_path)
