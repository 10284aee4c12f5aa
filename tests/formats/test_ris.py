"""RIS in its dialects, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from tests.formats.items import came_back_otherwise, entries, entry, real_entries, real_losses

from compcite.formats.ris.reader import read_ris
from compcite.formats.ris.writer import write_ris
from compcite.model.item import Date, Item, Name
from compcite.model.source import SourceFile

if TYPE_CHECKING:
    from pathlib import Path

    from compcite.model.library import Entry, Problem

ZOTERO = """TY  - JOUR
TI  - A title & more
AU  - van der Berg, Jan
AU  - World Bank,
T2  - Journal of Things
J2  - J. Things
DA  - 2017/03/15/
PY  - 2017
DO  - 10.1000/xyz
VL  - 48
IS  - 2
SP  - 207
EP  - 221
SN  - 1234-5678
KW  - one
KW  - two
Y2  - 2020/01/02/10:20:30
UR  - https://example.org/
ER  -

"""
ENDNOTE = """TY  - CHAP
A2  - Miller, Ann
AU  - Doe, Jane
CY  - Berlin
DO  - https://doi.org/10.1000/ABC
ID  - 512
N1  - first
N1  - second
PB  - Springer
PY  - 1999
SE  - 4
SN  - 978-3-16-148410-0
SP  - 12-19
T2  - A Whole Book
TI  - A chapter
ER  -
"""
PUBLISHER = """Provider: A database
Content: text/plain

TY  -JOUR
A1  - J. Smith
A1  - Doe, Jane, Jr.
T1  - Caf&eacute; &amp; more:
a second line
JF  - Nature
JO  - Nat.
Y1  - 2001/05//Spring
N2  - An abstract
that goes on
M3  - doi: 10.1000/182
ER  -
"""


def read(text: str) -> tuple[list[Entry], list[Problem]]:
    """What a text holds."""
    return read_ris(SourceFile("list.ris", text))


def only(text: str) -> Entry:
    """The one entry of a text that has nothing else."""
    found, problems = read(text)
    assert (len(found), problems) == (1, [])
    return found[0]


def test_an_export_of_zotero() -> None:
    """Dates are the most exact of the two, and a trailing comma marks an institution."""
    item = only(ZOTERO).item
    assert item.text == {
        "title": "A title & more",
        "container-title": "Journal of Things",
        "container-title-short": "J. Things",
        "DOI": "10.1000/xyz",
        "volume": "48",
        "issue": "2",
        "page": "207-221",
        "ISSN": "1234-5678",
        "keyword": "one, two",
        "URL": "https://example.org/",
    }
    people = (Name("Berg", "Jan", non_dropping_particle="van der"), Name(literal="World Bank"))
    assert {"author": people} == item.names
    assert {
        "issued": Date(((2017, 3, 15),)),
        "accessed": Date(((2020, 1, 2),)),
    } == item.dates


def test_an_export_of_endnote() -> None:
    """Pages stand in one field, notes in several, the key in ID."""
    found = only(ENDNOTE)
    assert (found.key, found.type, found.item.type) == ("512", "chap", "chapter")
    assert found.item.text == {
        "title": "A chapter",
        "container-title": "A Whole Book",
        "DOI": "10.1000/ABC",
        "ISBN": "978-3-16-148410-0",
        "page": "12-19",
        "chapter-number": "4",
        "publisher": "Springer",
        "publisher-place": "Berlin",
        "note": "first\nsecond",
    }
    assert (Name("Miller", "Ann"),) == found.item.names["editor"]


def test_an_export_of_a_publisher() -> None:
    """A head before the first reference, old tags, lines that go on, the DOI in M3."""
    item = only(PUBLISHER).item
    assert item.text["title"] == "Café & more: a second line"
    assert (item.text["container-title"], item.text["container-title-short"]) == ("Nature", "Nat.")
    assert item.text["abstract"] == "An abstract that goes on"
    assert item.text["DOI"] == "10.1000/182"
    assert (Name("Smith", "J."), Name("Doe", "Jane", suffix="Jr.")) == item.names["author"]
    assert Date(((2001, 5),)) == item.dates["issued"]


def test_fields_are_called_as_checks_look_for_them_and_know_their_places() -> None:
    """The DOI of a RIS file is its field ``doi``, wherever its tag stands."""
    found = only(ENDNOTE.replace("\n", "\r\n"))
    field = found.field("doi")
    assert field is not None
    assert found.source is not None
    text = found.source.text
    assert text[field.content_span.start : field.content_span.end] == "https://doi.org/10.1000/ABC"
    assert text[field.span.start : field.span.end] == "DO  - https://doi.org/10.1000/ABC"
    assert text[found.key_span.start : found.key_span.end] == "512"
    assert found.source.position(field.span.start).line == 5


def test_a_broken_reference_is_a_problem_and_stops_nothing() -> None:
    """What has no type, and what has nothing else, is said with its place."""
    text = "AU  - Lost, One\nTI  - Lost\nER  - \nTY  - JOUR\nER  - \n" + ENDNOTE
    found, problems = read(text)
    assert [one.key for one in found] == ["512"]
    assert [problem.rule for problem in problems] == ["entry-unparsed", "entry-unparsed"]
    assert [text[problem.span.start : problem.span.end] for problem in problems] == [
        "AU  - Lost, One\nTI  - Lost",
        "TY  - JOUR",
    ]


def test_a_reference_without_end_ends_where_the_next_begins() -> None:
    """Nothing is lost where ER is missing."""
    found, problems = read("TY  - BOOK\nTI  - One\nTY  - BOOK\nTI  - Two\n")
    assert ([one.item.text["title"] for one in found], problems) == (["One", "Two"], [])


@pytest.mark.parametrize(
    ("year", "date", "expected"),
    [
        ("2012", "", Date(((2012,),))),
        ("2012///", "", Date(((2012,),))),
        ("2012/03/04/", "", Date(((2012, 3, 4),))),
        ("2012", "2012-03-04", Date(((2012, 3, 4),))),
        ("2012", "Mar 15", Date(((2012, 3, 15),))),
        ("2012", "2012///Spring", Date(((2012,),), season=1)),
        ("2012", "2013/01/05", Date(((2013, 1, 5),))),
        ("2012/05/28", "2013/04/01", Date(((2013, 4, 1),))),
        ("in press", "", Date(literal="in press")),
    ],
)
def test_dates(year: str, date: str, expected: Date) -> None:
    """Of two dates ``DA`` counts: the standard says that it is the date of the work."""
    lines = f"TY  - JOUR\nTI  - T\nPY  - {year}\n" + (f"DA  - {date}\n" if date else "")
    assert expected == only(lines).item.dates["issued"]


def test_references_without_key_get_new_ones() -> None:
    """A new key is unlike those before it, given ones included."""
    body = "AU  - Doe, J.\nPY  - 2001\nTI  - On things\nER  -\n"
    text = f"TY  - BOOK\nID  - Doe2001things\n{body}" + f"TY  - BOOK\n{body}" * 2
    keys = [one.key for one in read(text)[0]]
    assert keys == ["Doe2001things", "doe2001thingsa", "doe2001thingsb"]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("BOOK", "editor"), ("JOUR", "editor"), ("PCOMM", "recipient"), ("SLIDE", "contributor")],
)
def test_what_a_secondary_author_is_depends_on_the_type(kind: str, expected: str) -> None:
    """A2 names an editor, a recipient, a contributor."""
    item = only(f"TY  - {kind}\nTI  - T\nA2  - Doe, Jane\n").item
    assert [expected] == list(item.names)


def test_a_written_reference() -> None:
    """One tag a line, TY first and ER last, the key in ID."""
    item = Item(
        "article-journal",
        {
            "title": '<span class="nocase">A</span> &amp; B',
            "container-title": "J",
            "page": "1-2",
            "number": "e7",
        },
        {"author": (Name(literal="World Bank"), Name("Doe", "Jane"))},
        {"issued": Date(((2001, 2),))},
        truncated=frozenset({"author"}),
    )
    written = write_ris([entry(item, "doe2001")])
    assert written.text == (
        "TY  - JOUR\nID  - doe2001\nAU  - World Bank,\nAU  - Doe, Jane\nAU  - et al.\nPY  - 2001\n"
        "DA  - 2001/02\nT2  - J\nSP  - 1\nEP  - 2\nC7  - e7\nTI  - A &amp;amp; B\nER  - \n"
    )
    assert written.losses == ()


@pytest.mark.parametrize(
    ("kind", "tags"),
    [
        (
            "chapter",
            {"author": "AU", "editor": "A2", "collection-editor": "A3", "translator": "A4"},
        ),
        ("book", {"author": "AU", "editor": "ED", "collection-editor": "A2", "translator": "A4"}),
        ("song", {"author": "AU", "editor": "ED", "performer": "A2", "translator": "A4"}),
        ("patent", {"author": "AU", "editor": "ED", "contributor": "A2", "translator": "A4"}),
        ("motion_picture", {"director": "AU", "contributor": "A2", "producer": "A3"}),
        ("motion_picture", {"director": "AU", "performer": "A4"}),
    ],
)
def test_everybody_has_the_tag_of_their_part(kind: str, tags: dict[str, str]) -> None:
    """A2 to A4 mean somebody else for each kind of work, and are read back as who they were."""
    item = Item(kind, {"title": "T"}, {role: (Name("Doe", role.title()),) for role in tags})
    written = write_ris([entry(item, "doe")])

    lines = {line[:2]: line[6:] for line in written.text.splitlines()}
    assert {tag: lines.get(tag) for tag in tags.values()} == {
        tag: f"Doe, {role.title()}" for role, tag in tags.items()
    }
    assert only(written.text).item.names == item.names


def test_what_ris_cannot_hold_is_said() -> None:
    """One sentence an entry names what is missing and what is held in part."""
    item = Item(
        "speech",
        {"title": "T", "medium": "video"},
        {"chair": (Name("Doe", "Jane"),)},
        {"issued": Date(((2001, 2, 3), (2002, 3, 4)))},
    )
    assert write_ris([entry(item, "talk")]).losses == (
        "talk: RIS has no place for “chair” and “medium” and holds “issued” only in part.",
    )


@pytest.mark.no_cover
@settings(max_examples=60)
@given(entries())
def test_nothing_is_lost_without_a_word(originals: list[Entry]) -> None:
    """What does not come back is named."""
    assert came_back_otherwise(originals, read_ris, write_ris(originals)) == []


@pytest.mark.no_cover
def test_real_entries_come_back(shared: Path) -> None:
    """Of the real files, RIS loses only what it has no tag for."""
    originals = real_entries(shared)
    lost = real_losses(originals, read_ris, write_ris(originals))
    assert set() == lost - {
        *("container-author", "volume-title", "part-number", "version", "chapter-number"),
        *("event-date", "event-title", "event-place", "jurisdiction", "status", "authority"),
        *("number-of-pages", "original-date", "accessed", "issued", "author", "PMID", "ISSN"),
    }


@pytest.mark.parametrize("text", ["ty  - JOUR\nti  - lower\n", "@book{a}", "<html></html>"])
def test_a_file_that_is_no_ris_is_a_problem(text: str) -> None:
    """Nothing of it may vanish without a word."""
    found, problems = read(text)
    assert (found, [one.message for one in problems]) == (
        [],
        ["The file has no references as RIS writes them."],
    )


def test_a_reference_whose_lines_are_all_empty_is_a_problem() -> None:
    """Tags without values say nothing."""
    found, problems = read("TY  - JOUR\nTI  - \nAU  - \nER  - \n")
    assert (found, len(problems)) == ([], 1)


def test_every_issn_is_kept() -> None:
    """Web of Science gives one of print and one of the web, a line each."""
    item = only("TY  - JOUR\nTI  - T\nSN  - 0022-3514\nSN  - 1939-1315\nER  - \n").item
    assert item.text["ISSN"] == "0022-3514, 1939-1315"


@pytest.mark.parametrize(
    ("written", "expected"),
    [("30333519", ("PMID", "30333519")), ("PMC123", ("PMCID", "PMC123"))],
)
def test_the_second_custom_field_is_pubmed_s(written: str, expected: tuple[str, str]) -> None:
    """EndNote has the PMCID there, Scopus the PMID."""
    text = only(f"TY  - JOUR\nTI  - T\nC2  - {written}\nER  - \n").item.text
    assert {"title": "T", expected[0]: expected[1]} == text


@pytest.mark.parametrize(
    ("written", "expected"),
    [("20190503", Date(((2019, 5, 3),))), ("201905", Date(((2019, 5),)))],
)
def test_dates_in_one_number(written: str, expected: Date) -> None:
    """Year, month and day without anything between."""
    assert only(f"TY  - BOOK\nTI  - T\nPY  - {written}\nER  - \n").item.dates["issued"] == expected


def test_the_edition_of_an_article_is_when_it_was_online() -> None:
    """EndNote keeps the date of electronic publication there; a book has an edition."""
    article, book = (
        only(f"TY  - {tag}\nTI  - T\nET  - 2016/11/30\nER  - \n").item for tag in ("JOUR", "BOOK")
    )
    assert (article.text, article.dates, book.text["edition"]) == (
        {"title": "T"},
        {"available-date": Date(((2016, 11, 30),))},
        "2016/11/30",
    )


def test_a_value_of_many_lines_keeps_them_all() -> None:
    """Each line that begins with no tag goes on with the value before, empty ones between."""
    item = only("TY  - JOUR\nAB  -\n  one\n\ntwo\nTI  - T\n  U\nER  - \n").item
    assert (item.text["abstract"], item.text["title"]) == ("one two", "T U")


@pytest.mark.parametrize(
    "lines", ["PY  - 0000", "PY  - 0000///", "Y1  - 0000/00/00/", "DA  - 0000-00-00"]
)
def test_a_year_of_noughts_is_no_date(lines: str) -> None:
    """Databases write it where they know none."""
    assert only(f"TY  - JOUR\nTI  - T\n{lines}\n").item.dates == {}


def test_abstracts_in_two_languages_are_both_kept() -> None:
    """One of them would be lost without a word; the same one twice is one."""
    text = "TY  - JOUR\nTI  - T\nAB  - On birds.\nN2  - Über Vögel.\nAB  - On birds.\n"

    assert only(text).item.text["abstract"] == "On birds.\nÜber Vögel."


@pytest.mark.parametrize(
    ("type_", "text", "issued", "expected"),
    [
        ("chapter", {"status": "to appear"}, "2031", "PY  - 2031///to appear\n"),
        ("book", {"status": "in press"}, "", "PY  - ///in press\n"),
        ("article-journal", {"status": "in press"}, "", "TY  - INPR\n"),
        ("book", {"number-of-pages": "212"}, "1987", "SP  - 212\n"),
        ("book", {"number-of-pages": "ix, 212"}, "1987", "SP  - ix, 212 p.\n"),
        ("paper-conference", {"number-of-pages": "8"}, "1987", "SP  - 8 p.\n"),
    ],
)
def test_states_and_numbers_of_pages_come_back(
    type_: str, text: dict[str, str], issued: str, expected: str
) -> None:
    """A state is the fourth part of the date; a number of pages that is no page has its unit."""
    dates = {"issued": Date(((int(issued),),))} if issued else {}
    original = entry(Item(type_, {"title": "A title", **text}, {}, dates))
    written = write_ris([original])

    assert written.losses == ()
    assert expected in written.text
    assert came_back_otherwise([original], read_ris, written) == []


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2031///Spring", {"title": "T"}),
        ("2031///Submitted", {"title": "T", "status": "Submitted"}),
        ("2031/05/06/second printing", {"title": "T"}),
    ],
)
def test_the_fourth_part_of_a_date_is_a_state_if_its_words_are(
    written: str, expected: dict[str, str]
) -> None:
    """A season, or any other words, are none."""
    found, _ = read(f"TY  - BOOK\nTI  - T\nPY  - {written}\nER  -\n")
    assert found[0].item.text == expected
    assert found[0].item.dates["issued"].year == 2031
