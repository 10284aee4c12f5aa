"""Ask doi.org: which agency registered a DOI, whether it is registered, and content negotiation.

Sources: the DOI proxy's documentation (https://www.doi.org/the-identifier/resources/
factsheets/doi-resolution-documentation) and recorded answers. Only what doi.org says here
makes a DOI "not registered".
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin, urlsplit

from compcite.model.doi import DOI
from compcite.model.work import NotFound, Unavailable
from compcite.registries.network.batches import LONGEST_LINE, fill, in_parts, listable, path_of
from compcite.registries.network.host import FailedAttempt, Outage, Rejected
from compcite.registries.network.transport import Response, Transport, check_status
from compcite.registries.records.answers import Absent, Answer, Json, Record, RecordForm
from compcite.registries.records.csl_work import describes
from compcite.registries.records.json_values import doi_of, object_of, readable_objects, text
from compcite.registries.settings import DOI_ORG

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from compcite.registries.settings import Settings

__all__ = ["ContentNegotiation", "Directory"]

_CSL_JSON = "application/vnd.citationstyles.csl+json"
_MOST_HOPS = 5
_MOST_CIRCLES = 2
_FIXED_LINE = len("GET /ra/ HTTP/1.1") + 20
_HANDLE_FOUND, _HANDLE_UNKNOWN, _HANDLE_EMPTY = 1, 100, 200
_ABSENT_WORDS = ("does not exist", "invalid doi")
_REDIRECTIONS = (301, 302, 303, 307, 308)


class Directory:
    """The client of doi.org for the questions who registered a DOI, and whether anybody did."""

    def __init__(self, settings: Settings, transport: Transport) -> None:
        """Ask where the settings say that doi.org is."""
        self._url = settings.origin(DOI_ORG)
        self._transport = transport
        self.host = transport.host(self._url)

    def batches(self, dois: Iterable[DOI]) -> Iterator[tuple[DOI, ...]]:
        """Yield the DOIs in groups as long as a request line can be.

        A DOI that cannot stand in a list is a group of its own.
        """
        dois = tuple(dois)
        room = LONGEST_LINE - _FIXED_LINE
        yield from fill(filter(listable, dois), lambda doi: len(path_of(doi)) + 1, room)
        yield from ((doi,) for doi in dois if not listable(doi))

    def agencies(self, batch: tuple[DOI, ...]) -> dict[DOI, str | NotFound | Unavailable]:
        """Return what doi.org says of each DOI.

        That is its agency's name, or that it is not registered, or that nobody answered. An empty
        name means that it is registered by an agency that doi.org does not name. ``batch`` is a
        group of :meth:`batches`: a DOI with a comma, which separates DOIs in a list, is alone in
        its group, and gets the agency of its prefix.
        """
        if "," in batch[0].value:
            return {doi: self._agency_of_prefix(doi) for doi in batch}
        said: dict[DOI, str | NotFound | Unavailable] = {}
        for part, rows in in_parts(self.host, batch, self._rows):
            for doi in part:
                if isinstance(rows, Outage):
                    said[doi] = Unavailable(doi, rows.reason)
                else:
                    row = {} if isinstance(rows, Rejected) else rows.get(doi, {})
                    said[doi] = self._said(doi, row)
        return said

    def registered(self, doi: DOI, agency: str) -> Answer:
        """Return a record without a description if the handle exists, else :class:`NotFound`.

        If doi.org does not answer, return that the DOI is unavailable. If the handle is an alias,
        such as a short DOI, the record names the DOI it stands for.
        """
        try:
            answer = self._handle(doi)
        except Outage as outage:
            return Unavailable(doi, outage.reason)
        except Rejected as rejected:
            return Unavailable(doi, f"{self.host.name} does not take the question ({rejected}).")
        if answer.get("responseCode") == _HANDLE_UNKNOWN:
            return NotFound(doi)
        target = _alias_target(answer)
        return Record(
            doi, agency, RecordForm.NONE, target=target, resolvable=_leads_somewhere(answer)
        )

    def _said(self, doi: DOI, row: Json) -> str | NotFound | Unavailable:
        """Return what a row of the answer says of a DOI.

        If it says nothing, ask about the handle.
        """
        agency = text(row.get("RA"))
        if agency:
            return agency
        if any(words in text(row.get("status")).lower() for words in _ABSENT_WORDS):
            return NotFound(doi)
        answer = self.registered(doi, "")
        return "" if isinstance(answer, Record) else self._passed_on(answer, doi)

    def _agency_of_prefix(self, doi: DOI) -> str | NotFound | Unavailable:
        """Return the agency of a DOI that cannot stand in a list.

        It is the agency of the DOI's prefix, if the DOI exists.
        """
        answer = self.registered(doi, "")
        if not isinstance(answer, Record):
            return self._passed_on(answer, doi)
        prefix = DOI(doi.prefix)
        try:
            return text(self._rows((prefix,)).get(prefix, {}).get("RA"))
        except (Outage, Rejected) as error:
            return Unavailable(doi, str(error))

    @staticmethod
    def _passed_on(answer: Answer, doi: DOI) -> NotFound | Unavailable:
        """Return an answer that is no record; one of another kind than expected is unavailable."""
        if isinstance(answer, (NotFound, Unavailable)):
            return answer
        return Unavailable(doi, "The DOI's agency could not be told.")

    def _rows(self, batch: tuple[DOI, ...]) -> dict[DOI, Json]:
        """Return the rows of the answer, by DOI; a DOI can be missing.

        If all are missing, the attempt has failed.
        """
        url = f"{self._url}/ra/{','.join(map(path_of, batch))}"

        def read(response: Response) -> dict[DOI, Json]:
            # A list's verdicts come with 200; some releases give a lone bad DOI's with 400 or 404.
            if len(batch) > 1 or response.status not in (400, 404):
                check_status(response, 200)
            answer = response.json()
            if not isinstance(answer, list):
                raise FailedAttempt("answered with something other than a list of agencies")
            rows = {_spelled(row): row for row in readable_objects(answer)}
            found = {doi: rows[doi] for doi in batch if doi in rows}
            if not found:
                raise FailedAttempt("answered about other DOIs")
            return found

        return self._transport.get(url, read)

    def _handle(self, doi: DOI) -> Json:
        """Return what doi.org says of the handle of a DOI, as JSON with a ``responseCode``.

        An answer about another handle, or with another error than "not found", has failed.
        """
        url = f"{self._url}/api/handles/{path_of(doi)}"

        def read(response: Response) -> Json:
            check_status(response, 200, 404)
            answer = object_of(response.json())
            known = (_HANDLE_FOUND, _HANDLE_UNKNOWN, _HANDLE_EMPTY)
            if answer.get("responseCode") not in known:
                raise FailedAttempt("answered with an error about the handle")
            if DOI(text(answer.get("handle"))) != doi:
                raise FailedAttempt("answered about another handle")
            return answer

        return self._transport.get(url, read)


class ContentNegotiation:
    """The client that asks for CSL-JSON at the address of a DOI, whichever agency it leads to."""

    def __init__(self, settings: Settings, transport: Transport, agency: str) -> None:
        """Take the address of doi.org from the settings; ``agency`` is named in the records."""
        self.agency = agency
        self._url = settings.origin(DOI_ORG)
        self._transport = transport
        self._circles: Counter[str] = Counter()
        self.host = transport.host(self._url)

    def batches(self, dois: Iterable[DOI]) -> Iterator[tuple[DOI, ...]]:
        """Yield each DOI alone, since there are no lists."""
        yield from ((doi,) for doi in dois)

    def look_up(self, batch: tuple[DOI, ...]) -> Iterator[Answer]:
        """Yield one answer for each DOI; "absent" means that the agency does not describe it."""
        yield from map(self.look_up_one, batch)

    def look_up_one(self, doi: DOI) -> Answer:
        """Return the record to which redirections lead.

        Many agencies lead to the publisher's page instead, which may be gone, closed to programs or
        in HTML. That is not an outage: there is only no record. A page that may answer next time is
        an outage, since else a description would come and go with its server's health. A host that
        sent us round in circles twice is not followed any more.
        """
        url = f"{self._url}/{path_of(doi)}"
        asked: list[str] = []
        while url not in asked and len(asked) < _MOST_HOPS:
            asked.append(url)
            try:
                answer = self._transport.get(url, _read_record, accept=_CSL_JSON)
            except Rejected:
                return Absent(doi)
            except Outage as outage:
                gone = len(asked) > 1 and self._transport.host(url).unreached
                return Absent(doi) if gone else Unavailable(doi, outage.reason)
            if not isinstance(answer, str):
                return Record(doi, self.agency, RecordForm.CSL, answer) if answer else Absent(doi)
            url = urljoin(url, answer)
            scheme, host, *_ = urlsplit(url)
            if scheme not in ("http", "https") or self._circles[host] >= _MOST_CIRCLES:
                return Absent(doi)
        self._circles[urlsplit(url).netloc] += 1
        return Absent(doi)


def _read_record(response: Response) -> Json | str:
    """Return the record in an answer, or for a redirection the address to ask instead.

    The record is empty where the service answers that it gives none (such as 404 and 406), and
    where the answer is no JSON or describes no work. For other statuses this raises
    :class:`Rejected` or :class:`FailedAttempt`.
    """
    if response.status in _REDIRECTIONS:
        return response.headers.get("location", "")
    if response.status in (204, 401, 403, 404, 406, 410, 451):
        return {}
    check_status(response, 200, 203)
    if "json" not in response.headers.get("content-type", ""):
        return {}
    record = object_of(response.json())
    return record if describes(record) else {}


def _spelled(row: Json) -> DOI:
    """Return the DOI of a row, which may be percent-encoded or written as a link."""
    written = unquote(text(row.get("DOI")))
    return doi_of(written) or DOI(written)


def _alias_target(answer: Json) -> DOI | None:
    """Return the DOI for which a handle stands; None if it is no alias, or one of a short DOI."""
    for value in readable_objects(answer.get("values")):
        if text(value.get("type")) == "HS_ALIAS":
            target = DOI.parse(text(object_of(value.get("data")).get("value")))
            return None if target is None or target.short else target
    return None


def _leads_somewhere(answer: Json) -> bool:
    """Return whether a handle leads to an address; true if the answer does not show its values."""
    if answer.get("responseCode") == _HANDLE_EMPTY:
        return False
    values = answer.get("values")
    if not isinstance(values, list):
        return True
    return any(
        text(v.get("type")) in {"URL", "10320/loc", "HS_ALIAS"} for v in readable_objects(values)
    )
