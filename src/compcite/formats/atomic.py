"""Writing a file so that it is the old one or the new one, whole, at every moment."""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile
from pathlib import Path

from compcite.errors import SourceError

__all__ = ["write_file"]


def write_file(path: Path, data: bytes) -> None:
    """Replace a file's content at once: temporary file beside it, fsync, rename.

    A symbolic link is followed and stays; the mode stays. What is no regular file (a pipe, a
    device) is written to directly. Raises SourceError where that is not permitted.
    """
    target = Path(os.path.realpath(path))
    try:
        if target.exists() and not target.is_file():
            target.write_bytes(data)
        else:
            _replace(target, data)
    except OSError as error:
        raise SourceError(f"{path}: cannot be written: {error.strerror or error}") from None


def _replace(target: Path, data: bytes) -> None:
    mode = _mode(target)
    if target.exists() and not os.access(target, os.W_OK):
        raise PermissionError(0, "the file is not writable")
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".tmp", dir=target.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(mode)
        temporary.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
    _sync_folder(target.parent)


def _mode(target: Path) -> int:
    """The mode of the file that is there, else what the umask gives a new one."""
    with contextlib.suppress(FileNotFoundError):
        return stat.S_IMODE(target.stat().st_mode)
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _sync_folder(folder: Path) -> None:
    """Make the rename itself durable, where the system lets a folder be opened."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
