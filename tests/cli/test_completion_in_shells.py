"""Completion in real shells: a line is typed, Tab is pressed, and the shell runs what is there.

Each shell runs in a terminal of its own with the script that ``compcite --show-completion`` prints.
In its path there is a ``compcite`` that answers the shell's questions, and otherwise writes down
the arguments with which it was called. A shell that is not installed is skipped.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

REFERENCES = """\
@article{neff2003self, title = {Self-Compassion}}
@inproceedings{DBLP:conf/nips/VaswaniSPUJGKP17, title = {Attention}}
"""
WAITING = 60  # seconds; a loaded machine may take several to start Python
SHELLS = {
    "bash": ["bash", "--norc", "--noprofile", "-i"],
    "zsh": ["zsh", "-f", "-i"],
    "fish": ["fish", "--no-config", "-i"],
}
BEFORE = {"zsh": "autoload -Uz compinit && compinit -u -D", "bash": "", "fish": ""}
LINES = {
    "verify-d": ["verify-dois"],
    "verify-dois --on-o": ["verify-dois", "--on-outage"],
    "export --style biomed-c": ["export", "--style", "biomed-central"],
    "remove ne": ["remove", "neff2003self"],
    "show DBLP:conf/nips/Vas": ["show", "DBLP:conf/nips/VaswaniSPUJGKP17"],
    "show --source other.bib ot": ["show", "--source", "other.bib", "other2020"],
    "import oth": ["import", "other.bib"],
}
"""What is typed before Tab, and the arguments then. ``test_completion`` has more lines."""


class Shell:
    """A shell in a terminal."""

    def __init__(self, command: list[str], folder: Path) -> None:
        """Start it in a folder."""
        self.called = folder / "called"
        environment = {
            **os.environ,
            "PATH": f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}",
            "HOME": str(folder),
            "XDG_CONFIG_HOME": str(folder),
            "XDG_DATA_HOME": str(folder),
            "TERM": "xterm",
            "CALLED": str(self.called),
        }
        # fish wants the terminal for itself, which pty.spawn gives it.
        self.process = subprocess.Popen(
            [sys.executable, "-c", "import pty, sys; pty.spawn(sys.argv[1:])", *command],
            cwd=folder / "work",
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self.shown = b""
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        """Read what the shell shows, so that it never waits for a reader."""
        assert self.process.stdout is not None
        while part := self.process.stdout.read1():  # type: ignore[attr-defined]
            self.shown += part

    def type(self, keys: str) -> None:
        """Press these keys."""
        assert self.process.stdin is not None
        self.process.stdin.write(keys.encode())
        self.process.stdin.flush()

    def arguments(self, line: str) -> list[str]:
        """The arguments with which compcite is called after a line, Tab and Enter."""
        self.called.unlink(missing_ok=True)
        self.type(f"compcite {line}\t\n")
        end = time.monotonic() + WAITING
        while not self.called.exists():
            assert time.monotonic() < end, self.shown.decode("utf-8", "replace")
            time.sleep(0.02)
        return self.called.read_text(encoding="utf-8").splitlines()

    def close(self) -> None:
        """End the shell."""
        self.process.kill()
        self.process.communicate()


@pytest.fixture(params=SHELLS)
def shell(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Shell]:
    """A shell with compcite's completion, in a folder with two lists."""
    name: str = request.param
    if sys.platform == "win32" or shutil.which(name) is None:
        pytest.skip(f"there is no {name} here")
    for folder in ("bin", "work"):
        (tmp_path / folder).mkdir()
    program = tmp_path / "bin" / "compcite"
    program.write_text(
        f"""#!/bin/sh
[ -n "$_COMPCITE_COMPLETE" ] && exec "{sys.executable}" -m compcite "$@"
printf '%s\\n' "$@" > "$CALLED.new" && mv "$CALLED.new" "$CALLED"
""",
        encoding="utf-8",
    )
    program.chmod(0o755)
    (tmp_path / "work" / "references.bib").write_text(REFERENCES, encoding="utf-8")
    (tmp_path / "work" / "other.bib").write_text("@misc{other2020,}\n", encoding="utf-8")
    command = [sys.executable, "-m", "compcite", "--show-completion", name]
    script = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    (tmp_path / "completion").write_text(script, encoding="utf-8")
    started = Shell(SHELLS[name], tmp_path)
    started.type(f"{BEFORE[name]}\n. {tmp_path / 'completion'}\n")
    yield started
    started.close()


def test_tab_completes_commands_options_and_what_they_take(shell: Shell) -> None:
    """Styles, keys of entries (with colons, too), keys of another list, names of files."""
    assert {line: shell.arguments(line) for line in LINES} == LINES
