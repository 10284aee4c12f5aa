"""Whole libraries against registries: the report and how a run ends."""

from __future__ import annotations

import pytest

from compcite.errors import ExitCode
from compcite.formats.bibtex.read.reader import read_bibtex
from compcite.model.doi import DOI
from compcite.model.library import Library
from compcite.model.report import Report, Severity, Status
from compcite.model.source import SourceFile
from compcite.model.work import Unavailable
from compcite.verbs.verify import MOST_SEARCHES, check_library, verify_library
from tests.checks.cases import AU, Answers, entry, found, library

WARNED = entry(year="2012")
NOTED = entry(doi="")
FINE = entry()
WRONG = entry(doi="10.1000/none")
OPEN = entry(doi="10.1000/open")


def verify(*texts: str, suggest: bool = False) -> Report:
    """The report on entries, each with a key of its own."""
    text = "".join(one.replace("au2017", f"key{place}") for place, one in enumerate(texts))
    answers = Answers(found(), Unavailable(DOI("10.1000/open"), "no network"))
    return verify_library(library(text), answers, suggest=suggest)


def test_every_entry_is_reported_once_in_order() -> None:
    """Entries of all sources and unreadable blocks, each where it stands."""
    one = entry("a") + "@book{broken, title = {\n\n" + entry("b", doi="10.1000/b")
    two = entry("c", doi="")
    report = verify_library(library(one, two), Answers(found()))
    assert [(e.source.name, e.key) for e in report.entries if e.status is not Status.UNPARSED] == [
        ("0.bib", "a"),
        ("0.bib", "b"),
        ("1.bib", "c"),
    ]
    assert report.count(Status.UNPARSED) == 1


@pytest.mark.parametrize(
    ("text", "status"),
    [
        (FINE, Status.VERIFIED),
        (WARNED, Status.VERIFIED),
        (NOTED, Status.NO_DOI),
        (WRONG, Status.NOT_REGISTERED),
        (OPEN, Status.UNVERIFIED),
        (entry(doi="nothing"), Status.MALFORMED),
        (entry(title="Movements of mountain sheep", author="Murie, A."), Status.MISMATCH),
    ],
)
def test_an_entry_has_a_status(text: str, status: Status) -> None:
    """One word says what is known of it."""
    assert verify(text).entries[0].status is status


def test_the_status_does_not_depend_on_the_rules() -> None:
    """Ignoring a rule hides its finding, not the fact."""
    report = verify_library(library(WRONG), Answers(), rules=())
    assert (report.entries[0].status, report.entries[0].findings) == (Status.NOT_REGISTERED, ())


def test_checking_offline_asks_nobody() -> None:
    """Entries with a DOI are unverified, and nobody minds."""
    report = check_library(library(FINE))
    assert (report.asked, report.entries[0].status) == (False, Status.UNVERIFIED)
    assert report.exit_code(Severity.NOTE) is ExitCode.OK


def test_only_the_first_wrong_dois_are_searched_for() -> None:
    """Searches cost most; on demand there is one for every entry."""
    text = "".join(
        entry(f"k{n}", doi=f"10.1000/{n}", title=f"Work number {n}")
        for n in range(MOST_SEARCHES + 5)
    )
    few, all_of_them = Answers(), Answers()
    verify_library(library(text), few)
    verify_library(library(text), all_of_them, suggest=True)
    assert (len(few.citations), len(all_of_them.citations)) == (MOST_SEARCHES, MOST_SEARCHES + 5)


def test_each_doi_is_asked_for_once() -> None:
    """However many entries give it."""
    asked: list[tuple[int, int]] = []
    text = entry("a") + entry("b")
    verify_library(library(text), Answers(found()), progress=lambda *step: asked.append(step))
    assert asked == [(1, 1)]


def test_a_doi_given_by_mistake_makes_no_duplicate() -> None:
    """An entry whose DOI another entry gives by mistake is no duplicate of that."""
    wrong = entry("wrong", title="Movements of mountain sheep", author="Murie, A.")
    report = verify_library(library(wrong + entry()), Answers(found()))
    assert [finding.rule.name for finding in report.entries[1].findings] == []


EXITS = [
    ((FINE,), Severity.WARNING, "unverified", ExitCode.OK),
    ((NOTED,), Severity.WARNING, "unverified", ExitCode.OK),
    ((NOTED,), Severity.NOTE, "unverified", ExitCode.FINDINGS),
    ((WARNED,), Severity.WARNING, "unverified", ExitCode.FINDINGS),
    ((WARNED,), Severity.ERROR, "unverified", ExitCode.OK),
    ((WRONG,), Severity.ERROR, "unverified", ExitCode.FINDINGS),
    ((WRONG,), None, "unverified", ExitCode.OK),
    ((OPEN,), Severity.WARNING, "unverified", ExitCode.UNVERIFIED),
    ((OPEN,), Severity.NOTE, "unverified", ExitCode.UNVERIFIED),
    ((OPEN,), Severity.WARNING, "fail", ExitCode.FINDINGS),
    ((OPEN,), Severity.WARNING, "pass", ExitCode.OK),
    ((OPEN, WRONG), Severity.WARNING, "unverified", ExitCode.FINDINGS),
    ((OPEN, WRONG), None, "unverified", ExitCode.UNVERIFIED),
]


@pytest.mark.parametrize(("texts", "fail_on", "on_outage", "code"), EXITS)
def test_how_a_run_ends(
    texts: tuple[str, ...], fail_on: Severity | None, on_outage: str, code: ExitCode
) -> None:
    """Findings beat what could not be checked; an outage is never a finding."""
    assert verify(*texts).exit_code(fail_on, on_outage) is code


def test_the_report_holds_both_sides() -> None:
    """What the entry says and what is registered, for reporters to set side by side."""
    (reported,) = verify(FINE).entries
    assert (reported.doi, reported.agency) == (AU, "Crossref")
    assert reported.item is not None
    assert reported.work is not None


def test_what_is_wrong_with_a_source_without_entries_is_reported() -> None:
    """On a line of its own, for there is no entry that it could stand on."""
    barren = SourceFile("names.bib", "% caf\xe9\n", encoding_guessed=True)
    entries, problems = read_bibtex(barren)
    fine = library(FINE)
    both = Library([barren, *fine.sources], [*entries, *fine.entries], problems)
    first, second = check_library(both).entries
    assert (first.source.name, first.key, first.status) == ("names.bib", None, Status.UNPARSED)
    assert [finding.rule.name for finding in first.findings] == ["encoding-guessed"]
    assert (second.key, second.findings) == ("au2017", ())
