"""The signs that the table of volume, issue, pages and date needs of a stretch of text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compcite.formats.plain_text.locators import AT_END
from compcite.formats.plain_text.signs import signs_of

EXAMPLES = (
    "2012 Jan;24(8):1–9", "2012;24(8)", "2012;(8)", "2012; 12345",
    "24, no. 8 (2012): 1–9", "24(8):1–9", "24, no. 8: 1–9", "no. 8, 1–9", "2012:1–9",
    "3 May, 1–9", "24:1–9", "24(8), 1–9 (2012)", "2012, 24(8), 1–9", "24, 8 (2012), 1–9",
    "24 (2012), no. 8, 1–9", "(2012), 1–9", "Article e36", "24(8), 1–9", "(8), 1–9",
    "pp. 1–9", "no. 8, no. 36", "vol. 24, no. 8", "vol. 24", "no. 8 (2012)", "J. 24 (2012)",
    ", (8)", "(2012)", "12 May 2012", ", 24, 1–9", "2012", "J. 24, 1–9", "24(8)", ", 1–9", ", 24",
    "12 May", "in press", "in press",
)  # fmt: skip
"""For each row of the table something that fits it."""

FRAGMENTS = (
    *("24", "A3", "ix", "2012", "1999a", "2012-05-03", "3.5.2012", "c. 2001", "8", "e36", "12345"),
    *("(8)", "(2012)", "[2012]", "(May)", "(Suppl 1)", "1–9", "S1-S9", "May", "Mai 3", "Summer"),
    *("no.", "Nr.", "n°", "nº", "No", "№", "Heft", "H.", "vol.", "Bd.", "т.", "pp.", "S.", "págs."),
    *("Article", "art. no.", "ID", "n.d.", "in press", "im Druck", "advance online publication"),
    *(",", ";", ":", ".", "(", ")", "[", "]", "J", "of", "de", "-", "/", "Norm", "novel"),
)


@pytest.mark.parametrize(("row", "text"), list(enumerate(EXAMPLES)))
def test_each_row_fits_its_example(row: int, text: str) -> None:
    """The signs that a row needs do not keep it from what it is for."""
    pattern, _, needed = AT_END[row]

    assert pattern.search(text) is not None
    assert set() == needed - signs_of(text)


def test_each_row_has_an_example() -> None:
    """A new row comes with one."""
    assert len(EXAMPLES) == len(AT_END)


@given(
    st.lists(
        st.tuples(st.sampled_from((*FRAGMENTS, *EXAMPLES)), st.sampled_from(("", " "))), max_size=8
    )
)
def test_what_fits_a_row_has_its_signs(pieces: list[tuple[str, str]]) -> None:
    """A row is searched for only where its signs are, so whatever fits it has to have them all."""
    text = "".join(piece for pair in pieces for piece in pair)
    signs = signs_of(text)
    missed = [
        (pattern.pattern, needed - signs)
        for pattern, _, needed in AT_END
        if not needed <= signs and pattern.search(text)
    ]

    assert missed == []


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        ("Psychology 24(8), 1–9", {"(", ",", "open"}),
        ("Psychology; vol. 24 (Mai 2012)", {"(", ")", ";", "vol", "month", "year"}),
        ("№ 3: art. 5", {"no", ":", "article", "open"}),
        ("n° 3, pp. 4–5 [no date]", {"no", ",", "pages", "undated", ")"}),
        ("nature of people", {"open"}),
    ],
)
def test_signs_of_a_stretch(text: str, signs: set[str]) -> None:
    """Marks, years, telling words, and whether a bracket closes at the end."""
    assert signs == signs_of(text)
