"""Refuse an output that cannot be written, or that is a file which the run reads."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from compcite.config import load_config
from compcite.errors import SourceError, UsageError
from compcite.files.streams import is_stream

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from compcite.model.citations import Citations
    from compcite.model.library import Library

__all__ = ["check_outputs"]

_Identity = tuple[int, int]  # of a file: the device and the inode number


def check_outputs(
    outputs: Iterable[tuple[str, str | Path | None]],
    library: Library | None = None,
    citations: Citations | None = None,
    also_read: Iterable[str | Path | None] = (),
) -> None:
    """Raise an error where the file of an output option cannot or must not be written.

    ``outputs`` are the options with their files, such as ``("--output", "a.txt")`` and
    ``("--report json=", "b.json")``. A source, a document, the configuration, a file of
    ``also_read`` or the file of another option is a UsageError; a folder that does not exist or
    may not be written is a SourceError. This is asked before the work, which may take minutes.

    Files are compared by identity and not by name: ``-o ./refs.bib`` would destroy ``refs.bib``.
    """
    read = dict(_read(library, citations, also_read))
    written: dict[Path, str] = {}
    for option, output in outputs:
        if output is None:
            continue
        said = f"{option}{output}" if option.endswith("=") else f"{option} {output}"
        identity = _identity(output)
        if identity in read:
            raise UsageError(
                f"{said}: this is {read[identity]}, which this run reads; name another file"
            )
        target = Path(os.path.realpath(output))
        if is_stream(Path(output), target) and not target.is_dir():
            continue
        if other := written.get(target):
            raise UsageError(f"{other} and {said} go to one file; name another file for one")
        written[target] = said
        _check_folder(said, Path(output).parent, target)


def _read(
    library: Library | None, citations: Citations | None, also_read: Iterable[str | Path | None]
) -> Iterator[tuple[_Identity, str]]:
    """The identity and the name of each file that the run reads, its configuration among them.

    Standard input, and files that do not exist, are left out.
    """
    sources = library.sources if library else ()
    documents = [one.source for one in citations.citations] if citations else []
    for source in {id(one): one for one in (*sources, *documents)}.values():
        if source.path is not None and (identity := _identity(source.path)):
            yield identity, source.name
    for file in (*also_read, load_config().file):
        if file is not None and (identity := _identity(file)):
            yield identity, str(file)


def _identity(path: str | Path) -> _Identity | None:
    """The identity of a regular file, the same under all its names; None for anything else."""
    try:
        there = Path(path).stat()
    except (OSError, ValueError):  # what does not exist is no source
        return None
    return (there.st_dev, there.st_ino) if Path(path).is_file() else None


def _check_folder(said: str, folder: Path, target: Path) -> None:
    """Raise SourceError where no file can be made in the folder of an output.

    ``said`` is the option as the user gave it, ``folder`` the folder that it names.
    """
    if target.is_dir():
        raise SourceError(f"{said}: this is a folder; name a file in it")
    if not target.parent.is_dir():
        raise SourceError(f"{said}: there is no folder {folder}")
    if not os.access(target.parent, os.W_OK):
        raise SourceError(f"{said}: the folder {folder} is not writable")
