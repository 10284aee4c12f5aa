"""Refuse to write over a file that the run has read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from compcite.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from compcite.model.citations import Citations
    from compcite.model.library import Library

__all__ = ["refuse_sources"]


def refuse_sources(
    outputs: Mapping[str, str | Path | None],
    library: Library,
    citations: Citations | None = None,
) -> None:
    """Raise UsageError where an output option names a source or a document of the run.

    ``outputs`` holds the file of each option, by the option's name. Files are compared by identity
    and not by name: ``-o ./refs.bib`` would destroy ``refs.bib`` as well.
    """
    documents = [one.source for one in citations.citations] if citations else []
    read = {
        identity: source.name
        for source in {id(one): one for one in (*library.sources, *documents)}.values()
        if source.path is not None
        for identity in _identities([source.path])
    }
    for option, output in outputs.items():
        for identity in _identities([output] if output is not None else []):
            if identity in read:
                raise UsageError(
                    f"{option} {output}: this is {read[identity]}, which was read as a source; "
                    "name another file"
                )


def _identities(paths: Iterable[str | Path]) -> list[tuple[int, int]]:
    """The device and inode number of each of the files that exist."""
    found = []
    for path in paths:
        try:
            there = Path(path).stat()
        except (OSError, ValueError):  # what does not exist is no source
            continue
        found.append((there.st_dev, there.st_ino))
    return found
