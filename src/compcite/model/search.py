"""A search for a registered work: the words to search by, and the result."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from compcite.model.work import Work

__all__ = ["Description", "Nearest", "Same", "Search"]


class Description(NamedTuple):
    """The words about an entry's work that search services get.

    ``citation`` is the whole reference in one text, for services that rank records by likeness.
    ``title`` and ``people`` (family names) are for services that only return records with every
    word of the question.
    """

    citation: str
    title: str = ""
    people: tuple[str, ...] = ()


class Same(StrEnum):
    """The part of an entry that the nearest registered work shares."""

    TITLE = "title"  # but other authors
    AUTHORS = "authors"  # but another title


class Nearest(NamedTuple):
    """The registered work that is most like an entry: it has the same title or the same authors."""

    work: Work
    same: Same


@dataclass(frozen=True, slots=True)
class Search:
    """The result of the search for an entry's work.

    ``answered`` and ``silent`` are the services that answered, and those that did not. ``known`` is
    true where a service has the work, even if it has no DOI for it or says another year or
    container. ``telling`` is true where the services list nearly all works of this type and age, so
    that a work which none of them knows probably does not exist.
    """

    answered: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    known: bool = False
    nearest: Nearest | None = None
    telling: bool = False
