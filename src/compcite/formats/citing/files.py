"""The files that documents read besides themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

__all__ = ["find_file"]


def find_file(names: Sequence[str], folders: Iterable[Path]) -> Path | None:
    """The first file of one of these names in the folders, or None."""
    for folder in folders:
        for name in names:
            path = folder / name
            if _is_file(path):
                return path
    return None


def _is_file(path: Path) -> bool:
    """Whether there is a file; a name that no file can have names none."""
    try:
        return path.is_file()
    except OSError:
        return False
