"""Ask DBLP, the bibliography of computer science, which also has works without a DOI.

Source: the documentation of its search API (https://dblp.org/faq/13501473.html). A record names
each author as ``Given Family``, with a number after it if several people have that name.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from compcite.model.item import Date, Item, Name
from compcite.model.work import NO_DOI, Work
from compcite.registries.network.host import FailedAttempt, Outage, Rejected
from compcite.registries.network.pace import Pace, RequestKind
from compcite.registries.network.transport import check_status
from compcite.registries.records.json_values import (
    date_of,
    doi_of,
    number,
    object_of,
    objects,
    readable_objects,
    text,
)
from compcite.registries.records.markup import without_markup
from compcite.registries.records.people import given_first_name
from compcite.registries.search_words import search_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from compcite.model.search import Description
    from compcite.registries.network.transport import Response, Transport
    from compcite.registries.records.answers import Json
    from compcite.registries.settings import Settings

__all__ = ["DBLP"]

# DBLP gives no number and asks its users to wait a little between two requests.
_PACE = Pace({RequestKind.SINGLE: 1, RequestKind.LIST: 1}, at_a_time=1)
_FOUND = 5
_HOMONYM = re.compile(r"\s\d{4}$")
_TYPES = {
    "Journal Articles": "article-journal",
    "Conference and Workshop Papers": "paper-conference",
    "Informal and Other Publications": "article",
    "Informal Publications": "article",
    "Books and Theses": "book",
    "Parts in Books or Collections": "chapter",
    "Editorship": "book",
    "Reference Works": "entry-encyclopedia",
    "Data and Artifacts": "dataset",
}


class DBLP:
    """The client of DBLP's search for publications."""

    name = "DBLP"

    def __init__(self, settings: Settings, transport: Transport) -> None:
        """Ask where the settings say that DBLP is."""
        self._url = settings.origin(self.name)
        self._transport = transport
        self.host = transport.host(self._url, _PACE)

    def questions(self, wanted: Iterable[Description]) -> Iterator[tuple[Description, ...]]:
        """Yield each description alone, since a search takes one title."""
        yield from ((one,) for one in wanted)

    def search(self, question: tuple[Description, ...]) -> dict[Description, list[Json]]:
        """Return at most five records for each title, which have all of its longest words.

        Raise :class:`Outage`.
        """
        return {one: self._search(search_words(one.title)) for one in question}

    def _search(self, words: list[str]) -> list[Json]:
        """Return at most five records whose titles have these words; none if there are no words.

        Raise :class:`Outage` also if DBLP rejects the question.
        """
        if not words:
            return []
        url = f"{self._url}/search/publ/api?q={quote(' '.join(words))}&format=json&h={_FOUND}"

        def read(response: Response) -> list[Json]:
            check_status(response, 200)
            found = object_of(object_of(response.json()).get("result")).get("hits")
            if not isinstance(found, dict):
                raise FailedAttempt("answered with something other than a list of works")
            return [object_of(hit.get("info")) for hit in readable_objects(found.get("hit"))]

        try:
            return self._transport.get(url, read, kind=RequestKind.LIST)
        except Rejected as rejected:
            reason = f"{self.host.name} does not take the question ({rejected})."
            raise Outage(self.host.name, reason) from rejected

    def work(self, record: Json) -> Work:
        """Return the work that a record describes; it has ``NO_DOI`` if DBLP gives none.

        A record of an unknown type is a ``document``.
        """
        doi = doi_of(record.get("doi")) or NO_DOI
        title = without_markup(text(record.get("title"))).removesuffix(".")
        venue = without_markup(text(record.get("venue")))
        date = date_of({"date-parts": [[record.get("year")]]})
        variables = {
            "title": title,
            "container-title": venue,
            "volume": number(record.get("volume")),
            "issue": number(record.get("number")),
            "page": number(record.get("pages")),
            "publisher": without_markup(text(record.get("publisher"))),
            "DOI": str(doi),
        }
        return Work(
            doi=doi,
            agency=self.name,
            item=Item(
                type=_TYPES.get(text(record.get("type")), "document"),
                text={name: value for name, value in variables.items() if value},
                names=_authors(record),
                dates={"issued": date} if date else {},
            ),
            titles=(title,) if title else (),
            containers=(venue,) if venue else (),
            years=_years(date),
        )


def _authors(record: Json) -> dict[str, tuple[Name, ...]]:
    """Return the authors of a record under ``author``; empty if there are none.

    The JSON has one object for a single author, else a list; a list with anything else is unknown.
    """
    given = object_of(record.get("authors")).get("author")
    people = objects(given) or ([object_of(given)] if isinstance(given, dict) else [])
    names = (given_first_name(_HOMONYM.sub("", text(one.get("text")))) for one in people)
    found = tuple(name for name in names if name)
    return {"author": found} if found else {}


def _years(date: Date | None) -> frozenset[int]:
    """Return the year of a date as a set, which is empty if there is none."""
    return frozenset([date.year] if date and date.year else [])
