"""DataCite: many DOIs in one question (REST API, https://support.datacite.org/reference/)."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from compcite.model.doi import DOI
from compcite.model.work import Unavailable
from compcite.registries.network.batches import LONGEST_LINE, fill, in_parts, listable
from compcite.registries.network.host import Fault, Kind, Outage, Rejected
from compcite.registries.network.transport import Response, Transport, check_status
from compcite.registries.records.answers import Absent, Answer, Form, Json, Record
from compcite.registries.records.json_values import object_of, objects, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from compcite.registries.settings import Settings

__all__ = ["DataCite"]

_FIXED_LINE = len("GET /dois?ids=&page%5Bsize%5D=1000 HTTP/1.1") + 60
_NOT_FOUND = 404


class DataCite:
    """The questions that DataCite's REST API answers."""

    agency = "DataCite"

    def __init__(self, settings: Settings, transport: Transport) -> None:
        """Ask at ``settings.datacite_url``."""
        self._url = settings.datacite_url
        self._transport = transport
        self.host = transport.host(self._url)

    def batches(self, dois: Iterable[DOI]) -> Iterator[tuple[DOI, ...]]:
        """The DOIs in lists as long as a request line may be; what cannot be listed alone."""
        dois = tuple(dois)
        room = LONGEST_LINE - _FIXED_LINE
        yield from fill(filter(listable, dois), lambda doi: len(quote(f",{doi}", safe="")), room)
        yield from ((doi,) for doi in dois if not listable(doi))

    def look_up(self, batch: tuple[DOI, ...]) -> Iterator[Answer]:
        """One answer a DOI, absent where DataCite has no public record of it."""
        if len(batch) == 1:
            yield self.look_up_one(batch[0])
            return
        for part, found in in_parts(self.host, batch, self._list):
            for doi in part:
                if isinstance(found, Outage):
                    yield Unavailable(doi, found.reason)
                elif isinstance(found, Rejected):
                    yield self.look_up_one(doi)
                else:
                    body = found.get(doi)
                    yield Record(doi, self.agency, Form.DATACITE, body) if body else Absent(doi)

    def look_up_one(self, doi: DOI) -> Answer:
        """The answer of the route for single DOIs."""
        try:
            body = self._single(doi)
        except Outage as outage:
            return Unavailable(doi, outage.reason)
        except Rejected as rejected:
            return Unavailable(doi, f"{self.host.name} does not take the question ({rejected}).")
        return Record(doi, self.agency, Form.DATACITE, body) if body else Absent(doi)

    def _list(self, batch: tuple[DOI, ...]) -> dict[DOI, Json]:
        ids = quote(",".join(map(str, batch)), safe="")
        url = f"{self._url}/dois?ids={ids}&page%5Bsize%5D={len(batch)}"

        def read(response: Response) -> dict[DOI, Json]:
            check_status(response, 200)
            data = object_of(response.json()).get("data")
            if not isinstance(data, list):
                raise Fault("answered with something other than a list of works")
            found = dict(map(_attributes, objects(data)))
            if not found.keys() <= set(batch):
                raise Fault("answered with records that were not asked for")
            return found

        return self._transport.get(url, read, kind=Kind.LIST)

    def _single(self, doi: DOI) -> Json | None:
        url = f"{self._url}/dois/{quote(doi.value, safe='')}"

        def read(response: Response) -> Json | None:
            check_status(response, 200, _NOT_FOUND)
            answer = object_of(response.json())
            if response.status == _NOT_FOUND:
                if not objects(answer.get("errors")):
                    raise Fault("answered with an error that is not its own (HTTP 404)")
                return None
            name, body = _attributes(object_of(answer.get("data")))
            if name != doi:
                raise Fault("answered with the record of another DOI")
            return body

        return self._transport.get(url, read)


def _attributes(resource: Json) -> tuple[DOI, Json]:
    """The DOI and the attributes of a resource."""
    attributes = object_of(resource.get("attributes"))
    return DOI(text(attributes.get("doi")) or text(resource.get("id"))), attributes
