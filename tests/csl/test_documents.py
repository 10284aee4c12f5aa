"""Bibliographies as documents: what is written is held against programs that read it."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from markdown_it import MarkdownIt

from compcite.csl import DOCUMENTS, Processor, Style, document_of
from compcite.csl.items import item_of
from compcite.csl.output import Sheet, html, latex, markdown, render
from compcite.csl.richtext import Span
from compcite.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

ITEMS = [
    {
        "id": "doe",
        "type": "article-journal",
        "title": "Growth & decay of α-waves",
        "author": [{"family": "Doe", "given": "Jane"}],
        "container-title": "Waves",
        "issued": {"date-parts": [[2001]]},
        "DOI": "10.5555/a--b_c",
    },
    {
        "id": "roe",
        "type": "book",
        "title": "On rivers",
        "author": [{"family": "Roe", "given": "Łukasz"}],
        "issued": {"date-parts": [[2002]]},
    },
]


def written(
    markup: str,
    style: str = "apa",
    *,
    items: list[Mapping[str, object]] | None = None,
    whole_file: bool = False,
) -> str:
    """The bibliography of two works, or of others, in a markup."""
    bibliography = Processor(Style.load(style)).bibliography(map(item_of, items or ITEMS))
    made = document_of(bibliography, markup, whole_file=whole_file)
    assert isinstance(made, str)
    return made


def test_text_is_one_entry_a_line() -> None:
    """Nothing is wrapped, nothing stands between two entries."""
    assert [line[:3] for line in written("text").splitlines()] == ["Doe", "Roe"]


def test_html_is_a_block_an_entry_as_citeproc_js_has_it() -> None:
    """The classes are citeproc-js's; the hanging indent is in the entry, where it survives."""
    made = written("html")

    assert re.findall(r"<div[^>]*>", made) == [
        '<div class="csl-bib-body">',
        *['<div class="csl-entry" style="margin-left: 2em; text-indent: -2em;">'] * 2,
    ]
    assert "<html" not in made
    assert [line.split()[0] for line in made.splitlines()] == ["<div", "<div", "<div", "</div>"]


def test_html_as_a_file_is_a_whole_page() -> None:
    """It names its encoding and its language, and holds the same entries."""
    made = written("html", whole_file=True)

    assert made.startswith('<!DOCTYPE html>\n<html lang="en-US">\n')
    assert '<meta charset="utf-8">' in made
    assert written("html") in made


def test_html_sets_labels_before_what_they_number() -> None:
    """A style with numbers has two blocks an entry, side by side."""
    made = written("html", "ieee")

    assert (
        re.findall(r'class="csl-(left-margin|right-inline)" style="display: (\S+);', made)
        == [
            ("left-margin", "inline-block"),
            ("right-inline", "inline"),
        ]
        * 2
    )


@pytest.mark.parametrize("style", ["apa", "ieee", "nature"])
def test_markdown_is_a_paragraph_an_entry(style: str) -> None:
    """A reader of CommonMark makes paragraphs of the entries, and no list of their numbers."""
    read = MarkdownIt().render(written("markdown", style))

    assert [line[:3] for line in read.splitlines()] == ["<p>"] * 2


@pytest.mark.parametrize(
    "beginning", ["1. Doe", "12) Doe", "- Doe", "+ Doe", "=== Doe", "# Doe", "> Doe", "2001 Doe"]
)
def test_no_beginning_of_an_entry_becomes_a_list_or_a_heading(beginning: str) -> None:
    """What Markdown would take for a mark is shown as it is written."""
    made = markdown.write_sheet(Sheet(((beginning,),)))

    assert MarkdownIt().render(made) == f"<p>{beginning.replace('>', '&gt;')}</p>\n"


def test_rtf_is_a_file_with_a_paragraph_an_entry() -> None:
    """It has a head, hanging indents, and as many closing braces as opening ones."""
    made = written("rtf")

    assert made.startswith(r"{\rtf1\ansi")
    assert made.count(r"\fi-720\li720") == made.count("\\par\n") == 2
    assert made.count("{") - made.count(r"\{") == made.count("}") - made.count(r"\}")


def test_rtf_sets_labels_before_a_tab() -> None:
    """The tab stops where the other lines of the entry begin."""
    assert re.findall(r"\\fi-(\d+)\\li\1\\tx\1\S* (\S+)\\tab", written("rtf", "ieee")) == [
        ("480", "[1]"),
        ("480", "[2]"),
    ]


def test_latex_is_an_environment_with_an_item_an_entry() -> None:
    """Entries without labels have empty ones."""
    made = written("latex")

    assert made.startswith(r"\begin{thebibliography}")
    assert re.findall(r"^\\item\[(.*?)\] (\w+)", made, re.MULTILINE) == [("", "Doe"), ("", "Roe")]
    assert made.endswith("\\end{thebibliography}\n")


def test_latex_sets_the_labels_of_a_style() -> None:
    """The widest label tells how far entries are indented."""
    made = written("latex", "ieee")

    assert re.findall(r"^\\item\[(.*?)\] ", made, re.MULTILINE) == ["{[1]}", "{[2]}"]
    assert r"\settowidth{\labelwidth}{[1]}" in made


def test_an_address_in_latex_can_be_broken_and_keeps_its_hyphens() -> None:
    """Two hyphens are no dash; the link itself is the address."""
    made = written("latex")

    assert r"\href{https://doi.org/10.5555/a--b_c}{https://" in made
    assert r"\allowbreak{}a-{}-b\_\allowbreak{}c}" in made


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ville\u202f?", r"ville\,?"),
        ("a\u2009b\u00a0c\u200bd", r"a\,b~c\hspace{0pt}d"),
        ("α-helix, 5 µm, x ≤ y", r"\ensuremath{\alpha}-helix, 5 µm, x \ensuremath{\leq} y"),
        ("H₂O and 10⁻³", r"H\textsubscript{2}O and 10\textsuperscript{\ensuremath{-}}³"),
        ("Çelik, Őry, Łoś, Nguyễn", r"Çelik, Őry, Łoś, Nguy\~{\^{e}}n"),
        ("a--b ''x'' ,,y ?`z", r"a-{}-b '{}'x'{}' ,{},y ?\textasciigrave{}z"),
        ("’”", r"'{}''"),
        ("e\u0301tude", "étude"),
        ("1\u22122", r"1\ensuremath{-}2"),
        ("\u200e\ufeffleft", "left"),
        ("ʿAlī", r"\textasciigrave{}Alī"),
        (r"\ { } $ & #", r"\textbackslash{} \{ \} \$ \& \#"),
        ("% _ ^ ~", r"\% \_ \textasciicircum{} \textasciitilde{}"),
    ],
)
def test_latex_has_a_command_for_what_stops_pdflatex(text: str, expected: str) -> None:
    """What LaTeX knows by itself stays as it is; nothing is joined to another sign by a font."""
    assert latex.write((text,)) == expected


def test_latex_defines_what_pdflatex_prints_for_signs_it_lacks() -> None:
    """A list in another script stays readable in the file, and pdflatex goes on."""
    item = {**ITEMS[1], "title": "Река 河", "publisher": "Wydawca ą"}
    made = written("latex", items=[item])

    assert r"\textit{Река 河}" in made
    assert re.findall(r"\\csl(sign|letter){(.)}{(.*?)}", made) == [
        ("letter", "ą", "a"),
        *[("sign", sign, "?") for sign in "Раек河"],
    ]


def test_word_opens_a_docx_with_a_paragraph_an_entry() -> None:
    """Italics are italics, addresses are links, and the indent hangs."""
    docx = pytest.importorskip("docx")
    bibliography = Processor(Style.load("apa")).bibliography(map(item_of, ITEMS))
    made = document_of(bibliography, "docx")
    assert isinstance(made, bytes)

    paragraphs = docx.Document(BytesIO(made)).paragraphs

    assert [paragraph.text for paragraph in paragraphs] == written("text").splitlines()
    assert [run.text for run in paragraphs[1].runs if run.italic] == ["On rivers"]
    assert [link.address for link in paragraphs[0].hyperlinks] == ["https://doi.org/10.5555/a--b_c"]
    assert {round(p.paragraph_format.first_line_indent.pt) for p in paragraphs} == {-36}


@pytest.mark.parametrize("markup", DOCUMENTS)
def test_no_text_stops_a_document(markup: str) -> None:
    """Controls, half characters and the signs of every markup can stand in a title."""
    if markup == "docx":
        pytest.importorskip("docx")
    title = "a\x00b\x1b[31m \ud800 \ufffe {\\ </div> ]]> \u202e *_`"
    bibliography = Processor(Style.load("apa")).bibliography(
        [item_of({**ITEMS[1], "title": title})]
    )

    assert document_of(bibliography, markup)


def test_an_unknown_markup_is_refused() -> None:
    """The message names those that there are."""
    bibliography = Processor(Style.load("apa")).bibliography(map(item_of, ITEMS))

    with pytest.raises(UsageError, match="there are text, markdown, html, latex, rtf, docx"):
        document_of(bibliography, "troff")


def test_formatting_in_the_same_formatting_is_marked_once() -> None:
    """In Markdown, italics in italics would be bold; html for style sheets has both marks."""
    title = Span("font-style", "italic", ("On ", Span("font-style", "italic", ("rivers",))))
    raised = Span("vertical-align", "sup", ("a", Span("vertical-align", "sup", ("b",))))

    assert render((title,), "markdown") == "*On rivers*"
    assert render((title,), "html") == "<i>On rivers</i>"
    assert render((raised,), "html") == "<sup>a<sup>b</sup></sup>"
    assert html.write((title,)) == "<i>On <i>rivers</i></i>"
