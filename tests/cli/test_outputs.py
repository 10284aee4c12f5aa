"""Outputs: a file that a run has read is never written over."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Compcite


@pytest.mark.parametrize(
    "command",
    [
        ("export", "references.bib", "-o", "references.bib"),
        ("export", "references.bib", "-o", "./references.bib"),
        ("export", "references.bib", "-o", "linked.bib"),
        ("export", "references.bib", "--cited-in", "paper.tex", "-o", "paper.tex"),
        ("convert", "references.bib", "--to", "csl-json", "-o", "references.bib"),
        ("check", "references.bib", "--fix", "-o", "references.bib"),
        ("check", "references.bib", "--report", "json=references.bib"),
        ("check", "references.bib", "--write-baseline", "references.bib"),
        ("check", "references.bib", "--cited-in", "paper.tex", "--report", "html=paper.tex"),
        ("verify-dois", "references.bib", "--offline", "--output", "references.bib"),
        ("verify-dois", "references.bib", "--lock", "references.bib"),
        ("lock", "references.bib", "--lock", "references.bib"),
    ],
)
def test_what_was_read_is_not_written_over(
    command: tuple[str, ...], compcite: Compcite, references: Path
) -> None:
    """Whatever it is called; nothing is asked, and nothing is changed."""
    (references.parent / "linked.bib").symlink_to(references)
    paper = references.parent / "paper.tex"
    paper.write_text("\\cite{neff2003self}", encoding="utf-8")
    before = references.read_bytes(), paper.read_bytes()

    result = compcite(*command)

    assert (result.code, result.out) == (2, "")
    assert "was read as a source" in result.err
    assert (references.read_bytes(), paper.read_bytes()) == before


def test_another_file_is_written(compcite: Compcite, references: Path) -> None:
    """Also where it is there already."""
    other = references.with_name("other.bib")
    other.write_text("old", encoding="utf-8")

    assert compcite("export", "references.bib", "--format", "bibtex", "-o", "other.bib").code == 0
    assert "neff2003self" in other.read_text(encoding="utf-8")


def test_quietly_there_are_findings_only(compcite: Compcite, references: Path) -> None:
    """No summary, neither of the findings nor of the fixes."""
    text = references.read_text(encoding="utf-8").replace("85--101", "pp. 85--101")
    references.write_text(text, encoding="utf-8")
    found = compcite("check", "--select", "pages-malformed", "--quiet")
    fixed = compcite("check", "--select", "pages-malformed", "--quiet", "--fix")

    assert "pages-malformed" in found.out
    assert "Checked" not in found.out
    assert fixed.out == ""
    assert fixed.err.splitlines() == [
        "compcite: references.bib:8:3: pages-malformed: fixed: Write 85--101"
    ]


def test_concisely_a_finding_is_a_line(compcite: Compcite, references: Path) -> None:
    """And there are no other lines."""
    assert references.exists()
    result = compcite("check", "--select", "doi-missing", "--report", "concise")

    assert [line.split(" [")[0] for line in result.out.splitlines()] == [
        "references.bib:12:10: D300 doi-missing"
    ]


@pytest.mark.parametrize(
    "options",
    [
        ("--report", "json=found.txt", "--report", "sarif=found.txt"),
        ("--report", "json=found.txt", "--output", "found.txt"),
    ],
)
def test_two_reports_never_go_to_one_file(
    options: tuple[str, ...], compcite: Compcite, references: Path
) -> None:
    """The second would replace the first."""
    result = compcite("check", "references.bib", *options)

    assert result.code == 2
    assert "two reports go to found.txt" in result.err
    assert not (references.parent / "found.txt").exists()
