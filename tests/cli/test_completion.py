"""What a shell offers: commands, options, and what they take."""

from __future__ import annotations

import subprocess
import sys

import pytest

from compcite.cli import run
from compcite.cli._app import COMMANDS
from compcite.reporters import REPORTERS


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
        *(
            (f"compcite {command} ne", ["neff2003self"])
            for command in ("show", "edit", "remove", "rename", "update", "merge", "open", "cite")
        ),
        ("compcite show --source other.bib ne", []),
        ("compcite cite ", ["neff2003self", "raes2010rumination"]),
        ("compcite export --key ra", ["raes2010rumination"]),
        ("compcite export --style biomed-c", ["biomed-central"]),
        ("compcite export --format bibl", ["biblatex"]),
        ("compcite export --key = ra", ["raes2010rumination"]),
        ("compcite show neff2003self : x", []),
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
    monkeypatch.setenv("COMP_WORDS", line.replace(" ", "\n"))
    monkeypatch.setenv("COMP_CWORD", str(len(line.split(" ")) - 1))
    with pytest.raises(SystemExit) as ended:
        run([])

    assert not ended.value.code
    assert capfd.readouterr().out.split() == expected


@pytest.mark.parametrize(
    ("shell", "own_line"),
    [
        ("bash", "complete -o default -F _compcite_completion compcite"),
        ("zsh", "#compdef compcite"),
        ("fish", "complete --command compcite"),
        ("powershell", "Register-ArgumentCompleter -Native -CommandName compcite"),
    ],
)
def test_the_script_of_each_shell_can_be_had(shell: str, own_line: str) -> None:
    """``--show-completion zsh`` prints the script of zsh, whichever shell calls it."""
    command = [sys.executable, "-m", "compcite", "--show-completion", shell]
    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")
    assert own_line in done.stdout


def test_an_unknown_shell_is_a_usage_error() -> None:
    """The shells that can be named are said."""
    command = [sys.executable, "-m", "compcite", "--show-completion", "tcsh"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout) == (2, "")
    assert "known are bash, zsh, fish" in done.stderr
