"""The part of CHANGELOG.md about one version.

    python tools/release_notes.py 1.2.3

Ends with 1 where the changelog has no such version.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

CHANGELOG = Path(__file__).parents[1] / "CHANGELOG.md"


def notes(changelog: str, version: str) -> str | None:
    """The text below the heading of a version; None where there is no such heading."""
    pattern = rf"^## {re.escape(version)}(?: [^\n]*)?\n(.*?)(?=^## |\Z)"
    found = re.search(pattern, changelog, re.MULTILINE | re.DOTALL)
    return found[1].strip() + "\n" if found else None


def main() -> int:
    """Print the notes of the version that is named."""
    text = notes(CHANGELOG.read_text(encoding="utf-8"), sys.argv[1])
    if text is None:
        sys.stderr.write(f"CHANGELOG.md has no version {sys.argv[1]}; run towncrier build first\n")
        return 1
    sys.stdout.write(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
