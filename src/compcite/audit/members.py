"""The members of an audit: every list and document that its paths lead to.

A path is a file, a pattern such as ``2026/*.bib``, a folder, or an archive (:mod:`archives`).
Members come one after the other, so that a million of them need no more memory than one.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from compcite.audit.archives import (
    ARCHIVE_SUFFIXES,
    LIST_SUFFIXES,
    Member,
    is_archive,
    members_of_archive,
)
from compcite.errors import SourceError
from compcite.files.regular import exists, is_file, is_folder, read_file
from compcite.text.unicode import without_surrogates
from compcite.verbs.load import files_below

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["files_of", "find_members"]

_WILD = frozenset("*?[")


def find_members(paths: Sequence[str]) -> Iterator[Member]:
    """Every list and document of some paths, in order: a folder's by name, an archive's as packed.

    A file that several of the paths lead to comes once. What cannot be read is a member, too, with
    the reason. Raises SourceError for a path that does not exist, for a pattern without files, and
    where all paths together hold no list and no document: then nothing would be audited.
    """
    nothing = True
    for file in files_of(paths):
        for member in members_of_archive(file) if is_archive(file.name) else (_read(file),):
            nothing = False
            yield member
    if nothing:
        raise SourceError(
            f"{', '.join(paths)}: no list and no document; files count by their endings, such as "
            ".bib, .ris and .tex"
        )


def files_of(paths: Sequence[str]) -> Iterator[Path]:
    """The files that some paths mean, each once; errors are as for :func:`find_members`.

    Of a folder these are the files whose name ends as that of a list, a document or an archive,
    also in its subfolders, without hidden ones and folders of installed packages. A path or a
    pattern that names a file means it, whatever its ending is.
    """
    # Only several paths can lead to one file twice; a set of all files would grow with the folder.
    seen: set[object] | None = set() if len(paths) > 1 else None
    for path in paths:
        for file in _files(path):
            if seen is None:
                yield file
            elif (identity := _identity(file)) not in seen:
                seen.add(identity)
                yield file


def _files(name: str) -> Iterator[Path]:
    """The files that one path means, as in :func:`files_of`.

    A file of just this name comes before a pattern. Raises SourceError where there are no files.
    """
    path = Path(name)
    if is_folder(path):
        yield from _below(path)
    elif exists(path) or not _WILD & set(name):
        if not exists(path):
            raise SourceError(f"{name}: there is no such file or folder")
        yield path
    else:
        from glob import iglob  # noqa: PLC0415 - mostly the shell has done it

        found = sorted(Path(one) for one in iglob(name, recursive=True))  # noqa: PTH207 - keeps ./
        files = [one for one in found if is_file(one)]
        if not files:
            raise SourceError(f"{name}: no file has a name of this pattern")
        yield from files


def _below(folder: Path) -> Iterator[Path]:
    """The lists, documents and archives in a folder and in its subfolders, in order of names."""

    def unread(error: OSError) -> None:
        raise SourceError(f"{error.filename}: cannot be read: {error.strerror}")

    yield from map(Path, files_below(str(folder), (*LIST_SUFFIXES, *ARCHIVE_SUFFIXES), unread))


def _identity(path: Path) -> object:
    """A value that is equal for two names of the same file."""
    try:
        found = path.stat()
    except OSError:  # reading the file will report what is wrong
        return path
    return found.st_dev, found.st_ino


def _read(path: Path) -> Member:
    """A file as a member; one that cannot be read has the problem."""
    name = without_surrogates(str(path))
    try:
        return Member(name, read_file(path))
    except OSError as error:
        return Member(name, problem=f"it cannot be read: {error.strerror or error}")
