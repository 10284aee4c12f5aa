"""How far compcite and pandoc agree on .bib files, and why they do not.

    python -m benchmarks.against_pandoc FOLDER [-v]

Type, names, dates, title, container-title, volume, issue and page of every entry of every .bib
file in FOLDER that pandoc can read. A difference counts as explained where a kind of difference
of docs/formats.md makes pandoc's value of compcite's; the rest is unexplained, and ``-v`` prints
it. The agreement is equal / (equal + unexplained).
"""

from __future__ import annotations

import sys
from pathlib import Path

from tests.formats.pandoc_comparison import VARIABLES, compare


def main() -> None:
    """Compare and print the figures."""
    folders = [argument for argument in sys.argv[1:] if argument != "-v"]
    if not folders:
        sys.exit(__doc__)
    tally = compare(sorted(Path(folders[0]).glob("*.bib")))
    print(f"files {tally.files}, not read by pandoc {len(tally.unread)}")
    print(f"entries {tally.entries}, second of their keys or read by one only {len(tally.alone)}")
    print(f"\n{'':20}{'equal':>8}{'explained':>11}{'unexplained':>13}{'agreement':>11}")
    different = [one.variable for one in tally.unexplained]
    for name in VARIABLES:
        row = (tally.equal[name], tally.explained[name], different.count(name))
        if any(row):
            print(f"{name:20}{row[0]:8}{row[1]:11}{row[2]:13}{tally.agreement(name):11.2%}")
    equal, explained = tally.equal.total(), tally.explained.total()
    print(f"{'all':20}{equal:8}{explained:11}{len(different):13}{tally.agreement():11.2%}")
    print("\nkinds of difference")
    for kind, count in tally.kinds.most_common():
        print(f"{count:6}  {kind.row}")
    if "-v" in sys.argv:
        print(f"\nread by one only: {', '.join(sorted(set(tally.alone)))}")
        for one in tally.unexplained:
            print(f"\n{one.source}: @{one.entry.type}{{{one.entry.key}}} {one.variable}")
            print(f"  compcite  {one.ours}\n  pandoc    {one.theirs}")


if __name__ == "__main__":
    main()
