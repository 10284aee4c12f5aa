"""What a registration agency holds, and how asking it can end."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from compcite.model.doi import DOI
from compcite.model.item import Item

if TYPE_CHECKING:
    import datetime as dt

__all__ = ["NO_DOI", "Found", "NotFound", "Outcome", "Relation", "Unavailable", "Update", "Work"]


NO_DOI = DOI("")
"""Stands where a DOI would stand, for a work that has none."""


@dataclass(frozen=True, slots=True)
class Update:
    """An update notice about a work, or the work that a notice is about.

    ``kind`` is the agency's word (``retraction``, ``withdrawal``, ``removal``,
    ``expression_of_concern``, ``correction``, ``erratum``, ``reinstatement``, …), ``asserted_by``
    who said so (``publisher``, ``retraction-watch``, or ``title`` where only the title says it).
    """

    kind: str
    doi: DOI | None = None
    date: dt.date | None = None
    asserted_by: str = ""


@dataclass(frozen=True, slots=True)
class Relation:
    """A typed link between works: ``is-preprint-of``, ``is-version-of``, and so on."""

    kind: str
    doi: DOI


@dataclass(frozen=True, slots=True)
class Work:
    """A registered work: its item and what else the record says about its identity.

    ``titles``, ``containers`` and ``years`` hold every form that the record gives (original
    and short titles, title with subtitle, abbreviated containers; years of print, online,
    posting, acceptance), any of which is right in a reference. ``updates`` are the notices
    about this work, ``updates_to`` the works that this one, being a notice, updates.
    ``described`` is false where only the registration is known and no record could be had.
    ``doi`` is :data:`NO_DOI` for a work that a bibliography such as DBLP lists without one.
    """

    doi: DOI
    agency: str
    item: Item = field(default_factory=lambda: Item("document"))
    titles: tuple[str, ...] = ()
    containers: tuple[str, ...] = ()
    years: frozenset[int] = frozenset()
    updates: tuple[Update, ...] = ()
    updates_to: tuple[Update, ...] = ()
    relations: tuple[Relation, ...] = ()
    described: bool = True
    registered_type: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """The DOI asked for is registered; ``work.doi`` differs from ``doi`` where that is an alias.

    ``resolvable`` is false where the DOI is registered and its handle leads nowhere.
    ``cached`` tells that the answer came from this machine (cache or lock), ``unasked`` why
    nobody could be asked again, where that was wished for.
    """

    doi: DOI
    work: Work
    resolvable: bool = True
    cached: bool = False
    unasked: str = ""


@dataclass(frozen=True, slots=True)
class NotFound:
    """The DOI system itself says that the DOI is not registered."""

    doi: DOI
    cached: bool = False


@dataclass(frozen=True, slots=True)
class Unavailable:
    """Nobody could be asked, or nobody answered; says nothing about the DOI."""

    doi: DOI
    reason: str


Outcome = Found | NotFound | Unavailable
