"""Every path that is read may lead to what is no file, is too large or is nested too deep."""

from __future__ import annotations

import errno
import os
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from compcite.reporters import REPORTERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.cli.conftest import Compcite

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="special files of Unix")

ENTRY = "@book{a, title = {T}, author = {A B}, year = 2000, publisher = {P}}\n"
SENTENCES = {
    "pipe": "a named pipe",
    "socket": "a socket",
    "endless": "a device",
    "large": "larger than 0.1 MB",
}
# How a command is told to read a file, which is {} here.
READING = (
    "list {}",
    "check {}",
    "tidy {}",
    "verify-dois --offline {}",
    "verify-dois --offline ok.bib --lock {}",
    "lock --check ok.bib --lock {}",
    "check ok.bib --baseline {}",
    "list ok.bib --cited-in {}",
    "export ok.bib --cited-in {}",
    "export ok.bib --style ./{}",
    "cite a --source ok.bib --style ./{}",
    "import {} --to new.bib",
    "convert {} --to ris",
    "edit a title=X --source {}",
    "remove a --source ok.bib --cited-in {}",
    "rename a b --source {}",
    "rename a b --source ok.bib --cited-in {}",
    "merge --source {}",
    "update --source {}",
    "open a --source {} --print",
    "show a --source {}",
    "add 10.5555/x --to {}",
)


@pytest.fixture
def small(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with a list, and with a small limit for files."""
    (folder / "ok.bib").write_text(ENTRY, encoding="utf-8")
    monkeypatch.setenv("COMPCITE_MAX_MEGABYTES", "0.1")
    return folder


def place(kind: str, path: Path) -> None:
    """Put something at a path that must not be read to its end."""
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "socket":
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(path.name)
    elif kind == "endless":
        path.symlink_to("/dev/zero")
    elif kind == "large":
        path.write_bytes(b"%" * 100_001)


@pytest.mark.parametrize("kind", SENTENCES)
@pytest.mark.parametrize("line", READING)
def test_what_is_no_file_is_one_sentence(
    line: str, kind: str, compcite: Compcite, small: Path
) -> None:
    """Nothing waits for a pipe or reads a device to its end; the sentence names the path."""
    place(kind, small / "x.bib")

    result = compcite(*line.format("x.bib").split())

    assert (result.code, result.out) == (2, "")
    assert result.err.count("\n") == 1
    assert "x.bib" in result.err
    assert SENTENCES[kind] in result.err


def test_a_circle_of_links_is_one_sentence(compcite: Compcite, small: Path) -> None:
    """The system's own reason follows the path."""
    (small / "x.bib").symlink_to("x.bib")

    result = compcite("list", "x.bib")

    assert (result.code, result.err.count("\n")) == (2, 1)
    assert "x.bib: cannot be read: " in result.err


@pytest.mark.parametrize("kind", SENTENCES)
def test_included_documents_are_read_the_same_way(
    kind: str, compcite: Compcite, small: Path
) -> None:
    """What a document names is not trusted more than what the user names.

    A name that leads to no file is a file that is not there, as LaTeX says it.
    """
    place(kind, small / "part.tex")
    (small / "main.tex").write_text(
        "\\documentclass{article}\\begin{document}\\input{part}\\end{document}", encoding="utf-8"
    )

    result = compcite("list", "ok.bib", "--cited-in", "main.tex")

    assert (result.code, result.out, result.err.count("\n")) == (2, "", 1)
    assert "part" in result.err


@pytest.mark.parametrize("name", ["compcite.toml", "pyproject.toml"])
def test_a_configuration_beyond_the_limit_is_refused(
    name: str, compcite: Compcite, small: Path
) -> None:
    """The limit counts for configurations, too."""
    place("large", small / name)

    result = compcite("list", "ok.bib")

    assert result.code == 2
    assert f"{small / name}: cannot be read: it is larger than 0.1 MB" in result.err


@pytest.mark.parametrize("name", ["compcite.toml", "pyproject.toml"])
@pytest.mark.parametrize("kind", ["pipe", "socket", "endless"])
def test_what_is_no_file_is_no_configuration(
    name: str, kind: str, compcite: Compcite, small: Path
) -> None:
    """A run does not wait for a pipe that stands where a configuration may stand."""
    place(kind, small / name)

    assert compcite("list", "ok.bib").code == 0


def test_streams_that_are_open_already_are_read(compcite: Compcite, small: Path) -> None:
    """A shell gives ``<(command)`` such a name; a pipe is one only while it is open."""
    reading, writing = os.pipe()
    os.write(writing, ENTRY.encode())
    os.close(writing)

    result = compcite("list", f"/dev/fd/{reading}", "--format", "keys")

    os.close(reading)
    assert (result.code, result.out) == (0, "a\n")
    assert small.is_dir()


@pytest.mark.parametrize("value", ["0", "-1", "many", "inf", "nan"])
def test_a_limit_that_is_none_is_refused(
    value: str, compcite: Compcite, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A limit is a number of megabytes; there is always one."""
    monkeypatch.setenv("COMPCITE_MAX_MEGABYTES", value)

    result = compcite("list", "ok.bib")

    assert result.code == 2
    assert f"COMPCITE_MAX_MEGABYTES must be a number above 0, not '{value}'" in result.err
    assert small.is_dir()


NESTED = {
    "tables.toml": "tidy = " + "{a = " * 5000 + "1" + "}" * 5000,
    "lists.toml": "tidy = " + "[" * 5000 + "]" * 5000,
    "keys.toml": "[" + "a." * 9000 + "b]",
}


@pytest.mark.parametrize("text", NESTED.values(), ids=NESTED)
def test_a_configuration_nested_without_end_is_one_sentence(
    text: str, compcite: Compcite, folder: Path
) -> None:
    """Python's reader of TOML gives up at some depth; this is said with the file."""
    (folder / "compcite.toml").write_text(text, encoding="utf-8")
    (folder / "ok.bib").write_text(ENTRY, encoding="utf-8")

    result = compcite("list", "ok.bib")

    assert (result.code, result.err.count("\n")) == (2, 1)
    assert str(folder / "compcite.toml") in result.err
    assert "bug" not in result.err


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("x.json", "[" * 100_000),
        ("x.json", '{"a":' * 100_000),
        ("x.yaml", "a: " + "[" * 100_000),
        ("x.yaml", "- " * 3_000 + "a"),
        ("x.xml", "<a>" * 100_000),
        ("x.ipynb", "[" * 100_000),
        ("x.bib", "@misc{a, title = {" + "{" * 50_000 + "}" * 50_000 + "}}"),
        ("x.tex", "\\cite{" * 50_000),
        ("x.html", "<div>" * 100_000),
    ],
)
@pytest.mark.parametrize("line", READING[:8] + READING[9:10])
def test_a_file_nested_without_end_is_no_bug(
    line: str, name: str, text: str, compcite: Compcite, folder: Path
) -> None:
    """What is nested deeper than the reader follows is said, whoever reads it."""
    (folder / "ok.bib").write_text(ENTRY, encoding="utf-8")
    (folder / name).write_text(text, encoding="utf-8")

    result = compcite(*line.format(name).split())

    assert "bug" not in result.err
    assert result.code in (0, 1, 2, 3)


@pytest.fixture
def _somebody_else() -> object:
    """A user who must not read everything: root may."""
    if os.geteuid():
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def denied(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that may be neither listed nor searched, beside a list of the working folder.

    Root may read everything, so where the tests run as root the system is told for it.
    """
    (folder / "ok.bib").write_text(ENTRY, encoding="utf-8")
    closed = folder / "closed"
    closed.mkdir()
    scan, stat = os.scandir, os.stat

    def refuse(path: object) -> None:
        if str(path).startswith(("closed", "./closed", str(closed))):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))

    def scandir(path: str = ".") -> Iterator[os.DirEntry[str]]:
        refuse(path)
        return scan(path)

    def searched(path: str, *arguments: object, **options: object) -> os.stat_result:
        if Path(str(path)).name != "closed":
            refuse(path)
        return stat(path, *arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "scandir", scandir)
    monkeypatch.setattr(os, "stat", searched)
    return closed


@pytest.mark.usefixtures("denied")
@pytest.mark.parametrize("command", ["list", "check", "tidy --check", "convert --to bibtex"])
def test_a_subfolder_that_may_not_be_read_is_named_and_left_out(
    command: str, compcite: Compcite
) -> None:
    """Nobody named it: the other lists are read, and the user knows what is missing."""
    result = compcite(*command.split(), ".")

    assert "a" in result.out or command.startswith("tidy")
    assert "closed: cannot be read: Permission denied; the lists in it are left out" in result.err


@pytest.mark.usefixtures("denied")
@pytest.mark.parametrize("name", ["closed", "closed/*.bib"])
def test_a_place_that_may_not_be_read_and_is_named_is_an_error(
    name: str, compcite: Compcite
) -> None:
    """The user wants what is in it."""
    result = compcite("list", name)

    assert (result.code, result.err.count("\n")) == (2, 1)
    assert name in result.err


@pytest.mark.parametrize(
    "line",
    [
        "list",
        "list .",
        "list *.bib",
        "list {}",
        "check {}",
        "check {} --report sarif --report github",
        "check {} --report html=x.html",
        "check {} --write-baseline x.json",
        "verify-dois --offline {}",
        "tidy --diff --sort key {}",
        "export {}",
        "export {} --output x.txt",
        "rename a b --diff --source {}",
        "edit a title=X --diff --source {}",
        "lock --check {}",
        "add 10.5555/x --offline",
        "config",
        "cache info",
        "styles",
    ],
)
def test_a_working_folder_that_is_gone_is_no_bug(
    line: str, compcite: Compcite, folder: Path
) -> None:
    """What needs no working folder works; what needs one says so."""
    reading = folder.parent / "ok.bib"
    reading.write_text(ENTRY, encoding="utf-8")
    folder.rmdir()

    result = compcite(*line.format(reading).split())

    assert "bug" not in result.err
    assert "the system refused" not in result.err
    assert result.code in (0, 1, 2, 3)


@pytest.mark.parametrize(
    "line",
    [
        "list {}",
        "check {}",
        "check {} --report concise",
        "tidy --check {}",
        "export {}",
        "list ok.bib --cited-in {}",
        "list {}/missing",
    ],
)
def test_a_line_break_in_a_name_starts_no_command_of_a_ci_system(
    line: str, compcite: Compcite, folder: Path
) -> None:
    """GitHub Actions and Azure Pipelines carry out a line that begins with ``::`` or ``##``."""
    (folder / "ok.bib").write_text(ENTRY, encoding="utf-8")
    names = ["x\n::error::evil.bib", "x\n ##vso[task.complete].tex", "::warning::.bib"]
    for name in names:
        (folder / name).write_text("@misc{b, title = {x}\n\\cite{b}", encoding="utf-8")

        result = compcite(*(part.format(name) for part in line.split()))

        lines = f"{result.out}\n{result.err}".split("\n")
        assert [one for one in lines if one.lstrip().startswith(("::", "##"))] == []


COMMANDS_OF_CI = ("::error::evil", "##vso[task.complete]evil", " ::warning::evil")


@pytest.mark.parametrize("form", [name for name in REPORTERS if name != "github"])
@pytest.mark.parametrize("command", ["check", "verify-dois --offline"])
def test_no_line_of_a_report_is_a_command_of_a_ci_system(
    command: str, form: str, compcite: Compcite, folder: Path
) -> None:
    """Keys, values and names of files may be commands; ``github`` writes commands on purpose."""
    names = [f"{evil}.bib".replace("/", "") for evil in COMMANDS_OF_CI]
    for name in names:
        fields = ", ".join(
            f"{field} = {{\n{evil}\n{evil}}}"
            for evil in COMMANDS_OF_CI
            for field in ("title", "author", "year", "doi", "pages", "journal")
        )
        entries = (f"@article{{{evil.strip()}, {fields}}}\n" for evil in COMMANDS_OF_CI)
        (folder / name).write_text("".join(entries) + "@misc{::error::\n", encoding="utf-8")

    result = compcite(*command.split(), "--report", form, *names)

    lines = f"{result.out}\n{result.err}".split("\n")
    assert "evil" in result.out
    assert [line for line in lines if line.lstrip().startswith(("::", "##vso[", "##["))] == []


def test_no_line_of_an_entry_that_is_shown_is_a_command_of_a_ci_system(
    compcite: Compcite, folder: Path
) -> None:
    """A key stands at the start of a line."""
    (folder / "x.bib").write_text("@misc{::error::x, title = {\n::error::y}}", encoding="utf-8")

    result = compcite("show", "::error::x", "--source", "x.bib")

    assert result.out.startswith("| ::error::x  misc  (x.bib:1)\n")
    assert "\n::" not in result.out
