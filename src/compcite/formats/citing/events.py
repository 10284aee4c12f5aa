"""The events that a reader finds in a document, in their order."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from compcite.model.source import SourceFile

__all__ = ["Cited", "Defined", "Event", "Include", "Labelled", "Reader", "listed_keys"]

_KEY = re.compile(r"[^,]+")


class Cited(NamedTuple):
    """A key that is cited, and where it stands; ``*`` means that everything is cited."""

    key: str
    start: int
    end: int


class Defined(NamedTuple):
    """A key that the document itself describes, so that a reference list need not have it."""

    key: str
    start: int
    end: int


class Labelled(NamedTuple):
    """A label in the document. What looks like a citation of this name only refers to the label."""

    name: str


class Include(NamedTuple):
    """The path of another file, which the document reads at this place."""

    path: Path


Event = Cited | Defined | Labelled | Include

if TYPE_CHECKING:
    Reader = Callable[[SourceFile], Iterator[Event]]


def listed_keys(text: str, start: int, end: int) -> Iterator[Cited]:
    """Yield the keys of the comma-separated list in ``text[start:end]``, without empty ones."""
    for part in _KEY.finditer(text, start, end):
        key = part[0].strip()
        if key:
            at = part.start() + len(part[0]) - len(part[0].lstrip())
            yield Cited(key, at, at + len(key))
