"""Offsets and positions: each encoding, every line end, and texts that change."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol.types import Position, PositionEncodingKind

from compcite.lsp.positions import Lines, Places
from compcite.model.source import SourceFile

TEXTS = st.text(st.sampled_from("ab \r\n\t\x0b\x0c\x85\u2028é\u0301😀𝒜"), max_size=30)
ENCODINGS = st.sampled_from(list(PositionEncodingKind))


@given(TEXTS)
def test_lines_begin_where_a_list_has_them(text: str) -> None:
    """The protocol and a list have the same lines; U+2028 and a form feed end none."""
    source = SourceFile("refs.bib", text)
    places = Places(Lines(text), PositionEncodingKind.Utf32)
    for offset in range(len(text) + 1):
        found = places.position(offset)
        assert (found.line + 1, found.character + 1) == source.position(offset)


@given(TEXTS, ENCODINGS)
def test_an_offset_comes_back_from_its_position(text: str, encoding: str) -> None:
    r"""Each offset has a position of its own, but for the one between ``\r`` and ``\n``."""
    places = Places(Lines(text), encoding)
    for offset in range(len(text) + 1):
        inside = text[offset - 1 : offset + 1] == "\r\n"
        wanted = offset - 1 if inside and offset else offset
        assert places.offset(places.position(offset)) == wanted


@given(TEXTS, ENCODINGS, st.integers(0, 40), st.integers(0, 90))
def test_any_position_means_an_offset(text: str, encoding: str, line: int, column: int) -> None:
    """Behind the end of a line its end is meant, behind the last line the end of the text."""
    lines = Lines(text)
    offset = Places(lines, encoding).offset(Position(line, column))
    assert 0 <= offset <= len(text)
    if line < len(lines.starts):
        assert lines.starts[line] <= offset <= lines.end_of(line)
    else:
        assert offset == len(text)


@given(TEXTS, TEXTS, st.integers(0, 30), st.integers(0, 30))
def test_a_change_finds_the_lines_that_the_whole_text_has(
    text: str, new: str, one: int, other: int
) -> None:
    r"""Also where a change parts ``\r`` from ``\n``, or brings them together."""
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    changed = Lines(text).replaced(start, end, new)
    whole = text[:start] + new + text[end:]
    assert (changed.text, changed.starts) == (whole, Lines(whole).starts)


@pytest.mark.parametrize(("encoding", "column"), [("utf-8", 9), ("utf-16", 5), ("utf-32", 4)])
def test_a_column_counts_units(encoding: str, column: int) -> None:
    """Behind an emoji, a letter with a combining sign and a letter beyond ASCII."""
    text = "x\r😀e\u0301é|"
    assert Places(Lines(text), encoding).position(text.index("|")) == Position(1, column)
    inside = Places(Lines(text), "utf-16").offset(Position(1, 1))
    assert text[inside] == "😀"
