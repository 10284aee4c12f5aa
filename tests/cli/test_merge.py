"""``compcite merge``: entries of one work become one, where that loses nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from compcite.errors import ExitCode

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Compcite

FIRST = (
    "% kept\n@article{a,\n  author = {Au, T.},\n  title = {Compassion-based therapy for shame},\n"
    "  year = 2017\n}\n"
)
LATER = (
    "\n@article{b,\n  author = {Au, T.},\n  title = {Compassion-based therapy for shame},\n"
    "  year = {2017},\n  journal = {Behavior Therapy}\n}\n"
)
ONE = FIRST.replace("2017\n", "2017,\n  journal = {Behavior Therapy},\n  ids = {b}\n")
OTHER = "\n@misc{c, title = {Rocks of Wales}}\n"


@pytest.fixture
def refs(folder: Path) -> Path:
    """A list in which two entries are one work."""
    path = folder / "references.bib"
    path.write_text(FIRST + LATER + OTHER, encoding="utf-8")
    return path


def text_of(path: Path) -> str:
    """The text of a file."""
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("keys", [(), ("b", "a")])
def test_the_first_entry_gets_what_only_a_later_one_says(
    compcite: Compcite, refs: Path, keys: tuple[str, ...]
) -> None:
    """The later key is its alias; a second run has nothing to do."""
    result = compcite("merge", *keys)

    assert (result.code, result.out) == (ExitCode.OK, "b is now a\n")
    assert result.err.startswith("Merged 1 entry into others. biblatex finds the old keys in ids;")
    assert text_of(refs) == ONE + OTHER
    assert compcite("merge").err == "Nothing to merge.\n"


def test_citations_of_the_later_key_get_the_first_one(
    compcite: Compcite, folder: Path, refs: Path
) -> None:
    """In all documents, together with the list; --diff shows both and writes nothing."""
    paper = folder / "paper.tex"
    paper.write_text(r"\cite{b,c} and \textcite[see][]{a}", encoding="utf-8")
    shown = compcite("merge", "--cited-in", "paper.tex", "--diff")
    assert (shown.code, text_of(refs)) == (ExitCode.FINDINGS, FIRST + LATER + OTHER)
    assert r"+\cite{a,c} and" in shown.out

    result = compcite("merge", "--cited-in", "paper.tex")
    assert result.err == "Merged 1 entry into others. 1 citation got their keys.\n"
    assert (text_of(refs), text_of(paper)) == (ONE + OTHER, r"\cite{a,c} and \textcite[see][]{a}")


def test_a_field_in_which_two_entries_differ_stands_in_the_way(
    compcite: Compcite, refs: Path
) -> None:
    """Both values are named, and the command that makes them alike; both entries stay."""
    text = (FIRST + LATER).replace("2017\n", "2017,\n  journal = {Behav. Ther.}\n")
    refs.write_text(text, encoding="utf-8")
    result = compcite("merge")

    assert (result.code, text_of(refs)) == (ExitCode.FINDINGS, text)
    assert result.err == (
        "compcite: references.bib:9: b and references.bib:2: a are not merged: "
        "they differ in journal\n"
        "  journal: Behav. Ther. in a, Behavior Therapy in b\n"
        "    compcite edit b 'journal=Behav. Ther.' takes the first\n"
        "Nothing was merged.\n"
    )


@pytest.mark.parametrize(
    ("later", "why"),
    [
        (
            LATER.replace("@", "% seen\n@"),
            "the comment in line 8 may be about b; move or delete the comment",
        ),
        (
            LATER.rstrip() + " % seen\n",
            "the comment in line 13 may be about b; move or delete the comment",
        ),
        (LATER + "@misc{d, note = {see b}}\n", "the key b also stands in line 14; change it there"),
        (
            LATER.replace("{2017}", "{2017}, xref = {d}"),
            (
                "b refers to another entry in its field xref; write here what it takes from there, "
                "and remove the field"
            ),
        ),
        (
            LATER.replace("{2017}", "{2017}, compcite = {ignore year-mismatch}"),
            "b would lose its field compcite, which holds ignores; move or remove it",
        ),
        (
            LATER.replace("{2017},", "{2017}, % seen"),
            "in line 11, a comment or something unreadable stands in b; take it out of the entry",
        ),
    ],
)
def test_what_else_stands_in_the_way_is_said_with_a_way_on(
    compcite: Compcite, refs: Path, later: str, why: str
) -> None:
    """The place is named, and what to do; both entries stay."""
    refs.write_text(FIRST + later, encoding="utf-8")
    result = compcite("merge", "a", "b")

    assert (result.code, text_of(refs)) == (ExitCode.FINDINGS, FIRST + later)
    assert result.err.splitlines()[-2].endswith(f" are not merged: {why}")


def test_entries_of_two_files_stay_two(compcite: Compcite, refs: Path) -> None:
    """With and without their keys, that is said."""
    refs.write_text(FIRST, encoding="utf-8")
    other = refs.with_name("other.bib")
    other.write_text(LATER, encoding="utf-8")
    files = ("--source", "references.bib", "--source", "other.bib")
    assert "they stand in different files" in compcite("merge", *files).err
    assert "only entries of one source are merged" in compcite("merge", "a", "b", *files).err
    assert (text_of(refs), text_of(other)) == (FIRST, LATER)


@pytest.mark.usefixtures("refs")
def test_two_keys_are_wanted_or_none(compcite: Compcite) -> None:
    """Of two entries; a file in the place of a key is answered with the option to use."""
    assert "a file is named with --source" in compcite("merge", "references.bib").err
    assert compcite("merge", "a").code == ExitCode.COULD_NOT_RUN
    assert compcite("merge", "a", "A").err == "compcite: a and A are keys of one entry already\n"
