"""Finding the registered work that an entry describes among what a search gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compcite.checks.records import Comparison, compare_records
from compcite.text.compare import Likeness
from compcite.text.markup import plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from compcite.model.item import Item
    from compcite.model.work import Work

__all__ = ["best_match", "citation"]

# Registered types that are never what a reference means, though they carry a work's title.
_NEVER = frozenset(
    {"component", "peer-review", "journal", "journal-issue", "journal-volume", "grant", "database"}
)
_ENOUGH_WORDS = 2


def citation(item: Item) -> str:
    """What an item says, as words for a bibliographic search; empty where that is too little."""
    title = plain(item.text.get("title", ""))
    if len(title.split()) < _ENOUGH_WORDS:
        return ""
    people = item.names.get("author") or item.names.get("editor") or ()
    year = item.dates["issued"].year if "issued" in item.dates else None
    parts = (
        *(name.family or name.literal for name in people[:3]),
        title,
        item.text.get("container-title", ""),
        str(year or ""),
        item.text.get("volume", ""),
        item.text.get("page", ""),
    )
    return " ".join(filter(None, parts))


def best_match(item: Item, works: Iterable[Work]) -> Work | None:
    """The work that an item describes beyond doubt, or None.

    Title and authors have to agree, the year must not differ, and one work alone has to come
    nearest by all else that the item says.
    """
    ranked = sorted(
        ((_nearness(found), work) for work, found in _possible(item, works)),
        key=lambda pair: pair[0],
        reverse=True,
    )
    if not ranked or (len(ranked) > 1 and ranked[0][0] == ranked[1][0]):
        return None
    return ranked[0][1]


def _possible(item: Item, works: Iterable[Work]) -> Iterable[tuple[Work, Comparison]]:
    """The works that may be the item's, with how they compare."""
    for work in works:
        if work.registered_type not in _NEVER:
            found = compare_records(item, work)
            if found.title.agrees and found.authors.agrees and not found.year.differs:
                yield work, found


def _nearness(found: Comparison) -> int:
    """How near a work comes: agreements count for it, contradictions more against it."""
    return sum(2 * (one.likeness is Likeness.SAME) + one.agrees - 4 * one.differs for one in found)
