"""A registered work, and the three outcomes of asking for a DOI."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from compcite.model.doi import DOI
from compcite.model.item import Item

if TYPE_CHECKING:
    import datetime as dt

__all__ = ["NO_DOI", "Found", "NotFound", "Outcome", "Relation", "Unavailable", "Update", "Work"]


NO_DOI = DOI("")
"""The value of ``Work.doi`` for a work without a DOI."""


@dataclass(frozen=True, slots=True)
class Update:
    """A notice about a work, such as a retraction; or the work that a notice is about.

    In ``Work.updates``, ``doi`` is the DOI of the notice; in ``Work.updates_to``, that of the work.
    ``kind`` is the word of the agency (``retraction``, ``withdrawal``, ``removal``,
    ``expression_of_concern``, ``correction``, ``erratum``, ``reinstatement``, …). ``asserted_by``
    is who said it: ``publisher``, ``retraction-watch``, or ``title`` where only a title such as
    ``RETRACTED: …`` says it.
    """

    kind: str
    doi: DOI | None = None
    date: dt.date | None = None
    asserted_by: str = ""


@dataclass(frozen=True, slots=True)
class Relation:
    """A link from one work to another with its kind: ``is-preprint-of``, ``is-version-of``, …."""

    kind: str
    doi: DOI


@dataclass(frozen=True, slots=True)
class Work:
    """A registered work: its item, and what else its record says.

    ``titles``, ``containers`` and ``years`` hold every form in the record: original and short
    titles, titles with subtitle, abbreviated containers; the years of print, online publication,
    posting and acceptance. Each of these forms is right in a reference. ``updates`` are the notices
    about this work. Where this work is itself a notice, ``updates_to`` are the works it is about.
    ``described`` is false where the DOI is registered but no record could be read. ``unread`` names
    the parts of a comparison (``title``, ``authors``, ``year``, ``container``, ``pages``) about
    which the record says something that cannot be read: they are compared with nothing. ``doi`` is
    :data:`NO_DOI` for a work that a bibliography such as DBLP lists without a DOI.
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
    unread: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Found:
    """The DOI is registered. ``work.doi`` is another DOI where the one asked for is its alias.

    ``resolvable`` is false where the DOI is registered but its handle has no address. ``cached`` is
    true where the answer came from this machine (cache or lock). ``unasked`` is empty, or says why
    a kept answer could not be asked for again although ``--refresh`` wanted that.
    """

    doi: DOI
    work: Work
    resolvable: bool = True
    cached: bool = False
    unasked: str = ""


@dataclass(frozen=True, slots=True)
class NotFound:
    """The DOI is not registered; doi.org itself said so."""

    doi: DOI
    cached: bool = False


@dataclass(frozen=True, slots=True)
class Unavailable:
    """Nobody answered, for this ``reason``; nothing is known about the DOI."""

    doi: DOI
    reason: str


Outcome = Found | NotFound | Unavailable
