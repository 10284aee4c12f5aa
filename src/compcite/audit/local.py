"""The engine ``local``: a pool of processes on this machine.

Processes and not threads, since judging is Python code. They are started afresh (``forkserver``
where the system has it, else ``spawn``): a fork of a process with threads, as DuckDB, Arrow and the
network start them, can stop for ever.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, Self

import pyarrow as pa

from compcite.audit.answers import Answers, Questions, answers_to
from compcite.audit.batches import Batch
from compcite.audit.judging import judge_members
from compcite.audit.rows import row_of_problem
from compcite.audit.tables import table_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from concurrent.futures import Future

    from compcite.audit.judging import JudgingSettings
    from compcite.audit.snapshot_source import SnapshotSource
    from compcite.model.ask import Ask

__all__ = ["LocalEngine"]

_AHEAD = 2  # batches for each process that wait for it: enough that none is ever idle


class _Judged(NamedTuple):
    """The rows of a batch as a table, and the questions that must be answered first."""

    table: pa.Table
    missing: Questions


@dataclass(frozen=True, slots=True)
class LocalEngine:
    """Judge batches in a pool of processes, or in this process where one is enough.

    ``ask`` is whom to ask what is not in the snapshot, None for nobody; it is asked in this process
    only. ``source`` is the snapshot, which each process opens for itself. ``processes`` is the size
    of the pool, by default one for each core.
    """

    settings: JudgingSettings
    ask: Ask | None = None
    source: SnapshotSource | None = None
    processes: int | None = None

    def judge(self, batches: Iterable[Batch]) -> Iterator[tuple[Batch, pa.Table]]:
        """Each batch with its rows, in order."""
        size = self.processes or _cores()
        if size == 1:
            yield from self._judge_here(batches)
            return
        with _Pool(self._task, size) as pool:
            waiting: deque[_Pending] = deque()
            for batch in batches:
                waiting.append(pool.begin(batch))
                if len(waiting) > pool.size * _AHEAD:
                    yield pool.finished(waiting.popleft(), self.ask)
            while waiting:
                yield pool.finished(waiting.popleft(), self.ask)

    def _judge_here(self, batches: Iterable[Batch]) -> Iterator[tuple[Batch, pa.Table]]:
        """Each batch with its rows, judged in this process."""
        task = self._task
        for batch in batches:
            answers = Answers()
            judged = task.judge(batch, answers)
            while judged.missing and self.ask is not None:
                answers.add(answers_to(judged.missing, self.ask))
                judged = task.judge(batch, answers)
            yield batch, judged.table

    @property
    def _task(self) -> _Task:
        """What each process does."""
        return _Task(self.settings, self.source, final=self.ask is None)


@dataclass(slots=True)
class _Task:
    """What each process does: judge batches by the same settings, with a snapshot of its own.

    ``final`` is true where nobody is asked for what the snapshot lacks. ``snapshot`` is opened from
    ``source`` for the first batch.
    """

    settings: JudgingSettings
    source: SnapshotSource | None
    final: bool
    snapshot: Ask | None = None

    def judge(self, batch: Batch, answers: Answers) -> _Judged:
        """The rows of a batch, and the questions that must be answered before they are right."""
        if self.source and self.snapshot is None:
            self.snapshot = self.source.open()
        judged = judge_members(
            batch.members, self.settings, answers, self.snapshot, final=self.final
        )
        return _Judged(table_of(judged.rows), judged.missing)


def _cores() -> int:
    """How many cores this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)  # Linux alone tells it
    return len(affinity(0)) if affinity else os.cpu_count() or 1


@dataclass(slots=True)
class _Pending:
    """A batch that a process judges, and the answers that it was sent."""

    batch: Batch
    future: Future[_Judged]
    answers: Answers = field(default_factory=Answers)


class _Pool:
    """A pool of processes that judge batches; a process that dies costs one list."""

    def __init__(self, task: _Task, size: int) -> None:
        """A pool of this size; its processes start when they are needed."""
        self.size = size
        self._task = task
        self._executor = self._fresh(size)

    def __enter__(self) -> Self:
        """The pool."""
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """End the processes; at once where the audit was stopped."""
        if kind is not None:
            for process in multiprocessing.active_children():
                process.terminate()
        self._executor.shutdown(wait=True, cancel_futures=True)

    def begin(self, batch: Batch, answers: Answers | None = None) -> _Pending:
        """Send a batch to a process, which judges it with these answers, and return at once.

        A pool that has broken is replaced by a new one.
        """
        answers = answers or Answers()
        try:
            future = self._executor.submit(_judge, batch, answers)
        except BrokenProcessPool:
            self._executor = self._fresh(self.size)
            future = self._executor.submit(_judge, batch, answers)
        return _Pending(batch, future, answers)

    def finished(self, pending: _Pending, ask: Ask | None) -> tuple[Batch, pa.Table]:
        """Wait for a batch and its rows; what it lacks is asked for, and it is judged again.

        Without ``ask``, its rows are returned as they are. If its process died, each of its lists
        is judged by itself.
        """
        while True:
            try:
                judged = pending.future.result()
            except BrokenProcessPool:
                return pending.batch, self._one_by_one(pending, ask)
            if not judged.missing or ask is None:
                return pending.batch, judged.table
            pending.answers.add(answers_to(judged.missing, ask))
            pending = self.begin(pending.batch, pending.answers)

    def _one_by_one(self, pending: _Pending, ask: Ask | None) -> pa.Table:
        """The rows of a batch whose process died: each list is judged by itself.

        A list that ends its process again gets a row that says so.
        """
        members = pending.batch.members
        if len(members) > 1:
            tables = []
            for member in members:
                one = self.begin(Batch(0, (member,), ""), pending.answers)
                tables.append(self.finished(one, ask)[1])
            return pa.concat_tables(tables)
        # Alone in its pool: whatever ends a process now is this list.
        with self._fresh(1) as alone:
            try:
                while True:
                    judged = alone.submit(_judge, pending.batch, pending.answers).result()
                    if not judged.missing or ask is None:
                        return judged.table
                    pending.answers.add(answers_to(judged.missing, ask))
            except BrokenProcessPool:
                problem = "judging it ended the process, perhaps for want of memory"
                return table_of([row_of_problem(members[0].name, problem)])

    def _fresh(self, size: int) -> ProcessPoolExecutor:
        """A pool without any work."""
        methods = multiprocessing.get_all_start_methods()
        context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
        return ProcessPoolExecutor(
            size, mp_context=context, initializer=_start, initargs=(self._task,)
        )


_task: _Task  # of this process, which judges for one audit only


def _start(task: _Task) -> None:
    """Prepare a process of the pool; Ctrl-C is for the process that started it."""
    global _task  # noqa: PLW0603 - what a pool's process gets at its start has no other place
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _task = task


def _end_with_parent() -> None:
    """End this process when the one that started it was killed; else it would wait for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _judge(batch: Batch, answers: Answers) -> _Judged:
    """The rows of a batch, in a process of the pool."""
    return _task.judge(batch, answers)
