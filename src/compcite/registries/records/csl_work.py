"""Turn CSL-JSON from content negotiation into a work.

``csl.items`` reads it, as it reads CSL-JSON of any other program. What is done here is only for
records: markup of publishers, dates that cannot be true, and all forms of a title for comparing.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from compcite.csl.items import item_of
from compcite.model.item import Date, Item, Name
from compcite.model.work import Work
from compcite.registries.records.json_values import LATEST_YEAR, text, texts
from compcite.registries.records.markup import rich, without_markup
from compcite.registries.records.titles import distinct, joined, with_title_notice, without_notice

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compcite.model.doi import DOI
    from compcite.registries.records.answers import Json

__all__ = ["describes", "work_from_csl"]

_RICH = ("title", "container-title", "collection-title", "title-short", "original-title")
_PLAIN = (
    "publisher", "publisher-place", "volume", "issue", "page", "number", "edition", "genre",
    "language", "version", "event-title", "event-place", "collection-number", "chapter-number",
    "number-of-pages", "ISBN", "ISSN", "URL", "archive", "container-title-short",
)  # fmt: skip
_NAMES = ("author", "editor", "translator", "container-author", "collection-editor")
# The dates of publication; the first that is known is the one to cite.
_DATES = ("issued", "published", "published-print", "published-online", "posted", "available-date")
_CONTAINERS = ("container-title", "container-title-short", "collection-title")
# A subtitle is joined here, for it is a spelling of the title without which people write it; a
# note is not the registry's, so that lines of it are no variables.
_NOT_READ = frozenset({"note", "subtitle"})


def describes(record: Json) -> bool:
    """Return whether the record says what the work is, that is, whether it has a title."""
    return bool(text(record.get("title")))


def work_from_csl(record: Json, doi: DOI, agency: str) -> Work:
    """Return the work that an object describes; without a title it counts as not described."""
    read = item_of({name: value for name, value in record.items() if name not in _NOT_READ})
    title = rich(read.text.get("title", ""))
    whole = joined(title, rich(text(record.get("subtitle"))))
    short = [rich(t) for name in ("title-short", "original-title") for t in texts(record.get(name))]
    forms = [f for form in (whole, title, *short) for f in (form, without_notice(form))]
    dates = list(_published(record))
    return Work(
        doi=doi,
        agency=agency,
        item=Item(
            type=read.type,
            text=_variables(read, whole, doi),
            names=_names(read),
            dates={"issued": dates[0]} if dates else {},
            truncated=read.truncated,
        ),
        titles=distinct(forms),
        containers=distinct([t for name in _CONTAINERS for t in texts(record.get(name))]),
        years=frozenset(date.year for date in dates if date.year),
        updates=with_title_notice((), title),
        described=describes(record),
        registered_type=text(record.get("type")),
    )


def _variables(read: Item, title: str, doi: DOI) -> dict[str, str]:
    """Return the text variables of a record that are not empty.

    Some keep their formatting as CSL's tags, others lose the publishers' markup. ``title``, which
    has the subtitle, and ``doi`` take the places of the record's own.
    """
    found = {name: rich(read.text.get(name, "")) for name in _RICH}
    found |= {name: without_markup(read.text.get(name, "")) for name in _PLAIN}
    found |= {"title": title, "DOI": str(doi)}
    return {name: value for name, value in found.items() if value}


def _names(read: Item) -> dict[str, tuple[Name, ...]]:
    """Return the names of a record by role, without the markup of publishers and empty names."""
    found = {role: tuple(filter(_says, map(_clean, read.names.get(role, ())))) for role in _NAMES}
    return {role: people for role, people in found.items() if people}


def _clean(name: Name) -> Name:
    """Return a name without markup, commas and semicolons at the ends of its parts."""
    return replace(
        name,
        family=_bare(name.family),
        given=_bare(name.given),
        suffix=_bare(name.suffix),
        literal=_bare(name.literal),
    )


def _bare(part: str) -> str:
    """Return a part of a name without markup, commas and semicolons at its ends."""
    return without_markup(part).strip(" ,;")


def _says(name: Name) -> bool:
    """Return whether a name is not empty."""
    return bool(name.family or name.literal)


def _published(record: Json) -> Iterator[Date]:
    """Yield the dates of publication that a record gives, except for impossible ones."""
    for name in _DATES:
        date = item_of({"issued": record.get(name)}).dates.get("issued")
        if date is not None and date.year and date.year <= LATEST_YEAR:
            yield date
