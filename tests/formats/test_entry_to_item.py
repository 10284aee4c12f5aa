"""BibTeX and biblatex entries as CSL items."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compcite.files.decoding import read_source
from compcite.formats.bibtex.read import entry_to_item
from compcite.formats.bibtex.read.entry_to_item import to_item
from compcite.formats.bibtex.read.reader import read_bibtex
from compcite.formats.bibtex.tables.languages import language_name, language_tag
from compcite.model.item import Date, Item, Name
from compcite.values.dates import bibtex_date, read_date

if TYPE_CHECKING:
    from pathlib import Path


def item(entry_type: str, **fields: str) -> Item:
    """The item of an entry with the key ``key``; ``_`` stands for ``-`` in field names."""
    return to_item(entry_type, {name.replace("_", "-"): fields[name] for name in fields}, "key")


def text(variable: str, entry_type: str = "article", **fields: str) -> str:
    """One text variable of an entry."""
    return item(entry_type, **fields).text.get(variable, "")


def test_an_article() -> None:
    """The commonest entry, every field of it in its CSL variable."""
    expected = Item(
        "article-journal",
        {
            "title": "Rumination and worry",
            "container-title": "Personality & Individual Differences",
            "volume": "48",
            "issue": "6",
            "page": "757-761",
            "DOI": "10.1016/j.paid.2010.01.023",
        },
        {"author": (Name("Raes", "Filip"),)},
        {"issued": Date(((2010, 4),))},
        "raes2010",
    )
    actual = to_item(
        "article",
        {
            "author": "Raes, Filip",
            "title": "Rumination and worry",
            "journal": r"Personality \& Individual Differences",
            "year": "2010",
            "month": "April",
            "volume": "48",
            "number": "6",
            "pages": "757--761",
            "doi": "https://doi.org/10.1016/j.paid.2010.01.023",
        },
        "raes2010",
    )
    assert expected == actual


@pytest.mark.parametrize(
    ("entry_type", "fields", "expected"),
    [
        ("book", {}, "book"),
        ("collection", {}, "book"),
        ("inbook", {}, "chapter"),
        ("incollection", {}, "chapter"),
        ("inproceedings", {}, "paper-conference"),
        ("conference", {}, "paper-conference"),
        ("proceedings", {}, "book"),
        ("phdthesis", {}, "thesis"),
        ("techreport", {}, "report"),
        ("online", {"url": "http://x.org"}, "webpage"),
        ("online", {"eprint": "1902.07120", "eprinttype": "arxiv"}, "article"),
        ("misc", {}, "document"),
        ("misc", {"url": "http://x.org"}, "webpage"),
        ("misc", {"howpublished": r"\url{http://x.org}"}, "webpage"),
        ("misc", {"eprint": "1902.07120", "archiveprefix": "arXiv"}, "article"),
        ("misc", {"url": "https://doi.org/10.1000/1"}, "document"),
        ("misc", {"journal": "J"}, "article-journal"),
        ("article", {"eprint": "1902.07120"}, "article"),
        ("article", {"eprint": "1902.07120", "journal": "J"}, "article-journal"),
        ("article", {"journal": "J", "entrysubtype": "magazine"}, "article-magazine"),
        ("unpublished", {}, "manuscript"),
        ("unpublished", {"eventtitle": "E"}, "speech"),
        ("software", {}, "software"),
        ("dataset", {}, "dataset"),
        ("made-up", {"school": "S"}, "thesis"),
    ],
)
def test_types(entry_type: str, fields: dict[str, str], expected: str) -> None:
    """Entry types become CSL types; ``@misc`` and unknown ones are judged by their fields."""
    assert expected == to_item(entry_type, fields, "key").type


@pytest.mark.parametrize(
    ("entry_type", "fields", "expected"),
    [
        ("phdthesis", {}, "PhD thesis"),
        ("mastersthesis", {}, "Master’s thesis"),
        ("phdthesis", {"type": "Habilitation"}, "Habilitation"),
        ("thesis", {"type": "mathesis"}, "Master’s thesis"),
        ("techreport", {}, ""),
        ("report", {"type": "resreport"}, "research report"),
        ("techreport", {"type": "Working Paper"}, "Working Paper"),
    ],
)
def test_genres(entry_type: str, fields: dict[str, str], expected: str) -> None:
    """What kind of thesis or report it is: the ``type`` field, else the entry type."""
    assert expected == text("genre", entry_type, **fields)


def test_titles_with_subtitles() -> None:
    """Title, subtitle and addition are joined as they are printed."""
    assert text("title", title="T", subtitle="S", titleaddon="A") == "T: S. A"
    assert text("title", title="Why?", subtitle="Because") == "Why? Because"
    assert text("container-title", journaltitle="J", journalsubtitle="S") == "J: S"


def test_a_volume_of_a_work_in_several_volumes() -> None:
    """With ``maintitle`` the whole work has the title and its volume a volume-title."""
    book = item("book", title="Volume", maintitle="Whole", mainsubtitle="Sub").text
    part = item("incollection", title="Part", booktitle="Volume", maintitle="Whole").text
    assert book == {"title": "Whole: Sub", "volume-title": "Volume"}
    assert part == {"title": "Part", "container-title": "Whole", "volume-title": "Volume"}


def test_case_is_protected_in_titles_only() -> None:
    """Braces become nocase in titles and book titles, and nothing in journals and publishers."""
    fields = {"title": "The {NASA}", "booktitle": "On {DNA}", "publisher": "{MIT} Press"}
    actual = to_item("inproceedings", fields, "key").text
    assert actual["title"] == 'The <span class="nocase">NASA</span>'
    assert actual["container-title"] == 'On <span class="nocase">DNA</span>'
    assert actual["publisher"] == "MIT Press"
    assert text("container-title", journal="{PLOS ONE}") == "PLOS ONE"


def test_the_title_for_parts_is_no_container() -> None:
    """``booktitle`` in a whole book is there for its parts to inherit."""
    assert item("book", title="T", booktitle="T").text == {"title": "T"}
    assert item("proceedings", booktitle="B").text == {"title": "B"}


@pytest.mark.parametrize(
    ("entry_type", "fields", "variable", "expected"),
    [
        ("article", {"number": "4"}, "issue", "4"),
        ("article", {"number": "4", "issue": "Spring"}, "issue", "4, Spring"),
        ("incollection", {"number": "4"}, "collection-number", "4"),
        ("techreport", {"number": "4"}, "number", "4"),
        ("article", {"eid": "e12"}, "number", "e12"),
        ("misc", {"eid": "e12"}, "page", "e12"),
        ("article", {"number": "4--5"}, "issue", "4-5"),
        ("article", {"pages": "1--9"}, "page", "1-9"),
        ("article", {"pages": "1 – 9, 12---14"}, "page", "1-9, 12-14"),
        ("article", {"pages": "pp. 3-5"}, "page", "3-5"),
        ("article", {"pages": "S1--S9"}, "page", "S1-S9"),
        ("book", {"edition": "Second"}, "edition", "2"),
        ("book", {"edition": "3rd ed."}, "edition", "3rd"),
        ("book", {"edition": "Revised edition"}, "edition", "Revised edition"),
        ("book", {"series": "LNCS"}, "collection-title", "LNCS"),
        ("article", {"series": "3"}, "collection-title", "3rd series"),
        ("article", {"series": "newseries"}, "collection-title", "new series"),
    ],
)
def test_numbers(entry_type: str, fields: dict[str, str], variable: str, expected: str) -> None:
    """What ``number`` counts depends on the type; dashes and labels are no part of numbers."""
    assert expected == text(variable, entry_type, **fields)


def test_publishers() -> None:
    """Who brought a work out, in whatever fields it is told, once each."""
    assert text("publisher", "phdthesis", school="U") == "U"
    assert text("publisher", "inproceedings", organization="ACM", publisher="P") == "ACM; P"
    assert text("publisher", "report", institution="P", publisher="P") == "P"
    assert text("publisher", "misc", howpublished="Flyer") == "Flyer"


def test_a_url_in_howpublished() -> None:
    """A URL is a URL wherever it stands, and the words that lead to it are no publisher."""
    fields = {"howpublished": r"Available at \url{http://x.org/a_b}"}
    assert to_item("misc", fields, "key").text == {"URL": "http://x.org/a_b"}
    fields = {"howpublished": r"Blog post, \href{http://x.org}{here}"}
    expected = {"URL": "http://x.org", "publisher": "Blog post"}
    assert expected == to_item("misc", fields, "key").text


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"doi": "10.1000/a"}, {"DOI": "10.1000/a"}),
        ({"doi": r"10.1000/a\_b"}, {"DOI": "10.1000/a_b"}),
        ({"doi": "see publisher"}, {}),
        ({"url": "https://doi.org/10.1000/a"}, {"DOI": "10.1000/a"}),
        ({"doi": "10.1000/A", "url": "http://dx.doi.org/10.1000/a"}, {"DOI": "10.1000/A"}),
        (
            {"doi": "10.1000/a", "url": "https://doi.org/10.1000/b"},
            {"DOI": "10.1000/a", "URL": "https://doi.org/10.1000/b"},
        ),
        ({"note": "doi: 10.1000/a"}, {"DOI": "10.1000/a", "note": "doi: 10.1000/a"}),
        (
            {"url": "http://x.org/doi/10.1000/a"},
            {"DOI": "10.1000/a", "URL": "http://x.org/doi/10.1000/a"},
        ),
        ({"url": r"http://x.org/\~{}me"}, {"URL": "http://x.org/~me"}),
        ({"eprint": "123", "eprinttype": "jstor"}, {"URL": "https://www.jstor.org/stable/123"}),
        ({"pmid": "1", "pmcid": "PMC2"}, {"PMID": "1", "PMCID": "PMC2"}),
    ],
)
def test_identifiers(fields: dict[str, str], expected: dict[str, str]) -> None:
    """The DOI from where it stands, bare; a URL unless it only repeats the DOI."""
    assert expected == to_item("article", fields | {"journal": ""}, "key").text


def test_an_arxiv_preprint() -> None:
    """A preprint has arXiv for its publisher and its identifier for its number."""
    expected = {"URL": "https://arxiv.org/abs/1902.07120", "publisher": "arXiv"} | {
        "number": "arXiv:1902.07120"
    }
    fields = {"eprint": "1902.07120", "archiveprefix": "arXiv", "primaryclass": "cs.CL"}
    assert expected == to_item("misc", fields, "key").text


def test_names_and_their_roles() -> None:
    """Name fields become name variables; the type of an editor decides which."""
    actual = item(
        "book",
        author="A, B and others",
        translator="C, D",
        editor="E, F",
        editortype="compiler",
        editora="G, H",
        editoratype="redactor",
        bookauthor="{WHO}",
    )
    assert {
        "author": (Name("A", "B"),),
        "translator": (Name("C", "D"),),
        "container-author": (Name(literal="WHO"),),
        "compiler": (Name("E", "F"),),
        "editor": (Name("G", "H"),),
    } == actual.names
    assert {"author"} == actual.truncated


def test_the_holder_of_a_patent_without_inventors_is_its_author() -> None:
    """Somebody must stand for the patent."""
    assert (Name(literal="IBM"),) == item("patent", holder="{IBM}").names["author"]


@pytest.mark.parametrize(
    ("year", "month", "day", "expected"),
    [
        ("2001", "", "", Date(((2001,),))),
        ("2001", "3", "14", Date(((2001, 3, 14),))),
        ("2001", "Mar.", "", Date(((2001, 3),))),
        ("2001", "12 March", "", Date(((2001, 3, 12),))),
        ("2001", "März", "", Date(((2001, 3),))),
        ("2001", "March--April", "", Date(((2001, 3), (2001, 4)))),
        ("2001", "May 29 - June 1", "", Date(((2001, 5, 29), (2001, 6, 1)))),
        ("2001", "Spring", "", Date(((2001,),), season=1)),
        ("2001", "no month", "", Date(((2001,),))),
        ("2000/2001", "", "", Date(((2000,), (2001,)))),
        ("1998--99", "", "", Date(((1998,), (1999,)))),
        ("1999/00", "", "", Date(((1999,), (2000,)))),
        ("2004--03", "", "", Date(literal="2004--03")),
        ("2001a", "", "", Date(((2001,),))),
        ("(2001)", "", "", Date(((2001,),))),
        ("c. 2000", "", "", Date(((2000,),), circa=True)),
        ("about to appear", "", "", Date(literal="about to appear")),
        ("[2000?]", "", "", Date(((2000,),), circa=True)),
        ("100 BC", "", "", Date(((-100,),))),
        ("-44", "", "", Date(((-44,),))),
        ("12.03.2001", "", "", Date(((2001, 3, 12),))),
        ("March 2001", "", "", Date(((2001, 3),))),
        ("2001-03-04", "", "", Date(((2001, 3, 4),))),
        ("in press", "", "", Date(literal="in press")),
        ("n.d.", "", "", Date(literal="n.d.")),
        ("19??", "", "", Date(literal="19??")),
        ("", "October", "", Date()),
    ],
)
def test_years_and_months(year: str, month: str, day: str, expected: Date) -> None:
    """BibTeX's dates as people write them."""
    assert expected == bibtex_date(year, month, day)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2001", Date(((2001,),))),
        ("2001-03", Date(((2001, 3),))),
        ("2001-03-04", Date(((2001, 3, 4),))),
        ("2001-03-04T12:00:00Z", Date(((2001, 3, 4),))),
        ("2001-03-04TZ", Date(((2001, 3, 4),))),
        ("2001-03-04 12:00", Date(((2001, 3, 4),))),
        ("2000/2001-03", Date(((2000,), (2001, 3)))),
        ("2000/..", Date(((2000,), (0,)))),
        ("2000/", Date(((2000,), (0,)))),
        ("/2000", Date(((0,), (2000,)))),
        ("2000~", Date(((2000,),), circa=True)),
        ("2000-03?", Date(((2000, 3),), circa=True)),
        ("199X", Date(((1990,), (1999,)))),
        ("2000-XX", Date(((2000,),))),
        ("2000-21", Date(((2000,),), season=1)),
        ("-0100", Date(((-101,),))),
        ("y17000", Date(((17000,),))),
        ("2015-1-2", Date(((2015, 1, 2),))),
        ("in press", Date(literal="in press")),
        ("2000/foo", Date(literal="2000/foo")),
    ],
)
def test_dates_of_biblatex(written: str, expected: Date) -> None:
    """EDTF levels 0 and 1, and what people write instead."""
    assert expected == read_date(written)


def test_the_dates_of_an_entry() -> None:
    """Dates beside the date of publication, and a reprint's first year."""
    fields = {"date": "2001", "urldate": "2003-04-05", "origdate": "1900", "eventdate": "2000-06"}
    assert {
        "issued": Date(((2001,),)),
        "accessed": Date(((2003, 4, 5),)),
        "original-date": Date(((1900,),)),
        "event-date": Date(((2000, 6),)),
    } == to_item("book", fields, "key").dates
    assert {"issued": Date(((1998,),)), "original-date": Date(((1978,),))} == item(
        "book", year="1998 [1978]"
    ).dates


def test_dates_in_three_fields() -> None:
    """Older files of biblatex have a year, a month and a day for each of its dates."""
    fields = {"urlyear": "2003", "urlmonth": "4", "urlday": "5", "origyear": "1900"}
    assert {
        "accessed": Date(((2003, 4, 5),)),
        "original-date": Date(((1900,),)),
        "event-date": Date(((2000,),)),
        "issued": Date(((1999,),)),
    } == to_item("book", fields | {"eventyear": "2000", "year": "1999"}, "key").dates


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"langid": "ngerman"}, "de-DE"),
        ({"language": "English"}, "en-US"),
        ({"language": "german and french"}, "de-DE, fr-FR"),
        ({"langid": "english", "langidopts": "variant=british"}, "en-GB"),
        ({"language": "en-GB"}, "en-GB"),
        ({"language": "eng"}, "en"),
        ({"language": "Klingon"}, "Klingon"),
    ],
)
def test_languages(fields: dict[str, str], expected: str) -> None:
    """Babel's names and catalogues' codes become language tags."""
    assert expected == text("language", "book", **fields)


@pytest.mark.parametrize("written", [r"\mnras", r"{\mnras}"])
@pytest.mark.parametrize("name", ["journal", "journaltitle"])
def test_commands_for_journals_of_astronomy(name: str, written: str) -> None:
    """What the Astrophysics Data System writes for a journal is the journal's title."""
    expected = "Monthly Notices of the Royal Astronomical Society"
    assert expected == text("container-title", "article", **{name: written})


def test_languages_go_back() -> None:
    """The name that is written for a tag is read as that tag."""
    for tag in ("en-US", "en-GB", "de-DE", "ru-RU", "pt-BR", "xx", "de-DE, xx"):
        assert tag == language_tag(language_name(tag))


def test_other_fields() -> None:
    """The rest of what CSL knows."""
    fields = {
        "note": "N",
        "addendum": "A",
        "pubstate": "inpress",
        "pagetotal": "300",
        "volumes": "4",
        "eventtitle": "E",
        "venue": "V",
        "keywords": "a, b",
        "abstract": "Abs",
        "annote": "An",
        "address": "P",
        "shorttitle": "S",
        "version": "1.2",
    }
    assert to_item("book", fields, "key").text == {
        "note": "N. A",
        "status": "in press",
        "number-of-pages": "300",
        "number-of-volumes": "4",
        "event-title": "E",
        "event-place": "V",
        "keyword": "a, b",
        "abstract": "Abs",
        "annote": "An",
        "publisher-place": "P",
        "title-short": "S",
        "version": "1.2",
    }


FIELDS = st.dictionaries(
    st.sampled_from(
        [
            "title",
            "author",
            "editor",
            "year",
            "date",
            "month",
            "day",
            "number",
            "issue",
            "pages",
            "doi",
            "url",
            "eprint",
            "eprinttype",
            "note",
            "howpublished",
            "maintitle",
            "booktitle",
            "journal",
            "series",
            "edition",
            "type",
            "language",
            "urldate",
        ]
    ),
    st.text(alphabet="aZ10.-/~{}\\,$ [?é\n", max_size=20),
)


@given(st.sampled_from(["article", "misc", "book", "patent", "x"]), FIELDS)
def test_no_entry_is_malformed(entry_type: str, fields: dict[str, str]) -> None:
    """Whatever the fields hold, an item comes of it, without empty values."""
    actual = to_item(entry_type, fields, "key")
    assert all(actual.text.values())
    assert all(actual.names.values())
    assert Date() not in actual.dates.values()


@pytest.mark.no_cover
def test_every_entry_of_real_files_is_an_item(published: list[Path]) -> None:
    """Files that people published: each entry has a type, and none has an empty value."""
    for path in published:
        entries, _ = read_bibtex(read_source(str(path)))
        for entry in entries:
            assert entry.item.type, entry.key
            assert all(entry.item.text.values()), entry.key


@given(FIELDS)
def test_usual_articles_are_read_like_all_others(fields: dict[str, str]) -> None:
    """The short way for usual articles leads to the same item."""
    usual = {name: value for name, value in fields.items() if name in entry_to_item._USUAL}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(entry_to_item, "_USUAL", frozenset())
        expected = to_item("article", usual, "key")

    assert to_item("article", usual, "key") == expected


@pytest.mark.parametrize(
    ("entry_type", "fields", "expected"),
    [
        ("article", {"journal": "J", "article-number": "77"}, {"number": "77"}),
        ("article", {"journal": "J", "elocation-id": "e9-2"}, {"number": "e9-2"}),
        ("article", {"journal": "J", "art_number": "5"}, {"number": "5"}),
        ("article", {"journal": "J", "pages": "Paper No. 12, 34"}, {"number": "12"}),
        ("article", {"journal": "J", "pages": "Art. ID 9, 3 pp."}, {"number-of-pages": "3"}),
        ("article", {"journal": "Ann. Th.", "fjournal": "Annals"}, {"container-title": "Annals"}),
        ("article", {"journal": "J", "pubmedid": "123"}, {"PMID": "123"}),
        ("article", {"journal": "J", "eprinttype": "pmid", "eprint": "12"}, {"PMID": "12"}),
        ("misc", {"eprinttype": "hal", "eprint": "hal-1"}, {"URL": "https://hal.science/hal-1"}),
        ("book", {"pages": "xii+340"}, {"number-of-pages": "xii+340"}),
        ("book", {"pages": "340 pp."}, {"number-of-pages": "340"}),
        ("article", {"journal": "J", "pages": "12--12"}, {"page": "12"}),
        ("article", {"journal": "J", "pages": "A1-2--A1-9"}, {"page": "A1-2–A1-9"}),
        ("article", {"journal": "J", "type": "Journal Article"}, {"genre": None}),
        ("incollection", {"type": "Book Section"}, {"genre": None}),
        ("misc", {"type": "Computer Program"}, {"genre": "Computer Program"}),
        ("online", {"entrysubtype": "Toot"}, {"genre": "Toot"}),
        ("inproceedings", {"series": "S", "volume": "7"}, {"collection-number": "7"}),
        ("inbook", {"series": "S", "volume": "7", "maintitle": "M"}, {"volume": "7"}),
        ("book", {"publisher": "Simon and Schuster"}, {"publisher": "Simon and Schuster"}),
        # In BibTeX a publisher is no list; biblatex separates the members of its lists by "and".
        (
            "book",
            {"publisher": "Bell and Hart and Wood", "year": "1931", "address": "Leeds"},
            {"publisher": "Bell and Hart and Wood", "publisher-place": "Leeds"},
        ),
        (
            "book",
            {"publisher": "Bell and Hart and Wood", "date": "1931", "location": "Leeds"},
            {"publisher": "Bell; Hart; Wood", "publisher-place": "Leeds"},
        ),
        (
            "book",
            {"publisher": "Bell and\n Hart\nand Wood", "date": "1931"},
            {"publisher": "Bell; Hart; Wood"},
        ),
        ("inproceedings", {"address": "Rome", "location": "Oslo"}, {"event-place": "Oslo"}),
        ("techreport", {"number": "2019-04"}, {"number": "2019-04"}),
        ("misc", {"booktitle": r"\url{https://x.org/a}"}, {"URL": "https://x.org/a"}),
        ("misc", {"booktitle": r"\url{https://x.org/a}"}, {"container-title": None}),
        ("misc", {"url": "https://x.org/a", "options": "url=false"}, {"URL": None}),
        ("book", {"year": "[2020] \\copyright 2021"}, {"status": None}),
    ],
)
def test_what_exports_write_is_read(
    entry_type: str, fields: dict[str, str], expected: dict[str, str | None]
) -> None:
    """Names of publishers' own, kinds of work, page counts, lists and places of events."""
    text = to_item(entry_type, fields, "key").text

    assert {name: text.get(name) for name in expected} == expected


@pytest.mark.parametrize(
    ("fields", "url", "note", "day"),
    [
        ({"note": r"\url{https://x.org/a_b} (visited on 2020-05-06)"}, "https://x.org/a_b", "", 6),
        ({"note": "[Online; accessed 7-May-2020]", "url": "https://x.org"}, "https://x.org", "", 7),
        ({"note": "Accessed: May 8, 2020. https://x.org/b"}, "https://x.org/b", "", 8),
        ({"note": "Code at https://x.org/c"}, "https://x.org/c", "Code at https://x.org/c", None),
        (
            {"howpublished": r"\href{https://x.org/~d}{\texttt{https://x.org/\symbol{126}d}}"},
            "https://x.org/~d",
            "",
            None,
        ),
    ],
)
def test_urls_in_notes(fields: dict[str, str], url: str, note: str, day: int | None) -> None:
    """A URL beside words is the work's; the day of access is a date, and no more a note."""
    item = to_item("misc", fields, "key")

    assert item.text.get("URL") == url
    assert item.text.get("note", "") == note
    accessed = item.dates.get("accessed")
    assert (accessed.parts[0] if accessed else None) == ((2020, 5, day) if day else None)


def test_the_date_of_an_event_is_the_date_where_there_is_no_other() -> None:
    """It is said once, also where both fields hold it."""
    event = {"eventdate": "2020-05-06/2020-05-08"}
    both = Date(((2020, 5, 6), (2020, 5, 8)))

    assert to_item("unpublished", event, "key").dates == {"issued": both}
    assert to_item("unpublished", event | {"date": event["eventdate"]}, "key").dates == {
        "issued": both
    }
    assert to_item("unpublished", event | {"date": "2021"}, "key").dates == {
        "issued": Date(((2021,),)),
        "event-date": both,
    }


@pytest.mark.parametrize("year", ["n.d.", "no date", "s.a.", "[n.d.]"])
def test_words_for_no_date_are_none(year: str) -> None:
    """Styles have their own words for it, with letters that tell such works apart."""
    assert to_item("book", {"year": year}, "key").dates == {}


def test_a_tilde_is_circa_in_every_date() -> None:
    """In EDTF it is no blank."""
    dates = to_item("book", {"date": "1994", "origdate": "-0349~", "urldate": "2020~"}, "k").dates

    assert dates["original-date"] == Date(((-350,),), circa=True)
    assert dates["accessed"].circa


@pytest.mark.parametrize(
    ("entry_type", "fields", "expected"),
    [
        (
            "thesis",
            {"institution": "University of Iowa", "publisher": "ProQuest"},
            {"publisher": "University of Iowa", "archive": "ProQuest", "genre": ""},
        ),
        ("thesis", {"publisher": "University of Iowa"}, {"publisher": "University of Iowa"}),
        (
            "artwork",
            {"institution": "The Louvre", "location": "Paris"},
            {"archive": "The Louvre", "archive-place": "Paris", "publisher": ""},
        ),
        (
            "image",
            {"publisher": "Life", "location": "New York"},
            {"publisher": "Life", "publisher-place": "New York", "archive": ""},
        ),
        (
            "jurisdiction",
            {"institution": "9th Cir.", "reporter": "F.2d"},
            {"authority": "9th Cir.", "container-title": "F.2d", "publisher": ""},
        ),
        (
            "audio",
            {"title": "Formation", "maintitle": "Lemonade"},
            {"title": "Formation", "container-title": "Lemonade"},
        ),
        ("audio", {"entrysubtype": "podcast"}, {"medium": "Audio podcast", "genre": ""}),
        (
            "unpublished",
            {"note": "Manuscript submitted for publication"},
            {"genre": "Manuscript submitted for publication", "note": ""},
        ),
        ("unpublished", {"note": "With a map"}, {"genre": "", "note": "With a map"}),
        (
            "online",
            {"eprint": "kzy7u", "eprinttype": "PsyArXiv"},
            {"publisher": "PsyArXiv", "number": ""},
        ),
        (
            "article",
            {"title": "Learning?", "titleaddon": "[Review of a book]"},
            {"title": "Learning? [Review of a book]"},
        ),
        (
            "article",
            {"title": "Study abroad", "titleaddon": "[Editorial]"},
            {"title": "Study abroad [Editorial]"},
        ),
        ("patent", {"type": "patentus"}, {"genre": "U.S. Patent"}),
        ("collection", {"edition": "Summer 2019 ed."}, {"edition": "Summer 2019 ed."}),
    ],
)
def test_what_the_apa_manual_prints_is_where_styles_look_for_it(
    entry_type: str, fields: dict[str, str], expected: dict[str, str]
) -> None:
    """Databases of theses, museums, courts, albums, podcasts, manuscripts, servers, additions."""
    found = to_item(entry_type, fields, "key").text
    assert {variable: found.get(variable, "") for variable in expected} == expected


@pytest.mark.parametrize(
    ("fields", "variable"),
    [
        ({"narrator": "Dale, Jim"}, "narrator"),
        ({"groupauthor": "Dale, Jim"}, "author"),
        ({"execproducer": "Dale, Jim"}, "executive-producer"),
        ({"editor": "Dale, Jim", "editortype": "chair"}, "chair"),
        ({"editor": "Dale, Jim", "editortype": "host"}, "host"),
        ({"editor": "Dale, Jim", "editortype": "redactor"}, "editor"),
    ],
)
def test_every_role_that_csl_knows_is_read(fields: dict[str, str], variable: str) -> None:
    """From a field of the variable's own name, and from the type of an editor."""
    assert to_item("book", fields, "key").names == {variable: (Name("Dale", "Jim"),)}


@pytest.mark.parametrize("subtype", ["tvseries", "tvepisode", "podcast", "podcastepisode"])
def test_series_and_podcasts_are_broadcasts(subtype: str) -> None:
    """Whatever entry type they have."""
    assert to_item("audio", {"entrysubtype": subtype}, "key").type == "broadcast"
