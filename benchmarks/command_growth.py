"""How the time of commands grows with .bib files that are large in one way.

    python -m benchmarks.command_growth [--bytes N] [-v] [WORD …]

Each command reads each structure at a quarter, a half and the whole of ``--bytes`` (1,000,000 by
default), in a process of its own that is stopped after ``MOST_SECONDS`` of CPU time. A command that
is linear doubles its time where the file doubles. Printed are the runs that grow more than ``MOST``
times at the last doubling, that take longer than ``SLOW`` seconds at the whole size, or that end in
a bug; with ``-v`` all runs, and at the end, for each command, the structure that it takes longest
for and the one for which its time grows most. With words, only commands and structures whose names
hold one of them are tried.
"""

from __future__ import annotations

import argparse
import os
import resource
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.growth import STRUCTURES
from benchmarks.killed_runs import import_all

from compcite.cli import run
from compcite.verbs.export import EXPORT_FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable

MOST = 2.6  # times at a doubling; a linear command measures 1.8 to 2.3 on a busy machine
SLOW = 10.0  # seconds of CPU time for 1 MB
MOST_SECONDS = 40
NOISE = 0.15  # seconds beyond the start at which a doubling shows above the noise

ONE = "title = {The same title of all}, author = {Doe, Jane}, year = 2001"
STRUCTURES_HERE: dict[str, Callable[[int], str]] = {
    "different entries": lambda n: "".join(
        f"@article{{k{at}, title = {{Title {at} of {at * 7919 % 1000}}}, "
        f"author = {{Doe{at}, Jane}}, journal = {{J}}, year = {1900 + at % 100}, "
        f"doi = {{10.1234/x{at}}}}}\n"
        for at in range(n)
    ),
    "one title, author, year": lambda n: "".join(
        f"@article{{k{at}, {ONE}, journal = {{J}}}}\n" for at in range(n)
    ),
    "one title": lambda n: "".join(
        f"@book{{k{at}, title = {{The same title of all}}, author = {{Doe{at}, J}}, year = 2001}}\n"
        for at in range(n)
    ),
    "one author": lambda n: "".join(
        f"@book{{k{at}, title = {{Title {at}}}, author = {{Doe, J}}, year = 2001}}\n"
        for at in range(n)
    ),
    "one DOI": lambda n: "".join(
        f"@misc{{k{at}, title = {{Title {at}}}, doi = {{10.1234/x}}}}\n" for at in range(n)
    ),
    "lying crosswise": lambda n: "".join(
        f"@article{{k{at}, title = {{A title in common {at % 9}}}, author = {{Doe, Jane}}, "
        f"year = {2000 + at % 7}, volume = {at % 5}, note = {{{at}}}}}\n"
        for at in range(n)
    ),
    "one key": lambda n: "".join(f"@misc{{a, title = {{T{at}}}}}\n" for at in range(n)),
    "chain of crossref": lambda n: "".join(
        f"@book{{k{at}, crossref = {{k{at + 1}}}}}\n" for at in range(n)
    ),
    "one parent": lambda n: (
        "".join(f"@inbook{{k{at}, crossref = {{p}}, title = {{T{at}}}}}\n" for at in range(n))
        + "@book{p, title = {P}, year = 2000}\n"
    ),
    "macros in chain": lambda n: "".join(
        f'@string{{m{at + 1} = m{at} # "x"}}\n' if at else '@string{m1 = "x"}\n' for at in range(n)
    ),
    "DOIs in one note": lambda n: (
        "@misc{a, note = {" + " ".join(f"10.1234/x{at}" for at in range(n)) + "}}\n"
    ),
    "authors of one entry": lambda n: (
        "@misc{a, title = {T}, author = {" + " and ".join(f"Doe{at}, J" for at in range(n)) + "}}\n"
    ),
    "fields of one entry": lambda n: (
        "@misc{a, " + ", ".join(f"f{at} = {{x}}" for at in range(n)) + "}\n"
    ),
    "one long title": lambda n: "@misc{a, title = {" + "Word " * n + "}}\n",
    "one long word": lambda n: "@misc{a, title = {" + "w" * n + "}, year = 2000}\n",
    "one long key": lambda n: "@misc{" + "k" * n + ", title = {T}}\n",
    "pages": lambda n: "@article{a, title = {T}, pages = {" + "1--2, " * n + "}}\n",
    "keywords": lambda n: "@misc{a, title = {T}, keywords = {" + "word, " * n + "}}\n",
    "ids": lambda n: (
        "@misc{a, title = {T}, ids = {" + ", ".join(f"i{at}" for at in range(n)) + "}}\n"
    ),
    "blocks never closed": lambda n: "@misc{a, title = {T}\n" * n,
    "stray text": lambda n: "stray text\n" * n,
    "comments": lambda n: "% a comment\n" * n + "@misc{a, title = {T}}\n",
    "comment blocks": lambda n: "@comment{x}\n" * n,
    "ignores": lambda n: "% compcite: ignore[M5]\n@misc{a, title = {T}}\n" * n,
    "accents": lambda n: "@misc{a, title = {" + r"\'{e}\"o " * n + "}}\n",
    "protected words": lambda n: "@misc{a, title = {" + "{W}ord " * n + "}}\n",
    "years": lambda n: "@misc{a, title = {T}, year = {" + "2001/" * n + "}}\n",
    "addresses": lambda n: "@misc{a, title = {T}, url = {" + "https://doi.org/10.1/a " * n + "}}\n",
}


# ``x.bib`` is the file that is measured.
COMMANDS = (
    "list x.bib",
    "list x.bib --sort -year",
    "list x.bib --where title~a",
    "check x.bib",
    "check x.bib --report json",
    "check x.bib --report sarif",
    "check x.bib --fix --unsafe-fixes --diff",
    "verify-dois x.bib --offline",
    "tidy x.bib --diff",
    "tidy x.bib --diff --sort -year --align --wrap 80",
    "merge --source x.bib --diff",
    "rename --all --diff --source x.bib",
    "update --source x.bib --diff --offline",
    "import x.bib --to new.bib --diff",
    *(f"export x.bib --format {name}" for name in EXPORT_FORMATS),
    "export x.bib --style ieee",
    "export x.bib --style chicago-notes",
    "check x.bib --cited-in x.tex",
)


def seconds(line: str) -> float:
    """The CPU time of a command in a process of its own; infinite where it was stopped.

    Raises RuntimeError with what it wrote where it ended in a bug.
    """
    error = Path("error.txt")
    child = os.fork()
    if not child:
        resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS + 1))
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os.dup2(os.open(error, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 2)
        begin = time.process_time()
        run(line.split())
        taken = time.process_time() - begin
        Path("seconds.txt").write_text(f"{taken}", encoding="utf-8")
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if "a bug in compcite" in (said := error.read_text("utf-8", "replace")):
        raise RuntimeError(said[said.index("a bug in compcite") :][:200])
    return float(Path("seconds.txt").read_text(encoding="utf-8")) if not status else float("inf")


def structures() -> dict[str, Callable[[int], str]]:
    """All structures of .bib files."""
    return STRUCTURES["bibtex"] | STRUCTURES_HERE


def of_size(make: Callable[[int], str], size: int) -> str:
    """A structure of about this many bytes."""
    return make(max(1, size * 100 // max(1, len(make(100).encode()))))


class Run(NamedTuple):
    """The CPU seconds of a command for a structure, at a quarter, a half and the whole size."""

    structure: str
    seconds: tuple[float, float, float]
    size: int

    @property
    def ratio(self) -> float:
        """How many times the last doubling took; 0 where that is too short to tell."""
        _, half, whole = self.seconds
        return whole / half if half > NOISE else 0

    @property
    def fault(self) -> str:
        """What is wrong with the times; empty if nothing is."""
        quarter, half, whole = self.seconds
        if self.ratio > MOST and half > 2 * quarter:
            return f"grows {self.ratio:.1f} times "
        return "is slow " if whole > SLOW * self.size / 1e6 else ""

    def __str__(self) -> str:
        """One line, such as ``one key: is slow (2.90 5.80 11.60 s)``."""
        shown = " ".join(f"{one:.2f}" for one in self.seconds)
        return f"{self.structure}: {self.fault}({shown} s)"


def measured(line: str, structure: str, make: Callable[[int], str], size: int) -> Run:
    """The times of a command for a structure, without that of its start."""
    Path("x.bib").write_text(make(1), encoding="utf-8")
    start = seconds(line)
    times = []
    for part in (4, 2, 1):
        Path("x.bib").write_text(of_size(make, size // part), encoding="utf-8")
        times.append(max(0.001, seconds(line) - start))
    return Run(structure, (times[0], times[1], times[2]), size)


def worst(line: str, runs: list[Run]) -> str:
    """A command with the structure that it takes longest for, and the one that grows most."""
    slowest = max(runs, key=lambda run: run.seconds[-1])
    grown = max(runs, key=lambda run: run.ratio)
    return (
        f"{line}: at most {slowest.seconds[-1]:.2f} s ({slowest.structure}), "
        f"{grown.ratio:.1f} times a doubling ({grown.structure})"
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="How the time of commands grows.")
    parser.add_argument("--bytes", type=int, default=1_000_000)
    parser.add_argument("-v", action="store_true")
    parser.add_argument("words", nargs="*")
    asked = parser.parse_args()
    tried = found = 0
    runs: dict[str, list[Run]] = {}
    import_all()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        os.environ["COMPCITE_CACHE_DIR"] = folder
        Path("x.tex").write_text("\\cite{k1}", encoding="utf-8")
        for line in COMMANDS:
            for name, make in structures().items():
                if asked.words and not any(word in f"{line}: {name}" for word in asked.words):
                    continue
                tried += 1
                try:
                    run_of = measured(line, name, make, asked.bytes)
                except RuntimeError as error:
                    found += 1
                    print(f"{line}: {name}: {error}", flush=True)
                    continue
                runs.setdefault(line, []).append(run_of)
                found += bool(run_of.fault)
                if run_of.fault or asked.v:
                    print(f"{line}: {run_of}", flush=True)
    if asked.v:
        print(*(worst(line, of_line) for line, of_line in runs.items()), sep="\n")
    print(f"{tried} commands with structures, {found} of them too slow, too fast growing or a bug")


if __name__ == "__main__":
    main()
