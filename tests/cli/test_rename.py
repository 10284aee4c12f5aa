r"""``compcite rename``: a key changes at every place that names it, in all files or in none."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from compcite.errors import ExitCode

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Compcite

LIST = r"""@string{parent = {old}}
@preamble{"\nocite{old}"}
% old is good
@Article{old, ids = {older, o2}, author = {Neff, K.}, title = {Selves}, year = 2003} % old
@inbook{kid, crossref = parent, xdata = {x, OLD}, note = "see \cite[p. 3]{old,kid}",
  author = {xdata=old-author and Lee, J.}, related = older}
@set{both, entryset = "kid," # parent}
"""
RENAMED = r"""@string{parent = {old}}
@preamble{"\nocite{new1}"}
% old is good
@Article{new1, ids = {older, o2}, author = {Neff, K.}, title = {Selves}, year = 2003} % old
@inbook{kid, crossref = {new1}, xdata = {x, new1}, note = "see \cite[p. 3]{new1,kid}",
  author = {xdata=new1-author and Lee, J.}, related = older}
@set{both, entryset = "kid,new1"}
"""

# Each document with the key to rename in brackets; after the renaming it stands there.
DOCUMENTS = {
    "a.tex": r"""\newcommand{\mine}[2][]{\textcite[#1]{#2}}\newcommand{\fixed}{\cite{[old]}}
\begin{document}\cite{[old]} \autocites(see)[3]{kid}[4]{[old]} \mine[3]{[old]} \nocite{[OLD]}
\citet*{x, [old] ,y} \volcite{2}[3]{[old]} \fullcite{older} \footcite<1>[old]{[old]} %\cite{old}
\verb|\cite{old}| \iffalse \cite{old} \fi \ref{old} \bibitem[old]{ [old] } \end{document}
\cite{old}""",
    "b.md": "---\nnocite: '@[old]'\nreferences:\n- id: [old]\n---\n[see @[old], p. 3; -@[old]] "
    "@{[old]} `@old` me@old.org @Old {cite:p}`[old],kid` \\citep{[old]} <cite data-cite='[old]'>",
    "c.qmd": "@[old]\n\n```{r}\n# @old\n```\n",
    "d.Rmd": "@[old]",
    "e.rst": ":cite:t:`[old],kid` [[old]]_ ``old_`` \n\n.. [[old]] Own.\n",
    "f.typ": '@[old]. #cite(<[old]>) `@old` // @old\n#cite(label("[old]"))',
    "g.Rnw": "<<>>=\nx <- 'old'\n@\n\\citep{[old]}\n",
    "h.org": "[cite/t:see @[old] p. 3;@kid] citep:kid,[old] [[cite:See &[old]]] =cite:old=",
    "i.ipynb": json.dumps(
        {
            "cells": [
                {"cell_type": "markdown", "source": ["é \\citet{[old]}\n", "@[old]"]},
                {"cell_type": "code", "source": ["# @old"]},
            ]
        },
        indent=3,
    ),
}


def unmarked(text: str, key: str | None = None) -> str:
    """A document with the marked keys, or with another key at their places."""
    for old in ("old", "OLD"):
        text = text.replace(f"[{old}]{{", "[=]{").replace(f"[{old}]", key or old)
    return text.replace("[=]", "[old]")


@pytest.fixture
def project(folder: Path) -> Path:
    """A list, and documents of every kind that cite from it; the configuration names them."""
    (folder / "references.bib").write_text(LIST, encoding="utf-8", newline="")
    for name, text in DOCUMENTS.items():
        (folder / name).write_bytes(unmarked(text).encode())
    (folder / "compcite.toml").write_text('cited-in = ["[a-i].*"]', encoding="utf-8")
    return folder


def texts(folder: Path) -> dict[str, str]:
    """The texts of the list and the documents."""
    return {name: (folder / name).read_bytes().decode() for name in ("references.bib", *DOCUMENTS)}


def test_a_key_changes_wherever_it_is_named(compcite: Compcite, project: Path) -> None:
    """In the list, by macros and joined values too, and in every kind of document."""
    result = compcite("rename", "old", "new1")

    assert (result.code, result.out) == (0, "references.bib:4: old -> new1\n")
    assert texts(project) == {
        "references.bib": RENAMED,
        **{name: unmarked(text, "new1") for name, text in DOCUMENTS.items()},
    }
    assert result.err.endswith("Renamed 1 key, and 31 citations in 9 documents.\n")


def test_what_is_left_is_said(compcite: Compcite, project: Path) -> None:
    """A key in comments, verbatim text and branches that TeX skips; another letter case."""
    assert project.is_dir()
    err = compcite("rename", "old", "new1").err

    assert "compcite: b.md:6:51: cites Old, not old, so it stays as it is\n" in err
    assert "compcite: a.tex:3:70, 3:87, 4:13, 4:34, 4:48 and 2 places more: old stands" in err
    assert "compcite: references.bib:1:19: old stands here, but cites nothing; it stays\n" in err


def test_the_difference_is_shown_and_nothing_written(compcite: Compcite, project: Path) -> None:
    """As a patch of all files, with 1."""
    before = texts(project)
    result = compcite("rename", "old", "new1", "--diff")

    assert (result.code, texts(project)) == (1, before)
    assert result.out.count("\n+++ ") == 10
    assert result.err.endswith("Would rename 1 key, and 31 citations in 9 documents.\n")


def test_there_and_back_is_as_before(compcite: Compcite, project: Path) -> None:
    """But for values that macros made, which are written out, and for letter case."""
    compcite("rename", "old", "new1")
    compcite("rename", "new1", "old")

    assert texts(project)["b.md"] == unmarked(DOCUMENTS["b.md"])
    assert texts(project)["i.ipynb"] == unmarked(DOCUMENTS["i.ipynb"])


def test_an_alias_is_renamed_too(compcite: Compcite, project: Path) -> None:
    """The entry keeps its key; citations of the alias follow."""
    compcite("rename", "older", "oldest")
    now = texts(project)

    assert "@Article{old, ids = {oldest, o2}" in now["references.bib"]
    assert "related = {oldest}" in now["references.bib"]
    assert r"\fullcite{oldest}" in now["a.tex"]


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("old",), "compcite rename OLD NEW; or --all"),
        (("old", "x", "--all"), "either two keys, or --all"),
        (("old", "x", "--key-format", "{author}"), "add --all"),
        (("olt", "x"), "no entry has the key olt; did you mean old?"),
        (
            ("old", "KID"),
            "cannot become KID: kid is the key of another entry (references.bib:5)",
        ),
        (("old", "O2"), "old cannot become O2: o2 is the key of another entry"),
        (("old", "a b"), "'a b' cannot be a key"),
        (("old", ""), "'' cannot be a key"),
        (("old", "a/b"), "e.rst:1:20: here a/b would not be read as that key"),
        (("--all", "--key-format", "x"), "no name in braces: a key is made of author, auth"),
        (("--all", "--key-format", "{autor}"), "autor: a key is made of author, auth"),
    ],
)
def test_what_cannot_be_done_is_said(
    compcite: Compcite, project: Path, arguments: tuple[str, ...], reason: str
) -> None:
    """In one sentence, with 2; all files stay."""
    before = texts(project)
    result = compcite("rename", *arguments)

    assert (result.code, reason in result.err) == (ExitCode.COULD_NOT_RUN, True), result.err
    assert texts(project) == before


def test_a_citation_that_a_command_makes_is_not_guessed(compcite: Compcite, project: Path) -> None:
    r"""``\of{d}`` cites old without naming it, so the key stays; ``--all`` goes on with others."""
    paper = r"\newcommand{\of}[1]{\cite{ol#1}} \of{d} \cite{kid}"
    (project / "a.tex").write_text(paper, encoding="utf-8")
    refused = compcite("rename", "old", "new1")
    everything = compcite("rename", "--all", "--key-format", "{author}{year}")

    place = r"a.tex:1:34: \of{d} cites old without naming it, so the key cannot be renamed here"
    assert (refused.code, place in refused.err) == (2, True), refused.err
    assert everything.err.startswith(f"compcite: {place}")
    assert everything.out == "references.bib:5: kid -> neff2003\n"


def test_a_key_that_is_cited_by_its_new_name_already_is_said(
    compcite: Compcite, project: Path
) -> None:
    """One document was changed by hand; now both agree."""
    (project / "d.Rmd").write_text("@new1", encoding="utf-8")
    result = compcite("rename", "old", "new1")

    assert result.code == ExitCode.OK
    assert "d.Rmd:1:2: cites new1, which was no key before; now it is one" in result.err


def test_a_key_is_renamed_in_all_sources(compcite: Compcite, folder: Path) -> None:
    """And in each entry that has it; that is said."""
    for name in ("a.bib", "b.bib"):
        (folder / name).write_text("@misc{one}\n@misc{two}\n", encoding="utf-8")
    result = compcite("rename", "one", "three", "--source", "a.bib", "--source", "b.bib")

    assert (folder / "a.bib").read_text() == (folder / "b.bib").read_text()
    assert result.out == "a.bib:1: one -> three\nb.bib:1: one -> three\n"
    assert "one is the key of 2 entries, all renamed: a.bib:1, b.bib:1" in result.err
    assert "No documents were named" in result.err


def test_letter_case_alone_can_change(compcite: Compcite, references: Path) -> None:
    """The entry is the same."""
    assert compcite("rename", "neff2003self", "Neff2003Self").code == ExitCode.OK
    assert references.read_text(encoding="utf-8").startswith("@article{Neff2003Self,")


def test_ids_of_csl_json_are_renamed(compcite: Compcite, folder: Path) -> None:
    """With the citations in Markdown; other members keep their bytes."""
    path = folder / "r.json"
    path.write_text('[ {"id":"a" , "type":"book"},{"id":7}]', encoding="utf-8")
    (folder / "p.md").write_text("[@a; @7]", encoding="utf-8")
    given = ("--source", "r.json", "--cited-in", "p.md")

    assert compcite("rename", "a", "b", *given).code == ExitCode.OK
    assert compcite("rename", "7", "seven", *given).code == ExitCode.OK
    assert path.read_text(encoding="utf-8") == '[ {"id":"b" , "type":"book"},{"id":"seven"}]'
    assert (folder / "p.md").read_text(encoding="utf-8") == "[@b; @seven]"


def test_files_that_latex_writes_are_left_alone(compcite: Compcite, references: Path) -> None:
    """It writes them anew."""
    aux = references.with_name("p.aux")
    aux.write_text(r"\citation{neff2003self}", encoding="utf-8")
    result = compcite("rename", "neff2003self", "n", "--cited-in", "p.aux")

    assert (result.code, aux.read_text()) == (0, r"\citation{neff2003self}")
    assert "p.aux stays as it is" in result.err


# All keys


SEVERAL = """@book{x1, author = {Neff, Kristin and Au, T. and Lee, C. and Poe, E.}, year = 2003,
  title = {The Self and {Others} in Time}, journaltitle = {Journal of the Self}}
@book{neff2003selfb, author = {Neff, Kristin}, year = 2003, title = {A Self}}
@book{x3, author = {Neff, Kristin}, year = 2003, title = {Self again}}
@xdata{data, author = {Neff, Kristin}}
@misc{nothing}
@book{twice, author = {Doe, J.}}
@book{twice, author = {Doe, J.}}
"""


def keys_of(text: str) -> list[str]:
    """The keys of the entries in a list."""
    return [line.partition("{")[2].partition(",")[0].rstrip("}") for line in text.split("\n@")]


@pytest.mark.parametrize(
    ("form", "first"),
    [
        ("{author}{year}{title}", "neff2003self"),
        ("{Auth}{shortyear}", "Neff03"),
        ("{authors}:{veryshorttitle}", "neffetal:self"),
        ("{Authors}_{ShortTitle}", "NeffEtAl_SelfOthersTime"),
        ("{journal}-{year}", "js-2003"),
    ],
)
def test_all_keys_get_one_form(compcite: Compcite, folder: Path, form: str, first: str) -> None:
    """Entries with one key, sets and stores of fields keep theirs; a second run changes nothing."""
    path = folder / "r.bib"
    path.write_text(SEVERAL, encoding="utf-8")
    result = compcite("rename", "--all", "--key-format", form)
    made = path.read_text(encoding="utf-8")
    again = compcite("rename", "--all", "--key-format", form)

    assert result.code == ExitCode.OK
    assert keys_of(made)[0] == first
    assert keys_of(made)[3:] == ["data", "nothing", "twice", "twice"]
    assert len({key.lower() for key in keys_of(made)}) == 6
    assert (again.code, again.out, path.read_text(encoding="utf-8")) == (0, "", made)
    assert "r.bib:7: 2 entries have the key twice, so it stays" in again.err


def test_a_key_of_the_form_stays_whatever_its_letter(compcite: Compcite, folder: Path) -> None:
    """Also after the list was sorted anew; new letters are free ones."""
    path = folder / "r.bib"
    path.write_text(SEVERAL, encoding="utf-8")
    compcite("rename", "--all")
    made = path.read_text(encoding="utf-8")
    assert keys_of(made)[:3] == ["neff2003self", "neff2003selfb", "neff2003selfa"]

    turned = "\n".join("@" + one for one in reversed(made[1:].split("\n@")))
    path.write_text(turned, encoding="utf-8")
    assert compcite("rename", "--all", "--diff").out == ""


def test_entries_without_a_key_stay_without(compcite: Compcite, folder: Path) -> None:
    """They are counted and named; nothing cites them."""
    path = folder / "r.bib"
    path.write_text("@misc{, title = {A}}\n@misc{x, title = {B}}\n@misc{,}\n", encoding="utf-8")
    result = compcite("rename", "--all")

    assert (result.code, result.out) == (0, "r.bib:2: x -> b\n")
    assert "2 entries without a key cannot be cited or renamed: r.bib:1, r.bib:3\n" in result.err


def test_an_alias_that_is_also_a_key_follows_it(compcite: Compcite, folder: Path) -> None:
    """So a second run changes nothing."""
    path = folder / "r.bib"
    path.write_text("@misc{a, ids={a, b}, title={T}}\n@misc{b, title={T}}\n", encoding="utf-8")
    compcite("rename", "--all")

    assert path.read_text(encoding="utf-8").startswith("@misc{t, ids={t, ta}, title={T}}\n@misc{ta")
    assert compcite("rename", "--all", "--diff").code == ExitCode.OK
