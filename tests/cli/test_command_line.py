"""The command line as a whole: version, help, usage errors, a closed pipe."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from compcite import __version__
from compcite.cli._app import COMMANDS
from compcite.errors import ExitCode

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


def test_the_help_names_every_command(compcite: Compcite) -> None:
    """The group's help lists each command with its summary."""
    out = compcite("--help").out

    assert [c.name for c in COMMANDS if c.name not in out or c.summary not in out] == []


@pytest.mark.parametrize(
    "arguments",
    [["nonsense"], ["list", "--nonsense"], ["list", "--format", "nonsense"], ["show"]],
)
def test_bad_usage_ends_with_two_and_one_line(compcite: Compcite, arguments: list[str]) -> None:
    """What cannot be meant is one sentence on stderr, and exit code 2."""
    result = compcite(*arguments)

    assert (result.code, result.out, result.err.count("\n")) == (ExitCode.COULD_NOT_RUN, "", 1)


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


def test_a_misspelt_command_is_answered_with_the_nearest(compcite: Compcite) -> None:
    """As git does."""
    result = compcite("lsit")

    assert (result.code, result.out) == (2, "")
    assert "there is no command lsit; did you mean list?" in result.err
