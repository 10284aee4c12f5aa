"""Ignores: where they stand, what they take out of a report, what is complained of."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from compcite.checks import CHECK_FAMILIES, VERIFY_FAMILIES, select_rules
from compcite.errors import ConfigError
from compcite.formats.bibtex.read.reader import read_bibtex
from compcite.ignores import (
    Ignore,
    apply_ignores,
    ignores_by_entry,
    ignores_by_source,
    ignores_in,
)
from compcite.model.library import Library
from compcite.model.report import Report, Severity, Status
from compcite.model.source import SourceFile
from compcite.severities import apply_severities, severities_of
from compcite.verbs.verify import check_library

TODAY = dt.date(2026, 11, 23)
RULES = select_rules(families=CHECK_FAMILIES)
# An article without a journal and without a DOI: field-missing and doi-missing.
ENTRY = (
    "@article{%s,\n  author = {Neff, Kristin},\n  title = {Self-Compassion},\n  year = 2003,\n%s}\n"
)


def library(text: str, name: str = "refs.bib") -> Library:
    """A library of one source."""
    source = SourceFile(name, text)
    entries, problems = read_bibtex(source)
    return Library([source], entries, problems)


def left(report: Report) -> list[tuple[str | None, str]]:
    """The keys and rules of what is still reported."""
    return [(entry.key, f.rule.name) for entry in report.entries for f in entry.findings]


def settled(text: str, *more: Ignore, today: dt.date = TODAY) -> tuple[list[str], list[str]]:
    """What is left of entry ``a`` when its own and further ignores are applied; complaints."""
    read = library(text)
    local, complaints = ignores_in(read)
    report, others = apply_ignores(
        check_library(read, RULES), [*more, *local], rules=RULES, today=today
    )
    return [rule for key, rule in left(report) if key == "a"], [*complaints, *others]


def by_entry(**table: object) -> Ignore:
    """An ignore of the configuration."""
    usual = {"rules": ("doi-missing",), "reason": "none was given"}
    return ignores_by_entry([usual | table], "compcite.toml")[0]


def test_without_ignores_all_is_reported() -> None:
    """So that what the others take away is seen."""
    assert settled(ENTRY % ("a", "")) == (["field-missing", "doi-missing"], [])


@pytest.mark.parametrize(
    "text",
    [
        "% compcite: ignore[doi-missing] none was given\n" + ENTRY % ("a", ""),
        "% compcite: ignore[doi-missing] none was given\r\n\r\n" + ENTRY % ("a", ""),
        "%% Compcite: Ignore [ doi-missing ] none was given\n" + ENTRY % ("a", ""),
        "% compcite: ignore[D300] none was given\n% another comment\n" + ENTRY % ("a", ""),
        "@string{x = {y}}\n% compcite: ignore[d3]: none was given\n" + ENTRY % ("a", ""),
        ENTRY % ("b", "") + "% compcite: ignore[doi-missing] none\n" + ENTRY % ("a", ""),
        ENTRY % ("a", "  compcite = {ignore doi-missing: none was given},\n"),
        ENTRY % ("a", "  Compcite = {ignore\n    doi-missing: none was\n    given},\n"),
        ENTRY % ("a", "  compcite = {ignore[doi-missing] none was given},\n"),
        ENTRY % ("a", "  compcite = {ignore doi-style: x; ignore doi-missing: y; z},\n"),
    ],
)
def test_an_ignore_stands_beside_its_entry(text: str) -> None:
    """As a comment before the entry, or as a field of it; by name, code or family."""
    rules, complaints = settled(text)

    assert rules == ["field-missing"]
    assert [c for c in complaints if "doi-style" not in c] == []


def test_a_comment_may_stand_inside_an_entry() -> None:
    """It is no remark that got there by mistake, so that it is not noted; others are."""
    rules, _ = settled(ENTRY % ("a", "  % compcite: ignore[doi-missing, E2] none was given\n"))
    others, _ = settled(ENTRY % ("a", "  % compcite is good\n"))

    assert (rules, "comment-in-entry" in others) == ([], True)


def test_a_comment_speaks_of_one_entry() -> None:
    """The next, or the one around it; never of those behind."""
    text = "% compcite: ignore[doi-missing] x\n" + ENTRY % ("b", "") + ENTRY % ("a", "")

    assert settled(text)[0] == ["field-missing", "doi-missing"]


def test_a_block_that_cannot_be_read_can_be_ignored() -> None:
    """It has a place, if no key."""
    read = library("% compcite: ignore[entry-unparsed] from a colleague\n@article{a, title = {x\n")
    ignores, complaints = ignores_in(read)
    report, others = apply_ignores(check_library(read), ignores, rules=RULES, today=TODAY)

    assert (left(report), complaints, others) == ([], [], ())


@pytest.mark.parametrize(
    ("comment", "complaint"),
    [
        ("ignore[no-such-rule] x", "this ignores nothing: there is no rule 'no-such-rule'"),
        ("ignore[doi-misssing] x", "did you mean doi-missing?"),
        ("ignore[] x", "this ignores nothing: write `ignore[rule, …] reason`"),
        ("ignore all of it", "there is no rule 'all of it'"),
        ("please ignore[D3] x", "this ignores nothing: write"),
        ("ignore[doi-style]", "refs.bib:1: an ignore without a reason"),
        ("ignore[doi-style] x", "refs.bib:1: there is no doi-style to ignore any more"),
    ],
)
def test_what_makes_no_sense_or_is_not_needed_is_complained_of(
    comment: str, complaint: str
) -> None:
    """With its place; the findings stay."""
    rules, complaints = settled(f"% compcite: {comment}\n" + ENTRY % ("a", ""))

    assert rules == ["field-missing", "doi-missing"]
    assert any(complaint in one for one in complaints)
    assert all(one.startswith("refs.bib:1: ") for one in complaints)


def test_a_comment_behind_all_entries_is_complained_of() -> None:
    """It speaks of nothing."""
    _, complaints = settled(ENTRY % ("a", "") + "% compcite: ignore[D3] x\n")

    assert complaints == ["refs.bib:6: this ignores nothing: no entry follows"]


@pytest.mark.parametrize("word", ["year-mismatch", "M5", "doi-suggested"])
def test_what_this_run_could_not_find_is_not_called_needless(word: str) -> None:
    """`check` says nothing of rules that need the network, nor a run of rules on demand."""
    assert settled(f"% compcite: ignore[{word}] x\n" + ENTRY % ("a", ""))[1] == []


def test_what_could_not_be_asked_is_not_called_needless() -> None:
    """An outage does not make maintainers delete what they need."""
    read = library("% compcite: ignore[year-mismatch] x\n" + ENTRY % ("a", "doi = {10.1234/a}"))
    rules = select_rules(families=VERIFY_FAMILIES)
    report = replace(check_library(read, rules), asked=True)
    assert [entry.status for entry in report.entries] == [Status.UNVERIFIED]
    ignores, _ = ignores_in(read)

    assert apply_ignores(report, ignores, rules=rules, today=TODAY).complaints == ()


def test_the_configuration_ignores_by_key_and_by_doi() -> None:
    """A DOI in any form is that of the entry."""
    text = ENTRY % ("a", "  url = {https://doi.org/10.1234/ABC},\n")
    by_doi = by_entry(doi="https://doi.org/10.1234/abc", rules=("D3", "field-missing"))

    assert settled(ENTRY % ("a", ""), by_entry(key="a"))[0] == ["field-missing"]
    assert settled(text, by_doi) == ([], [])


def test_an_ignore_counts_until_its_last_day() -> None:
    """Then its finding is back, and the ignore is called expired, with its reason."""
    one = by_entry(key="a", until="2026-11-23")
    text = ENTRY % ("a", "")

    assert settled(text, one, today=TODAY) == (["field-missing"], [])
    assert settled(text, one, today=TODAY + dt.timedelta(1)) == (
        ["field-missing", "doi-missing"],
        ["compcite.toml: per-entry-ignores of a: expired on 2026-11-23 (none was given)"],
    )


def test_an_ignore_of_an_entry_that_is_nowhere_is_complained_of() -> None:
    """Unless only a part of the sources was read."""
    report = check_library(library(ENTRY % ("a", "")), RULES)
    gone = [by_entry(key="gone")]
    whole = apply_ignores(report, gone, rules=RULES, today=TODAY)
    part = apply_ignores(report, gone, rules=RULES, today=TODAY, whole=False)

    assert whole.complaints == (
        "compcite.toml: per-entry-ignores of gone: there is no doi-missing to ignore any more",
    )
    assert part.complaints == ()


@pytest.mark.parametrize(
    ("pattern", "name", "covered"),
    [
        ("old/*.bib", "old/refs.bib", True),
        ("old/*", "old/deep/refs.bib", True),
        ("refs.bib", "old/refs.bib", True),
        ("old/*.bib", "new/refs.bib", False),
        ("old/*.bib", "-", False),
    ],
)
def test_sources_are_ignored_by_their_paths(
    tmp_path: Path,
    pattern: str,
    name: str,
    covered: bool,  # noqa: FBT001 - a parameter of the table
) -> None:
    """Relative to the configuration's folder, or by the file's name alone."""
    path = name if name == "-" else str(tmp_path / name)
    report = check_library(library(ENTRY % ("a", ""), path), RULES)
    ignores = ignores_by_source({pattern: ("D3",)}, tmp_path, "compcite.toml")
    kept, _ = apply_ignores(report, ignores, rules=RULES, today=TODAY)

    assert (("a", "doi-missing") not in left(kept)) is covered


def test_an_unknown_rule_in_the_configuration_is_an_error() -> None:
    """It says where, and what may have been meant."""
    with pytest.raises(ConfigError, match=r"compcite.toml: .*did you mean doi-missing"):
        by_entry(key="a", rules=("doi-misssing",))
    with pytest.raises(ConfigError, match=r"compcite.toml: per-source-ignores: there is no rule"):
        ignores_by_source({"*": ("nonsense",)}, Path(), "compcite.toml")
    with pytest.raises(ConfigError, match="'10' is no DOI"):
        by_entry(doi="10")
    with pytest.raises(ConfigError, match="severity: there is no rule"):
        severities_of({"nonsense": "note"}, "compcite.toml")


def test_severities_are_set_by_family_and_finer_by_rule() -> None:
    """What a rule itself weighs otherwise than usual, as duplicates across sources, stays so."""
    severities = severities_of({"field-missing": "note", "E2": "error", "L7": "error"}, "here")
    one, other = (library(ENTRY % ("a", ""), name) for name in ("one.bib", "other.bib"))
    both = Library([*one.sources, *other.sources], [*one.entries, *other.entries])
    report = apply_severities(check_library(both, RULES), severities)
    found = {f.rule.name: f.severity for entry in report.entries for f in entry.findings}

    assert found == {
        "field-missing": Severity.NOTE,
        "doi-missing": Severity.NOTE,
        "key-duplicated": Severity.NOTE,
    }
