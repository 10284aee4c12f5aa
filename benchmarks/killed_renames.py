"""Kill ``compcite rename`` over five files at random moments, and see what the next run finds.

    python benchmarks/killed_renames.py [KILLS]

After each kill all files must be old or all new, or ``compcite list`` must say that it finished the
rest, after which all are new. A third of the moments lie anywhere in the run, a third in the time
in which the new contents are written beside the files, a third in the time in which files are
renamed; the files that appear in the folder tell when these begin. Each run is a process of its
own, forked so that it need not import everything anew: for Linux and macOS.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from compcite.cli import run

FILES = {
    "references.bib": "@misc{KEY, title = {Self}}\n@misc{kid, crossref = {KEY}}\n",
    "chapters/one.tex": "\\cite{KEY}\n" * 2000,
    "chapters/two.md": "[@KEY]\n" * 2000,
    "three.typ": "@KEY\n" * 2000,
    "notes/four.org": "[cite:@KEY]\n" * 2000,
}
RENAME = ["rename", "old2003", "new2003"]
RENAME += [part for name in list(FILES)[1:] for part in ("--cited-in", name)]
SIGNS = ("", ".compcite-*.tmp", ".compcite-unfinished.json")
WRITING = 0.02  # seconds that a run writes or renames the files on a busy machine
FINISH = ["list", "references.bib", "--format", "keys"]


def start(folder: Path, arguments: list[str]) -> int:
    """Start compcite in a folder, as a process of its own; returns its number."""
    process = os.fork()
    if process == 0:
        os.chdir(folder)
        with Path("said").open("w", encoding="utf-8") as said:
            os.dup2(said.fileno(), 1)
            os.dup2(said.fileno(), 2)
            os._exit(run(arguments))
    return process


def write(folder: Path) -> None:
    """Write all files with the old key."""
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text.replace("KEY", "old2003"), encoding="utf-8")


def state(folder: Path) -> str:
    """Whether the files have the old key, the new one, or some this and some that."""
    texts = [(folder / name).read_text(encoding="utf-8") for name in FILES]
    for word, key in (("old", "old2003"), ("new", "new2003")):
        if texts == [text.replace("KEY", key) for text in FILES.values()]:
            return word
    return "mixed"


def kill_once(folder: Path, whole: float, sign: str) -> str:
    """Kill one run at a random moment; return what was found, and after the next run.

    The moment comes after a file with a name like ``sign`` has appeared; without one, it is any.
    """
    write(folder)
    process = start(folder, RENAME)
    longest = WRITING if sign else whole
    end = time.monotonic() + 10 * whole
    while sign and time.monotonic() < end and not any(folder.glob(sign)):
        time.sleep(0.0002)
    time.sleep(random.uniform(0, longest))  # noqa: S311 - a moment, no secret
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)
    found = state(folder)
    os.waitpid(start(folder, FINISH), 0)
    said = (folder / "said").read_text(encoding="utf-8")
    left = [one.name for one in folder.rglob(".compcite-*.json")]
    ended = state(folder)
    fine = ended != "mixed" and not left and (found != "mixed" or "finished" in said)
    return f"{found} -> {ended}" if fine else f"WRONG: {found} -> {ended} {left} {said}"


def main(kills: int) -> int:
    """Kill so many runs, print what was found, and return how many went wrong."""
    found: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(folder)
        os.chdir(folder)
        run(FINISH)  # what the commands import is then there for all runs
        write(folder)
        began = time.monotonic()
        run(RENAME)
        whole = time.monotonic() - began
        for number in range(kills):
            what = kill_once(folder, whole, SIGNS[number % 3])
            found[what] += 1
            print(number, what, flush=True)
    for what, count in sorted(found.items()):
        print(f"{count:5} {what}")
    return sum(count for what, count in found.items() if what.startswith("WRONG"))


if __name__ == "__main__":
    sys.exit(bool(main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)))
