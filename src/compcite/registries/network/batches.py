"""Group DOIs so that each group fits into one question."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import quote

from compcite.registries.network.host import Outage, Rejected

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from compcite.model.doi import DOI
    from compcite.registries.network.host import Host

__all__ = ["LONGEST_LINE", "fill", "in_parts", "listable", "path_of"]

T = TypeVar("T")

LONGEST_LINE = 3600
"""Characters of a request line that every server on the way takes (some stop at 4 kB)."""

_LISTABLE = re.compile(r"10\.\d{4,9}(?:\.\d+)*/[^\s,\x00-\x1f\x7f]+")


def listable(doi: DOI) -> bool:
    """Return whether a DOI can stand in a list; a comma would end it, and blanks make no DOI."""
    return _LISTABLE.fullmatch(doi.value) is not None


def fill(items: Iterable[T], length: Callable[[T], int], room: int) -> Iterator[tuple[T, ...]]:
    """Yield the items, such as DOIs, in groups of neighbours, each as large as possible.

    ``length`` gives the size of an item; the sizes in a group add up to at most ``room``. An item
    that is larger is a group of its own.
    """
    batch: list[T] = []
    used = 0
    for item in items:
        size = length(item)
        if batch and used + size > room:
            yield tuple(batch)
            batch, used = [], 0
        batch.append(item)
        used += size
    if batch:
        yield tuple(batch)


def in_parts(
    host: Host, batch: tuple[DOI, ...], ask: Callable[[tuple[DOI, ...]], T]
) -> Iterator[tuple[tuple[DOI, ...], T | Outage | Rejected]]:
    """Yield each part of a batch with what ``ask`` returns for it.

    A batch that the host refuses is asked in halves, and so on; only a single DOI stays rejected.
    Two wrong DOIs explain some refusals in a row. A host that refuses more, and took no list
    before, takes no lists at all: the rest are outages.
    """
    parts = [batch]
    refused = 0
    while parts:
        part = parts.pop()
        if host.takes_no_lists:
            yield part, Outage(host.name, host.takes_no_lists)
            continue
        try:
            answer = ask(part)
        except Outage as outage:
            yield part, outage
        except Rejected as rejected:
            refused += 1
            if refused > len(batch).bit_length() + 2:
                host.refused_lists(f"takes no lists of DOIs ({rejected})")
            middle = len(part) // 2
            if middle:
                parts += (part[middle:], part[:middle])
            else:
                yield part, rejected
        else:
            refused = 0
            host.takes_lists = True
            yield part, answer


def path_of(doi: DOI) -> str:
    """Return a DOI as the end of a path; its slashes are encoded if they could mean folders."""
    safe = "" if "/." in doi.value or "//" in doi.value else "/"
    return quote(doi.value, safe=safe)
