"""Documents as sources: the DOIs that their prose mentions."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compcite.formats.documents import PROSE, read_document
from compcite.formats.documents.latex import latex_prose
from compcite.model.item import Item
from compcite.model.source import SourceFile, Span

if TYPE_CHECKING:
    from compcite.model.library import Entry

PIECES = [
    "10.1000/", "182", "(SICI)1", "https://doi.org/", "https://example.org/", "doi:", "%28", "&lt;",
    " ", "\n", "](", "[", "]", "(", ")", "`", "```\n", "<", ">", '<a href="', "<code>", "<!--",
    "-->", "\\url{", "\\doi{", "\\_", "{", "}", "~", "\\\\", "%", ".. ", "::\n\n", "    ", "…", ".",
    "$", "/full.pdf", "?a=b", "\ud800",
]  # fmt: skip


def entries(suffix: str, text: str) -> list[Entry]:
    """The entries of a document of that kind and text."""
    found, problems = read_document(SourceFile("paper" + suffix, text))
    assert problems == []
    return found


def dois(suffix: str, text: str) -> str:
    """The DOIs that a document mentions, as words."""
    return " ".join(entry.key for entry in entries(suffix, text))


def test_an_entry_says_where_its_doi_stands() -> None:
    """The field is the bare DOI, the entry all that spells it."""
    text = "See [Smith](https://doi.org/10.1000/182)."
    (entry,) = entries(".md", text)
    field = entry.fields[0]
    assert (entry.key, entry.type) == ("10.1000/182", "document")
    assert entry.item == Item("document", {"DOI": "10.1000/182"}, id="10.1000/182")
    assert (field.name, field.value) == ("doi", "10.1000/182")
    assert text[field.content_span.start : field.content_span.end] == "10.1000/182"
    assert text[entry.span.start : entry.span.end] == "https://doi.org/10.1000/182"


def test_a_doi_with_escapes_is_marked_as_it_is_spelled() -> None:
    """What would have to be replaced is the escaped DOI, without the stop behind it."""
    text = "https://doi.org/10.1002/%28SICI%291%3C2%3E3, and more"
    (entry,) = entries(".txt", text)
    span = entry.fields[0].content_span
    assert entry.key == "10.1002/(SICI)1<2>3"
    assert text[span.start : span.end] == "10.1002/%28SICI%291%3C2%3E3"


def test_a_doi_is_one_entry_however_often_it_is_mentioned() -> None:
    """The first mention counts; letter case is no difference."""
    text = "doi:10.1000/ABC, 10.1000/x, https://doi.org/10.1000/abc"
    assert dois(".txt", text) == "10.1000/ABC 10.1000/x"


def test_an_address_of_a_publisher_may_go_on_behind_the_doi() -> None:
    """Such a mention is a ``url``, and gives way to one that leaves no doubt."""
    text = "https://publisher.example/doi/10.1000/a/full and /doi/pdf/10.1000/b"
    first, second = entries(".txt", "See " + text)
    assert (first.key, first.fields[0].name) == ("10.1000/a", "url")
    assert (second.key, second.fields[0].name) == ("10.1000/b", "doi")
    text += " or doi:10.1000/a"
    assert [entry.fields[0].name for entry in entries(".txt", text)] == ["doi", "doi"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10.1000/a, **10.1000/b**, *doi:10.1000/c*, _10.1000/d_.", "a b c d"),
        ("[10.1000/a](https://doi.org/10.1000/a) <https://doi.org/10.1000/b>", "a b"),
        ("[x](https://doi.org/10.1000/a(20)b-5 'title')", "a(20)b-5"),
        ("| 10.1000/a|Title|10.1000/b |", "a b"),
        ("[@doi:10.1000/a; @doi:10.1000/b]", "a b"),
        ("[ref]: https://doi.org/10.1000/a\n[^1]: doi:10.1000/b.", "a b"),
        ("<a href='https://doi.org/10.1000/a'>10.1000/b</a>&nbsp;10.1000/c&nbsp;x", "a b c"),
        ("---\ndoi: 10.1000/a\n---\n\n10.1000/b", "a b"),
        ("```bibtex\n@misc{x, doi = {10.1000/a}, note = {10.1000/b}}\n```\n", "a b"),
    ],
)
def test_markdown(text: str, expected: str) -> None:
    """Text, links, references, metadata, and BibTeX in a block of code."""
    assert dois(".md", text) == " ".join("10.1000/" + doi for doi in expected.split())


@pytest.mark.parametrize(
    "text",
    [
        "`10.1000/a` and ``compcite add 10.1000/a``",
        "```python\nadd('10.1000/a')\n```\n",
        "<!-- 10.1000/a -->",
        "![DOI](https://zenodo.example/badge/DOI/10.1000/a.svg)",
        '<img src="https://zenodo.example/badge/DOI/10.1000/a.svg">',
        "10.1000/… and 10.1000/abc… and https://doi.org/10.1000/...",
    ],
)
def test_what_is_no_mention_in_markdown(text: str) -> None:
    """Code, comments, the addresses of images, and DOIs that are only sketched."""
    assert dois(".md", text) == ""


def test_a_badge_mentions_the_doi_that_it_links_to() -> None:
    """The image's name is left alone, and so is its suffix."""
    text = "[![DOI](https://badges.example/10.1000/a.svg)](https://doi.org/10.1000/a)"
    assert dois(".md", text) == "10.1000/a"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"\doi{10.1000/a\_b}, \url{https://doi.org/10.1000/c%28d%29}", "a_b c(d)"),
        (r"\href{https://doi.org/10.1000/a_b}{10.1000/a\_b}", "a_b"),
        (r"doi:10.1000/a\textit{x} 10.1000/b~\cite{x} 10.1000/c & 10.1000/d \\", "a b c d"),
        ("10.1000/a\\\\\n(10.1000/b)", "a b"),
        (r"% 10.1000/a", ""),
        (r"\begin{verbatim}10.1000/a\end{verbatim} \verb|10.1000/a| \iffalse 10.1000/a \fi", ""),
    ],
)
def test_latex(text: str, expected: str) -> None:
    """Text and links, but no comments and nothing verbatim."""
    assert dois(".tex", text) == " ".join("10.1000/" + doi for doi in expected.split())


def test_restructuredtext() -> None:
    """Roles, links, targets; no literals, comments or images."""
    text = """\
:doi:`10.1000/a` and `Smith <https://doi.org/10.1000/b>`_, not ``10.1000/no``.

.. image:: https://badges.example/10.1000/no.svg
   :alt: 10.1000/no
   :target: https://doi.org/10.1000/c
.. _target: https://doi.org/10.1000/d
.. a comment on 10.1000/no

Code::

    10.1000/no

.. note:: 10.1000/e
"""
    found = dois(".rst", text.replace("   :alt: 10.1000/no\n", ""))
    assert found == "10.1000/a 10.1000/b 10.1000/c 10.1000/d 10.1000/e"


def test_html() -> None:
    """Text and the attributes that link, cite or describe; no scripts, sources or classes."""
    text = """<meta name="citation_doi" content="10.1000/a"><!-- 10.1000/no -->
        <p class="10.1000/no">See <a href="https://doi.org/10.1000/b">10.1000/b</a>,
        <b>10.1000/c</b>; 10.1000/(SICI)1&lt;2&gt;3. <img src="/10.1000/no.svg"></p>
        <script>"10.1000/no"</script><code>10.1000/no</code>"""
    expected = "10.1000/a 10.1000/b 10.1000/c 10.1000/(SICI)1<2>3"
    assert dois(".html", text) == expected


def test_notebooks() -> None:
    """Markdown cells only; the place is that in the JSON, escapes and all."""
    cells = [
        {"cell_type": "markdown", "source": ['"É" 😀\n', "[x](https://doi.org/10.1000/a)"]},
        {"cell_type": "code", "source": "'10.1000/no'", "outputs": [{"text": "10.1000/no"}]},
    ]
    text = json.dumps({"cells": cells})
    (entry,) = entries(".ipynb", text)
    span = entry.fields[0].content_span
    assert (entry.key, text[span.start : span.end]) == ("10.1000/a", "10.1000/a")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"cells": [', "The JSON breaks at line 1, column 12"),
        ("[" * 100_000, "The JSON is nested too deeply"),
    ],
)
def test_a_broken_notebook_is_a_problem(text: str, expected: str) -> None:
    """It is reported as a block that could not be read."""
    found, (problem,) = read_document(SourceFile("paper.ipynb", text))
    assert (found, problem.rule) == ([], "entry-unparsed")
    assert problem.message.startswith(expected)


def test_only_ink_is_blanked() -> None:
    """Line ends and lengths stay, so that places stay."""
    assert latex_prose("a % b\r\nc") == "a    \r\nc"


@pytest.mark.parametrize("suffix", [suffix for suffix in PROSE if suffix != ".ipynb"])
@given(pieces=st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=25))
@settings(max_examples=30)
def test_any_text_can_be_read(suffix: str, pieces: list[str]) -> None:
    """No text is too broken; every DOI is one, stands in the text, and comes once."""
    text = "".join(pieces)
    found = entries(suffix, text)
    assert len({entry.key.lower() for entry in found}) == len(found)
    for entry in found:
        span = entry.fields[0].content_span
        assert entry.key.startswith("10.")
        assert Span(0, 0) != span
        assert 0 <= entry.span.start <= span.start < span.end <= len(text)


@given(texts=st.lists(st.text(max_size=30), min_size=1, max_size=4), ascii_only=st.booleans())
def test_places_in_notebooks_hold_for_any_text(texts: list[str], *, ascii_only: bool) -> None:
    """Whatever stands before a DOI, its place in the JSON is its place."""
    source = [*texts, " doi:10.1000/a "]
    text = json.dumps(
        {"cells": [{"source": source, "cell_type": "markdown"}]}, ensure_ascii=ascii_only
    )
    for entry in entries(".ipynb", text):
        span = entry.fields[0].content_span
        if entry.key == "10.1000/a":
            assert text[span.start : span.end] == "10.1000/a"
