"""Letters with marks, superscript and subscript characters, plain ASCII."""

from __future__ import annotations

import pytest

from compcite.text.unicode import accented, subscript, superscript, to_ascii, without_surrogates


@pytest.mark.parametrize(
    ("base", "mark", "expected"),
    [
        ("o", "\u0308", "ö"),
        ("ı", "\u0301", "í"),
        ("S", "\u030c", "Š"),
        ("oo", "\u0361", "o͡o"),
        ("q", "\u0301", "q\u0301"),
    ],
)
def test_an_accent_is_composed_where_unicode_can(base: str, mark: str, expected: str) -> None:
    """The mark joins the first letter, a dotless i becomes an i, the rest stays behind."""
    assert expected == accented(base, mark)


def test_numbers_are_raised_and_lowered() -> None:
    """Superscript and subscript characters replace ASCII ones."""
    assert superscript("-137") == "⁻¹³⁷"
    assert subscript("2") == "₂"


def test_a_character_without_a_raised_form_says_so() -> None:
    """None, and not half a superscript, where one character is missing."""
    assert superscript("2,q") is None
    assert subscript("y") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Żółć", "Zolc"),
        ("Straße", "Strasse"),
        ("Ærøskøbing", "AEroskobing"),
        ("İstanbul", "Istanbul"),
        ("“a”–b", '"a"-b'),
        ("漢字 kanji", " kanji"),
    ],
)
def test_text_in_ascii(text: str, expected: str) -> None:
    """Marks go, letters are transliterated, what has no ASCII is left out."""
    assert expected == to_ascii(text)


def test_halves_of_surrogate_pairs_are_replaced() -> None:
    """They alone: whole characters beyond the first plane stay."""
    assert without_surrogates("a\ud800b\udfff \U0001f600 é") == "a\ufffdb\ufffd \U0001f600 é"
