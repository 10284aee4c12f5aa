"""Turn a Crossref record into a work (REST API, format of ``/works``)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from compcite.model.doi import DOI
from compcite.model.item import Date, Item, Name
from compcite.model.work import Relation, Update, Work
from compcite.registries.records.json_values import (
    calendar_day,
    date_of,
    doi_of,
    is_readable_number,
    is_readable_text,
    number,
    object_of,
    objects,
    readable_objects,
    text,
    texts,
)
from compcite.registries.records.markup import rich, without_markup
from compcite.registries.records.people import credited_names
from compcite.registries.records.titles import distinct, joined, with_title_notice, without_notice
from compcite.values.csl_variables import CROSSREF_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from compcite.registries.records.answers import Json

__all__ = ["SELECT", "updates_from", "updates_told_by", "work_from_crossref"]

SELECT = (
    "DOI,type,title,subtitle,short-title,original-title,container-title,short-container-title,"
    "author,editor,translator,chair,issued,published,published-print,published-online,posted,"
    "accepted,approved,content-created,volume,issue,page,article-number,publisher,"
    "publisher-location,ISBN,ISSN,event,degree,standards-body,updated-by,update-to,relation"
)
"""The fields of a list's records that a work is made of; ``select`` knows no others of them."""

_YEARS = (
    "issued", "published", "published-print", "published-online", "published-other", "posted",
    "accepted", "approved", "content-created",
)  # fmt: skip
_TITLES = ("title", "subtitle", "short-title", "original-title")
_CONTAINERS = ("container-title", "short-container-title")
_ROLES = ("author", "editor", "translator", "chair")
_IN_A_BOOK = frozenset({"chapter", "paper-conference", "entry-encyclopedia"})
# Where a chapter names both its book and the book's series, in either order.
_SERIES = re.compile(
    r"lecture notes|communications in computer|advances in (?:intelligent|experimental)"
    r"|\bseries\b|studies in|workshops in|ifip|springer proceedings|topics in|contributions to",
    re.IGNORECASE,
)


def work_from_crossref(message: Json) -> Work:
    """Return the work that a record describes. Missing and damaged values are left out."""
    doi = doi_of(message.get("DOI")) or DOI(text(message.get("DOI")))
    registered_type = text(message.get("type"))
    csl_type = CROSSREF_TYPES.get(registered_type, "document")
    titles = _titles(message)
    event = text(object_of(message.get("event")).get("name"))
    containers = [
        *texts(message.get("container-title")),
        *texts(message.get("short-container-title")),
    ]
    updates = updates_from(message.get("updated-by"))
    return Work(
        doi=doi,
        agency="Crossref",
        item=Item(
            type=csl_type,
            text=_variables(message, csl_type, titles[0] if titles else ""),
            names=_names(message),
            dates=_dates(message, csl_type),
        ),
        titles=distinct(titles),
        containers=distinct([*containers, event]),
        years=_years(message),
        updates=with_title_notice(updates, without_markup(text(message.get("title")))),
        updates_to=updates_from(message.get("update-to")),
        relations=_relations(message.get("relation")),
        registered_type=registered_type,
        unread=frozenset(_unread(message)),
    )


def _unread(message: Json) -> Iterator[str]:
    """Yield the parts, such as ``title``, that cannot be compared since the record is damaged.

    If the type of the work cannot be read, these are all parts but the title: whether a difference
    is usual depends on the type.
    """
    event = message.get("event", {})
    named = [object_of(event).get("name", ""), *_given(message, _CONTAINERS)]
    fields = {
        "title": map(_is_said, _given(message, _TITLES)),
        "container": (isinstance(event, dict), *map(_is_said, named)),
        "year": map(date_of, _given(message, _YEARS)),
        "pages": map(is_readable_number, _given(message, ("page", "article-number"))),
    }
    kind = message.get("type", "")
    typed = isinstance(kind, str) and is_readable_text(kind)
    for part, readable in fields.items():
        if not all(readable) or (part != "title" and not typed):
            yield part
    if not typed:
        yield "authors"
    if not message.get("title") and any(texts(message.get(name)) for name in _TITLES):
        yield "title"  # only a subtitle or a short form is there; an empty text says so itself


def _given(message: Json, names: Iterable[str]) -> list[object]:
    """Return the values of those fields that the record has."""
    return [message[name] for name in names if name in message]


def _is_said(value: object) -> bool:
    """Return whether a value is a text or a list of texts; Crossref never writes null for one."""
    return value is not None and is_readable_text(value)


def _relations(value: object) -> tuple[Relation, ...]:
    """Return the links to other DOIs with their kinds; links to anything else are left out."""
    found = []
    for kind, links in object_of(value).items():
        for link in readable_objects(links):
            doi = doi_of(link.get("id")) if text(link.get("id-type")).lower() == "doi" else None
            if doi:
                found.append(Relation(text(kind), doi))
    return tuple(found)


def _titles(message: Json) -> list[str]:
    """Return every form of the title; the one to cite, with the subtitle, is the first."""
    mains = [rich(title) for title in texts(message.get("title"))]
    subtitle = rich(text(message.get("subtitle")))
    whole = joined(mains[0], subtitle) if mains else subtitle
    others = [
        rich(t) for name in ("original-title", "short-title") for t in texts(message.get(name))
    ]
    forms = [whole, *mains, *others]
    return list(dict.fromkeys(f for form in forms for f in (form, without_notice(form)) if f))


def _variables(message: Json, csl_type: str, title: str) -> dict[str, str]:
    """Return the text variables of a work, without empty ones."""
    container, collection = _container(message, csl_type)
    event = object_of(message.get("event"))
    body = text(object_of(next(iter(objects(message.get("standards-body"))), {})).get("name"))
    institution = text(object_of(next(iter(_institutions(message)), {})).get("name"))
    article = number(message.get("article-number"))
    found = {
        "title": title,
        "title-short": rich(text(message.get("short-title"))),
        "original-title": rich(text(message.get("original-title"))),
        "container-title": container,
        "container-title-short": rich(text(message.get("short-container-title"))),
        "collection-title": collection,
        "event-title": without_markup(text(event.get("name"))),
        "event-place": without_markup(text(event.get("location"))),
        "publisher": _publisher(message, csl_type, institution),
        "publisher-place": without_markup(text(message.get("publisher-location"))),
        "authority": without_markup(body),
        "volume": without_markup(number(message.get("volume"))),
        "issue": without_markup(number(message.get("issue"))),
        "page": without_markup(number(message.get("page"))),
        "number": without_markup(article),
        "edition": without_markup(number(message.get("edition-number"))),
        "genre": _genre(message, csl_type),
        "language": text(message.get("language")),
        "ISBN": text(message.get("ISBN")).rpartition("/")[2],
        "ISSN": text(message.get("ISSN")).rpartition("/")[2],
        "DOI": text(message.get("DOI")),
    }
    if found["title-short"] == title:
        found["title-short"] = ""
    return {name: value for name, value in found.items() if value}


def _institutions(message: Json) -> list[Json]:
    """Return the institutions of a record, which has one object or a list of them."""
    value = message.get("institution")
    return objects(value) or ([object_of(value)] if isinstance(value, dict) else [])


def _publisher(message: Json, csl_type: str, institution: str) -> str:
    """Return the publisher; for a preprint its server, for a thesis its university, if named."""
    if institution and csl_type in {"article", "thesis"}:
        return without_markup(institution)
    return without_markup(text(message.get("publisher")))


def _genre(message: Json, csl_type: str) -> str:
    """Return what kind of thesis or posted content it is, or an empty string."""
    if csl_type == "thesis":
        return without_markup(text(message.get("degree")))
    return "Preprint" if text(message.get("subtype")) == "preprint" else ""


def _container(message: Json, csl_type: str) -> tuple[str, str]:
    """Return the title of the journal or book, and that of its series; either can be empty.

    If a chapter's record names two titles, the one that looks like a series is the series. The only
    container of a book is its series.
    """
    forms = [rich(title) for title in texts(message.get("container-title"))]
    if len(forms) > 1 and csl_type in _IN_A_BOOK:
        forms.sort(key=lambda form: bool(_SERIES.search(form)))
        return forms[0], forms[1]
    if forms and csl_type == "book":
        return "", forms[0]
    return (forms[0], "") if forms else ("", "")


def _names(message: Json) -> dict[str, tuple[Name, ...]]:
    """Return the names of authors and other roles, without empty lists."""
    found = {}
    for role in _ROLES:
        people = credited_names(message.get(role))
        if people:
            found[role] = people
    return found


def _dates(message: Json, csl_type: str) -> dict[str, Date]:
    """Return the date ``issued`` for a citation: of an article that of print, else ``issued``.

    Without it, the next date of a fixed list counts; without any, the dictionary is empty.
    """
    first = "published-print" if csl_type == "article-journal" else "issued"
    for name in (first, "issued", "published", "published-print", "published-online", "posted"):
        date = date_of(message.get(name))
        if date:
            return {"issued": date}
    return {}


def _years(message: Json) -> frozenset[int]:
    """Return every year in which the work appeared according to the record."""
    issue = object_of(message.get("journal-issue"))
    dates = [*(message.get(name) for name in _YEARS), *(issue.get(name) for name in _YEARS)]
    return frozenset(date.year for d in dates if (date := date_of(d)) and date.year)


def updates_from(value: object) -> tuple[Update, ...]:
    """Return the notices in ``updated-by`` or ``update-to``, each once, in the record's order.

    One that does not say what it is (a retraction, a correction …) is left out.
    """
    found = (
        Update(
            kind=text(update.get("type")).lower().replace(" ", "_").replace("-", "_"),
            doi=doi_of(update.get("DOI")),
            date=calendar_day(date_of(update.get("updated"))),
            asserted_by=text(update.get("source")),
        )
        for update in readable_objects(value)
        if is_readable_text(update.get("type"))
    )
    return tuple(dict.fromkeys(update for update in found if update.kind))


def updates_told_by(notices: Iterable[Json], doi: DOI) -> list[Json]:
    """Return what notices say of one work, in the form of its own ``updated-by``."""
    return [
        {**update, "DOI": notice.get("DOI")}
        for notice in notices
        for update in readable_objects(notice.get("update-to"))
        if doi_of(update.get("DOI")) == doi
    ]
