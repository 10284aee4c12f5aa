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

# The roles of those who made a work; the first one that a work has names its authors.
_CREATORS = ("author", "editor", "translator", "director", "composer", "container-author")


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

    def __str__(self) -> str:
        """The name as ``Family, Given``; an institution's name as it is.

        Particles stand before the family name, and a suffix comes last: ``van Gogh, Vincent, Jr.``.
        """
        if self.literal:
            return self.literal
        if self.given and not (self.suffix or self.dropping_particle or self.non_dropping_particle):
            return f"{self.family}, {self.given}"  # nearly every name: lists have thousands
        particles = (self.dropping_particle, self.non_dropping_particle)
        family = " ".join(part for part in (*particles, self.family) if part)
        return ", ".join(part for part in (family, self.given, self.suffix) if part)


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

    @property
    def creators(self) -> tuple[str, ...]:
        """The names of the authors, else of the editors, else of the translators, and so on.

        Each is ``Family, Given``. An incomplete list ends with ``et al.``. A work without any names
        gives an empty tuple.
        """
        for variable in _CREATORS:
            if names := self.names.get(variable):
                shown = map(str, names)
                return (*shown, "et al.") if variable in self.truncated else tuple(shown)
        return ()

    @property
    def year(self) -> int | str | None:
        """The year of publication, else the words in its place ("in press"), else None."""
        date = self.dates.get("issued")
        if date is None:
            return None
        return date.year if date.year is not None else date.literal or None
