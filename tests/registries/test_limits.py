"""The pace of a host: never faster than it allows, slower where it says so."""

from __future__ import annotations

import threading
import time
from email.utils import formatdate
from functools import partial
from typing import TYPE_CHECKING

import pytest

from compcite.model.doi import DOI
from compcite.registries.funnel import Registries
from compcite.registries.network import host as hosts
from compcite.registries.network.host import FailedAttempt, Host, Nature, Network, Outage, bounded
from compcite.registries.network.pace import Pace, RequestKind, Schedule
from compcite.registries.network.transport import _retry_after
from tests.registry_server import Fault, Service

if TYPE_CHECKING:
    from tests.registry_server import RegistryServer


def busiest(arrivals: list[float], window: float) -> int:
    """The most arrivals in any window."""
    return max(sum(0 <= b - a < window for b in arrivals) for a in arrivals)


@pytest.mark.parametrize(("kind", "rate"), [(RequestKind.LIST, 1), (RequestKind.SINGLE, 4)])
def test_no_window_holds_more_requests_than_the_rate(
    monkeypatch: pytest.MonkeyPatch, kind: RequestKind, rate: int
) -> None:
    """Whatever many threads ask, counted where requests arrive."""
    monkeypatch.setattr(hosts, "Schedule", partial(Schedule, second=0.1))
    host = Host("host", Pace({RequestKind.SINGLE: 4, RequestKind.LIST: 1}, 3), Network())
    arrivals: list[float] = []
    threads = [
        threading.Thread(target=lambda: host.ask(kind, lambda: arrivals.append(time.monotonic())))
        for _ in range(9)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(arrivals) == 9
    assert busiest(arrivals, 0.095) <= rate


def test_no_more_requests_are_under_way_than_allowed() -> None:
    """Three at a time, with a rate that would allow more."""
    host = Host("host", Pace({RequestKind.SINGLE: 100, RequestKind.LIST: 100}, 3), Network())
    busy, peak, lock = 0, 0, threading.Lock()

    def attempt() -> None:
        nonlocal busy, peak
        with lock:
            busy += 1
            peak = max(peak, busy)
        time.sleep(0.2)
        with lock:
            busy -= 1

    threads = [
        threading.Thread(target=lambda: host.ask(RequestKind.LIST, attempt)) for _ in range(9)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert peak == 3


@pytest.mark.parametrize(("mailto", "most"), [(None, 1), ("a@example.org", 3)])
def test_the_public_pool_is_asked_one_at_a_time_and_the_polite_one_three(
    registry_server: RegistryServer, mailto: str | None, most: int
) -> None:
    """Crossref's limits since December 2025."""
    dois = [DOI(f"10.1234/journal.2020.{n:06}") for n in range(500)]
    for doi in dois:
        registry_server.add_work(str(doi))
    with Registries(registry_server.settings(mailto=mailto)) as registries:
        assert len(list(registries.look_up(dois))) == 500
    assert registry_server.peak <= most


def test_the_headers_of_the_service_slow_us_down(registry_server: RegistryServer) -> None:
    """Who is told to be in the public pool keeps to its limits, also the unnamed one for lists."""
    registry_server.add_work("10.1234/a,b")
    registry_server.crossref_headers |= {
        "x-api-pool": "public",
        "x-rate-limit-limit": "2",
        "x-rate-limit-interval": "1s",
        "x-concurrency-limit": "1",
    }
    with Registries(registry_server.settings(mailto="a@example.org")) as registries:
        list(registries.look_up([DOI("10.1234/a,b")]))
        pace = registries.pace("Crossref")
    assert pace == Pace({RequestKind.SINGLE: 2, RequestKind.LIST: 1}, 1)


def test_headers_never_make_us_faster(registry_server: RegistryServer) -> None:
    """Old recordings allow 50 a second: that was before the limits were lowered."""
    registry_server.add_work("10.1234/a,b")
    registry_server.crossref_headers |= {"x-rate-limit-limit": "50", "x-concurrency-limit": "9"}
    with Registries(registry_server.settings()) as registries:
        list(registries.look_up([DOI("10.1234/a,b")]))
        pace = registries.pace("Crossref")
    assert pace == Pace({RequestKind.SINGLE: 5, RequestKind.LIST: 1}, 1)


@pytest.mark.parametrize(("times", "at_a_time"), [(1, 3), (2, 1)])
def test_who_gets_two_429s_keeps_to_the_public_pace(
    registry_server: RegistryServer, times: int, at_a_time: int
) -> None:
    """One may be an accident; two tell that the polite pool does not know the address."""
    registry_server.add_work("10.1234/a")
    registry_server.fails(Service.CROSSREF, Fault.TOO_MANY, times=times)
    with Registries(registry_server.settings(mailto="a@example.org")) as registries:
        list(registries.look_up([DOI("10.1234/a")]))
        pace = registries.pace("Crossref")
    assert pace.at_a_time == at_a_time


def test_after_a_429_everybody_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """A second question does not go out while the first one's wait lasts."""
    monkeypatch.setattr(hosts, "BACK_OFF_SECONDS", (0.2, 0.2, 0.2))
    host = Host("host", Pace({RequestKind.SINGLE: 100, RequestKind.LIST: 100}, 3), Network())
    arrivals: list[float] = []

    def refused_once() -> None:
        arrivals.append(time.monotonic())
        if len(arrivals) == 1:
            raise FailedAttempt("too many", Nature.LIMIT)

    first = threading.Thread(target=lambda: host.ask(RequestKind.LIST, refused_once))
    first.start()
    time.sleep(0.05)
    host.ask(RequestKind.LIST, lambda: arrivals.append(time.monotonic()))
    first.join()
    assert arrivals[1] - arrivals[0] >= 0.2


@pytest.mark.parametrize("chance", [1.0, 1.5])
def test_waits_grow(monkeypatch: pytest.MonkeyPatch, chance: float) -> None:
    """Three waits of one, two and four seconds between four attempts, longer by chance only."""
    waits: list[float] = []
    host = Host("host", Pace({RequestKind.SINGLE: 100, RequestKind.LIST: 100}, 3), Network())
    monkeypatch.setattr(hosts, "BACK_OFF_SECONDS", (1.0, 2.0, 4.0))
    monkeypatch.setattr("random.uniform", lambda low, high: min(max(chance, low), high))
    monkeypatch.setattr(host, "_pause", lambda seconds, _fault: waits.append(seconds))
    attempts: list[int] = []

    def attempt() -> None:
        attempts.append(1)
        raise FailedAttempt("answered with an error")

    with pytest.raises(Outage):
        host.ask(RequestKind.LIST, attempt)
    assert waits == [chance * 1.0, chance * 2.0, chance * 4.0]
    assert len(attempts) == 4


@pytest.mark.parametrize(("wanted", "waited"), [(0.5, 1.0), (9.0, 9.0)])
def test_a_service_is_given_the_time_that_it_asks_for(
    monkeypatch: pytest.MonkeyPatch, wanted: float, waited: float
) -> None:
    """``Retry-After`` makes a wait longer, never shorter."""
    waits: list[float] = []
    host = Host("host", Pace({RequestKind.SINGLE: 100, RequestKind.LIST: 100}, 3), Network())
    monkeypatch.setattr(hosts, "BACK_OFF_SECONDS", (1.0, 1.0, 1.0))
    monkeypatch.setattr("random.uniform", lambda _low, _high: 1.0)
    monkeypatch.setattr(host, "_pause", lambda seconds, _fault: waits.append(seconds))

    def attempt() -> None:
        raise FailedAttempt("too many", Nature.LIMIT, wait=wanted)

    with pytest.raises(Outage):
        host.ask(RequestKind.LIST, attempt)
    assert waits == [waited] * 3


def test_several_failed_contacts_at_one_moment_count_once() -> None:
    """Three threads that meet one short break of the network do not end the run."""
    host = Host(
        "host", Pace({RequestKind.SINGLE: 100, RequestKind.LIST: 100}, 3), Network(answered=True)
    )
    barrier = threading.Barrier(3)
    state = {"down": True}

    def attempt() -> str:
        if state["down"]:
            barrier.wait()
            state["down"] = False
            raise FailedAttempt("cannot be reached", Nature.UNREACHABLE)
        return "answer"

    answers: list[str] = []
    threads = [
        threading.Thread(target=lambda: answers.append(host.ask(RequestKind.LIST, attempt)))
        for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == ["answer"] * 3


def test_a_stopped_run_lets_nobody_wait() -> None:
    """Who waits for a turn gets an outage."""
    network = Network()
    host = Host("host", Pace({RequestKind.SINGLE: 1, RequestKind.LIST: 1}, 1), network)
    network.over.set()
    with pytest.raises(Outage):
        host.ask(RequestKind.LIST, lambda: None)


def test_a_call_without_end_is_left_to_itself() -> None:
    """The caller goes on after the time that was given."""
    with pytest.raises(FailedAttempt, match="did not finish"):
        bounded(lambda: time.sleep(5), 0.05)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("7", 7), ("0.5", 0.5), ("-3", 0), ("soon", None), ("", None), (None, None)],
)
def test_retry_after_in_seconds(header: str | None, seconds: float | None) -> None:
    """What is no number of seconds asks for nothing."""
    assert _retry_after(header) == seconds


def test_retry_after_as_a_date() -> None:
    """An HTTP date is that moment (RFC 9110, 10.2.3)."""
    wait = _retry_after(formatdate(time.time() + 20, usegmt=True))
    assert wait is not None
    assert 15 < wait <= 20


def test_only_failures_in_a_row_give_a_host_up() -> None:
    """An answer between them shows that the host is there."""
    host = Host("host", Pace({RequestKind.SINGLE: 100, RequestKind.LIST: 100}, 3), Network())

    def failing() -> None:
        raise FailedAttempt("answered with an error")

    def ask(*, fails: bool) -> None:
        if not fails:
            host.ask(RequestKind.SINGLE, lambda: None)
            return
        with pytest.raises(Outage):
            host.ask(RequestKind.SINGLE, failing)

    for fails in (True, True, False, True, True):
        ask(fails=fails)
    assert not host.given_up
    ask(fails=True)
    assert host.given_up


def test_only_contacts_that_fail_in_a_row_give_a_host_up() -> None:
    """Each question finds nobody at first and is answered at the second attempt."""
    host = Host("host", Pace({RequestKind.SINGLE: 100, RequestKind.LIST: 100}, 3), Network())
    faults: list[FailedAttempt] = []

    def attempt() -> str:
        if faults:
            raise faults.pop()
        return "answer"

    for _ in range(3):
        faults.append(FailedAttempt("refuses connections", Nature.UNREACHABLE))
        assert host.ask(RequestKind.SINGLE, attempt) == "answer"
