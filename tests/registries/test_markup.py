"""Titles as publishers deposit them, as rich text and as plain text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compcite.registries.records.markup import rich, without_markup

CAPS = '<span style="font-variant:small-caps;">'


@pytest.mark.parametrize(
    ("deposited", "expected"),
    [
        ("Plain", "Plain"),
        (
            "<i>C. elegans</i> and <jats:italic>E. coli</jats:italic>",
            "<i>C. elegans</i> and <i>E. coli</i>",
        ),
        ("&lt;i&gt;Homo&lt;/i&gt; &amp;amp; R&amp;D", "<i>Homo</i> & R&D"),
        ("p < 0.05 and q > 1", "p < 0.05 and q > 1"),
        ("x&nbsp;y&amp;nbsp;", "x y"),
        ("<scp>dna</scp>", f"{CAPS}dna</span>"),
        ("A <b>bold</b><br/>break", "A <b>bold</b> break"),
        ("<i>open", "<i>open</i>"),
        ("<i>crossed <b>tags</i> here</b>", "<i>crossed <b>tags</b></i> here"),
        ("stray</i> end", "stray end"),
        ("a <u>line</u> <title>b</title>", "a line b"),
        ("the <video> element", "the <video> element"),
        ("Spaces\n      <i>in</i>\n   source", "Spaces <i>in</i> source"),
        ("soft\u00adhyphen \x1b[31m", "softhyphen [31m"),
        ("<i></i>Nothing", "Nothing"),
        (
            "A <mml:math><msub> <mml:mi>H</mml:mi>\n <mn>2</mn></msub></mml:math>O molecule",
            "A H<sub>2</sub>O molecule",
        ),
        (
            "<math><msup><mrow><mi>x</mi></mrow><mrow><mn>1</mn><mn>0</mn></mrow></msup></math>",
            "x<sup>10</sup>",
        ),
        ("Of <tex-math>$x$</tex-math><math><mi>x</mi></math>", "Of x"),
        ("Title<fn>1</fn> with a note", "Title with a note"),
        ("Never closed <fn>keeps the rest", "Never closed keeps the rest"),
    ],
)
def test_a_title_becomes_rich_text(deposited: str, expected: str) -> None:
    """Only what CSL-JSON allows is left of markup, and all of the text."""
    assert rich(deposited) == expected


def test_plain_text_has_no_markup() -> None:
    """The words alone, without a gap where a tag was."""
    assert without_markup("H<sub>2</sub>O in <scp>caps</scp> &lt; x") == "H2O in caps < x"


@given(st.text(alphabet=st.sampled_from("<>/ abi&;#x&lt;m:athsup\n"), max_size=60))
def test_any_text_is_read(source: str) -> None:
    """No title raises; tags of ours are balanced; reading the result again changes nothing more."""
    once = rich(source)
    for tag in ("i", "b", "sub", "sup"):
        assert len(re.findall(f"<{tag}>", once)) == len(re.findall(f"</{tag}>", once))
    assert once == once.strip()


def test_a_dotless_letter_with_a_mark_is_a_letter_with_a_mark() -> None:
    """Publishers put the mark on the letter that has no dot, which nothing else finds or sorts."""
    assert without_markup("Mari\u0301a, Mar\u0131\u0301a") == "Mari\u0301a, María"


def test_nothing_turns_the_order_of_the_text() -> None:
    """Characters that direct a display, or take no room, do not reach anybody's file."""
    assert without_markup("a\u202eb\u2066c\u200bd\u200fe") == "abcde"
