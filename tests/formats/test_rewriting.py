"""Changes in CSL's terms become edits of fields, written as the file writes them."""

from __future__ import annotations

import json

import pytest

from compcite.errors import EditError
from compcite.formats import READERS, format_of
from compcite.formats.rewriting import rewrite
from compcite.model.edits import apply_edits
from compcite.model.item import Date, Item, Name
from compcite.model.library import Entry
from compcite.model.report import Change
from compcite.model.source import SourceFile

PEOPLE = (Name("Müller", "Jörg"), Name("Berg", "A.", non_dropping_particle="van den"))


def rewritten(text: str, *changes: Change, name: str = "x.bib", encoding: str = "utf-8") -> str:
    """The text after those changes of its first entry."""
    source = SourceFile(name, text, encoding=encoding)
    entries, _ = READERS[format_of(source)](source)
    return apply_edits(text, rewrite(entries[0], changes).edits)


@pytest.mark.parametrize(
    ("before", "change", "after"),
    [
        (
            "@a{k, doi = {doi:10.1000/a}}",
            Change("DOI", "10.1234/a_b"),
            "@a{k, doi = {10.1234/a_b}}",
        ),
        (
            "@a{k,\n  t = 1\n}",
            Change("DOI", "10.1000/b"),
            "@a{k,\n  t = 1,\n  doi = {10.1000/b}\n}",
        ),
        ('@a{k, pages = "1-9"}', Change("page", "12-34"), '@a{k, pages = "12-34"}'),
        ("@a{k, pages = {1--9}}", Change("page", "12-34"), "@a{k, pages = {12--34}}"),
        ("@a{k, pages = {1–9}}", Change("page", "12-34"), "@a{k, pages = {12–34}}"),
        ("@a{k, pages = {1}}", Change("page", "12-34"), "@a{k, pages = {12--34}}"),
        ("@a{k, year = 1999}", Change("issued", Date(((2001, 5),))), "@a{k, year = 2001}"),
        (
            "@a{k, date = {1999-04}}",
            Change("issued", Date(((2001, 5, 3),))),
            "@a{k, date = {2001-05}}",
        ),
        ("@a{k, url = {u}, t = 1}", Change("URL", None), "@a{k, t = 1}"),
        ("@article{k, number = 3}", Change("issue", "4"), "@article{k, number = 4}"),
        ("@article{k, issue = {3}}", Change("issue", "4"), "@article{k, issue = {4}}"),
        (
            "@article{k, title = {T}}",
            Change("container-title", "Tests"),
            "@article{k, title = {T}, journal = {Tests}}",
        ),
        (
            "@article{k, date = {2001}}",
            Change("container-title", "Tests"),
            "@article{k, date = {2001}, journaltitle = {Tests}}",
        ),
        (
            "@inproceedings{k, title = {T}}",
            Change("container-title", "Tests"),
            "@inproceedings{k, title = {T}, booktitle = {Tests}}",
        ),
        (
            "@article{k, journal = jot}",
            Change("container-title", "Tests & Trials"),
            r"@article{k, journal = {Tests \& Trials}}",
        ),
    ],
)
def test_a_change_is_written_into_the_field_that_says_it(
    before: str, change: Change, after: str
) -> None:
    """Delimiters, dashes, bare numbers and the precision of dates stay as they are."""
    assert rewritten(before, change) == after


def test_a_value_that_moves_takes_the_place_of_its_field() -> None:
    """A DOI in a note becomes a doi field in the same line."""
    moved = (Change("DOI", "10.1000/a"), Change("note", None))
    text = "@a{k,\n  title = {T},\n  note  = {doi:10.1000/a},\n  year  = 1\n}"

    assert rewritten(text, *moved) == text.replace("note  = {doi:", "doi   = {")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (r"@a{k, author = {M\"oller, A}}", r"M{\"u}ller, J{\"o}rg and van den Berg, A."),
        ("@a{k, author = {Möller, A}}", "Müller, Jörg and van den Berg, A."),
        ("@a{k, author = {Moller, A}}", r"M{\"u}ller, J{\"o}rg and van den Berg, A."),
    ],
)
def test_letters_are_written_as_the_file_writes_them(text: str, names: str) -> None:
    """As commands where the file has commands, or nothing beyond ASCII at all."""
    before, _, behind = text.partition("{M")

    assert rewritten(text, Change("author", PEOPLE)) == before + "{" + names + "}}"
    assert behind.endswith("}}")


def test_an_encoding_without_the_letter_gets_a_command() -> None:
    """A file in Latin-1 cannot hold every letter."""
    text = "@a{k, author = {Möller, A}}"
    after = rewritten(text, Change("author", (Name("Łoś", "Jan"),)), encoding="latin-1")

    assert after == r"@a{k, author = {{\L}o{\'s}, Jan}}"


@pytest.mark.parametrize(
    ("old", "new", "written"),
    [
        ("The {Bayesian} Way", "A Bayesian Road Is Long", "A {Bayesian} Road Is Long"),
        ("{The Bayesian Way}", "A Bayesian Road", "{A Bayesian Road}"),
        ("On {E}ngland Again Now", "England Is Near Again", "{England} Is Near Again"),
        ("On things", "On DNA in things", "On {DNA} in things"),
        ("Old", "The <i>E. coli</i> path", r"The \emph{{E}. coli} path"),
    ],
)
def test_protected_words_stay_protected(old: str, new: str, written: str) -> None:
    """Braces go with the word; what must keep its case has them anyway."""
    text = "@a{k, title = {" + old + "}}"

    assert rewritten(text, Change("title", new)) == "@a{k, title = {" + written + "}}"


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("@a{k, doi = {10.1000/a}}", Change("DOI", "10.1000/a")),
        ("@book{k, title = {T}}", Change("issue", "3")),
        ("@book{k, editor = {E, F}}", Change("author", PEOPLE)),
        ("@a{k, title = {T}, subtitle = {S}}", Change("title", "Other")),
        ("@a{k, title = {T}}", Change("URL", None)),
        ("@a{k, url = {u}, url = {v}}", Change("URL", None)),
        ("@a{k, title = {T}}", Change("medium", "print")),
        ("@a{k, year = 1}", Change("issued", Date(literal="in press"))),
    ],
)
def test_what_cannot_be_said_alone_is_refused(text: str, change: Change) -> None:
    """No edit is made that would be read as anything else, or change nothing."""
    with pytest.raises(EditError):
        rewritten(text, change)


DOI_MEMBER = '\n   "DOI": "doi:10.1000/a"'
ITEM = '[\n  {"id": "k", "type": "book",\n   "title": "T",\n   "DOI": "doi:10.1000/a"}\n]\n'


@pytest.mark.parametrize(
    ("change", "before", "after"),
    [
        (Change("DOI", "10.1000/a"), '"doi:10.1000/a"', '"10.1000/a"'),
        (Change("title", "Ü"), '"T"', '"Ü"'),
        (
            Change("issued", Date(((2001,),))),
            '"doi:10.1000/a"',
            '"doi:10.1000/a",\n   "issued": {"date-parts": [[2001]]}',
        ),
        (
            Change("author", (Name("A", "B"),)),
            '"doi:10.1000/a"',
            '"doi:10.1000/a",\n   "author": [{"family": "A", "given": "B"}]',
        ),
    ],
)
def test_csl_json_keeps_its_layout(change: Change, before: str, after: str) -> None:
    """A member is set, or added behind the last as that is written."""
    text = rewritten(ITEM, change, name="x.json")

    assert text == ITEM.replace(before, after)
    assert json.loads(text)


@pytest.mark.parametrize(
    "gone",
    [
        ("DOI",),
        ("title",),
        ("type",),
        ("title", "DOI"),
        ("type", "title"),
        ("type", "title", "DOI"),
    ],
)
def test_csl_json_loses_members_with_their_commas(gone: tuple[str, ...]) -> None:
    """What stays keeps its layout, and a member that comes in then stands last."""
    members = {"type": ' "type": "book"', "title": '\n   "title": "T"', "DOI": DOI_MEMBER}
    changes = [Change(name, None) for name in gone]
    left = [text for name, text in members.items() if name not in gone]

    assert rewritten(ITEM, *changes, name="x.json") == (
        f'[\n  {{"id": "k"{"".join(f",{one}" for one in left)}}}\n]\n'
    )
    added = json.loads(rewritten(ITEM, *changes, Change("note", "N"), name="x.json"))[0]
    assert added == {k: v for k, v in json.loads(ITEM)[0].items() if k not in gone} | {"note": "N"}


@pytest.mark.parametrize(
    ("item", "change"),
    [
        ('{"id": "k", "title": "T"}', Change("DOI", None)),
        ('{"id": "k", "URL": "u", "URL": "v"}', Change("URL", None)),
        ('{"id": "k", "shortTitle": "T"}', Change("title-short", None)),
        ('{"id": "k", "title": "T"}', Change("id", None)),
        ('{"id": "k", "title": "T"}', Change("title", "T")),
        ('{"id": "k", "type": "book"}', Change("type", "boook")),
    ],
)
def test_csl_json_is_not_guessed_at(item: str, change: Change) -> None:
    """What is not there, stands twice or is the key of the item is neither changed nor removed."""
    with pytest.raises(EditError):
        rewritten(f"[{item}]", change, name="x.json")


def test_other_formats_are_not_edited() -> None:
    """What can only be read has no fixes."""
    with pytest.raises(EditError, match="ris can be read but not edited"):
        rewritten(
            "TY  - JOUR\nDO  - doi:10.1000/a\nER  - \n", Change("DOI", "10.1000/a"), name="x.ris"
        )


def test_what_could_not_be_read_as_an_entry_is_not_rewritten() -> None:
    """Its format is not looked for: that takes a reading of the whole source for each of them."""
    unread = Entry("", Item("document"), source=SourceFile("x.yaml", "---\na: 1\n"))

    with pytest.raises(EditError, match="could not be read as an entry"):
        rewrite(unread, [Change("DOI", "10.1000/a")])
