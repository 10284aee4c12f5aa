"""How fast a host is asked: so many requests a second of each kind, so many at a time.

A host counts a request when it arrives, which the client cannot see: on a busy machine a second
may pass between the decision to send it and its arrival. Known is only that it arrived before its
answer came back. Therefore each request keeps its place in the count until a second after the
latest moment at which it can have arrived.

Everything here takes the time as a parameter, so that the rules can be tested without waiting.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Pace", "RequestKind", "Schedule", "Turn"]

# The second of "requests a second", and a little for a host whose clock runs otherwise.
SECOND = 1.02
# The part of the fastest answer so far which a host needs at least to make an answer. The rest of
# that time may be the way there: with a half, the count is right as long as no request is longer on
# its way than its answer is made. The fastest answer as a whole was tried: answers that take from
# 0.3 to 1.3 seconds then earned a 429 after forty searches. With no part of it, a thousand DOIs in
# lists that take 0.8 seconds would take nearly a second longer.
_ANSWERING = 0.5
# A request that has no answer yet arrived within this time, which connecting may take at most;
# else a single request that the host never answers would hold up all others.
_LATEST_ARRIVAL_SECONDS = 5.0
# A host may count a request as under way a little longer than its answer takes to get here.
_CLOSING_SECONDS = 0.05
# How long to wait before looking again whether another request has ended.
LOOK_AGAIN_SECONDS = 0.2
_MOST_TURNS = 100


class RequestKind(StrEnum):
    """The kinds of requests that Crossref counts separately: for one record, and for a list."""

    SINGLE = "single"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class Pace:
    """The number of requests in a second, by kind, and the number of requests at a time."""

    rates: Mapping[RequestKind, int]
    at_a_time: int


@dataclass(slots=True)
class Turn:
    """One request: when it was sent, and when it ended, or None if it has not."""

    began: float
    ended: float | None = None


class Schedule:
    """Tells when the next request to a host may be sent; ``second`` is what counts as a second."""

    def __init__(self, pace: Pace, second: float = SECOND) -> None:
        """No request yet."""
        self.pace = pace
        self._second = second
        self._turns: dict[RequestKind, deque[Turn]] = {
            kind: deque(maxlen=_MOST_TURNS) for kind in RequestKind
        }
        self._under_way = 0
        self._last_ends: deque[float] = deque(maxlen=_MOST_TURNS)
        self._fastest = float("inf")

    def wait(self, kind: RequestKind, now: float) -> float:
        """Return the seconds until a request may be sent, as far as is known now; 0 means at once.

        While as many requests are under way as the host allows, it is a short time to look again.
        """
        if self._under_way >= self.pace.at_a_time:
            return LOOK_AGAIN_SECONDS
        # With so many under way, the request that ended `spare` requests ago has to be closed.
        spare = self.pace.at_a_time - self._under_way
        free = self._last_ends[-spare] + _CLOSING_SECONDS if len(self._last_ends) >= spare else now
        turns, rate = self._turns[kind], self.pace.rates[kind]
        if len(turns) >= rate:
            free = max(free, self._latest_arrival(turns[-rate]) + self._second)
        return max(0.0, free - now)

    def begin(self, kind: RequestKind, now: float) -> Turn:
        """Count a request that is sent now, and return it."""
        turn = Turn(now)
        self._turns[kind].append(turn)
        self._under_way += 1
        return turn

    def end(self, turn: Turn, now: float) -> None:
        """Note that a request has ended, with or without an answer."""
        turn.ended = now
        self._under_way -= 1
        self._last_ends.append(now)
        self._fastest = min(self._fastest, now - turn.began)

    def slow_down(self, pace: Pace) -> None:
        """Use ``pace`` for each limit that is lower in it."""
        self.pace = Pace(
            {kind: min(rate, pace.rates[kind]) for kind, rate in self.pace.rates.items()},
            min(self.pace.at_a_time, pace.at_a_time),
        )

    def _latest_arrival(self, turn: Turn) -> float:
        """Return the latest moment at which the host may have counted a request."""
        arrived = turn.began + _LATEST_ARRIVAL_SECONDS
        if turn.ended is None:
            return arrived
        return min(arrived, turn.ended - _ANSWERING * self._fastest)
