"""Records of Crossref, DataCite and content negotiation as works."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from typing import TYPE_CHECKING, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compcite.model.doi import DOI
from compcite.model.item import Date, Name
from compcite.model.work import Relation, Update
from compcite.registries.records.crossref_work import work_from_crossref
from compcite.registries.records.csl_work import work_from_csl
from compcite.registries.records.datacite_work import work_from_datacite

if TYPE_CHECKING:
    from pathlib import Path

    from compcite.registries.records.answers import Json

ARTICLE: Json = {
    "DOI": "10.1016/J.Beth.2016.11.012",
    "type": "journal-article",
    "title": ["Compassion-Based <i>Therapy</i>"],
    "subtitle": ["A Trial"],
    "original-title": ["Terapia"],
    "container-title": ["Behavior Therapy"],
    "short-container-title": ["Behav Ther"],
    "author": [
        {"given": "Thomas M.", "family": "Au", "sequence": "first", "affiliation": []},
        {"given": "Harold", "family": "Hall", "suffix": "Jr."},
        {"name": "The Study Group"},
        {"given": "Only Given"},
    ],
    "issued": {"date-parts": [[2016, 12]]},
    "published-online": {"date-parts": [[2016, 12, 1]]},
    "published-print": {"date-parts": [[2017, 3]]},
    "accepted": {"date-parts": [[2015, 11, 30]]},
    "volume": "48",
    "issue": "2",
    "page": "207-221",
    "article-number": "e207",
    "publisher": "Elsevier BV",
    "ISSN": ["0005-7894", "1878-1888"],
    "ISBN": ["http://id.crossref.org/isbn/9780521808309"],
    "relation": {"has-preprint": [{"id-type": "doi", "id": "10.31234/osf.io/x"}], "cites": []},
    "updated-by": [
        {"DOI": "10.1016/notice", "type": "retraction", "source": "retraction-watch",
         "updated": {"date-parts": [[2024, 5, 1]]}},
    ],
}  # fmt: skip


def test_a_crossref_article_becomes_an_item() -> None:
    """CSL's variables by their names; the year of the printed issue is the one to cite."""
    item = work_from_crossref(ARTICLE).item
    assert item.type == "article-journal"
    assert dict(item.text) == {
        "title": "Compassion-Based <i>Therapy</i>: A Trial",
        "original-title": "Terapia",
        "container-title": "Behavior Therapy",
        "container-title-short": "Behav Ther",
        "volume": "48",
        "issue": "2",
        "page": "207-221",
        "number": "e207",
        "publisher": "Elsevier BV",
        "ISSN": "0005-7894",
        "ISBN": "9780521808309",
        "DOI": "10.1016/J.Beth.2016.11.012",
    }
    assert item.names["author"] == (
        Name("Au", "Thomas M."),
        Name("Hall", "Harold", suffix="Jr."),
        Name(literal="The Study Group"),
        Name(literal="Only Given"),
    )
    assert item.dates["issued"] == Date(((2017, 3),))


def test_every_form_that_may_stand_in_a_reference_is_kept() -> None:
    """Titles with and without subtitle, abbreviated containers, years of every stage."""
    work = work_from_crossref(ARTICLE)
    assert work.titles == (
        "Compassion-Based Therapy: A Trial",
        "Compassion-Based Therapy",
        "Terapia",
    )
    assert work.containers == ("Behavior Therapy", "Behav Ther")
    assert work.years == {2015, 2016, 2017}
    assert work.relations == (Relation("has-preprint", DOI("10.31234/osf.io/x")),)


def test_updates_name_kind_notice_date_and_source() -> None:
    """From ``updated-by`` of the work, and from ``update-to`` of the notice."""
    expected = Update("retraction", DOI("10.1016/notice"), dt.date(2024, 5, 1), "retraction-watch")
    assert work_from_crossref(ARTICLE).updates == (expected,)
    notice = work_from_crossref({"update-to": ARTICLE["updated-by"], "title": ["Retraction: X"]})
    assert (notice.updates, notice.updates_to) == ((), (expected,))


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("RETRACTED: A study", "retraction"),
        ("RETRACTED ARTICLE: A study", "retraction"),
        ("[Retracted] A study", "retraction"),
        ("WITHDRAWN: A study", "withdrawal"),
        ("TEMPORARY REMOVAL: A study", "removal"),
    ],
)
def test_a_title_may_be_all_that_tells_of_a_retraction(title: str, kind: str) -> None:
    """The title's word counts as asserted by the title; without it, it is a title as well."""
    work = work_from_crossref({"title": [title]})
    assert work.updates == (Update(kind, asserted_by="title"),)
    assert "A study" in work.titles


@pytest.mark.parametrize(
    "title",
    ["Retraction: A study", "Retracted articles in medicine", "Withdrawn from society", "Removed"],
)
def test_a_title_about_retraction_is_none(title: str) -> None:
    """Notices, and studies of the matter."""
    assert work_from_crossref({"title": [title]}).updates == ()


@pytest.mark.parametrize(
    ("crossref", "csl"),
    [
        ("journal-article", "article-journal"),
        ("book-chapter", "chapter"),
        ("proceedings-article", "paper-conference"),
        ("monograph", "book"),
        ("dissertation", "thesis"),
        ("posted-content", "article"),
        ("component", "document"),
        ("something new", "document"),
        (None, "document"),
    ],
)
def test_types_are_told_in_terms_of_csl(crossref: str | None, csl: str) -> None:
    """What CSL has no word for is a document; the agency's word is kept."""
    work = work_from_crossref({"type": crossref})
    assert (work.item.type, work.registered_type) == (csl, crossref or "")


@pytest.mark.parametrize(
    "containers",
    [
        ["Lecture Notes in Computer Science", "Web Engineering"],
        ["Web Engineering", "Lecture Notes in Computer Science"],
    ],
)
def test_a_chapter_stands_in_its_book_not_in_the_series(containers: list[str]) -> None:
    """Crossref gives both in either order."""
    text = work_from_crossref({"type": "book-chapter", "container-title": containers}).item.text
    assert text["container-title"] == "Web Engineering"
    assert text["collection-title"] == "Lecture Notes in Computer Science"


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([[2017]], Date(((2017,),))),
        ([["2017", "4"]], Date(((2017, 4),))),
        ([[2017, 2, 30]], Date(((2017, 2),))),
        ([[2017, 13]], Date(((2017,),))),
        ([[2017, 22]], Date(((2017,),), season=2)),
        ([2017, 4], Date(((2017, 4),))),
        ([[2017], [2018]], Date(((2017,), (2018,)))),
        ([[None]], None),
        ([[0]], None),
        ([], None),
        ("2017", None),
    ],
)
def test_dates_keep_what_can_be_true(parts: object, expected: Date | None) -> None:
    """Impossible months and days are left out, not the year."""
    item = work_from_crossref({"issued": {"date-parts": parts}}).item
    assert item.dates.get("issued") == expected


def test_a_datacite_record_becomes_a_work() -> None:
    """Creators by their parts or whole, the version, every year but that of metadata."""
    work = work_from_datacite({
        "doi": "10.5281/ZENODO.1",
        "creators": [
            {"name": "Neff, Kristin", "givenName": "Kristin", "familyName": "Neff"},
            {"name": "Germer, Christopher"},
            {"name": "Center, Mindful, Inc.", "nameType": "Organizational"},
            {"name": "(:Unav)"},
        ],
        "contributors": [{"name": "Litz, Brett", "contributorType": "Editor"}],
        "titles": [{"title": "Scales"}, {"title": "Data", "titleType": "Subtitle"},
                   {"title": "Skalen", "titleType": "TranslatedTitle"}],
        "publisher": {"name": "Zenodo"},
        "publicationYear": 2019,
        "dates": [
            {"date": "2019-07-08", "dateType": "Issued"},
            {"date": "2018", "dateType": "Created"},
            {"date": "2023-01-01T00:00:00Z", "dateType": "Updated"},
        ],
        "types": {"resourceTypeGeneral": "Dataset", "citeproc": "dataset"},
        "version": "1.2",
        "relatedIdentifiers": [
            {
                "relatedIdentifier": "10.1234/paper",
                "relatedIdentifierType": "DOI",
                "relationType": "IsSupplementTo",
            }
        ],
    })  # fmt: skip
    assert (work.doi, work.agency, work.item.type) == (
        DOI("10.5281/zenodo.1"),
        "DataCite",
        "dataset",
    )
    assert dict(work.item.text) == {
        "title": "Scales: Data",
        "publisher": "Zenodo",
        "version": "1.2",
        "DOI": "10.5281/ZENODO.1",
    }
    assert work.item.names == {
        "author": (
            Name("Neff", "Kristin"),
            Name("Germer", "Christopher"),
            Name(literal="Center, Mindful, Inc."),
        ),
        "editor": (Name("Litz", "Brett"),),
    }
    assert work.item.dates["issued"] == Date(((2019, 7, 8),))
    assert work.titles == ("Scales: Data", "Scales", "Skalen")
    assert work.years == {2018, 2019}
    assert work.relations == (Relation("is-supplement-to", DOI("10.1234/paper")),)


def test_an_arxiv_preprint_is_written_as_arxiv_writes_it() -> None:
    """The DOI's capitals, the number, and the years of its versions."""
    work = work_from_datacite(
        {
            "doi": "10.48550/arxiv.1706.03762",
            "titles": [{"title": "Attention"}],
            "publicationYear": 2017,
            "dates": [{"date": "2023-08-02", "dateType": "Updated"}],
            "types": {"resourceTypeGeneral": "Preprint"},
        }
    )
    assert work.item.type == "article"
    assert work.item.text["DOI"] == "10.48550/arXiv.1706.03762"
    assert work.item.text["number"] == "arXiv:1706.03762"
    assert work.years == {2017, 2023}


@pytest.mark.parametrize(
    ("types", "container", "csl"),
    [
        ({"resourceTypeGeneral": "Text", "citeproc": "article-journal"}, {}, "document"),
        ({"resourceTypeGeneral": "Text", "resourceType": "Journal Article"}, {}, "article-journal"),
        ({"resourceTypeGeneral": "Text"}, {"type": "Journal", "title": "J"}, "article-journal"),
        ({"resourceTypeGeneral": "Text", "resourceType": "Dissertation"}, {}, "thesis"),
        ({"resourceTypeGeneral": "Software"}, {}, "software"),
        (None, None, "document"),
    ],
)
def test_the_types_of_datacite(types: Json | None, container: Json | None, csl: str) -> None:
    """Text without a better word is a document, not a journal's article."""
    assert work_from_datacite({"types": types, "container": container}).item.type == csl


def test_csl_json_becomes_a_work() -> None:
    """Of whatever agency, strings or lists."""
    work = work_from_csl(
        {"type": "article-journal", "title": ["Un articolo"], "container-title": "Rivista",
         "author": [
            {"family": "Eco", "non-dropping-particle": "d'"},
            {"family": "Humboldt", "given": "Alexander", "dropping-particle": "von"},
            {"literal": "Istituto"},
        ],
         "issued": {"raw": "2004-05"}},
        DOI("10.1430/8105"),
        "mEDRA",
    )  # fmt: skip
    assert (work.agency, work.described, work.titles) == ("mEDRA", True, ("Un articolo",))
    assert work.item.names["author"] == (
        Name("Eco", non_dropping_particle="d'"),
        Name("Humboldt", "Alexander", dropping_particle="von"),
        Name(literal="Istituto"),
    )
    assert work.item.dates["issued"] == Date(((2004, 5),))


def test_csl_json_of_a_registry_is_read_like_any_other() -> None:
    """Dates in words, institutions and texts for names; a list with what is no name is unknown."""
    record: Json = {
        "type": "Article-Journal", "title": "<i>Waves</i>", "author": "Eco, Umberto",
        "editor": [{"family": "Doe"}, 12], "issued": {"raw": "Fall 2004"}, "volume": 7.0,
        "journalAbbreviation": "Riv.", "note": "volume: 8",
    }  # fmt: skip
    item = work_from_csl(record, DOI("10.1430/8105"), "mEDRA").item
    assert item.type == "article-journal"
    assert item.names == {"author": (Name("Eco", "Umberto"),)}
    assert item.dates == {"issued": Date(((2004,),), season=3)}
    assert item.text == {
        "title": "<i>Waves</i>",
        "volume": "7",
        "container-title-short": "Riv.",
        "DOI": "10.1430/8105",
    }


def test_csl_json_without_a_title_describes_nothing() -> None:
    """The work is registered, no more."""
    assert not work_from_csl({"type": "book"}, DOI("10.1430/8105"), "mEDRA").described


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["title", "name", "date-parts", "family", "DOI", "type", "date", "id"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)
KEYS = sorted({*ARTICLE, "update-to", "types", "creators", "titles", "dates", "container", "doi"})


@pytest.mark.no_cover
@given(st.dictionaries(st.sampled_from(KEYS), JSON, max_size=8))
def test_no_shape_of_record_raises(record: dict[str, object]) -> None:
    """Services change and err; a record is read as far as it goes."""
    works = [
        work_from_crossref(record),
        work_from_datacite(record),
        work_from_csl(record, DOI("10.1234/a"), "mEDRA"),
    ]
    assert all(value for work in works for value in work.item.text.values())


HALF = "\ud800 and \udc00"
DATASET: Json = {
    "doi": "10.5281/zenodo.1",
    "titles": [{"title": "Scales"}],
    "creators": [{"name": "Neff, Kristin"}],
    "container": {"title": "Data"},
    "publisher": {"name": "Zenodo"},
}


def _halved(value: object) -> object:
    """A record with halves of surrogate pairs at the end of each of its strings."""
    if isinstance(value, dict):
        return {key: _halved(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_halved(part) for part in value]
    return value + HALF if isinstance(value, str) else value


def test_halves_of_characters_do_not_get_into_works() -> None:
    """JSON can spell them, and nothing could write them: a sign stands in their place."""
    article, dataset = (cast("Json", _halved(record)) for record in (ARTICLE, DATASET))
    works = [
        work_from_crossref(article),
        work_from_datacite(dataset),
        work_from_csl(article, DOI(f"10.1234/a{HALF}"), "mEDRA"),
    ]
    assert [HALF in work.titles[0] for work in works] == [False] * 3
    assert [work for work in works if "ud800" in ascii(work)] == []


@pytest.mark.no_cover
def test_real_records_are_read_whole(shared: Path) -> None:
    """Every recorded work with a title has one, those with authors have as many."""
    works = 0
    for line in (shared / "data" / "crossref-works.jsonl").read_text("utf-8").splitlines():
        record = json.loads(line)
        record = record.get("record", record)
        record = record.get("message", record)
        work = work_from_crossref(record)
        works += 1
        assert work.titles or not any(record.get("title", []))
        named = [a for a in record.get("author", []) if {"family", "name", "given"} & a.keys()]
        assert len(work.item.names.get("author", ())) == len(named)
        assert "&amp;" not in "".join(work.titles)
    assert works > 1000


CROSSREF_RECORD: dict[str, object] = {
    "DOI": "10.1234/a",
    "type": "journal-article",
    "title": ["Self-compassion"],
    "author": [{"family": "Neff", "given": "K."}, {"family": "Germer", "given": "C."}],
    "container-title": ["Self and Identity"],
    "volume": "2",
    "issue": "3",
    "page": "85-101",
    "issued": {"date-parts": [[2003, 4]]},
}
ODD: tuple[object, ...] = (None, -1.5, 0, True, {}, [], [{}], [None, 7], {"x": 1}, float("-inf"))


@pytest.mark.parametrize("field", ["volume", "issue"])
@pytest.mark.parametrize("number", [1, 101])
def test_a_number_of_json_is_read_as_text(field: str, number: int) -> None:
    """Services mostly write such values as strings, and sometimes as numbers."""
    for value in (number, str(number)):
        container = {"title": "Data", "type": "Journal", field: value}
        dataset = work_from_datacite({**DATASET, "container": container})
        article = work_from_crossref({**CROSSREF_RECORD, field: value})

        assert dataset.item.text[field] == article.item.text[field] == str(number)


@pytest.mark.parametrize("odd", ODD, ids=repr)
@pytest.mark.parametrize("field", [name for name in CROSSREF_RECORD if name not in ("DOI", "type")])
def test_a_field_of_the_wrong_type_is_unknown(field: str, odd: object) -> None:
    """As if it were not there: nothing of it is compared."""
    lacking = {name: value for name, value in CROSSREF_RECORD.items() if name != field}
    work = work_from_crossref({**CROSSREF_RECORD, field: odd})
    assert replace(work, unread=frozenset()) == work_from_crossref(lacking)


@pytest.mark.parametrize(
    ("part", "changes"),
    [
        ("title", {"original-title": 7}),
        ("title", {"title": None, "subtitle": ["For beginners"]}),
        ("title", {"short-title": ["Half \ud800"]}),
        ("container", {"short-container-title": [7]}),
        ("container", {"event": {"name": 7}}),
        ("year", {"published-print": [2003]}),
        ("year", {"accepted": {"date-parts": [["soon"]]}}),
        ("pages", {"article-number": {"x": 1}}),
    ],
)
def test_a_part_with_one_odd_field_is_unknown_whole(part: str, changes: Json) -> None:
    """Its other fields may be those that a right reference does not have."""
    assert work_from_crossref({**CROSSREF_RECORD, **changes}).unread == {part}


def test_without_its_type_all_that_depends_on_it_is_unknown() -> None:
    """Books are issued again, and proceedings have several names: a type excuses differences."""
    unread = {"authors", "container", "pages", "year"}
    assert work_from_crossref({**CROSSREF_RECORD, "type": 7}).unread == unread
    assert work_from_datacite({"doi": "10.1234/a", "types": {"resourceTypeGeneral": 7}}).unread == (
        unread
    )


@pytest.mark.parametrize(
    ("part", "attributes"),
    [
        ("title", {"titles": [{"title": "Self-compassion"}, {"title": 7}]}),
        ("year", {"dates": [{"date": 2003, "dateType": "Issued"}]}),
        ("year", {"publicationYear": [2003]}),
        ("container", {"container": {"title": 7}}),
        ("pages", {"container": {"firstPage": {"x": 1}}}),
    ],
)
def test_a_part_of_a_datacite_record_with_one_odd_field_is_unknown(
    part: str, attributes: Json
) -> None:
    """As in one of Crossref."""
    assert work_from_datacite({"doi": "10.1234/a", **attributes}).unread == {part}


def test_no_record_that_is_whole_has_unread_parts() -> None:
    """Neither has one that leaves fields out, or has empty ones as the services write them."""
    empty: Json = {"subtitle": [], "short-title": [], "original-title": [], "event": {}}
    for record in (ARTICLE, CROSSREF_RECORD, {**CROSSREF_RECORD, **empty}, {}):
        assert work_from_crossref(record).unread == frozenset()
    nothing: Json = {"container": {}, "publicationYear": "", "published": None, "dates": []}
    for attributes in ({}, nothing):
        assert work_from_datacite({"doi": "10.1234/a", **attributes}).unread == frozenset()


@pytest.mark.parametrize("odd", [None, 7, "Neff", {"family": 7}, {"family": ["Neff"]}, [{}]])
def test_a_list_of_authors_with_one_that_cannot_be_read_is_unknown(odd: object) -> None:
    """Without him it would contradict a right reference."""
    authors = [{"family": "Neff", "given": "K."}, odd]
    assert work_from_crossref({**CROSSREF_RECORD, "author": authors}).item.names == {}
    creators = [{"familyName": "Neff"}, {"familyName": 7} if isinstance(odd, dict) else odd]
    assert work_from_datacite({"doi": "10.1234/a", "creators": creators}).item.names == {}


def test_a_notice_that_can_be_read_counts_beside_one_that_cannot() -> None:
    """A retraction is not lost by what stands beside it."""
    notice = {"type": "retraction", "DOI": "10.1234/n"}
    work = work_from_crossref({**CROSSREF_RECORD, "updated-by": [7, notice, {"type": 3}]})
    assert [update.kind for update in work.updates] == ["retraction"]
