"""Ask DataCite: many DOIs in one question, many titles in one search.

Source: the REST API's reference (https://support.datacite.org/reference/). A search is a query
string of Elasticsearch: ``(titles.title:(attention AND need)) OR (…)``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from compcite.model.doi import DOI
from compcite.model.work import Unavailable
from compcite.registries.network.batches import LONGEST_LINE, fill, in_parts, listable
from compcite.registries.network.host import FailedAttempt, Outage, Rejected
from compcite.registries.network.pace import Pace, RequestKind
from compcite.registries.network.transport import Response, Transport, check_status
from compcite.registries.records.answers import Absent, Answer, Json, Record, RecordForm
from compcite.registries.records.datacite_work import work_from_datacite
from compcite.registries.records.json_values import object_of, objects, readable_objects, text
from compcite.registries.search_words import all_words, search_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from compcite.model.search import Description
    from compcite.model.work import Work
    from compcite.registries.settings import Settings

__all__ = ["DataCite"]

_FIXED_LINE = len("GET /dois?ids=&page%5Bsize%5D=1000 HTTP/1.1") + 60
_FIXED_SEARCH = len("GET /dois?query=&page%5Bsize%5D=1000 HTTP/1.1") + 60
_NOT_FOUND = 404
# DataCite takes 500 requests in five minutes, 1,000 from somebody who gives an address.
_PACE = Pace({RequestKind.SINGLE: 1, RequestKind.LIST: 1}, at_a_time=2)
_PACE_BY_ADDRESS = Pace({RequestKind.SINGLE: 3, RequestKind.LIST: 3}, at_a_time=3)
_OR = " OR "
_FOUND = 5  # records for one title
_MOST_ROWS = 1000
_ENOUGH_WORDS = 4  # words of a title that find few other titles


class DataCite:
    """The client of DataCite's REST API."""

    agency = "DataCite"

    def __init__(self, settings: Settings, transport: Transport) -> None:
        """Ask where the settings say that DataCite is."""
        self._url = settings.origin(self.agency)
        self._transport = transport
        self.host = transport.host(self._url, _PACE_BY_ADDRESS if settings.mailto else _PACE)

    def batches(self, dois: Iterable[DOI]) -> Iterator[tuple[DOI, ...]]:
        """Yield the DOIs in groups as long as a request line can be.

        A DOI that cannot stand in a list is a group of its own.
        """
        dois = tuple(dois)
        room = LONGEST_LINE - _FIXED_LINE
        yield from fill(filter(listable, dois), lambda doi: len(quote(f",{doi}", safe="")), room)
        yield from ((doi,) for doi in dois if not listable(doi))

    def look_up(self, batch: tuple[DOI, ...]) -> Iterator[Answer]:
        """Yield one answer for each DOI.

        "Absent" means that DataCite has no public record of it. Two records of one DOI that differ
        make it unavailable.
        """
        if len(batch) == 1:
            yield self.look_up_one(batch[0])
            return
        for part, found in in_parts(self.host, batch, self._list):
            for doi in part:
                if isinstance(found, Outage):
                    yield Unavailable(doi, found.reason)
                elif isinstance(found, Rejected):
                    yield self.look_up_one(doi)
                elif doi not in found:
                    yield Absent(doi)
                elif all(body == found[doi][0] for body in found[doi]):
                    yield Record(doi, self.agency, RecordForm.OWN, found[doi][0])
                else:
                    reason = f"{self.host.name} gives two different records of it."
                    yield Unavailable(doi, reason)

    def look_up_one(self, doi: DOI) -> Answer:
        """Return the answer of the route for single DOIs; a fault is returned as "unavailable"."""
        try:
            body = self._single(doi)
        except Outage as outage:
            return Unavailable(doi, outage.reason)
        except Rejected as rejected:
            return Unavailable(doi, f"{self.host.name} does not take the question ({rejected}).")
        return Record(doi, self.agency, RecordForm.OWN, body) if body else Absent(doi)

    def questions(self, wanted: Iterable[Description]) -> Iterator[tuple[Description, ...]]:
        """Yield the descriptions in groups as long as a request line can be."""
        room = LONGEST_LINE - _FIXED_SEARCH
        yield from fill(wanted, lambda one: len(quote(_OR + _clause(one), safe="")), room)

    def search(self, question: tuple[Description, ...]) -> dict[Description, list[Json]]:
        """Return at most five records for each title; none if no word of it can be searched for.

        All titles are asked for in one query. Raise :class:`Outage`.
        """
        clauses = [clause for one in question if (clause := _clause(one))]
        if not clauses:
            return {one: [] for one in question}
        asked = quote(_OR.join(clauses), safe="")
        rows = min(_FOUND * len(clauses), _MOST_ROWS)
        url = f"{self._url}/dois?query={asked}&page%5Bsize%5D={rows}"

        def read(response: Response) -> list[Json]:
            check_status(response, 200)
            data = object_of(response.json()).get("data")
            if not isinstance(data, list):
                raise FailedAttempt("answered with something other than a list of works")
            return [body for _, body in map(_attributes, readable_objects(data))]

        try:
            records = self._transport.get(url, read, kind=RequestKind.LIST)
        except Rejected as rejected:
            reason = f"{self.host.name} does not take the question ({rejected})."
            raise Outage(self.host.name, reason) from rejected
        return {one: _of(one, records) for one in question}

    def work(self, record: Json) -> Work:
        """Return the work that a record describes."""
        return work_from_datacite(record)

    def _list(self, batch: tuple[DOI, ...]) -> dict[DOI, list[Json]]:
        """Return the records of a list of DOIs, by DOI; a DOI without a record is missing.

        Rows that were not asked for are left out. If all rows are such, the attempt has failed.
        """
        ids = quote(",".join(map(str, batch)), safe="")
        url = f"{self._url}/dois?ids={ids}&page%5Bsize%5D={len(batch)}"

        def read(response: Response) -> dict[DOI, list[Json]]:
            check_status(response, 200)
            data = object_of(response.json()).get("data")
            if not isinstance(data, list):
                raise FailedAttempt("answered with something other than a list of works")
            found: dict[DOI, list[Json]] = {}
            for doi, body in map(_attributes, readable_objects(data)):
                if doi in batch:
                    found.setdefault(doi, []).append(body)
            if data and not found:
                raise FailedAttempt("answered with records that were not asked for")
            return found

        return self._transport.get(url, read, kind=RequestKind.LIST)

    def _single(self, doi: DOI) -> Json | None:
        """Return the record of one DOI, or None if DataCite does not have it."""
        url = f"{self._url}/dois/{quote(doi.value, safe='')}"

        def read(response: Response) -> Json | None:
            check_status(response, 200, _NOT_FOUND)
            answer = object_of(response.json())
            if response.status == _NOT_FOUND:
                if not objects(answer.get("errors")):
                    raise FailedAttempt("answered with an error that is not its own (HTTP 404)")
                return None
            name, body = _attributes(object_of(answer.get("data")))
            if name != doi:
                raise FailedAttempt("answered with the record of another DOI")
            return body

        return self._transport.get(url, read)


def _attributes(resource: Json) -> tuple[DOI, Json]:
    """Return the DOI and the attributes of a resource."""
    attributes = object_of(resource.get("attributes"))
    return DOI(text(attributes.get("doi")) or text(resource.get("id"))), attributes


def _clause(wanted: Description) -> str:
    """Return the part of a query that finds a title by its longest words, or an empty string.

    If the words are few, the family name of the first author is added:
    ``(titles.title:(attention AND need) AND creators.name:(vaswani))``.
    """
    words = search_words(wanted.title)
    clause = f"titles.title:({' AND '.join(words)})" if words else ""
    if len(words) >= _ENOUGH_WORDS or not wanted.people:
        return f"({clause})" if clause else ""
    family = max(search_words(wanted.people[0]), key=len, default="")
    parts = [clause, f"creators.name:({family})" if family else ""]
    return f"({' AND '.join(filter(None, parts))})" if clause else ""


def _of(wanted: Description, records: list[Json]) -> list[Json]:
    """Return at most a few records that have all words of one title, in the order of ``records``.

    ``records`` answer a question about several titles.
    """
    words = set(search_words(wanted.title))
    found = []
    for record in records:
        titles = " ".join(text(title.get("title")) for title in objects(record.get("titles")))
        if words <= set(all_words(titles)):
            found.append(record)
    return found[:_FOUND]
