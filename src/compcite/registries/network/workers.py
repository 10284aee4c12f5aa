"""Ask several hosts at once, and give the answers as they arrive."""

from __future__ import annotations

import queue
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from compcite.registries.network.host import Host
    from compcite.registries.network.transport import Transport

__all__ = ["Job", "Workers"]

T = TypeVar("T")

# Short, so that Ctrl-C is heard on every platform while nothing arrives.
_POLL_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class Job(Generic[T]):
    """One question to one host.

    ``learnt`` tells whether a result is an answer or only an outage.
    """

    host: Host
    call: Callable[[], T]
    learnt: Callable[[T], bool]


class Workers:
    """Threads that ask; each host has as many as it takes requests at a time.

    They never keep the program from ending. If nothing is learnt during ``patience`` seconds of
    waiting, the run is over: open questions stay without an answer.
    """

    def __init__(self, transport: Transport, patience: float) -> None:
        """Take the transport, and the seconds of silence after which the asking ends.

        No thread is started yet.
        """
        self._transport = transport
        self._patience = patience
        self._waited = 0.0
        self._stopped = False
        self._under_way: list[Callable[[], None]] = []

    @property
    def stopped(self) -> bool:
        """Whether the asking was ended by ``stop``."""
        return self._stopped

    def stop(self) -> None:
        """Stop waiting for answers. It takes no lock, so that a signal's handler may call it."""
        self._stopped = True

    @property
    def _over(self) -> bool:
        """Whether the asking was ended, or no service has answered anything for too long."""
        return self._stopped or self._waited > self._patience

    def results(self, jobs: Iterable[Job[T]], arrived: Callable[[T], None]) -> Iterator[T]:
        """Yield the results of the jobs as they come; not all of them if the asking is over.

        ``arrived`` is called with every result, also with one that comes after the reading ended.
        """
        if self._over:
            return
        open_jobs, done = self._start(jobs)

        def leftovers() -> None:
            while not done.empty():
                _, result = done.get()
                if not isinstance(result, BaseException):
                    arrived(result)

        self._under_way.append(leftovers)
        while open_jobs and not self._over:
            began = time.monotonic()
            try:
                job, result = done.get(timeout=_POLL_SECONDS)
            except queue.Empty:
                self._waited += time.monotonic() - began
                continue
            open_jobs -= 1
            if isinstance(result, BaseException):
                self._transport.stop()
                raise result
            arrived(result)
            if job.learnt(result):
                self._waited = 0.0
            yield result
        if open_jobs:
            self._transport.stop()
        self._under_way.remove(leftovers)

    def close(self) -> None:
        """Hand over the results that came but were not read, so that they are kept.

        Each is given to the function ``arrived`` of its :meth:`results`.
        """
        for leftovers in self._under_way:
            leftovers()
        self._under_way.clear()

    @staticmethod
    def _start(
        jobs: Iterable[Job[T]],
    ) -> tuple[int, queue.SimpleQueue[tuple[Job[T], T | BaseException]]]:
        """Start the threads, as many for each host as it takes requests at a time.

        Returns the number of jobs, and the queue that gets each job with its result or exception.
        """
        done: queue.SimpleQueue[tuple[Job[T], T | BaseException]] = queue.SimpleQueue()
        by_host: dict[str, list[Job[T]]] = {}
        for job in jobs:
            by_host.setdefault(job.host.name, []).append(job)
        for name, of_host in by_host.items():
            todo: queue.SimpleQueue[Job[T]] = queue.SimpleQueue()
            for job in of_host:
                todo.put(job)
            for _ in range(min(of_host[0].host.pace.at_a_time, len(of_host))):
                threading.Thread(
                    target=_work, args=(todo, done), daemon=True, name=f"compcite-{name}"
                ).start()
        return sum(map(len, by_host.values())), done


def _work(
    todo: queue.SimpleQueue[Job[T]], done: queue.SimpleQueue[tuple[Job[T], T | BaseException]]
) -> None:
    """Do the jobs in ``todo`` until there are no more, and put each with its result into ``done``.

    An exception is put there as a result, to be raised where the results are read.
    """
    while True:
        try:
            job = todo.get_nowait()
        except queue.Empty:
            return
        try:
            done.put((job, job.call()))
        except BaseException as error:  # noqa: BLE001 - raised again where the results are read
            done.put((job, error))
