"""Edits of single fields: as the author would write them, and nothing else touched."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compcite.errors import EditError
from compcite.files.decoding import decode
from compcite.formats.bibtex.edit.field_edits import add_field, remove_field, set_field
from compcite.formats.bibtex.edit.proof import changed_fields, verify_edits
from compcite.formats.bibtex.read.reader import read_bibtex
from compcite.model.edits import apply_edits, offset_before
from compcite.model.report import Edit
from compcite.model.source import SourceFile

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from compcite.model.library import Entry


def read(text: str) -> tuple[SourceFile, Entry]:
    """A source of that text, and its first entry."""
    source = SourceFile("x.bib", text)
    return source, read_bibtex(source)[0][0]


def edited(source: SourceFile, entry: Entry, name: str, edit: Edit) -> str:
    """The text after an edit of one field; raises EditError if it would change anything else."""
    return verify_edits(source, [edit], {(entry.span.start, name.lower())})


# Texts and edits


@st.composite
def texts_with_edits(draw: st.DrawFn) -> tuple[str, list[Edit]]:
    """A text and edits that do not overlap, in any order."""
    text = draw(st.text(max_size=40))
    places = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8)))
    spans = zip(places[::2], places[1::2], strict=False)
    edits = [Edit(start, end, draw(st.text(max_size=5))) for start, end in spans]
    return text, draw(st.permutations(edits))


@given(texts_with_edits())
def test_edits_keep_every_other_character(made: tuple[str, list[Edit]]) -> None:
    """What stands between the edits is the same before and after, and the rest is theirs."""
    text, edits = made
    after = apply_edits(text, edits)
    position = 0
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        kept = text[position : edit.start]
        assert after.startswith(kept)
        after = after[len(kept) :]
        position = edit.end
        if edit.start < edit.end:
            assert after.startswith(edit.text)
            after = after[len(edit.text) :]
        else:  # insertions at one place follow one another in any order given
            after = after.replace(edit.text, "", 1)

    assert after == text[position:]


@given(texts_with_edits())
def test_a_place_is_found_again_in_the_text_before_edits(made: tuple[str, list[Edit]]) -> None:
    """That of every character that no edit has touched."""
    text, edits = made
    kept = [place for place in range(len(text)) if not any(e.start <= place < e.end for e in edits)]
    after = [
        place + sum(len(e.text) - (e.end - e.start) for e in edits if e.end <= place)
        for place in kept
    ]

    assert [offset_before(place, edits) for place in after] == kept


def test_a_place_in_what_an_edit_wrote_was_where_the_edit_began() -> None:
    """There was nothing else of it before."""
    assert offset_before(4, [Edit(2, 2, "four")]) == 2


def test_edits_are_done_in_the_order_of_their_places() -> None:
    """Whatever order they come in; insertions at one place in that order."""
    edits = [Edit(6, 7, "W"), Edit(0, 1, "J"), Edit(5, 5, ","), Edit(5, 5, ";")]

    assert apply_edits("hello world", edits) == "Jello,; World"


@pytest.mark.parametrize(
    ("edits", "message"),
    [
        ([Edit(0, 3, ""), Edit(2, 4, "x")], "two edits overlap: 0 to 3, 2 to 4"),
        ([Edit(0, 3, ""), Edit(1, 1, "x")], "two edits overlap: 0 to 3, 1 to 1"),
        ([Edit(2, 1, "")], "an edit of 2 to 1 lies outside the text"),
        ([Edit(0, 6, "")], "an edit of 0 to 6 lies outside the text"),
        ([Edit(-1, 0, "")], "an edit of -1 to 0 lies outside the text"),
    ],
)
def test_edits_that_cannot_be_meant_are_refused(edits: list[Edit], message: str) -> None:
    """Nobody knows what the text should be after them."""
    with pytest.raises(EditError) as caught:
        apply_edits("hello", edits)

    assert str(caught.value) == message


# Setting a field


@pytest.mark.parametrize(
    ("text", "value", "after"),
    [
        ("@a{k, t = {old}, u = 1}", "new", "@a{k, t = {new}, u = 1}"),
        ('@a{k, t = "old"}', "new", '@a{k, t = "new"}'),
        ('@a{k, t = "old"}', 'a "b" c', '@a{k, t = {a "b" c}}'),
        ('@a{k, t = "old"}', 'a {"}b c', '@a{k, t = "a {"}b c"}'),
        ("@a{k, t = 1999}", "2001", "@a{k, t = 2001}"),
        ("@a{k, t = 1999}", "in press", "@a{k, t = {in press}}"),
        ('@a{k, t = 1999, u = "x"}', "in press", '@a{k, t = "in press", u = "x"}'),
        ("@a{k, t = jan}", "May", "@a{k, t = {May}}"),
        ('@a{k, t = "1~" # jan, u = {x}}', "May", "@a{k, t = {May}, u = {x}}"),
        ("@a{k, t = {\n  old\r\n }}", "new", "@a{k, t = {\n  new\r\n }}"),
        ("@a{k, t = {}}", "new", "@a{k, t = {new}}"),
        ("@a{k, t = {  }}", "new", "@a{k, t = {  new}}"),
        ("@a{k, t = {x}, T = {y}}", "new", "@a{k, t = {new}, T = {y}}"),
    ],
)
def test_a_field_is_set_between_its_delimiters(text: str, value: str, after: str) -> None:
    """Delimiters and white space stay; a value without delimiters gets the entry's."""
    source, entry = read(text)

    assert edited(source, entry, "t", set_field(source, entry, "t", value)) == after


# Adding a field


@pytest.mark.parametrize(
    ("text", "value", "after"),
    [
        ("@a{k,\n  t = {x},\n}", "d", "@a{k,\n  t = {x},\n  doi = {d},\n}"),
        ("@a{k,\n  t = {x}\n}", "d", "@a{k,\n  t = {x},\n  doi = {d}\n}"),
        ("@a{k,\r\n\tt={x}\r\n\t}", "d", "@a{k,\r\n\tt={x},\r\n\tdoi={d}\r\n\t}"),
        ("@a{k, t = {x}, u = 1}", "d", "@a{k, t = {x}, u = 1, doi = {d}}"),
        ("@a{k\n  , t = {x}\n  , u = 1\n}", "d", "@a{k\n  , t = {x}\n  , u = 1\n  , doi = {d}\n}"),
        ('@a(k, t = "x")', "d", '@a(k, t = "x", doi = "d")'),
        ('@a{k, t = "x"}', 'd"e', '@a{k, t = "x", doi = {d"e}}'),
        ("@a{k, t = {x}, u = 1}", "7", "@a{k, t = {x}, u = 1, doi = 7}"),
        ("@a{k, t = {x}, u = {1}}", "7", "@a{k, t = {x}, u = {1}, doi = {7}}"),
        ("@A{k, T = {x}, URL = {y}}", "d", "@A{k, T = {x}, URL = {y}, DOI = {d}}"),
        ("@A{k, Title = {x}, Year = 1}", "d", "@A{k, Title = {x}, Year = 1, Doi = {d}}"),
        (
            "@a{k,\n  title   = {x},\n  journal = {y},\n}",
            "d",
            "@a{k,\n  title   = {x},\n  journal = {y},\n  doi     = {d},\n}",
        ),
        (
            "@a{k,\n  title =   {x},\n  journal = {y}\n}",
            "d",
            "@a{k,\n  title =   {x},\n  journal = {y},\n  doi =     {d}\n}",
        ),
        ("@a{k,\n  t      = {x}\n}", "d", "@a{k,\n  t      = {x},\n  doi    = {d}\n}"),
        ("@a{k,\n  t\t= {x}\n}", "d", "@a{k,\n  t\t= {x},\n  doi\t= {d}\n}"),
        ("@a{k,\n  t = {x} % why\n}", "d", "@a{k,\n  t = {x},\n  doi = {d} % why\n}"),
        ("@a{k\n\tt = {x}\n}", "d", "@a{k\n\tt = {x},\n\tdoi = {d}\n}"),
        ("@a{k}", "d", "@a{k, doi = {d}}"),
        ("@a{k,\n}", "d", "@a{k,\n  doi = {d},\n}"),
        ("@a{}", "d", "@a{, doi = {d}}"),
    ],
)
def test_an_added_field_looks_like_its_neighbours(text: str, value: str, after: str) -> None:
    """Indentation, alignment, delimiters, case, trailing comma and line ends are copied."""
    source, entry = read(text)

    assert edited(source, entry, "doi", add_field(source, entry, "doi", value)) == after


# Removing a field


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("@a{k,\n  t = {x},\n  u = 1,\n}", "@a{k,\n  u = 1,\n}"),
        ("@a{k,\n  u = 1,\n  t = {x},\n}", "@a{k,\n  u = 1,\n}"),
        ("@a{k,\n  u = 1,\n  t = {x}\n}", "@a{k,\n  u = 1\n}"),
        ("@a{k, u = 1, t = {x}, v = 2}", "@a{k, u = 1, v = 2}"),
        ("@a{k, t = {x}}", "@a{k,}"),
        ("@a{k,\n  t = {x},\n}", "@a{k,\n}"),
        ("@a{t = {x}}", "@a{}"),
        ("@a{k,\n u = 1,\n t = {x}\n v = 2}", "@a{k,\n u = 1\n v = 2}"),
        ("@a{k,\n u = 1, % one\n t = {x},\n v = 2}", "@a{k,\n u = 1, % one\n v = 2}"),
        ("@a{k,\n u = 1, % one\n t = {x}, v = 2}", "@a{k,\n u = 1, % one\n  v = 2}"),
        ("@a{k,\n u = 1, % one\n t = {x} }", "@a{k,\n u = 1, % one\n  }"),
        ("@a{k, % one\n t = {x},\n u = 1}", "@a{k, % one\n u = 1}"),
    ],
)
def test_a_removed_field_takes_one_comma_with_it(text: str, after: str) -> None:
    """Comments stay, and so does whether a comma trails."""
    source, entry = read(text)
    edit = remove_field(source, entry, "t")

    assert apply_edits(text, [edit]) == after
    assert changed_fields(source, after) == {(0, "t")}


# What is refused


def test_edits_that_cannot_be_made_are_refused() -> None:
    """Each error names the place and the reason."""
    source, entry = read("\n@a{k, t = {x}, u = {1}, U = {2}}")
    made: dict[str, Callable[[], Edit]] = {
        "x.bib:2: k has no field v": lambda: set_field(source, entry, "v", "x"),
        "the braces of the new t are not balanced: {x": lambda: set_field(source, entry, "t", "{x"),
        "the braces of the new v are not balanced: }{": lambda: add_field(source, entry, "v", "}{"),
        "x.bib:2: k has a field T already": lambda: add_field(source, entry, "T", "x"),
        "'a b' cannot name a field": lambda: add_field(source, entry, "a b", "x"),
        "x.bib:2: k has no field v ": lambda: remove_field(source, entry, "v"),
        "x.bib:2: k has 2 fields u; open it: compcite edit k": lambda: remove_field(
            source, entry, "u"
        ),
    }
    for message, make in made.items():
        with pytest.raises(EditError) as caught:
            make()
        assert str(caught.value) == message.strip()


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (Edit(10, 15, "{x}, u = {y}"), "x.bib:1: an edit would also change the field u"),
        (Edit(3, 4, "K"), "x.bib:1: an edit would change more than a field here"),
        (Edit(10, 15, "{x"), "x.bib: an edit would change the number of entries"),
        (Edit(15, 15, "%"), "x.bib: an edit would change the number of entries"),
        (Edit(16, 16, " @b{l}"), "x.bib: an edit would change the number of entries"),
        (Edit(15, 15, " u = 1"), "x.bib:1: an edit would change more than a field here"),
        (Edit(0, 1, "(@"), "x.bib: an edit would change the number of entries"),
    ],
)
def test_an_edit_that_changes_more_is_found_out(edit: Edit, message: str) -> None:
    """The text is scanned again before anything is written."""
    source, entry = read("@a{k, t = {old}}\n")

    with pytest.raises(EditError) as caught:
        edited(source, entry, "t", edit)
    assert str(caught.value) == message


def test_several_edits_are_proved_together() -> None:
    """Each field that may change is named."""
    source, entry = read("@a{k,\n  url = {u},\n  t = {x}\n}")
    edits = [
        remove_field(source, entry, "url"),
        add_field(source, entry, "doi", "d"),
        add_field(source, entry, "year", "2001"),
    ]

    after = verify_edits(source, edits, {(0, "url"), (0, "doi"), (0, "year")})

    assert after == "@a{k,\n  t = {x},\n  doi = {d},\n  year = {2001}\n}"


# On any entry, and on real ones

NAMES = st.sampled_from(["title", "year", "doi", "Journal", "note"])
VALUES = st.sampled_from(
    ["{a {b} c}", '"x {"} y"', "1999", "jan", "{}", '{1} # jan # "x"', "{ x\n}"]
)
FIELDS = st.lists(
    st.tuples(NAMES, st.sampled_from(["=", " = ", "\t=", " =\n"]), VALUES), max_size=4
)
JOINTS = st.sampled_from([",", ", ", ",\n  ", ",\r\n\t", " , % c\n ", "\n,", ",,", " "])
NEW = st.sampled_from(["x", "2001", 'a "q" b', "{\\'e} @b{c, d = 1}", "50% # 3, u = {y}", ""])


@given(FIELDS, JOINTS, st.sampled_from(["", ",", ",\n", "\n", " % end\n"]), NAMES, NEW)
def test_any_edit_changes_its_field_alone(
    fields: list[tuple[str, str, str]], joint: str, tail: str, name: str, value: str
) -> None:
    """Set, added or removed: the reading before and after differ in that field, or not at all."""
    body = joint.join(["k", *("".join(field) for field in fields)])
    source, entry = read(f"% head\n@a{{{body}{tail}}}@b{{other, t = {{x}}}}\n")
    if entry.field(name.lower()):
        after = edited(source, entry, name, set_field(source, entry, name.lower(), value))
        assert read(after)[1].fields[0].name == entry.fields[0].name
    else:
        after = edited(source, entry, name, add_field(source, entry, name, value))

    changed = read(after)[1].field(name.lower())
    assert changed is not None
    assert changed.value.strip() == value


@pytest.mark.no_cover
def test_fields_of_real_entries_are_edited_alone(published: list[Path]) -> None:
    """In the last entry of each file its first field set, its last removed, one added."""
    for path in published:
        source = decode(path.read_bytes(), path.name)
        entries, _ = read_bibtex(source)
        if not entries or len(entries[-1].fields) < 2 or len(source.text) > 50_000:
            continue
        entry = entries[-1]
        first, last = entry.fields[0].name, entry.fields[-1].name
        edits = {
            "zz-new": add_field(source, entry, "zz-new", "x"),
            first: set_field(source, entry, first, "{x} 10.1000/y"),
            last: remove_field(source, entry, last),
        }
        for name, edit in edits.items():
            after = edited(source, entry, name, edit)
            assert changed_fields(source, after) == {(entry.span.start, name)}
