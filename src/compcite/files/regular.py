"""Read files that strangers may have put there: only regular files, and only up to a limit.

A list of a pull request may be a link to ``/dev/zero``, which never ends, or a pipe to which nobody
writes. Everything that compcite reads from a path is read here.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
from math import inf
from typing import TYPE_CHECKING, BinaryIO

from compcite.errors import ConfigError, SourceError
from compcite.files.streams import names_open_stream

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = [
    "LIMIT_VARIABLE",
    "MEGABYTES",
    "exists",
    "is_file",
    "is_folder",
    "most_bytes",
    "open_file",
    "read_file",
    "read_input",
]

LIMIT_VARIABLE = "COMPCITE_MAX_MEGABYTES"
MEGABYTES = 100
"""The size up to which files are read: a list of 100,000 entries, each with its abstract."""

_MEGABYTE = 1_000_000
_KINDS = (
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


def read_file(path: Path) -> bytes:
    """The bytes of a regular file, or of a stream that is open already, such as ``/dev/fd/63``.

    A shell gives such a name for ``<(command)``. Raises OSError, whose ``strerror`` is the reason
    in words, for anything else and for a file that is larger than the limit.
    """
    if not names_open_stream(path):
        _refuse_special(path, "; give its content by `-`")
    with path.open("rb") as file:
        return _bounded(file)


def open_file(path: Path) -> BinaryIO:
    """A regular file, to be read in pieces, since it may be larger than the limit.

    Raises OSError, whose ``strerror`` is the reason in words, for a pipe, a socket or a device.
    """
    _refuse_special(path)
    return path.open("rb")


def _refuse_special(path: Path, instead: str = "") -> None:
    """Raise OSError for a path that leads to a pipe, a socket or a device.

    ``instead`` is the end of the reason: what to do.
    """
    mode = path.stat().st_mode
    for is_kind, name in _KINDS:
        if is_kind(mode):
            raise OSError(errno.EINVAL, f"it is {name}, not a file{instead}")


def read_input() -> bytes:
    """The bytes of standard input; raises SourceError where it is closed or beyond the limit."""
    if sys.stdin is None:
        raise SourceError("-: cannot be read: standard input is closed")
    if not hasattr(sys.stdin, "buffer"):  # a program has put text in its place
        return sys.stdin.read().encode("utf-8", "surrogateescape")
    try:
        return _bounded(sys.stdin.buffer)
    except OSError as error:
        raise SourceError(f"-: cannot be read: {error.strerror or error}") from None


def _bounded(file: BinaryIO) -> bytes:
    """What a file holds; OSError where that is more than the limit.

    The size that the system tells is not asked, since it is 0 for devices and pipes.
    """
    most = most_bytes()
    data = file.read(most + 1)
    if len(data) > most:
        raise OSError(
            errno.EFBIG,
            f"it is larger than {most / _MEGABYTE:,g} MB; {LIMIT_VARIABLE} sets another limit",
        )
    return data


def most_bytes() -> int:
    """How many bytes a file may have; raises ConfigError for a limit that is no number above 0."""
    return int(_limit(os.environ) * _MEGABYTE)


def _limit(environment: Mapping[str, str]) -> float:
    """The limit in megabytes; raises ConfigError for a variable that is no number above 0."""
    text = environment.get(LIMIT_VARIABLE)
    if not text:
        return MEGABYTES
    try:
        number = float(text)
    except ValueError:
        number = 0
    if not 0 < number < inf:
        raise ConfigError(f"{LIMIT_VARIABLE} must be a number above 0, not {text!r}")
    return number


# A path may lead through a folder that this user must not search. For such a path the functions of
# pathlib raise PermissionError until Python 3.13; for the callers of these, the file is not there.


def is_file(path: Path) -> bool:
    """Whether a path leads to a regular file that this user can see."""
    return os.path.isfile(path)  # noqa: PTH113 - raises nothing


def is_folder(path: Path) -> bool:
    """Whether a path leads to a folder that this user can see."""
    return os.path.isdir(path)  # noqa: PTH112 - raises nothing


def exists(path: Path) -> bool:
    """Whether a path leads to anything that this user can see."""
    return os.path.exists(path)  # noqa: PTH110 - raises nothing
