"""The command line as a whole: version, help, usage errors, a closed pipe."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from compcite.cli._app import COMMANDS, GROUPS
from compcite.errors import ExitCode
from compcite.version import __version__

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Compcite


def test_version_names_the_program_and_its_version(compcite: Compcite) -> None:
    """``--version`` prints one line."""
    result = compcite("--version")

    assert (result.code, result.out) == (0, f"compcite {__version__}\n")


@pytest.mark.parametrize("command", [command.name for command in COMMANDS])
def test_the_help_of_every_command_has_examples(compcite: Compcite, command: str) -> None:
    """Each command's help says what it does and shows how it is called."""
    result = compcite(command, "--help")

    assert result.code == 0
    assert f"compcite {command}" in result.out.partition("Examples:")[2]


def test_the_help_names_every_command_under_a_heading(compcite: Compcite) -> None:
    """The group's help lists each command with its summary, in the groups of the table."""
    out = compcite("--help").out
    lines = [line for line in out.splitlines() if line]
    listed = lines[lines.index("Look at a list:") : lines.index("Options:")]

    assert [line for line in listed if not line.startswith(" ")] == [f"{name}:" for name in GROUPS]
    assert [c.name for c in COMMANDS if not any(c.summary in line for line in listed)] == []


@pytest.mark.parametrize("command", [[], ["cache"]])
def test_a_command_that_needs_another_shows_its_help(
    compcite: Compcite, command: list[str]
) -> None:
    """Whoever types the bare word asks what there is, and that is no error."""
    result = compcite(*command)

    assert (result.code, result.err) == (0, "")
    assert result.out == compcite(*command, "--help").out


def test_the_help_shows_options_in_groups(compcite: Compcite) -> None:
    """``verify-dois`` has more options than fit into one list."""
    headings = [
        line for line in compcite("verify-dois", "--help").out.splitlines() if line[:1] > " "
    ]

    assert headings == [
        "Usage: compcite verify-dois [OPTIONS] [SOURCE]...",
        "Arguments:",
        "How it is reported:",
        "What is reported:",
        "Registries:",
        "Repairs:",
        "Options:",
    ]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["lsit"], "there is no command lsit; did you mean list? compcite --help lists all"),
        (["cache", "inf"], "there is no command inf; did you mean info? compcite cache --help"),
        (["list", "--wher", "x"], "no option --wher; did you mean --where? usage: compcite list ["),
        (["list", "--format", "tabel"], "--format: unknown value 'tabel'; did you mean table?"),
        (["check", "--report", "jsn"], "unknown report 'jsn'; did you mean json?"),
        (["convert", "a.bib", "--to", "bibtx"], "unknown format 'bibtx'; did you mean bibtex?"),
        (["convert", "a.bib", "--to", "ris", "--from", "bibtx"], "did you mean bibtex?"),
        (["resolve", "10.1000/1", "--format", "aap"], "unknown format 'aap'; did you mean apa?"),
        (["export", "--markup", "htm"], "unknown markup 'htm'; did you mean html?"),
        (["export", "--format", "aap"], "unknown format 'aap'; did you mean apa?"),
        (["export", "--style", "ieeee"], "did you mean 'ieee'?"),
        (["rule", "year-missmatch"], "did you mean year-mismatch?"),
        (["show", "nef2003self"], "did you mean neff2003self?"),
        (["show", "references.bib"], "; a file is named with --source"),
        (["show"], "Missing argument 'KEY'; usage: compcite show"),
    ],
)
@pytest.mark.usefixtures("references")
def test_a_misspelt_word_is_answered_with_the_nearest(
    compcite: Compcite, arguments: list[str], said: str
) -> None:
    """As git does; one sentence, on stderr, with exit code 2."""
    result = compcite(*arguments)

    assert (result.code, result.out, result.err.count("\n")) == (ExitCode.COULD_NOT_RUN, "", 1)
    assert said in result.err


def test_a_reader_that_goes_away_is_no_error(references: Path) -> None:
    """``compcite list | head -1`` ends in silence with 0."""
    references.write_text(references.read_text(encoding="utf-8") * 5000, encoding="utf-8")
    done = subprocess.run(  # noqa: S602 - the shell's pipe is what is tested
        f'set -o pipefail; "{sys.executable}" -m compcite list {references} | head -1',
        shell=True,
        executable="/bin/bash",
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "")


def test_output_is_utf_8_under_the_c_locale(references: Path) -> None:
    """The locale does not decide how names are written."""
    done = subprocess.run(
        [sys.executable, "-m", "compcite", "list", str(references), "--format", "tsv"],
        env={**os.environ, "LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0"},
        capture_output=True,
        check=True,
    )

    assert "Schön, Ana" in done.stdout.decode("utf-8")


@pytest.mark.parametrize(
    ("redirection", "code"), [(">&-", 0), ("2>&-", 0), (">/dev/full", 2), ("- <&-", 2)]
)
def test_odd_streams_are_no_bug(references: Path, redirection: str, code: int) -> None:
    """Closed streams and a full disk end with a sentence or in silence, never with a traceback."""
    source = "" if redirection.startswith("-") else references
    done = subprocess.run(  # noqa: S602 - the shell's redirections are what is tested
        f'"{sys.executable}" -m compcite list {source} {redirection}',
        shell=True,
        executable="/bin/bash",
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == code
    assert "Traceback" not in done.stderr
    assert "a bug in" not in done.stderr


def test_a_deleted_working_folder_is_no_bug(compcite: Compcite, folder: Path) -> None:
    """There is nothing to list, and that is said."""
    folder.rmdir()
    result = compcite("list")

    assert (result.code, result.err.count("\n")) == (2, 1)
    assert "a bug in" not in result.err
