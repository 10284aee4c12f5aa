"""Which services list works of a kind, and whether a work that they lack is hardly real.

Crossref, DataCite and DBLP (and OpenAlex, if it is asked) together list nearly all journal
articles, conference papers and preprints. They list only part of all books, theses and reports,
and few web pages: that such a work is missing proves nothing. A work of the last months may
not be listed yet.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from compcite.checks.preprints import is_preprint

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compcite.model.item import Item

__all__ = ["is_telling", "services_for"]

_LISTED = frozenset({"article-journal", "paper-conference"})
# Data and programs, as preprints, mostly have DOIs of DataCite.
_OF_DATACITE = frozenset({"dataset", "software"})
_DATACITE = "DataCite"
# Publishers register a paper when it appears, DBLP and arXiv's DOIs follow within weeks; half a
# year leaves room for proceedings that are dated before they are published.
_TO_BE_LISTED = dt.timedelta(days=182)


def services_for(item: Item, services: Sequence[str]) -> list[str]:
    """Return the services in the order in which to ask them.

    The service that most likely has the work comes first.
    """
    order = list(services)
    if (item.type in _OF_DATACITE or is_preprint(item)) and _DATACITE in order:
        order.remove(_DATACITE)
        order.insert(0, _DATACITE)
    return order


def is_telling(item: Item, today: dt.date) -> bool:
    """Return whether a work of this kind and age is nearly always listed if it exists."""
    year = item.dates["issued"].year if "issued" in item.dates else None
    listed = item.type in _LISTED or is_preprint(item)
    return listed and year is not None and year < (today - _TO_BE_LISTED).year
