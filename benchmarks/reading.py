"""CPU time of listing a large .bib file, against bibtexparser reading the same text.

    python benchmarks/reading.py FILE.bib [RUNS]

Whole processes in turns, the median of RUNS (default 5): ``compcite list FILE`` and a Python
that only calls ``bibtexparser.parse_string``. Its own imports count on both sides.
"""

from __future__ import annotations

import statistics
import sys

from startup import cpu_seconds

PARSE = """
import bibtexparser, sys
bibtexparser.parse_string(open(sys.argv[1], encoding="utf-8").read())
"""


def main() -> None:
    """Measure in turns and print the medians with their ratio."""
    path = sys.argv[1]
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 5  # noqa: PLR2004 - the second argument
    ours, theirs = [], []
    for _ in range(runs):
        ours.append(cpu_seconds([sys.executable, "-m", "compcite", "list", path]))
        theirs.append(cpu_seconds([sys.executable, "-c", PARSE, path]))
    listed, parsed = statistics.median(ours), statistics.median(theirs)
    print(f"compcite list              {listed:.3f} s")
    print(f"bibtexparser.parse_string  {parsed:.3f} s")
    print(f"ratio                      {listed / parsed:.2f}")


if __name__ == "__main__":
    main()
