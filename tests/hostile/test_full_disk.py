"""A disk that is full while a command writes: the file is as it was, and one sentence says why."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limits")

LIST = (
    "@article{a, title = {The Title}, author = {Ann Author}, year = 2000, journal = {J},\n"
    "  doi = {https://doi.org/10.5555/a}}\n"
    "@article{b, title = {Another}, author = {Bea Author}, year = 2001, journal = {J}}\n"
)
NEW = "@article{c, title = {A Third}, author = {C Author}, year = 2002, journal = {J}}\n"
# Commands that write, with the file that they write.
WRITING = {
    "check --fix x.bib": "x.bib",
    "check x.bib --write-baseline old.json": "old.json",
    "check x.bib --report html=old.html": "old.html",
    "tidy --sort -year --indent 8 x.bib": "x.bib",
    "edit a title=Changed --source x.bib": "x.bib",
    "remove b --source x.bib": "x.bib",
    "rename a z --source x.bib": "x.bib",
    "rename a z --source x.bib --cited-in x.tex": "x.tex",
    "import new.bib --to x.bib": "x.bib",
    "export x.bib --format bibtex --output old.txt": "old.txt",
    "convert x.bib --to ris --output old.ris": "old.ris",
    "audit x.bib --check-only --output old.csv": "old.csv",
}


@pytest.mark.parametrize("line", WRITING)
def test_a_full_disk_leaves_what_was_there(line: str, tmp_path: Path) -> None:
    """Nothing is lost, nothing half is left, and the same command works when there is room."""
    import resource  # noqa: PLC0415 - not on Windows

    if line.startswith("audit"):
        pytest.importorskip("pyarrow")
    for name in (*WRITING.values(), "new.bib"):
        (tmp_path / name).write_text("of an earlier run", encoding="utf-8")
    (tmp_path / "x.bib").write_text(LIST, encoding="utf-8")
    (tmp_path / "new.bib").write_text(NEW, encoding="utf-8")
    (tmp_path / "x.tex").write_text("\\cite{a}\n", encoding="utf-8")
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}

    def run(limit: int) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "compcite", *line.split()],
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )

    # The processes of an audit have semaphores, which are files of 32 bytes.
    full = run(64 if line.startswith("audit") else 5)
    after = {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
    roomy = run(10_000_000)

    assert (full.returncode, after) == (2, before)
    assert "cannot be " in full.stderr
    assert full.stderr.count("\n") == 1
    assert roomy.returncode in (0, 1)
    assert (tmp_path / WRITING[line]).read_bytes() != before[WRITING[line]]
