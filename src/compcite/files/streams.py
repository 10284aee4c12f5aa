"""Write to what is no regular file: an open stream such as ``/dev/stdout``, a pipe, a device."""

from __future__ import annotations

import errno
import os
import re
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["is_stream", "names_open_stream", "write_stream"]

_OPEN_STREAM = re.compile(r"/dev/(?:stdin|stdout|stderr|fd/(\d+))|/proc/self/fd/(\d+)")
_NUMBERS = {"/dev/stdin": 0, "/dev/stdout": 1, "/dev/stderr": 2}
_PATIENCE = 2.0  # seconds for the reader of a pipe to come: a shell starts it at the same moment


def is_stream(path: Path, target: Path) -> bool:
    """Whether a path, which leads to ``target``, names a stream and no regular file."""
    return _number(path) is not None or (target.exists() and not target.is_file())


def names_open_stream(path: Path) -> bool:
    """Whether a path is the name of a stream that is open already, such as ``/dev/stdin``."""
    return _number(path) is not None


def write_stream(path: Path, data: bytes) -> None:
    """Write to a stream behind what it has already; raises OSError where that fails."""
    number = _number(path)
    handle = os.dup(number) if number is not None else _opened(path)
    with os.fdopen(handle, "wb") as file:
        file.write(data)


def _number(path: Path) -> int | None:
    """The number of the open stream that a path names; None for other paths.

    Such a path is not opened again: a file behind it would be written over from its beginning.
    """
    match = _OPEN_STREAM.fullmatch(path.as_posix())
    if match is None:
        return None
    digits = match[1] or match[2]
    return int(digits) if digits else _NUMBERS[match[0]]


def _opened(path: Path) -> int:
    """A handle to write to a pipe or device; OSError for a pipe that nobody reads.

    To open such a pipe in the usual way would take until somebody reads it, which may be never.
    """
    end = time.monotonic() + _PATIENCE
    while True:
        try:
            handle = os.open(path, os.O_WRONLY | getattr(os, "O_NONBLOCK", 0))
        except OSError as error:
            if error.errno != errno.ENXIO:
                raise
            if time.monotonic() > end:
                raise OSError(error.errno, "nobody reads from this pipe") from None
            time.sleep(0.05)
        else:
            if hasattr(os, "O_NONBLOCK"):
                os.set_blocking(handle, True)
            return handle
