"""The clients against answers as the real services give them.

The tables below hold statuses, types and bodies of errors of Crossref, agencies of prefixes and
answers about handles, as they were recorded in 2024 to 2026, cut to what is read. Where the whole
recordings are at hand, they are tried as well.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from compcite.model.doi import DOI
from compcite.model.work import Found, NotFound, Unavailable
from compcite.registries.funnel import Registries
from compcite.registries.network.host import FailedAttempt, Rejected
from compcite.registries.network.transport import Response, check_status
from compcite.registries.records.csl_work import work_from_csl
from tests.registry_server import HTML, JSON, PAGE, Reply, Service

if TYPE_CHECKING:
    from pathlib import Path

    from tests.registry_server import RegistryServer


PLAIN = "text/plain"


def failure(kind: str, value: str, message: str) -> dict[str, object]:
    """The body of an answer with HTTP 400."""
    told = [{"type": kind, "value": value, "message": message}]
    return {"status": "failed", "message-type": "validation-failure", "message": told}


def exception(name: str, description: str) -> dict[str, object]:
    """The body of an answer with HTTP 500."""
    told = {"name": name, "description": description, "message": description, "stack": []}
    return {"status": "error", "message-type": "exception", "message": told}


ERRORS = {
    "not Crossref's": Reply(404, "Resource not found.", PLAIN),
    "an unknown parameter": Reply(400, failure("unknown-parameter", "x", "Parameter x is unknown")),
    "a bad number": Reply(400, failure("integer-not-valid", "z", "Integer specified as z but …")),
    "a bad filter": Reply(400, failure("filter-not-available", "z", "there is no such filter")),
    "a bug of theirs": Reply(500, exception("class java.lang.NumberFormatException", "For input")),
    "their index is down": Reply(503, exception("class clojure.lang.ExceptionInfo", "status 503")),
    "their proxy": Reply(502, PAGE, HTML),
    "their proxy is slow": Reply(504, PAGE, HTML),
    "too many requests": Reply(429, PAGE, HTML),
    "a block": Reply(403, PAGE, HTML),
    "a page that is not theirs": Reply(404, PAGE, HTML),
    "nothing": Reply(200, "", JSON),
}
AGENCIES = {
    "10.1371": "Crossref", "10.5061": "DataCite", "10.1392": "mEDRA", "10.11367": "JaLC",
    "10.5012": "KISTI", "10.2791": "OP", "10.3980": "ISTIC", "10.99999": "",
}  # fmt: skip
ELSEWHERE = "That prefix doesn't live here"


@pytest.mark.parametrize("name", ERRORS)
@pytest.mark.parametrize(
    ("doi", "truth"), [("10.1234/there", Found), ("10.1234/a,b", Found), ("10.1234/none", NotFound)]
)
def test_no_error_of_crossref_is_a_statement_about_a_doi(
    registry_server: RegistryServer, name: str, doi: str, truth: type
) -> None:
    """Given to the list, then to the single question: unavailable, or left to doi.org."""
    registry_server.add_work("10.1234/there")
    registry_server.add_work("10.1234/a,b")
    registry_server.refused["/works"] = ERRORS[name]
    with Registries(registry_server.settings(mailto="a@example.org")) as registries:
        (outcome,) = registries.look_up([DOI(doi)])
    assert isinstance(outcome, (truth, Unavailable))


def test_the_agency_of_a_prefix_is_the_one_that_doi_org_names(
    registry_server: RegistryServer,
) -> None:
    """Rows with ``RA``, or with ``status`` where there is none."""
    for prefix, agency in AGENCIES.items():
        if agency not in ("", "Crossref", "DataCite"):
            registry_server.others[f"{prefix}/x"] = (agency, Reply(404, PAGE, HTML))
    registry_server.add_work("10.1371/x")
    registry_server.add_dataset("10.5061/x")
    with Registries(registry_server.settings()) as registries:
        outcomes = list(registries.look_up(DOI(f"{prefix}/x") for prefix in AGENCIES))
    named = {o.doi.prefix: o.work.agency if isinstance(o, Found) else "" for o in outcomes}
    assert named == AGENCIES


@pytest.mark.parametrize(
    "answer",
    [
        {"responseCode": 301, "message": ELSEWHERE},
        {"responseCode": 2, "message": f"HandleException (INVALID_VALUE) {ELSEWHERE}"},
    ],
)
def test_an_error_about_a_handle_says_nothing_of_the_doi(
    registry_server: RegistryServer, answer: dict[str, object]
) -> None:
    """Only code 100 says that there is no such handle."""
    registry_server.handles["10.1234/a,b"] = answer
    with Registries(registry_server.settings()) as registries:
        (outcome,) = registries.look_up([DOI("10.1234/a,b")])
    assert isinstance(outcome, Unavailable)


@pytest.fixture
def recorded(shared: Path) -> list[dict[str, Any]]:
    """The recorded answers."""
    path = shared / "data" / "recorded-answers.jsonl"
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def reply_of(answer: dict[str, Any]) -> Reply:
    """A recorded answer, to be given again."""
    headers = {
        name: value[0] for name, value in answer["headers"].items() if isinstance(value, list)
    }
    kind = headers.pop("content-type", "text/plain")
    headers.pop("content-length", None)
    return Reply(answer["status"], answer["body"], kind, headers)


def test_no_recorded_error_of_crossref_is_a_statement_about_a_doi(
    registry_server: RegistryServer, recorded: list[dict[str, Any]]
) -> None:
    """Given to the list, then to the single question: unavailable, or left to doi.org.

    One for each status and beginning of a body, since the client reads no more of an error.
    """
    replies = {
        (answer["status"], answer["body"][:20]): reply_of(answer)
        for answer in recorded
        if answer["kind"] == "error" and "api.crossref.org" in answer["uri"]
    }
    assert {status for status, _ in replies} >= {400, 404, 500, 504}
    real = registry_server.reply
    for reply in replies.values():
        for doi, truth in (("10.1234/there", Found), ("10.1234/none", NotFound)):
            registry_server.works.clear()
            registry_server.add_work("10.1234/there")

            def answered(service: str, target: str, reply: Reply = reply) -> Reply:
                return reply if service == Service.CROSSREF else real(service, target)

            registry_server.reply = answered  # type: ignore[method-assign]
            with Registries(registry_server.settings(mailto="a@example.org")) as registries:
                (outcome,) = registries.look_up([DOI(doi)])
            assert isinstance(outcome, (truth, Unavailable)), (reply, outcome)


def test_recorded_agencies_are_understood(
    registry_server: RegistryServer, recorded: list[dict[str, Any]]
) -> None:
    """Rows of doi.org: the names of agencies, and that there is none."""
    rows = {r["record"]["DOI"]: r["record"] for r in recorded if r["kind"] == "doi-ra"}
    assert {"mEDRA", "JaLC", "KISTI", "OP", "ISTIC"} < {row.get("RA") for row in rows.values()}
    real = registry_server.reply

    def answered(service: str, target: str) -> Reply:
        if service == Service.DOI and target.startswith("/ra/"):
            dois = target.removeprefix("/ra/").split(",")
            return Reply(200, [rows[d.partition("/")[0]] | {"DOI": d} for d in dois])
        if target.startswith("/api/handles/"):
            return Reply(200, {"responseCode": 1, "handle": target.removeprefix("/api/handles/")})
        return real(service, target)

    registry_server.reply = answered  # type: ignore[method-assign]
    with Registries(registry_server.settings()) as registries:
        outcomes = list(registries.look_up(DOI(f"{prefix}/x") for prefix in rows))
    said = {o.doi.prefix: o.work.agency for o in outcomes if isinstance(o, Found)}
    assert said == {prefix: row["RA"] for prefix, row in rows.items() if "RA" in row}
    assert len(outcomes) == len(rows)


def test_recorded_statuses_are_faults_or_rejections(recorded: list[dict[str, Any]]) -> None:
    """Whatever is not expected raises."""
    statuses = {answer["status"] for answer in recorded if answer["kind"] in ("error", "redirect")}
    assert statuses
    for status in statuses:
        with pytest.raises((FailedAttempt, Rejected)):
            check_status(Response(status, {}, b"", ""), 200)


def test_recorded_csl_json_describes(recorded: list[dict[str, Any]]) -> None:
    """Crossref's own content negotiation, with Crossref's types or CSL's."""
    records = [r["record"] for r in recorded if r["kind"] == "csl-content-negotiation"]
    assert len(records) > 5
    for record in records:
        work = work_from_csl(record, DOI(record["DOI"]), "Crossref")
        assert work.described
        assert work.titles
        assert work.item.type in {"article-journal", "article"}
