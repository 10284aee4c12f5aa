"""How fast an audit of many lists is, whether its time is linear, and how much memory it needs.

::

    python benchmarks/audits.py [--lists 10000] [--references 30] [--jobs 2]
    python benchmarks/audits.py --records RECORDS.jsonl [--engine spark]

Without records, the lists have references of the usual kinds, one in five with a fault, and
``--check-only`` judges them. With records of Crossref, one a line, a snapshot is built of thirty
copies of each, with DOIs and titles of their own; the references are made of these records, one in
twenty with another year and one in a hundred with another DOI, and judged from the snapshot alone.

Printed are, for a quarter, a half and all of the lists, the references in a second, and in a second
of one core, of all processes together; the most memory that all had together (their proportional
set size); and the beginning of the SHA-256 of the results: both engines write the same bytes.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
from itertools import count, cycle, islice, starmap
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

SURNAMES = ("Berg", "Ito", "Moreau", "Nowak", "Okafor", "Silva", "Tanaka", "Weiss")
SUBJECTS = ("receptors", "glaciers", "networks", "enzymes", "dialects", "alloys", "reefs")
COPIES = 30
ENDS = (0, 1, 3)  # the codes of an audit that came to its end
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


def copies(path: Path) -> Iterator[dict[str, Any]]:
    """Thirty copies of each record, with a DOI and a title of their own."""
    records = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    for number in range(COPIES):
        for record in records:
            titles = [f"{title}, part {number}" for title in record.get("title") or ["Untitled"]]
            yield {**record, "DOI": f"10.5555/{number}.{record['DOI']}", "title": titles}


def reference_of(number: int, record: dict[str, Any]) -> str:
    """An entry for a record; one in twenty has another year, one in a hundred another DOI."""
    people = " and ".join(
        f"{one['family']}, {one.get('given', '')}"
        for one in record.get("author", ())
        if one.get("family")
    )
    year = record.get("issued", {}).get("date-parts", [[None]])[0][0] or 2000
    values = {
        "author": people,
        "title": record["title"][0],
        "journal": next(iter(record.get("container-title", ())), ""),
        "year": year - 7 if number % 20 == 0 else year,
        "volume": record.get("volume", ""),
        "doi": "10.5555/0.10.1000/none" if number % 100 == 1 else record["DOI"],
    }
    inner = "".join(f"  {name} = {{{value}}},\n" for name, value in values.items() if value)
    return f"@article{{ref{number},\n{inner}}}\n\n"


def write_lists(folder: Path, lists: int, references: int, entries: Iterator[str]) -> None:
    """Write the lists, each with the next references, in folders of a thousand."""
    for number in range(lists):
        place = folder / f"{number // 1000:03}" / f"{number:06}.bib"
        place.parent.mkdir(exist_ok=True, parents=True)
        place.write_text("".join(islice(entries, references)), encoding="utf-8")


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


def measure(place: Path, arguments: list[str]) -> tuple[float, float, int]:
    """The seconds, the seconds of all cores, and the most memory of a whole run in a folder."""
    command = [sys.executable, "-m", "compcite", "audit", "--quiet", *arguments]
    began, most = time.monotonic(), 0
    spent: dict[int, float] = {}
    with subprocess.Popen(command, cwd=place) as run:
        while run.poll() is None:
            together = 0
            for process in family(run.pid):
                with contextlib.suppress(OSError):
                    together += memory(process)
                    spent[process] = core_seconds(process)
            most = max(most, together)
            time.sleep(PAUSE)
    if run.returncode not in ENDS:
        raise SystemExit(f"the audit ended with {run.returncode}")
    return time.monotonic() - began, sum(spent.values()), most


def main() -> None:
    """Measure, and print one line for each number of lists."""
    parser = argparse.ArgumentParser(description="The speed and the memory of audits.")
    parser.add_argument("--lists", type=int, default=10_000)
    parser.add_argument("--references", type=int, default=30)
    parser.add_argument("--engine", default="local")
    parser.add_argument("--jobs", default="2")
    parser.add_argument("--records", type=Path)
    given = parser.parse_args()
    options = ["--jobs", given.jobs]
    if given.engine != "local":
        options = ["--engine", given.engine, "--master", f"local[{given.jobs}]"]
    with tempfile.TemporaryDirectory() as place:
        if given.records:
            made = list(copies(given.records))
            snapshot = build(Path(place), made)
            options += ["--snapshot", snapshot, "--offline"]
            entries = starmap(reference_of, enumerate(cycle(made)))
        else:
            options += ["--check-only"]
            entries = (reference(number, f"10.1000/subject.{number}") for number in count())
        for lists in (given.lists // 4, given.lists // 2, given.lists):
            folder, output = Path(place, f"lists-{lists}"), Path(place, "results.parquet")
            write_lists(folder, lists, given.references, entries)
            # The rows name the lists as they were given, so the name of a passing folder stays out.
            seconds, spent, most = measure(
                Path(place), [folder.name, "--output", output.name, *options]
            )
            references = lists * given.references
            print(
                f"{lists:>7,} lists, {references:>9,} references: {seconds:6.1f} s, "
                f"{references / seconds:6,.0f} references/s, "
                f"{references / spent:6,.0f} in a second of a core, {most / 1e6:,.0f} MB, "
                f"SHA-256 {hashlib.sha256(output.read_bytes()).hexdigest()[:16]}",
                flush=True,
            )


def build(place: Path, records: list[dict[str, Any]]) -> str:
    """Build a snapshot of some records; its path."""
    dump, snapshot = place / "dump.jsonl", str(place / "snapshot")
    with dump.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(record) + "\n" for record in records)
    command = [sys.executable, "-m", "compcite", "snapshot", "build", snapshot, str(dump)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return snapshot


if __name__ == "__main__":
    main()
