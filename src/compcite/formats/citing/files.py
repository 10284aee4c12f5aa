"""Find the files that a document includes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compcite.files.regular import is_file

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
            if is_file(path):
                return path
    return None
