"""Write changed sources back: all of them, or none where one of them cannot be written."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

from compcite.errors import SourceError
from compcite.files.atomic import write_files
from compcite.files.decoding import encode
from compcite.files.regular import read_file
from compcite.files.unfinished import finish_stopped_run

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from compcite.model.source import SourceFile

__all__ = ["Changed", "write_sources"]


class Changed(NamedTuple):
    """A source, or a document, as it was read and as it is to be.

    A file that is to be created has an empty ``before`` without a digest.
    """

    before: SourceFile
    after: SourceFile


def write_sources(changed: Sequence[Changed]) -> None:
    """Write each changed source in its own encoding; one from standard input is left out.

    Raises SourceError, and leaves every file as it was, where a file has changed since it was read,
    its encoding lacks a character, or it cannot be written. Where an earlier run was stopped while
    it wrote into these folders, that run's files are finished instead, and SourceError says so.
    """
    named = [(before, before.path, after) for before, after in changed if before.path is not None]
    files = [(path, encode(after, after.text)) for _, path, after in named]

    def unchanged() -> None:
        for source, path, _ in named:
            _refuse_if_changed(source, path)

    if finished := finish_stopped_run([path.parent for path, _ in files]):
        names = ", ".join(path.name for path in finished)
        raise SourceError(
            f"an earlier run was stopped while it wrote; now {names} are written too, and nothing "
            "else was; run compcite again"
        )
    unchanged()
    write_files(files, before=unchanged)


def _refuse_if_changed(source: SourceFile, path: Path) -> None:
    """Raise SourceError where the file at ``path`` is no longer what was read.

    A source without a digest is a new file: it is refused where a file exists by now.
    """
    if not source.digest:
        if path.exists():
            raise SourceError(
                f"{source.name}: another program has just created it; run compcite again"
            )
        return
    try:
        if not path.is_file():
            raise SourceError(
                f"{source.name}: is no regular file, so it cannot be written; give it as `-`"
            )
        data = read_file(path)
    except OSError as error:
        raise SourceError(f"{source.name}: cannot be read: {error.strerror or error}") from None
    if hashlib.sha256(data).hexdigest() != source.digest:
        raise SourceError(
            f"{source.name}: another program has changed it since it was read, so nothing was "
            "written; run compcite again"
        )
