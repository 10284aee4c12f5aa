"""Family D3: DOIs as they are written."""

from __future__ import annotations

import pytest

from compcite.model.report import FixSafety, Severity, Status
from tests.checks.cases import AU, check, entry, finding_of, found, rules_of, verify


def test_a_bare_doi_is_fine() -> None:
    """Nothing is found of an entry with a bare DOI."""
    assert rules_of(check(entry())) == []


@pytest.mark.parametrize("spelled", [AU.upper(), AU.capitalize()])
def test_letter_case_is_no_fault(spelled: str) -> None:
    """DOIs are compared without regard to case."""
    assert rules_of(check(entry(doi=spelled))) == []


@pytest.mark.parametrize(
    "spelled",
    [f"https://doi.org/{AU}", f"doi:{AU}", f"{AU}.", AU.replace("/", "%2F"), rf"\url{{{AU}}}"],
)
def test_a_crooked_doi_is_straightened(spelled: str) -> None:
    """The fix leaves the bare DOI, and applying it settles the finding."""
    text = entry(doi=spelled)
    finding = finding_of(check(text), "doi-style")
    assert finding.fix is not None
    assert finding.fix.safe
    (edit,) = finding.fix.edits
    fixed = text[: edit.start] + edit.text + text[edit.end :]
    assert fixed == entry(doi=AU)
    assert finding.rule.fix is FixSafety.SAFE


def test_what_is_no_doi_is_malformed() -> None:
    """Another identifier in the field is an error, and the entry's status says so."""
    report = check(entry(doi="S0005-7894(16)30112-3"))
    assert (report.status, rules_of(report)) == (Status.MALFORMED, ["doi-malformed"])


def test_two_dois_in_a_field_are_malformed() -> None:
    """Nobody can tell which one is meant."""
    assert rules_of(check(entry(doi=f"{AU}; 10.1000/x"))) == ["doi-malformed"]


@pytest.mark.parametrize("short", ["10/fz5d", "10/FZ5D"])
def test_a_short_doi_is_a_doi(short: str) -> None:
    """doi.org resolves it, so it is neither malformed nor crooked."""
    assert rules_of(check(entry(doi=short))) == []


def test_a_short_link_is_straightened() -> None:
    """As any other link is; what it stands for only doi.org knows."""
    finding = finding_of(check(entry(doi="https://doi.org/fz5d")), "doi-style")
    assert finding.fix is not None
    assert [edit.text for edit in finding.fix.edits] == ["10/fz5d"]


@pytest.mark.parametrize("link", ["https://doi.org/10/fz5d", "https://doi.org/fz5d"])
def test_a_short_link_beside_the_doi_contradicts_nothing(link: str) -> None:
    """It may well stand for that DOI."""
    assert rules_of(check(entry(url=link))) == []


def test_a_short_link_as_address_is_a_doi_in_another_field() -> None:
    """An address without the prefix may be a page of doi.org's own, and is only noted."""
    text = entry(doi="", url="https://doi.org/10/fz5d")
    assert finding_of(check(text), "doi-in-other-field").severity is Severity.WARNING
    page = entry(doi="", url="https://doi.org/about")
    assert finding_of(check(page), "doi-in-other-field").severity is Severity.NOTE
    assert rules_of(verify(page)) == ["doi-missing"]


def test_a_missing_doi_is_a_note_for_works_that_have_one() -> None:
    """An article should have a DOI, a web page need not."""
    assert finding_of(check(entry(doi="")), "doi-missing").severity is Severity.NOTE
    assert rules_of(check(entry(kind="online", doi="", journal="", url="https://a.org/b"))) == []


@pytest.mark.parametrize(
    ("name", "value", "title"),
    [
        ("url", f"https://doi.org/{AU}", f"Move {AU} to doi"),
        ("note", f"doi:{AU}", f"Move {AU} to doi"),
        ("note", f"Open access, doi:{AU}", f"Copy {AU} to doi"),
    ],
)
def test_a_doi_in_another_field_is_moved_or_copied(name: str, value: str, title: str) -> None:
    """It is checked all the same."""
    report = verify(entry(doi="", **{name: value}), found())
    finding = finding_of(report, "doi-in-other-field")
    assert (report.status, report.doi, finding.field) == (Status.VERIFIED, AU, name)
    assert finding.fix is not None
    assert (finding.fix.title, finding.fix.safe) == (title, True)


def test_a_publishers_address_only_hints_at_a_doi() -> None:
    """The DOI in it is checked, but what may not be one is neither missed nor blamed."""
    text = entry(doi="", url=f"https://publisher.org/article/{AU}/pdf")
    assert finding_of(verify(text, found()), "doi-in-other-field").severity is Severity.NOTE
    assert verify(text).status is Status.NO_DOI


def test_two_dois_in_two_fields_contradict_each_other() -> None:
    """No fix can tell which one is right; a preprint's DOI beside the article's is no fault."""
    finding = finding_of(check(entry(url="https://doi.org/10.1000/x")), "doi-in-other-field")
    assert finding.fix is None
    assert rules_of(check(entry(url="https://doi.org/10.48550/arXiv.2101.00001"))) == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("journal", "arXiv preprint arXiv:2101.00001"),
        ("journal", "ArXiv e-prints, arXiv:2101.00001v2"),
        ("volume", "abs/2101.00001"),
        ("note", "arXiv:2101.00001 [cs.LG]"),
        ("arxivid", "2101.00001"),
        ("howpublished", r"\url{https://arxiv.org/abs/2101.00001v1}"),
        ("url", "http://arxiv.org/pdf/2101.00001.pdf"),
        ("eprint", "https://arxiv.org/abs/2101.00001"),
        ("pages", "arXiv:2101.00001"),
    ],
)
def test_an_arxiv_identifier_in_any_field_is_a_doi(field: str, value: str) -> None:
    """It is checked as the DOI that arXiv registered; that it stands there is no fault."""
    report = check(entry(kind="misc", **{"journal": "", "volume": "", "doi": "", field: value}))
    assert (report.doi, rules_of(report)) == ("10.48550/arxiv.2101.00001", [])


def test_the_version_of_an_arxiv_doi_is_taken_off() -> None:
    """Only the DOI without it is registered: that one is checked, and the fix leaves it."""
    report = check(entry(doi="10.48550/arXiv.2101.00001v2"))
    finding = finding_of(report, "doi-style")
    assert report.doi == "10.48550/arxiv.2101.00001"
    assert finding.fix is not None
    assert [edit.text for edit in finding.fix.edits] == ["10.48550/arXiv.2101.00001"]


def test_two_arxiv_identifiers_in_a_field_are_nobodys() -> None:
    """Which of them is the entry's cannot be told."""
    note = "arXiv:2101.00001, see also arXiv:2101.00002"
    assert check(entry(doi="", note=note)).doi is None


@pytest.mark.parametrize("kind", ["arXiv", ""])
def test_an_arxiv_identifier_stands_for_its_doi(kind: str) -> None:
    """Such an entry has a DOI, though no field gives it."""
    report = check(entry(doi="", eprint="2101.00001v2", archiveprefix=kind))
    assert (report.doi, rules_of(report)) == ("10.48550/arxiv.2101.00001", [])


def test_a_suggested_doi_is_offered_and_nothing_else() -> None:
    """Only on demand; the fix adds it."""
    text = entry(doi="")
    assert rules_of(verify(text, found())) == ["doi-missing"]
    finding = finding_of(verify(text, found(), suggest=True), "doi-suggested")
    assert (finding.field, finding.expected) == ("doi", AU)
    assert finding.fix is not None
    assert not finding.fix.safe


def test_an_unknown_work_is_noted_on_demand() -> None:
    """No registered work is like it."""
    report = verify(entry(doi="", title="Another matter altogether"), found(), suggest=True)
    assert rules_of(report) == ["work-not-found"]


@pytest.mark.parametrize(
    "url",
    [
        "https://github.com/a/b?doi={}",
        "https://web.archive.org/web/2010/https://doi.org/{}",
        "https://example.org/comments?on=https://doi.org/{}",
        "https://mydoi.org/{}",
        "https://doi.org/{}#section",
        "https://doi.org/{} and https://example.org/free.pdf",
    ],
)
def test_an_address_that_says_more_than_the_doi_stays(url: str) -> None:
    """It leads elsewhere, so that its DOI is copied, and it repeats no DOI."""
    report = check(entry(doi="", url=url.format(AU)))
    fix = finding_of(report, "doi-in-other-field").fix
    assert fix is not None
    assert [change.variable for change in fix.changes] == ["DOI"]
    assert rules_of(check(entry(url=url.format(AU)))) == []


def test_a_doi_among_the_words_of_a_note_may_be_of_another_work() -> None:
    """Its copy is safe once the record agrees; if it does not, the entry has no DOI.

    Where no words lead to it, it is the entry's.
    """
    later = finding_of(check(entry(doi="", note=f"doi:{AU}, accepted 2016")), "doi-in-other-field")
    assert later.fix is not None
    assert later.fix.safe
    at = finding_of(check(entry(doi="", note=f"Preprint at doi:{AU}")), "doi-in-other-field")
    assert at.severity is Severity.WARNING
    note = f"A comment on doi:{AU}"
    for report, safe in ((check(entry(doi="", note=note)), False),
                         (verify(entry(doi="", note=note), found()), True)):  # fmt: skip
        fix = finding_of(report, "doi-in-other-field").fix
        assert fix is not None
        assert fix.safe is safe
    other = {"title": "On the migration of arctic terns", "author": "Zorn, Max", "year": "1999"}
    report = verify(entry(doi="", note=note, **other), found())
    assert (report.status, rules_of(report)) == (Status.NO_DOI, ["doi-missing"])
    assert rules_of(check(entry(doi="", note=note, **other) + entry("b"))) == []
