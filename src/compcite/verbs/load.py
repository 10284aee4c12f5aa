"""Read sources into one library."""

from __future__ import annotations

import gc
import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from compcite.errors import SourceError
from compcite.files.decoding import read_source
from compcite.files.regular import exists, is_file, is_folder
from compcite.formats import READERS, format_of
from compcite.model.library import Library

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from compcite.model.library import Entry, Problem
    from compcite.model.source import SourceFile

__all__ = [
    "files_below",
    "files_by_folder",
    "find_files",
    "library_of",
    "load_library",
    "reload_changed",
    "without_collection",
]

_WILD = frozenset("*?[")
# Folders of installed packages: a .bib file in them is not part of the project.
_FOREIGN = frozenset({"node_modules", "site-packages", "__pycache__"})
_ENVIRONMENT = "pyvenv.cfg"  # every virtual environment has this file in its folder (PEP 405)


def _say_nothing(_sentence: str) -> None:
    """Pass a sentence over, where nobody wants to know."""


def load_library(
    names: Sequence[str],
    *,
    format_name: str | None = None,
    tell: Callable[[str], None] = _say_nothing,
) -> Library:
    """The entries of all sources, in order, and the problems of reading them.

    ``names`` and ``tell`` are as in :func:`find_files`. ``format_name`` is the format of all of
    them, one of FORMATS; by default each source's name and text decide. Raises SourceError where a
    source cannot be read at all.
    """
    sources = [read_source(name) for name in find_files(names, tell)]
    return library_of(sources, format_name=format_name)


def find_files(names: Sequence[str], tell: Callable[[str], None] = _say_nothing) -> list[str]:
    """The files that some names mean, in order.

    A file that is named twice, even by a link, comes once.

    A name is one of these:

    - the path of a file, also of one that does not exist, or ``-`` for standard input;
    - a pattern such as ``chapters/*.bib``, unless a file has this very name; ``**`` is any folders;
    - a folder, for the ``.bib`` files in it and in its subfolders, except hidden folders, virtual
      environments and folders such as ``node_modules``.

    A subfolder that this user must not read is left out; ``tell`` gets a sentence that names it.
    Raises SourceError for a pattern or a folder without files, and for a folder that is named and
    cannot be read.
    """
    found: dict[object, str] = {}
    for name in names:
        for path in _files(name, tell):
            found.setdefault(_identity(path), path)
    return list(found.values())


def _files(name: str, tell: Callable[[str], None]) -> list[str]:
    """The files that one name means, as in :func:`find_files`."""
    path = Path(name)
    if name == "-" or not (_WILD & set(name) or is_folder(path)):
        return [name]
    if is_folder(path):
        return _lists_below(name, tell)
    if exists(path):
        return [name]
    from glob import glob  # noqa: PLC0415 - mostly the shell has done it

    found = sorted(one for one in glob(name, recursive=True) if is_file(Path(one)))  # noqa: PTH207 - keeps ./
    if not found:
        raise SourceError(f"{name}: no file has a name of this pattern")
    return found


def _lists_below(folder: str, tell: Callable[[str], None]) -> list[str]:
    """The .bib files in a folder and in its subfolders; raises SourceError if there are none.

    ``tell`` gets a sentence for each subfolder that cannot be read.
    """

    def unread(error: OSError) -> None:
        sentence = f"{error.filename}: cannot be read: {error.strerror}"
        if error.filename == folder:
            raise SourceError(sentence)
        tell(f"{sentence}; the lists in it are left out")

    found = files_below(folder, (".bib",), unread)
    if not found:
        raise SourceError(f"{folder}: there is no .bib file in this folder or below it")
    return found


def files_below(
    folder: str, suffixes: tuple[str, ...], unread: Callable[[OSError], None] | None = None
) -> list[str]:
    """The files with these endings in a folder and in its subfolders; letter case does not matter.

    Left out are hidden files and folders, virtual environments, and folders of installed packages
    such as ``node_modules``. ``unread`` gets the error of each folder that cannot be read.
    """
    return [file for files in files_by_folder(folder, suffixes, unread) for file in files]


def files_by_folder(
    folder: str, suffixes: tuple[str, ...], unread: Callable[[OSError], None] | None = None
) -> Iterator[list[str]]:
    """Yield what :func:`files_below` gives, folder by folder; a folder may have no such files.

    So a caller can stop in a tree that is too large.
    """
    for place, folders, files in os.walk(folder, onerror=unread):
        folders[:] = sorted(one for one in folders if not _is_foreign(Path(place, one)))
        named = (name for name in files if name.lower().endswith(suffixes) and name[0] != ".")
        yield [os.path.normpath(os.path.join(place, name)) for name in sorted(named)]  # noqa: PTH118 - of strings


def _is_foreign(folder: Path) -> bool:
    """Whether a folder is hidden or holds installed packages."""
    return folder.name.startswith(".") or folder.name in _FOREIGN or exists(folder / _ENVIRONMENT)


def _identity(name: str) -> object:
    """A value that is equal for two names of the same file."""
    if name == "-":
        return name
    try:
        found = Path(name).stat()
    except (OSError, ValueError):  # reading the file will report what is wrong
        return name
    return found.st_dev, found.st_ino


def library_of(sources: Sequence[SourceFile], *, format_name: str | None = None) -> Library:
    """The library of sources that are already in memory.

    ``format_name`` is as in :func:`load_library`. What a reader cannot read becomes a problem of
    the library, or a CompciteError where the source as a whole cannot be read.
    """
    entries: list[Entry] = []
    problems: list[Problem] = []
    for source in sources:
        read = READERS[format_name or format_of(source)]
        with without_collection():
            found, faults = read(source)
        entries += found
        problems += faults
    return Library(sources, entries, problems)


def reload_changed(sources: Sequence[SourceFile], before: Library) -> Library:
    """The library of ``sources``, some of which have changed; only these are read again.

    ``before`` is the library of the sources before the change. A source that is not in it, as the
    same object, counts as changed; what stood in a source that is gone is left out.
    """
    old = {id(source) for source in before.sources}
    new = library_of([source for source in sources if id(source) not in old])
    kept = {id(source) for source in sources}
    entries = [*(e for e in before.entries if id(e.source) in kept), *new.entries]
    problems = [*(p for p in before.problems if id(p.source) in kept), *new.problems]
    order = {id(source): place for place, source in enumerate(sources)}
    return Library(
        sources,
        sorted(entries, key=lambda entry: order.get(id(entry.source), -1)),
        sorted(problems, key=lambda problem: order.get(id(problem.source), -1)),
    )


@contextmanager
def without_collection() -> Iterator[None]:
    """Switch off the garbage collector in the ``with`` block, where a source is read or laid out.

    Everything that is made then is kept, so the collector would find nothing to free; its search
    takes half of the time of reading, and a quarter of that of laying out.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
