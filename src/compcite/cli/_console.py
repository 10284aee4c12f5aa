"""Standard output and standard error: UTF-8, colours, and readers that stop reading."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from compcite.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.console import Console

__all__ = [
    "close",
    "colour",
    "error",
    "is_terminal",
    "note",
    "out",
    "out_bytes",
    "prepare",
    "result",
    "rich_console",
    "width",
]


def prepare() -> None:
    """Make standard output and standard error write UTF-8, and line ends as they are.

    A stream that the caller has closed (``>&-``) ignores what is written to it.
    """
    if sys.stdout is None:
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - for the whole run
    if sys.stderr is None:
        sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - likewise
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def out(text: str) -> None:
    """Write text to standard output; a reader that stops early (``| head``) is no error.

    Raises SourceError where writing fails for another reason, such as a full disk.
    """
    _written(lambda: sys.stdout.write(text))


def result(text: str) -> None:
    r"""Write the content of an export to standard output.

    A pipe gets the same bytes as a file would. A terminal gets control characters as escapes such
    as ``\x1b``, so that no title can control it.
    """
    if not sys.stdout.isatty():
        out_bytes(text.encode("utf-8", "surrogateescape"))
        return
    from compcite.text.terminal import harmless  # noqa: PLC0415 - only for terminals

    out("\n".join(harmless(line) for line in text.split("\n")))


def out_bytes(data: bytes) -> None:
    """Write bytes to standard output; errors are as for :func:`out`."""
    sys.stdout.flush()
    _written(lambda: sys.stdout.buffer.write(data))


def _written(write: Callable[[], int]) -> None:
    """Write and flush; on failure nothing more is written to standard output.

    A closed pipe is no error. Raises SourceError for any other failure.
    """
    try:
        write()
        sys.stdout.flush()
    except BrokenPipeError:
        _silence()
    except OSError as problem:
        _silence()
        reason = problem.strerror or problem
        raise SourceError(f"standard output cannot be written: {reason}") from None


def note(text: str) -> None:
    """Write a line, or several, to standard error.

    A line that a CI system would carry out gets a bar before it. The name of a file can contain a
    line break, and so such a line.
    """
    from compcite.text.terminal import without_commands  # noqa: PLC0415 - only for messages

    with contextlib.suppress(OSError):
        sys.stderr.write(without_commands(text.rstrip("\n")) + "\n")
        sys.stderr.flush()


def error(text: str) -> None:
    """Write a message to standard error, behind ``compcite:``.

    It may hold what a file, a server or a variable says: passwords in addresses are hidden, and
    words without end are cut.
    """
    from compcite.text.secrets import shortened, without_secrets  # noqa: PLC0415 - only for errors
    from compcite.text.terminal import harmless  # noqa: PLC0415 - likewise

    note(f"compcite: {harmless(shortened(without_secrets(text)))}")


def close() -> None:
    """Flush standard output; then the interpreter cannot fail to do so at its exit.

    If that fails, nothing more is written, and no error is raised. The language server has closed
    standard output already.
    """
    if sys.stdout.closed:
        return
    try:
        sys.stdout.flush()
    except OSError:
        _silence()


def _silence() -> None:
    """Send all further standard output to the null device, after writing has failed."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def is_terminal() -> bool:
    """Whether standard output is a terminal with a width that layout can follow."""
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def width() -> int | None:
    """The width of the terminal; None where standard output is no terminal."""
    return shutil.get_terminal_size().columns if is_terminal() else None


def colour() -> bool:
    """Whether to write colours: NO_COLOR forbids it, FORCE_COLOR wants it.

    Without either, a terminal gets colours.
    """
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or (is_terminal() and _obeys_sequences())


def _obeys_sequences() -> bool:
    """Whether the terminal understands escape sequences; on Windows this switches them on."""
    if sys.platform != "win32":
        return True
    import ctypes  # noqa: PLC0415 - only there
    from ctypes import wintypes  # noqa: PLC0415

    standard_output, enable_sequences = -11, 0x0004
    kernel = ctypes.windll.kernel32
    handle, mode = kernel.GetStdHandle(standard_output), wintypes.DWORD()
    if not kernel.GetConsoleMode(handle, ctypes.byref(mode)):
        return False
    return bool(kernel.SetConsoleMode(handle, mode.value | enable_sequences))


def rich_console() -> Console:
    """A rich console for standard output that takes text literally.

    Nothing in it is read as markup or emoji, or highlighted.
    """
    from rich.console import Console  # noqa: PLC0415 - costs more than a whole listing in a pipe

    # Without a colour system there is no bold either, and no link.
    system: Literal["auto"] | None = "auto" if colour() else None
    return Console(markup=False, emoji=False, highlight=False, color_system=system)
