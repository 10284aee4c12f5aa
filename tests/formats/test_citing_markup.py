"""What Markdown, reStructuredText, Typst documents and notebooks cite."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from compcite.errors import SourceError
from compcite.formats.citing import cited_in

if TYPE_CHECKING:
    from pathlib import Path

    from compcite.model.citations import Citations


def citations(folder: Path, suffix: str, text: str) -> Citations:
    """What a document of that kind and text cites."""
    document = folder / f"paper{suffix}"
    document.write_text(text, encoding="utf-8", newline="")
    return cited_in([str(document)])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[@a]", "a"),
        ("[see @a, pp. 33-35; also @b, ch. 1; -@c]", "a b c"),
        ("@a says [p. 3], as does @b [@c].", "a b c"),
        ("@Foo_bar.baz. @a:b:c, @d/e; @f--g @h's @x&y", "Foo_bar.baz a:b:c d/e f h x&y"),
        ("@{https://example.org/a?b=c} @{a:b.}", "https://example.org/a?b=c a:b."),
        ("@doi:10.1000/182 @https://example.org/x//y", "doi:10.1000/182 https://example.org/x//y"),
        ("**@a** “@b” (@c) —@d @e—@f \"@g\" '@h'", "a b c d e f g h"),
        ("Text.^[See @a.] More.[^1]\n\n[^1]: @b\n", "a b"),
        ("![Figure from @a](plot.png) and [the work of @b](https://example.org)", "a b"),
        ("| a | b |\n|---|---|\n| @a | [@b] |\n\n: Caption [@c]\n", "a b c"),
        ("- item\n\n    more of the item [@a]\n\n    - deeper\n\n        [@b]\n", "a b"),
        ("::: {.note}\n@a\n:::\n\n> @b\n", "a b"),
        ("\\cite{a} and \\citep[see][p. 3]{b,c}", "a b c"),
        ("{cite}`a,b` {cite:p}`{see}c{p. 3, and 5},d` {cite:t}`e`", "a b c d e"),
        ("```{note}\nAs [@a] says.\n```\n\nand [@b]\n", "a b"),
        ("```{r, fig.cap='After [@a]'}\nf@no\n#| tbl-cap: 'By @b'\n```\n@c\n", "a b c"),
        ('<cite data-cite="a,b">(Smith)</cite> <span data-cites="c d">x</span>', "a b c d"),
    ],
)
def test_markdown(tmp_path: Path, text: str, expected: str) -> None:
    """Pandoc's keys wherever there is prose; the ways of LaTeX, MyST and HTML."""
    assert citations(tmp_path, ".md", text).keys == tuple(expected.split())


@pytest.mark.parametrize(
    "text",
    [
        "me@example.org, a.@b, 根据@b, \\@b and mail@x",
        "`@no` and ``a ` @no`` and\n`two\n@no lines`",
        "```\n@no\n```\n\n~~~ python\n@no\n```\n~~~\n",
        "Text\n\n    @indented\n\n    @code\n",
        "- item\n\n  ```python\n  @no\n  ```\n",
        "> ```\n> @no\n> ```\n",
        "<!-- @no -->\n<style>@media x {}</style><script>@no</script>",
        "https://example.org/@no <https://example.org/@no> [x](https://example.org/@no)",
        "[x]: https://example.org/@no 'by @no'\n",
        '<a href="/@no">x</a> [x]{.mark data-by="@no"} {{< video @no >}}',
        "$a@b$ and $$ @no $$",
        "Please cite:\n\n@misc{smith2020,\n  title = {T},\n}\n",
        "(@first) An example.\n\nSee (@first).",
        "\\begin{tabular}{@{}ll@{\\hspace{1em}}}",
        "---\nauthor: '@handle'\nemail: me@example.org\n---\n",
    ],
)
def test_what_is_no_citation_in_markdown(tmp_path: Path, text: str) -> None:
    """Addresses, code, comments, mathematics, numbered examples, handles of authors."""
    assert citations(tmp_path, ".md", text).keys == ()


def test_cross_references_of_quarto_are_no_citations(tmp_path: Path) -> None:
    """Nor are those of pandoc-crossref, nor any other label of the document."""
    text = (
        "@fig-plot @tbl-a, @sec-x and @eq-1; @Fig-plot @thm-line @fig:plot @suppfig-x @algo-y\n\n"
        "![x](y.png){#fig-plot}\n\n::: {#algo-y}\n:::\n\n@smith-2020 @figueroa2001 @section\n"
    )
    expected = ("smith-2020", "figueroa2001", "section")
    assert citations(tmp_path, ".qmd", text).keys == expected


@pytest.mark.parametrize("nocite", ['"@*"', "'@*'", "|\n  @*", "|\n  @a, @*"])
def test_the_metadata_may_cite_everything(tmp_path: Path, nocite: str) -> None:
    """The wildcard of ``nocite``."""
    found = citations(tmp_path, ".qmd", f"---\ntitle: T\nnocite: {nocite}\n---\n\n@b\n")
    assert found.everything
    assert found.keys[-1] == "b"


def test_metadata_cites_in_fields_that_are_prose(tmp_path: Path) -> None:
    """The list of ``nocite``, and what an abstract cites; a block may also stand at the end."""
    text = (
        "---\ntitle: A\nabstract: |\n  After @a.\nnocite: |\n  @b, [@c]\n...\n\nText\n\n---\n\n"
        "@d\n\n---\nnocite: '@e'\n---\n"
    )
    assert citations(tmp_path, ".md", text).keys == tuple("abcde")


def test_metadata_may_hold_the_references(tmp_path: Path) -> None:
    """An entry under ``references:`` need not be in a list."""
    text = "---\nreferences:\n- id: a\n  title: T\n- type: book\n  id: 'b'\n---\n\n[@a; @c]\n"
    found = citations(tmp_path, ".md", text)
    assert (found.keys, found.defined) == (("a", "c"), frozenset({"a", "b"}))


def test_included_markdown(tmp_path: Path) -> None:
    """Quarto's shortcode and the child documents of knitr."""
    (tmp_path / "_part.qmd").write_text("@b", encoding="utf-8")
    (tmp_path / "child.Rmd").write_text("@c", encoding="utf-8")
    text = "@a\n\n{{< include _part.qmd >}}\n\n```{r, child='child.Rmd'}\n```\n"
    assert citations(tmp_path, ".qmd", text).keys == ("a", "b", "c")


def test_line_ends_of_windows(tmp_path: Path) -> None:
    """Blocks end where they end."""
    text = "---\r\nnocite: '@a'\r\n---\r\n\r\n```\r\n@no\r\n```\r\n@b\r\n"
    assert citations(tmp_path, ".md", text).keys == ("a", "b")


def test_restructuredtext(tmp_path: Path) -> None:
    """The roles of sphinxcontrib-bibtex and the citations of Docutils, outside of literals."""
    text = """\
See :cite:`a,b`, :cite:p:`{see}c{p. 3, and 5},d`, :footcite:t:`e`, [Key2001]_ and [Own]_.
Not ``:cite:`no```, [1]_, [#note]_ or [*]_.

.. [Own] An own citation.

.. a comment with :cite:`no`
   and :cite:`no`

.. note:: :cite:`f`

   :cite:`g`

Code::

    :cite:`no`

.. code-block:: rst
   :caption: x

   :cite:`no`

:cite:ct:`h`
"""
    found = citations(tmp_path, ".rst", text)
    assert found.keys == ("a", "b", "c", "d", "e", "Key2001", "Own", "f", "g", "h")
    assert (found.defined, found.everything) == (frozenset({"Own"}), False)


def test_restructuredtext_with_files_and_everything(tmp_path: Path) -> None:
    """``include`` is followed; ``:all:`` prints the whole list."""
    (tmp_path / "part.txt").write_text(":cite:`b`", encoding="utf-8")
    text = (
        ":cite:`a`\n\n.. include:: part.txt\n.. include:: <isonum.txt>\n\n"
        ".. bibliography:: refs.bib\n   :style: plain\n   :all:\n"
    )
    found = citations(tmp_path, ".rst", text)
    assert (found.keys, found.everything) == (("a", "b"), True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("As @a says. @b[p. 3], @c-d:e.f.", "a b c-d:e.f"),
        ('word@a and “quoted @b” and "quoted @c"', "a b c"),
        ('#cite(<a>) #cite(<b>, form: "prose") #cite(label("DBLP:conf/x"))', "a b DBLP:conf/x"),
        ("#figure(rect(), caption: [From @a[p. 3].]) @b", "a b"),
        ('#if x [ @a ] else { [@b] } "@c"', "a b c"),
        ("#for y in (1, 2) [@a] @b", "a b"),
        ("#let t = [see @a]\n@b", "a b"),
        ('#text(fill: red)[@a].at("@no") #f("@no").g("@no") @b', "a b"),
        ('#let citet(k) = cite(k, form: "prose")\n#citet(<a>)', "a"),
        ('#let p = cite.with(form: "year")\n#p(<a>)', "a"),
        ('$ x = cases(1 "@no") $ @a', "a"),
    ],
)
def test_typst(tmp_path: Path, text: str, expected: str) -> None:
    """References in markup, wherever code puts it, and calls of ``cite``."""
    assert citations(tmp_path, ".typ", text).keys == tuple(expected.split())


@pytest.mark.parametrize(
    "text",
    [
        '= Title <sec>\n@sec #figure(rect()) <fig:a> @fig:a #ref(<fig:a>) #label("x") @x',
        "// @no\n/* @no /* @no */ @no */",
        "`@no` ```py @no``` ````\n@no ``` @no\n````",
        "me@example.org me\\@example https://example.org/@no",
        '#link("mailto:me@example.org") #let s = "@no"\n#"@no" #raw("cite(<no>)")',
        '#set text(font: "@no")\n#show link: it => text("@no")\n',
    ],
)
def test_what_is_no_citation_in_typst(tmp_path: Path, text: str) -> None:
    """Labels of the document, comments, raw text, addresses, strings."""
    assert citations(tmp_path, ".typ", text).keys == ()


def test_typst_with_files_and_everything(tmp_path: Path) -> None:
    """Labels hold across files; ``full`` prints the whole list."""
    (tmp_path / "ch.typ").write_text("= C <c>\n@b @a-label", encoding="utf-8")
    text = '#include "ch.typ"\n= A <a-label>\n@a @c\n#bibliography("r.bib", full: true)\n'
    found = citations(tmp_path, ".typ", text)
    assert (sorted(found.keys), found.everything) == (["a", "b"], True)


NOTEBOOK = {
    "cells": [
        {
            "cell_type": "markdown",
            "metadata": {"cell_type": "code"},
            "source": ['# "T" 😀\t[@a]\n', 'É: <cite data-cite="b">x</cite> {cite}`c`, \\citep{d}'],
        },
        {"cell_type": "code", "source": ["@no"], "outputs": [{"text": ["[@no]"]}]},
        {"source": "@e", "cell_type": "markdown"},
        {"cell_type": "raw", "source": "---\nnocite: '@f'\n---\n"},
    ],
    "nbformat": 4,
}


@pytest.mark.parametrize("ascii_only", [True, False])
def test_notebooks(tmp_path: Path, *, ascii_only: bool) -> None:
    """Markdown and raw cells cite; places are those in the JSON, also behind escapes."""
    text = json.dumps(NOTEBOOK, ensure_ascii=ascii_only, indent=1)
    found = citations(tmp_path, ".ipynb", text)
    assert found.keys == tuple("abcdef")
    spelled = [text[one.span.start : one.span.end] for one in found.citations]
    assert spelled == list("abcdef")


def test_a_broken_notebook_is_an_error(tmp_path: Path) -> None:
    """A conflict left by a merge is told with its place."""
    with pytest.raises(SourceError, match=r"paper\.ipynb:2:1: is no notebook"):
        citations(tmp_path, ".ipynb", "{\n<<<<<<< HEAD\n}")
    with pytest.raises(SourceError, match="nested too deeply"):
        citations(tmp_path, ".ipynb", "[" * 100_000)


# Org


ORG = r"""
#+title: On selves [cite:@title]
* Text
Org: [cite/t/bare:see @a p. 3; and @b-c:d [p. 4]] and [cite:@*] me@example.org
org-ref: cite:e,f. citep:g; [[citet:See &h p. 3;&i]] cite:&j;&k [[cite:l,m][words]] \citep[3]{n}
# [cite:@no]
: [cite:@no]
=[cite:@no]= ~cite:no~ src_elisp{cite:no} excite:no
#+begin_src org
[cite:@no]
#+end_src
#+begin_export latex
\cite{o}
#+end_export
* COMMENT Draft
[cite:@no]
** Below
[cite:@no]
* After
[cite:@p]
"""


def test_org_cites_by_its_own_syntax_by_org_ref_and_by_latex(tmp_path: Path) -> None:
    """Not in code, comments and commented trees; each key has its place."""
    path = tmp_path / "paper.org"
    path.write_text(ORG, encoding="utf-8")
    found = cited_in([str(path)])

    assert found.keys == ("title", "a", "b-c:d", *"efghijklmnop")
    assert found.everything
    assert all(ORG[slice(*one.span)] == one.key for one in found.citations)


def test_an_org_document_includes_others(tmp_path: Path) -> None:
    """Relative to itself."""
    (tmp_path / "part.org").write_text("[cite:@part]", encoding="utf-8")
    path = tmp_path / "paper.org"
    path.write_text('#+INCLUDE: "part.org" :minlevel 2\n[cite:@a]', encoding="utf-8")

    assert set(cited_in([str(path)]).keys) == {"a", "part"}
