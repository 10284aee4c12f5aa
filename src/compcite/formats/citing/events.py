"""What a reader finds in a document, in order."""

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
    """A key that is cited, ``*`` for the whole bibliography, and where it stands."""

    key: str
    start: int
    end: int


class Defined(NamedTuple):
    """A key that the document itself describes, so that no reference list need have it."""

    key: str


class Labelled(NamedTuple):
    """A label of the document's own: what seems to cite that name refers to it."""

    name: str


class Include(NamedTuple):
    """Another file, which is read at this place."""

    path: Path


Event = Cited | Defined | Labelled | Include

if TYPE_CHECKING:
    Reader = Callable[[SourceFile], Iterator[Event]]


def listed_keys(text: str, start: int, end: int) -> Iterator[Cited]:
    """The keys of a comma-separated list that stands in ``text[start:end]``."""
    for part in _KEY.finditer(text, start, end):
        key = part[0].strip()
        if key:
            at = part.start() + len(part[0]) - len(part[0].lstrip())
            yield Cited(key, at, at + len(key))
