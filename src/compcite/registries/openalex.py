"""Ask OpenAlex, an index of works of all fields, whose searches need a key.

Source: the documentation of its API (https://docs.openalex.org/). A record gives each author's
name as the work prints it, and as OpenAlex writes it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from compcite.model.item import Item, Name
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
    from collections.abc import Callable, Iterable, Iterator

    from compcite.model.search import Description
    from compcite.registries.network.transport import Response, Transport
    from compcite.registries.records.answers import Json
    from compcite.registries.settings import Settings

__all__ = ["OpenAlex"]

# OpenAlex takes ten requests a second; half of that leaves room for others with the same key.
_PACE = Pace({RequestKind.SINGLE: 5, RequestKind.LIST: 5}, at_a_time=3)
_FOUND = 5
_UNKNOWN = 404
_FIELDS = "doi,display_name,publication_year,type,authorships,primary_location,biblio"
_TYPES = {
    "article": "article-journal",
    "review": "article-journal",
    "letter": "article-journal",
    "preprint": "article",
    "book": "book",
    "book-chapter": "chapter",
    "dissertation": "thesis",
    "dataset": "dataset",
    "report": "report",
    "software": "software",
}


class OpenAlex:
    """The client of OpenAlex's search for works."""

    name = "OpenAlex"

    def __init__(self, settings: Settings, transport: Transport) -> None:
        """Take the address and the key of OpenAlex from the settings; the key may be missing."""
        self._url = settings.origin(self.name)
        self._key = settings.openalex_key or ""
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

    def with_pmid(self, pmid: str) -> list[Json]:
        """Return the record of the work with a PubMed number, in a list that is empty for none.

        Raise :class:`Outage`, also for a question that OpenAlex does not take.
        """
        url = (
            f"{self._url}/works/pmid:{quote(pmid)}"
            f"?select={_FIELDS}&api_key={quote(self._key, safe='')}"
        )

        def read(response: Response) -> list[Json]:
            check_status(response, 200, _UNKNOWN)
            return [] if response.status == _UNKNOWN else [object_of(response.json())]

        return self._asked(url, read, RequestKind.SINGLE)

    def _search(self, words: list[str]) -> list[Json]:
        """Return at most five records whose titles have these words; none if there are no words."""
        if not words:
            return []
        url = (
            f"{self._url}/works?filter=title.search:{quote(' '.join(words))}&per-page={_FOUND}"
            f"&select={_FIELDS}&api_key={quote(self._key, safe='')}"
        )

        def read(response: Response) -> list[Json]:
            check_status(response, 200)
            found = object_of(response.json()).get("results")
            if not isinstance(found, list):
                raise FailedAttempt("answered with something other than a list of works")
            return readable_objects(found)

        return self._asked(url, read, RequestKind.LIST)

    def _asked(
        self, url: str, read: Callable[[Response], list[Json]], kind: RequestKind
    ) -> list[Json]:
        """Return the answer to a request. Raise :class:`Outage`, also for a rejected one."""
        try:
            return self._transport.get(url, read, kind=kind)
        except Rejected as rejected:
            reason = f"{self.host.name} does not take the question ({rejected})."
            raise Outage(self.host.name, reason) from rejected

    def work(self, record: Json) -> Work:
        """Return the work that a record describes; it has ``NO_DOI`` if OpenAlex gives none.

        A record of an unknown type is a ``document``.
        """
        doi = doi_of(record.get("doi")) or NO_DOI
        title = without_markup(text(record.get("display_name")))
        place = object_of(object_of(record.get("primary_location")).get("source"))
        container = without_markup(text(place.get("display_name")))
        printed = object_of(record.get("biblio"))
        pages = [number(printed.get("first_page")), number(printed.get("last_page"))]
        date = date_of({"date-parts": [[record.get("publication_year")]]})
        variables = {
            "title": title,
            "container-title": container,
            "volume": number(printed.get("volume")),
            "issue": number(printed.get("issue")),
            "page": "-".join(dict.fromkeys(page for page in pages if page)),
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
            containers=(container,) if container else (),
            years=frozenset([date.year] if date and date.year else []),
        )


def _authors(record: Json) -> dict[str, tuple[Name, ...]]:
    """Return the authors of a record under ``author``; empty if there are none.

    A name is the one that is printed on the work, else the one that OpenAlex writes.
    """
    found = []
    for authorship in objects(record.get("authorships")):
        known_as = text(object_of(authorship.get("author")).get("display_name"))
        name = given_first_name(text(authorship.get("raw_author_name")) or known_as)
        if name:
            found.append(name)
    return {"author": tuple(found)} if found else {}
