"""How fast an audit of many lists is, whether its time is linear, and its memory level.

    python benchmarks/audits.py [--lists 10000] [--references 30] [--engine local] [--jobs 2]
                                [--snapshot DIR --dois FILE]

Each list has references of its own, of the usual kinds of faults: DOIs as URLs, odd pages, missing
fields, repeated entries. With a snapshot, their DOIs are those of a file, one a line, and each is
looked up. Printed are, for a quarter, a half and all of the lists:

- the references in a second and in a second of one core's time, of all processes together;
- the most memory that all processes had together (their proportional set size).
"""

from __future__ import annotations

import argparse
import contextlib
import os
import subprocess
import sys
import tempfile
import time
from itertools import cycle, islice
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

SURNAMES = ("Berg", "Ito", "Moreau", "Nowak", "Okafor", "Silva", "Tanaka", "Weiss")
SUBJECTS = ("receptors", "glaciers", "networks", "enzymes", "dialects", "alloys", "reefs")
PAUSE = 0.2  # seconds between two looks at the memory


def reference(number: int, doi: str) -> str:
    """An entry; one in five has a fault that ``check`` finds."""
    names = " and ".join(f"{SURNAMES[(number + i) % 8]}, A. {chr(66 + i)}." for i in range(3))
    written = f"https://doi.org/{doi}" if number % 10 == 0 else doi
    pages = f"{number % 900}-{number % 900 + 9}" if number % 15 else "12--"
    journal = "" if number % 25 == 0 else "  journal = {Journal of Subjects},\n"
    return (
        f"@article{{ref{number},\n"
        f"  author = {{{names}}},\n"
        f"  title = {{On the {number}th study of {SUBJECTS[number % 7]} in some depth}},\n"
        f"{journal}"
        f"  year = {{{1950 + number % 70}}},\n"
        f"  volume = {{{number % 90 + 1}}},\n"
        f"  pages = {{{pages}}},\n"
        f"  doi = {{{written}}}\n"
        "}\n\n"
    )


def write_lists(folder: Path, lists: int, references: int, dois: Iterator[str]) -> None:
    """Write the lists, each with references of its own, in folders of a thousand."""
    for number in range(lists):
        place = folder / f"{number // 1000:03}" / f"{number:06}.bib"
        place.parent.mkdir(exist_ok=True, parents=True)
        first = number * references
        entries = (reference(first + i, next(dois)) for i in range(references))
        place.write_text("".join(entries), encoding="utf-8")


def family(process: int) -> Iterator[int]:
    """A process and all that it started, and so on."""
    yield process
    try:
        children = Path(f"/proc/{process}/task/{process}/children").read_text("ascii")
    except OSError:  # it has ended meanwhile
        return
    for child in children.split():
        yield from family(int(child))


def memory(process: int) -> int:
    """The memory of a process, in bytes; what several share is counted in parts (PSS)."""
    rollup = Path(f"/proc/{process}/smaps_rollup").read_text("ascii")
    lines = (line for line in rollup.splitlines() if line.startswith("Pss:"))
    return 1024 * sum(int(line.split()[1]) for line in lines)


def core_seconds(process: int) -> float:
    """The seconds of a core that a process has used."""
    fields = Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def measure(arguments: list[str]) -> tuple[float, float, int]:
    """The seconds, the seconds of all cores, and the most memory of a whole run."""
    command = [sys.executable, "-m", "compcite", "audit", "--quiet", *arguments]
    began, most = time.monotonic(), 0
    spent: dict[int, float] = {}
    with subprocess.Popen(command) as run:
        while run.poll() is None:
            together = 0
            for process in family(run.pid):
                with contextlib.suppress(OSError):
                    together += memory(process)
                    spent[process] = core_seconds(process)
            most = max(most, together)
            time.sleep(PAUSE)
    return time.monotonic() - began, sum(spent.values()), most


def main() -> None:
    """Measure, and print one line for each number of lists."""
    parser = argparse.ArgumentParser(description="The speed and the memory of audits.")
    parser.add_argument("--lists", type=int, default=10_000)
    parser.add_argument("--references", type=int, default=30)
    parser.add_argument("--engine", default="local")
    parser.add_argument("--jobs", default="2")
    parser.add_argument("--snapshot")
    parser.add_argument("--dois", type=Path)
    given = parser.parse_args()
    options = ["--jobs", given.jobs]
    if given.engine != "local":
        options = ["--engine", given.engine, "--master", f"local[{given.jobs}]"]
    options += ["--snapshot", given.snapshot, "--offline"] if given.snapshot else ["--check-only"]
    known = given.dois.read_text("utf-8").split() if given.dois else None
    for lists in (given.lists // 4, given.lists // 2, given.lists):
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place, "lists")
            made = (f"10.1000/subject.{number}" for number in range(10**9))
            dois = islice(cycle(known), lists * given.references) if known else made
            write_lists(folder, lists, given.references, iter(dois))
            output = str(Path(place, "results.parquet"))
            seconds, spent, most = measure([str(folder), "--output", output, *options])
        count = lists * given.references
        print(
            f"{lists:>7,} lists, {count:>9,} references: {seconds:6.1f} s, "
            f"{count / seconds:8,.0f} references/s, {count / spent:8,.0f} a second of a core, "
            f"{most / 1e6:,.0f} MB",
            flush=True,
        )


if __name__ == "__main__":
    main()
