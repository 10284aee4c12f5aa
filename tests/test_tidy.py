"""Lay a .bib file out anew: what changes, what never does, what a second run finds."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compcite.files.decoding import decode, encode, read_source
from compcite.formats.bibtex.layout.choices import USUAL_ORDER, Layout
from compcite.formats.bibtex.read.reader import read_bibtex
from compcite.model.source import SourceFile
from compcite.verbs.tidy import tidy_source

BIB = Path(os.environ.get("COMPCITE_SHARED", "nowhere")) / "data" / "bib"


def tidied(text: str, **choices: object) -> str:
    """A text as ``tidy`` lays it out with these choices."""
    return tidy_source(SourceFile("refs.bib", text), Layout(**choices)).text  # type: ignore[arg-type]


UNTIDY = """
@Article(neff,  Author = "Neff, Kristin",
    TITLE={Self-Compassion},year=2003 , journal = foo # " B"
)
@BOOK{au,
\ttitle\t= {A {"}Book{"}}
}
"""


def test_without_choices_each_field_stands_on_a_line() -> None:
    """Braces, small letters, two blanks, a comma behind every field, a blank line between."""
    assert (
        tidied(UNTIDY)
        == """@article{neff,
  author = {Neff, Kristin},
  title = {Self-Compassion},
  year = 2003,
  journal = foo # { B},
}

@book{au,
  title = {A {"}Book{"}},
}
"""
    )


@pytest.mark.parametrize(
    ("choices", "expected"),
    [
        ({"align": "auto"}, "@article{k,\n  b    = {x},\n  long = 12,\n  a    = m,\n}\n"),
        ({"align": 4}, "@article{k,\n  b   = {x},\n  long = 12,\n  a   = m,\n}\n"),
        ({"indent": "tab"}, "@article{k,\n\tb = {x},\n\tlong = 12,\n\ta = m,\n}\n"),
        ({"indent": 0}, "@article{k,\nb = {x},\nlong = 12,\na = m,\n}\n"),
        ({"delimiters": "quotes"}, '@article{k,\n  b = "x",\n  long = 12,\n  a = m,\n}\n'),
        ({"numbers": "delimited"}, "@article{k,\n  b = {x},\n  long = {12},\n  a = m,\n}\n"),
        ({"trailing_comma": False}, "@article{k,\n  b = {x},\n  long = 12,\n  a = m\n}\n"),
        ({"case": "keep"}, "@Article{k,\n  B = {x},\n  long = 12,\n  a = m,\n}\n"),
        ({"order": ("a", "long")}, "@article{k,\n  a = m,\n  long = 12,\n  b = {x},\n}\n"),
    ],
)
def test_each_choice_changes_what_it_names(choices: dict[str, object], expected: str) -> None:
    """And nothing else."""
    assert tidied("@Article{k, B = {x}, long = 12, a = m}", **choices) == expected


def test_the_usual_order_stands_for_a_list_of_fields() -> None:
    """It can stand among names; a field that is named twice counts where it stands first."""
    assert Layout(order=("doi", "usual")).fields_first == tuple(
        dict.fromkeys(("doi", *USUAL_ORDER))
    )


def test_numbers_lose_their_delimiters_only_where_they_are_digits_alone() -> None:
    """``2003a`` without braces would be the name of a macro."""
    text = "@misc{k, year = {2003}, volume = {2003a}, pages = {1--2}, number = {}}"

    assert tidied(text, numbers="bare") == (
        "@misc{k,\n  year = 2003,\n  volume = {2003a},\n  pages = {1--2},\n  number = {},\n}\n"
    )


def test_a_value_with_a_bare_quotation_mark_keeps_its_braces() -> None:
    """In quotation marks it would end too early; inside of braces the mark does no harm."""
    text = '@misc{k, title = {5" discs}, note = {a {"} b}}'

    assert tidied(text, delimiters="quotes") == (
        '@misc{k,\n  title = {5" discs},\n  note = "a {"} b",\n}\n'
    )


WORDS = "one two three four five six seven eight nine ten"


def test_long_values_are_wrapped_at_white_space() -> None:
    """No line is longer than wanted; short lines are joined first."""
    assert tidied(f"@misc{{k, title = {{{WORDS}}}, note = {{a\n      b}}}}", wrap=30) == (
        "@misc{k,\n  title = {one two three four\n    five six seven eight nine\n    ten},\n"
        "  note = {a b},\n}\n"
    )


@pytest.mark.parametrize(
    "field",
    [
        f"file = {{{WORDS}}}",
        f"bdsk-url-1 = {{{WORDS}}}",
        f"abstract = {{{WORDS}\n\n{WORDS}}}",
        f"title = {{100 % {WORDS}}}",
        f"title = {{{WORDS} }} # m",
        f"title = {{{WORDS.replace(' ', chr(160))}}}",
    ],
    ids=["read to the letter", "an address", "paragraphs", "percent", "pieces", "hard spaces"],
)
def test_a_value_is_not_wrapped_where_it_could_be_read_otherwise(field: str) -> None:
    """What BibTeX squeezes to one blank is not all that programs read."""
    assert tidied(f"@misc{{k, {field}}}", wrap=20) == f"@misc{{k,\n  {field},\n}}\n"


def test_an_escaped_percent_sign_is_text() -> None:
    """And no line begins with ``@``, which some programs take for the next entry."""
    text = "@misc{k, note = {50\\% of it, @home and @work}}"

    assert tidied(text, wrap=20) == (
        "@misc{k,\n  note = {50\\% of\n    it, @home\n    and @work},\n}\n"
    )


COMMENTED = """% Encoding: UTF-8

% about b
@misc{b, title = {B}} % the same line

stray text
@comment{about a}
@misc{a, title = {A}}

@comment{jabref-meta: grouping:
0 AllEntriesGroup:;}
"""


def test_comments_and_other_text_stay_with_the_entry_that_follows() -> None:
    """The head of the file stays at the top, what follows the last entry at the end."""
    assert (
        tidied(COMMENTED, sort=("key",))
        == """% Encoding: UTF-8

stray text
@comment{about a}
@misc{a,
  title = {A},
}

% about b
@misc{b,
  title = {B},
} % the same line

@comment{jabref-meta: grouping:
0 AllEntriesGroup:;}
"""
    )


@pytest.mark.parametrize(
    "block",
    [
        "@misc{k, title = {never closed,\n  year = 2000",
        "@misc{k,\n   title = {A}\n   year = {2000}}",
        "@misc{k, title = {A},\n  % year = {1999},\n  year = {2000}}",
        "@misc{two words, title   = {A}}",
        "@misc{title   = {A}}",
        "@misc{k, title   = {A},, year = 2000}",
        "@misc{k, title   = 20a}",
        "@misc{k}",
        "text before @misc{k, title   = {A}}",
        "% @misc{k, title   = {A}} @misc{l, title   = {B}}",
    ],
    ids=[
        *("never closed", "comma missing", "comment inside", "blank in the key", "no key"),
        *("two commas", "no macro", "no fields", "text before it", "commented"),
    ],
)
def test_a_block_of_which_programs_read_different_things_keeps_every_byte(block: str) -> None:
    """BibTeX gives up in the middle of it, others read on."""
    text = f"@misc{{z,\n  title = {{Z}},\n}}\n\n{block}\n"

    assert tidied(text, wrap="one-line") == text


def test_nothing_moves_past_a_block_that_cannot_be_read() -> None:
    """For BibTeX it may swallow what follows."""
    text = "@misc{c, a = 1}\n@misc{b, a = 1}\n@misc{x, t = {\n@misc{d, a = 1}\n@misc{a, a = 1}\n"

    assert _keys(tidied(text, sort=("key",))) == ["b", "c", "a", "d"]


def _keys(text: str) -> list[str]:
    """The keys of the entries of a text, in order."""
    return [entry.key for entry in read_bibtex(SourceFile("refs.bib", text))[0]]


def test_definitions_come_first_where_that_changes_no_value() -> None:
    """``c`` was written for the first meaning of ``m``, so the second one has to wait for it."""
    text = (
        '@misc{d, note = n}\n@string{m = "1"}\n@misc{c, note = m}\n@string{m = "2"}\n'
        '@misc{b, note = m}\n@misc{a, note = "x"}\n@string{k = "3"}\n'
    )

    assert tidied(text, sort=("key",)) == (
        "@string{m = {1}}\n@string{k = {3}}\n\n@misc{a,\n  note = {x},\n}\n\n"
        "@misc{c,\n  note = m,\n}\n\n@string{m = {2}}\n\n@misc{b,\n  note = m,\n}\n\n"
        "@misc{d,\n  note = n,\n}\n"
    )


def test_an_undefined_macro_stays_undefined() -> None:
    """BibTeX reads from top to bottom: here the definition comes too late."""
    text = '@misc{z, note = m}\n@string{m = "1"}\n@misc{a, note = m}\n'

    assert _keys(tidied(text, sort=("key",))) == ["z", "a"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("@misc{b, t = 1}\n@misc{a, t = 3}\n@misc{B, t = 2}", ["a", "b", "B"]),
        ("@misc{z, crossref = {A}}\n@misc{m, t = 1}\n@book{a, t = 1}", ["m", "z", "a"]),
        ("@book{z, t = 1}\n@misc{m, t = 1}\n@misc{a, crossref = {Z}}", ["m", "z", "a"]),
        ("@misc{z, t = 1}\n% @misc{z, t = 1}\n@misc{a, t = 1}", ["z", "a"]),
    ],
    ids=["keys that differ in case", "a parent", "a parent that came first", "a commented entry"],
)
def test_sorting_keeps_the_order_that_counts(text: str, expected: list[str]) -> None:
    """The first of two entries counts, and BibTeX wants parents behind their children."""
    assert _keys(tidied(text + "\n", sort=("-title", "key"))) == expected


def test_sorting_is_stable_and_special_entries_can_come_first() -> None:
    """Years descend, entries without one come last; ``special`` is for what others refer to."""
    text = "".join(
        f"@{kind}{{{key}, year = {year}}}\n"
        for kind, key, year in [
            *(("misc", "d", 1999), ("misc", "b", 2001), ("xdata", "x", 1990)),
            *(("misc", "c", 1999), ("misc", "a", "{}")),
        ]
    )

    assert _keys(tidied(text, sort=("special", "-year"))) == ["x", "b", "d", "c", "a"]


def test_a_repeated_field_keeps_its_order() -> None:
    """The first of two fields of one name counts."""
    text = "@misc{k, title = {1}, year = 2000, title = {2}}"

    assert tidied(text, order=("year",)) == (
        "@misc{k,\n  year = 2000,\n  title = {1},\n  title = {2},\n}\n"
    )


def test_definitions_without_a_blank_line_between_them_stay_together() -> None:
    """A list of macros is one block to the eye."""
    text = "@string{a = {A}}\n@STRING(b = {B})\n\n\n@string{c={C}}@preamble{ {x} # \n a }\n"

    assert tidied(text, blank_lines=2) == (
        "@string{a = {A}}\n@string{b = {B}}\n\n\n@string{c = {C}}\n\n\n@preamble{{x} # \n a}\n"
    )


@pytest.mark.parametrize("text", ["", " \n", "<html>\n\n\n</html>", "% only a comment"])
def test_a_file_without_entries_stays_as_it_is(text: str) -> None:
    """Such as an error page that was saved in place of a list."""
    assert tidied(text, sort=("key",)) == text


@pytest.mark.parametrize(
    "data",
    [
        UNTIDY.encode("utf-16"),
        b"\xef\xbb\xbf" + UNTIDY.replace("\n", "\r\n").encode(),
        UNTIDY.replace("Book", "B\xfcch").encode("latin-1"),
        UNTIDY.replace("\n", "\r").encode(),
    ],
    ids=["UTF-16", "UTF-8 with a mark and CRLF", "Latin-1", "CR"],
)
def test_encoding_mark_and_line_ends_stay(data: bytes) -> None:
    """Line ends that are written are those of most lines."""
    source = decode(data, "refs.bib")
    after = tidy_source(source, Layout())
    end = next(end for end in ("\r\n", "\n", "\r") if end in source.text)

    assert (after.encoding, after.bom) == (source.encoding, source.bom)
    assert encode(after, after.text)[:2] == (data[:2] if source.bom else b"@a")
    assert after.text.replace(end, "").isprintable()


LAYOUTS = st.builds(
    Layout,
    sort=st.sampled_from([(), ("key",), ("-key",), ("special", "year")]),
    order=st.sampled_from([(), ("usual",), ("b", "title")]),
    align=st.sampled_from(["none", "auto", 7]),
    indent=st.sampled_from([2, 0, "tab"]),
    wrap=st.sampled_from(["keep", "one-line", 20]),
    delimiters=st.sampled_from(["braces", "quotes", "keep"]),
    numbers=st.sampled_from(["bare", "delimited", "keep"]),
    blank_lines=st.integers(0, 2),
    trailing_comma=st.booleans(),
    case=st.sampled_from(["lower", "keep"]),
)
PARTS = st.sampled_from(
    [
        *(
            '@misc{a, title = {x y}, b = "z"}',
            "@Misc{b,\n b={ 12 }}",
            "@book(A, title = m # {q})",
        ),
        *('@string{m = "1"}', '@STRING{m = "2"}', "@preamble{m}", "@misc{c, crossref = {a}, b=m}"),
        *("% text", "text", "@comment{a\n\nb}", "% @misc{a, b = m}", "@misc{d, b = {", "@misc{e}"),
        *("@misc{f, b = 1 title = {x}}", "@misc{title = {x}}", "}", '"', "@", ",", "a = 1"),
        *("\n", "\n", "\n\n", "\r\n", " ", "\t", "\r", "\u00a0", "\f"),
    ]
)


@settings(max_examples=150, deadline=None)
@given(text=st.lists(PARTS, max_size=14).map("".join), layout=LAYOUTS)
def test_whatever_a_file_holds_a_second_run_changes_nothing(text: str, layout: Layout) -> None:
    """And each entry says what it said, read with its macros and with what it inherits."""
    once = tidy_source(SourceFile("refs.bib", text), layout)

    assert tidy_source(once, layout).text == once.text
    assert _said(text) == _said(once.text)


def _said(text: str) -> list[tuple[object, ...]]:
    """Each entry: its key, its type, its fields by name, the first of those that stand twice first.

    The entries are in the order of their keys, those of one key in the order of the text.
    """
    entries, _ = read_bibtex(SourceFile("refs.bib", text))
    said = [
        (
            entry.key,
            entry.type,
            sorted(((f.name, " ".join(f.value.split())) for f in entry.fields), key=_name),
            entry.item,
        )
        for entry in entries
    ]
    return sorted(said, key=lambda one: str(one[0]))


def _name(field: tuple[str, str]) -> str:
    """The name of a field."""
    return field[0]


@pytest.mark.skipif(not BIB.is_dir(), reason="needs real files beside the repository")
def test_real_files_are_stable_and_say_the_same() -> None:
    """With the defaults and with much at once; every sixth file, which takes some seconds."""
    layouts = [Layout(), Layout(sort=("key",), order=("usual",), wrap=80, delimiters="quotes")]
    for path in sorted(BIB.rglob("*.bib*"))[::6]:
        source = read_source(str(path))
        said = _said(source.text)
        for layout in layouts:
            once = tidy_source(source, layout)
            assert (path.name, tidy_source(once, layout).text) == (path.name, once.text)
            assert (path.name, _said(once.text)) == (path.name, said)
