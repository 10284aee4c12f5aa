"""Finish what a stopped run has begun: the renaming of several files.

A run that replaces several files first writes their new content into temporary files. Then it lists
all of them in a file ``.compcite-unfinished.json`` in each folder, renames one after the other, and
removes the lists. Where a run is killed in between, the next run finds such a list and renames the
rest. A temporary file that is gone has been renamed.

Such a list can come from a stranger, within a folder that was downloaded. So it counts only in the
folders that hold the very same list: a run puts it into all of them before it renames a file.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from compcite.errors import SourceError
from compcite.files.folder_lock import alone_in
from compcite.files.regular import read_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = [
    "TEMPORARY",
    "Replacement",
    "announce",
    "finish_stopped_run",
    "has_unfinished",
    "sync_folder",
    "withdraw",
]

TEMPORARY = (".compcite-", ".tmp")
"""How the names of temporary files begin and end."""

_LIST = ".compcite-unfinished.json"
_FOREIGN = "this list was not written by compcite; delete it"


class Replacement(NamedTuple):
    """A file to replace: its path, the temporary file with its new content, its old digest.

    ``before`` is the SHA-256 of the old content; it is empty where there is no such file yet.
    """

    target: Path
    staged: Path
    before: str


def announce(replacements: Sequence[Replacement]) -> None:
    """Write the list of these replacements into each of their folders, safe on disk."""
    for folder in _folders(replacements):
        rows = [
            {
                "target": _from(folder, one.target),
                "staged": _from(folder, one.staged),
                "before": one.before,
            }
            for one in replacements
        ]
        text = json.dumps({"version": 1, "files": rows}, indent=1)
        # A new file: one with a name known before could be a stranger's link to another file.
        start, end = TEMPORARY
        handle, draft = tempfile.mkstemp(prefix=start, suffix=end, dir=folder)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text + "\n")
            file.flush()
            os.fsync(file.fileno())
        Path(draft).replace(folder / _LIST)
        sync_folder(folder)


def withdraw(replacements: Sequence[Replacement]) -> None:
    """Remove the lists of these replacements; all files are replaced, or none.

    The list of another run, which a folder may hold, stays. The folder of the first file comes
    last: it is that of the source, where the next run looks if this one is stopped in between.
    """
    for folder in reversed(_folders(replacements)):
        if _holds(folder, replacements):
            (folder / _LIST).unlink()


def has_unfinished(folder: Path) -> bool:
    """Whether a stopped run left a list in this folder."""
    return (folder / _LIST).exists()


def finish_stopped_run(folders: Iterable[Path]) -> tuple[Path, ...]:
    """Finish the runs that were stopped while they wrote into one of these folders.

    Returns the files that were replaced now. Raises SourceError where one of the files has changed
    since; then nothing is done.
    """
    replaced: list[Path] = []
    for folder in {Path(os.path.realpath(folder)) for folder in folders}:
        found = folder / _LIST
        if has_unfinished(folder):
            listed = _read(found)
            with alone_in(_folders(listed)):
                # The run that wrote the list may have been at work until now, and be done.
                if listed and listed == _read(found):
                    replaced += _finish(found, listed)
    return tuple(replaced)


def sync_folder(folder: Path) -> None:
    """Make the renaming of files permanent on disk, where the system allows to open a folder."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _finish(found: Path, replacements: Sequence[Replacement]) -> list[Path]:
    """Rename the temporary files of a list that are still there, and remove the list.

    Returns the files that were replaced: none where the run was stopped before all folders held the
    list; then the temporary files are deleted. Raises SourceError, before any renaming, where a
    file has changed since or the list is not compcite's; and where a file cannot be written.
    """
    waiting = [one for one in replacements if one.staged.exists()]
    if waiting and not all(_holds(folder, replacements) for folder in _folders(replacements)):
        if len(waiting) < len(replacements):
            raise SourceError(f"{found}: {_FOREIGN}")
        withdraw(replacements)  # the run was stopped before it had renamed a file: all are old
        return []
    for one in waiting:
        if _digest(one.target) != one.before:
            raise SourceError(
                f"{one.target}: has changed since a run was stopped while it wrote "
                f"{_named(replacements)}; its content by that run is in {one.staged.name}. "
                f"Take from it what you need, then delete it and {found}"
            )
    for one in waiting:
        try:
            one.staged.replace(one.target)
        except OSError as error:
            raise SourceError(
                f"{one.target}: cannot be written: {error.strerror or error}. "
                f"A run was stopped while it wrote {_named(replacements)}; run compcite again"
            ) from None
    for folder in _folders(replacements):
        sync_folder(folder)
    withdraw(replacements)
    return [one.target for one in waiting]


def _read(found: Path) -> list[Replacement]:
    """The replacements in a list; none where it has just been removed.

    Raises SourceError for a list that cannot be read, or that compcite cannot have written.
    """
    try:
        rows = json.loads(read_file(found))["files"]
        listed = [
            Replacement(
                _at(found.parent, row["target"]),
                _at(found.parent, row["staged"]),
                str(row["before"]),
            )
            for row in rows
        ]
    except FileNotFoundError:
        return []
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise SourceError(
            f"{found}: this list of files that a stopped run was writing cannot be read ({error}); "
            "look at the files of this folder, then delete the list"
        ) from None
    # A list can come from somebody else's folder. It must not move a file to another folder.
    if found.parent not in _folders(listed) or not all(
        one.staged.parent == one.target.parent and _is_temporary(one) for one in listed
    ):
        raise SourceError(f"{found}: {_FOREIGN}")
    return listed


def _holds(folder: Path, replacements: Sequence[Replacement]) -> bool:
    """Whether the list in a folder is the list of these replacements."""
    with contextlib.suppress(SourceError):
        return _read(folder / _LIST) == list(replacements)
    return False


def _is_temporary(replacement: Replacement) -> bool:
    """Whether the file with the new content has a name as compcite gives it."""
    start, end = TEMPORARY
    return replacement.staged.name.startswith(start) and replacement.staged.name.endswith(end)


def _folders(replacements: Iterable[Replacement]) -> list[Path]:
    """The folders of the files, each once."""
    return list(dict.fromkeys(one.target.parent for one in replacements))


def _from(folder: Path, path: Path) -> str:
    """A path relative to a folder, so that the list holds where the folder is moved."""
    try:
        return os.path.relpath(path, folder)
    except ValueError:  # on another drive of Windows
        return str(path)


def _at(folder: Path, name: str) -> Path:
    """The path that :func:`_from` made this name of, without links in its folders."""
    path = Path(os.path.normpath(folder / name))
    return Path(os.path.realpath(path.parent), path.name)


def _digest(path: Path) -> str:
    """The SHA-256 of a file; empty where there is none. Raises SourceError if it cannot be read."""
    try:
        return hashlib.sha256(read_file(path)).hexdigest()
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise SourceError(f"{path}: cannot be read: {error.strerror or error}") from None


def _named(replacements: Sequence[Replacement]) -> str:
    """The names of the files, for a message."""
    return ", ".join(one.target.name for one in replacements)
