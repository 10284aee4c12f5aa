"""What a snapshot keeps of a record: the values that the readers of records use, and no others.

A value that has not the usual form stays as it is, since the readers also judge whether a record
is damaged.
"""

from __future__ import annotations

import datetime as dt
import time
from functools import partial
from typing import TYPE_CHECKING

from compcite.registries.records.crossref_work import SELECT
from compcite.registries.records.json_values import object_of, text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from compcite.registries.records.answers import Json

__all__ = ["changed_at", "kept_of_crossref", "kept_of_datacite"]

_CROSSREF = frozenset(SELECT.split(",")) | {
    "aliases", "edition-number", "institution", "journal-issue", "language", "published-other",
    "subtype",
}  # fmt: skip
_PERSON = frozenset({
    "family", "given", "suffix", "literal", "name", "dropping-particle", "non-dropping-particle",
})  # fmt: skip
_PEOPLE = ("author", "editor", "translator", "chair")
_ANOTHER_CLOCK = 86_400  # seconds by which the clock of this machine may be behind
_DATE = frozenset({"date-parts", "raw", "literal"})
_DATES = (
    "issued", "published", "published-print", "published-online", "published-other", "posted",
    "accepted", "approved", "content-created",
)  # fmt: skip
_DATACITE = frozenset({
    "doi", "types", "titles", "container", "publisher", "publicationYear", "published", "dates",
    "language", "version", "url", "creators", "contributors", "relatedIdentifiers",
})  # fmt: skip
_DATACITE_LISTS = {
    "creators": frozenset({"name", "familyName", "givenName", "nameType"}),
    "contributors": frozenset({"name", "familyName", "givenName", "nameType", "contributorType"}),
    "relatedIdentifiers": frozenset({"relatedIdentifier", "relatedIdentifierType", "relationType"}),
    "titles": frozenset({"title", "titleType"}),
    "dates": frozenset({"date", "dateType"}),
}


def kept_of_crossref(message: Json) -> dict[str, object]:
    """Return the part of a Crossref record that its reader uses; of persons and dates, too."""
    kept = {name: message[name] for name in message if name in _CROSSREF}
    for role in _PEOPLE:
        if role in kept:
            kept[role] = _each(kept[role], _named)
    for name in _DATES:
        if name in kept:
            kept[name] = _only(kept[name], _DATE)
    if "journal-issue" in kept:
        kept["journal-issue"] = _only(kept["journal-issue"], frozenset(_DATES))
    return kept


def kept_of_datacite(attributes: Json) -> dict[str, object]:
    """Return the part of a DataCite record that its reader uses."""
    kept = {name: attributes[name] for name in attributes if name in _DATACITE}
    for name, parts in _DATACITE_LISTS.items():
        if name in kept:
            kept[name] = _each(kept[name], partial(_only, names=parts))
    return kept


def changed_at(record: Json) -> int:
    """Return when a record last changed, in seconds since 1970; 0 if it does not say so.

    A date in the future is an error of some clock, and counts as none: else no later record with
    this DOI could ever replace it.
    Of several dates the first of a fixed order counts: Crossref says when it was put into the
    index, DataCite when it was updated.
    """
    latest = int(time.time()) + _ANOTHER_CLOCK
    for name in ("indexed", "deposited", "created"):
        stamp = object_of(record.get(name)).get("timestamp")
        if isinstance(stamp, int) and 0 < stamp // 1000 <= latest:
            return stamp // 1000
    moments = [
        text(object_of(record.get(name)).get("date-time")) for name in ("indexed", "created")
    ]
    for moment in (*moments, *(text(record.get(name)) for name in ("updated", "registered"))):
        try:
            said = int(dt.datetime.fromisoformat(moment).timestamp())
        except (ValueError, OverflowError):
            continue
        if said <= latest:
            return said
    return 0


def _each(value: object, keep: Callable[[object], object]) -> object:
    """Return a list with ``keep`` of each of its values; any other value as it is."""
    return [keep(one) for one in value] if isinstance(value, list) else value


def _only(value: object, names: Iterable[str]) -> object:
    """Return an object with these names only; any other value as it is."""
    return (
        {name: value[name] for name in value if name in names} if isinstance(value, dict) else value
    )


def _named(person: object) -> object:
    """Return an object with the parts of a person's name only.

    Somebody without a name stays whole: the reader tells by what else is there whether the name is
    empty or damaged.
    """
    named = _only(person, _PERSON)
    return named or person
