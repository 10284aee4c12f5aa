"""Find the files that a document includes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

__all__ = ["find_file"]


def find_file(names: Sequence[str], folders: Iterable[Path]) -> Path | None:
    """Return the first file that exists under one of ``names`` in ``folders``, or None.

    The first folder is searched for all names, then the second.
    """
    for folder in folders:
        for name in names:
            path = folder / name
            if _is_file(path):
                return path
    return None


def _is_file(path: Path) -> bool:
    """Return whether a path is a file; false too if its name is not allowed."""
    try:
        return path.is_file()
    except OSError:
        return False
