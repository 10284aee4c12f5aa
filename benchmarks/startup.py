"""CPU time of short commands, as ratios to ``python -c "import typer"``.

    python benchmarks/startup.py [RUNS]

Whole processes, user and system time of each, the median of RUNS (default 9) taken in turns.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
COMMANDS = {
    "import typer": [sys.executable, "-c", "import typer"],
    "compcite --version": [sys.executable, "-m", "compcite", "--version"],
    "compcite list, ten entries": [
        sys.executable,
        "-m",
        "compcite",
        "list",
        str(ROOT / "data" / "references.bib"),
    ],
}


def cpu_seconds(command: list[str]) -> float:
    """User and system time of one run."""
    before = os.times()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    after = os.times()
    return (
        after.children_user - before.children_user + after.children_system - before.children_system
    )


def main() -> None:
    """Measure in turns and print the medians."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    rounds = [{name: cpu_seconds(run) for name, run in COMMANDS.items()} for _ in range(runs)]
    base = statistics.median(row["import typer"] for row in rounds)
    for name in COMMANDS:
        median = statistics.median(row[name] for row in rounds)
        print(f"{name:<28} {median:.3f} s  {median / base:.2f} times import typer")


if __name__ == "__main__":
    main()
