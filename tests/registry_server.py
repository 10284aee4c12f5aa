"""A small server that answers as Crossref, doi.org, DataCite and another agency do.

It speaks over real sockets and has the faults of real services. Answers follow the services'
documentation and recorded answers: texts of errors, status codes, aliases by 301, lists that
leave out what they do not know.
"""

from __future__ import annotations

import contextlib
import json
import re
import socket
import struct
import threading
import time
from dataclasses import dataclass, field
from enum import StrEnum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, NamedTuple, Self
from urllib.parse import parse_qs, quote, unquote, urlsplit

from compcite.registries.settings import Settings
from compcite.registries.table import origins

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Answer = Callable[[str, Mapping[str, list[str]]], "Reply"]

__all__ = ["Fault", "RegistryServer", "Service"]

JSON = "application/json;charset=utf-8"
HTML = "text/html;charset=utf-8"
_WORDS = re.compile(r"\w+")
_SHORT = 3
PAGE = b"<!DOCTYPE html><html><head><title>Sorry</title></head><body>Sorry</body></html>"


class Service(StrEnum):
    """The hosts it stands for, each at a port of its own."""

    CROSSREF = "Crossref"
    DOI = "DOI"
    DATACITE = "DataCite"
    DBLP = "DBLP"
    OPENALEX = "OpenAlex"
    AGENCY = "agency"  # where doi.org sends those who ask for other agencies' records


class Fault(StrEnum):
    """What can go wrong with an answer."""

    TOO_MANY = "429"
    ERROR = "503"
    BLOCKED = "403"
    REJECTED = "400"
    HTML = "html"
    FOREIGN_404 = "404 of a proxy"
    OTHER_JSON = "JSON of another shape"
    OTHER_RECORD = "record of another DOI"
    TRUNCATED = "truncated"
    CUT = "cut"
    RESET = "reset"
    STALL = "stall"
    TRICKLE = "trickle"


class Asked(NamedTuple):
    """One request as it came."""

    service: str
    target: str
    agent: str
    at: float


class Reply(NamedTuple):
    """One answer."""

    status: int
    body: object
    type: str = JSON
    headers: Mapping[str, str] = {}

    def payload(self) -> bytes:
        """The body as bytes."""
        if isinstance(self.body, bytes):
            return self.body
        text = self.body if isinstance(self.body, str) else json.dumps(self.body)
        return text.encode()


@dataclass
class Planned:
    """A fault to come: for a service, as often as said, where the target has the words."""

    service: Service
    fault: Fault
    times: int
    when: str
    headers: Mapping[str, str]


@dataclass
class RegistryServer:
    """The services with what they hold; keys are DOIs in lower case.

    A further service, such as another agency's API, is added by :meth:`serve`.

    ``others`` gives a DOI of another agency that agency's name and the answer to content
    negotiation. ``handles`` overrides doi.org's answers about handles. In lists, ``replaced``
    gives rows that stand in place of a DOI's (None: no row), ``added`` rows behind the others.
    ``refused`` answers a request to Crossref whose target has those words.
    """

    works: dict[str, dict[str, object]] = field(default_factory=dict)
    aliases: dict[str, str] = field(default_factory=dict)
    datacite: dict[str, dict[str, object]] = field(default_factory=dict)
    dblp: list[dict[str, object]] = field(default_factory=list)
    openalex: list[dict[str, object]] = field(default_factory=list)
    others: dict[str, tuple[str, Reply]] = field(default_factory=dict)
    handles: dict[str, dict[str, object]] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    replaced: dict[Service, dict[str, object]] = field(default_factory=dict)
    added: dict[Service, list[Mapping[str, object]]] = field(default_factory=dict)
    refused: dict[str, Reply] = field(default_factory=dict)
    crossref_headers: dict[str, str] = field(default_factory=dict)
    planned: list[Planned] = field(default_factory=list)
    closing: threading.Event = field(default_factory=threading.Event)
    peak: int = 0
    _busy: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _servers: dict[str, _Server] = field(default_factory=dict)
    _further: dict[str, Answer] = field(default_factory=dict)

    def __enter__(self) -> Self:
        """Listen."""
        for service in Service:
            self._listen(service)
        return self

    def __exit__(self, *_: object) -> None:
        """Go away, also from answers under way."""
        self.closing.set()
        for server in self._servers.values():
            server.stop()

    def serve(self, service: str, answer: Answer) -> None:
        """Have a further service of the tables answer so, by path and query, at its own port."""
        self._further[service] = answer
        self._listen(service)

    def _listen(self, service: str) -> None:
        self._servers[service] = _Server(self, service)

    def add_work(self, doi: str, **message: object) -> None:
        """Register a work with Crossref."""
        record = {"DOI": doi.lower(), "type": "journal-article", "title": [f"Title of {doi}"]}
        self.works[doi.lower()] = record | message

    def add_dataset(self, doi: str, **attributes: object) -> None:
        """Register a dataset with DataCite."""
        record: dict[str, object] = {"doi": doi.lower(), "titles": [{"title": f"Data of {doi}"}]}
        self.datacite[doi.lower()] = record | attributes

    def add_short_doi(self, short: str, doi: str) -> None:
        """Have doi.org know a short DOI (``10/abcd``) of a DOI."""
        value = {"index": 1, "type": "HS_ALIAS", "data": {"format": "string", "value": doi}}
        self.handles[short] = {"responseCode": 1, "values": [value]}

    def fails(
        self,
        service: Service,
        fault: Fault,
        *,
        times: int = 1_000_000,
        when: str = "",
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Answer the next requests of that kind with a fault."""
        self.planned.append(Planned(service, fault, times, when, headers or {}))

    def recovers(self) -> None:
        """Have no more faults."""
        self.planned.clear()

    def url(self, service: str) -> str:
        """The origin of a service."""
        return f"http://127.0.0.1:{self._servers[service].server_port}"

    def settings(self, **others: object) -> Settings:
        """Settings that lead here."""
        return Settings(
            {str(service): self.url(service) for service in self._servers if service in origins()},
            **others,  # type: ignore[arg-type]
        )

    def environment(self) -> dict[str, str]:
        """The environment variables that lead a command here."""
        return {
            f"COMPCITE_{service.upper()}_URL": self.url(service)
            for service in self._servers
            if service in origins()
        }

    def asked_of(self, service: str) -> list[str]:
        """The targets asked of a service, in order."""
        return [asked.target for asked in self.asked if asked.service == service]

    def begin(self, asked: Asked) -> Planned | None:
        """Take note of a request; the fault that it meets."""
        with self._lock:
            self.asked.append(asked)
            self._busy += 1
            self.peak = max(self.peak, self._busy)
            for plan in self.planned:
                if plan.service == asked.service and plan.times and plan.when in asked.target:
                    plan.times -= 1
                    return plan
        return None

    def end(self) -> None:
        """Take note that a request was answered."""
        with self._lock:
            self._busy -= 1

    def reply(self, service: str, target: str) -> Reply:
        """The answer to a request without fault."""
        if service in self._further:
            return self._further[service](urlsplit(target).path, parse_qs(urlsplit(target).query))
        for words, refusal in self.refused.items():
            if service is Service.CROSSREF and words in target:
                return refusal
        answers: dict[str, Answer] = {
            Service.CROSSREF: self._crossref,
            Service.DOI: self._doi,
            Service.DATACITE: self._datacite,
            Service.DBLP: self._dblp,
            Service.OPENALEX: self._openalex,
            Service.AGENCY: self._agency,
        }
        return answers[service](urlsplit(target).path, parse_qs(urlsplit(target).query))

    def _rows_of(self, service: Service, rows: Mapping[str, object]) -> list[object]:
        """The rows of a list by their DOIs, with what is odd about them."""
        odd = self.replaced.get(service, {})
        whole = [odd.get(doi.lower(), row) for doi, row in rows.items()]
        return [row for row in whole if row is not None] + list(self.added.get(service, ()))

    def _crossref(self, path: str, query: Mapping[str, list[str]]) -> Reply:
        if path != "/works":
            doi = unquote(path.removeprefix("/works/")).lower()
            if doi in self.aliases:
                return Reply(301, "", headers={"Location": "/works/" + quote(self.aliases[doi])})
            if doi not in self.works:
                return Reply(404, "Resource not found.", "text/plain")
            answer = {"status": "ok", "message-type": "work", "message": self.works[doi]}
            return Reply(200, answer, headers=self.crossref_headers)
        filters = [part.partition(":")[::2] for part in query.get("filter", [""])[0].split(",")]
        if any(not value or " " in value for _, value in filters if filters != [("", "")]):
            failure = {"type": "filter-not-valid", "message": "A filter is not valid"}
            return Reply(400, {"status": "failed", "message": [failure]})
        items = [work for work in self.works.values() if _matches(work, filters)]
        fields = query.get("select", [""])[0].split(",")
        rows = int(query.get("rows", ["20"])[0])
        found = {
            str(work["DOI"]): {name: work[name] for name in fields if name in work} or work
            for work in items[:rows]
        }
        shown = self._rows_of(Service.CROSSREF, found)
        message: dict[str, object] = {"total-results": len(shown), "items": shown}
        return Reply(200, {"status": "ok", "message-type": "work-list", "message": message})

    def _doi(self, path: str, _: Mapping[str, list[str]]) -> Reply:
        if path.startswith("/ra/"):
            rows = {doi: self._row(doi) for doi in unquote(path[4:]).split(",")}
            return Reply(200, self._rows_of(Service.DOI, rows))
        if path.startswith("/api/handles/"):
            return self._handle(unquote(path.removeprefix("/api/handles/")))
        doi = unquote(path[1:]).lower()
        where = f"{self.url(Service.AGENCY)}/{quote(doi)}"
        if not self._agency_of(doi):
            return Reply(404, PAGE, HTML)
        return Reply(302, PAGE, HTML, {"Location": where})

    def _row(self, doi: str) -> dict[str, str]:
        if not doi.startswith("10."):
            return {"DOI": doi, "status": "Invalid DOI"}
        prefixes = {known.partition("/")[0]: known for known in self._all()}
        agency = self._agency_of(doi.lower()) or self._agency_of(prefixes.get(doi, ""))
        return (
            {"DOI": doi, "RA": agency} if agency else {"DOI": doi, "status": "DOI does not exist"}
        )

    def _handle(self, handle: str) -> Reply:
        doi = handle.lower()
        if doi in self.handles:
            return Reply(200, {"handle": handle} | self.handles[doi])
        if not self._agency_of(doi):
            return Reply(404, {"responseCode": 100, "handle": handle})
        value = {"index": 1, "type": "URL", "data": {"value": "https://example.org/"}}
        return Reply(200, {"responseCode": 1, "handle": handle, "values": [value]})

    def _all(self) -> list[str]:
        return [*self.works, *self.aliases, *self.datacite, *self.others]

    def _agency_of(self, doi: str) -> str:
        if doi in self.others:
            return self.others[doi][0]
        if doi in self.datacite:
            return "DataCite"
        return "Crossref" if doi in self.works or doi in self.aliases else ""

    def _datacite(self, path: str, query: Mapping[str, list[str]]) -> Reply:
        if path == "/dois" and "query" in query:
            asked = set(_WORDS.findall(query["query"][0].lower())) - {
                "titles",
                "title",
                "and",
                "or",
            }
            hits = [doi for doi, record in self.datacite.items() if _titled(record, asked)]
            return Reply(200, {"data": [_resource(doi, self.datacite[doi]) for doi in hits]})
        if path == "/dois":
            ids = [doi.lower() for doi in query["ids"][0].split(",")]
            rows = {doi: _resource(doi, self.datacite[doi]) for doi in ids if doi in self.datacite}
            data = self._rows_of(Service.DATACITE, rows)
            return Reply(200, {"data": data, "meta": {"total": len(data)}})
        doi = unquote(path.removeprefix("/dois/")).lower()
        if doi not in self.datacite:
            title = "The resource you are looking for doesn't exist."
            return Reply(404, {"errors": [{"status": "404", "title": title}]})
        return Reply(200, {"data": _resource(doi, self.datacite[doi])})

    def _dblp(self, _: str, query: Mapping[str, list[str]]) -> Reply:
        wanted = set(_WORDS.findall(query["q"][0].lower()))
        hits = [
            {"@score": "1", "info": info}
            for info in self.dblp
            if wanted <= set(_WORDS.findall(str(info["title"]).lower()))
        ]
        found = {"@total": str(len(hits))} | ({"hit": hits} if hits else {})
        return Reply(200, {"result": {"status": {"@code": "200", "text": "OK"}, "hits": found}})

    def _openalex(self, path: str, query: Mapping[str, list[str]]) -> Reply:
        if path.startswith("/works/pmid:"):
            number = path.removeprefix("/works/pmid:")
            for work in self.openalex:
                if work.get("pmid") == number:
                    return Reply(200, work)
            return Reply(404, {"error": "Not Found"})
        wanted = set(_WORDS.findall(query["filter"][0].partition(":")[2].lower()))
        hits = [
            work
            for work in self.openalex
            if wanted <= set(_WORDS.findall(str(work["display_name"]).lower()))
        ]
        return Reply(200, {"meta": {"count": len(hits)}, "results": hits})

    def _agency(self, path: str, _: Mapping[str, list[str]]) -> Reply:
        doi = unquote(path[1:])
        return self.others[doi][1] if doi in self.others else Reply(404, PAGE, HTML)


def _matches(work: Mapping[str, object], filters: list[tuple[str, str]]) -> bool:
    """Whether a work passes the filters: the same name twice is an or."""
    if filters == [("", "")]:
        return True
    name = filters[0][0]
    wanted = {value.lower() for _, value in filters}
    if name == "doi":
        return work["DOI"] in wanted
    if name == "isbn":
        isbns = work.get("ISBN", [])
        return isinstance(isbns, list) and bool(wanted & set(isbns)) and work["type"] in wanted
    updates = work.get("update-to", [])
    return isinstance(updates, list) and any(update["DOI"].lower() in wanted for update in updates)


def _titled(record: Mapping[str, object], words: set[str]) -> bool:
    """Whether all words of a record's title are among those of a question."""
    titles = record["titles"]
    title = str(titles[0]["title"]) if isinstance(titles, list) else ""
    return {word for word in _WORDS.findall(title.lower()) if len(word) > _SHORT} <= words


def _resource(doi: str, attributes: dict[str, object]) -> dict[str, object]:
    return {"id": doi, "type": "dois", "attributes": attributes}


class _Server(ThreadingHTTPServer):
    """A server that forgets its connections when it goes."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, registry: RegistryServer, service: str) -> None:
        """Listen, in a thread of its own."""
        super().__init__(("127.0.0.1", 0), _Handler)
        self.registry = registry
        self.service = service
        self._thread = threading.Thread(target=self._answer, daemon=True)
        self._thread.start()

    def _answer(self) -> None:
        while not self.registry.closing.is_set():
            self.handle_request()

    def stop(self) -> None:
        """Go away at once: ``shutdown`` would wait for the next look at the clock.

        ``closing`` is set, so that the connection made here ends the waiting for one.
        """
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", self.server_port)).close()
        self._thread.join()
        self.server_close()

    def handle_error(self, *_: object) -> None:
        """Say nothing of clients that have gone."""


class _Handler(BaseHTTPRequestHandler):
    """One connection; the server knows for whom it answers."""

    server: _Server
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        agent = self.headers.get("User-Agent", "")
        plan = self.server.registry.begin(
            Asked(self.server.service, self.path, agent, time.monotonic())
        )
        try:
            if plan is None:
                self._send(self.server.registry.reply(self.server.service, self.path))
            else:
                self._fail(plan)
        finally:
            self.server.registry.end()

    def _fail(self, plan: Planned) -> None:
        match plan.fault:
            case Fault.TOO_MANY | Fault.ERROR | Fault.BLOCKED:
                self._send(Reply(int(plan.fault), PAGE, HTML, plan.headers))
            case Fault.REJECTED:
                self._send(Reply(400, {"status": "failed", "message": [{"message": "No"}]}))
            case Fault.HTML:
                self._send(Reply(200, PAGE, HTML))
            case Fault.FOREIGN_404:
                self._send(Reply(404, PAGE, HTML))
            case Fault.OTHER_JSON:
                self._send(Reply(200, {"message": ["ok"], "data": "ok"}))
            case Fault.OTHER_RECORD:
                self._send(_stranger(self.server.service))
            case Fault.STALL:
                self.server.registry.closing.wait(30)
            case Fault.RESET:
                self._reset()
            case Fault.TRUNCATED | Fault.CUT | Fault.TRICKLE:
                self._break_off(plan.fault)

    def _break_off(self, fault: Fault) -> None:
        reply = self.server.registry.reply(self.server.service, self.path)
        whole = reply.payload()
        if fault is Fault.TRUNCATED:
            self._send(reply._replace(body=whole[: len(whole) // 2]))
            return
        self._head(reply, len(whole) if fault is Fault.CUT else 1_000_000)
        self.close_connection = True
        if fault is Fault.CUT:
            self.wfile.write(whole[: len(whole) // 2])
            return
        with contextlib.suppress(OSError):
            while not self.server.registry.closing.wait(0.05):
                self.wfile.write(b" ")

    def _reset(self) -> None:
        linger = struct.pack("ii", 1, 0)
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self.close_connection = True
        self.connection.close()

    def _send(self, reply: Reply) -> None:
        payload = reply.payload()
        self._head(reply, len(payload))
        self.wfile.write(payload)

    def _head(self, reply: Reply, length: int) -> None:
        self.send_response(reply.status)
        self.send_header("Content-Type", reply.type)
        self.send_header("Content-Length", str(length))
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


def _stranger(service: str) -> Reply:
    """A well-formed answer about a DOI that nobody asked for."""
    work = {"DOI": "10.5555/stranger", "title": ["A stranger"]}
    answers: dict[str, Reply] = {
        Service.CROSSREF: Reply(
            200, {"message": {**work, "items": [work], "total-results": 1}, "status": "ok"}
        ),
        Service.DOI: Reply(200, [{"DOI": "10.5555/stranger", "status": "DOI does not exist"}]),
        Service.DATACITE: Reply(
            200, {"data": [_resource("10.5555/stranger", {"doi": "10.5555/stranger"})]}
        ),
        Service.DBLP: Reply(200, {"result": {"hits": {"@total": "0"}}}),
        Service.OPENALEX: Reply(200, {"results": []}),
        Service.AGENCY: Reply(200, PAGE, HTML),
    }
    return answers[service]
