"""Family R6: works that do not stand as they were published."""

from __future__ import annotations

import datetime as dt

import pytest

from compcite.model.doi import DOI
from compcite.model.edits import apply_edits
from compcite.model.item import Item, Name
from compcite.model.report import Severity, Status
from compcite.model.work import Relation, Update
from compcite.verbs.verify import verify_library
from tests.checks.cases import AU, Answers, entry, finding_of, found, library, rules_of, verify

NOTICE = DOI("10.1000/notice")


def update(kind: str, day: int = 1, by: str = "publisher") -> Update:
    """A notice of some kind from January 2024."""
    return Update(kind, NOTICE, dt.date(2024, 1, day), by)


@pytest.mark.parametrize(
    ("kind", "rule", "severity"),
    [
        ("retraction", "work-retracted", Severity.ERROR),
        ("withdrawal", "work-withdrawn", Severity.ERROR),
        ("removal", "work-withdrawn", Severity.ERROR),
        ("expression_of_concern", "expression-of-concern", Severity.WARNING),
        ("correction", "work-corrected", Severity.NOTE),
        ("erratum", "work-corrected", Severity.NOTE),
    ],
)
def test_a_notice_is_reported(kind: str, rule: str, severity: Severity) -> None:
    """The status stays verified: it is that work."""
    report = verify(entry(), found(updates=(update(kind),)))
    assert (report.status, rules_of(report)) == (Status.VERIFIED, [rule])
    assert finding_of(report, rule).severity is severity


def test_a_retraction_says_when_by_whom_and_where() -> None:
    """Date, teller and the notice's DOI stand in the message."""
    report = verify(entry(), found(updates=(update("retraction", by="retraction-watch"),)))
    assert finding_of(report, "work-retracted").message == (
        f"{AU} was retracted on 2024-01-01 (according to Retraction Watch, notice 10.1000/notice)"
    )


def test_a_later_reinstatement_ends_a_retraction() -> None:
    """Contradictory notices are decided by their dates."""
    back, again = update("reinstatement", 2), update("retraction", 3)
    assert rules_of(verify(entry(), found(updates=(update("retraction"), back)))) == []
    assert rules_of(verify(entry(), found(updates=(back, again)))) == ["work-retracted"]


def test_a_new_version_under_the_same_doi_is_no_update() -> None:
    """Some publishers name the work as its own update."""
    own = Update("retraction", DOI(AU), dt.date(2024, 1, 1), "publisher")
    assert rules_of(verify(entry(), found(updates=(own,)))) == []


def test_the_notice_itself_is_not_retracted() -> None:
    """A reference to the notice is to what it updates, not to a retracted work."""
    about = Update("retraction", DOI("10.1000/work"), dt.date(2024, 1, 1), "publisher")
    assert rules_of(verify(entry(), found(updates_to=(about,)))) == []


def test_a_title_alone_may_tell_and_the_notice_is_asked_for() -> None:
    """Where only the title says so, the date comes from the notice's own record."""
    told = found(updates=(Update("retraction", asserted_by="title"),))
    silent = Answers(told)
    knowing = Answers(told, notices={DOI(AU): (update("retraction"),)})
    messages = [
        verify_library(library(entry()), answers).entries[0].findings[0].message
        for answers in (silent, knowing)
    ]
    assert messages == [
        f"{AU} was retracted (according to the registered title)",
        f"{AU} was retracted on 2024-01-01 (according to the publisher, notice 10.1000/notice)",
    ]


def test_a_preprint_names_the_version_of_record() -> None:
    """The DOI of the article is offered; without the article's record there is no fix."""
    relation = Relation("is-preprint-of", DOI("10.1000/article"))
    finding = finding_of(verify(entry(), found(relations=(relation,))), "preprint-published")
    assert (finding.expected, finding.severity) == ("10.1000/article", Severity.NOTE)
    assert finding.fix is None


def test_the_fix_of_a_preprint_makes_it_the_article_as_a_whole() -> None:
    """Type, journal, volume, pages, date and DOI; title and authors that agree stay."""
    preprint = found("10.48550/arxiv.1706.03762", relations=(Relation("is-preprint-of", DOI(AU)),))
    fields = dict.fromkeys(("journal", "volume", "number", "pages"), "")
    text = entry(kind="misc", year="2015", doi="10.48550/arXiv.1706.03762", **fields)
    fix = finding_of(verify(text, preprint, found()), "preprint-published").fix
    assert fix is not None
    changed = library(apply_edits(text, fix.edits)).entries[0]
    assert (changed.type, changed.item.dates["issued"].year) == ("article", 2017)
    assert changed.item.text["DOI"] == AU
    assert changed.item.text["container-title"] == "Behavior Therapy"
    assert [field.value for field in changed.fields][:2] == [
        "Au, T. M. and Litz, B. T.",
        "Compassion-based therapy for trauma-related shame",
    ]


def test_a_preprint_is_not_made_another_work() -> None:
    """Where title and authors of the named article are others, that is said, without a fix."""
    preprint = found(relations=(Relation("is-preprint-of", DOI("10.1000/article")),))
    other = found(
        "10.1000/article",
        item=Item("article-journal", {"title": "Rocks of Wales"}, {"author": (Name("Owen", "A"),)}),
        titles=("Rocks of Wales",),
    )
    finding = finding_of(verify(entry(), preprint, other), "preprint-published")
    assert finding.fix is None
    assert finding.message.endswith("whose title and authors are others")


def test_what_became_of_another_work_is_not_reported() -> None:
    """Under a wrong DOI the retraction is not the cited work's."""
    record = found(titles=("Movements of mountain sheep",), updates=(update("retraction"),))
    report = verify(entry(author="Murie, Adolph"), record)
    assert rules_of(report) == ["wrong-work"]
