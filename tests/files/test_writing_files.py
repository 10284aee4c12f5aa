"""Several files are written all or none: after a kill, after an error, beside another run."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import signal
import subprocess
import sys
from contextvars import Context
from pathlib import Path

import pytest

from compcite.errors import SourceError
from compcite.files import folder_lock
from compcite.files.atomic import write_file, write_files
from compcite.files.decoding import read_source
from compcite.files.folder_lock import alone_in, turn_in
from compcite.files.sources import Changed, write_sources
from compcite.files.unfinished import finish_stopped_run, has_unfinished

NAMES = ("a.bib", "chapters/b.tex", "chapters/c.md", "d.typ")

# A run that kills itself before its n-th change of a name or removal of a file.
KILLED = """
import os, signal, sys
from pathlib import Path
from compcite.files.atomic import write_files
left = int(sys.argv[1])
def counted(function):
    def call(self, *arguments):
        global left
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return function(self, *arguments)
    return call
Path.replace, Path.unlink = counted(Path.replace), counted(Path.unlink)
write_files([(Path(name), b"new") for name in sys.argv[2:]])
"""
AFTER_ONE = 3  # a list for each of two folders, one file


def kill(files: list[Path], step: int) -> None:
    """Write the files in a run that is killed at this step."""
    run = [sys.executable, "-c", KILLED, str(step), *map(str, files)]
    assert subprocess.run(run, check=False).returncode == -signal.SIGKILL


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Four files with old content, in two folders."""
    paths = [tmp_path / "tree" / name for name in NAMES]
    paths[1].parent.mkdir(parents=True)
    for path in paths:
        path.write_bytes(b"old")
    return paths


def contents(files: list[Path]) -> set[bytes]:
    """The contents that these files have."""
    return {path.read_bytes() for path in files}


def sha256(data: bytes) -> str:
    """The digest by which a list tells that a file is as it was."""
    return hashlib.sha256(data).hexdigest()


def beside(files: list[Path]) -> list[str]:
    """What else is in their folders."""
    folders = {path.parent for path in files}
    there = {one for folder in folders for one in folder.iterdir() if one.is_file()}
    return sorted(one.name for one in there - set(files))


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
@pytest.mark.parametrize("step", range(12))
def test_a_killed_run_has_changed_nothing_or_is_finished_by_the_next(
    files: list[Path], step: int
) -> None:
    """Whatever the moment, then all are old or all are new, and no temporary file stays."""
    kill(files, step)
    finish_stopped_run([files[0].parent, files[1].parent])
    finished = contents(files)
    write_files([(path, b"last") for path in files])

    assert finished in ({b"old"}, {b"new"})
    assert (contents(files), beside(files)) == ({b"last"}, [])


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
@pytest.mark.parametrize("folder", ["", "chapters"])
def test_the_list_is_found_from_each_folder(files: list[Path], folder: str) -> None:
    """Also where the whole tree has been moved since."""
    kill(files, AFTER_ONE)
    assert contents(files) == {b"old", b"new"}
    moved = files[0].parent.rename(files[0].parent.with_name("moved"))
    finish_stopped_run([moved / folder])

    assert contents([moved / name for name in NAMES]) == {b"new"}


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
def test_a_file_that_was_edited_since_is_not_overwritten(files: list[Path]) -> None:
    """The error names the file, where its other content is, and what to delete."""
    kill(files, AFTER_ONE)
    files[3].write_bytes(b"mine")
    with pytest.raises(SourceError, match=r"d\.typ: has changed since .* a\.bib, b\.tex, c\.md"):
        finish_stopped_run([files[0].parent])

    assert files[3].read_bytes() == b"mine"


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
def test_sources_read_before_are_not_written_over_a_finished_run(files: list[Path]) -> None:
    """What was read is no longer what is there, so nothing else is written."""
    source = read_source(str(files[3]))
    kill(files, AFTER_ONE)
    with pytest.raises(SourceError, match=r"now .*d\.typ are written too.*run compcite again"):
        write_sources([Changed(source, source.with_text("mine"))])

    assert contents(files) == {b"new"}


def test_where_one_file_cannot_be_renamed_the_others_are_as_before(
    files: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that another program has open cannot be replaced on Windows."""
    replace = Path.replace

    def refuse(self: Path, target: Path) -> Path:
        if target == files[2]:
            raise PermissionError(13, "in use")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", refuse)
    new = files[0].with_name("new.bib")
    with pytest.raises(SourceError, match=r"c\.md: cannot be written: in use"):
        write_files([(path, b"new") for path in [new, *files]])

    assert (contents(files), beside(files)) == ({b"old"}, [])


def test_a_single_file_needs_no_list(files: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """Its renaming happens or does not."""
    monkeypatch.setattr("compcite.files.atomic.announce", lambda _: pytest.fail("a list"))
    write_file(files[0], b"new")

    assert files[0].read_bytes() == b"new"


def test_a_list_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    """It is never passed over: files may be half written."""
    (tmp_path / ".compcite-unfinished.json").write_text("[1]", encoding="utf-8")
    with pytest.raises(SourceError, match="cannot be read"):
        finish_stopped_run([tmp_path])

    assert has_unfinished(tmp_path)


@pytest.mark.parametrize(
    "row",
    [
        {"target": "../x", "staged": ".compcite-a.tmp", "before": ""},
        {"target": "x", "staged": "a.tmp", "before": ""},
    ],
)
def test_a_list_from_elsewhere_moves_no_file(tmp_path: Path, row: dict[str, str]) -> None:
    """In somebody else's folder it could replace a file of one's own."""
    for name in (".compcite-a.tmp", "a.tmp"):
        (tmp_path / name).write_text("evil", encoding="utf-8")
    (tmp_path / ".compcite-unfinished.json").write_text(json.dumps({"files": [row]}))
    with pytest.raises(SourceError, match="was not written by compcite"):
        finish_stopped_run([tmp_path])

    assert not (tmp_path / row["target"]).exists()


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
def test_a_strangers_list_leaves_the_list_of_another_folder(files: list[Path]) -> None:
    """It names the files of a folder in which a run of one's own was stopped: nothing is moved."""
    kill(files, AFTER_ONE)
    own = files[0].with_name(".compcite-unfinished.json")
    before = {path: path.read_bytes() for path in [own, *files]}
    strange = files[0].parent.with_name("strange")
    strange.mkdir()
    (strange / "x").write_bytes(b"old")
    (strange / ".compcite-b.tmp").write_bytes(b"evil")
    mine, gone = ("x", ".compcite-b.tmp"), ("../tree/d.typ", "../tree/.compcite-gone.tmp")
    real = [("../tree/d.typ", f"../tree/{one.name}") for one in own.parent.glob(".compcite-*.tmp")]
    for rows in ([mine, gone], [gone], [*real], [mine, *real], [("x", ".compcite-a.tmp"), gone]):
        listed = [{"target": to, "staged": of, "before": sha256(b"old")} for to, of in rows]
        (strange / own.name).write_text(json.dumps({"files": listed}), encoding="utf-8")
        with contextlib.suppress(SourceError):
            finish_stopped_run([strange])

        assert {path: path.read_bytes() for path in before} == before


@pytest.mark.skipif(sys.platform == "win32", reason="pipes with names")
def test_a_list_that_names_a_pipe_as_folder_is_not_waited_for(tmp_path: Path) -> None:
    """To open a pipe would take until somebody writes to it."""
    os.mkfifo(tmp_path / "pipe")
    rows = [
        {"target": f"{folder}x", "staged": f"{folder}.compcite-a.tmp", "before": ""}
        for folder in ("", "pipe/")
    ]
    (tmp_path / ".compcite-a.tmp").write_text("evil", encoding="utf-8")
    (tmp_path / ".compcite-unfinished.json").write_text(json.dumps({"files": rows}))
    with pytest.raises(SourceError, match="was not written by compcite"):
        finish_stopped_run([tmp_path])

    assert not (tmp_path / "x").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="links")
def test_a_link_with_the_name_of_a_draft_is_not_written_through(files: list[Path]) -> None:
    """The list is written into a file that is new, not into one that a stranger has prepared."""
    mine = files[0].parent.with_name("mine")
    mine.write_bytes(b"mine")
    files[0].with_name(".compcite-unfinished.json.tmp").symlink_to(mine)
    write_files([(path, b"new") for path in files])

    assert (mine.read_bytes(), contents(files)) == (b"mine", {b"new"})


def test_two_runs_never_write_into_a_folder_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second waits, and after a minute gives up."""
    monkeypatch.setattr(folder_lock, "_PATIENCE", 0.05)
    with (
        alone_in([tmp_path]) as alone,
        pytest.raises(SourceError, match="another run"),
        alone_in([tmp_path]),
    ):
        pass

    assert alone


def test_a_run_has_its_turn_from_reading_to_writing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In its turn a run can write; another one waits, and says so once."""
    monkeypatch.setattr(folder_lock, "_PATIENCE", 0.3)
    monkeypatch.setattr(folder_lock, "_SILENCE", 0.05)
    waits: list[Path] = []
    with turn_in([tmp_path], waits.append):
        write_file(tmp_path / "a.bib", b"written")
        with turn_in([tmp_path], waits.append):
            pass
        other = Context()
        with pytest.raises(SourceError, match="another run"):
            other.run(turn_in([tmp_path], waits.append).__enter__)
    with alone_in([tmp_path]) as alone:
        pass

    assert (waits, alone) == ([tmp_path], True)
    assert (tmp_path / "a.bib").read_bytes() == b"written"


COUNT = """
import sys
from pathlib import Path
from compcite.errors import SourceError
from compcite.files.decoding import read_source
from compcite.files.sources import Changed, write_sources
done = 0
while done < 20:
    source = read_source(sys.argv[1])
    try:
        write_sources([Changed(source, source.with_text(source.text + sys.argv[2]))])
    except SourceError:
        continue
    done += 1
"""


def test_of_two_runs_that_change_one_file_neither_loses_its_change(tmp_path: Path) -> None:
    """A change is done, or refused and done again; none is overwritten."""
    path = tmp_path / "a.bib"
    path.write_bytes(b"")
    runs = [subprocess.Popen([sys.executable, "-c", COUNT, str(path), letter]) for letter in "xyz"]
    codes = [run.wait(timeout=120) for run in runs]

    assert (codes, sorted(path.read_text(encoding="utf-8"))) == ([0, 0, 0], sorted("xyz" * 20))


def test_a_folder_that_is_not_writable_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file itself may be writable, so the reason is not clear from its name."""

    def refused(**_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("compcite.files.atomic.tempfile.mkstemp", refused)
    with pytest.raises(SourceError, match=r"its folder, .*, is not writable"):
        write_file(tmp_path / "a.bib", b"new")
