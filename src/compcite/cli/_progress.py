"""A progress bar on standard error: only on a terminal, and only for work of over a second."""

from __future__ import annotations

import os
import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Protocol

    from rich.progress import Progress

    class Tell(Protocol):
        """Moves a bar to so many steps of all; ``words`` stand beside it, by default the steps."""

        def __call__(self, done: int, total: int, words: str = "") -> None: ...


__all__ = ["progress"]

_PATIENCE = 1.0  # seconds before a bar appears: for shorter work it would only flicker


@contextmanager
def progress(title: str) -> Iterator[Tell]:
    """Show a bar if the work lasts over a second; yield a function that moves it.

    It takes the number of finished steps and of all steps. Until it is called the bar moves by
    itself, so that somebody who waits for the first answer sees that work goes on. Without a
    terminal there is no bar.
    """
    bar = _Bar(title)
    timer = threading.Timer(_PATIENCE, bar.show)
    timer.daemon = True
    if _is_terminal():
        timer.start()
    try:
        yield bar.tell
    finally:
        timer.cancel()
        bar.stop()


def _is_terminal() -> bool:
    """Whether standard error is a terminal that can redraw a line.

    The log of a CI system cannot.
    """
    capable = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
    return capable and not os.environ.get("CI")


class _Bar:
    """A bar that one thread shows and another one moves and stops."""

    def __init__(self, title: str) -> None:
        """A bar that is not shown yet."""
        self._title = title
        self._lock = threading.Lock()
        self._over = False
        self._steps: tuple[int, int, str] | None = None
        self._drawn: Progress | None = None

    def show(self) -> None:
        """Draw the bar, unless the work is over."""
        with self._lock:
            if self._over:
                return
            self._drawn = _drawn(self._title)
            self._move()

    def tell(self, done: int, total: int, words: str = "") -> None:
        """Move the bar to so many steps of all."""
        with self._lock:
            self._steps = done, total, words or f"{done:,}/{total:,}"
            self._move()

    def stop(self) -> None:
        """Take the bar away, or keep it from being drawn later."""
        with self._lock:
            self._over = True
            if self._drawn is not None:
                self._drawn.stop()

    def _move(self) -> None:
        """Draw the steps that are done, where a bar is shown and steps are known."""
        if self._drawn is None or self._steps is None:
            return
        done, total, words = self._steps
        (task,) = self._drawn.task_ids
        self._drawn.update(task, completed=done, total=total, count=words)


def _drawn(title: str) -> Progress:
    """A bar on standard error, which moves to and fro as long as nobody knows how much there is."""
    from rich.console import Console  # noqa: PLC0415 - only for a bar
    from rich.progress import (  # noqa: PLC0415 - only for a bar
        BarColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
    )

    bar = Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TextColumn("{task.fields[count]}", markup=False),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    bar.start()
    bar.add_task(title, total=None, count="")
    return bar
