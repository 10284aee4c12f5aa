"""Items as BibTeX and biblatex."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compcite.files.decoding import decode, read_source
from compcite.formats.bibtex.read.reader import read_bibtex
from compcite.formats.bibtex.write.writer import write_biblatex, write_bibtex
from compcite.model.item import Date, Item, Name
from compcite.model.library import Entry
from compcite.model.source import SourceFile
from compcite.text.markup import without_tags

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

ARTICLE = Item(
    "article-journal",
    {
        "title": "Self-compassion in <i>Homo sapiens</i> and DNA",
        "container-title": "Psychology & Health",
        "volume": "48",
        "issue": "2",
        "page": "207-221",
        "DOI": "10.1016/j.beth.2016.11.012",
    },
    {"author": (Name("Au", "T. M."), Name(literal="WHO and Partners")), "editor": ()},
    {"issued": Date(((2016, 3),))},
    truncated=frozenset({"author"}),
)


def read(text: str) -> list[Entry]:
    """The entries of a BibTeX text, all of which must be readable."""
    entries, problems = read_bibtex(SourceFile("written.bib", text))
    assert problems == []
    return entries


def again(item: Item, *, biblatex: bool = False, ascii_only: bool = False) -> Item:
    """The item that is read after it was written."""
    written = write_bibtex([Entry("key", item)], biblatex=biblatex, ascii=ascii_only)
    (entry,) = read(written.text)
    return entry.item


def test_an_entry_is_written_for_people() -> None:
    """Fields in the order in which one looks for them, aligned, names and case protected."""
    expected = """\
@article{au2016,
  author  = {Au, T. M. and {WHO and Partners} and others},
  title   = {Self-compassion in \\emph{{Homo} sapiens} and {DNA}},
  journal = {Psychology \\& Health},
  year    = {2016},
  month   = mar,
  volume  = {48},
  number  = {2},
  pages   = {207--221},
  doi     = {10.1016/j.beth.2016.11.012},
}
"""
    assert write_bibtex([Entry("au2016", ARTICLE)]).text == expected


def test_the_biblatex_dialect() -> None:
    """The same entry with biblatex's fields."""
    written = write_bibtex([Entry("au2016", ARTICLE)], biblatex=True).text
    assert "journaltitle = {Psychology \\& Health}," in written
    assert "date         = {2016-03}," in written


def test_a_publisher_with_an_and_is_one() -> None:
    """In biblatex "and" separates publishers and places unless braces hold it; not in BibTeX."""
    book = Item("book", {"publisher": "Simon and Schuster", "publisher-place": "Bath and Wells"})
    in_biblatex = write_biblatex([Entry("k", book)]).text
    assert "publisher = {{Simon and Schuster}}," in in_biblatex
    assert "location  = {{Bath and Wells}}," in in_biblatex
    assert "publisher = {Simon and Schuster}," in write_bibtex([Entry("k", book)]).text
    (three,) = read("@book{a, publisher={Rand and McNally and Sons}, year=2001}")
    assert "{{Rand and McNally and Sons}}" in write_biblatex([three]).text
    (two,) = read("@book{a, publisher={CRC and Wiley}, date={2001}}")
    assert "{CRC and Wiley}" in write_biblatex([two]).text


def test_a_range_of_seasons_keeps_both() -> None:
    """A double issue: in BibTeX as its month, in biblatex as a range."""
    (entry,) = read("@article{a, title={T}, year={2000}, month={Fall/Winter}}")
    assert entry.item.dates["issued"] == Date(((2000,), (2000,)), 3, end_season=4)
    assert "month = {Autumn/Winter}" in write_bibtex([entry], normalize=True).text.replace("  ", "")
    (again,) = read(write_biblatex([entry]).text)
    assert again.item.dates == entry.item.dates


def test_words_that_are_no_date_stay_the_year() -> None:
    """A style prints them: without a date, as libraries write it."""
    entries = read("@book{a, title={T}, year={s.a.}}")
    assert "year  = {s.a.}" in write_bibtex(entries, normalize=True).text
    assert "year  = {s.a.}" in write_biblatex(entries).text


def test_nothing_to_write_is_nothing() -> None:
    """No entries, no text."""
    assert write_bibtex([]).text == ""


def test_an_entry_from_bibtex_keeps_its_text() -> None:
    """Spacing, order, case and quotes stay; macros, which stay behind, are replaced."""
    text = """@string{jcp = "J. Clin. Psychol."}
@Article{ neff ,
   Title = "Self   compassion",
   journal = jcp # {, Supplement}, month = jan, year = 2003
}
"""
    expected = """@Article{ neff ,
   Title = "Self   compassion",
   journal = {J. Clin. Psychol., Supplement}, month = jan, year = 2003
}
"""
    assert write_bibtex(read(text)).text == expected


def test_entries_can_be_written_alike() -> None:
    """With ``normalize`` nothing of the writing stays but what it means.

    Fields of which CSL knows nothing stay as they are, unless another one says the same.
    """
    entries = read("@ARTICLE(a, TITLE = {T}, foo = 1, ids = {b, c}, year = 2003, date = {2003})")
    expected = """\
@article{a,
  title = {T},
  year  = {2003},
  foo   = {1},
  ids   = {b, c},
  key   = {T},
}
"""
    assert write_bibtex(entries, normalize=True).text == expected


def test_what_has_no_author_says_by_what_bibtex_sorts_it() -> None:
    """BibTeX's styles sort it by the field ``key``, and warn without one; biblatex needs none."""
    page = Item("webpage", {"title": "How <i>Homo sapiens</i> sleeps: An inquiry"})
    book = Item("book", {"title": "T"}, {"editor": (Name("Roe", "J."),)})
    entries = [Entry("page", page), Entry("book", book)]
    assert write_bibtex(entries).text.count("key ") == 1
    assert "  key   = {How Homo sapiens sleeps},\n" in write_bibtex(entries).text
    assert "key" not in write_biblatex(entries).text
    assert (
        "  key   = {Sleep},\n"
        in write_bibtex(read("@misc{a, title={T}, key={Sleep}}"), normalize=True).text
    )


def test_ascii_is_a_reason_to_write_anew() -> None:
    """Entries that are ASCII already keep their text."""
    entries = read("@book{a, title={Über}}\n@book{b,title={Uber}}")
    expected = (
        '@book{a,\n  title = {{\\"U}ber},\n  key   = {{\\"U}ber},\n}\n\n@book{b,title={Uber}}\n'
    )
    assert write_bibtex(entries, ascii=True).text == expected


def test_an_entry_that_inherits_is_written_whole() -> None:
    """Without its parent the child has what it inherited; with it, its own text."""
    text = "@inproceedings{c, title={T}, crossref={p}}\n\n@proceedings{p, title={Proc}}\n"
    child, parent = read(text)
    assert write_bibtex([child, parent]).text == text
    assert "booktitle = {Proc}" in write_bibtex([child]).text


def test_what_cannot_be_held_is_said() -> None:
    """Variables without a field are named with the entry."""
    item = Item("book", {"title": "T", "archive": "A", "medium": "M"})
    assert write_bibtex([Entry("k", item)]).losses == (
        "k: BibTeX has no place for “medium” and “archive”.",
    )


def test_a_type_that_bibtex_lacks_is_said() -> None:
    """What becomes ``@misc`` does not do so silently; biblatex has more types."""
    film = [Entry("k", Item("motion_picture", {"title": "T"}))]
    assert (write_bibtex(film).losses, write_biblatex(film).losses) == (
        ("k: BibTeX takes the type “motion_picture” for “document”.",),
        (),
    )


def test_what_is_held_in_part_is_said() -> None:
    """A value that comes back otherwise than it was is named."""
    item = Item("book", {"title": "T", "page": "30- 30-83"})
    assert write_bibtex([Entry("k", item)]).losses == ("k: BibTeX holds “page” only in part.",)


def test_the_type_of_book_that_its_author_chose_stays() -> None:
    """CSL calls them all books; written anew they are still what they were."""
    text = (
        "@proceedings{p, title={T}}\n@manual{m, title={T}, organization={O}}\n@mvbook{v, title={T}}"
    )
    entries = read(text)
    actual = [
        [line.partition("{")[0] for line in written.text.splitlines() if line.startswith("@")]
        for written in (write_bibtex(entries, normalize=True), write_biblatex(entries))
    ]
    assert actual == [["@proceedings", "@manual", "@book"], ["@proceedings", "@manual", "@mvbook"]]


def test_a_book_of_an_event_without_author_is_proceedings() -> None:
    """So far CSL lets one tell what was published of a conference."""
    item = Item("book", {"title": "T", "event-title": "C"}, {"editor": (Name("Doe", "J."),)})
    actual = [write([Entry("k", item)]).text[:13] for write in (write_bibtex, write_biblatex)]
    assert actual == ["@proceedings{", "@proceedings{"]


@pytest.mark.parametrize("biblatex", [False, True])
def test_the_place_of_a_patent_is_no_jurisdiction(*, biblatex: bool) -> None:
    """``location`` is where a patent holds, so its publisher's place is the address."""
    item = Item("patent", {"title": "T", "publisher-place": "Bern"})
    assert again(item, biblatex=biblatex).text == item.text


def test_a_chapter_of_nothing_is_inbook_in_bibtex() -> None:
    """An ``@incollection`` without ``booktitle`` is none to BibTeX's styles."""
    item = Item("chapter", {"title": "T", "chapter-number": "3"})
    assert write_bibtex([Entry("k", item)]).text.startswith("@inbook{")


def test_biblatex_is_one_dialect_in_ascii_too() -> None:
    """An entry of ASCII alone is no reason to leave BibTeX's fields in a biblatex file."""
    entries = read("@article{k, title = {T}, journal = {J}, year = 2001}")
    text = write_bibtex(entries, ascii=True, biblatex=True).text
    assert ("journaltitle = {J}" in text, "date         = {2001}" in text) == (True, True)


@pytest.mark.parametrize(
    "title", ["P̈ress", "ā̈ and ý̨", "x́̄ and x̄́", "Ạ̈b", "inﬂuence", "Oﬀent\u00adlich"]
)
def test_marks_and_ligatures_survive_ascii(title: str) -> None:
    """No mark is lost that has no letter of its own; nothing alike is reported."""
    written = write_bibtex([Entry("k", Item("book", {"title": title}))], ascii=True)
    assert (written.losses, written.text.isascii()) == ((), True)


def test_keys_that_bibtex_cannot_read_are_mended() -> None:
    """A DOI may be a key, a comma or a brace may not."""
    item = Item("book", {"title": "T"})
    keys = [
        entry.key
        for key in ("10.1000/a_b", "a, {b}", "")
        for entry in read(write_bibtex([Entry(key, item)]).text)
    ]
    assert keys == ["10.1000/a_b", "a_b_", "t"]


def test_a_key_that_changes_is_said() -> None:
    """Whoever cites the entry has to know."""
    losses = write_bibtex([Entry("a, b", Item("book", {"title": "T"}))]).losses
    assert losses == ("a, b: BibTeX cannot have that key, so it is written as a_b.",)


def test_keys_that_others_tell_apart_stay_apart() -> None:
    """BibTeX skips an entry whose key it has met, in whatever letter case."""
    item = Item("book", {"title": "T"})
    keys = ["a b", "a'b", "a_b", "Key", "key", "key", "key-2"]
    actual = [one.key for one in read(write_bibtex([Entry(key, item) for key in keys]).text)]
    assert actual == ["a_b-2", "a_b-3", "a_b", "Key", "key-3", "key-4", "key-2"]


def test_doubled_keys_of_a_bibtex_source_stay() -> None:
    """They are for their author to mend, who is told of them by *check*."""
    entries = read("@book{k, title={T}}\n@book{K, title={U}}")
    actual = [one.key for one in read(write_bibtex(entries, normalize=True).text)]
    assert actual == ["k", "K"]


def test_a_dash_between_pages_is_a_range() -> None:
    """Short or long, BibTeX has two hyphens there."""
    written = write_bibtex([Entry("k", Item("book", {"title": "T", "page": "1–2, 5-6"}))])
    assert ("pages = {1--2, 5--6}" in written.text, written.losses) == (True, ())


@pytest.mark.parametrize("biblatex", [False, True])
@pytest.mark.parametrize(
    "name",
    [
        Name("Berg", "Jan", non_dropping_particle="van der"),
        Name("Aquino", "Thomas", dropping_particle="von"),
        Name("Cruz", "Juan", suffix="Jr."),
        Name("van der Berg", "Jan"),
        Name("Smith, Jones", "A."),
        Name("Sand and Brand", "A."),
        Name("Plato"),
        Name("King", suffix="Jr."),
        Name("Berg", "Jan jung"),
        Name("Ørsted", "Hans {Christian}"),
        Name(literal="Barnes & Noble"),
        Name(literal="others"),
    ],
)
def test_names_survive(name: Name, *, biblatex: bool) -> None:
    """Particles, suffixes, commas, ands and institutions come back as they were."""
    item = Item("book", {"title": "T"}, {"author": (name, Name("Other", "A."))})
    assert again(item, biblatex=biblatex).names["author"] == (name, Name("Other", "A."))


def test_a_particle_that_nobody_knows_stands_before_the_family() -> None:
    """Behind the given name it would be read as one more given name."""
    item = Item("book", {"title": "T"}, {"author": (Name("Berg", "Jan", "sul"),)})
    written = write_bibtex([Entry("k", item)]).text
    assert "{sul Berg, Jan}" in written


@pytest.mark.parametrize("biblatex", [False, True])
@pytest.mark.parametrize(
    "date",
    [
        Date(((2001,),)),
        Date(((2001, 3),)),
        Date(((2001, 3, 4),)),
        Date(((2001, 3, 4), (2002, 1, 2))),
        Date(((2001,), (0,))),
        Date(((2001,),), season=2),
        Date(((2001,),), circa=True),
        Date(((850,),)),
        Date(((-100,),)),
        Date(literal="Michaelmas term"),
    ],
)
def test_dates_survive(date: Date, *, biblatex: bool) -> None:
    """Ranges, seasons, circa, years before Christ and words come back as they were."""
    item = Item("book", {"title": "T"}, {}, {"issued": date})
    assert again(item, biblatex=biblatex).dates["issued"] == date


VARIABLES = [
    "title",
    "volume",
    "page",
    "DOI",
    "URL",
    "publisher",
    "publisher-place",
    "edition",
    "collection-title",
    "ISBN",
    "ISSN",
    "PMID",
    "note",
    "annote",
    "abstract",
    "keyword",
    "language",
    "title-short",
    "version",
    "status",
    "number-of-pages",
    "event-title",
    "event-place",
    "original-title",
    "original-publisher",
    "call-number",
    "part-number",
]
WORDS = st.text(alphabet="abcdeXYZé%&_#$^~\\'`\"<>-–ß", min_size=1, max_size=6)
TEXT = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)
PLAIN = st.text(alphabet="abcXYZé", min_size=1, max_size=6)


@st.composite
def items(draw: st.DrawFn) -> Item:
    """Items with the variables that CSL and BibTeX both know."""
    free = {"title", "note", "annote", "abstract", "keyword", "publisher", "publisher-place"}
    variables = draw(st.sets(st.sampled_from(VARIABLES), min_size=1))
    text = {one: draw(TEXT if one in free else PLAIN) for one in sorted(variables)}
    if "DOI" in text:
        text["DOI"] = f"10.1000/{draw(st.integers(1, 999))}"
    if "collection-title" in text:
        text.pop("volume", None)  # BibTeX has one volume, which then is that of the series
    if "URL" in text:
        text["URL"] = f"https://example.org/{draw(st.integers(1, 999))}?a_b=%20#c"
    names = draw(st.lists(st.builds(Name, family=PLAIN.map(str.title), given=PLAIN), max_size=3))
    roles = draw(st.sampled_from(["author", "editor", "translator", "compiler"]))
    return Item(
        draw(st.sampled_from(["article-journal", "book", "chapter", "report", "thesis"])),
        text,
        {roles: tuple(names)} if names else {},
        {"issued": Date(((draw(st.integers(1000, 2999)),),))},
    )


@pytest.mark.no_cover
@given(items(), st.booleans(), st.booleans())
def test_what_both_know_survives(item: Item, biblatex: bool, ascii_only: bool) -> None:  # noqa: FBT001 - drawn by hypothesis
    """Each variable comes back with its words; tags for protected case may be added."""
    actual = again(item, biblatex=biblatex, ascii_only=ascii_only)
    assert {one: without_tags(text) for one, text in item.text.items()} == {
        one: without_tags(text) for one, text in actual.text.items() if one != "genre"
    }
    assert (actual.names, actual.dates, actual.type) == (item.names, item.dates, item.type)


def _missing(before: Sequence[Entry], after: Sequence[Entry]) -> list[str]:
    """The variables that the second list lacks, each with its entry's key."""
    return [
        f"{one.key} {one.item.type} {variable}"
        for one, other in zip(before, after, strict=True)
        for mine, its in (
            (one.item.text, other.item.text),
            (one.item.names, other.item.names),
            (one.item.dates, other.item.dates),
        )
        for variable in mine
        if variable not in its
    ]


def test_losses_name_an_entry_by_its_own_key() -> None:
    """Also where the key cannot be written; an entry without key by the one that it gets."""
    rivers = Item("book", {"title": "水"})
    written = write_bibtex([Entry("a,b", rivers), Entry("", rivers)], ascii=True)

    assert written.losses == (
        "a,b: “title” stays beyond ASCII.",
        "a,b: BibTeX cannot have that key, so it is written as a_b.",
        "reference: “title” stays beyond ASCII.",
    )


@pytest.mark.no_cover
@pytest.mark.parametrize("biblatex", [False, True])
def test_real_entries_lose_nothing(published: list[Path], *, biblatex: bool) -> None:
    """Published files, written alike and read again: no variable is missing, or it is said."""
    for path in published:
        before, _ = read_bibtex(read_source(str(path)))
        written = write_bibtex(before, normalize=True, biblatex=biblatex)
        said = {loss.split(":")[0] for loss in written.losses}
        missing = _missing(before, read(written.text))
        assert [one for one in missing if one.split()[0] not in said] == [], path.name


def test_biblatex_is_written_anew_whatever_it_came_from() -> None:
    """The format of that name speaks biblatex: journaltitle and date."""
    source = decode(b"@article{k, title = {T}, journal = {J}, year = 2001}", "x.bib")
    entries, _ = read_bibtex(source)
    written = write_biblatex(entries).text

    assert "journaltitle = {J}" in written
    assert "date         = {2001}" in written


def test_only_the_first_word_of_title_and_subtitle_is_unprotected() -> None:
    """Wherever a word stands in the title, what is before it decides."""
    item = Item("book", {"title": "A thing: Of this and That? Some (Other) more things"})
    text = write_bibtex([Entry("k", item)]).text
    assert "title = {A thing: Of this and {That}? Some ({Other}) more things}" in text


def test_an_eprint_stays_as_its_author_wrote_it() -> None:
    """With its archive and class, and without the address that CSL makes of it."""
    text = (
        "@article{a, journal = {J}, eprint = {2001.12345}, eprinttype = {arxiv},\n"
        "  eprintclass = {cs.CL}, doi = {no DOI}}"
    )
    written = write_bibtex(read(text), normalize=True)

    assert written.losses == ()
    assert (
        written.text
        == """\
@article{a,
  journal     = {J},
  eprint      = {2001.12345},
  eprinttype  = {arxiv},
  eprintclass = {cs.CL},
  doi         = {no DOI},
}
"""
    )


def test_the_dash_between_two_years_is_a_dash() -> None:
    """What LaTeX joins to one sign stays so."""
    text = write_bibtex(read("@book{a, year = {2010--2012}}"), normalize=True).text

    assert "year = {2010--2012}," in text


def test_circa_is_written_as_edtf() -> None:
    """Biblatex reads the tilde behind a date; an escaped one it ignores."""
    dates = {"issued": Date(((1650,),), circa=True), "original-date": Date(((1390,),), circa=True)}
    item = Item("book", {"title": "T"}, {}, dates)

    written = write_biblatex([Entry("k", item)]).text

    assert "date     = {1650~}" in written
    assert "origdate = {1390~}" in written


def test_what_biblatex_says_is_translated_for_bibtex() -> None:
    """An entry for biblatex is written in BibTeX's types and fields; one for BibTeX stays."""
    text = (
        "@thesis{a, author={Roe, Ann}, title={T}, subtitle={S}, type={phdthesis},\n"
        " institution={U}, location={Bonn}, date={2001-05}}\n"
        "@article{b, author={Roe, Ann}, title={T}, journal={J}, year=2001, custom={x}}"
    )
    entries, _ = read_bibtex(SourceFile("a.bib", text))

    written = write_bibtex(entries).text

    first, second = written.split("\n\n")
    assert first.startswith("@phdthesis{a,")
    for field in ("title   = {T: S}", "school  = {U}", "address = {Bonn}", "year    = {2001}"):
        assert field in first
    assert (
        second == text.partition("\n@article")[1].strip() + text.partition("\n@article")[2] + "\n"
    )


@pytest.mark.parametrize("field", ["howpublished", "organization", "publisher"])
def test_the_field_of_a_publisher_stays(field: str) -> None:
    """BibTeX prints howpublished, organization and publisher for different types of entry."""
    text = f"@misc{{a, author={{Roe, Ann}}, title={{T}}, {field}={{Some Press}}, year=2001}}"
    entries, _ = read_bibtex(SourceFile("a.bib", text))

    for written in (write_bibtex(entries, normalize=True), write_biblatex(entries)):
        assert re.search(rf"{field} += \{{Some Press\}}", written.text)


def test_a_work_in_press_has_that_in_place_of_a_year() -> None:
    """BibTeX's styles print the year; CSL's print the status."""
    text = "@article{a, author={Roe, Ann}, title={T}, journal={J}, year={in press}}"
    entries, _ = read_bibtex(SourceFile("a.bib", text))

    assert entries[0].item.text["status"] == "in press"
    assert "year    = {in press}" in write_bibtex(entries, normalize=True).text
    assert re.search(r"pubstate += \{in press\}", write_biblatex(entries).text)


@pytest.mark.parametrize(
    "item",
    [
        Item("thesis", {"publisher": "University", "archive": "ProQuest", "genre": "Dissertation"}),
        Item("graphic", {"archive": "The Louvre", "archive-place": "Paris"}),
        Item("legal_case", {"title": "A v. B", "authority": "9th Cir."}),
        Item("manuscript", {"genre": "Unpublished manuscript"}),
        Item("broadcast", {"title": "Lemons", "medium": "TV series episode"}),
        Item("song", {"title": "Formation", "container-title": "Lemonade"}),
        Item("book", {}, {"narrator": (Name("Dale", "Jim"),), "chair": (Name("Roe", "Ann"),)}),
        Item("book", {}, {"executive-producer": (Name("Dale", "Jim"),)}),
    ],
    ids=lambda item: item.type,
)
def test_what_has_no_usual_field_comes_back(item: Item) -> None:
    """Who keeps a work, who judged, how far a manuscript is, and every role."""
    written = write_biblatex([Entry("key", item)])
    assert written.losses == ()
    back = read_bibtex(SourceFile("a.bib", written.text))[0][0].item
    assert (back.type, back.text, back.names) == (item.type, item.text, item.names)
