"""``compcite tidy``: written in place, shown as a patch, or only checked."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Compcite

UNTIDY = '@Misc{b, title = "B"}\n@Misc{a, title = {A}}\n'
TIDY = "@misc{b,\n  title = {B},\n}\n\n@misc{a,\n  title = {A},\n}\n"
SORTED = "@misc{a,\n  title = {A},\n}\n\n@misc{b,\n  title = {B},\n}\n"


def test_files_are_laid_out_in_place(compcite: Compcite, folder: Path) -> None:
    """A second run says that nothing is left to do."""
    (folder / "refs.bib").write_text(UNTIDY, encoding="utf-8")
    first, second = compcite("tidy"), compcite("tidy")

    assert (first.code, first.out, first.err) == (0, "", "Tidied 1 of 1 source.\n")
    assert (second.code, second.out, second.err) == (0, "", "Nothing to tidy.\n")
    assert (folder / "refs.bib").read_text(encoding="utf-8") == TIDY


def test_check_and_diff_write_nothing_and_agree(compcite: Compcite, folder: Path) -> None:
    """``--check`` names the files, ``--diff`` shows the lines; both end with 1."""
    (folder / "a.bib").write_text(TIDY, encoding="utf-8")
    (folder / "b.bib").write_text(UNTIDY, encoding="utf-8")
    check, diff = compcite("tidy", "a.bib", "b.bib", "--check"), compcite("tidy", "b.bib", "--diff")
    clean = [compcite("tidy", "a.bib", option).code for option in ("--check", "--diff")]

    assert (check.code, check.out, check.err) == (1, "b.bib\n", "Would tidy 1 of 2 sources.\n")
    assert (diff.code, diff.out.splitlines()[:2]) == (1, ["--- b.bib", "+++ b.bib"])
    assert compcite("tidy", "b.bib", "--check", "--diff").out == diff.out
    assert clean == [0, 0]
    assert (folder / "b.bib").read_text(encoding="utf-8") == UNTIDY


@pytest.mark.parametrize("text", [UNTIDY, TIDY])
def test_standard_input_goes_to_standard_output(
    compcite: Compcite, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    """Laid out or not: what comes through a pipe goes on."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))

    assert compcite("tidy", "-").out == TIDY


def test_the_configuration_has_the_same_choices(compcite: Compcite, folder: Path) -> None:
    """The command line overrides it; ``none`` takes an order back."""
    settings = '[tidy]\nsort = ["key"]\nindent = 4\ntrailing-comma = false\n'
    (folder / "compcite.toml").write_text(settings, encoding="utf-8")
    refs = folder / "refs.bib"
    refs.write_text(UNTIDY, encoding="utf-8")
    compcite("tidy", "--indent", "2", "--trailing-comma")

    assert refs.read_text(encoding="utf-8") == SORTED
    refs.write_text(UNTIDY, encoding="utf-8")
    compcite("tidy", "--sort", "none")
    assert refs.read_text(encoding="utf-8") == (
        "@misc{b,\n    title = {B}\n}\n\n@misc{a,\n    title = {A}\n}\n"
    )


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--sort", "yaer"], "no entry has a field yaer; did you mean year?"),
        (["--order", "titel,author"], "no entry has a field titel; did you mean title?"),
        (["--indent", "wide"], "--indent takes a whole number from 0 to 200 or tab, not 'wide'"),
        (["--wrap", "5"], "--wrap takes a whole number from 20 to 10000 or one-line or keep, "),
        (["--delimiters", "none"], "--delimiters takes one of braces, quotes, keep, not 'none'"),
        (["refs.json"], "refs.json: only .bib files can be laid out"),
    ],
)
def test_what_makes_no_sense_is_said(
    compcite: Compcite, folder: Path, arguments: list[str], expected: str
) -> None:
    """In one sentence, and nothing is written."""
    (folder / "refs.bib").write_text(UNTIDY, encoding="utf-8")
    (folder / "refs.json").write_text("[]", encoding="utf-8")
    result = compcite("tidy", *arguments)

    assert (result.code, result.err[: len("compcite: " + expected)]) == (2, "compcite: " + expected)
    assert (folder / "refs.bib").read_text(encoding="utf-8") == UNTIDY


def test_blocks_that_keep_every_byte_are_named(compcite: Compcite, folder: Path) -> None:
    """By their lines in the file as it is after the run, at most five of them."""
    odd = "@misc{two words, title={A}}\n"
    (folder / "refs.bib").write_text(UNTIDY + odd, encoding="utf-8")
    check = compcite("tidy", "--check")
    first = compcite("tidy")
    (folder / "refs.bib").write_text(odd * 7, encoding="utf-8")
    second = compcite("tidy")
    why = "every byte, since BibTeX would complain there: line"

    assert check.err.splitlines()[0] == f"compcite: refs.bib: a block keeps {why} 3"
    assert first.err.splitlines() == [
        f"compcite: refs.bib: a block keeps {why} 9",
        "Tidied 1 of 1 source.",
    ]
    assert f"compcite: refs.bib: 7 blocks keep {why} 1, 3, 5, 7, 9 and 2 more\n" in second.err


def test_all_files_are_written_or_none(compcite: Compcite, folder: Path) -> None:
    """The second file is a list of the wrong kind, so the first one stays, too."""
    (folder / "a.bib").write_text(UNTIDY, encoding="utf-8")

    assert compcite("tidy", "a.bib", "missing.bib").code == 2
    assert (folder / "a.bib").read_text(encoding="utf-8") == UNTIDY
