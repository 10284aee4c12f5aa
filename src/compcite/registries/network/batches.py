"""How many DOIs fit into one question."""

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
    """Whether a DOI can stand among others: a comma would end it, and blanks make no DOI."""
    return _LISTABLE.fullmatch(doi.value) is not None


def fill(items: Iterable[T], length: Callable[[T], int], room: int) -> Iterator[tuple[T, ...]]:
    """The items, such as DOIs, in as few batches as have room for them."""
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
    """What ``ask`` makes of a batch, of halves of it where it is refused, and so on.

    A refusal stands with a single DOI only. A host that refuses more lists in a row than two bad
    DOIs explain, and took none before, takes none at all: the rest of them are outages.
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
    """A DOI as the end of a path: as it stands, unless its slashes could be read as folders."""
    safe = "" if "/." in doi.value or "//" in doi.value else "/"
    return quote(doi.value, safe=safe)
