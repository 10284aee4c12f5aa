"""Which services list works of a kind, and whether a work that they lack is hardly real.

Crossref, DataCite and DBLP (and OpenAlex, if it is asked) together list nearly all journal
articles, conference papers and preprints. They list only part of all books, theses and reports,
and few web pages: that such a work is missing proves nothing. A work of the last months may
not be listed yet.
"""

from __future__ import annotations

import calendar
import datetime as dt
from typing import TYPE_CHECKING

from compcite.checks.preprints import is_preprint
from compcite.model.search import Gap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compcite.model.item import Date, Item

__all__ = ["gap_in_lists", "in_order_of_asking", "is_to_come"]

_LISTED = frozenset({"article-journal", "paper-conference"})
# Data and programs, as preprints, mostly have DOIs of DataCite.
_OF_DATACITE = frozenset({"dataset", "software"})
_DATACITE = "DataCite"
# Of 595 recorded journal articles 95 % were registered within 85 days of their publication, of 31
# papers in proceedings 21 within 82 days of the meeting, of 22 preprints 21 within 37 days.
_TO_BE_LISTED = dt.timedelta(days=90)
_MIDDLE = 6  # the month at whose end half of a year's works have appeared
_LAST = 12


def in_order_of_asking(item: Item, services: Sequence[str]) -> list[str]:
    """Return the services in the order in which to ask them.

    DataCite comes first for data, programs and preprints; otherwise the order stays.
    """
    order = list(services)
    if (item.type in _OF_DATACITE or is_preprint(item)) and _DATACITE in order:
        order.remove(_DATACITE)
        order.insert(0, _DATACITE)
    return order


def gap_in_lists(item: Item, today: dt.date) -> Gap | None:
    """Return why the services may lack a work of this kind and age that exists.

    None means that they list nearly all such works, so that a work which none of them knows
    probably does not exist. It is also None for a year after the next one, in which no work can
    have appeared.
    """
    if is_to_come(item, today):
        return None
    if item.type not in _LISTED and not is_preprint(item):
        return Gap.KIND
    appeared = _appeared(item.dates.get("issued"))
    if appeared is None:
        return Gap.NO_YEAR
    return Gap.NEW if today - appeared < _TO_BE_LISTED else None


def is_to_come(item: Item, today: dt.date) -> bool:
    """Return whether the year of an item is later than next year; false without a year.

    An accepted article may bear the year of the issue in which it will be printed, and that is this
    year or the next one: none of the 595 recorded articles was registered more than a year before.
    """
    appeared = _appeared(item.dates.get("issued"))
    return appeared is not None and appeared.year > today.year + 1


def _appeared(date: Date | None) -> dt.date | None:
    """Return the day by which a work has appeared, as far as its date says it, or None.

    The last day counts of a month: ``2026-03`` is 31 March. A year alone is its middle, 30 June:
    to take its end would mean that no work of this year and hardly one of the last could be told
    from an invented one. A month above 12, as that of a season, counts as December. The end of a
    range counts, if it has one. None means that the year is not known.
    """
    known = [part for part in date.parts if part and part[0]] if date else []
    if not known:
        return None
    year, month, day, *_ = (*known[-1], 0, 0)
    if not dt.MINYEAR <= year <= dt.MAXYEAR:
        return dt.date.min if year < dt.MINYEAR else dt.date.max
    month = min(month or _MIDDLE, _LAST)
    last = calendar.monthrange(year, month)[1]
    return dt.date(year, month, min(day or last, last))
