"""A progress bar on standard error: only on a terminal, and only for work of over a second."""

from __future__ import annotations

import os
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rich.progress import Progress, TaskID

__all__ = ["progress"]

_PATIENCE = 1.0  # seconds before a bar appears: for shorter work it would only flicker


@contextmanager
def progress(title: str) -> Iterator[Callable[[int, int], None]]:
    """Yield a function that draws the bar.

    It takes the number of finished steps and of all steps.
    """
    began = time.monotonic()
    bar: Progress | None = None
    task: TaskID | None = None

    def tell(done: int, total: int) -> None:
        nonlocal bar, task
        if bar is None:
            if not _is_terminal() or time.monotonic() - began < _PATIENCE:
                return
            bar, task = _start(title, total)
        if task is not None:
            bar.update(task, completed=done, total=total)

    try:
        yield tell
    finally:
        if bar is not None:
            bar.stop()


def _is_terminal() -> bool:
    """Whether standard error is a terminal that can redraw a line.

    The log of a CI system cannot.
    """
    capable = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
    return capable and not os.environ.get("CI")


def _start(title: str, total: int) -> tuple[Progress, TaskID]:
    """Show a new bar."""
    from rich.console import Console  # noqa: PLC0415 - only for a bar
    from rich.progress import (  # noqa: PLC0415 - only for a bar
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
    )

    bar = Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    bar.start()
    return bar, bar.add_task(title, total=total)
