"""What an entry says and what is registered, compared aspect by aspect."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from compcite.text.compare import (
    Likeness,
    Resemblance,
    compare_containers,
    compare_issues,
    compare_pages,
    compare_people,
    compare_titles,
    compare_volumes,
    compare_years,
)
from compcite.text.compare.likeness import SILENT
from compcite.text.markup import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compcite.model.item import Item, Name
    from compcite.model.work import Work

__all__ = ["Comparison", "compare_records"]

_ENOUGH = 2
_LOOSE_TYPES = frozenset({"paper-conference", "chapter", "book", "entry-encyclopedia", "report"})


class Comparison(NamedTuple):
    """How an item resembles a registered work, by the aspects that references have."""

    title: Resemblance
    authors: Resemblance
    year: Resemblance
    container: Resemblance
    volume: Resemblance
    issue: Resemblance
    pages: Resemblance

    @property
    def foreign(self) -> bool:
        """Whether the record is beyond doubt that of another work.

        Title and authors have to disagree both. Where a few authors happen to be the same, or
        a side names none, two more aspects have to differ, and where it was published may not
        agree; two works of the same year are common.
        """
        if self.title.likeness is not Likeness.FOREIGN or self.authors.agrees:
            return False
        if self.authors.likeness is Likeness.FOREIGN:
            return True
        where = (self.container, self.volume, self.pages)
        differing = sum(one.differs for one in (self.year, *where))
        return differing >= _ENOUGH and not any(one.agrees for one in where)


def compare_records(item: Item, work: Work) -> Comparison:
    """What an entry says against what is registered."""
    record = work.item
    years = work.years
    year = item.dates["issued"].year if "issued" in item.dates else None
    return Comparison(
        title=_titles(item, work),
        authors=_authors(item, record),
        year=compare_years(year, years),
        container=_containers(item, work),
        volume=compare_volumes(item.text.get("volume", ""), record.text.get("volume", ""), years),
        issue=compare_issues(item.text.get("issue", ""), record.text.get("issue", "")),
        pages=compare_pages(
            item.text.get("page", "") or item.text.get("number", ""),
            record.text.get("page", ""),
            record.text.get("number", ""),
        ),
    )


def _titles(item: Item, work: Work) -> Resemblance:
    """The title of an item against every title of a work."""
    registered = work.titles or tuple(filter(None, [work.item.text.get("title", "")]))
    return compare_titles(plain(item.text.get("title", "")), [plain(form) for form in registered])


def _authors(item: Item, record: Item) -> Resemblance:
    """Authors against authors, else editors against editors."""
    for role in ("author", "editor"):
        mine, theirs = _people(item, role), _people(record, role)
        if mine and theirs:
            return compare_people(mine, theirs, truncated=role in item.truncated)
    return SILENT


def _people(item: Item, role: str) -> Sequence[Name]:
    return item.names.get(role, ())


def _containers(item: Item, work: Work) -> Resemblance:
    """The container of an item against those of a work, series and event included."""
    text = work.item.text
    registered = [
        *work.containers,
        *(
            text[name]
            for name in ("container-title", "collection-title", "event-title")
            if name in text
        ),
    ]
    written = [item.text.get("container-title", "")]
    loose = item.type in _LOOSE_TYPES or work.item.type in _LOOSE_TYPES
    return compare_containers(written, registered, loose=loose)
