"""Family M5: fields against the record."""

from __future__ import annotations

from dataclasses import replace

import pytest

from compcite.model.item import Name
from compcite.model.report import Status
from tests.checks.cases import AU, entry, finding_of, found, rules_of, verify, work

OTHER = "Movements of the mountain sheep in winter"


def test_a_right_entry_has_no_findings() -> None:
    """Initials, case and a dash are habits of writing."""
    report = verify(entry(), found())
    assert (report.status, rules_of(report), report.agency) == (Status.VERIFIED, [], "Crossref")


@pytest.mark.parametrize(
    ("field", "value", "rule"),
    [
        ("title", OTHER, "title-mismatch"),
        ("author", "Smith, John and Litz, B. T.", "author-mismatch"),
        ("author", "Litz, B. T. and Au, T. M.", "author-mismatch"),
        ("year", "2012", "year-mismatch"),
        ("journal", "European Physical Journal", "container-mismatch"),
        ("volume", "51", "volume-mismatch"),
        ("number", "7", "issue-mismatch"),
        ("pages", "307--321", "pages-mismatch"),
    ],
)
def test_a_wrong_field_is_its_own_warning(field: str, value: str, rule: str) -> None:
    """The finding stands on the field, says both values, and offers the registered one."""
    text = entry(**{field: value})
    report = verify(text, found())
    assert (report.status, rules_of(report)) == (Status.VERIFIED, [rule])
    finding = finding_of(report, rule)
    assert finding.field == field
    assert text[finding.span.start : finding.span.end].startswith(field)
    assert finding.expected
    assert finding.actual
    assert finding.fix is not None
    assert not finding.fix.safe


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", "Compassion-Based Therapy for {Trauma}-Related Shame: A Study"),
        ("author", "Au, Teresa and others"),
        ("year", "2016"),
        ("journal", "Behav. Ther."),
        ("journal", "Behaviour Therapy"),
        ("pages", "207-21"),
        ("pages", "207"),
        ("volume", ""),
        ("number", ""),
    ],
)
def test_habits_of_writing_are_no_findings(field: str, value: str) -> None:
    """Nothing that people do to a right reference is reported."""
    assert rules_of(verify(entry(**{field: value}), found())) == []


def test_title_and_authors_of_another_work_are_a_wrong_work() -> None:
    """It is one finding, on the DOI, with what the record is; the fields are not blamed."""
    other = replace(
        work().item,
        text={"title": OTHER},
        names={"author": (Name("Murie", "Adolph"),)},
    )
    record = found("10.1000/sheep", item=other, titles=(OTHER,), years=frozenset({1944}))
    report = verify(entry(doi="10.1000/sheep"), record, found())
    assert (report.status, rules_of(report)) == (Status.MISMATCH, ["wrong-work"])
    finding = finding_of(report, "wrong-work")
    assert (finding.field, finding.expected, finding.actual) == ("doi", AU, "10.1000/sheep")
    assert f"another work: Murie, “{OTHER}”, 1944" in finding.message


def test_authors_that_happen_to_share_a_name_do_not_hide_a_wrong_work() -> None:
    """Where everything else differs too, one Litz of five is chance."""
    other = replace(
        work().item,
        text={"title": OTHER, "container-title": "Wildlife Monographs", "volume": "5"},
        names={"author": tuple(Name(n) for n in ("Murie", "Litz", "Leopold"))},
    )
    record = found(
        item=other, titles=(OTHER,), containers=("Wildlife Monographs",), years=frozenset({1944})
    )
    assert verify(entry(), record).status is Status.MISMATCH


def test_the_same_authors_under_another_title_are_no_wrong_work() -> None:
    """Only title and authors together prove another work."""
    report = verify(entry(title=OTHER), found())
    assert (report.status, rules_of(report)) == (Status.VERIFIED, ["title-mismatch"])


def test_a_book_under_the_doi_of_an_article_is_of_the_wrong_type() -> None:
    """Mostly it is a review of the book; types people use for one another are left alone."""
    assert rules_of(verify(entry(kind="book", journal="", number=""), found())) == ["type-mismatch"]
    assert rules_of(verify(entry(kind="inproceedings", journal=""), found())) == []
