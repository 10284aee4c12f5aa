"""Neovim without a screen, where it is installed: a finding, its fix, a hover, a renaming."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

NEOVIM = shutil.which("nvim")
SCRIPT = Path(__file__).with_name("neovim.lua")
LIST = (
    "@article{neff,\n  author = {Neff, Kristin D.},\n  title = {Self-Compassion},\n"
    "  journal = {Self and Identity},\n  year = {2003},\n"
    "  doi = {https://doi.org/10.1080/15298860309032},\n}\n"
)
PAPER = "\\addbibresource{refs.bib}\nAs \\cite{neff} says, and \\cite{neff}.\n"


@pytest.mark.skipif(NEOVIM is None, reason="Neovim is not installed")
def test_neovim_shows_a_finding_fixes_it_and_renames_a_key(tmp_path: Path) -> None:
    """The finding is on its line; the files have the fix and the new key."""
    (tmp_path / "refs.bib").write_text(LIST, encoding="utf-8")
    (tmp_path / "paper.tex").write_text(PAPER, encoding="utf-8")
    result = tmp_path / "result.json"
    command = [str(NEOVIM), "--headless", "--clean", "-c", f"luafile {SCRIPT}"]
    environment = {
        "COMPCITE_COMMAND": json.dumps([sys.executable, "-m", "compcite", "lsp"]),
        "COMPCITE_FOLDER": str(tmp_path),
        "COMPCITE_RESULT": str(result),
        "COMPCITE_CACHE_DIR": str(tmp_path / "cache"),
    }
    subprocess.run(command, env={**os.environ, **environment}, check=True, timeout=300)
    seen = json.loads(result.read_text(encoding="utf-8"))
    apa, state = seen.pop("hover").split("\n\n")
    assert seen == {
        "findings": [
            [5, 2, "doi-style", 'the field should hold nothing but "10.1080/15298860309032"']
        ],
        "fix": "Write 10.1080/15298860309032 and nothing else",
    }
    assert apa.startswith("Neff, K. D. (2003). Self-Compassion. *Self and Identity*.")
    assert state.startswith("The registries have not been asked yet")
    fixed = LIST.replace("https://doi.org/", "").replace("{neff,", "{neff2003self,")
    assert (tmp_path / "refs.bib").read_text(encoding="utf-8") == fixed
    renamed = PAPER.replace("{neff}", "{neff2003self}")
    assert (tmp_path / "paper.tex").read_text(encoding="utf-8") == renamed
