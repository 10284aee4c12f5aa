"""EndNote's XML and its tagged format, in."""

from __future__ import annotations

import pytest

from compcite.formats.endnote import read_endnote_tagged, read_endnote_xml
from compcite.model.item import Date, Item, Name
from compcite.model.source import SourceFile

HEAD = '<?xml version="1.0" encoding="UTF-8" ?>\n<xml><records>'
RECORD = """<record><database name="My.enl">My.enl</database><rec-number>1</rec-number>
<ref-type name="Journal Article">17</ref-type>
<contributors><authors>
<author><style face="normal" font="default">Müller, J. A.</style></author>
<author>World Health Organization,</author></authors></contributors>
<titles><title><style face="normal">On </style><style face="italic">E. coli</style></title>
<secondary-title>Nature</secondary-title><alt-title>Nat.</alt-title></titles>
<periodical><full-title>Nature</full-title></periodical>
<pages>1-5</pages><volume>3</volume><number>2</number>
<keywords><keyword>one</keyword><keyword>two</keyword></keywords>
<dates><year>2001</year><pub-dates><date>Mar 4</date></pub-dates></dates>
<isbn>1234-5678 (Print)&#xD;8765-4321 (Electronic)</isbn>
<accession-num>123456</accession-num><custom2>PMC12</custom2>
<urls><related-urls><url>https://example.org/?a=1&amp;b=2</url></related-urls></urls>
<electronic-resource-num>https://doi.org/10.1000/xyz</electronic-resource-num></record>"""
SECTION = """<record><ref-type name="Book Section">5</ref-type>
<contributors><authors><author>Doe, Jane</author></authors>
<secondary-authors><author>Roe, Richard</author></secondary-authors></contributors>
<titles><title>A chapter</title><secondary-title>A whole</secondary-title></titles></record>"""
BOOK = """<record><ref-type name="Book">6</ref-type>
<contributors><authors><author>Doe, Jane</author></authors>
<secondary-authors><author>Roe, Richard</author></secondary-authors>
<tertiary-authors><author>Poe, Edgar</author></tertiary-authors>
<subsidiary-authors><author>Coe, Ann</author></subsidiary-authors></contributors>
<titles><title>On rivers</title><secondary-title>Waters</secondary-title>
<short-title>Rivers</short-title></titles>
<num-vols>2</num-vols><edition>3rd</edition><pub-location>Berlin</pub-location>
<publisher>Springer</publisher><call-num>QA 1</call-num><abstract>All of it.</abstract>
<notes>Read it.</notes><research-notes>Done.</research-notes><language>German</language>
<orig-pub>1950</orig-pub><access-date>4 March 2020</access-date>
<remote-database-name>Library Catalog</remote-database-name>
<urls><web-urls><url>https://example.org/rivers</url></web-urls></urls></record>"""
TAIL = "</records></xml>"

TAGGED = """%0 Journal Article
%A Jones, Mary
%A Simon, Jeff
%D 2001
%T A thing
%J Nature
%V 3
%N 2
%P 1-5
%R 10.1000/xyz
%@ 1234-5678
%K one
two
%8 Mar 4

%0 Thesis
%A Doe, Jane
%T Strata
%D 1990
%I University of California, Berkeley
%9 Dissertation
"""


def test_an_xml_record() -> None:
    """Styles within titles, carriage returns within numbers, institutions, PubMed's ids."""
    found, problems = read_endnote_xml(SourceFile("refs.xml", HEAD + RECORD + TAIL))
    assert (len(found), problems) == (1, [])
    assert found[0].item.text == {
        "title": "On <i>E. coli</i>",
        "container-title": "Nature",
        "container-title-short": "Nat.",
        "volume": "3",
        "issue": "2",
        "page": "1-5",
        "DOI": "10.1000/xyz",
        "URL": "https://example.org/?a=1&b=2",
        "PMID": "123456",
        "PMCID": "PMC12",
        "ISSN": "1234-5678, 8765-4321",
        "keyword": "one, two",
    }
    people = (Name("Müller", "J. A."), Name(literal="World Health Organization"))
    assert {"author": people} == found[0].item.names
    assert {"issued": Date(((2001, 3, 4),))} == found[0].item.dates


def test_an_xml_record_of_a_book() -> None:
    """Everybody who had a part in it, its series, its volumes, and where it is kept."""
    found, problems = read_endnote_xml(SourceFile("refs.xml", HEAD + BOOK + TAIL))
    assert (len(found), problems) == (1, [])
    assert found[0].item.text == {
        "title": "On rivers",
        "title-short": "Rivers",
        "collection-title": "Waters",
        "number-of-volumes": "2",
        "edition": "3rd",
        "publisher": "Springer",
        "publisher-place": "Berlin",
        "call-number": "QA 1",
        "archive": "Library Catalog",
        "language": "German",
        "URL": "https://example.org/rivers",
        "abstract": "All of it.",
        "note": "Read it.",
        "annote": "Done.",
    }
    assert found[0].item.names == {
        "author": (Name("Doe", "Jane"),),
        "collection-editor": (Name("Roe", "Richard"),),
        "editor": (Name("Poe", "Edgar"),),
        "translator": (Name("Coe", "Ann"),),
    }
    assert found[0].item.dates == {
        "accessed": Date(((2020, 3, 4),)),
        "original-date": Date(((1950,),)),
    }


def test_xml_fields_know_their_places() -> None:
    """Places count characters, not bytes, and lie inside the element."""
    text = HEAD + RECORD + TAIL
    found, _ = read_endnote_xml(SourceFile("refs.xml", text))
    spelled = {}
    for field in found[0].fields:
        spelled[field.name] = text[field.content_span.start : field.content_span.end]
    assert spelled["doi"] == "https://doi.org/10.1000/xyz"
    assert spelled["url"] == "https://example.org/?a=1&amp;b=2"
    assert spelled["volume"] == "3"


@pytest.mark.parametrize(
    "broken",
    ["<record><titles><title>&a;</title></titles></record>", "<record><titles>x</record>"],
    ids=["entity", "tags"],
)
def test_a_broken_record_is_a_problem_and_stops_nothing(broken: str) -> None:
    """Each record is parsed by itself."""
    text = HEAD + broken + SECTION + TAIL
    found, problems = read_endnote_xml(SourceFile("refs.xml", text))
    assert [one.item.text["title"] for one in found] == ["A chapter"]
    assert [broken] == [text[p.span.start : p.span.end] for p in problems]


def test_entities_are_never_expanded() -> None:
    """Declarations before the records never reach the parser, inside them they are faults."""
    bomb = '<!DOCTYPE xml [<!ENTITY a "ha"><!ENTITY b "&a;&a;"><!ENTITY c SYSTEM "file:///x">]>'
    record = "<record><titles><title>&b;&c;</title></titles></record>"
    found, problems = read_endnote_xml(SourceFile("refs.xml", bomb + "<xml>" + record + "</xml>"))
    assert (found, [problem.rule for problem in problems]) == ([], ["entry-unparsed"])


def test_a_file_without_records_is_a_problem() -> None:
    """Other XML is not silently nothing."""
    found, problems = read_endnote_xml(SourceFile("refs.xml", "<html></html>"))
    assert (found, len(problems)) == ([], 1)


def test_tagged_references() -> None:
    """A reference begins with %0, and keywords stand one a line."""
    found, problems = read_endnote_tagged(SourceFile("refs.enw", TAGGED))
    assert problems == []
    first, second = (one.item for one in found)
    assert first.text == {
        "title": "A thing",
        "container-title": "Nature",
        "volume": "3",
        "issue": "2",
        "page": "1-5",
        "DOI": "10.1000/xyz",
        "ISSN": "1234-5678",
        "keyword": "one, two",
    }
    assert Date(((2001, 3, 4),)) == first.dates["issued"]
    assert (
        Item(
            "thesis",
            {
                "title": "Strata",
                "publisher": "University of California, Berkeley",
                "genre": "Dissertation",
            },
            {"author": (Name("Doe", "Jane"),)},
            {"issued": Date(((1990,),))},
            found[1].key,
        )
        == second
    )


def test_refer_has_no_types() -> None:
    """Without %0 an empty line parts the references, and the fields tell the types."""
    text = "%A Doe, J.\n%T One\n%J Nature\n\n%T Two\n%B Whole\n\n%T Three\n%I Publisher\n"
    found, _ = read_endnote_tagged(SourceFile("refs.refer", text))
    assert [one.item.type for one in found] == ["article-journal", "chapter", "book"]


def test_tagged_fields_know_their_places() -> None:
    """The DOI's place is behind its tag."""
    found, _ = read_endnote_tagged(SourceFile("refs.enw", TAGGED))
    doi = found[0].field("doi")
    assert doi is not None
    assert TAGGED[doi.content_span.start : doi.content_span.end] == "10.1000/xyz"


def test_a_reference_of_nothing_is_a_problem() -> None:
    """A type alone is no reference, nor is text without tags."""
    found, problems = read_endnote_tagged(
        SourceFile("refs.enw", "words\n%0 Book\n\n%0 Book\n%T T\n")
    )
    assert ([one.item.text["title"] for one in found], len(problems)) == (["T"], 2)


@pytest.mark.parametrize(
    ("kind", "number", "expected"),
    [
        ("Book", "oai:library.example:77", {"archive_location": "oai:library.example:77"}),
        ("Report", "TR-12", {"number": "TR-12"}),
        ("Book", "doi:10.5555/abc", {"DOI": "10.5555/abc"}),
        ("Book", "https://doi.org/10.5555/abc", {"DOI": "10.5555/abc"}),
    ],
)
def test_a_number_that_is_no_doi_is_none(kind: str, number: str, expected: dict[str, str]) -> None:
    """``%R`` holds the number of a report or of a record, and sometimes a DOI."""
    (entry,), _ = read_endnote_tagged(SourceFile("x.enw", f"%0 {kind}\n%T T\n%R {number}\n"))

    assert entry.item.text == {"title": "T", **expected}


def test_the_series_of_a_paper_without_container_is_its_container() -> None:
    """The ACL Anthology names proceedings as the series and their editors as its editors."""
    text = "%0 Conference Proceedings\n%T A paper\n%A Doe, J\n%Y Roe, R\n%S Proceedings of Things\n"
    (entry,), _ = read_endnote_tagged(SourceFile("x.enw", text))

    assert entry.item.text == {"title": "A paper", "container-title": "Proceedings of Things"}
    assert entry.item.names == {"author": (Name("Doe", "J"),), "editor": (Name("Roe", "R"),)}


def test_a_series_beside_a_container_stays_a_series() -> None:
    """Where the proceedings are named, the series is one."""
    text = "%0 Conference Proceedings\n%T T\n%B Proceedings\n%S Lecture Notes\n%Y Roe, R\n"
    (entry,), _ = read_endnote_tagged(SourceFile("x.enw", text))

    assert entry.item.text["collection-title"] == "Lecture Notes"
    assert list(entry.item.names) == ["collection-editor"]
