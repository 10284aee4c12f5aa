"""The clients against answers that the real services gave."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from compcite.model.doi import DOI
from compcite.model.work import Found, NotFound, Unavailable
from compcite.registries.funnel import Registries
from compcite.registries.network.host import Fault, Rejected
from compcite.registries.network.transport import Response, check_status
from compcite.registries.records.csl_work import work_from_csl
from tests.registry_server import Reply, Service

if TYPE_CHECKING:
    from pathlib import Path

    from tests.registry_server import RegistryServer


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
    """Given to the list, then to the single question: unavailable, or left to doi.org."""
    replies = {
        (answer["status"], answer["body"]): reply_of(answer)
        for answer in recorded
        if answer["kind"] == "error" and "api.crossref.org" in answer["uri"]
    }
    assert len(replies) > 10
    real = registry_server.reply
    for reply in replies.values():
        for doi, truth in (("10.1234/there", Found), ("10.1234/none", NotFound)):
            registry_server.works.clear()
            registry_server.add_work("10.1234/there")

            def answered(service: Service, target: str, reply: Reply = reply) -> Reply:
                return reply if service is Service.CROSSREF else real(service, target)

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

    def answered(service: Service, target: str) -> Reply:
        if service is Service.DOI and target.startswith("/ra/"):
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
        with pytest.raises((Fault, Rejected)):
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
