"""Family E2: fields by themselves."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compcite.formats.csl_json import read_csl_json
from compcite.formats.ris.reader import read_ris
from compcite.model.library import Library
from compcite.model.report import Severity
from compcite.model.source import SourceFile
from compcite.verbs.verify import check_library
from tests.checks.cases import AU, check, entry, finding_of, rules_of


@pytest.mark.parametrize(
    ("kind", "fields", "missing"),
    [
        ("article", {"journal": ""}, "@article requires journal"),
        (
            "article",
            {"journal": "", "date": "2017", "year": ""},
            "requires journal or journaltitle",
        ),
        ("book", {"author": "", "publisher": "Wiley"}, "@book requires author or editor"),
        ("book", {"title": ""}, "@book requires title, publisher"),
        ("inproceedings", {}, "@inproceedings requires booktitle"),
        ("phdthesis", {}, "@phdthesis requires school or institution"),
        ("online", {"doi": ""}, "@online requires url or doi or eprint"),
        ("unpublished", {}, "@unpublished requires note"),
    ],
)
def test_a_required_field_is_missed(kind: str, fields: dict[str, str], missing: str) -> None:
    """What BibTeX or biblatex requires, whichever the entry is written for."""
    finding = finding_of(check(entry(kind=kind, **{"doi": ""} | fields)), "field-missing")
    assert finding.message.endswith(missing)


def test_a_missing_field_can_come_from_the_record_of_the_doi() -> None:
    """The message names the command; without a DOI or a key it does not."""
    offered = finding_of(check(entry(journal="")), "field-missing").message
    assert offered == (
        "@article requires journal; compcite update au2017 takes what its record has"
    )
    for lacking in (entry(journal="", doi=""), entry(journal="", key="")):
        assert "update" not in finding_of(check(lacking), "field-missing").message


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("article", {}),
        ("article", {"journal": "", "journaltitle": "Behavior Therapy", "date": "2017"}),
        ("book", {"publisher": "Wiley"}),
        ("book", {"date": "2017", "year": ""}),
        ("misc", {"author": "", "year": ""}),
        ("inbook", {"booktitle": "A Book", "journal": ""}),
        ("madeup", {"title": ""}),
    ],
)
def test_a_complete_entry_misses_nothing(kind: str, fields: dict[str, str]) -> None:
    """Optional fields and unknown types are left alone."""
    assert "field-missing" not in rules_of(check(entry(kind=kind, **fields)))


def test_only_bibtex_requires_fields() -> None:
    """CSL calls them by other names, and asks for none."""
    source = SourceFile("a.json", '[{"id": "a", "type": "book", "title": "T"}]')
    entries, problems = read_csl_json(source)
    assert rules_of(check_library(Library([source], entries, problems)).entries[0]) == [
        "doi-missing"
    ]


def test_other_formats_have_dates_and_numbers_of_their_own() -> None:
    """RIS writes dates with strokes, and has one tag for ISBN, ISSN and numbers of reports."""
    text = "TY  - BOOK\nTI  - T\nDA  - 2001/05/07\nSN  - 978-3-16-148410-0\nER  -\n"
    source = SourceFile("a.ris", text)
    entries, problems = read_ris(source)
    report = check_library(Library([source], entries, problems), {"date-malformed", "issn-invalid"})
    assert rules_of(report.entries[0]) == []


def test_an_inherited_field_is_not_missed() -> None:
    """What a crossref gives counts as the entry's own."""
    parent = "@proceedings{p, title = {The Book}, booktitle = {The Book}, year = 2017}\n"
    child = "@inproceedings{c, author = {Au, T.}, title = {A Part}, crossref = {p}}\n"
    assert "field-missing" not in rules_of(check(child + parent))


@pytest.mark.parametrize(
    "value",
    ["2017", "2017-05", "2017-05-12", "2017-21", "2017/2018", "2017/..", "/2017", "2017?", "201X",
     "2017~", "2017-05-12T12:30:00Z", "-0044"],
)  # fmt: skip
def test_edtf_dates_are_dates(value: str) -> None:
    """What biblatex reads."""
    assert rules_of(check(entry(year="", date=value))) == []


@pytest.mark.parametrize(
    "value", ["12.05.2017", "May 2017", "2017-5-2", "2017-13", "2017/2018/2019"]
)
def test_other_dates_are_malformed(value: str) -> None:
    """What biblatex drops."""
    assert finding_of(check(entry(year="", date=value)), "date-malformed").actual == value


@pytest.mark.parametrize("value", ["2017", "in press", "c. 2000", "1998/1999", "44 BC", "[2017]"])
def test_a_year_has_four_digits_or_is_words(value: str) -> None:
    """BibTeX puts no rule to a year, so only what cannot be one is reported."""
    assert rules_of(check(entry(year=value))) == []


@pytest.mark.parametrize(("field", "value"), [("year", "20l7"), ("year", "20177"), ("month", "13")])
def test_what_is_no_year_or_month_is_malformed(field: str, value: str) -> None:
    """A letter for a digit, a digit too many."""
    assert rules_of(check(entry(**{field: value}))) == ["date-malformed"]


@pytest.mark.parametrize(
    ("written", "mended"),
    [
        ("pp. 207--221", "207--221"),
        ("p.207", "207"),
        ("207---221", "207--221"),
        ("207 - - 221", "207--221"),
    ],
)
def test_odd_pages_are_mended(written: str, mended: str) -> None:
    """A label goes and a dash becomes one; the fix is safe."""
    finding = finding_of(check(entry(pages=written)), "pages-malformed")
    assert finding.fix is not None
    assert (finding.fix.safe, finding.fix.changes[0].value) == (True, mended)


@pytest.mark.parametrize("pages", ["207--", "-221", "385--339"])
def test_pages_that_only_the_author_knows_have_no_fix(pages: str) -> None:
    """A missing page, and a range that runs backwards."""
    assert finding_of(check(entry(pages=pages)), "pages-malformed").fix is None


@pytest.mark.parametrize(
    "pages",
    ["207", "207-221", "207–221", "321-8", "e33693", "S12--S18", "1, 3--5", "xii--xx", "42f."],
)
def test_usual_pages_are_fine(pages: str) -> None:
    """Single dashes and short ranges are habits."""
    assert rules_of(check(entry(pages=pages))) == []


@pytest.mark.parametrize(
    ("isbn", "right"),
    [
        ("0-19-852663-6", True),
        ("9780198526636", True),
        ("978-0-19-852663-6", True),
        ("0-8044-2957-X", True),
        ("0198526636, 9780198526636 (pbk.)", True),
        ("97-80198526636", True),
        ("ISBN-10 0198526636", True),
        ("0-19-852663-7", False),
        ("978019852663", False),
        ("9780198526637", False),
    ],
)
def test_isbn(isbn: str, right: bool) -> None:  # noqa: FBT001 - a table
    """The check digit tells a slip."""
    assert ("isbn-invalid" not in rules_of(check(entry(isbn=isbn)))) is right


@pytest.mark.parametrize(
    "isbn", ["978–0–19–852663–6", "978--0--19--852663--6", "978.0.19.852663.6", "978‑0_19 852663‐6"]
)
def test_a_dash_for_a_hyphen_in_an_isbn_is_a_note(isbn: str) -> None:
    """The digits are right, and the fix, which is safe, leaves them and every blank."""
    finding = finding_of(check(entry(isbn=isbn)), "isbn-invalid")
    assert finding.severity is Severity.NOTE
    assert finding.fix is not None
    assert finding.fix.safe
    assert [edit.text for edit in finding.fix.edits] == [re.sub("[–_.‑‐]|--", "-", isbn)]


@pytest.mark.parametrize(
    ("issn", "severity"),
    [
        ("0005-7894", None),
        ("2434-561X", None),
        ("0005-7894, 1878-1888", None),
        ("00057894", Severity.NOTE),
        ("0005-7895", Severity.WARNING),
        ("0005-789", Severity.WARNING),
    ],
)
def test_issn(issn: str, severity: Severity | None) -> None:
    """A missing hyphen is a note, a wrong digit a warning."""
    found = [finding.severity for finding in check(entry(issn=issn)).findings]
    assert found == ([severity] if severity else [])


@given(st.integers(0, 999_999_999), st.integers(0, 8), st.integers(1, 9))
def test_a_slip_in_an_isbn_always_shows(number: int, place: int, slip: int) -> None:
    """No single wrong digit leaves the check digit right."""
    digits = f"{number:09}"
    check_digit = -sum(int(d) * (10 - n) for n, d in enumerate(digits)) % 11
    wrong = str((int(digits[place]) + slip) % 10)
    right = digits + ("X" if check_digit == 10 else str(check_digit))
    assert "isbn-invalid" not in rules_of(check(entry(isbn=right)))
    assert "isbn-invalid" in rules_of(check(entry(isbn=right[:place] + wrong + right[place + 1 :])))


def test_a_url_that_only_repeats_the_doi_is_noted() -> None:
    """Its removal is offered, unsafely; any other URL stays."""
    finding = finding_of(check(entry(url=f"https://doi.org/{AU}")), "url-repeats-doi")
    assert finding.severity is Severity.NOTE
    assert finding.fix is not None
    assert not finding.fix.safe
    assert rules_of(check(entry(url="https://example.org/paper"))) == []


@pytest.mark.parametrize("name", ["pages", "month", "year", "volume", "number", "isbn", "issn"])
@pytest.mark.parametrize("value", ["9" * 6000, f"{'9' * 6000}--{'8' * 6000}", "-" * 50_000 + "x"])
def test_thousands_of_digits_are_judged_like_any_other_text(name: str, value: str) -> None:
    """Python reads no numbers of that length, and nobody writes them on purpose."""
    report = check(entry(**{name: value}))
    assert {finding.field for finding in report.findings} <= {name}


@pytest.mark.parametrize("date", ["2016-01-19T14:20:00.000Z", "2016-01-19T14:20:00.5+01:00"])
def test_fractions_of_a_second_are_part_of_a_date(date: str) -> None:
    """ISO 8601 has them, and biber reads them."""
    assert "date-malformed" not in rules_of(check(entry(year="", date=date)))


@pytest.mark.parametrize("pages", ["3-2--3-14", "A-5--A-2", "7-1, 7-9--7-10"])
def test_pages_numbered_by_chapter_are_no_range_backwards(pages: str) -> None:
    """A hyphen may be part of a page."""
    assert "pages-malformed" not in rules_of(check(entry(pages=pages)))


def test_a_preprint_is_in_no_journal() -> None:
    """INSPIRE writes preprints as articles with an eprint alone."""
    preprint = entry(journal="", doi="", eprint="2001.01234", archiveprefix="arXiv")

    assert "field-missing" not in rules_of(check(preprint))
