"""Text from files and servers, made harmless."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compcite.text.terminal import cell_width, harmless, one_line, wrapped


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\x1b[31mred", r"\x1b[31mred"),
        ("\x9b31m", r"\x9b31m"),
        ("\x1b]8;;http://x\x07link", r"\x1b]8;;http://x\x07link"),
        ("a\rb\x00\x7f", r"a\x0db\x00\x7f"),
        ("txt.\u202eexe", r"txt.\u202eexe"),
        ("\u2066a\u2069", r"\u2066a\u2069"),
        ("\ud800", r"\ud800"),
        ("\U000e0041", r"\U000e0041"),
        ("[bold]x[/bold]", "[bold]x[/bold]"),
        ("a\tb\nc", "a\tb\nc"),
        ("می‌خواهم 王 e\u0301 \u200f", "می‌خواهم 王 e\u0301 \u200f"),
    ],
)
def test_controls_become_visible_and_the_rest_stays(text: str, expected: str) -> None:
    """Escape sequences, overrides and halves of characters are shown, words are untouched."""
    assert expected == harmless(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a title\n   over lines", "a title over lines"),
        ("tab\there", "tab here"),
        ("a\r\n::error::b", "a ::error::b"),
        ("a\u2028b\x85c", "a b c"),
        ("two  blanks\u00a0stay", "two  blanks\u00a0stay"),
    ],
)
def test_one_line_has_no_breaks(text: str, expected: str) -> None:
    """Line breaks of every kind become one blank."""
    assert expected == one_line(text)


@given(st.text())
def test_one_line_is_one_line(text: str) -> None:
    """Whatever the text, what is shown takes one line and can be encoded."""
    shown = one_line(text)
    assert len(shown.splitlines()) <= 1
    assert shown == shown.encode().decode()
    assert shown == one_line(shown)


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("abc", 3),
        ("王小明", 6),
        ("e\u0301", 1),
        ("a\u00adb", 3),
        ("ﬁ", 1),
        ("한", 2),
        ("\u1112\u1161\u11ab", 2),
        ("", 0),
    ],
)
def test_width_counts_cells(text: str, cells: int) -> None:
    """Wide characters take two cells, combining ones none."""
    assert cells == cell_width(text)


@given(st.text(alphabet="ab 王é", max_size=80), st.integers(8, 40), st.integers(0, 6))
def test_a_wrapped_line_keeps_its_words_and_the_width(text: str, width: int, indent: int) -> None:
    """Only a word that is wider than the room for it goes beyond the width."""
    lines = wrapped(text, width, indent)
    words = [word for line in lines for word in line.split()]

    assert words == text.split()
    assert [
        line for line in lines if cell_width(line.rstrip()) > width and " " in line.strip()
    ] == []
    assert wrapped(text, None, indent) == [text]


def test_colours_take_no_room_in_a_wrapped_line() -> None:
    """And a long address stays whole."""
    address = "https://doi.org/10.1080/15298860309032"

    assert wrapped(f"\x1b[1mone\x1b[0m two three {address}", 12, 2) == [
        "\x1b[1mone\x1b[0m two",
        "  three",
        f"  {address}",
    ]
