"""What LaTeX documents cite, and the files that LaTeX writes about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from compcite.errors import SourceError
from compcite.formats.citing import cited_in

if TYPE_CHECKING:
    from pathlib import Path

    from compcite.model.citations import Citations


def keys(folder: Path, text: str) -> tuple[str, ...]:
    """The keys that a LaTeX document of that text cites."""
    return citations(folder, text).keys


def citations(folder: Path, text: str) -> Citations:
    """What a LaTeX document of that text cites."""
    document = folder / "paper.tex"
    document.write_text(text, encoding="utf-8")
    return cited_in([str(document)])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"\cite{a}", "a"),
        (r"\cite{a, b,c}", "a b c"),
        ("\\cite {a,\n  b}", "a b"),
        ("\\cite{a,% first\n  b}", "a b"),
        ("\\cite%\n  [p. 3]%\n% note\n  {a}", "a"),
        (
            r"\citep[see][p.~3]{a} \citet*{b} \Citeauthor{c} \citeyearpar{d} \citealp*[x]{e}",
            "a b c d e",
        ),
        (r"\citetext{see \citealp{a}, but \citealp{b}}", "a b"),
        (r"\parencite*[e.g.][]{a} \Textcite{b} \footfullcite[12]{c} \citetitle{d}", "a b c d"),
        (r"\autocites(see)(and others)[p. 1]{a}[][p. 2]{b,c} \textcites{d}{e}", "a b c d e"),
        ("\\cites{a}{b}\n\n{\\bf text} {c}", "a b"),
        (r"\volcite[see]{2}[p. 3]{a} \Pvolcites{1}[2]{b}{3}{c}", "a b c"),
        (r"\cite<e.g.,>[p. 3]{a} \citeA{b} \citeNP<see>{c} \shortciteA{d}", "a b c d"),
        (r"\citeasnoun{a} \possessivecite{b} \citeaffixed{c}{cf.}", "a b c"),
        (r"\citeonline{a} \apud[p. 1]{b}[p. 2]{c} \bibentry{d} \onlinecite{e}", "a b c d e"),
        (r"\cite{a}*{Theorem 1} \citelist{\cite{b}\cite{c}}", "a b c"),
        (r"\citefield{a}{title} \citename{b}[family]{author}", "a b"),
        (r"\nocite{a,b}", "a b"),
        (r"\defcitealias{a}{Paper I} \addtocategory{main}{b,c} \defbibentryset{s}{d}", "a b c d"),
        (r"\cite[{[sic], \cite{a}}]{b}", "b a"),
        (r"\footnote{\cite[see the note of \citet{a}]{b}}", "b a"),
    ],
)
def test_citing_commands(tmp_path: Path, text: str, expected: str) -> None:
    """The commands of LaTeX, natbib, biblatex, apacite, harvard, amsrefs and abntex2cite."""
    assert keys(tmp_path, text) == tuple(expected.split())


@pytest.mark.parametrize(
    "text",
    [
        r"% \cite{no}",
        r"\verb|\cite{no}| and \verb*+\cite{no}+ and \lstinline!\cite{no}!",
        r"\begin{verbatim}\cite{no}\end{verbatim}",
        "\\begin{comment}\n\\cite{no}\n\\end{comment}",
        "\\begin{lstlisting}[language=TeX]\n\\cite{no}\n\\end{lstlisting}",
        "\\lstnewenvironment{code}{}{}\\begin{code}\\cite{no}\\end{code}",
        r"\iffalse \cite{no} \ifx\a\b \cite{no} \else\fi \cite{no} \fi",
        r"\newcommand{\my}[1]{\cite{#1}}",
        r"\renewcommand{\cite}[1]{\citep{#1}}",
        r"\newcommand\cite[1]{#1} \def\cite#1{(#1)}",
        r"\cite{\key} \\cite{no} \citestyle{authoryear} \citetext{no} \setcitestyle{no}",
        "\\begin{document}\\end{document}\\cite{no}",
        "\\endinput\n\\cite{no}",
        "<<setup, echo=FALSE>>=\nx <- '\\\\cite{no}'\n\\cite{no}\n@\n",
    ],
)
def test_what_is_no_citation(tmp_path: Path, text: str) -> None:
    """Comments, verbatim text, dead branches, definitions, and what follows the end."""
    assert keys(tmp_path, text) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"100\% \cite{a}", "a"),
        (r"\url{https://example.org/a%20b} \cite{a}", "a"),
        (r"\iffalse \cite{no} \else \cite{a} \fi", "a"),
        (r"\let\ifdraft\iffalse \cite{a} \fi", "a"),
        (r"\newif\ifdraft \ifdraft \cite{a} \else \cite{b} \fi \cite{c}", "a b c"),
        (r"$a \iff b$ \iffalse x \fi \cite{a}", "a"),
        (r"\iffalse \ifthenelse{x}{y}{z} \fi \cite{a}", "a"),
        (r"\begin{verbatim} \cite{a}", "a"),
    ],
)
def test_what_is_one_all_the_same(tmp_path: Path, text: str, expected: str) -> None:
    """Percent signs in addresses, live branches, environments without an end."""
    assert keys(tmp_path, text) == tuple(expected.split())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"\newcommand{\my}[1]{\cite{#1}} \my{a,b}", "a b"),
        (r"\newcommand\my[2][]{see~\citep[cf.][#1]{#2}} \my{a} \my[p. 3]{b}", "a b"),
        (r"\newcommand{\poss}[1]{\citeauthor{#1}'s (\citeyear{#1})} \poss{a}", "a"),
        (r"\newcommand{\both}[2]{\cite{#1} and \cite{#2}} \both{a}{b}", "a b"),
        (r"\newcommand{\rfc}[1]{\cite{rfc#1}} \rfc{2119}", "rfc2119"),
        (r"\def\my#1{\cite{#1}} \my{a}", "a"),
        (r"\NewDocumentCommand{\my}{s O{} m}{\cite[#2]{#3}} \my*[1]{a} \my{b}", "a b"),
        (r"\newcommand{\my}{\citep} \my[see]{a}", "a"),
        (r"\let\my\citet \let\your=\my \my{a} \your{b}", "a b"),
        (r"\newcommand{\my}[1]{\cite{#1}} \newcommand{\our}[2]{\my{#2}} \our{x}{a}", "a"),
        (r"\DeclareCiteCommand{\my}{}{}{}{} \my[1][2]{a}", "a"),
        (r"\DeclareMultiCiteCommand{\mys}{\my}{} \mys{a}{b}", "a b"),
        (r"\newcites{pri,sec}{Primary,Secondary} \citepri{a} \citetsec{b} \nocitesec{c}", "a b c"),
        (r"\newcommand{\smith}{\cite{smith1776}} \smith", "smith1776"),
    ],
)
def test_commands_of_the_documents_own(tmp_path: Path, text: str, expected: str) -> None:
    """A command that cites what it is given cites."""
    assert keys(tmp_path, text) == tuple(expected.split())


def test_commands_of_a_package_beside_the_document(tmp_path: Path) -> None:
    """A package of one's own may define citing commands; its own text cites nothing."""
    package = r"\newcommand{\my}[1]{\cite{#1}} \newcommand{\citep}[1]{\cite{wrong#1}}"
    (tmp_path / "mine.sty").write_text(package, encoding="utf-8")
    assert keys(tmp_path, r"\usepackage{amsmath,mine}\my{a}\citep{b}") == ("a", "b")


def test_everything_may_be_cited(tmp_path: Path) -> None:
    r"""``\nocite{*}`` asks for the whole bibliography and is no key."""
    found = citations(tmp_path, r"\cite{a}\nocite{*}")
    assert (found.keys, found.everything) == (("a",), True)


def test_a_bibliography_in_the_document_defines_its_keys(tmp_path: Path) -> None:
    r"""What ``\bibitem`` describes need not be in a list."""
    found = citations(tmp_path, r"\cite{a,b} \bibitem[Smith(1776)]{a} Smith \bibitem{c} Ricardo")
    assert (found.keys, found.defined) == (("a", "b"), frozenset({"a", "c"}))


def test_files_are_read_where_they_are_named(tmp_path: Path) -> None:
    """Inputs are relative to the main file, imports and subfiles to their own folder."""
    (tmp_path / "ch").mkdir()
    (tmp_path / "sub").mkdir()
    (tmp_path / "ch" / "one.tex").write_text(r"\cite{b}\input{ch/two}", encoding="utf-8")
    (tmp_path / "ch" / "two.tex").write_text(r"\my{c}", encoding="utf-8")
    (tmp_path / "part.tex").write_text(r"\cite{wrong}", encoding="utf-8")
    (tmp_path / "sub" / "in.tex").write_text(r"\cite{d}\input{part}", encoding="utf-8")
    (tmp_path / "sub" / "part.tex").write_text(r"\cite{e}", encoding="utf-8")
    (tmp_path / "sub" / "s.tex").write_text(
        "\\documentclass[../paper]{subfiles}\\begin{document}\\cite{f}\\end{document}\\cite{no}",
        encoding="utf-8",
    )
    text = r"""\newcommand{\my}[1]{\cite{#1}}\begin{document}
        \cite{a}\include{ch/one}\import{sub/}{in}\subfile{sub/s}\input ch/two
        \cite{g}\end{document}"""
    assert keys(tmp_path, text) == tuple("abcdefg")


def test_a_missing_input_is_an_error_with_its_place(tmp_path: Path) -> None:
    """LaTeX would stop there, and half a list of citations would mislead."""
    with pytest.raises(SourceError, match=r"paper\.tex:2:8: \\input reads chapters/one"):
        keys(tmp_path, "\\begin{document}\n\\input{chapters/one}")


@pytest.mark.parametrize(
    "text",
    [
        r"\input{glyphtounicode}\begin{document}",
        r"\begin{document}\include{later}",
        r"\begin{document}\InputIfFileExists{x}{}{}\IfFileExists{y}{\input{y}}{}",
        r"\begin{document}\ifdraft\input{notes}\fi",
        r"\begin{document}\ifthenelse{\boolean{a}}{\input{x}}{\input{y}}",
        r"\begin{document}\newcommand{\load}{\input{x}}",
        r"\begin{document}\input{\jobname.inc}\input{figure.pgf}\input{paper.bbl}",
    ],
)
def test_files_that_latex_may_do_without(tmp_path: Path, text: str) -> None:
    """TeX's own files, optional ones, generated ones, and those in branches not taken."""
    assert keys(tmp_path, text + r"\cite{a}") == ("a",)


def test_auxiliary_files(tmp_path: Path) -> None:
    """What LaTeX wrote for BibTeX and biblatex, chapter by chapter; settings are no works."""
    (tmp_path / "ch.aux").write_text("\\citation{c}\n", encoding="utf-8")
    (tmp_path / "paper.aux").write_text(
        "\\relax\n\\citation{a,b}\n\\citation{biblatex-control}\n\\citation{REVTEX42Control}\n"
        "\\@input{ch.aux}\n\\@input{gone.aux}\n\\abx@aux@cite{0}{d}\n\\abx@aux@cite{e}\n"
        "\\bibcite{no}{1}\n",
        encoding="utf-8",
    )
    found = cited_in([str(tmp_path / "paper.aux")])
    assert (found.keys, found.everything) == (tuple("abcde"), False)


def test_the_control_file_of_biber(tmp_path: Path) -> None:
    """The keys of a ``.bcf`` are XML text."""
    text = (
        '<bcf:section number="0"><bcf:citekey order="1">a&amp;b</bcf:citekey>\n'
        '<bcf:citekey order="2" nocite="1">*</bcf:citekey></bcf:section>'
    )
    (tmp_path / "paper.bcf").write_text(text, encoding="utf-8")
    found = cited_in([str(tmp_path / "paper.bcf")])
    assert (found.keys, found.everything) == (("a&b",), True)
