"""Family M5: fields against the record."""

from __future__ import annotations

from dataclasses import replace

import pytest

from compcite.model.doi import DOI
from compcite.model.item import Date, Item, Name
from compcite.model.report import Severity, Status
from compcite.model.work import Relation
from tests.checks.cases import AU, entry, finding_of, found, rules_of, verify, work

OTHER = "Movements of the mountain sheep in winter"


EPTCS = "Electronic Proceedings in Theoretical Computer Science"


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


@pytest.mark.parametrize("authors", ["Litz and others", "Au and others", "Litz, B. and Roe, R."])
def test_one_common_author_does_not_hide_a_wrong_work_elsewhere_in_the_journal(
    authors: str,
) -> None:
    """With another title, volume and page it is another work, even if its first author is one."""
    text = entry(author=authors, title=OTHER, volume="40", pages="1--9")
    assert rules_of(verify(text, found())) == ["wrong-work"]
    same_place = entry(author=authors, title=OTHER)
    assert "wrong-work" not in rules_of(verify(same_place, found()))


def test_the_same_authors_under_another_title_are_no_wrong_work() -> None:
    """Only title and authors together prove another work."""
    report = verify(entry(title=OTHER), found())
    assert (report.status, rules_of(report)) == (Status.VERIFIED, ["title-mismatch"])


def test_a_book_under_the_doi_of_an_article_is_of_the_wrong_type() -> None:
    """Mostly it is a review of the book; types people use for one another are left alone."""
    assert rules_of(verify(entry(kind="book", journal="", number=""), found())) == ["type-mismatch"]
    assert rules_of(verify(entry(kind="inproceedings", journal=""), found())) == []


def test_an_entry_that_describes_a_whole_issue_is_of_no_wrong_type() -> None:
    """NBIB has no type for one; an article under the DOI of its journal is of the wrong type."""
    title = "Shame and its treatment: a special issue"
    issue = found(item=replace(work().item, type="periodical"), titles=(title,))
    assert "type-mismatch" not in rules_of(verify(entry(title=title), issue))
    assert "type-mismatch" in rules_of(verify(entry(), issue))


POSTED = Item(
    "article",
    {"title": "Tides and the mapping of deep currents"},
    {"author": (Name("Au", "Teresa"), Name("Zorn", "Cy"), Name("Litz", "Brett"))},
    {"issued": Date(((2017,),))},
)


def test_an_earlier_version_of_posted_content_is_a_note() -> None:
    """Its record is that of the last version; authors and title may have changed since."""
    record = found(item=POSTED, titles=(POSTED.text["title"],), containers=())
    text = entry(
        title="Currents in the deep sea", journal="bioRxiv", number="", volume="", pages=""
    )
    report = verify(text, record)
    assert {finding.severity for finding in report.findings} == {Severity.NOTE}
    assert rules_of(report) == ["author-mismatch", "title-mismatch"]


def test_one_word_of_another_meaning_in_a_title_is_a_warning_on_posted_content() -> None:
    """Authors who revise a title reword more of it; who invents one mostly changes a word."""
    record = found(item=POSTED, titles=(POSTED.text["title"],), containers=())
    text = entry(
        title="Tides and the mapping of deep volcanoes",
        author="Au, T. and Zorn, C. and Litz, B.",
        journal="bioRxiv",
        number="",
        volume="",
        pages="",
    )
    finding = finding_of(verify(text, record), "title-mismatch")
    assert finding.severity is Severity.WARNING


def test_the_number_of_the_issue_is_no_page() -> None:
    """Programs that take `48, 2 (2017)` apart write the issue where pages belong."""
    assert rules_of(verify(entry(number="", pages="2"), found())) == []
    assert rules_of(verify(entry(number="", pages="3"), found())) == ["pages-mismatch"]


@pytest.mark.parametrize("change", [{"author": "Poe, Ed and Litz, B."}, {"title": OTHER}])
def test_what_no_version_can_have_had_is_a_warning_on_posted_content(
    change: dict[str, str],
) -> None:
    """Nobody of the record's authors, or no word of its title."""
    record = found(item=POSTED, titles=(POSTED.text["title"],), containers=())
    fields = {"title": POSTED.text["title"], "author": "Au, T. and Zorn, C. and Litz, B."} | change
    report = verify(entry(journal="bioRxiv", number="", volume="", pages="", **fields), record)
    assert Severity.WARNING in {finding.severity for finding in report.findings}


def test_the_year_of_a_book_may_be_that_of_a_new_issue() -> None:
    """Publishers of digital copies register theirs, many years later; a slip is smaller."""
    book = replace(work().item, type="book", text={"title": work().titles[0]})
    record = found(item=book, years=frozenset({2017}), containers=())
    for year, rules in (("1984", []), ("2014", ["year-mismatch"]), ("2020", ["year-mismatch"])):
        text = entry(kind="book", year=year, journal="", number="", volume="", pages="")
        assert rules_of(verify(text, record)) == rules


def test_a_record_of_all_versions_says_nothing_of_one() -> None:
    """Zenodo's concept DOIs have year and title of the last release."""
    item = replace(work().item, type="software", text={"title": "au/tides: v2.5.0"})
    record = found(
        item=item,
        titles=("au/tides: v2.5.0",),
        containers=(),
        years=frozenset({2024}),
        relations=(Relation("has-version", DOI("10.5281/zenodo.2")),),
    )
    version = {"title": "au/tides: v0.1.2", "year": "2019", "journal": "", "number": ""}
    assert rules_of(verify(entry(kind="software", **version), record)) == []
    fewer = verify(entry(kind="software", author="Au, T. M.", **version), record)
    assert [finding.severity for finding in fewer.findings] == [Severity.NOTE]


def test_authors_in_the_order_of_the_alphabet_are_not_offered() -> None:
    """That order is nobody's: the fix would write it into the file."""
    names = tuple(Name(family, "A.") for family in ("Adler", "Berg", "Moor", "Zorn"))
    record = found(item=replace(work().item, names={"author": names}))
    finding = finding_of(verify(entry(author="Poe, E. and Adler, A."), record), "author-mismatch")
    assert finding.fix is None


def test_a_review_may_be_registered_with_what_it_reviews() -> None:
    """Under its title, and with its author beside the reviewer."""
    title = "Sails of Old: A History"
    names = (Name("Au", "Teresa"), Name("Adler", "Bo"))
    item = replace(work().item, text={"title": title}, names={"author": names})
    text = entry(title="Review of Sails of Old, by B. Adler", author="Au, Teresa", journal="")
    assert rules_of(verify(text, found(item=item, titles=(title,), containers=()))) == []


def test_messages_hold_no_markup() -> None:
    """Braces that keep capitals are tags inside compcite, and words in a message."""
    finding = finding_of(verify(entry(journal="{{QED}}"), found()), "container-mismatch")
    assert finding.actual == "QED"
    assert "<" not in finding.message


def test_an_article_is_younger_than_its_preprint() -> None:
    """An entry of the published article with the preprint's identifier is no slip in the year."""
    preprint = found("10.48550/arXiv.2101.00001", item=replace(work().item, type="article"))
    text = entry(doi="", eprint="2101.00001", year="2019")
    assert "year-mismatch" not in rules_of(verify(text, preprint))


def test_a_record_may_name_only_the_series_of_the_book() -> None:
    """As a journal for proceedings does: the entry has the workshop and this series."""
    item = replace(work().item, text={**work().item.text, "container-title": EPTCS})
    registered = found(item=item, containers=(EPTCS,))
    fields = {"kind": "inproceedings", "journal": "", "booktitle": "Fifth Otter Workshop"}
    assert rules_of(verify(entry(**fields, series="EPTCS"), registered)) == []
    assert rules_of(verify(entry(**fields, series=EPTCS), registered)) == []
    for series in ("", "LNCS"):
        text = entry(**fields, series=series)
        assert rules_of(verify(text, registered)) == ["container-mismatch"]


@pytest.mark.parametrize(
    ("volume", "issue", "doi", "rules"),
    [
        ("17", "3", "10.46298/otters-17(3:11)2021", []),
        ("17", "", "10.46298/otters-17(2:11)2021", []),
        ("16", "3", "10.46298/otters-17(3:11)2021", ["volume-mismatch"]),
        ("17", "3", "10.46298/otters-1(3:17)2021", ["volume-mismatch"]),
        ("17", "3", "10.46298/otters.17", ["volume-mismatch"]),
    ],
)
def test_a_volume_that_the_doi_has_beside_the_issue_is_right(
    volume: str, issue: str, doi: str, rules: list[str]
) -> None:
    """The record has ``1`` for it; any other number in the DOI proves nothing."""
    item = replace(work().item, text={**work().item.text, "volume": "1"})
    registered = found(doi, item=item)
    assert [
        rule
        for rule in rules_of(verify(entry(doi=doi, volume=volume, number=issue), registered))
        if rule != "issue-mismatch"
    ] == rules


def test_the_event_beside_which_a_conference_met_is_no_container() -> None:
    """A record of MSR has ICSE as its event; a workshop is cited by the name of its conference."""
    host = "ICSE '18: 40th International Conference on Software Engineering"
    for own, rules in (
        ("Proceedings of the 15th International Conference on Mining Software Repositories", 1),
        ("Proceedings of the 3rd International Workshop on Software Repositories", 0),
    ):
        text = {**work().item.text, "container-title": own, "event-title": host}
        item = replace(work().item, type="paper-conference", text=text)
        fields = {"kind": "inproceedings", "journal": "", "booktitle": "ICSE"}
        report = verify(entry(**fields), found(item=item, containers=(own,)))
        assert rules_of(report) == ["container-mismatch"] * rules


def test_another_preprint_by_the_same_authors_is_no_earlier_version() -> None:
    """A word of the field in common is not enough."""
    item = replace(work().item, type="article", text={"title": "Shame in otters"})
    title = "A long account of shame and other feelings that follow mountain sheep in winter"
    preprint = found(item=item, titles=(title,), containers=(), registered_type="posted-content")
    text = entry(journal="PsyArXiv", volume="", number="", pages="")
    assert finding_of(verify(text, preprint), "title-mismatch").severity is Severity.WARNING
