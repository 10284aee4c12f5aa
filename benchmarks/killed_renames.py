"""Kill ``compcite rename`` over five files at random moments, and see what the next run finds.

    python benchmarks/killed_renames.py [KILLS]

After each kill all files must be old or all new, or ``compcite list`` must say that it finished the
rest, after which all are new. Half of the moments lie anywhere in the run, the others in the short
time in which files are written: that is told by a file that appears beside the list.
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

FILES = {
    "references.bib": "@misc{KEY, title = {Self}}\n@misc{kid, crossref = {KEY}}\n",
    "chapters/one.tex": "\\cite{KEY}\n" * 2000,
    "chapters/two.md": "[@KEY]\n" * 2000,
    "three.typ": "@KEY\n" * 2000,
    "notes/four.org": "[cite:@KEY]\n" * 2000,
}
RENAME = ["rename", "old2003", "new2003"]
RENAME += [part for name in list(FILES)[1:] for part in ("--cited-in", name)]
FINISH = ["list", "references.bib", "--format", "keys"]


def compcite(folder: Path, arguments: list[str]) -> subprocess.Popen[str]:
    """Start compcite in a folder."""
    return subprocess.Popen(
        [sys.executable, "-m", "compcite", *arguments],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )


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


def kill_once(folder: Path, whole: float, *, while_writing: bool) -> str:
    """Kill one run at a random moment; return what was found, and after the next run."""
    write(folder)
    run = compcite(folder, RENAME)
    if while_writing:
        end = time.monotonic() + 30
        while run.poll() is None and time.monotonic() < end:
            if any(one.name.startswith(".compcite-") for one in folder.iterdir()):
                break
            time.sleep(0.0005)
        time.sleep(random.uniform(0, 0.05))  # noqa: S311 - a moment, no secret
    else:
        time.sleep(random.uniform(0, whole))  # noqa: S311
    run.kill()
    run.communicate()
    found = state(folder)
    finish = compcite(folder, FINISH)
    _, said = finish.communicate()
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
        start = time.monotonic()
        compcite(folder, RENAME).communicate()
        whole = time.monotonic() - start
        for number in range(kills):
            found[kill_once(folder, whole, while_writing=number % 2 == 1)] += 1
    for what, count in sorted(found.items()):
        print(f"{count:5} {what}")
    return sum(count for what, count in found.items() if what.startswith("WRONG"))


if __name__ == "__main__":
    sys.exit(bool(main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)))
