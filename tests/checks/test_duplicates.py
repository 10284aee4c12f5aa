"""Family L7: entries beside each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from compcite.checks.same_work import same_work
from compcite.model.report import Severity
from compcite.verbs.verify import check_library
from tests.checks.cases import check, entry, finding_of, library, rules_of

if TYPE_CHECKING:
    from compcite.checks.same_work import Traits


def test_the_same_key_twice_is_an_error() -> None:
    """Case does not make two keys different."""
    report = check(entry("au2017") + entry("Au2017", doi="10.1000/x", title="Something else here"))
    assert rules_of(report) == ["key-duplicated"]


@pytest.mark.parametrize(
    ("later", "fixed"),
    [
        (entry(note="Read"), True),
        ("@article{au2017, doi = {10.1016/j.beth.2016.11.012}}\n", True),
        ("@article{au2017, author = {Jones, A.}, year = 2021}\n", False),
        (entry(doi="", title="A critique of compassion-based therapy"), False),
    ],
)
def test_a_key_alone_merges_no_two_works(later: str, fixed: bool) -> None:  # noqa: FBT001 - a table
    """The same DOI, or title, authors and year, do; so does an entry that adds nothing."""
    finding = finding_of(check(entry() + later), "key-duplicated")
    assert (finding.fix is not None) is fixed


def test_what_keeps_two_entries_of_one_work_apart_is_named() -> None:
    """So that their author can settle it; there is no fix then."""
    finding = finding_of(check(entry(note="A") + entry("b", note="B")), "doi-duplicated")
    assert finding.message.endswith("; they differ in note")
    assert finding.fix is None


def test_an_alias_is_a_key() -> None:
    """An entry cannot have the key that another answers to; its own alias repeats nothing."""
    one = entry("a", ids="b, A, c")
    assert rules_of(check(one + entry("C", doi="10.1000/x", title="Quite another work"))) == [
        "key-duplicated"
    ]
    assert rules_of(check(one)) == []


def test_the_same_doi_twice_names_the_first() -> None:
    """The finding stands on the later entry's DOI."""
    text = entry() + entry("again", doi=f"https://doi.org/{'10.1016/J.BETH.2016.11.012'}")
    finding = finding_of(check(text), "doi-duplicated")
    assert finding.message.startswith("au2017 (0.bib:1) has the same DOI")
    assert text[finding.span.start :].startswith("doi")


def test_the_same_work_twice_is_seen_without_a_doi() -> None:
    """Title, authors and year agree, whatever the habits of writing."""
    again = entry("b", doi="", author="Au, Teresa M. and Litz, Brett T.", pages="207")
    assert rules_of(check(entry() + again)) == ["doi-missing", "work-duplicated"]


@pytest.mark.parametrize(
    "changes",
    [
        {"year": "2018"},
        {"pages": "307--321"},
        {"volume": "49"},
        {"title": "Compassion-based therapy for trauma-related shame II"},
        {"kind": "phdthesis"},
        {"journal": "European Physical Journal"},
        {"author": "Smith, J."},
        {"doi": "10.1000/other"},
        {"edition": "2"},
        {"journal": "arXiv preprint", "volume": "", "pages": ""},
        {"journal": "", "volume": "", "number": "", "pages": "", "note": "Submitted"},
        {"doi": "10.48550/arXiv.2001.00001"},
        {"note": "Erratum"},
        {"type": "Correction to an article"},
    ],
)
def test_another_part_edition_or_kind_is_another_work(changes: dict[str, str]) -> None:
    """Anything that contradicts keeps two entries apart."""
    assert "work-duplicated" not in rules_of(check(entry() + entry("b", **({"doi": ""} | changes))))


@pytest.mark.parametrize(
    ("one", "other", "duplicated"),
    [
        ("german", "english", False),
        ("german", "german and english", True),
        ("english", "en-GB", True),
        ("", "english", True),
        ("English", "Englisch", True),
        ("norwegian", "no", True),
    ],
)
def test_languages_that_are_known_keep_translations_apart(
    one: str,
    other: str,
    duplicated: bool,  # noqa: FBT001 - a table
) -> None:
    """A region, or a name that nobody knows, does not."""
    later = entry("b", doi="", language=other)
    assert duplicated == ("work-duplicated" in rules_of(check(entry(language=one) + later)))


@pytest.mark.parametrize(
    ("order", "found"), [("abc", [False]), ("cab", [False, False]), ("acb", [False, False])]
)
def test_what_fits_two_different_works_is_merged_with_neither(
    order: str, found: list[bool]
) -> None:
    """Two columns of one title, and an entry without pages."""
    pages = {"a": "3--4", "b": "7--9", "c": ""}
    text = "".join(entry(key, doi="", pages=pages[key]) for key in order)
    findings = [
        finding
        for report in check_library(library(text)).entries
        for finding in report.findings
        if finding.rule.name == "work-duplicated"
    ]
    assert found == [finding.fix is not None for finding in findings]


@pytest.mark.parametrize(
    "changes",
    [
        {"journal": "", "volume": "", "number": "", "pages": "", "eventtitle": "A meeting"},
        {"volume": "", "pages": "", "number": "", "eid": "e12"},
    ],
)
def test_what_says_other_things_of_its_place_is_told_of_and_not_merged(
    changes: dict[str, str],
) -> None:
    """It may be a work of the same title."""
    later = entry("b", **({"doi": ""} | changes))
    assert finding_of(check(entry() + later), "work-duplicated").fix is None


@pytest.mark.parametrize(
    "changes",
    [
        {"author": "Au, T. M. and others"},
        {"type": "Review"},
        {"note": "See the discussion on p. 3"},
        {"url": "https://arxiv.org/abs/2001.00001"},
    ],
)
@pytest.mark.parametrize("first", [True, False])
def test_what_programs_add_keeps_no_two_apart(
    changes: dict[str, str],
    first: bool,  # noqa: FBT001 - both orders
) -> None:
    """Fewer names, a kind of article, a remark, a copy elsewhere; in either order."""
    one, other = entry("a", doi="", **changes), entry("b", doi="")
    texts = (one, other) if first else (other, one)
    assert "work-duplicated" in rules_of(check("".join(texts)))


def test_an_entry_between_two_that_their_dois_tell_apart_is_merged_with_neither() -> None:
    """Two versions, and one without a number."""
    text = entry("a", doi="10.1000/a") + entry("b", doi="10.1000/b") + entry("c", doi="")
    assert finding_of(check(text), "work-duplicated").fix is None


def test_preprints_are_one_whatever_their_server_is_called() -> None:
    """Scholar, Zotero and DBLP have a journal's name for arXiv each."""
    changes = {"doi": "", "volume": "", "number": "", "pages": ""}
    names = ("arXiv preprint", "arXiv e-prints", "CoRR")
    texts = [entry(f"k{n}", journal=name, **changes) for n, name in enumerate(names)]
    assert "work-duplicated" in rules_of(check(texts[0] + texts[1]))
    assert "work-duplicated" in rules_of(check(texts[0] + texts[2]))


def test_what_would_be_lost_in_a_merger_is_named() -> None:
    """Where the entries do not differ, but something about them stands elsewhere."""
    text = entry() + "% mine\n" + entry("b")
    assert finding_of(check(text), "doi-duplicated").message.endswith(
        "; they cannot be merged, as the comment in line 11 may be about b; "
        "move or delete the comment"
    )


def test_a_general_title_makes_no_duplicates() -> None:
    """Many works are called Introduction."""
    text = entry(title="Introduction", doi="") + entry("b", title="Introduction", doi="")
    assert rules_of(check(text)) == ["doi-missing"]


def test_across_sources_a_repetition_is_a_note() -> None:
    """Two papers may cite the same work."""
    report = check(entry(), entry())
    assert rules_of(report) == ["key-duplicated", "doi-duplicated"]
    assert {finding.severity for finding in report.findings} == {Severity.NOTE}


def test_the_first_entry_has_no_finding() -> None:
    """Only later entries repeat an earlier one, each the first."""
    text = entry() + entry("b") + entry("c")
    assert finding_of(check(text), "doi-duplicated").message.startswith("au2017 ")
    assert rules_of(check(entry())) == []


EDITORIAL = {"title": "Editorial introduction to the issue", "doi": ""}


def test_among_many_works_of_one_title_a_repetition_is_still_seen() -> None:
    """By the names of its authors, also where its other fields are written another way."""
    texts = [entry(f"k{n}", author=f"Aa{n}bcde, X.", **EDITORIAL) for n in range(200)]
    again = entry("again", **EDITORIAL | {"author": "X. Aa150bcde", "pages": "207"})
    finding = finding_of(check("".join(texts) + again), "work-duplicated")
    assert finding.message.startswith("k150 ")


@pytest.mark.no_cover
def test_among_many_works_of_one_author_a_repetition_is_still_seen() -> None:
    """By volume and pages, whether or not either entry has a DOI."""
    texts = [
        entry(f"k{n}", volume=str(n), **EDITORIAL | {"doi": f"10.1000/{n}" if n % 2 else ""})
        for n in range(200)
    ]
    for n, doi in ((150, "10.1000/x"), (151, ""), (150, "")):
        again = entry("again", volume=str(n), **EDITORIAL | {"doi": doi})
        finding = finding_of(check("".join(texts) + again), "work-duplicated")
        assert finding.message.startswith(f"k{n} ")


@pytest.mark.no_cover
@pytest.mark.parametrize(
    "fields",
    [
        {"title": "Proceedings of conference {n} on things and others"},
        {"author": "Aa{n}bcde, X."},
        {"volume": "{n}"},
        {"doi": "10.1000/{n}", "author": "Aa{n}bcde, X."},
        {},
    ],
    ids=["titles begin alike", "other authors", "one author", "with DOIs", "copies"],
)
def test_the_work_grows_no_faster_than_the_list(
    fields: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each entry is compared with a few others at most, however many have its title."""
    compared = []

    def counted(one: Traits, other: Traits) -> bool:
        compared.append(one)
        return same_work(one, other)

    monkeypatch.setattr("compcite.checks.repeats.same_work", counted)
    shown = [{name: text.format(n=n) for name, text in fields.items()} for n in range(500)]
    check("".join(entry(f"k{n}", **EDITORIAL | shown[n]) for n in range(500)))
    assert len(compared) <= 40 * 500
