"""Writing files so that each is the old one or the new one, whole, at every moment."""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from compcite.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

__all__ = ["write_file", "write_files"]


def write_file(path: Path, data: bytes) -> None:
    """Replace a file's content at once: temporary file beside it, fsync, rename.

    A symbolic link is followed and stays; mode and, where that is permitted, owner stay. What is
    no regular file (a pipe, a device) is written to directly. Raises SourceError where the file
    cannot be written.
    """
    write_files([(path, data)])


def write_files(
    files: Iterable[tuple[Path, bytes]], before: Callable[[], None] | None = None
) -> None:
    """Replace several files, or none: all are written beside their targets, then all renamed.

    ``before`` is called between the two, and may raise to call it off. Raises SourceError, with
    every file as it was, where one of them cannot be written.
    """
    staged: list[tuple[Path, Path, Path]] = []
    direct: list[tuple[Path, bytes]] = []
    try:
        for path, data in files:
            target = Path(os.path.realpath(path))
            if target.exists() and not target.is_file():
                direct.append((path, data))
                continue
            with _named(path):
                staged.append((path, _staged(target, data), target))
        if before is not None:
            before()
        for path, temporary, target in staged:
            with _named(path):
                temporary.replace(target)
    finally:
        for _, temporary, _ in staged:
            with contextlib.suppress(OSError):
                temporary.unlink()
    for folder in {target.parent for *_, target in staged}:
        _sync_folder(folder)
    for path, data in direct:
        with _named(path):
            path.write_bytes(data)


@contextlib.contextmanager
def _named(path: Path) -> Iterator[None]:
    """What the system refuses as a sentence about a file."""
    try:
        yield
    except OSError as error:
        raise SourceError(f"{path}: cannot be written: {error.strerror or error}") from None


def _staged(target: Path, data: bytes) -> Path:
    """The data in a temporary file beside its target, with the target's mode and owner."""
    if target.exists() and not os.access(target, os.W_OK):
        raise PermissionError(0, "the file is not writable")
    handle, name = tempfile.mkstemp(prefix=".compcite-", suffix=".tmp", dir=target.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        _take_after(target, temporary)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
    return temporary


def _take_after(target: Path, temporary: Path) -> None:
    """Give a file the mode and owner of the one that is there, else what the umask gives."""
    try:
        there = target.stat()
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        temporary.chmod(0o666 & ~mask)
        return
    mine = temporary.stat()
    mode = stat.S_IMODE(there.st_mode)
    if hasattr(os, "chown") and (there.st_uid, there.st_gid) != (mine.st_uid, mine.st_gid):
        try:
            os.chown(temporary, there.st_uid, there.st_gid)
        except PermissionError:
            mode &= ~(stat.S_ISUID | stat.S_ISGID)  # which would speak for another user
    temporary.chmod(mode)


def _sync_folder(folder: Path) -> None:
    """Make the rename itself durable, where the system lets a folder be opened."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
