"""Faults of services: none is ever a statement about a DOI, and none goes on for ever."""

from __future__ import annotations

import socket
import time
from typing import TYPE_CHECKING

import pytest

from compcite.model.doi import DOI
from compcite.model.work import Found, NotFound, Unavailable
from compcite.registries.funnel import Registries
from compcite.registries.network import host as hosts
from compcite.registries.settings import Settings
from compcite.registries.table import origins
from tests.registry_server import Fault, Reply, Service

if TYPE_CHECKING:
    from compcite.model.work import Outcome
    from tests.registry_server import RegistryServer

WORK, ALIAS, DATA = DOI("10.1234/work"), DOI("10.1234/alias"), DOI("10.5061/data")
OTHER, NONE = DOI("10.1430/other"), DOI("10.1234/none")
ALL = (WORK, ALIAS, DATA, OTHER, NONE)
PASSING = [fault for fault in Fault if fault not in (Fault.BLOCKED, Fault.REJECTED)]
# What an agency or publisher answers about its own DOI is taken as it is: often a page.
OWN_WORD = {Fault.HTML, Fault.FOREIGN_404, Fault.OTHER_RECORD, Fault.OTHER_JSON}
ONCE = [
    (service, fault)
    for service in Service
    for fault in PASSING
    if service is not Service.AGENCY or fault not in OWN_WORD
]


@pytest.fixture
def furnished(registry_server: RegistryServer) -> RegistryServer:
    """A server that holds one DOI of each kind."""
    registry_server.add_work(str(WORK))
    registry_server.aliases[str(ALIAS)] = str(WORK)
    registry_server.add_dataset(str(DATA))
    registry_server.others[str(OTHER)] = ("mEDRA", Reply(200, {"title": "Altro"}))
    return registry_server


def ask(server: RegistryServer, **settings: object) -> tuple[dict[DOI, Outcome], Registries]:
    """The outcomes of all DOIs, and the registries, which are closed."""
    with Registries(server.settings(**settings)) as registries:
        return {outcome.doi: outcome for outcome in registries.look_up(ALL)}, registries


def kinds(outcomes: dict[DOI, Outcome]) -> dict[DOI, type]:
    """What became of each DOI."""
    return {doi: type(outcome) for doi, outcome in outcomes.items()}


TRUTH = {WORK: Found, ALIAS: Found, DATA: Found, OTHER: Found, NONE: NotFound}


def test_without_faults_all_is_told(furnished: RegistryServer) -> None:
    """The measure of the tests below."""
    outcomes, registries = ask(furnished)
    assert kinds(outcomes) == TRUTH
    assert registries.outages == {}


@pytest.mark.parametrize(("service", "fault"), ONCE)
def test_a_passing_fault_changes_nothing(
    furnished: RegistryServer, service: Service, fault: Fault
) -> None:
    """The first answer of each service broken: the second attempt tells all."""
    furnished.fails(service, fault, times=1)
    outcomes, _ = ask(furnished)
    assert kinds(outcomes) == TRUTH
    assert all(o.work.described for o in outcomes.values() if isinstance(o, Found))


@pytest.mark.parametrize("fault", list(Fault))
@pytest.mark.parametrize("service", [Service.CROSSREF, Service.DOI, Service.DATACITE])
def test_a_lasting_fault_leaves_open_what_it_hides(
    furnished: RegistryServer, service: Service, fault: Fault
) -> None:
    """Nothing is called other than it is without the fault, except "unavailable"."""
    furnished.fails(service, fault)
    outcomes, registries = ask(furnished, timeout=6)
    got = kinds(outcomes)
    assert all(got[doi] in (TRUTH[doi], Unavailable) for doi in ALL)
    assert Unavailable in got.values()
    reasons = [o.reason for o in outcomes.values() if isinstance(o, Unavailable)]
    assert all(reason.endswith(".") for reason in reasons)
    if fault is not Fault.REJECTED:
        assert registries.outages


def test_everything_down_ends_soon_and_says_why() -> None:
    """A thousand DOIs of services that refuse connections take no longer than one."""
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        nowhere = f"http://127.0.0.1:{closed.getsockname()[1]}"
    began = time.monotonic()
    with Registries(Settings(dict.fromkeys(origins(), nowhere))) as registries:
        outcomes = list(registries.look_up(DOI(f"10.1234/{n}") for n in range(1000)))
    assert {type(outcome) for outcome in outcomes} == {Unavailable}
    assert "refuses connections" in next(iter(registries.outages.values()))
    assert registries.statistics.total == 2
    assert time.monotonic() - began < 3


def test_a_name_that_cannot_be_resolved_is_an_outage(furnished: RegistryServer) -> None:
    """Tried twice, then given up."""
    settings = furnished.settings()
    lost = Settings({**settings.origins, "Crossref": "http://registry.invalid"})
    with Registries(lost) as registries:
        outcomes = {outcome.doi: outcome for outcome in registries.look_up(ALL)}
    assert kinds(outcomes) == TRUTH | {WORK: Unavailable, ALIAS: Unavailable}
    assert registries.outages == {"registry.invalid": "registry.invalid cannot be resolved."}
    assert registries.statistics.requests["registry.invalid"] == 2


def test_a_block_is_respected_at_once(furnished: RegistryServer) -> None:
    """HTTP 403: no second attempt, no further question to that host."""
    furnished.fails(Service.CROSSREF, Fault.BLOCKED)
    outcomes, registries = ask(furnished)
    assert len(furnished.asked_of(Service.CROSSREF)) == 1
    assert "403" in next(iter(registries.outages.values()))
    assert isinstance(outcomes[WORK], Unavailable)


def test_a_host_that_keeps_failing_is_given_up(furnished: RegistryServer) -> None:
    """Three requests of four attempts each, however much there is to ask."""
    dois = [DOI(f"10.1234/journal.2020.{n:06}") for n in range(500)]
    furnished.fails(Service.CROSSREF, Fault.ERROR)
    with Registries(furnished.settings()) as registries:
        list(registries.look_up(dois))
    assert len(furnished.asked_of(Service.CROSSREF)) == 12


def test_nothing_learnt_for_too_long_ends_the_run(
    furnished: RegistryServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Everybody stalls: what was not answered is unavailable, and the time is kept."""
    monkeypatch.setattr(hosts, "WHOLE_REQUEST_SECONDS", 30.0)
    for service in Service:
        furnished.fails(service, Fault.TRICKLE)
    began = time.monotonic()
    outcomes, _ = ask(furnished, timeout=0.5)
    assert set(kinds(outcomes).values()) == {Unavailable}
    assert time.monotonic() - began < 3


def test_what_was_learnt_before_the_end_is_told(furnished: RegistryServer) -> None:
    """The lists are answered, then doi.org stalls for ever."""
    furnished.fails(Service.DOI, Fault.STALL)
    outcomes, _ = ask(furnished, timeout=2)
    assert kinds(outcomes)[WORK] is Found


def test_retry_after_in_seconds_is_waited_for(furnished: RegistryServer) -> None:
    """The wait that the service names goes before our own."""
    furnished.fails(Service.CROSSREF, Fault.TOO_MANY, times=1, headers={"Retry-After": "1"})
    began = time.monotonic()
    outcomes, _ = ask(furnished)
    assert kinds(outcomes) == TRUTH
    assert time.monotonic() - began >= 1


def test_a_retry_after_beyond_patience_is_not_waited_for(furnished: RegistryServer) -> None:
    """An hour's wait is an outage."""
    furnished.fails(Service.DOI, Fault.TOO_MANY, headers={"Retry-After": "3600"})
    outcomes, _ = ask(furnished)
    assert isinstance(outcomes[DATA], Unavailable)


def test_a_truncated_list_is_not_taken_for_a_short_one(furnished: RegistryServer) -> None:
    """Fewer records than the answer itself counts: it is asked again, not believed."""
    furnished.add_work("10.1234/second")
    found = {"DOI": str(WORK), "title": ["Title"]}
    half = Reply(200, {"message": {"items": [found], "total-results": 2}})
    answers = iter([half])
    reply = furnished.reply
    furnished.reply = lambda *asked: next(answers, None) or reply(*asked)  # type: ignore[method-assign]
    with Registries(furnished.settings()) as registries:
        outcomes = list(registries.look_up([WORK, DOI("10.1234/second")]))
    assert {type(outcome) for outcome in outcomes} == {Found}
    assert len(furnished.asked_of(Service.CROSSREF)) == 2
