"""``compcite lsp`` without the packages of its extra."""

from __future__ import annotations

import subprocess
import sys


def test_without_the_extra_the_command_says_how_to_install_it() -> None:
    """One sentence with the line to type, and the exit code of a run that could not begin."""
    code = (
        "import importlib.util, sys\n"
        "importlib.util.find_spec = lambda name: None\n"
        "from compcite.cli import run\n"
        "sys.exit(run(['lsp']))\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60
    )
    wanted = "compcite: the language server needs more packages: pip install 'compcite[lsp]'"
    assert (run.returncode, run.stdout, run.stderr.strip()) == (2, "", wanted)
