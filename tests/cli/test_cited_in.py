"""``--cited-in`` and ``--require-verified``: a paper beside its list, over real sockets."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from compcite.errors import ExitCode
from tests.registry_server import Fault, Service

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Compcite
    from tests.registry_server import RegistryServer

NEFF = "10.1080/15298860309032"
RECORD = {
    "title": ["Self-Compassion: An Alternative Conceptualization"],
    "author": [{"family": "Neff", "given": "Kristin D."}],
    "container-title": ["Self and Identity"],
    "issued": {"date-parts": [[2003]]},
}
OTHER = {
    "title": ["Percolation thresholds of hexagonal lattices"],
    "author": [{"family": "Ortega", "given": "Luis"}],
    "issued": {"date-parts": [[1987]]},
}
LIST = """@article{neff2003self,
  author = {Neff, Kristin D.},
  title = {Self-Compassion: An Alternative Conceptualization},
  journal = {Self and Identity},
  year = 2003,
  doi = {10.1080/15298860309032}
}
@article{unused,
  author = {Nobody, N.}, title = {Of no use to anybody}, journal = {J}, year = 1999,
  doi = {10.9999/none}
}
@inbook{child, author = {Doe, Jane}, title = {A chapter}, crossref = {parent}}
@book{parent, editor = {Roe, R.}, title = {The book}, year = 2001, publisher = {P}}
"""
PAPER = "\\documentclass{article}\n\\begin{document}\nAs \\cite{neff2003self}.\n\\input{more}\n"


@pytest.fixture
def paper(folder: Path) -> Path:
    """A paper in two files, beside its list."""
    (folder / "references.bib").write_text(LIST, encoding="utf-8")
    (folder / "paper.tex").write_text(PAPER, encoding="utf-8")
    (folder / "more.tex").write_text("More by \\citet{neff2003self}.\n", encoding="utf-8")
    return folder


@pytest.fixture
def registries(registries: RegistryServer) -> RegistryServer:
    """The registries' stand-in, which knows the cited work."""
    registries.add_work(NEFF, **RECORD)
    return registries


def rules(report: str) -> list[tuple[str, int, list[str]]]:
    """Source, line and rules of each entry of a JSON report."""
    return [
        (entry["source"], entry["line"], [finding["rule"] for finding in entry["findings"]])
        for entry in json.loads(report)["entries"]
    ]


@pytest.mark.usefixtures("paper")
def test_only_cited_entries_are_asked_about(compcite: Compcite, registries: RegistryServer) -> None:
    """A DOI that nobody cites costs no request and fails nothing."""
    result = compcite("verify-dois", "--cited-in", "paper.tex", "--report", "json")

    assert (result.code, result.err) == (ExitCode.OK, "")
    assert [line[2] for line in rules(result.out)] == [[], *[["entry-uncited"]] * 3]
    assert [target for target in registries.asked if "9999" in str(target)] == []


@pytest.mark.usefixtures("registries")
def test_an_undefined_citation_fails_the_run_on_its_line(compcite: Compcite, paper: Path) -> None:
    """It is found in an included file, also by ``check``."""
    (paper / "more.tex").write_text("First.\nThen \\cite{neff2003slef}.\n", encoding="utf-8")
    for command in ("verify-dois", "check"):
        result = compcite(command, "--cited-in", "paper.tex", "--report", "json", "--select", "L7")

        assert result.code == ExitCode.FINDINGS
        assert rules(result.out)[-1] == ("more.tex", 2, ["citation-undefined"])


@pytest.mark.usefixtures("paper")
def test_the_text_says_what_is_not_cited(compcite: Compcite) -> None:
    """In words of its own, not as what could not be checked."""
    result = compcite("check", "--cited-in", "paper.tex")

    assert "── unused · not cited · https://doi.org/10.9999/none\n" in result.out
    assert "3 not cited" in result.out


def test_several_documents_and_patterns(compcite: Compcite, paper: Path) -> None:
    """The option is repeatable, and a pattern in quotes needs no shell."""
    (paper / "note.md").write_text("See [@unused].\n", encoding="utf-8")
    (paper / "talk.ipynb").write_text(
        json.dumps({"cells": [{"cell_type": "markdown", "source": "[@child]"}]}), encoding="utf-8"
    )
    options = ("--cited-in", "p*.tex", "--cited-in", "note.md", "--cited-in", "talk.ipynb")
    result = compcite("list", "--format", "keys", *options)

    assert (result.code, result.out) == (0, "neff2003self\nunused\nchild\n")


@pytest.mark.usefixtures("paper")
@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--cited-in", "gone.tex"), "gone.tex: cannot be read"),
        (("--cited-in", "*.md"), "*.md: no file has a name of this pattern"),
        (("--cited-in", "."), "--cited-in .: is a folder; name the documents in it"),
        (("--cited-in", "references.bib"), "references.bib: no document that citations are"),
        (("-", "--cited-in", "-"), "standard input is either a source or a document, not both"),
    ],
)
def test_what_is_no_document_ends_with_two(
    compcite: Compcite, arguments: tuple[str, ...], sentence: str
) -> None:
    """One sentence says what is wrong."""
    result = compcite("check", *arguments)

    assert (result.code, result.err.count("\n")) == (ExitCode.COULD_NOT_RUN, 1)
    assert sentence in result.err


def test_a_bibliography_has_what_is_cited_and_no_parents(compcite: Compcite, paper: Path) -> None:
    """The child says all that it takes over; the undefined key is named."""
    (paper / "more.tex").write_text("\\cite{child,absent}", encoding="utf-8")
    result = compcite("export", "--cited-in", "paper.tex")

    assert result.code == ExitCode.OK
    assert [line[:4] for line in result.out.splitlines()] == ["Doe,", "Neff"]
    assert result.err == "compcite: more.tex:1:13: no entry has the key absent\n"
    assert compcite("export", "--cited-in", "paper.tex", "--strict").code == ExitCode.FINDINGS


def test_bibtex_keeps_the_parents_of_what_is_cited(compcite: Compcite, paper: Path) -> None:
    """Behind their children, as BibTeX asks."""
    (paper / "more.tex").write_text("\\cite{child}", encoding="utf-8")
    result = compcite("export", "--cited-in", "paper.tex", "--format", "bibtex")

    keys = [line.split("{")[1].split(",")[0] for line in result.out.splitlines() if "@" in line]
    assert keys == ["neff2003self", "child", "parent"]


def test_what_describes_no_work_is_in_no_bibliography(compcite: Compcite, paper: Path) -> None:
    """``@xdata`` and ``@set`` stay in BibTeX."""
    text = "@xdata{x, publisher = {P}}\n@book{b, title = {T}, year = 2001, xdata = {x}}\n"
    (paper / "references.bib").write_text(text, encoding="utf-8")

    assert compcite("export").out == "T. (2001). P.\n"
    assert "@xdata{x" in compcite("export", "--format", "bibtex").out
    assert "{x," not in compcite("export", "--format", "biblatex").out


@pytest.mark.usefixtures("paper", "registries")
def test_a_verified_bibliography_is_written(compcite: Compcite) -> None:
    """What is not exported need not be verified."""
    result = compcite("export", "--cited-in", "paper.tex", "--require-verified")

    assert (result.code, result.out[:4]) == (ExitCode.OK, "Neff")


def test_nothing_unverified_is_written(
    compcite: Compcite, paper: Path, registries: RegistryServer
) -> None:
    """Another work's DOI and none at all: 1, each named, and no file is touched."""
    registries.add_work(NEFF, **OTHER)
    (paper / "more.tex").write_text("\\cite{child}", encoding="utf-8")
    (paper / "out.txt").write_text("as it was", encoding="utf-8")
    result = compcite(
        "export", "--cited-in", "paper.tex", "--require-verified", "--output", "out.txt"
    )

    assert (result.code, result.out) == (ExitCode.FINDINGS, "")
    assert result.err == (
        f"compcite: references.bib:1:1: neff2003self: {NEFF} is registered for another work\n"
        "compcite: references.bib:12:1: child: there is no DOI by which to verify it\n"
        "compcite: nothing was written, for not every entry is verified\n"
    )
    assert (paper / "out.txt").read_text(encoding="utf-8") == "as it was"
    assert [target for target in registries.asked if "query" in str(target)] == []


@pytest.mark.usefixtures("paper")
def test_an_outage_ends_a_verified_export_with_three(
    compcite: Compcite, registries: RegistryServer
) -> None:
    """It says nothing about the entry; what was kept from before suffices."""
    options = ("export", "--cited-in", "paper.tex", "--require-verified")
    for service in Service:
        registries.fails(service, Fault.ERROR)
    result = compcite(*options)
    registries.recovers()

    assert (result.code, result.out) == (ExitCode.UNVERIFIED, "")
    assert f"{NEFF} could not be checked" in result.err
    assert compcite(*options).code == ExitCode.OK
    assert compcite(*options, "--offline").code == ExitCode.OK


def test_documents_are_sources_beside_lists(
    compcite: Compcite, paper: Path, registries: RegistryServer
) -> None:
    """A DOI in prose is verified, repeats nothing, and is not uncited."""
    registries.add_work("10.1000/x", **OTHER)
    text = f"Cites [@neff2003self], https://doi.org/{NEFF}, doi:10.1000/x and doi:10.9999/gone.\n"
    (paper / "note.md").write_text(text, encoding="utf-8")
    options = ("references.bib", "note.md", "--cited-in", "note.md", "--ignore", "entry-uncited")
    result = compcite("verify-dois", *options, "--report", "json")

    assert result.code == ExitCode.FINDINGS
    assert [found for _, _, found in rules(result.out)] == [
        *[[]] * 6,
        ["doi-not-registered"],
    ]


@pytest.mark.usefixtures("paper")
def test_what_is_not_cited_needs_its_ignore_still(compcite: Compcite, paper: Path) -> None:
    """An ignore beside an entry that was not judged is not called needless."""
    listed = LIST.replace(
        "@article{unused", "% compcite: ignore[doi-missing] so be it\n@book{unused"
    )
    (paper / "references.bib").write_text(
        listed.replace("  doi = {10.9999/none}\n", ""), encoding="utf-8"
    )

    assert compcite("check", "--cited-in", "paper.tex").err == ""
