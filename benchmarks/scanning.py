"""How many entries .bib files hold, read in three ways, and how the time of reading grows.

    python benchmarks/scanning.py FOLDER SAMPLE.bib

Of every .bib file in FOLDER: do the blocks join to the text, and how many entries are there
beside what a search for ``@word{`` at the start of a line counts and what bibtexparser reads?
Files where the three differ are listed, to be looked at. Then SAMPLE is repeated under other
keys to 1,000, 10,000 and 100,000 entries, and CPU seconds are measured for scanning, for
scanning and reading into items, and up to 10,000 for bibtexparser.
"""

from __future__ import annotations

import gc
import logging
import re
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bibtexparser.entrypoint import parse_string  # noqa: TID253 - what is measured

from compcite.files.decoding import decode, read_source
from compcite.formats.bibtex.read.reader import read_bibtex
from compcite.formats.bibtex.scan.syntax import scan

if TYPE_CHECKING:
    from collections.abc import Callable

_HEAD = re.compile(r"^\s*@(\w+)\s*[{(]", re.MULTILINE)
_NO_ENTRIES = {"string", "comment", "preamble"}
_SIZES = (1_000, 10_000, 100_000)
_SLOW = 10_000  # entries; bibtexparser is not measured on more


def main() -> None:
    """Print both tables."""
    logging.disable(logging.CRITICAL)
    compare_counts(Path(sys.argv[1]))
    measure_growth(read_source(sys.argv[2]).text)


def compare_counts(folder: Path) -> None:
    """Count entries in three ways and list the files where the counts differ."""
    files = entries = whole = 0
    for path in sorted(folder.glob("*.bib*")):
        source = read_source(str(path))
        text = source.text
        whole += "".join(text[block.start : block.end] for block in scan(text)) == text
        read, problems = read_bibtex(source)
        unread = sum(problem.rule == "entry-unparsed" for problem in problems)
        heads = sum(found[1].lower() not in _NO_ENTRIES for found in _HEAD.finditer(text))
        others = parse_string(text)
        files += 1
        entries += len(read)
        if not len(read) == heads == len(others.entries):
            print(
                f"{path.name}: {len(read)} entries and {unread} unreadable blocks, {heads} heads, "
                f"bibtexparser {len(others.entries)} and {len(others.failed_blocks)} failed"
            )
    print(f"{files} files, {whole} join to the exact text, {entries} entries\n")


def measure_growth(sample: str) -> None:
    """Print the CPU seconds of reading ever more entries."""
    print(f"{'entries':>8} {'scan':>8} {'read':>8} {'bibtexparser':>13}")
    for size in _SIZES:
        text = repeated(sample, size)
        source = decode(text.encode(), "x.bib")
        scanned = cpu_seconds(scan, text)
        read = cpu_seconds(read_bibtex, source)
        others = f"{cpu_seconds(parse_string, text):.2f}" if size <= _SLOW else "-"
        print(f"{size:>8} {scanned:>8.2f} {read:>8.2f} {others:>13}")


def repeated(sample: str, size: int) -> str:
    """Entries of a sample, again and again under other keys."""
    entries = [sample[b.start : b.end] for b in scan(sample) if b.key]
    made = []
    for number in range(size):
        head, _, rest = entries[number % len(entries)].partition(",")
        made.append(f"{head}-{number},{rest}\n")
    return "\n".join(made)


def cpu_seconds(read: Callable[[Any], object], argument: object) -> float:
    """The CPU time of one call."""
    gc.collect()
    begun = time.process_time()
    read(argument)
    return time.process_time() - begun


if __name__ == "__main__":
    main()
