"""Letter case as CSL wants it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compcite.text.capitals import text_case
from compcite.text.markup import PROTECTED

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a tale of two cities", "A Tale of Two Cities"),
        ("the end: a new beginning", "The End: A New Beginning"),
        ("what is it for", "What Is It For"),
        ("iPad and UNESCO", "iPad and UNESCO"),
        ("self-evaluation of pro-active staff", "Self-Evaluation of Pro-Active Staff"),
        ("out-of-date rules", "Out-of-Date Rules"),
        ("notes from A to Z", "Notes from A to Z"),
        ("the β-carotene question", "The β-Carotene Question"),
        ("an “inner quote” here", "An “Inner Quote” Here"),
        (
            'of <span class="nocase">homo sapiens</span> today',
            'Of <span class="nocase">homo sapiens</span> Today',
        ),
        ("<i>in vitro</i> cultures", "<i>In Vitro</i> Cultures"),
        ("x<sup>n</sup> revisited", "X<sup>n</sup> Revisited"),
        ("all for one. for all", "All for One. for All"),
        (f"{PROTECTED}F</span>ourier series", f"{PROTECTED}F</span>ourier Series"),
        (f"the {PROTECTED}k</span>-means", f"The {PROTECTED}k</span>-Means"),
        (f"5 {PROTECTED}μ</span>m wide", f"5 {PROTECTED}μ</span>m Wide"),
        ("a e<i>long</i>ated form", "A E<i>long</i>ated Form"),
        ("the ʿaṣr period", "The ʿAṣr Period"),
        ("Journal of Food And Nutrition", "Journal of Food And Nutrition"),
    ],
)
def test_title(text: str, expected: str) -> None:
    """Title case capitalizes words in lower case but for small words inside the title."""
    assert text_case.title(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("THE LOUD TITLE", "The loud title"),
        ("the Quiet title", "The Quiet title"),
        ("<i>THE</i> LOUD", "<i>The</i> loud"),
    ],
)
def test_sentence(text: str, expected: str) -> None:
    """Sentence case takes capitals only from what is all in capitals."""
    assert text_case.sentence(text) == expected


@pytest.mark.parametrize(
    ("change", "text", "expected"),
    [
        (
            text_case.lower,
            'AB <span class="nocase">CD</span> <b>EF</b>',
            'ab <span class="nocase">CD</span> <b>ef</b>',
        ),
        (text_case.upper, "ab <sub>cd</sub>", "AB <sub>cd</sub>"),
        (text_case.capitalize_first, "“word”", "“Word”"),
        (text_case.capitalize_first, "<i>word</i> word", "<i>Word</i> word"),
        (text_case.capitalize_first, "ßharp", "ßharp"),
        (text_case.capitalize_all, "two words", "Two Words"),
    ],
)
def test_simple_cases(change: Callable[[str], str], text: str, expected: str) -> None:
    """Markup is passed over, and what is protected keeps its case."""
    assert change(text) == expected


def test_turkish_has_two_letters_i() -> None:
    """The dotted i keeps its dot in Turkish and Azerbaijani."""
    assert (text_case.upper("ısı iç", "tr"), text_case.lower("ISI İÇ", "az")) == (
        "ISI İÇ",
        "ısı iç",
    )


@given(st.text(alphabet="abcABC -:<>i/.ß", max_size=30))
def test_title_case_is_stable(text: str) -> None:
    """Title case of title case changes nothing."""
    once = text_case.title(text)
    assert text_case.title(once) == once
