"""Ask Crossref: many DOIs in one list, single DOIs, searches, notices of retraction and correction.

Source: the REST API's documentation (https://www.crossref.org/documentation/retrieve-metadata/
rest-api/) and its recorded answers. habanero makes only the calls for lists: it does not encode
single ids, cannot follow an alias and hides headers.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urlsplit

from compcite.model.doi import DOI
from compcite.model.work import Unavailable
from compcite.registries.network.batches import LONGEST_LINE, fill, in_parts, listable
from compcite.registries.network.host import FailedAttempt, Nature, Outage, Rejected
from compcite.registries.network.pace import Pace, RequestKind
from compcite.registries.network.transport import (
    CONNECT_SECONDS,
    READ_SECONDS,
    Response,
    Transport,
    check_status,
)
from compcite.registries.records.answers import Absent, Answer, Json, Record, RecordForm
from compcite.registries.records.crossref_work import SELECT, work_from_crossref
from compcite.registries.records.json_values import object_of, readable_objects, text
from compcite.text.unicode import without_surrogates

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from compcite.model.search import Description
    from compcite.model.work import Work
    from compcite.registries.settings import Settings

__all__ = ["Crossref"]

_NOTICE_SELECT = "DOI,update-to,published,issued,published-online,published-print"
# Crossref, December 2025: a rate for single records, a lower one for lists, by pool.
_PUBLIC_PACE = Pace({RequestKind.SINGLE: 5, RequestKind.LIST: 1}, at_a_time=1)
_POLITE_PACE = Pace({RequestKind.SINGLE: 10, RequestKind.LIST: 3}, at_a_time=3)
_FOUND = 5  # records that a search asks for; Crossref asks its users to take no more
_MOST_ROWS = 1000
_FEW_ROWS = 20
_BOOKS = ("book", "monograph", "edited-book", "reference-book", "proceedings")
_LONGEST_QUERY = 1200
_MOST_ALIASES = 3
# The line without its DOIs: method, path, "filter=", "rows", "select", version.
_FIXED_LINE = len("GET /works?filter=&rows=1000&select= HTTP/1.1") + 60
_MOVED = (301, 302, 307, 308)
_NOT_FOUND = "not found"


class Crossref:
    """The client of Crossref's REST API."""

    agency = "Crossref"

    def __init__(self, settings: Settings, transport: Transport) -> None:
        """Take the address of Crossref from the settings, and the pace of its pool.

        Crossref has a faster pool for those who give a mail address.
        """
        self._settings = settings
        self._url = settings.origin(self.agency)
        self._transport = transport
        pace = _POLITE_PACE if settings.mailto else _PUBLIC_PACE
        self.host = transport.host(self._url, pace)
        self._selects = True
        self._limited = 0

    def batches(self, dois: Iterable[DOI]) -> Iterator[tuple[DOI, ...]]:
        """Yield the DOIs in groups as long as a request line can be.

        A DOI that cannot stand in a list is a group of its own.
        """
        dois = tuple(dois)
        yield from self._lines("doi", filter(listable, dois), SELECT)
        yield from ((doi,) for doi in dois if not listable(doi))

    def look_up(self, batch: tuple[DOI, ...]) -> Iterator[Answer]:
        """Yield one answer for each DOI.

        "Absent" means that the DOI is not Crossref's, or is an alias, which lists do not show. Two
        records of one DOI that differ make it unavailable.
        """
        if len(batch) == 1 and not listable(batch[0]):
            yield self.look_up_one(batch[0])
            return
        for part, items in in_parts(self.host, batch, self._works):
            for doi in part:
                if isinstance(items, Outage):
                    yield Unavailable(doi, items.reason)
                elif isinstance(items, Rejected):
                    yield self.look_up_one(doi)
                elif doi in items:
                    yield self._answer(doi, items[doi])
                else:
                    yield Absent(doi)

    def _answer(self, doi: DOI, records: list[Json]) -> Answer:
        """Return the record of a DOI; if two records differ, return that it is unavailable."""
        first, *others = records
        if all(other == first for other in others):
            return Record(doi, self.agency, RecordForm.OWN, first)
        return Unavailable(doi, f"{self.host.name} gives two different records of it.")

    def look_up_one(self, doi: DOI) -> Answer:
        """Return the answer of the route for single works, which follows aliases.

        The record of an alias names the DOI it stands for. A fault is returned as "unavailable".
        """
        asked, reason = doi, f"{self.host.name} sends us in circles."
        for _ in range(_MOST_ALIASES):
            try:
                found = self._single(asked)
            except Outage as outage:
                return Unavailable(doi, outage.reason)
            except Rejected as rejected:
                return Unavailable(doi, self._refused(rejected).reason)
            if found is None:
                return Absent(doi)
            if not isinstance(found, DOI):
                target = asked if asked != doi else None
                return Record(doi, self.agency, RecordForm.OWN, found, target)
            asked = found
        return Unavailable(doi, reason)

    def notice_batches(self, dois: Iterable[DOI]) -> Iterator[tuple[DOI, ...]]:
        """Yield the DOIs in groups for :meth:`notices`.

        DOIs that cannot stand in a list are left out.
        """
        yield from self._lines("updates", filter(listable, dois), _NOTICE_SELECT)

    def notices(self, batch: tuple[DOI, ...]) -> list[Json]:
        """Return the records of all notices that update one of these works.

        Raise :class:`Outage`, also for a question that Crossref does not take.
        """

        def ask(part: tuple[DOI, ...]) -> list[Json]:
            return self._list({"updates": list(map(str, part))}, _NOTICE_SELECT, _MOST_ROWS)

        found: list[Json] = []
        for _, answer in in_parts(self.host, batch, ask):
            if isinstance(answer, Outage):
                raise answer
            if isinstance(answer, Rejected):
                raise self._refused(answer) from answer
            found.extend(answer)
        return found

    def questions(self, wanted: Iterable[Description]) -> Iterator[tuple[Description, ...]]:
        """Yield each description alone, since a search takes one citation."""
        yield from ((one,) for one in wanted)

    def search(self, question: tuple[Description, ...]) -> dict[Description, list[Json]]:
        """Return at most five records that best match each citation, the best first.

        Raise :class:`Outage`.
        """
        return {one: self.find(one.citation, _FOUND) for one in question}

    def find(self, citation: str, rows: int) -> list[Json]:
        """Return at most ``rows`` records that best match a citation in words, the best first.

        A long citation is shortened; an empty one finds nothing. Raise :class:`Outage`.
        """
        # No character is quoted shorter than one: what follows these can be cut without a look.
        words = without_surrogates(" ".join(citation.split()))[: _LONGEST_QUERY + 1]
        while len(quote(words)) > _LONGEST_QUERY:
            words = words.rpartition(" ")[0] or words[: len(words) // 2]
        if not words:
            return []
        try:
            return self._list(None, SELECT, rows, query=words)
        except Rejected as rejected:
            raise self._refused(rejected) from rejected

    def work(self, record: Json) -> Work:
        """Return the work that a record describes."""
        return work_from_crossref(record)

    def books(self, isbn: str) -> list[Json]:
        """Return the records of whole books with an ISBN, in digits only. Raise :class:`Outage`."""
        try:
            return self._list({"isbn": [isbn], "type": list(_BOOKS)}, SELECT, _FEW_ROWS)
        except Rejected as rejected:
            raise self._refused(rejected) from rejected

    def _works(self, part: tuple[DOI, ...]) -> dict[DOI, list[Json]]:
        """Return the records of a list of DOIs, by DOI; mostly one record for each."""
        found: dict[DOI, list[Json]] = {}
        for record in self._list({"doi": list(map(str, part))}, SELECT, len(part), set(part)):
            found.setdefault(DOI(text(record.get("DOI"))), []).append(record)
        return found

    def _refused(self, rejected: Rejected) -> Outage:
        """Return the outage for a question that Crossref rejects, though others get an answer."""
        reason = f"{self.host.name} does not take the question ({rejected})."
        return Outage(self.host.name, reason)

    def _lines(self, name: str, dois: Iterable[DOI], select: str) -> Iterator[tuple[DOI, ...]]:
        """Yield the DOIs in groups whose filters ``name:DOI`` fit into one request line."""
        room = LONGEST_LINE - _FIXED_LINE - len(quote(select, safe=""))
        return fill(dois, lambda doi: len(quote(f",{name}:{doi}", safe="")), room)

    def _list(
        self,
        filters: Mapping[str, list[str]] | None,
        select: str,
        rows: int,
        wanted: set[DOI] | None = None,
        query: str | None = None,
    ) -> list[Json]:
        """Return the records of a list call, in order.

        The call has ``filters``, or else a ``query`` in words. With ``wanted``, only records of
        these DOIs are returned. ``select`` names the fields of a record that are needed. Crossref
        has renamed such fields before. If it does not understand ``select``, whole records are
        asked for, from now on.
        """
        import habanero

        client = habanero.Crossref(
            base_url=self._url,
            mailto=self._settings.mailto,
            ua_string=self._settings.user_agent.partition(" ")[0],
            timeout=(CONNECT_SECONDS, READ_SECONDS, READ_SECONDS, READ_SECONDS),
        )
        options = {"filter": dict(filters)} if filters else {"query_bibliographic": query}

        def reach() -> None:
            self._transport.reach(self._url)

        def attempt() -> list[Json]:
            fields = {"select": select} if self._selects else {}
            try:
                answer = client.works(limit=rows, **fields, **options)
            except Exception as error:  # habanero lets errors of its client and of odd JSON through
                fault = _fault(error)
                if isinstance(fault, FailedAttempt) and fault.nature is Nature.LIMIT:
                    self._slow_down()
                if self._selects and isinstance(fault, Rejected) and _about_select(error):
                    raise _UnknownFieldError from error
                raise fault from error
            return _items(answer, wanted)

        try:
            return self.host.ask(RequestKind.LIST, attempt, reach)
        except _UnknownFieldError:
            self._selects = False
            return self.host.ask(RequestKind.LIST, attempt, reach)

    def _slow_down(self) -> None:
        """Use the pace of the public pool from the second HTTP 429 of a run on.

        The polite pool may not know our address. The headers of lists would tell, but habanero
        hides them. A single 429 may be an accident, and a run at the public pace takes three times
        as long.
        """
        self._limited += 1
        if self._limited > 1:
            self.host.slow_down(_PUBLIC_PACE)

    def _single(self, doi: DOI) -> Json | DOI | None:
        """Return the record of a DOI, or the DOI for which an alias stands, or None.

        None means that the DOI is not Crossref's. An answer about another DOI is a failed attempt.
        """
        contact = f"?mailto={quote(self._settings.mailto)}" if self._settings.mailto else ""
        url = f"{self._url}/works/{quote(doi.value, safe='')}{contact}"

        def read(response: Response) -> Json | DOI | None:
            self._observe(response)
            if response.status in _MOVED:
                return _alias(response)
            check_status(response, 200, 404)
            if response.status == 404:  # noqa: PLR2004 - HTTP's number is its name
                if _NOT_FOUND not in response.text.lower() or "<html" in response.text.lower():
                    raise FailedAttempt("answered with an error that is not its own (HTTP 404)")
                return None
            message = object_of(object_of(response.json()).get("message"))
            if DOI(text(message.get("DOI"))) != doi:
                raise FailedAttempt("answered with the record of another DOI")
            return message

        return self._transport.get(url, read)

    def _observe(self, response: Response) -> None:
        """Lower the pace to the limits in the headers of a single record.

        Since 2026 the pool is named with the kind of request: ``public-single``, ``polite-array``.
        A client that gave an address can still be in the public pool. Then its lists have the
        limits of this pool too, although these headers name only the limits of single records.
        """
        rate = _number(response.headers.get("x-rate-limit-limit"))
        interval = _number(response.headers.get("x-rate-limit-interval", "1s").rstrip("s")) or 1
        at_a_time = _number(response.headers.get("x-concurrency-limit"))
        public = response.headers.get("x-api-pool", "").startswith("public")
        known = _PUBLIC_PACE if public else self.host.pace
        singles = max(1, rate // interval) if rate else known.rates[RequestKind.SINGLE]
        rates = {RequestKind.SINGLE: singles, RequestKind.LIST: known.rates[RequestKind.LIST]}
        self.host.slow_down(Pace(rates, at_a_time or known.at_a_time))


class _UnknownFieldError(Rejected):
    """Crossref does not know a field in ``select``."""


def _number(value: str | None) -> int:
    """Return the whole number in a header, or 0 if there is none or it has over nine digits."""
    return int(value) if value and re.fullmatch(r"[0-9]{1,9}", value) else 0


def _alias(response: Response) -> DOI:
    """Return the DOI to which the route for single works redirects.

    Raise FailedAttempt for a redirection to anything but a work.
    """
    path = urlsplit(response.headers.get("location", "")).path
    _, works, target = path.partition("/works/")
    doi = DOI.parse(unquote(target)) if works else None
    if doi is None:
        raise FailedAttempt(f"sends us elsewhere (HTTP {response.status})")
    return doi


def _items(answer: object, wanted: set[DOI] | None) -> list[Json]:
    """Return the records in a list's answer that were asked for.

    ``wanted`` None accepts all. An odd row among others is left out: its DOI is asked for in
    another way. Raise :class:`FailedAttempt` if the answer is not a list, holds only other records,
    or is cut off.
    """
    message = object_of(object_of(answer).get("message"))
    items = message.get("items")
    if not isinstance(items, list):
        raise FailedAttempt("answered with something other than a list of works")
    rows = [item for item in readable_objects(items) if text(item.get("DOI"))]
    if wanted is None:
        return rows
    found = [item for item in rows if DOI(text(item.get("DOI"))) in wanted]
    if rows and not found:
        raise FailedAttempt("answered with records that were not asked for")
    total = message.get("total-results")
    if isinstance(total, int) and len(items) < min(total, len(wanted)):
        raise FailedAttempt("broke off its answer")
    return found


def _about_select(error: Exception) -> bool:
    """Return whether Crossref refused a question because of its ``select``."""
    words = [str(part) for cause in _causes(error) for part in cause.args[1:]]
    return any("select" in part.lower() for part in words)


def _fault(error: Exception) -> FailedAttempt | Rejected:
    """Return what an exception of habanero means: try again, or rejected.

    It raises its own ``RequestError(status, text)`` for answers that it understood,
    ``RuntimeError`` around those of its client, the client's own for statuses with bodies other
    than JSON, and whatever comes from reading JSON of an unexpected shape.
    """
    causes = list(_causes(error))
    response = next((r for cause in causes if (r := _response_of(cause)) is not None), None)
    if response is not None and response.status != 200:  # noqa: PLR2004 - HTTP's number is its name
        try:
            check_status(response)
        except (FailedAttempt, Rejected) as meaning:
            return meaning
    names = {name.__name__ for cause in causes for name in type(cause).__mro__}
    words = " ".join(map(str, causes))
    if names & {
        "ConnectTimeout",
        "ConnectError",
        "ProxyError",
        "UnsupportedProtocol",
        "InvalidURL",
    }:
        return FailedAttempt(_unreachable(words), Nature.UNREACHABLE)
    if "TimeoutException" in names:
        return FailedAttempt("did not answer in time")
    if "TransportError" in names:
        return FailedAttempt("broke off its answer")
    return FailedAttempt("answered with something other than JSON")


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """Yield an exception and the exceptions that led to it."""
    seen: Sequence[BaseException] = ()
    while error is not None and error not in seen:
        yield error
        seen = (*seen, error)
        error = error.__cause__ or error.__context__


def _response_of(error: BaseException) -> Response | None:
    """Return the answer that an exception of habanero or its client is about, or None."""
    answer = getattr(error, "response", None)
    if answer is not None:
        headers = {name.lower(): value for name, value in answer.headers.items()}
        return Response(answer.status_code, headers, b"", "")
    status = getattr(error, "status_code", None)
    return Response(status, {}, b"", "") if isinstance(status, int) else None


def _unreachable(words: str) -> str:
    """Return the end of a sentence that says why no connection was made.

    ``words`` are the messages of the errors that led to it.
    """
    if "refused" in words:
        return "refuses connections"
    if "CERTIFICATE_VERIFY_FAILED" in words:
        return "shows a certificate that is not trusted"
    return "cannot be reached"
