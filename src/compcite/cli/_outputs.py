"""What a run may write to: never a file that it has read as a source or a document."""

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
    """Raise UsageError where an option would write over a source or a document of the run.

    ``outputs`` holds the file that each option names, by the option. A file is known by whatever
    name or link it is named, since `-o ./refs.bib` would destroy `refs.bib` as well.
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
    """The device and the number of each file that exists."""
    found = []
    for path in paths:
        try:
            there = Path(path).stat()
        except (OSError, ValueError):  # what does not exist is no source
            continue
        found.append((there.st_dev, there.st_ino))
    return found
