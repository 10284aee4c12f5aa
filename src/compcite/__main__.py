"""``compcite`` and ``python -m compcite``."""

from __future__ import annotations

import gc
import sys

from compcite.cli import run

__all__ = ["main"]


def main() -> None:
    """Run the command line and exit with its code."""
    # What a run reads stays until its end: looking for garbage takes a tenth of its time.
    gc.set_threshold(100_000)
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
