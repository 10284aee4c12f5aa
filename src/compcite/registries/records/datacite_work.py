"""Turn a DataCite record into a work (attributes of ``/dois``; Metadata Schema 4.6)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from compcite.model.doi import DOI
from compcite.model.item import Date, Item, Name
from compcite.model.work import Relation, Work
from compcite.registries.records.json_values import (
    date_of,
    doi_of,
    is_readable_number,
    is_readable_text,
    iso_date,
    number,
    object_of,
    objects,
    readable_objects,
    text,
)
from compcite.registries.records.markup import rich, without_markup
from compcite.registries.records.people import inverted_name, person
from compcite.registries.records.titles import distinct, joined, with_title_notice, without_notice
from compcite.text.arxiv import ARXIV_PREFIX

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compcite.registries.records.answers import Json

__all__ = ["work_from_datacite"]

_GENERAL_TYPES = {
    "audiovisual": "motion_picture",
    "book": "book",
    "bookchapter": "chapter",
    "collection": "collection",
    "computationalnotebook": "software",
    "conferencepaper": "paper-conference",
    "conferenceproceeding": "book",
    "datapaper": "article-journal",
    "dataset": "dataset",
    "dissertation": "thesis",
    "film": "motion_picture",
    "image": "graphic",
    "interactiveresource": "webpage",
    "journal": "periodical",
    "journalarticle": "article-journal",
    "peerreview": "review",
    "preprint": "article",
    "report": "report",
    "software": "software",
    "sound": "song",
    "standard": "standard",
}
# Resources that say only "Text", or nothing, tell in their own words what they are.
_FREE_TYPES = (
    (re.compile(r"preprint|eprint", re.IGNORECASE), "article"),
    (re.compile(r"thesis|dissertation", re.IGNORECASE), "thesis"),
    (re.compile(r"chapter|book ?part", re.IGNORECASE), "chapter"),
    (re.compile(r"conference|proceeding", re.IGNORECASE), "paper-conference"),
    (re.compile(r"journal ?article|article", re.IGNORECASE), "article-journal"),
    (re.compile(r"\bbook\b|monograph", re.IGNORECASE), "book"),
    (re.compile(r"report", re.IGNORECASE), "report"),
    (re.compile(r"poster|presentation|talk|slides|lecture", re.IGNORECASE), "speech"),
)
_YEAR_DATES = frozenset({"issued", "available", "created", "copyrighted", "submitted", "accepted"})
_EDITOR = "Editor"
_WHO = ("name", "familyName")
_NAME_PARTS = (*_WHO, "givenName", "nameType")
_LINKS = "relatedIdentifiers"
_LINK_PARTS = ("relatedIdentifier", "relatedIdentifierType", "relationType")
_UNKNOWN = re.compile(r"\(:[A-Za-z]+\)")
_PREPRINT = "article"


def work_from_datacite(attributes: Json) -> Work:
    """Return the work that a record describes. Missing and damaged values are left out."""
    given = text(attributes.get("doi"))
    doi = doi_of(given) or DOI(given)
    types = object_of(attributes.get("types"))
    titles = _titles(attributes)
    arxiv = doi.value.startswith(ARXIV_PREFIX.lower())
    container = object_of(attributes.get("container"))
    csl_type = _PREPRINT if arxiv else _csl_type(types, container)
    return Work(
        doi=doi,
        agency="DataCite",
        item=Item(
            type=csl_type,
            text=_variables(attributes, csl_type, titles[0] if titles else "", doi),
            names=_names(attributes),
            dates=_dates(attributes),
        ),
        titles=distinct(titles),
        containers=distinct([text(container.get("title"))]),
        years=_years(attributes, arxiv=arxiv),
        updates=with_title_notice((), titles[0] if titles else ""),
        relations=_relations(attributes),
        registered_type=text(types.get("resourceTypeGeneral")),
        unread=frozenset(_unread(attributes)),
    )


def _unread(attributes: Json) -> Iterator[str]:
    """Yield the parts, such as ``title``, that cannot be compared since the record is damaged.

    If the type of the work cannot be read, these are all parts but the title: whether a difference
    is usual depends on the type.
    """
    titles, dates = attributes.get("titles") or [], attributes.get("dates") or []
    container = attributes.get("container") or {}
    if not _all_said(titles, "title") or not _all_said(titles, "titleType", None):
        yield "title"
    if not isinstance(container, dict) or not is_readable_text(container.get("title")):
        yield "container"
    first, last = (object_of(container).get(name) for name in ("firstPage", "lastPage"))
    if not all(one is None or is_readable_number(one) for one in (first, last)) or (
        number(last) and not number(first)
    ):
        yield "pages"
    year, published = attributes.get("publicationYear", ""), attributes.get("published")
    known = (year == "" or date_of({"date-parts": [[year]]})) and is_readable_text(published)
    if not known or not _all_said(dates, "date") or not _all_said(dates, "dateType"):
        yield "year"
    if not all(_all_said(attributes.get(_LINKS, []), name) for name in _LINK_PARTS):
        yield from ("authors", "title", "year")  # it may be a record for all versions
    types = attributes.get("types", {})
    kind = types.get("resourceTypeGeneral", "") if isinstance(types, dict) else None
    if not isinstance(kind, str) or not is_readable_text(kind):
        yield from ("authors", "container", "pages", "year")


def _all_said(value: object, name: str, *others: None) -> bool:
    """Return whether a value is a list of objects that all have a readable text under ``name``.

    If None is given as third argument, the text may be missing.
    """
    found = objects(value)
    texts = [one.get(name) for one in found]
    return (
        isinstance(value, list)
        and len(found) == len(value)
        and all(one in others or (isinstance(one, str) and is_readable_text(one)) for one in texts)
    )


def _csl_type(types: Json, container: Json) -> str:
    """Return the CSL type of a record, by its general type or else by its own words.

    Without both, it is an article if the container is a journal, else a document.
    """
    general = text(types.get("resourceTypeGeneral")).lower()
    if general in _GENERAL_TYPES:
        return _GENERAL_TYPES[general]
    own = text(types.get("resourceType"))
    for words, csl_type in _FREE_TYPES:
        if words.search(own):
            return csl_type
    # Without a better word, "Text" becomes a journal's article in DataCite's own mapping.
    in_a_journal = text(container.get("type")).lower() == "journal"
    return "article-journal" if in_a_journal else "document"


def _titles(attributes: Json) -> list[str]:
    """Return every form of the title; the one to cite is the first.

    This is the main title with its subtitle, if there is one. Words such as "unknown" are no title.
    """
    mains: list[str] = []
    subtitles: list[str] = []
    others: list[str] = []
    for title in objects(attributes.get("titles")):
        form = rich(text(title.get("title")))
        if _UNKNOWN.match(form):
            continue
        kind = text(title.get("titleType")).lower()
        (subtitles if kind == "subtitle" else others if kind else mains).append(form)
    mains = mains or others[:1]
    whole = joined(mains[0], subtitles[0]) if mains and subtitles else ""
    forms = [whole, *mains, *others]
    return list(dict.fromkeys(f for form in forms for f in (form, without_notice(form)) if f))


def _variables(attributes: Json, csl_type: str, title: str, doi: DOI) -> dict[str, str]:
    """Return the text variables of a work, without empty ones.

    For arXiv, its number and the genre "Preprint" are among them. ``title`` is the one to cite.
    """
    container = object_of(attributes.get("container"))
    publisher = attributes.get("publisher")
    publisher = publisher.get("name") if isinstance(publisher, dict) else publisher
    identifier = text(container.get("identifier"))
    identifier_type = text(container.get("identifierType")).upper()
    pages = [number(container.get("firstPage")), number(container.get("lastPage"))]
    found = {
        "title": title,
        "container-title": rich(text(container.get("title"))),
        "publisher": _known(text(publisher)),
        "volume": number(container.get("volume")),
        "issue": number(container.get("issue")),
        "page": "-".join(dict.fromkeys(page for page in pages if page)),
        "version": number(attributes.get("version")),
        "language": text(attributes.get("language")),
        "ISBN": identifier if identifier_type == "ISBN" else "",
        "ISSN": identifier if identifier_type == "ISSN" else "",
        "URL": text(attributes.get("url")) if csl_type in {"software", "webpage"} else "",
        "DOI": text(attributes.get("doi")),
    }
    arxiv_id = doi.value.removeprefix(ARXIV_PREFIX.lower())
    if arxiv_id != doi.value:
        # arXiv is written so; DataCite stores every DOI in lower case.
        found |= {
            "DOI": ARXIV_PREFIX + arxiv_id,
            "number": f"arXiv:{arxiv_id}",
            "genre": "Preprint",
        }
    return {name: value for name, value in found.items() if value}


def _names(attributes: Json) -> dict[str, tuple[Name, ...]]:
    """Return the authors and editors, without empty lists."""
    found: dict[str, list[Name]] = {"author": _people(attributes.get("creators"))}
    for contributor in objects(attributes.get("contributors")):
        if text(contributor.get("contributorType")) == _EDITOR:
            found.setdefault("editor", []).extend(_people([contributor]))
    return {role: tuple(people) for role, people in found.items() if people}


def _people(value: object) -> list[Name]:
    """Return the names of a list; none if one of them cannot be read."""
    people = objects(value)
    named = all(any(one.get(name) is not None for name in _WHO) for one in people)
    parts = [person.get(name) for person in people for name in _NAME_PARTS]
    if not named or any(isinstance(part, list) or not is_readable_text(part) for part in parts):
        return []
    return [name for creator in people if (name := _name(creator))]


def _name(creator: Json) -> Name | None:
    """Return a name from its parts, or else from its whole form; None if it is empty.

    An organization has a literal name.
    """
    whole = _known(text(creator.get("name")))
    if text(creator.get("nameType")).lower() == "organizational":
        return Name(literal=whole) if whole else None
    family = text(creator.get("familyName"))
    if family:
        return person(family, text(creator.get("givenName")))
    return inverted_name(whole)


def _known(value: str) -> str:
    """Return a value as plain text; empty for ``(:unav)`` and similar words of the schema."""
    return "" if _UNKNOWN.match(value) else without_markup(value)


def _dates(attributes: Json) -> dict[str, Date]:
    """Return the date ``issued``: the exact one if its year is right, else the year.

    The year of publication decides what is right.
    """
    year = date_of({"date-parts": [[attributes.get("publicationYear")]]})
    for date in objects(attributes.get("dates")):
        if text(date.get("dateType")).lower() == "issued":
            issued = iso_date(text(date.get("date")))
            if issued and (year is None or issued.year == year.year):
                return {"issued": issued}
    year = year or iso_date(text(attributes.get("published")))
    return {"issued": year} if year else {}


def _years(attributes: Json, *, arxiv: bool) -> frozenset[int]:
    """Return every year in which the work appeared; for arXiv also the years of new versions."""
    wanted = _YEAR_DATES | {"updated"} if arxiv else _YEAR_DATES
    found = [
        date_of({"date-parts": [[attributes.get("publicationYear")]]}),
        iso_date(text(attributes.get("published"))),
    ]
    found.extend(
        iso_date(text(date.get("date")))
        for date in objects(attributes.get("dates"))
        if text(date.get("dateType")).lower() in wanted
    )
    return frozenset(date.year for date in found if date and date.year)


def _relations(attributes: Json) -> tuple[Relation, ...]:
    """Return the typed links to other DOIs.

    The types are written as Crossref writes them: ``IsPartOf`` becomes ``is-part-of``.
    """
    found = []
    for link in readable_objects(attributes.get(_LINKS)):
        doi = doi_of(link.get("relatedIdentifier"))
        if doi and text(link.get("relatedIdentifierType")).upper() == "DOI":
            words = re.findall(r"[A-Z][a-z]*", text(link.get("relationType")))
            found.append(Relation("-".join(words).lower(), doi))
    return tuple(found)
