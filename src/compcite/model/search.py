"""A search for a registered work: the words to search by, and the result."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from compcite.model.work import Work

__all__ = ["Description", "Gap", "Nearest", "Same", "Search"]


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
    WORK = "work"  # title and authors, but another year and another journal or book


class Gap(StrEnum):
    """Why a work that exists may be in none of the lists of the services."""

    KIND = "not all works of this kind are listed there"
    NEW = "a work as new as this may not be listed there yet"
    NO_YEAR = "without its year nobody can tell whether it is too new to be listed there"
    VERSION = "the entry may be of another version, which is not listed there"


class Nearest(NamedTuple):
    """The registered work that is most like an entry: it has the same title or the same authors.

    ``difference`` says in which way the lists of authors differ if some persons are the same:
    ``the given names differ``.
    """

    work: Work
    same: Same
    difference: str = ""


@dataclass(frozen=True, slots=True)
class Search:
    """The result of the search for an entry's work.

    ``answered`` and ``silent`` are the services that answered, and those that did not. ``known`` is
    true where a service has the work, even if it has no DOI for it or says another year or
    container. ``gap`` is the reason why they may lack a work that exists; None means that they list
    nearly all works of this type and age. ``to_come`` is true where the entry has a year in which
    no work can have appeared yet.
    """

    answered: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    known: bool = False
    nearest: Nearest | None = None
    gap: Gap | None = Gap.KIND
    to_come: bool = False

    @property
    def telling(self) -> bool:
        """Whether a work that none of the services knows probably does not exist."""
        return not self.silent and self.gap is None

    @property
    def open(self) -> bool:
        """Whether the verdict depends on services that did not answer.

        This is so if nobody answered, or if nobody knows the work, and a work like this would be
        reported as missing had all services said so.
        """
        return not self.answered or (bool(self.silent) and not self.known and self.gap is None)
