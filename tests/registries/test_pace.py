"""When a request may be sent, in a time that the tests make themselves."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compcite.registries.network.pace import Pace, RequestKind, Schedule, Turn

LIST, SINGLE = RequestKind.LIST, RequestKind.SINGLE
POLITE = Pace({SINGLE: 10, LIST: 3}, at_a_time=3)
seconds = st.floats(0, 2)


@dataclass
class Trip:
    """A request on its way: seconds until it arrives, is answered, and the answer is here."""

    there: float
    answering: float
    back: float


@dataclass
class Host:
    """A host with a client that always has something to ask; ``now`` is their common clock."""

    schedule: Schedule
    now: float = 0.0
    begun: list[float] = field(default_factory=list)
    arrived: list[float] = field(default_factory=list)
    answered: list[float] = field(default_factory=list)

    def ask(self, kind: RequestKind, trips: list[Trip]) -> None:
        """Send each request as soon as the schedule allows it."""
        open_turns: list[tuple[float, Turn]] = []
        for trip in trips:
            while (wait := self.schedule.wait(kind, self.now)) > 0:
                self.now = min([self.now + wait, *(ended for ended, _ in open_turns)])
                for ended, turn in [one for one in open_turns if one[0] <= self.now]:
                    self.schedule.end(turn, ended)
                    open_turns.remove((ended, turn))
            arrived = self.now + trip.there
            self.begun.append(self.now)
            self.arrived.append(arrived)
            self.answered.append(arrived + trip.answering)
            ended = arrived + trip.answering + trip.back
            open_turns.append((ended, self.schedule.begin(kind, self.now)))

    def busiest_second(self) -> int:
        """The most arrivals within any second."""
        return max(sum(0 <= b - a < 1 for b in self.arrived) for a in self.arrived)

    def most_at_a_time(self) -> int:
        """The most requests that had arrived and were not answered."""
        spans = list(zip(self.arrived, self.answered, strict=True))
        return max(sum(a <= moment < b for a, b in spans) for moment, _ in spans)


@st.composite
def trips(draw: st.DrawFn) -> Trip:
    """A request that is no longer on its way than its answer is made."""
    answering = draw(seconds)
    return Trip(draw(st.floats(0, answering)), answering, draw(seconds))


@given(st.lists(trips(), min_size=1, max_size=40), st.sampled_from(RequestKind))
def test_no_second_holds_more_arrivals_than_allowed(travels: list[Trip], kind: RequestKind) -> None:
    """However unevenly requests travel, the host counts no more of them than its limits allow."""
    host = Host(Schedule(POLITE))
    host.ask(kind, travels)
    assert host.busiest_second() <= POLITE.rates[kind]
    assert host.most_at_a_time() <= POLITE.at_a_time


def test_a_request_that_arrives_late_counts_from_then() -> None:
    """The first list needs 0.7 seconds to arrive, so that the fourth has to wait.

    Else the host would see the first at 0.7 and the fourth at 1.1: four lists within a second.
    """
    host = Host(Schedule(POLITE))
    quick = Trip(there=0, answering=0.8, back=0)
    host.ask(LIST, [Trip(there=0.7, answering=0.8, back=0), quick, quick, quick])
    assert host.begun[:3] == [0, 0, 0]
    # The fastest took 0.8 seconds: the first had arrived by 1.5 - 0.8 / 2.
    assert host.begun[3] == pytest.approx(1.5 - 0.4 + 1.02)


def test_lists_that_take_their_time_are_asked_three_by_three() -> None:
    """Twelve lists that take 0.8 seconds each: what a thousand DOIs need."""
    host = Host(Schedule(POLITE))
    host.ask(LIST, [Trip(there=0, answering=0.8, back=0)] * 12)
    assert host.begun[::3] == pytest.approx([0, 1.42, 2.84, 4.26])


def test_the_fastest_answer_tells_how_long_an_answer_takes() -> None:
    """After one answer within 0.3 seconds, a slow one may have been long on its way."""
    schedule = Schedule(Pace({SINGLE: 1, LIST: 1}, at_a_time=1))
    schedule.end(schedule.begin(LIST, 0), 0.3)
    schedule.end(schedule.begin(LIST, 10), 11.0)
    assert schedule.wait(LIST, 11) == pytest.approx(1.02 - 0.15)


def test_a_request_without_an_answer_holds_up_the_others_for_a_while_only() -> None:
    """It has arrived within the five seconds that connecting may take."""
    schedule = Schedule(Pace({SINGLE: 1, LIST: 1}, at_a_time=2))
    schedule.begin(LIST, 0)
    assert schedule.wait(LIST, 3) == pytest.approx(5 + 1.02 - 3)
    assert schedule.wait(LIST, 6.03) == 0


def test_kinds_are_counted_apart_but_share_the_places() -> None:
    """A list does not use up the rate of single records; both are requests at a time."""
    schedule = Schedule(Pace({SINGLE: 1, LIST: 1}, at_a_time=2))
    schedule.begin(LIST, 0)
    assert schedule.wait(LIST, 0) > 0
    assert schedule.wait(SINGLE, 0) == 0
    turn = schedule.begin(SINGLE, 0)
    schedule.slow_down(Pace({SINGLE: 9, LIST: 9}, at_a_time=9))
    assert schedule.wait(SINGLE, 9) > 0
    schedule.end(turn, 9)
    assert schedule.wait(SINGLE, 19) == 0


def test_a_place_is_free_a_moment_after_the_answer() -> None:
    """The host may still be closing the request: it would count one too many."""
    schedule = Schedule(Pace({SINGLE: 9, LIST: 9}, at_a_time=2))
    first, _ = schedule.begin(SINGLE, 0), schedule.begin(SINGLE, 0)
    schedule.end(first, 1)
    assert schedule.wait(SINGLE, 1.02) == pytest.approx(0.03)
    assert schedule.wait(SINGLE, 1.06) == 0


def test_a_slower_pace_is_kept_to_and_a_faster_one_is_not() -> None:
    """Each limit is the lower one of both."""
    schedule = Schedule(Pace({SINGLE: 10, LIST: 3}, at_a_time=3))
    schedule.slow_down(Pace({SINGLE: 5, LIST: 9}, at_a_time=1))
    assert schedule.pace == Pace({SINGLE: 5, LIST: 3}, at_a_time=1)
