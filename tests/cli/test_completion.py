"""What a shell offers: commands, options, and what they take."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from compcite.cli._app import COMMANDS
from compcite.reporters import REPORTERS

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("compcite ver", ["verify-dois"]),
        ("compcite verify-dois --on", ["--on-outage"]),
        ("compcite verify-dois --on-outage f", ["fail"]),
        ("compcite verify-dois --report ", list(REPORTERS)),
        ("compcite check --select doi-d", ["doi-duplicated"]),
        ("compcite check --ignore M5,year", ["M5,year-mismatch"]),
        ("compcite rule M", ["M5"]),
        ("compcite show ne", ["neff2003self"]),
        ("compcite show --source other.bib ne", []),
        ("compcite cite ", ["neff2003self", "raes2010rumination"]),
        ("compcite export --key ra", ["raes2010rumination"]),
        ("compcite export --style biomed-c", ["biomed-central"]),
        ("compcite export --format bibl", ["biblatex"]),
        ("compcite cache ", ["info", "clear"]),
        ("compcite ", [command.name for command in COMMANDS]),
    ],
)
@pytest.mark.usefixtures("references")
def test_a_shell_is_offered_what_fits(
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    line: str,
    expected: list[str],
) -> None:
    """Nothing where nothing fits or a source cannot be read."""
    monkeypatch.setenv("_COMPCITE_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", line)
    monkeypatch.setenv("COMP_CWORD", str(len(line.split(" ")) - 1))
    done = subprocess.run([sys.executable, "-m", "compcite"], check=False)

    assert done.returncode == 0
    assert capfd.readouterr().out.split() == expected


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_of_each_shell_can_be_had(folder: Path, shell: str) -> None:
    """``--show-completion`` knows the shell it is called from."""
    assert folder.is_dir()
    command = [sys.executable, "-m", "compcite", "--show-completion", shell]
    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")
    assert "_COMPCITE_COMPLETE" in done.stdout
