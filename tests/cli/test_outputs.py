"""Outputs: a file that a run has read is never written over."""

from __future__ import annotations

import datetime as dt
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import typer

from compcite.cli._app import COMMANDS, command_line
from compcite.files import streams

if TYPE_CHECKING:
    from tests.cli.conftest import Compcite


ONLY_READ = {"--source", "--cited-in", "--baseline", "--archive"}
# How a command is called with an option that writes a file, which is {} here; None for the file
# that a command is there to change.
WITH_OUTPUT: dict[tuple[str, str], tuple[str, ...] | None] = {
    ("add", "--to"): None,
    ("audit", "--lock"): None,  # it is only read; the two others are tested with the command
    ("audit", "--output"): None,
    ("audit", "--summary"): None,
    ("check", "--output"): ("check", "references.bib", "--fix", "-o", "{}"),
    ("check", "--report"): ("check", "references.bib", "--report", "json={}"),
    ("check", "--write-baseline"): ("check", "references.bib", "--write-baseline", "{}"),
    ("convert", "--output"): ("convert", "references.bib", "--to", "csl-json", "-o", "{}"),
    ("export", "--output"): ("export", "references.bib", "-o", "{}"),
    ("import", "--to"): None,
    ("lock", "--lock"): ("lock", "references.bib", "--lock", "{}"),
    ("resolve", "--output"): None,  # it reads no file
    ("verify-dois", "--lock"): ("verify-dois", "references.bib", "--lock", "{}"),
    ("verify-dois", "--output"): ("verify-dois", "references.bib", "--offline", "-o", "{}"),
    ("verify-dois", "--report"): ("verify-dois", "references.bib", "--report", "html={}"),
    ("verify-dois", "--write-baseline"): ("verify-dois", "--offline", "--write-baseline", "{}"),
}
WRITING = [line for line in WITH_OUTPUT.values() if line is not None]


def test_every_option_that_names_a_file_is_known_here() -> None:
    """A new one gets a line above, and with it the tests below."""
    group: Any = command_line()
    context = typer.Context(group, resilient_parsing=True)
    found = {
        (command.name, max(parameter.opts, key=len))
        for command in COMMANDS
        for parameter in group.get_command(context, command.name).params
        if parameter.param_type_name == "option"
        and re.search(r"\bFILE\b(?!\.csl)", parameter.metavar or "")
    }

    assert {(name, option) for name, option in found if option not in ONLY_READ} == set(WITH_OUTPUT)


@pytest.mark.parametrize("name", ["references.bib", "./references.bib", "symbolic.bib", "hard.bib"])
@pytest.mark.parametrize("line", WRITING, ids=" ".join)
def test_what_was_read_is_not_written_over(
    line: tuple[str, ...], name: str, compcite: Compcite, references: Path
) -> None:
    """Whatever it is called; nothing is asked, and nothing is changed."""
    references.with_name("symbolic.bib").symlink_to(references)
    references.with_name("hard.bib").hardlink_to(references)
    before = references.read_bytes()

    result = compcite(*(word.format(name) for word in line))

    assert (result.code, result.out) == (2, "")
    assert "this is references.bib, which this run reads" in result.err
    assert references.read_bytes() == before


@pytest.mark.parametrize(
    "line",
    [
        ("export", "--cited-in", "paper.tex", "-o", "paper.tex"),
        ("check", "--cited-in", "paper.tex", "--report", "html=paper.tex"),
        ("check", "--baseline", "accepted.json", "--report", "html=accepted.json"),
        ("export", "--style", "own.csl", "-o", "own.csl"),
    ],
)
@pytest.mark.usefixtures("references")
def test_what_else_was_read_is_not_written_over(
    line: tuple[str, ...], compcite: Compcite, folder: Path
) -> None:
    """Documents, a baseline, a style."""
    compcite("check", "--write-baseline", "accepted.json")
    for name in ("paper.tex", "own.csl"):
        (folder / name).write_text("\\cite{neff2003self}", encoding="utf-8")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}

    result = compcite(*line)

    assert (result.code, result.out) == (2, "")
    assert f"this is {line[2]}, which this run reads" in result.err
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


UNWRITABLE = {
    "absent/found.txt": "there is no folder absent",
    "folder": "this is a folder; name a file in it",
    "references.bib/found.txt": "there is no folder references.bib",
    "shut/found.txt": "the folder shut is not writable",
}


@pytest.mark.parametrize("name", UNWRITABLE)
@pytest.mark.parametrize("line", WRITING, ids=" ".join)
@pytest.mark.usefixtures("references")
def test_an_output_that_cannot_be_written_is_said_before_the_work(
    line: tuple[str, ...], name: str, compcite: Compcite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One sentence with the option and the reason; nothing is asked, fixed or written."""
    for made in ("folder", "shut"):
        Path(made).mkdir()
    access = os.access  # the superuser, who may run the tests, may write everywhere
    monkeypatch.setattr(
        os, "access", lambda path, mode: Path(path).name != "shut" and access(path, mode)
    )
    before = Path("references.bib").read_bytes()

    result = compcite(*(word.format(name) for word in line))

    assert (result.code, result.out, result.err.count("\n")) == (2, "", 1)
    assert UNWRITABLE[name] in result.err
    assert Path("references.bib").read_bytes() == before


def test_a_new_list_needs_a_folder(compcite: Compcite) -> None:
    """That is said before anything is asked."""
    result = compcite("add", "10.1000/182", "--to", "absent/new.bib")

    assert (result.code, result.err) == (
        2,
        "compcite: --to absent/new.bib: there is no folder absent\n",
    )


def test_where_there_is_no_list_the_way_to_begin_one_is_said(compcite: Compcite) -> None:
    """A new user's first command is ``compcite add DOI``."""
    assert compcite("add", "10.1000/182").err.endswith(
        "*.bib in this folder; --to references.bib begins a new list\n"
    )


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has /dev/full")
@pytest.mark.parametrize("line", [line for line in WRITING if "lock" not in " ".join(line)])
@pytest.mark.usefixtures("references")
def test_a_full_device_is_one_sentence(line: tuple[str, ...], compcite: Compcite) -> None:
    """With the name of the device and the system's reason."""
    result = compcite(*(word.format("/dev/full") for word in line))

    assert result.code == 2
    assert "/dev/full: cannot be written: No space left on device" in result.err


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limits")
def test_a_full_disk_costs_nothing(references: Path) -> None:
    """The file of an earlier run stays as it was, and no half of a new one is left."""
    import resource  # noqa: PLC0415 - not on Windows

    output = references.with_name("bibliography.txt")
    output.write_text("of an earlier run", encoding="utf-8")
    before = sorted(path.name for path in references.parent.iterdir())
    done = subprocess.run(
        [sys.executable, "-m", "compcite", "export", "references.bib", "-o", output.name],
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (10, 10)),
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        cwd=references.parent,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "compcite: bibliography.txt: cannot be written: File too large\n"
    assert output.read_text(encoding="utf-8") == "of an earlier run"
    assert sorted(path.name for path in references.parent.iterdir()) == before


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no named pipes")
def test_a_pipe_gets_the_output_where_somebody_reads_it(
    compcite: Compcite, references: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where nobody does, that is said, and the run does not wait for ever."""
    pipe = references.with_name("pipe")
    os.mkfifo(pipe)
    with ThreadPoolExecutor() as others:
        read = others.submit(pipe.read_text, encoding="utf-8")
        code = compcite("export", "--format", "bibtex", "-o", "pipe").code
    monkeypatch.setattr(streams, "_PATIENCE", 0.1)
    unread = compcite("export", "-o", "pipe")

    assert code == 0
    assert read.result(timeout=60) == references.read_text(encoding="utf-8")
    assert (unread.code, unread.err) == (
        2,
        "compcite: pipe: cannot be written: nobody reads from this pipe\n",
    )


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no /dev/stdout")
def test_standard_output_named_as_a_file_is_written_behind_what_it_has(references: Path) -> None:
    """A log that the shell has opened is not replaced."""
    log = references.with_name("log.txt")
    with log.open("a", encoding="utf-8") as file:
        file.write("before\n")
        file.flush()
        subprocess.run(
            [sys.executable, "-m", "compcite", "export", "--where", "raes", "-o", "/dev/stdout"],
            stdout=file,
            cwd=references.parent,
            check=True,
        )

    assert log.read_text(encoding="utf-8").startswith("before\nRaes, F., & Schön, A. (2010).")


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
    assert "go to one file; name another file for one" in result.err
    assert not (references.parent / "found.txt").exists()


@pytest.mark.usefixtures("references")
def test_a_report_is_dated(compcite: Compcite) -> None:
    """Whoever finds the page later knows when the list was checked, in whose time."""
    page = compcite("check", "--report", "html").out

    moment = re.search(r'<time datetime="([^"]+)">', page)
    assert moment is not None
    assert dt.datetime.fromisoformat(moment[1]).tzinfo is not None


@pytest.mark.usefixtures("references")
@pytest.mark.parametrize(
    ("line", "name"),
    [
        (("export", "references.bib", "-o", "{}"), "compcite.toml"),
        (("check", "references.bib", "--report", "json={}"), "compcite.toml"),
        (("verify-dois", "references.bib", "--offline", "-o", "{}"), "compcite.lock"),
    ],
)
def test_the_configuration_and_the_lock_in_use_are_no_outputs(
    compcite: Compcite, folder: Path, line: tuple[str, ...], name: str
) -> None:
    """The run reads them, although no option names them."""
    (folder / "compcite.toml").write_text('style = "apa"\n', encoding="utf-8")
    (folder / "compcite.lock").write_text('{"version": 1, "works": {}}\n', encoding="utf-8")
    before = (folder / name).read_bytes()
    result = compcite(*(part.format(name) for part in line))

    assert (result.code, (folder / name).read_bytes()) == (2, before)
    assert f"{name}, which this run reads" in result.err
