"""Write files so that at every moment each has its complete old or its complete new content."""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from compcite.errors import SourceError
from compcite.files.folder_lock import alone_in
from compcite.files.streams import is_stream, write_stream
from compcite.files.unfinished import (
    TEMPORARY,
    Replacement,
    announce,
    finish_stopped_run,
    has_unfinished,
    sync_folder,
    withdraw,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

__all__ = ["put_in_place", "write_file", "write_files"]

_SEVERAL = 2  # files from which on a killed run would leave some old and some new


def write_file(path: Path, data: bytes) -> None:
    """Replace the content of a file: write a temporary file beside it, fsync, rename.

    Where ``path`` is a symbolic link, the file it points to is replaced and the link stays. The
    mode stays, and the owner where the system permits it. A pipe or a device is written to
    directly. Raises SourceError where the file cannot be written.
    """
    write_files([(path, data)])


def put_in_place(finished: Path, path: Path) -> None:
    """Replace the file at ``path`` by one that is finished, on the same disk: fsync, rename.

    For content that is too large for :func:`write_file`, which wants it in memory. Links, mode and
    owner are kept as there. Raises SourceError where the file cannot be replaced.
    """
    target = Path(os.path.realpath(path))
    with _naming_errors(path):
        if target.exists() and not os.access(target, os.W_OK):
            raise PermissionError(0, "the file is not writable")
        _copy_mode_and_owner(target, finished)
        with finished.open("rb") as file:
            os.fsync(file.fileno())
        finished.replace(target)
    sync_folder(target.parent)


def write_files(
    files: Iterable[tuple[Path, bytes]], before: Callable[[], None] | None = None
) -> None:
    """Replace several files, or none: all temporary files are written before any file is renamed.

    No other run writes into the folders meanwhile. ``before`` is called between the two steps; if
    it raises, no file is changed. Where the run is killed between two renames, the next run
    finishes it (:mod:`compcite.files.unfinished`). Raises SourceError where a file cannot be
    written; then no file is changed either.
    """
    named = [(path, Path(os.path.realpath(path)), data) for path, data in files]
    special = [one for one in named if is_stream(*one[:2])]
    regular = [one for one in named if one not in special]
    folders = {target.parent for _, target, _ in regular}
    finish_stopped_run(folders)
    with alone_in(folders) as alone:
        if any(map(has_unfinished, folders)):
            raise SourceError(
                "another run has just been stopped while it wrote here; run compcite again"
            )
        if alone:
            _remove_leftovers(folders)
        staged: list[_Staged] = []
        try:
            for path, target, data in regular:
                with _naming_errors(path):
                    staged.append(_Staged(path, target, _staged(target, data)))
            if before is not None:
                before()
            _rename(staged)
        finally:
            if not any(map(has_unfinished, folders)):  # else the next run needs them
                _remove(one.temporary for one in staged)
    for folder in folders:
        sync_folder(folder)
    for path, _, data in special:
        with _naming_errors(path):
            write_stream(path, data)


class _Staged(NamedTuple):
    """A file as the user named it, where it really is, and the temporary file for it."""

    path: Path
    target: Path
    temporary: Path


def _remove_leftovers(folders: Iterable[Path]) -> None:
    """Remove the temporary files that killed runs left in these folders.

    The caller holds the folders' locks, so no other run is writing there. A folder that cannot be
    read is passed over.
    """
    start, end = TEMPORARY
    for folder in folders:
        with contextlib.suppress(OSError):
            names = (one.name for one in os.scandir(folder))
            _remove(folder / one for one in names if one.startswith(start) and one.endswith(end))


def _remove(paths: Iterable[Path]) -> None:
    """Remove files; one that is gone, or cannot be removed, is passed over."""
    for path in paths:
        with contextlib.suppress(OSError):
            path.unlink()


def _rename(staged: Sequence[_Staged]) -> None:
    """Rename all temporary files to their targets; where one cannot be, undo those before it.

    Two or more are listed on disk first, so that the next run can finish when this one is killed.
    """
    if len(staged) < _SEVERAL:
        for one in staged:
            with _naming_errors(one.path):
                one.temporary.replace(one.target)
        return
    old = [one.target.read_bytes() if one.target.exists() else None for one in staged]
    listed = [
        Replacement(one.target, one.temporary, _digest(data))
        for one, data in zip(staged, old, strict=True)
    ]
    done = 0
    try:
        with _naming_errors(staged[0].path):
            announce(listed)
        for one in staged:
            with _naming_errors(one.path):
                one.temporary.replace(one.target)
            done += 1
    except BaseException:
        for one, data in zip(staged[:done], old[:done], strict=True):
            if data is None:
                one.target.unlink()
            else:
                _staged(one.target, data).replace(one.target)
        withdraw(listed)
        raise
    withdraw(listed)


def _digest(data: bytes | None) -> str:
    """The SHA-256 of the content of a file; empty where there is no file."""
    return "" if data is None else hashlib.sha256(data).hexdigest()


@contextlib.contextmanager
def _naming_errors(path: Path) -> Iterator[None]:
    """Turn an OSError into a SourceError that names the file."""
    try:
        yield
    except OSError as error:
        raise SourceError(f"{path}: cannot be written: {error.strerror or error}") from None


def _staged(target: Path, data: bytes) -> Path:
    """Make a temporary file beside the target, with this content and the target's mode and owner.

    Raises OSError where the target is not writable or the file cannot be made; then none is left.
    """
    if target.exists() and not os.access(target, os.W_OK):
        raise PermissionError(0, "the file is not writable")
    start, end = TEMPORARY
    try:
        handle, name = tempfile.mkstemp(prefix=start, suffix=end, dir=target.parent)
    except PermissionError:
        reason = f"its folder, {target.parent}, is not writable, and a new file is made there first"
        raise PermissionError(0, reason) from None
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
