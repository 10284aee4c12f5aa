"""The BibTeX scanner: blocks that join to the text, fields where they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from compcite.files.decoding import decode
from compcite.formats.bibtex.scan import syntax
from compcite.formats.bibtex.scan.blocks import BlockKind, PieceKind
from compcite.formats.bibtex.scan.syntax import scan

if TYPE_CHECKING:
    from pathlib import Path

    from compcite.formats.bibtex.scan.blocks import Block

# Text that looks enough like BibTeX to reach every corner of the grammar.
FRAGMENTS = st.sampled_from(
    [
        *'{}()"#=,@%\\ \n\r\t',
        *("@article{", "@book(", "@string{", "@preamble{", "@comment{", "@Misc {k,"),
        *("key,", " title = ", "year=", "{a {b} c}", '"x {"} y"', "1999", "jan", "é", "}\n\n"),
        *("@a{k,", "t = {x},", 'u="y",', "v=jan ,", "w = 7a,", "x={{{{d}}}},", "y = 1", "@a(k,"),
    ]
)
TEXTS = st.one_of(st.text(), st.lists(FRAGMENTS, max_size=30).map("".join))


def kinds(text: str) -> list[BlockKind]:
    """The kinds of the blocks that are more than white space."""
    return [b.kind for b in scan(text) if text[b.start : b.end].strip()]


def entry(text: str) -> Block:
    """The one entry of a text."""
    (found,) = (block for block in scan(text) if block.kind is BlockKind.ENTRY)
    return found


def values(text: str) -> dict[str, str]:
    """The fields of the one entry, each value with its delimiters."""
    return {field.name: text[field.value_start : field.value_end] for field in entry(text).fields}


def rules(text: str) -> list[str]:
    """The rules that the notes on all blocks name."""
    return [note.rule for block in scan(text) for note in block.notes]


@given(TEXTS)
@example("@a{b,c={d}")
@example("@a{k, % c\n t = 1}")
def test_blocks_join_to_the_exact_text(text: str) -> None:
    """Whatever the text, not a character is lost or doubled."""
    blocks = scan(text)

    assert "".join(text[block.start : block.end] for block in blocks) == text
    assert all(block.start < block.end for block in blocks)


@given(TEXTS)
def test_fields_stand_where_they_are_said_to(text: str) -> None:
    """Name, value and key are found at their places."""
    for block in scan(text):
        assert text[block.key_start : block.key_start + len(block.key)] == block.key
        for field in block.fields:
            assert text[field.start : field.start + len(field.name)].lower() == field.name
            assert field.start <= field.value_start < field.value_end <= block.end
            for piece in field.pieces:
                assert field.value_start <= piece.start <= piece.end <= field.value_end


@given(TEXTS)
def test_the_fast_path_and_the_careful_one_agree(text: str) -> None:
    """The fast path is only ever a faster way to the same blocks."""
    fast = scan(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(syntax, "read_usual_entry", lambda *_: None)
        assert fast == scan(text)


def test_a_usual_entry_is_read_with_all_its_parts() -> None:
    """Type, key and fields, whose names are folded to lower case."""
    text = '@Article{Key1,\n  Title = {A {B} c},\n  year = 1999,\n  month = jan,\n  note = "x"\n}'
    block = entry(text)

    assert (block.type, block.key) == ("article", "Key1")
    assert [(f.name, f.pieces[0].kind) for f in block.fields] == [
        ("title", PieceKind.BRACED),
        ("year", PieceKind.NUMBER),
        ("month", PieceKind.MACRO),
        ("note", PieceKind.QUOTED),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("@a{k, t = {a \\} b}, u = {c}}", {}),  # the backslash escapes nothing: unbalanced
        ('@a{k, t = "a {"} b", u = {c}}', {"t": '"a {"} b"', "u": "{c}"}),
        ("@a{k, t = {x @book{no, y = 1} z}}", {"t": "{x @book{no, y = 1} z}"}),
        ("@a(k, t = {x) y}, u = 2)", {"t": "{x) y}", "u": "2"}),
        ('@a{k, t = "x" # mac # {y} # 3}', {"t": '"x" # mac # {y} # 3'}),
        ("@a { k , t={x} , }", {"t": "{x}"}),
        ("@a{k,,t={x},,}", {"t": "{x}"}),
        ("@a{k}", {}),
        ("@\nA\n{k,t=1}", {"t": "1"}),
        ("@a{k, dash-ed:name+2 = {x}}", {"dash-ed:name+2": "{x}"}),
        ("@a{k, year = 2001b}", {"year": "2001b"}),
        ("@a{k, t = {\n@book{x\n}}}", {"t": "{\n@book{x\n}}"}),
    ],
)
def test_the_grammar_is_bibtex_s(text: str, expected: dict[str, str]) -> None:
    """Braces count, quotes end at level 0, @ in a value is text, # joins, () delimit."""
    found = [block for block in scan(text) if block.kind is BlockKind.ENTRY]

    assert (values(text) if found else {}) == expected


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("@a{DBLP:conf/x/Y+2001, t=1}", "DBLP:conf/x/Y+2001"),
        ("@a{two words, t=1}", "two words"),
        ("@a{, t=1}", ""),
        ("@a{t = {no key}}", ""),
        ("@a{Müller_2001, t=1}", "Müller_2001"),
        ("@a(k), t=1)", "k)"),
        ("@a(k)", "k"),
        ("@a{k=2001, t=1}", "k=2001"),
        ("@a{k#1, t=1}", "k#1"),
        ('@a{O"Neil, t=1}', 'O"Neil'),
        ("@a{k t=1}", "k"),
        ("@a{year = 2001}", ""),
    ],
)
def test_odd_keys_are_read(text: str, key: str) -> None:
    """Keys may hold nearly anything, or be missing."""
    assert entry(text).key == key


def test_a_forgotten_comma_is_noted_and_both_fields_are_kept() -> None:
    """What was meant is plain, so nothing is lost."""
    text = "@a{k\n  author = {A}\n  title = {T},\n}"

    assert values(text) == {"author": "{A}", "title": "{T}"}
    assert rules(text) == ["comma-missing", "comma-missing"]


def test_a_comment_line_in_an_entry_is_noted() -> None:
    """BibTeX would fail at it; people write it all the same."""
    text = "@a{k,\n  % not now\n  title = {T}, % later\n}"

    assert values(text) == {"title": "{T}"}
    assert rules(text) == ["comment-in-entry", "comment-in-entry"]


def test_other_blocks_are_told_apart() -> None:
    """Macros, preambles, comments and what stands between."""
    text = '% hi\n@string{a = "b"}@preamble{"p" # a}@comment{ @book{no} }@COMMENT(x)@a{k}'

    assert kinds(text) == [
        BlockKind.JUNK,
        BlockKind.STRING,
        BlockKind.PREAMBLE,
        BlockKind.COMMENT,
        BlockKind.COMMENT,
        BlockKind.ENTRY,
    ]


@pytest.mark.parametrize(
    ("text", "entries"),
    [
        ("%@a{gone,\n% t=1}\n@b{k, t=1}", ["k"]),
        ("foo@example.org and @home @a{k, t=1}", ["k"]),
        ("% Encoding: X@preamble{p}@a{k}", ["k"]),
        ("me@home (in {Rome}) or @smith{2001} or a@b{c, d}\n@a{k}", ["k"]),
        ("  @a{one} @b{two}\n\t@c{three}", ["one", "two", "three"]),
        ("@a{one, t=1} @b{two, t=1}", ["one", "two"]),
    ],
)
def test_entries_are_found_among_other_text(text: str, entries: list[str]) -> None:
    """An entry begins at @word{ anywhere, unless a percent sign comments its line out."""
    assert [block.key for block in scan(text) if block.kind is BlockKind.ENTRY] == entries


@pytest.mark.parametrize(
    ("broken", "key", "reason", "place"),
    [
        ("@a{bad, t = {never closed\n", "bad", "a brace is never closed", "{never"),
        ('@a{bad, t = "never closed\n', "bad", "a quotation mark is never closed", '"never'),
        ("@a{bad, t = {x}\n", "bad", "the entry is never closed", "@a"),
        ("@string{t = {x}\n", "", "the @string is never closed", "@string"),
        ("@preamble{{x}\n", "", "the @preamble is never closed", "@preamble"),
        ("@preamble{{x}, {y}}\n", "", "the preamble goes on after its value", ", {y"),
        ("@a{bad, t = {x, y = {z}}\n", "bad", "the value of t is never closed", "{x,"),
        ('@a{bad, t = "x, y = "z"}\n', "bad", "the value of t is never closed", '"x,'),
        ("@a{bad, t = {x}, y = 1}}\n", "bad", "", ""),
        ("@a{bad, t {x}}\n", "bad", "there is no = after 't'", "t {x"),
        ("@a{bad, t = }\n", "bad", "a value is missing", "}"),
        ("@a{bad, = {x}}\n", "bad", "the name of a field is missing", "= {x"),
        (
            '@a{bad, t = "a "b" c"}\n',
            "bad",
            "there is neither a comma nor an end after a value",
            'b" c',
        ),
        ("@a{bad {x}}\n", "", "there is no comma after the citation key", "{x"),
    ],
)
def test_an_unreadable_entry_never_stops_the_next(
    broken: str, key: str, reason: str, place: str
) -> None:
    """Reading starts again at the next line that begins an entry; the fault has its place."""
    text = broken + "@book{good, t = {x}}\n"
    blocks = scan(text)

    assert [block.key for block in blocks if block.kind is BlockKind.ENTRY][-1] == "good"
    assert [
        (block.key, note.message, note.start)
        for block in blocks
        if block.kind is BlockKind.BROKEN
        for note in block.notes
    ] == ([(key, reason, text.index(place))] if reason else [])


@pytest.mark.no_cover
@pytest.mark.parametrize(
    "piece",
    [
        *(
            "@article{",
            "{",
            "}",
            '"',
            "@a{k, t = {",
            '@a{k, t = "',
            "@a(",
            "@a{k,t=1#",
            "%@a{",
            "@ ",
        ),
        *("x@a{", "x@a(", "x@a{k,%", "@a{k f={\n", "@comment(\n", "x@comment(", '@a(k, t="{}'),
    ],
)
def test_hostile_texts_are_read_whole(piece: str) -> None:
    """Thirty thousand openings are read in one pass; with a pass for each it would take minutes."""
    text = piece * 30_000

    assert sum(block.end - block.start for block in scan(text)) == len(text)


@pytest.mark.no_cover
def test_real_files_are_whole(published: list[Path]) -> None:
    """The blocks of every real file join to its text."""
    for path in published:
        text = decode(path.read_bytes(), path.name).text
        assert "".join(text[b.start : b.end] for b in scan(text)) == text
