"""Quotation marks, markup in fields, punctuation where pieces meet, and the writers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compcite.csl import MARKUPS, Processor, render
from compcite.csl.rendering.finish import Typography, finish
from compcite.csl.richtext import DisplayBlock, Link, Rich, Span, plain
from compcite.errors import UsageError
from compcite.model.item import Item
from tests.csl.rendering import entry, style

AMERICAN = '<locale><style-options punctuation-in-quote="true"/></locale>'
BRITISH = '<locale><style-options punctuation-in-quote="false"/></locale>'


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("plain", "plain"),
        ("<i>in</i> out", "<i>in</i> out"),
        ("<b>in</b><sup>up</sup><sub>down</sub>", "<b>in</b><sup>up</sup><sub>down</sub>"),
        ("<sc>caps</sc>", '<span style="font-variant:small-caps;">caps</span>'),
        (
            '<span style="font-variant: small-caps;">caps</span>',
            '<span style="font-variant:small-caps;">caps</span>',
        ),
        ('<span class="nocase">iPad</span>', "iPad"),
        ("<i>out <i>in</i> out</i>", '<i>out <span style="font-style:normal;">in</span> out</i>'),
        ("a < b", "a &#60; b"),
        ("lost</i> end", "lost&#60;/i&#62; end"),
        ("<i>lost", "&#60;i&#62;lost"),
        ("<em>no tag</em>", "&#60;em&#62;no tag&#60;/em&#62;"),
        ('a "quoted" word', "a “quoted” word"),
        ("a 'quoted' word", "a “quoted” word"),
        ("\"out 'in' out\"", "“out ‘in’ out”"),
        ("“out ‘in’ out”", "“out ‘in’ out”"),
        ("rock 'n' roll", "rock “n” roll"),
        ("the '90s", "the ’90s"),
        ("it's", "it’s"),
        ('a 5" disk', 'a 5" disk'),
        ("x²", "x<sup>2</sup>"),
    ],
)
def test_markup_in_fields(title: str, expected: str) -> None:
    """Fields hold a little markup and quotation marks; what has no partner means itself."""
    assert entry('<text variable="title"/>', {"title": title}) == expected


def test_quotes_alternate_with_their_depth() -> None:
    """Quotation marks inside quotation marks are inner ones."""
    found = entry('<text variable="title" quotes="true"/>', {"title": 'A "word" said'})
    assert found == "“A ‘word’ said”"


def test_quotes_are_the_languages() -> None:
    """German has its own quotation marks."""
    assert entry('<text variable="title" quotes="true"/>', {"title": "Wort"}, "de-DE") == "„Wort“"


def test_italics_in_italics_are_upright() -> None:
    """A species name in an italic title is set off by standing upright."""
    found = entry('<text variable="title" font-style="italic"/>', {"title": "Of <i>E. coli</i>"})
    assert found == '<i>Of <span style="font-style:normal;">E. coli</span></i>'


@pytest.mark.parametrize(
    ("locale", "suffix", "expected"),
    [
        (AMERICAN, ".", "“Title.”"),
        (AMERICAN, ",", "“Title,”"),
        (AMERICAN, ";", "“Title”;"),
        (BRITISH, ".", "“Title”."),
        (BRITISH, ",", "“Title”,"),
    ],
)
def test_punctuation_in_quote(locale: str, suffix: str, expected: str) -> None:
    """Full stops and commas move inside quotation marks where the language wants it."""
    layout = f'<text variable="title" quotes="true" suffix="{suffix}"/>'
    assert entry(layout, {"title": "Title"}, locale=locale) == expected


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [(".", ".", "“Title.”"), ("!", ".", "“Title!”"), ("?", ":", "“Title?”")],
)
def test_a_mark_that_has_moved_into_a_quotation_takes_no_second_one(
    first: str, second: str, expected: str
) -> None:
    """Two elements may each bring their full stop; one of them is printed."""
    layout = (
        f'<group suffix="{second}"><group suffix="{first}">'
        '<text variable="title" quotes="true"/></group></group>'
    )
    assert entry(layout, {"title": "Title"}, locale=AMERICAN) == expected


@pytest.mark.parametrize("title", ["What?", "Stop!", "Is “this”?", "Who said “why?”"])
@pytest.mark.parametrize("locale", [AMERICAN, BRITISH])
def test_no_full_stop_after_a_quoted_question(title: str, locale: str) -> None:
    """The mark within the quotation ends the sentence, wherever full stops have their place."""
    layout = '<text variable="title" quotes="true" suffix=". "/><text variable="publisher"/>'
    found = entry(layout, {"title": title, "publisher": "House"}, locale=locale)
    shown = title.replace("“", "‘").replace("”", "’")
    assert found == f"“{shown}” House"


def test_what_is_raised_twice_in_a_field_stays_so() -> None:
    """The exponent of an exponent stands higher still; italics in italics become upright."""
    title = {"title": "x<sup>a<sup>b</sup></sup> <i>y <i>z</i></i>"}
    expected = 'x<sup>a<sup>b</sup></sup> <i>y <span style="font-style:normal;">z</span></i>'
    assert entry('<text variable="title"/>', title) == expected


@pytest.mark.parametrize(
    ("title", "suffix", "expected"),
    [
        ("What?", ".", "What?"),
        ("What?", ",", "What?,"),
        ("Ever.", ".", "Ever."),
        ("Ever.", ",", "Ever.,"),
        ("Ever.", ":", "Ever.:"),
        ("Well:", ".", "Well:"),
        ("Well;", "?", "Well?"),
        ("Stop!", "!", "Stop!"),
        ("What?", "!", "What?!"),
        ("A ", " b", "A b"),
        ("Wait...", ".", "Wait..."),
    ],
)
def test_punctuation_that_meets(title: str, suffix: str, expected: str) -> None:
    """Where marks collide, both stay or one gives way."""
    layout = f'<text variable="title" suffix="{suffix}"/>'
    assert entry(layout, {"title": title}) == expected


def test_punctuation_in_a_field_is_the_authors() -> None:
    """What stands in one field is not touched."""
    assert (
        entry('<text variable="title"/>', {"title": "Why?. Because,, so"}) == "Why?. Because,, so"
    )


def test_addresses_are_taken_literally() -> None:
    """An apostrophe in a URL stays one."""
    found = entry('<text variable="URL"/>', {"URL": "https://example.org/it's_a_b_"})
    assert found == "https://example.org/it's_a_b_"


@given(st.lists(st.text(alphabet="ab .,:;!?'\"<i>/“”’", max_size=8)))
def test_no_letter_is_lost(texts: list[str]) -> None:
    """Whatever the marks do, the words of an entry come out in their order."""

    def letters(text: str) -> str:
        return "".join(c for c in text.replace("<i>", "").replace("</i>", "") if c in "ab")

    written = plain(finish(list(texts), Typography()))
    assert letters(written) == "".join(letters(text) for text in texts)


# ---------------------------------------------------------------- writers

SAMPLE: Rich = (
    DisplayBlock("left-margin", ("[1]",)),
    DisplayBlock(
        "right-inline",
        (
            "Doe & Söhne_",
            Span("font-style", "italic", ("A 100% *title*",)),
            ". ",
            Link("https://doi.org/10.1/a_b", ("https://doi.org/10.1/a_b",)),
        ),
    ),
)


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("text", "[1] Doe & Söhne_A 100% *title*. https://doi.org/10.1/a_b"),
        (
            "markdown",
            r"\[1\] Doe & Söhne\_*A 100% \*title\**. <https://doi.org/10.1/a_b>",
        ),
        (
            "html",
            (
                '<div class="csl-left-margin">[1]</div><div class="csl-right-inline">'
                "Doe &#38; Söhne_<i>A 100% *title*</i>. "
                '<a href="https://doi.org/10.1/a_b">https://doi.org/10.1/a_b</a></div>'
            ),
        ),
        (
            "latex",
            (
                r"[1]  Doe \& Söhne\_\textit{A 100\% *title*}. "
                r"\href{https://doi.org/10.1/a_b}{https://\allowbreak{}doi.\allowbreak{}org/"
                r"\allowbreak{}10.\allowbreak{}1/\allowbreak{}a\_\allowbreak{}b}"
            ),
        ),
        (
            "rtf",
            (
                r"[1]\tab Doe & S\u246?hne_{\i A 100% *title*}. "
                r'{\field{\*\fldinst HYPERLINK "https://doi.org/10.1/a_b"}'
                r"{\fldrslt https://doi.org/10.1/a_b}}"
            ),
        ),
    ],
)
def test_writers(markup: str, expected: str) -> None:
    """Every markup escapes what is special to it, and links where it can."""
    assert render(SAMPLE, markup) == expected


def test_every_markup_is_tested() -> None:
    """A new writer has its line in the table above."""
    assert set(MARKUPS) == {"text", "markdown", "html", "latex", "rtf"}


def test_an_unknown_markup_is_refused() -> None:
    """The message names those that there are."""
    with pytest.raises(UsageError, match="there are text, markdown, html, latex, rtf"):
        render(SAMPLE, "troff")


@pytest.mark.parametrize("markup", MARKUPS)
@pytest.mark.parametrize(
    ("attribute", "value"),
    [
        ("font-style", "italic"),
        ("font-style", "normal"),
        ("font-variant", "small-caps"),
        ("font-weight", "bold"),
        ("font-weight", "light"),
        ("text-decoration", "underline"),
        ("vertical-align", "sup"),
        ("vertical-align", "baseline"),
    ],
)
def test_every_writer_keeps_the_text_of_every_format(
    markup: str, attribute: str, value: str
) -> None:
    """A format that a markup lacks costs the format, never the text."""
    assert "word" in render((Span(attribute, value, ("word",)),), markup)


@pytest.mark.parametrize(
    ("title", "suffix", "american", "british"),
    [
        ("A", "?", "“A?”", "‘A’?"),
        ("A?", "?", "“A?”", "‘A?’"),
        ("A;", "?", "“A?”", "‘A’?"),
        ("A.", ".", "“A.”", "‘A.’"),
        ("A,", ",", "“A,”", "‘A’,"),
        ("A;", ";", "“A;”", "‘A’;"),
        ("A,", "?", "“A,?”", "‘A’,?"),
        ("A.", ",", "“A.,”", "‘A.’,"),
        ("A", ":", "“A”:", "‘A’:"),
    ],
)
def test_punctuation_on_both_sides_of_a_quotation_mark(
    title: str, suffix: str, american: str, british: str
) -> None:
    """The same mark is written once; the language says on which side."""
    layout = f'<text variable="title" quotes="true" suffix="{suffix}"/>'
    assert entry(layout, {"title": title}, "en-US") == american
    assert entry(layout, {"title": title}, "en-GB") == british


def test_rtf_of_half_a_character() -> None:
    """A lone surrogate, as broken JSON has it, stops no writer."""
    assert all(render(("\ud800",), markup) for markup in MARKUPS)


@pytest.mark.parametrize(
    ("opening", "closing"), [("<i>", "</i>"), ("<b><i>", "</i></b>"), ("“", "”")]
)
def test_endless_nesting_is_text(opening: str, closing: str) -> None:
    """No field nests so deeply that the writers fail."""
    title = opening * 5000 + "x" + closing * 5000
    bibliography = Processor(style()).bibliography([Item("book", {"title": title}, id="1")])
    for markup in MARKUPS:
        assert "x" in render(bibliography.entries[0].content, markup)


@pytest.mark.parametrize(
    ("layout", "title", "expected"),
    [
        (
            '<text variable="title" quotes="true" font-style="italic" suffix=","/>',
            "On bees",
            "“<i>On bees,</i>”",
        ),
        ('<text variable="title" suffix=","/>', 'The "<i>bee</i>"', "The “<i>bee</i>,”"),
        (
            '<group delimiter=", "><text variable="title" suffix="."/><text value="x"/></group>',
            '"All of it"',
            "“All of it.”, x",
        ),
        ('<text variable="title" quotes="true" suffix=": x"/>', "On bees", "“On bees”: x"),
        ('<text variable="title" suffix=": x"/>', 'Is it "so?"', "Is it “so?” x"),
    ],
)
def test_where_a_mark_goes_that_moves_into_a_quotation(
    layout: str, title: str, expected: str
) -> None:
    """It goes within the style's formatting, behind the field's, and one mark only."""
    assert entry(layout, {"title": title}) == expected
