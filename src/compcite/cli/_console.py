"""Standard output and standard error: UTF-8, colour only where wanted, a closed pipe in silence."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["close", "colour", "error", "is_terminal", "note", "out", "prepare", "rich_console"]


def prepare() -> None:
    """Write UTF-8 whatever the locale says, and line ends as they are."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def out(text: str) -> None:
    """Write a result to standard output; a reader that has gone away (``| head``) is no error."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        _silence()


def note(text: str) -> None:
    """Write a line to standard error."""
    with contextlib.suppress(BrokenPipeError):
        sys.stderr.write(text.rstrip("\n") + "\n")
        sys.stderr.flush()


def error(text: str) -> None:
    """Write an error's sentence to standard error."""
    from compcite.text.terminal import harmless  # noqa: PLC0415 - only for errors

    note(f"compcite: {harmless(text)}")


def close() -> None:
    """Flush, so that the interpreter's own flush at exit finds nothing to complain of."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _silence()


def _silence() -> None:
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def is_terminal() -> bool:
    """Whether standard output is a terminal, so that layout may follow its width."""
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def colour() -> bool:
    """Whether to colour: FORCE_COLOR and NO_COLOR decide, else the terminal does."""
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or is_terminal()


def rich_console() -> Console:
    """A rich console on standard output that never reads markup, emoji or highlights into text."""
    from rich.console import Console  # noqa: PLC0415 - costs more than a whole listing in a pipe

    return Console(markup=False, emoji=False, highlight=False, no_color=not colour())
