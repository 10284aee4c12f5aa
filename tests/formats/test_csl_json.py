"""CSL-JSON in and out."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.formats.items import entry

from compcite.csl.items import item_of
from compcite.files.decoding import read_source
from compcite.formats.bibtex.read.reader import read_bibtex
from compcite.formats.csl_json import item_to_csl, read_csl_json, write_csl_json
from compcite.model.item import Date, Item, Name
from compcite.model.library import Entry
from compcite.model.source import SourceFile
from compcite.text.markup import protect_whole_words

if TYPE_CHECKING:
    from pathlib import Path

    from compcite.model.library import Problem


def read(text: str) -> tuple[list[Entry], list[Problem]]:
    """Entries and problems of a CSL-JSON text."""
    return read_csl_json(SourceFile("items.json", text))


def date(value: object) -> Date | None:
    """The date of publication that a CSL-JSON value means."""
    return item_of({"issued": value}).dates.get("issued")


def test_every_field_has_its_place() -> None:
    """Spans of item, key, field, value and content are those of the text."""
    text = '[\n  {"id": "au2017", "DOI": "10.1016/x", "volume": 48}\n]'
    (entry,), problems = read(text)
    doi, volume = entry.fields
    assert problems == []
    assert _at(text, entry.span) == '{"id": "au2017", "DOI": "10.1016/x", "volume": 48}'
    assert _at(text, entry.key_span) == '"au2017"'
    assert (doi.name, doi.value) == ("doi", "10.1016/x")
    assert _at(text, doi.span) == '"DOI": "10.1016/x"'
    assert _at(text, doi.value_span) == '"10.1016/x"'
    assert _at(text, doi.content_span) == "10.1016/x"
    assert (volume.name, volume.value) == ("volume", "48")
    assert _at(text, volume.content_span) == "48"


def _at(text: str, span: Any) -> str:  # noqa: ANN401 - a Span
    return text[span.start : span.end]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('[{"id": "a"}, {"id": "b"}]', ["a", "b"]),
        ('{"id": "a", "type": "book"}', ["a"]),
        ('{"references": [{"id": "a"}]}', ["a"]),
        ('{"version": 1, "items": [{"id": "a"}], "x": 2}', ["a"]),
        ('[{"id": 7}]', ["7"]),
        ('[{"citation-key": "k"}]', ["k"]),
        ('[{"title": "T"}]', [""]),
        ("[]", []),
    ],
)
def test_the_shapes_of_a_list(text: str, expected: list[str]) -> None:
    """An array, an object around it, or one item; ids of all kinds, and none."""
    assert (expected, []) == ([entry.key for entry in read(text)[0]], read(text)[1])


def test_a_field_given_twice_counts_last() -> None:
    """As every JSON reader has it; the first stays visible as ignored."""
    (entry,), _ = read('[{"id": "a", "title": "One", "title": "Two"}]')
    assert entry.item.text["title"] == "Two"
    assert [field.ignored for field in entry.fields] == [True, False]


@pytest.mark.parametrize(
    ("text", "keys", "line", "column"),
    [
        ('[{"id": "a"},\n {"id": "b" "title": 1}]', ["a"], 2, 13),
        ('[{"id": "a"},]', ["a"], 1, 14),
        ('{"id": "a",}', [], 1, 12),
        ('[{"id": "a"}', ["a"], 1, 13),
        ('[{"id": "a"}] x', ["a"], 1, 15),
        ("null", [], 1, 1),
        ("", [], 1, 1),
    ],
)
def test_broken_json_is_one_problem_with_its_place(
    text: str, keys: list[str], line: int, column: int
) -> None:
    """What was read before stays; the problem names line and column."""
    entries, (problem,) = read(text)
    assert keys == [entry.key for entry in entries]
    assert problem.rule == "entry-unparsed"
    assert f"line {line}, column {column}:" in problem.message


def test_what_is_no_item_is_a_problem_of_its_own() -> None:
    """A number among the items is reported, and the items around it are read."""
    entries, (problem,) = read('[{"id": "a"}, 7, {"id": "b"}]')
    assert [entry.key for entry in entries] == ["a", "b"]
    assert (problem.span.start, problem.span.end) == (14, 15)


def test_endless_nesting_is_a_problem_and_no_crash() -> None:
    """A hundred thousand brackets end in one sentence."""
    assert [problem.message for problem in read("[" * 100_000)[1]] == [
        "The JSON breaks at line 1, column 1: Nested too deeply."
    ]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"date-parts": [[2001, 3, 4]]}, Date(((2001, 3, 4),))),
        ({"date-parts": [["2001", "03", ""]]}, Date(((2001, 3),))),
        ({"date-parts": [2001, 3]}, Date(((2001, 3),))),
        ({"date-parts": [[2001], [2002]]}, Date(((2001,), (2002,)))),
        ({"date-parts": [[2001], [0]]}, Date(((2001,), (0,)))),
        ({"date-parts": [[None]]}, None),
        ({"date-parts": [[2001, 13]]}, Date(((2001,),), 1)),
        ({"date-parts": [[2001, 33]]}, Date(((2001,),))),
        ({"date-parts": [[-50]]}, Date(((-50,),))),
        ({"date-parts": [[2001]], "season": "2", "circa": 1}, Date(((2001,),), 2, circa=True)),
        ({"date-parts": [[2001]], "season": "Winter"}, Date(((2001,),), 4)),
        ({"raw": "2001-03-04"}, Date(((2001, 3, 4),))),
        ({"raw": "March 2001"}, Date(((2001, 3),))),
        ({"literal": "in press"}, Date(literal="in press")),
        ("2001-03", Date(((2001, 3),))),
        ("199X~", Date(((1990,), (1999,)), circa=True)),
        (2001, Date(((2001,),))),
        ({}, None),
        (None, None),
    ],
)
def test_dates_in_every_spelling(value: object, expected: Date | None) -> None:
    """Parts as numbers or strings, raw, EDTF, literal, seasons, circa, open ends."""
    assert expected == date(value)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"family": "Au", "given": "T."}, Name("Au", "T.")),
        (
            {"family": "Au", "comma-suffix": "true", "suffix": "Jr"},
            Name("Au", "", "", "", "Jr", "", comma_suffix=True),
        ),
        ({"literal": "WHO"}, Name(literal="WHO")),
        ({"name": "WHO"}, Name(literal="WHO")),
        ({"given": "Plato"}, Name(literal="Plato")),
        ("Au, T.", Name("Au", "T.")),
        ("T. Au", Name("Au", "T.")),
    ],
)
def test_names_in_every_spelling(value: object, expected: Name) -> None:
    """Names with parts, institutions, and names in one piece."""
    assert (expected,) == item_of({"author": [value]}).names["author"]
    assert (expected,) == item_of({"author": value}).names["author"]


def test_others_at_the_end_of_a_list() -> None:
    """What pandoc writes for ``and others`` is read, and written, as that."""
    names = [{"family": "Au"}, {"literal": "others"}]
    item = item_of({"author": names})
    assert item.names["author"] == (Name("Au"),)
    assert "author" in item.truncated
    assert names == item_to_csl(item)["author"]


def test_numbers_and_older_names_of_variables() -> None:
    """Numbers become text; the spellings of older programs are understood."""
    item = item_of(
        {
            "type": "nonsense",
            "volume": 12,
            "issue": 3.0,
            "shortTitle": "S",
            "journalAbbreviation": "J",
            "event": "E",
            "part": 2,
            "ISSN": ["1234-5678", "8765-4321"],
            "title": ["T", "Other"],
            "abstract": "",
            "page": None,
        }
    )
    assert item.type == "document"
    assert item.text == {
        "volume": "12",
        "issue": "3",
        "title-short": "S",
        "container-title-short": "J",
        "event-title": "E",
        "part-number": "2",
        "ISSN": "1234-5678, 8765-4321",
        "title": "T",
    }


def test_writing_keeps_nothing_empty_and_says_what_it_cannot_hold() -> None:
    """Keys in a fixed order; a variable that the schema does not know is a loss."""
    item = Item(
        "book",
        {"DOI": "10.1000/1", "title": "T", "part-number": "2", "made-up": "x", "page": ""},
        {"author": (Name("Au", "T."),), "editor": ()},
        {"issued": Date(((2001, 3),), circa=True)},
    )
    written = write_csl_json([Entry("au", item)])
    (actual,) = json.loads(written.text)
    assert list(actual) == ["id", "type", "author", "issued", "title", "part", "DOI"]
    assert actual["issued"] == {"date-parts": [[2001, 3]], "circa": True}
    assert json.loads(write_csl_json([Entry("", item)]).text)[0]["id"] == "item-1"
    assert written.losses == ("au: CSL-JSON has no variable “made-up”.",)


TEXT = st.text(alphabet='aé <"\\中', min_size=1, max_size=8).map(str.strip).filter(bool)
# A family name in quotation marks is one that a style takes no particle out of.
FAMILY = TEXT.filter(lambda text: '"' not in text)
NAME = st.builds(Name, family=FAMILY, given=TEXT, suffix=TEXT) | st.builds(Name, literal=TEXT)
DATE = st.builds(
    Date,
    parts=st.tuples(st.tuples(st.integers(1, 3000), st.integers(1, 12))),
    circa=st.booleans(),
)


@given(
    st.dictionaries(
        st.sampled_from(["title", "volume", "DOI", "part-number", "event-title"]), TEXT
    ),
    st.dictionaries(st.sampled_from(["author", "editor"]), st.lists(NAME, min_size=1).map(tuple)),
    st.dictionaries(st.sampled_from(["issued", "accessed"]), DATE),
)
def test_an_item_survives(
    text: dict[str, str], names: dict[str, tuple[Name, ...]], dates: dict[str, Date]
) -> None:
    """What is written is read as the same item."""
    text = {variable: " ".join(value.split()) for variable, value in text.items()}
    names = {variable: tuple(map(_normal, found)) for variable, found in names.items()}
    item = Item("book", text, names, dates, "key")
    (entry,), problems = read(write_csl_json([Entry("key", item)]).text)
    assert (item, []) == (entry.item, problems)


def _normal(name: Name) -> Name:
    parts = (name.family, name.given, name.suffix, name.literal)
    family, given_name, suffix, literal = (" ".join(part.split()) for part in parts)
    return Name(family, given_name, suffix=suffix, literal=literal)


@pytest.mark.no_cover
def test_real_entries_are_valid_against_the_schema(shared: Path, published: list[Path]) -> None:
    """Everything that published files hold is written as the schema asks, and read back."""
    schema = json.loads((shared / "data" / "schemas" / "csl-data.json").read_text())
    validator = jsonschema.validators.validator_for(schema)(
        schema["items"] | {"definitions": schema["definitions"]}
    )
    for path in published:
        entries, _ = read_bibtex(read_source(str(path)))
        written = write_csl_json(entries)
        again, problems = read(written.text)
        named = [entry.key for entry in entries if _names_a_variable(entry)]
        assert problems == []
        assert named == [loss.partition(":")[0] for loss in written.losses]
        for before, after in zip(entries, again, strict=True):
            # Without a key, the written item has a number for its id.
            if before.key and not _names_a_variable(before):
                text = {
                    name: protect_whole_words(value) for name, value in before.item.text.items()
                }
                assert replace(before.item, text=text) == after.item
        for csl in json.loads(written.text)[:20]:
            validator.validate(csl)


def _names_a_variable(entry: Entry) -> bool:
    """Whether programs of CSL find a variable in the note: ``original-date: 1900``."""
    note = entry.item.text.get("note", "")
    return bool(note) and "note" not in item_of({"note": note}).text


def test_what_no_encoding_can_write_becomes_a_replacement_character() -> None:
    """Half a surrogate pair, as broken programs write it, reaches no file and no database."""
    entries, problems = read('[{"id": "k", "title": "a\\ud800b", "author": ["X\\udfff Y"]}]')

    assert ([e.item.text["title"] for e in entries], problems) == (["a\ufffdb"], [])
    assert entries[0].fields[0].value == "a\ufffdb"


def test_numbers_of_any_length_are_text() -> None:
    """Python refuses to convert thousands of digits; a reference list is read all the same."""
    digits = "9" * 5000
    entries, problems = read(
        f'[{{"id": "k", "volume": {digits}, "issued": {{"date-parts": [[{digits}]]}}}}]'
    )

    assert entries[0].item.text["volume"] == digits
    assert [problem.rule for problem in problems] == ["field-unread"]  # no year has so many


def test_what_is_no_json_at_all_is_said_in_its_terms() -> None:
    """A list begins with items or is one item."""
    (problem,) = read("@article{a}")[1]
    assert problem.message == (
        "The JSON breaks at line 1, column 1: Expecting an array of items, or one item."
    )


def test_a_note_that_is_read_as_variables_is_reported() -> None:
    """Zotero's users write so what has no field; from BibTeX it is the text of a note."""
    notes = {"a": "original-date: 1931\ngenre: Essay", "b": "Seen: by nobody", "c": "In two parts"}
    written = write_csl_json(
        [entry(Item("book", {"note": note}), key) for key, note in notes.items()]
    )

    assert written.losses == ("a: CSL-JSON gives the “note” as “genre” and “original-date”.",)
    again, _ = read(written.text)
    assert again[0].item.text == {"genre": "Essay"}
    assert again[0].item.dates == {"original-date": Date(((1931,),))}
    assert [one.item.text["note"] for one in again[1:]] == [notes["b"], notes["c"]]
