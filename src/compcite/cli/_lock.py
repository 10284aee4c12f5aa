"""The lock file for commands: find it, read it, report changes, write it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from compcite.cli import _console
from compcite.cli._help import REGISTRIES
from compcite.config import LOCK_NAME
from compcite.files.atomic import write_file
from compcite.files.regular import exists
from compcite.registries.lock.file import Lock, lock_bytes, read_lock, renewed
from compcite.text.phrases import amount

if TYPE_CHECKING:
    from collections.abc import Collection

    from compcite.config import Config
    from compcite.model.doi import DOI
    from compcite.model.library import Library
    from compcite.registries.lock.locked import LockedRegistries

__all__ = ["LockFile", "lock_at", "lock_path", "tell_of_lock", "write_lock"]

LockFile = Annotated[
    str | None,
    typer.Option(
        "--lock",
        metavar="FILE",
        help="Use the answers in this lock; ask for the others and add them.  "
        f"[default: read {LOCK_NAME} beside the source, where there is one]",
        show_default=False,
        rich_help_panel=REGISTRIES,
    ),
]


def lock_path(config: Config, library: Library, given: str | None) -> Path:
    """The path of the lock: ``given``, else the configured one, else beside the first source."""
    if given:
        return Path(given)
    return config.lock_path(Path(library.sources[0].name) if library.sources else Path())


def lock_at(path: Path, *, required: bool = False) -> Lock:
    """The lock in a file; an empty one where there is no file and it is not ``required``.

    Lines that somebody changed by hand are named on stderr. Raises SourceError for a lock that
    cannot be read.
    """
    if not required and not exists(path):
        return Lock({})
    lock = read_lock(path)
    for line, doi in lock.tampered:
        _console.error(
            f"{path}:{line}: {doi}: not trusted; the line was changed since compcite wrote it"
        )
    return lock


def tell_of_lock(registries: LockedRegistries, path: Path) -> None:
    """Say on stderr which records have changed since they were locked.

    Also said is how many DOIs could not be asked for again, so that the locked answers count.
    """
    for change in registries.changes:
        _console.error(f"since it was locked, {change.sentence}")
    if registries.fallen_back:
        what = amount(len(registries.fallen_back), "DOI")
        _console.error(f"{what} could not be asked for again; the answers in {path} still count")


def write_lock(
    path: Path, registries: LockedRegistries, *, only: Collection[DOI] | None = None
) -> Lock:
    """Add the new answers to a lock file; with ``only``, remove all DOIs but these.

    The file is read again first, since another run may have written it. It is not written where it
    would not change.
    """
    before = read_lock(path) if exists(path) else Lock({})
    today = dt.datetime.now(tz=dt.UTC).date()
    said = renewed(before, registries.learnt.values(), today, only=only)
    if said != before.said or not before.tidy:
        write_file(path, lock_bytes(said))
    return Lock(said)
