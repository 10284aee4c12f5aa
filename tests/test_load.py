"""Loading: files, folders, patterns and links as sources."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest

from compcite.errors import SourceError
from compcite.verbs.load import find_files, load_library

ENTRY = "@book{%s, title = {T}}\n"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with lists at several depths, and some that are not its own."""
    for name in (
        "refs.bib",
        "chapters/one.bib",
        "chapters/two.BIB",
        "chapters/deep/three.bib",
        "chapters/notes.txt",
        ".git/hidden.bib",
        "chapters/.draft.bib",
        "env/lib/foreign.bib",
        "node_modules/pack/foreign.bib",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(ENTRY % path.stem, encoding="utf-8")
    (tmp_path / "env" / "pyvenv.cfg").touch()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def named(*names: str) -> list[str]:
    """The files that names mean, with forward slashes."""
    return [Path(name).as_posix() for name in find_files(names)]


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (".", ["refs.bib", "chapters/one.bib", "chapters/two.BIB", "chapters/deep/three.bib"]),
        ("chapters/", ["chapters/one.bib", "chapters/two.BIB", "chapters/deep/three.bib"]),
        ("*.bib", ["refs.bib"]),
        ("chapters/*.bib", ["chapters/one.bib"]),
        ("chapters/**/*.bib", ["chapters/deep/three.bib", "chapters/one.bib"]),
        ("chapters/[no]*", ["chapters/notes.txt", "chapters/one.bib"]),
        ("refs.bib", ["refs.bib"]),
        ("-", ["-"]),
    ],
)
def test_what_a_name_means(name: str, expected: list[str]) -> None:
    """A folder is its own .bib files, a pattern the files of such names, both in order."""
    assert named(name) == expected


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("*.ris", r"\*\.ris: no file has a name of this pattern"),
        ("env/lib/empty", "env/lib/empty: there is no .bib file in this folder or below it"),
    ],
)
def test_a_name_that_means_nothing_is_an_error(name: str, message: str) -> None:
    """Nothing is silently left unchecked."""
    Path("env/lib/empty").mkdir()
    with pytest.raises(SourceError, match=message):
        find_files([name])


def test_a_missing_file_is_an_error(project: Path) -> None:
    """What cannot be read is named."""
    with pytest.raises(SourceError, match=r"gone\.bib: cannot be read"):
        load_library([str(project / "gone.bib")])


def test_a_file_with_a_strange_name_is_no_pattern(project: Path) -> None:
    """A file of that very name comes before what a pattern could mean."""
    (project / "refs[1].bib").touch()
    assert named("refs[1].bib") == ["refs[1].bib"]


def test_a_file_is_read_once_by_whatever_name(project: Path) -> None:
    """The first name counts."""
    (project / "link.bib").symlink_to("refs.bib")
    os.link(project / "refs.bib", project / "hard.bib")
    names = ("refs.bib", "./refs.bib", str(project / "refs.bib"), "link.bib", "hard.bib", "-", "-")
    assert named(*names) == ["refs.bib", "-"]


def test_sources_keep_their_order(project: Path) -> None:
    """Entries come source by source, as these are named."""
    assert project.is_dir()
    library = load_library(["chapters/deep", "refs.bib", "chapters"])
    assert [entry.key for entry in library.entries] == ["three", "refs", "one", "two"]


def test_a_text_in_the_place_of_standard_input_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """A program, or a test, may have put it there."""
    monkeypatch.setattr("sys.stdin", io.StringIO("@misc{é, title = {Ü}}"))

    assert [entry.title for entry in load_library(["-"]).entries] == ["Ü"]
