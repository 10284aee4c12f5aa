"""NBIB, PubMed's export, in and out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.formats.items import entry

from compcite.formats.losses import altered
from compcite.formats.nbib.reader import read_nbib
from compcite.formats.nbib.writer import write_nbib
from compcite.model.item import Date, Item, Name
from compcite.model.library import Entry
from compcite.model.source import SourceFile
from compcite.verbs.load import library_of

if TYPE_CHECKING:
    from compcite.model.library import Problem

ARTICLE = """PMID- 12345678
OWN - NLM
IS  - 1234-5678 (Electronic)
IS  - 8765-4321 (Linking)
VI  - 48
IP  - 2
DP  - 2017 Mar
TI  - Things that are long: Of titles which go on over the end
      of a line.
PG  - 207-21
LID - S0005-7894(16)30110-6 [pii]
LID - 10.1000/xyz [doi]
AB  - An abstract.
FAU - van der Berg, Jan A Jr
AU  - van der Berg JA Jr
FAU - Doe, Jane
AU  - Doe J
CN  - Some Study Group
LA  - eng
PT  - Journal Article
PT  - Research Support
PL  - England
TA  - J Things
JT  - Journal of things
MH  - Stress Disorders, Post-Traumatic
MH  - Humans
PMC - PMC1234567
SO  - J Things. 2017 Mar;48(2):207-21. doi: 10.1000/xyz.
"""
CHAPTER = """PMID- 2
FAU - Roe, Richard
TI  - A chapter
BTI - A book of chapters
FED - Doe, Jane
PB  - Publisher
PL  - Bethesda (MD)
ISBN- 9780123456786
PT  - Book Chapter
DP  - 2005
"""


def read(text: str) -> tuple[list[Entry], list[Problem]]:
    """What a text holds."""
    return read_nbib(SourceFile("pubmed.nbib", text))


def item(text: str) -> Item:
    """The one item of a text."""
    found, problems = read(text)
    assert (len(found), problems) == (1, [])
    return found[0].item


def test_an_article() -> None:
    """Full names before short ones, titles without their stop, the DOI from its label."""
    found = item(ARTICLE)
    assert found.type == "article-journal"
    assert found.text == {
        "title": "Things that are long: Of titles which go on over the end of a line",
        "container-title": "Journal of things",
        "container-title-short": "J Things",
        "volume": "48",
        "issue": "2",
        "page": "207-21",
        "DOI": "10.1000/xyz",
        "ISSN": "1234-5678, 8765-4321",
        "PMID": "12345678",
        "PMCID": "PMC1234567",
        "abstract": "An abstract.",
        "language": "en",
        "keyword": "Stress Disorders, Post-Traumatic; Humans",
    }
    assert (
        Name("Berg", "Jan A", non_dropping_particle="van der", suffix="Jr"),
        Name("Doe", "Jane"),
        Name(literal="Some Study Group"),
    ) == found.names["author"]
    assert {"issued": Date(((2017, 3),))} == found.dates


def test_a_chapter() -> None:
    """A title within a book title; the place is then that of the publisher."""
    found = item(CHAPTER)
    assert found.type == "chapter"
    assert found.text == {
        "title": "A chapter",
        "container-title": "A book of chapters",
        "publisher": "Publisher",
        "publisher-place": "Bethesda (MD)",
        "ISBN": "9780123456786",
        "PMID": "2",
    }
    assert (Name("Doe", "Jane"),) == found.names["editor"]


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        ("2017", Date(((2017,),))),
        ("2017 Mar 15", Date(((2017, 3, 15),))),
        ("2017 Mar-Apr", Date(((2017, 3), (2017, 4)))),
        ("2017 Spring", Date(((2017,),), season=1)),
        ("1998 Dec-1999 Jan", Date(((1998, 12), (1999, 1)))),
    ],
)
def test_dates_of_publication(published: str, expected: Date) -> None:
    """Months in words, ranges within and over years, seasons."""
    assert expected == item(ARTICLE.replace("2017 Mar\n", f"{published}\n")).dates["issued"]


def test_short_names_where_there_are_no_full_ones() -> None:
    """Initials are set apart, and et al says that there are more."""
    found = item("PMID- 1\nAU  - Smith JA\nAU  - de Jong B 3rd\nAU  - et al.\nTI  - [Foo].\n")
    assert (
        Name("Smith", "J A"),
        Name("Jong", "B", non_dropping_particle="de", suffix="3rd"),
    ) == found.names["author"]
    assert frozenset({"author"}) == found.truncated
    assert found.text["title"] == "Foo"


def test_fields_know_their_places() -> None:
    """The DOI's place is without its label."""
    found, _ = read(ARTICLE + "\n" + CHAPTER)
    doi = found[0].field("doi")
    assert doi is not None
    assert ARTICLE[doi.content_span.start : doi.content_span.end] == "10.1000/xyz"
    assert [one.item.text["PMID"] for one in found] == ["12345678", "2"]


def test_a_record_of_nothing_is_a_problem_and_stops_nothing() -> None:
    """A record must have a title, authors or a journal."""
    found, problems = read("PMID- 1\nOWN - NLM\n\n" + CHAPTER)
    assert (
        [one.item.text["PMID"] for one in found],
        [problem.rule for problem in problems],
    ) == (["2"], ["entry-unparsed"])


def test_an_untitled_record_has_no_title() -> None:
    """PubMed says that none is available."""
    assert "title" not in item("PMID- 1\nTI  - [Not Available].\nJT  - Journal\n").text


def test_a_single_letter_is_an_initial_and_no_number() -> None:
    """``V`` behind a given name; ``VI`` is the sixth."""
    names = item("PMID- 1\nFAU - Doe, Jane V\nFAU - Roe, Tom VI\nTI  - T.\n").names["author"]
    assert names == (Name("Doe", "Jane V"), Name("Roe", "Tom", suffix="VI"))


BIB = r"""@article{k, author = {van Gogh, Jan A. and {Some Group} and others}, title = {On x?},
  journal = {Journal}, shortjournal = {J.}, date = {2017-03/2017-04}, volume = 4, number = 2,
  pages = {1--9}, doi = {10.1000/x}, pmid = {12345}, keywords = {a, b}, issn = {1234-5678},
  note = {N}, language = {german and latin},
  abstract = {A long abstract that goes on and on over the end of the line and is indented there.},
  url = {https://example.org}}
@incollection{l, author = {Doe, J., Jr.}, editor = {Roe, Ann}, title = {Part}, booktitle = {Whole},
  publisher = {Press}, address = {City}, year = 2001, isbn = {978-3-16-148410-0}}
@phdthesis{m, author = {Doe, J.}, title = {Thesis \emph{with} type}, year = {to appear}}
"""
NBIB = """PMID- 12345
IS  - 1234-5678
LID - 10.1000/x [doi]
DP  - 2017 Mar-Apr
TI  - On x?
TA  - J.
JT  - Journal
VI  - 4
IP  - 2
PG  - 1-9
AB  - A long abstract that goes on and on over the end of the line and is indented
      there.
FAU - van Gogh, Jan A.
AU  - van Gogh JA
CN  - Some Group
AU  - et al
LA  - ger
LA  - lat
PT  - Journal Article
OT  - a
OT  - b
GN  - N

PMID-
ISBN- 978-3-16-148410-0
DP  - 2001
TI  - Part.
BTI - Whole.
PB  - Press
PL  - City
FAU - Doe, J. Jr.
AU  - Doe J Jr.
FED - Roe, Ann

PMID-
TI  - Thesis with type.
PST - to appear
FAU - Doe, J.
AU  - Doe J
PT  - Academic Dissertation
"""


def test_records_as_pubmed_writes_them() -> None:
    """A record begins with its number; what NBIB has no place for is reported."""
    written = write_nbib(library_of([SourceFile("x.bib", BIB)]).entries)

    assert written.text == NBIB
    assert written.losses == (
        "NBIB has no citation keys.",
        "k: NBIB has no place for “URL” and holds “language” only in part.",
        "m: NBIB has no place for “genre” and holds “title” only in part.",
    )


def test_what_was_written_is_read_as_it_was() -> None:
    """Whatever the writer does not report comes back, where it stands in no file of that name."""
    entries = library_of([SourceFile("x.bib", BIB)]).entries
    back = library_of([SourceFile("-", write_nbib(entries).text)]).entries
    lost = [{"URL", "language"}, set(), {"genre", "title"}]

    assert lost == [
        set(altered(one.item, other.item)) for one, other in zip(entries, back, strict=True)
    ]
    assert [one.item.type for one in back] == ["article-journal", "chapter", "thesis"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (Name("Cruz", non_dropping_particle="de la"), "FED - de la Cruz"),
        (Name(literal="World Health, Org"), "FED - World Health, Org"),
        (
            Name("Berg", "Jan", non_dropping_particle="van der", suffix="Jr"),
            "FED - van der Berg, Jan Jr",
        ),
        (Name("Beethoven", "Ludwig", dropping_particle="van"), "FED - Beethoven, Ludwig van"),
    ],
)
def test_names_have_the_comma_that_pubmed_gives_them(name: Name, expected: str) -> None:
    """Between family and given name, and nowhere else."""
    made = Item("book", {"title": "T"}, {"editor": (name,)})
    assert expected in write_nbib([Entry("k", made)]).text.splitlines()


@pytest.mark.parametrize(
    ("language", "expected"),
    [("croatian", "hrv"), ("norwegian", "nor"), ("persian", "per"), ("xx-YY", "xx")],
)
def test_languages_have_the_codes_of_libraries(language: str, expected: str) -> None:
    """And those that nobody knows have no region."""
    text = f"@book{{k, title = {{T}}, language = {{{language}}}}}"
    written = write_nbib(library_of([SourceFile("x.bib", text)]).entries).text
    assert f"LA  - {expected}\n" in written


def test_what_no_journal_printed_has_no_publication_type() -> None:
    """MeSH has none for web pages, and `Journal Article` would not be true."""
    written = write_nbib([Entry("k", Item("webpage", {"title": "T"}))])
    assert "PT" not in written.text
    assert written.losses[1] == "k: NBIB takes the type “webpage” for “article-journal”."


def test_a_volume_of_a_series_with_its_pages_comes_back() -> None:
    """Number of pages and pages are two lines; the number in the series stands behind its title."""
    text = {
        "title": "Weirs",
        "container-title": "Rivers",
        "page": "12-19",
        "number-of-pages": "8",
        "collection-title": "Water ; earth",
        "collection-number": "4",
        "volume-title": "Dams",
        "status": "advance online publication",
    }
    written = write_nbib([entry(Item("chapter", text), key="")])

    assert "PG  - 8 p.\nPG  - 12-19\nCTI - Water ; earth ; 4\nPST - aheadofprint\n" in written.text
    assert written.losses == ()
    (back,), _ = read(written.text)
    assert text == back.item.text


@pytest.mark.parametrize("state", ["ppublish", "epublish"])
def test_what_is_published_has_no_state(state: str) -> None:
    """PubMed says it of every article; no style prints it."""
    assert "status" not in item(f"PMID- 1\nTI  - T.\nPST - {state}\n").text


def test_an_article_number_stands_beside_a_number_of_pages() -> None:
    """Only pages say that the number of the publisher is no place in the journal."""
    text = item("PMID- 1\nTI  - T.\nLID - e77 [pii]\nPG  - 9 p.\n").text
    assert text == {"PMID": "1", "title": "T", "number": "e77", "number-of-pages": "9"}
