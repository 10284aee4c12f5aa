"""Whether checking costs as much as the list is long, and a fix little more than a look.

    python benchmarks/checking.py [--entries 5000]

Each figure is the CPU time of a whole `compcite` process, the least of three runs, divided by
that of another one of the same run, so that it does not depend on the machine:

- `check --fix` of a list with one fix, by `check` of it (bar: 1.5);
- `check` of a list that holds all its entries twice and four times, by `check` of it once (bars:
  2.3 and 5);
- `check --unsafe-fixes --diff` of twice as many copies of one work under other keys (bar: 2.6).
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

RUNS = 3
COPIES = 400


def entry(number: int, doi: str) -> str:
    """An entry of its own, such as a program exports it."""
    return (
        f"@article{{key{number},\n"
        f"  author = {{Author{number}, Anna B. and Second, Carl and Third, Dora}},\n"
        f"  title = {{A study of subject {number} in some depth}},\n"
        f"  journal = {{Journal of Subjects}},\n"
        f"  year = {{{1950 + number % 70}}},\n"
        f"  volume = {{{number % 90 + 1}}},\n"
        f"  pages = {{{number}--{number + 9}}},\n"
        f"  doi = {{{doi}}}\n"
        "}\n"
    )


def copy(number: int) -> str:
    """One work, under a key of its own."""
    return (
        f"@article{{k{number}, author = {{Au, T.}}, title = {{A title of a work}}, year = 2001}}\n"
    )


def seconds(text: str, *options: str) -> float:
    """The CPU time of `compcite check` on a text: the least of some runs."""
    least = float("inf")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "list.bib")
        for _ in range(RUNS):
            path.write_text(text, encoding="utf-8")
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            subprocess.run(
                [sys.executable, "-m", "compcite", "check", *options, str(path)],
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                check=False,
            )
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
            least = min(least, spent)
    return least


def main() -> None:
    """Measure, and print each figure beside its bar."""
    parser = argparse.ArgumentParser(description="Ratios of the cost of checking.")
    parser.add_argument("--entries", type=int, default=5000)
    count = parser.parse_args().entries
    plain = "".join(entry(number, f"10.1000/{number}") for number in range(1, count))
    one_fix = plain + entry(count, f"https://doi.org/10.1000/{count}")
    look = seconds(one_fix)
    print(f"check --fix, one fix:          {seconds(one_fix, '--fix') / look:.2f} (bar 1.5)")
    once = seconds(plain)
    print(f"check, each entry twice:       {seconds(plain * 2) / once:.2f} (bar 2.3)")
    print(f"check, each entry four times:  {seconds(plain * 4) / once:.2f} (bar 5)")
    copies = ["".join(map(copy, range(number))) for number in (COPIES, 2 * COPIES)]
    few, many = (seconds(text, "--unsafe-fixes", "--diff") for text in copies)
    print(f"{2 * COPIES} copies by {COPIES}, merged:     {many / few:.2f} (bar 2.6)")


if __name__ == "__main__":
    main()
