"""What is known of a work that is looked for, and how looking for it ended."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from compcite.model.work import Work

__all__ = ["Description", "Nearest", "Same", "Search"]


class Description(NamedTuple):
    """What an entry says of its work, in the words that the services search by.

    ``citation`` holds everything, for services that rank by likeness. ``title`` and ``people``
    (family names) are for those that want every word of a question to be in the record.
    """

    citation: str
    title: str = ""
    people: tuple[str, ...] = ()


class Same(StrEnum):
    """What the nearest work has in common with an entry."""

    TITLE = "title"  # but other authors
    AUTHORS = "authors"  # but another title


class Nearest(NamedTuple):
    """A registered work that agrees with an entry in one of the two things that name a work."""

    work: Work
    same: Same


@dataclass(frozen=True, slots=True)
class Search:
    """How the search for the work of an entry ended.

    ``answered`` and ``silent`` name the services that were asked and did, or did not, answer.
    ``known`` tells that one of them has such a work, also where it gives no DOI for it, or says
    another year or container. ``telling`` is true where the services list nearly all works of
    this kind and age, so that a work which none of them knows is hardly there.
    """

    answered: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    known: bool = False
    nearest: Nearest | None = None
    telling: bool = False
