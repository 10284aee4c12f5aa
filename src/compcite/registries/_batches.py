"""How many DOIs fit into one question."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from compcite.model.doi import DOI

__all__ = ["LONGEST_LINE", "fill", "halves", "listable", "path_of"]

LONGEST_LINE = 3600
"""Characters of a request line that every server on the way takes (some stop at 4 kB)."""

_LISTABLE = re.compile(r"10\.\d{4,9}(?:\.\d+)*/[^\s,\x00-\x1f\x7f]+")


def listable(doi: DOI) -> bool:
    """Whether a DOI can stand among others: a comma would end it, and blanks make no DOI."""
    return _LISTABLE.fullmatch(doi.value) is not None


def fill(dois: Iterable[DOI], length: Callable[[DOI], int], room: int) -> Iterator[tuple[DOI, ...]]:
    """The DOIs in as few batches as have room for them."""
    batch: list[DOI] = []
    used = 0
    for doi in dois:
        size = length(doi)
        if batch and used + size > room:
            yield tuple(batch)
            batch, used = [], 0
        batch.append(doi)
        used += size
    if batch:
        yield tuple(batch)


def halves(batch: tuple[DOI, ...]) -> tuple[tuple[DOI, ...], tuple[DOI, ...]]:
    """A batch that was not taken, in two."""
    middle = len(batch) // 2
    return batch[:middle], batch[middle:]


def path_of(doi: DOI) -> str:
    """A DOI as the end of a path: as it stands, unless its slashes could be read as folders."""
    safe = "" if "/." in doi.value or "//" in doi.value else "/"
    return quote(doi.value, safe=safe)
