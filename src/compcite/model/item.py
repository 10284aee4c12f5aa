"""A bibliographic item in the terms of CSL 1.0.2 (specification, appendices III and IV).

An :class:`Item` describes a work and does not know where the description was read. BibTeX entries,
CSL-JSON objects and registry records all become items; code that compares or renders works uses
items only.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Date", "Item", "Name"]


@dataclass(frozen=True, slots=True)
class Name:
    """One name of a name variable, with the parts that CSL-JSON defines.

    A person has a ``family`` name and usually a ``given`` name. An institution, or a name that
    cannot be split, has only a ``literal``. Where ``parse_names`` is false, a style must not take a
    particle out of the family name: ``van Gogh`` stays one family name.
    """

    family: str = ""
    given: str = ""
    dropping_particle: str = ""
    non_dropping_particle: str = ""
    suffix: str = ""
    literal: str = ""
    comma_suffix: bool = False
    parse_names: bool = True


@dataclass(frozen=True, slots=True)
class Date:
    """A date, or a range of two dates, as precise as it is known.

    ``parts`` holds one tuple for a date and two for a range. A tuple is ``(year)``, ``(year,
    month)`` or ``(year, month, day)``. Years before Christ are negative; year 0 does not exist, so
    it marks the open end of a range. ``season`` is a number from 1 (spring) to 4 (winter); in a
    range it belongs to the first date, and ``end_season`` to the second. Words that are no calendar
    date ("in press") are the ``literal``, and then nothing else is set.
    """

    parts: tuple[tuple[int, ...], ...] = ()
    season: int | None = None
    circa: bool = False
    literal: str = ""
    end_season: int | None = None

    @property
    def year(self) -> int | None:
        """The year of the date, or of the start of a range; None where no year is known."""
        return (self.parts[0][0] or None) if self.parts and self.parts[0] else None


@dataclass(frozen=True, slots=True)
class Item:
    """A work described by a CSL type and CSL variables.

    ``text`` holds standard and number variables (``title``, ``container-title``, ``volume``,
    ``page``, ``DOI``, …) as Unicode. Titles may contain the markup that CSL-JSON allows (``<i>``,
    ``<b>``, ``<sup>``, ``<sub>``, ``<span class="nocase">``, small capitals); no other variable has
    markup. ``names`` holds name variables (``author``, ``editor``, …), ``dates`` date variables
    (``issued``, ``accessed``, …). A variable without a value is left out. ``id`` is the citation
    key.
    """

    type: str
    text: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, tuple[Name, ...]] = field(default_factory=dict)
    dates: Mapping[str, Date] = field(default_factory=dict)
    id: str = ""
    # The name variables whose list ends in "and others", so that more people belong to it.
    truncated: frozenset[str] = frozenset()
