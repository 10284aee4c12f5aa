"""Turn an outcome into the small JSON object that the lock keeps of a DOI, and back.

The object keeps only what the checks compare, the fixes use and the reports show. So each change
in it is one that somebody should see.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, cast

from compcite.model.doi import DOI
from compcite.model.item import Date, Item, Name
from compcite.model.work import Found, NotFound, Relation, Update, Work

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from compcite.registries.records.answers import Json

__all__ = ["decode", "encode"]

_VARIABLES = (
    "title", "container-title", "collection-title", "event-title", "publisher", "volume",
    "issue", "page", "number",
)  # fmt: skip
_ROLES = ("author", "editor")
_UNREAD = frozenset({"title", "authors", "year", "container", "pages"})
_PREPRINT_OF = "is-preprint-of"
_VERSION = "has-version"
_PARTS = {
    "family": "family",
    "given": "given",
    "dropping-particle": "dropping_particle",
    "non-dropping-particle": "non_dropping_particle",
    "suffix": "suffix",
    "literal": "literal",
}


def encode(outcome: Found | NotFound) -> dict[str, object]:
    """Return an outcome as an object; empty and usual values are left out."""
    if isinstance(outcome, NotFound):
        return {"registered": False}
    work, item = outcome.work, outcome.work.item
    title, container = (item.text.get(name, "") for name in ("title", "container-title"))
    doi = str(work.doi)
    said: dict[str, object] = {
        "doi": "" if work.doi == outcome.doi else doi,
        "updates": [_update(update) for update in work.updates],
        "updates-to": [_update(update) for update in work.updates_to],
        "relations": [[relation.kind, str(relation.doi)] for relation in _compared(work.relations)],
        "registered-type": work.registered_type,
        "unread": sorted(work.unread),
        **{role: [_name(name) for name in item.names.get(role, ())] for role in _ROLES},
        "issued": _date(item.dates["issued"]) if "issued" in item.dates else None,
        "years": sorted(work.years),
        **{name: item.text.get(name, "") for name in _VARIABLES},
        "titles": [] if work.titles == _one(title) else list(work.titles),
        "containers": [] if work.containers == _one(container) else list(work.containers),
    }
    written = item.text.get("DOI")
    return (
        {"agency": work.agency, "type": item.type}
        | {name: value for name, value in said.items() if value}
        | ({} if written == doi else {"DOI": written or ""})
        | ({} if outcome.resolvable else {"resolvable": False})
        | ({} if work.described else {"described": False})
        | ({"titles": []} if title and not work.titles else {})
        | ({"containers": []} if container and not work.containers else {})
    )


def _compared(relations: Sequence[Relation]) -> list[Relation]:
    """Return the relations that checks look at: articles of a preprint, and one version of a work.

    A work of which there are versions may have hundreds, and each release adds one; that there is
    any is all that counts.
    """
    versions = sorted(str(one.doi) for one in relations if one.kind == _VERSION)
    return [
        *(one for one in relations if one.kind == _PREPRINT_OF),
        *(Relation(_VERSION, DOI(doi)) for doi in versions[:1]),
    ]


def decode(doi: DOI, said: Json) -> Found | NotFound:
    """Return the outcome that an object describes. Raise ValueError if it describes none."""
    try:
        return _outcome(doi, said)
    except (AttributeError, KeyError, TypeError) as error:
        raise ValueError("not what a lock says of a DOI") from error


def _outcome(doi: DOI, said: Mapping[str, object]) -> Found | NotFound:
    """Return the outcome that an object describes.

    For wrong values it raises whatever error they lead to; :func:`decode` turns these into
    ValueError.
    """
    if said.get("registered") is False:
        return NotFound(doi, cached=True)
    get = cast("dict[str, object]", said).get
    primary = DOI(_text(said["doi"])) if "doi" in said else doi
    text = {name: _text(said[name]) for name in _VARIABLES if name in said}
    written = _text(get("DOI", str(primary)))
    names = {role: tuple(map(_read_name, _list(said[role]))) for role in _ROLES if role in said}
    item = Item(
        type=_text(said["type"]),
        text=text | ({"DOI": written} if written else {}),
        names=names,
        dates={"issued": _read_date(said["issued"])} if "issued" in said else {},
    )
    work = Work(
        doi=primary,
        agency=_text(said["agency"]),
        item=item,
        titles=tuple(map(_text, _list(get("titles", _one(text.get("title", "")))))),
        containers=tuple(
            map(_text, _list(get("containers", _one(text.get("container-title", "")))))
        ),
        years=frozenset(map(_number, _list(get("years", ())))),
        updates=tuple(map(_read_update, _list(get("updates", ())))),
        updates_to=tuple(map(_read_update, _list(get("updates-to", ())))),
        relations=tuple(map(_read_relation, _list(get("relations", ())))),
        described=get("described") is not False,
        registered_type=_text(get("registered-type", "")),
        unread=frozenset(map(_text, _list(get("unread", ())))) & _UNREAD,
    )
    return Found(doi, work, resolvable=get("resolvable") is not False, cached=True)


def _one(text: str) -> tuple[str, ...]:
    """Return the titles of a work with only this title; none if the text is empty."""
    return (text,) if text else ()


def _name(name: Name) -> object:
    """Return a person as ``[family, given]``, an institution as text, any other with all parts."""
    if name == Name(literal=name.literal):
        return name.literal
    if name == Name(family=name.family, given=name.given):
        return [name.family, name.given] if name.given else [name.family]
    parts = {key: part for key, slot in _PARTS.items() if (part := getattr(name, slot))}
    return parts | ({"comma-suffix": True} if name.comma_suffix else {})


def _read_name(said: object) -> Name:
    """Return the name that ``_name`` has written."""
    if isinstance(said, str):
        return Name(literal=said)
    if isinstance(said, list):
        family, *given = map(_text, said)
        return Name(family, given[0] if given else "")
    parts = cast("dict[str, object]", said)
    made: dict[str, Any] = {slot: _text(parts.get(key, "")) for key, slot in _PARTS.items()}
    return Name(**made, comma_suffix=parts.get("comma-suffix") is True)


def _date(date: Date) -> object:
    """Return a day, month or year as a list of its numbers, any other date as an object."""
    if date == Date(date.parts) and len(date.parts) == 1 and date.parts[0]:
        return list(date.parts[0])
    said = {
        "date-parts": [list(part) for part in date.parts],
        "season": date.season,
        "circa": date.circa,
        "literal": date.literal,
    }
    return {key: value for key, value in said.items() if value} or {"date-parts": []}


def _read_date(said: object) -> Date:
    """Return the date that ``_date`` has written."""
    if isinstance(said, list):
        return Date((tuple(map(_number, said)),))
    date = cast("dict[str, object]", said)
    season = date.get("season")
    return Date(
        tuple(tuple(map(_number, _list(part))) for part in _list(date.get("date-parts", []))),
        season=None if season is None else _number(season),
        circa=date.get("circa") is True,
        literal=_text(date.get("literal", "")),
    )


def _update(update: Update) -> dict[str, str]:
    """Return a notice as an object, without empty values."""
    said = {
        "kind": update.kind,
        "doi": str(update.doi or ""),
        "date": update.date.isoformat() if update.date else "",
        "by": update.asserted_by,
    }
    return {key: value for key, value in said.items() if value}


def _read_update(said: object) -> Update:
    """Return the notice that ``_update`` has written."""
    update = cast("dict[str, object]", said)
    doi, date = update.get("doi"), update.get("date")
    return Update(
        kind=_text(update.get("kind", "")),
        doi=DOI(_text(doi)) if doi else None,
        date=dt.date.fromisoformat(_text(date)) if date else None,
        asserted_by=_text(update.get("by", "")),
    )


def _read_relation(said: object) -> Relation:
    """Return the relation in a list of its kind and its DOI."""
    kind, doi = map(_text, _list(said))
    return Relation(kind, DOI(doi))


def _text(value: object) -> str:
    """Return a value that must be a string; raise TypeError if it is not."""
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _number(value: object) -> int:
    """Return a value that must be a whole number; raise TypeError if it is not."""
    if not isinstance(value, int):
        raise TypeError(value)
    return value


def _list(value: object) -> Iterable[object]:
    """Return a value that must be a list; raise TypeError if it is not."""
    if not isinstance(value, (list, tuple)):
        raise TypeError(value)
    return value
