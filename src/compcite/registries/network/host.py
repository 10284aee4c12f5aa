"""One host of a service: how fast it is asked, how often again, and when it is given up.

All clients ask through the same :class:`Host`, so that requests of all kinds together keep to the
host's limits. Limits: Crossref's announcement of December 2025 (a rate for single
records, a lower one for lists, and a number of requests at a time, for each pool).
"""

from __future__ import annotations

import random
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import Enum
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from compcite.registries.network.pace import Schedule

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from compcite.registries.network.pace import Pace, RequestKind, Turn

__all__ = [
    "FailedAttempt",
    "Host",
    "Nature",
    "Network",
    "Outage",
    "Rejected",
    "bounded",
]

T = TypeVar("T")

BACK_OFF_SECONDS = (1.0, 2.0, 4.0)
LONGEST_WAIT_SECONDS = 30.0
FAILED_REQUESTS = 3
FAILED_CONTACTS = 2
# A trickle of bytes never runs into the read time-out: this ends a request as a whole.
WHOLE_REQUEST_SECONDS = 45.0
_POLL_SECONDS = 0.2


class Nature(Enum):
    """What a fault means for asking again."""

    PASSING = "passing"  # worth another attempt
    LIMIT = "limit"  # too many requests: all requests to the host wait
    UNREACHABLE = "unreachable"  # no connection was made
    BLOCKED = "blocked"  # the host wants no requests of ours


class FailedAttempt(Exception):  # noqa: N818 - the host's fault, not an error of the program
    """An attempt without a usable answer.

    ``wait`` are the seconds that ``Retry-After`` asks for.
    """

    def __init__(
        self, reason: str, nature: Nature = Nature.PASSING, wait: float | None = None
    ) -> None:
        """Keep the reason, a clause that follows the host's name."""
        super().__init__(reason)
        self.reason = reason
        self.nature = nature
        self.wait = wait


class Outage(Exception):  # noqa: N818 - an outcome of asking, not an error of the program
    """A question that the host did not answer after all attempts; ``reason`` is a sentence."""

    def __init__(self, host: str, reason: str) -> None:
        """Name the host and the reason."""
        super().__init__(reason)
        self.host = host
        self.reason = reason


class Rejected(Exception):  # noqa: N818 - an answer that callers expect
    """The host works, but does not take this question (HTTP 400, 413, 414, …)."""


@dataclass(slots=True)
class Network:
    """What all hosts of a run share.

    ``over`` is set when the asking ends, ``answered`` is true after the first answer of any host,
    ``unreachable`` after a host was given up because no connection could be made.
    """

    over: threading.Event = field(default_factory=threading.Event)
    answered: bool = False
    unreachable: bool = False


class Host:
    """A host with its limits; it is asked again after faults, and given up if it stays silent."""

    def __init__(self, name: str, pace: Pace, network: Network) -> None:
        """Nothing asked yet."""
        self.name = name
        self._schedule = Schedule(pace)
        self.requests = 0
        self.given_up: str | None = None
        self.last_outage: str | None = None
        self.takes_lists = False
        self.takes_no_lists: str | None = None
        self._network = network
        self._changed = threading.Condition()
        self._paused_until = 0.0
        self._failed_requests = 0
        self._failed_contacts = 0
        self._last_failed_contact = 0.0

    def ask(
        self, kind: RequestKind, attempt: Callable[[], T], reach: Callable[[], None] | None = None
    ) -> T:
        """Return what ``attempt`` returns; try again after faults that may pass.

        ``reach`` prepares the question, such as by resolving the host's name; its time does not
        count as the time of the answer. Raise :class:`Outage` if no attempt succeeds or the host is
        given up. Other exceptions of ``attempt`` than :class:`FailedAttempt` are passed through.
        """
        for back_off in (*BACK_OFF_SECONDS, None):
            with self._turn(kind) as turn:
                try:
                    answer = bounded(partial(_sent, turn, attempt, reach), WHOLE_REQUEST_SECONDS)
                except FailedAttempt as fault:
                    problem = fault
                except Rejected:
                    self._succeeded()
                    raise
                else:
                    self._succeeded()
                    return answer
            self._judge(problem, turn.began)
            if back_off is None:
                break
            self._wait(problem, back_off)
        raise self._failed(problem)

    @property
    def unreached(self) -> bool:
        """Whether no connection to the host could be made lately."""
        return self._failed_contacts > 0

    def refused_lists(self, reason: str) -> None:
        """Ask the host for no more lists, unless it took one before."""
        with self._changed:
            if not self.takes_lists:
                self.takes_no_lists = self.last_outage = f"{self.name} {reason}."

    @property
    def pace(self) -> Pace:
        """How fast the host is asked now."""
        return self._schedule.pace

    def slow_down(self, pace: Pace) -> None:
        """Lower the pace to ``pace``, if that is slower."""
        with self._changed:
            self._schedule.slow_down(pace)

    @contextmanager
    def _turn(self, kind: RequestKind) -> Iterator[Turn]:
        """Wait until the pace allows a request, and count it as open in the ``with`` block."""
        with self._changed:
            while (wait := self._until_free(kind)) > 0:
                self._changed.wait(min(wait, _POLL_SECONDS))
            turn = self._schedule.begin(kind, time.monotonic())
            self.requests += 1
        try:
            yield turn
        finally:
            with self._changed:
                self._schedule.end(turn, time.monotonic())
                self._changed.notify_all()

    def _until_free(self, kind: RequestKind) -> float:
        """Return the seconds until a request may be sent, as far as is known now."""
        self._refuse_when_over()
        now = time.monotonic()
        return max(self._schedule.wait(kind, now), self._paused_until - now)

    def _refuse_when_over(self) -> None:
        """Raise :class:`Outage` if the host is given up or the asking is over."""
        if self.given_up:
            raise Outage(self.name, self.given_up)
        if self._network.over.is_set():
            raise Outage(self.name, f"The asking ended before {self.name} answered.")

    def _succeeded(self) -> None:
        """Note that the host answered."""
        with self._changed:
            self._network.answered = True
            self._failed_requests = self._failed_contacts = 0

    def _judge(self, fault: FailedAttempt, began: float) -> None:
        """Give the host up if a fault says enough; several faults at one moment count once.

        Enough is one refusal to answer, or some failed connections; one of these is enough if
        another host could not be reached either and none has answered. ``began`` is when the
        attempt began.
        """
        with self._changed:
            if fault.nature is Nature.BLOCKED:
                self.given_up = f"{self.name} {fault.reason}."
            if fault.nature is not Nature.UNREACHABLE:
                return
            if began >= self._last_failed_contact:
                self._failed_contacts += 1
                self._last_failed_contact = time.monotonic()
            # Where no host was ever reached, the network is down: no need to try each twice.
            nobody = self._network.unreachable and not self._network.answered
            if nobody or self._failed_contacts >= FAILED_CONTACTS:
                self.given_up = f"{self.name} {fault.reason}."
                self._network.unreachable = True
                self._changed.notify_all()

    def _wait(self, fault: FailedAttempt, back_off: float) -> None:
        """Wait before the next attempt: a little more than ``back_off`` seconds.

        If the host asks for a longer wait, that one is kept. Raise :class:`Outage` if it asks for
        more than 30 seconds.
        """
        if fault.wait is not None and fault.wait > LONGEST_WAIT_SECONDS:
            raise self._failed(fault)
        # Waits only grow by chance, so that they add up to seven seconds and more.
        seconds = max(back_off * random.uniform(1, 1.5), fault.wait or 0)  # noqa: S311 - no secret
        self._pause(seconds, fault)

    def _pause(self, seconds: float, fault: FailedAttempt) -> None:
        """Wait some seconds. After HTTP 429 nobody else asks this host meanwhile.

        Raise :class:`Outage` if the host is given up, or the asking ends, while it waits.
        """
        until = time.monotonic() + seconds
        with self._changed:
            if fault.nature is Nature.LIMIT:
                self._paused_until = max(self._paused_until, until)
            while (left := until - time.monotonic()) > 0:
                self._refuse_when_over()
                self._changed.wait(min(left, _POLL_SECONDS))

    def _failed(self, fault: FailedAttempt) -> Outage:
        """Return the outage for a question; after three of them in a row the host is given up."""
        reason = f"{self.name} {fault.reason}."
        with self._changed:
            self.last_outage = reason
            self._failed_requests += 1
            if self._failed_requests >= FAILED_REQUESTS and not self.given_up:
                self.given_up = reason
                self._changed.notify_all()
        return Outage(self.name, reason)


def _sent(turn: Turn, attempt: Callable[[], T], reach: Callable[[], None] | None) -> T:
    """Return what an attempt returns; its time begins after ``reach``."""
    if reach:
        reach()
    turn.began = time.monotonic()
    return attempt()


def bounded(call: Callable[[], T], seconds: float) -> T:
    """Return or raise what ``call`` does. Raise :class:`FailedAttempt` if it takes longer.

    The call goes on in a thread that does not keep the program from ending.
    """
    outcome: list[T] = []
    error: list[BaseException] = []

    def run() -> None:
        try:
            outcome.append(call())
        except BaseException as raised:  # noqa: BLE001 - handed on to the caller's thread
            error.append(raised)

    thread = threading.Thread(target=run, daemon=True, name="compcite-request")
    thread.start()
    thread.join(seconds)
    if error:
        raise error[0]
    if not outcome:
        raise FailedAttempt(f"did not finish its answer within {seconds:.0f} seconds")
    return outcome[0]
