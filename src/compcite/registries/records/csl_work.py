"""CSL-JSON, as content negotiation gives it, as a work."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from compcite.model.item import Date, Item, Name
from compcite.model.work import Work
from compcite.registries.records.json_values import date_of, number, text, texts
from compcite.registries.records.markup import rich, without_markup
from compcite.registries.records.people import credited_names
from compcite.registries.records.titles import distinct, joined, with_title_notice, without_notice
from compcite.values.csl_variables import CROSSREF_TYPES

if TYPE_CHECKING:
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
_DATES = ("issued", "published", "published-print", "published-online", "posted", "available-date")


def describes(record: Json) -> bool:
    """Whether the record says what the work is: at least a title."""
    return bool(text(record.get("title")))


def work_from_csl(record: Json, doi: DOI, agency: str) -> Work:
    """The work that a CSL-JSON object describes; without a title it is not described."""
    title = rich(text(record.get("title")))
    whole = joined(title, rich(text(record.get("subtitle"))))
    short = [rich(t) for name in ("title-short", "original-title") for t in texts(record.get(name))]
    forms = [f for form in (whole, title, *short) for f in (form, without_notice(form))]
    registered_type = text(record.get("type"))
    found_dates = {name: date for name in _DATES if (date := date_of(record.get(name)))}
    return Work(
        doi=doi,
        agency=agency,
        item=Item(
            type=CROSSREF_TYPES.get(registered_type, registered_type)
            if _csl(registered_type)
            else "document",
            text=_variables(record, whole, doi),
            names=_names(record),
            dates=_issued(found_dates),
        ),
        titles=distinct(forms),
        containers=distinct([t for name in _CONTAINERS for t in texts(record.get(name))]),
        years=frozenset(date.year for date in found_dates.values() if date.year),
        updates=with_title_notice((), title),
        described=describes(record),
        registered_type=registered_type,
    )


_CONTAINERS = ("container-title", "container-title-short", "collection-title")


def _csl(name: str) -> bool:
    """Whether a type is a word as CSL's and Crossref's are."""
    return re.fullmatch(r"[a-z][a-z_-]*", name) is not None


def _variables(record: Json, title: str, doi: DOI) -> dict[str, str]:
    found = {name: rich(text(record.get(name))) for name in _RICH}
    found |= {name: without_markup(number(record.get(name))) for name in _PLAIN}
    found |= {"title": title, "DOI": str(doi)}
    return {name: value for name, value in found.items() if value}


def _names(record: Json) -> dict[str, tuple[Name, ...]]:
    found = {}
    for role in _NAMES:
        people = credited_names(record.get(role))
        if people:
            found[role] = people
    return found


def _issued(dates: dict[str, Date]) -> dict[str, Date]:
    first = next(iter(dates.values()), None)
    return {"issued": first} if first else {}
