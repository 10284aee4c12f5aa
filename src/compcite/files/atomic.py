"""Write files so that at every moment each has its complete old or its complete new content."""

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
    """Replace the content of a file: write a temporary file beside it, fsync, rename.

    Where ``path`` is a symbolic link, the file it points to is replaced and the link stays. The
    mode stays, and the owner where the system permits it. A pipe or a device is written to
    directly. Raises SourceError where the file cannot be written.
    """
    write_files([(path, data)])


def write_files(
    files: Iterable[tuple[Path, bytes]], before: Callable[[], None] | None = None
) -> None:
    """Replace several files, or none: all temporary files are written before any file is renamed.

    ``before`` is called between the two steps; if it raises, no file is changed. Raises SourceError
    where a temporary file cannot be written; then no file is changed either.
    """
    staged: list[tuple[Path, Path, Path]] = []
    direct: list[tuple[Path, bytes]] = []
    try:
        for path, data in files:
            target = Path(os.path.realpath(path))
            if target.exists() and not target.is_file():
                direct.append((path, data))
                continue
            with _naming_errors(path):
                staged.append((path, _staged(target, data), target))
        if before is not None:
            before()
        for path, temporary, target in staged:
            with _naming_errors(path):
                temporary.replace(target)
    finally:
        for _, temporary, _ in staged:
            with contextlib.suppress(OSError):
                temporary.unlink()
    for folder in {target.parent for *_, target in staged}:
        _sync_folder(folder)
    for path, data in direct:
        with _naming_errors(path):
            path.write_bytes(data)


@contextlib.contextmanager
def _naming_errors(path: Path) -> Iterator[None]:
    """Turn an OSError into a SourceError that names the file."""
    try:
        yield
    except OSError as error:
        raise SourceError(f"{path}: cannot be written: {error.strerror or error}") from None


def _staged(target: Path, data: bytes) -> Path:
    """A temporary file beside the target, with this content and the target's mode and owner."""
    if target.exists() and not os.access(target, os.W_OK):
        raise PermissionError(0, "the file is not writable")
    handle, name = tempfile.mkstemp(prefix=".compcite-", suffix=".tmp", dir=target.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        _copy_mode_and_owner(target, temporary)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
    return temporary


def _copy_mode_and_owner(target: Path, temporary: Path) -> None:
    """Give the temporary file the target's mode and owner.

    For a new file, the mode of the umask.
    """
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
            # The file would run as its owner or group, and its owner is now another one.
            mode &= ~(stat.S_ISUID | stat.S_ISGID)
    temporary.chmod(mode)


def _sync_folder(folder: Path) -> None:
    """Make the rename permanent on disk, where the system allows to open a folder."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
