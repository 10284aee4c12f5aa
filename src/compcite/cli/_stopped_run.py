"""Finish, before files are read, what a killed run has begun to write."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from compcite.cli import _console
from compcite.errors import SourceError
from compcite.files.unfinished import finish_stopped_run

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["finish_before_reading"]


def finish_before_reading(names: Iterable[str]) -> None:
    """Finish the run that was killed while it wrote into a folder of these files, and say so.

    Otherwise some files would be read as they were before that run, others as they are after it.
    Where it cannot be finished, the reason is said on stderr, and the files are read as they are.
    """
    try:
        finished = finish_stopped_run({Path(name).parent for name in names if name != "-"})
    except SourceError as error:
        _console.error(str(error))
        return
    if finished:
        paths = ", ".join(path.name for path in finished)
        _console.error(f"finished an earlier run that was stopped while it wrote: {paths}")
