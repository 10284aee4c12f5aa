"""Whether an editor shows of a list what ``verify-dois`` and ``check`` report of it.

    python -m benchmarks.editor_findings LIST.bib …

Each list is copied, opened by the language server and saved, so that the registries are asked; then
both commands judge the copy. Server and commands have a cache of their own each. Compared are rule,
line and message of every finding. The variables ``COMPCITE_CROSSREF_URL`` and so on lead to a
stand-in for the registries: the real ones answer what they know that day.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from tests.lsp.editor import editor

if TYPE_CHECKING:
    from collections.abc import Iterator

    Finding = tuple[str, int, str]


_PATIENCE = 600  # seconds for a list of thousands of entries


def shown(path: Path, cache: Path) -> Counter[Finding]:
    """The findings that an editor shows of a saved list."""
    environment = {"COMPCITE_CACHE_DIR": str(cache)}
    with editor(path.parent, environment=environment, patience=_PATIENCE) as ed:
        uri = ed.open_file(path)
        ed.found(uri)
        ed.save_and_wait(uri)
        return Counter((str(d.code), d.range.start.line + 1, d.message) for d in ed.found(uri))


def reported(path: Path, cache: Path) -> Counter[Finding]:
    """The findings that the commands report of it."""
    verified = _run("verify-dois", path, cache, "--ignore", "doi-unverified")
    return Counter([*verified, *_run("check", path, cache, "--select", "E2")])


def _run(command: str, path: Path, cache: Path, *options: str) -> Iterator[Finding]:
    """Rule, line and message of each finding that a command reports."""
    run = subprocess.run(
        [sys.executable, "-m", "compcite", command, path.name, "--report", "json", *options],
        cwd=path.parent,
        env={**os.environ, "COMPCITE_CACHE_DIR": str(cache)},
        capture_output=True,
        check=False,
    )
    for entry in json.loads(run.stdout)["entries"]:
        for one in entry["findings"]:
            yield one["rule"], one["line"], one["message"]


def main() -> None:
    """Compare the lists; end with 1 where a finding differs."""
    parser = argparse.ArgumentParser(description="Findings in an editor and of the commands.")
    parser.add_argument("lists", type=Path, nargs="+")
    differ = 0
    for given in parser.parse_args().lists:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "lists" / given.name
            path.parent.mkdir()
            path.write_bytes(given.read_bytes())
            seen = shown(path, Path(folder) / "a")
            wanted = reported(path, Path(folder) / "b")
        print(f"{given.name}: {sum(wanted.values())} findings reported, {sum(seen.values())} shown")
        for one in sorted((seen - wanted) + (wanted - seen)):
            differ += 1
            print("  only shown:   " if seen[one] > wanted[one] else "  only reported:", *one)
    sys.exit(bool(differ))


if __name__ == "__main__":
    main()
