"""``compcite`` and ``python -m compcite``."""

from __future__ import annotations

import sys

from compcite.cli import run

__all__ = ["main"]


def main() -> None:
    """Run the command line and exit with its code."""
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
