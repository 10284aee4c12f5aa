"""A bibliographic item in the terms of CSL 1.0.2 (specification, appendices III and IV).

An :class:`Item` says *what is cited* and nothing of where that was read: BibTeX entries,
CSL-JSON objects and registry records all become items, and everything that compares or
renders works on items alone.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Date", "Item", "Name"]


@dataclass(frozen=True, slots=True)
class Name:
    """One name of a name variable, with the parts that CSL-JSON gives it.

    A person has a ``family`` and mostly a ``given`` name; an institution, or a name that
    cannot be taken apart, has a ``literal`` and nothing else. Without ``parse_names`` the family
    name is meant as it stands: a style takes no particle out of it.
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
    """A date, or a range of two, with the precision that is known.

    ``parts`` holds one tuple for a date and two for a range; each is ``(year)``,
    ``(year, month)`` or ``(year, month, day)``; years before Christ are negative, year 0
    does not occur and stands for an open end of a range. ``season`` counts from 1 (spring)
    to 4 (winter); of a range it is that of the first date, and ``end_season`` that of the second.
    A date that is no calendar date ("in press") has only a ``literal``.
    """

    parts: tuple[tuple[int, ...], ...] = ()
    season: int | None = None
    circa: bool = False
    literal: str = ""
    end_season: int | None = None

    @property
    def year(self) -> int | None:
        """The year in which the date begins, where there is one."""
        return (self.parts[0][0] or None) if self.parts and self.parts[0] else None


@dataclass(frozen=True, slots=True)
class Item:
    """What is cited: a CSL type and its variables by their specification names.

    ``text`` holds standard and number variables (``title``, ``container-title``, ``volume``,
    ``page``, ``DOI``, …) as Unicode, with the rich-text subset that CSL-JSON allows
    (``<i>``, ``<b>``, ``<sup>``, ``<sub>``, ``<span class="nocase">``, small caps) in titles
    and no other markup. ``names`` holds name variables (``author``, ``editor``, …) and
    ``dates`` date variables (``issued``, ``accessed``, …). Empty values are left out.
    ``id`` is the key by which the item is cited.
    """

    type: str
    text: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, tuple[Name, ...]] = field(default_factory=dict)
    dates: Mapping[str, Date] = field(default_factory=dict)
    id: str = ""
    # The name variables whose list ends in "and others": there are more names than are given.
    truncated: frozenset[str] = frozenset()
