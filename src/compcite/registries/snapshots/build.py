"""Build a snapshot: read dumps in parallel into sorted runs, then merge these into its files.

A build can be killed at any moment. The same command then goes on: a journal says which runs are
written, and a file of the snapshot has its name only when it is whole. The snapshot that was there
answers until the new one is complete.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import re
import shutil
import signal
import threading
import time
from collections import Counter
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from functools import partial
from multiprocessing import connection, get_context, parent_process
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from compcite.errors import SourceError, UsageError
from compcite.files.atomic import write_file
from compcite.files.folder_lock import alone_in
from compcite.files.unfinished import sync_folder
from compcite.registries.snapshots.dumps import Fault, bundles, changed_at, size_of
from compcite.registries.snapshots.engine import connect, exactly, require_engine
from compcite.registries.snapshots.journal import BUILDING, Journal, Plan
from compcite.registries.snapshots.layout import (
    INDEX,
    MANIFEST,
    PARTITIONS,
    RECORDS,
    Agency,
    Dump,
    Manifest,
    is_generation,
    table_file,
)
from compcite.registries.snapshots.merging import Merge, merge
from compcite.registries.snapshots.runs import Run, make_run
from compcite.registries.snapshots.tables import is_whole, run_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

__all__ = ["Built", "Progress", "build_snapshot", "read_manifest"]

_SMALL = 16 << 20
"""The bytes of dumps below which one process is faster: to start others takes a second or two."""

T = TypeVar("T")


class Progress(NamedTuple):
    """How far a build is: ``done`` of ``total`` bytes or files, and how many records it has read.

    ``records`` and ``seconds`` are of this run of the program only, for the rate; ``before`` is
    what an earlier one had done.
    """

    step: str
    done: int
    total: int
    records: int
    seconds: float
    before: int = 0


class Built(NamedTuple):
    """What a build has made; ``faults`` are what it could not read of the dumps given.

    ``odd`` counts the records without a DOI, and those of another agency than the wanted one.
    """

    manifest: Manifest
    faults: tuple[str, ...]
    odd: int


def read_manifest(folder: Path) -> Manifest | None:
    """Return the manifest of the snapshot in a folder, or None if there is none.

    Raise SourceError for a damaged one.
    """
    try:
        text = (folder / MANIFEST).read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return None
    return Manifest.decode(text, str(folder))


def build_snapshot(
    folder: Path,
    dumps: Sequence[Path],
    *,
    only: str | None = None,
    jobs: int = 0,
    tell: Callable[[Progress], None] = lambda _: None,
) -> Built:
    """Put the records of dumps into the snapshot in a folder, or begin one there.

    Of two records with a DOI the one that changed last counts. ``only`` is the agency whose records
    are read. ``jobs`` is the number of processes, by default one for each core; small dumps are
    read by this process alone. Raise SourceError if a dump or the folder cannot be used, or no
    dump has a record; UsageError without dumps or without DuckDB.
    """
    require_engine()
    if not dumps:
        raise UsageError("give the data files to build the snapshot from")
    sizes = tuple(map(size_of, dumps))
    planned = tuple(
        (str(dump.absolute()), size, changed_at(dump))
        for dump, size in zip(dumps, sizes, strict=True)
    )
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = error.strerror or error
        raise SourceError(f"{folder}: the folder cannot be made: {reason}") from None
    with alone_in([folder]), _naming_errors(folder):
        before = read_manifest(folder)
        if before is None:
            _refuse_foreign(folder)
        else:
            _refuse_damaged(folder, before.generation)
        generation = before.generation + 1 if before else 1
        journal = Journal(folder, Plan(planned, only, generation))
        work = _Build(folder, dumps, sizes, only, journal, before, tell)
        if sum(sizes) < _SMALL:
            jobs = 1
        with _processes(jobs or os.cpu_count() or 1) as pool:
            work.read(pool)
            work.merge(pool)
        return work.finish()


@dataclass
class _Build:
    """One build, in three steps."""

    folder: Path
    dumps: Sequence[Path]
    sizes: Sequence[int]  # of the dumps, in bytes
    only: str | None
    journal: Journal
    before: Manifest | None
    tell: Callable[[Progress], None]
    faults: list[str] = field(default_factory=list)
    began: float = field(default_factory=time.monotonic)

    @property
    def generation(self) -> int:
        """The number of the folder that is written."""
        return self.before.generation + 1 if self.before else 1

    def read(self, pool: _Pool) -> None:
        """Read what is left of the dumps into runs. Raise SourceError if they hold no record."""
        for number in list(self.journal.runs):
            files = (run_file(self.journal.folder, table, number) for table in (RECORDS, INDEX))
            if not all(map(is_whole, files)):  # a power cut has damaged it: it is made again
                del self.journal.runs[number]
        written = {run_file(self.journal.folder, table, number).name
                   for number in self.journal.runs for table in (RECORDS, INDEX)}  # fmt: skip
        for path in self.journal.files:  # of a run that was killed while it was written
            if path.name not in written:
                path.unlink()
        total = sum(self.sizes)
        records = 0
        before = None
        for run, done in pool.results(self._tasks()):
            self.journal.add(run)
            records += sum(run.records.values())
            before = done if before is None and self.journal.resumed else before or 0
            seconds = time.monotonic() - self.began
            self.tell(Progress("Reading", done, total, records, seconds, before))
        if not any(run.records for run in self.journal.runs.values()):
            self.journal.remove()
            why = f" ({self.faults[0]})" if self.faults else ""
            raise SourceError(f"{self.dumps[0]}: no record of Crossref or DataCite in it{why}")

    def _tasks(self) -> Iterator[tuple[Callable[[], Run], int]]:
        """Yield what makes each run that is not written yet, with the bytes read when it is."""
        for one in bundles(self.dumps, self.journal.runs.__contains__):
            if isinstance(one, Fault):
                self.faults.append(one.sentence)
            else:
                yield partial(make_run, one, str(self.journal.folder), self.only), one.done

    def merge(self, pool: _Pool) -> None:
        """Merge the runs with the snapshot that is there, into the folder of the new one."""
        total = 2 * PARTITIONS
        began = time.monotonic()
        for path in self.folder.glob(f"{self.generation}/*/*.tmp"):
            path.unlink()
        for done, (_, _) in enumerate(pool.results((task, 0) for task in self._merges()), 1):
            self.tell(Progress("Merging", done, total, 0, time.monotonic() - began))

    def _merges(self) -> Iterator[Callable[[], str]]:
        """Yield what makes each file of the new snapshot that is not there yet."""
        for table in (RECORDS, INDEX):
            paths = (run_file(self.journal.folder, table, n) for n in sorted(self.journal.runs))
            runs = tuple(map(str, paths))
            Path(self.folder, str(self.generation), table).mkdir(parents=True, exist_ok=True)
            for number in range(PARTITIONS):
                target = table_file(str(self.folder), self.generation, table, number)
                old = ""
                if self.before:
                    old = table_file(str(self.folder), self.before.generation, table, number)
                if not Path(target).exists():
                    scratch = str(self.journal.scratch)
                    yield partial(merge, Merge(table, number, runs, old, target, scratch))

    def finish(self) -> Built:
        """Write the manifest, which makes the new snapshot the current one, and tidy up."""
        runs = sorted(self.journal.runs.values(), key=lambda run: run.number)
        faults = tuple(dict.fromkeys([*self.faults, *(f for run in runs for f in run.faults)]))
        today = dt.datetime.now(tz=dt.UTC).date().isoformat()
        read = [Counter[str]() for _ in self.dumps]
        for run in runs:
            read[run.dump].update(run.records)
        new = tuple(
            Dump(dump.name, size, sum(counts.values()), today)
            for dump, size, counts in zip(self.dumps, self.sizes, read, strict=True)
        )
        agencies, keys = self._counts()
        manifest = Manifest(
            generation=self.generation,
            agencies=agencies,
            keys=keys,
            dumps=(*(self.before.dumps if self.before else ()), *new),
            skipped=(*(self.before.skipped if self.before else ()), *faults),
        )
        draft = self.journal.folder / MANIFEST
        write_file(draft, manifest.encode())
        draft.replace(self.folder / MANIFEST)
        sync_folder(self.folder)
        self.journal.remove()
        for path in self.folder.iterdir():
            if path.name != str(self.generation) and is_generation(path):
                shutil.rmtree(path, ignore_errors=True)
        return Built(manifest, faults, sum(run.odd for run in runs))

    def _counts(self) -> tuple[dict[str, Agency], int]:
        """Return what the new files hold of each agency, and the number of keys."""
        ask = connect().execute
        pattern = exactly(f"{self.folder}/{self.generation}")
        now = int(time.time())  # a record from the future is an error of its clock
        rows = ask(
            "SELECT agency, count(*), max(changed) FILTER (changed BETWEEN 1 AND ?)"
            " FROM read_parquet(?) GROUP BY agency ORDER BY agency",
            [now, f"{pattern}/{RECORDS}/*.parquet"],
        ).fetchall()
        agencies = {
            agency: Agency(
                count,
                dt.datetime.fromtimestamp(newest, dt.UTC).date().isoformat() if newest else "",
            )
            for agency, count, newest in rows
        }
        counted = ask("SELECT count(*) FROM read_parquet(?)", [f"{pattern}/{INDEX}/*.parquet"])
        return agencies, counted.fetchall()[0][0]


def _refuse_foreign(folder: Path) -> None:
    """Raise SourceError if a folder without a snapshot holds something else than a begun build.

    Hidden files, which file managers leave everywhere, do not matter.
    """
    others = [
        path.name
        for path in folder.iterdir()
        if path.name != BUILDING and not path.name.startswith(".") and not is_generation(path)
    ]
    if others:
        raise SourceError(
            f"{folder}: holds other files ({others[0]}); give an empty or a new folder"
        )


def _refuse_damaged(folder: Path, generation: int) -> None:
    """Raise SourceError if the snapshot that is there lacks a table, or one cannot be opened."""
    for table in (RECORDS, INDEX):
        for number in range(PARTITIONS):
            path = table_file(str(folder), generation, table, number)
            if not is_whole(Path(path)):
                raise SourceError(
                    f"{path}: the snapshot is damaged here, and nothing can be added to it; build "
                    "it anew in another folder"
                )


class _Pool:
    """Processes that take tasks, not many more at once than there are processes."""

    def __init__(self, executor: ProcessPoolExecutor | None, jobs: int) -> None:
        """Give tasks to an executor; without one, do them in this process."""
        self._executor = executor
        self._most = jobs + 1

    def results(self, tasks: Iterable[tuple[Callable[[], T], int]]) -> Iterator[tuple[T, int]]:
        """Yield the result of each task as it comes, with the number beside the task."""
        waiting: dict[Future[T], int] = {}
        for task, number in tasks:
            if self._executor is None:
                yield task(), number
                continue
            waiting[self._executor.submit(task)] = number
            if len(waiting) >= self._most:
                yield from self._finished(waiting)
        while waiting:
            yield from self._finished(waiting)

    def _finished(self, waiting: dict[Future[T], int]) -> Iterator[tuple[T, int]]:
        """Wait for a task, and yield the results that are there."""
        for future in wait(waiting, return_when=FIRST_COMPLETED).done:
            yield future.result(), waiting.pop(future)


@contextlib.contextmanager
def _processes(jobs: int) -> Iterator[_Pool]:
    """Give the processes; they end with this one, also where it is killed.

    One alone is this process itself.
    """
    if jobs == 1:
        yield _Pool(None, 1)
        return
    context: Any = get_context("spawn")  # a fork of a process with threads may hang
    with ProcessPoolExecutor(jobs, mp_context=context, initializer=_end_with_parent) as executor:
        try:
            yield _Pool(executor, jobs)
        except BaseException:
            executor.shutdown(wait=False, cancel_futures=True)
            raise


def _end_with_parent() -> None:
    """Leave Ctrl-C to the parent, and end when the parent has ended in whatever way."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()
    if parent is None:
        return

    def watch() -> None:
        connection.wait([parent.sentinel])
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


@contextlib.contextmanager
def _naming_errors(folder: Path) -> Iterator[None]:
    """Turn errors of the system and of DuckDB into a SourceError of one sentence."""
    duckdb_error = _duckdb_error()
    try:
        yield
    except (OSError, duckdb_error) as error:
        raise SourceError(f"{folder}: the build stopped: {_reason(error)}; {_KEPT}") from None
    except (BrokenProcessPool, MemoryError):
        raise SourceError(
            f"{folder}: the build stopped: the system ended one of its processes, perhaps for want "
            f"of memory (--jobs 1 needs less); {_KEPT}"
        ) from None


_KEPT = "what is done is kept, and the same command goes on with it"


def _reason(error: Exception) -> str:
    """Return the reason of an error in the words of the system, if it has a number of the system.

    Arrow and DuckDB put the number into a text: ``… Detail: [errno 28] No space left on device``.
    """
    said = str(error).split("\n", 1)[0]
    number = re.search(r"\[errno ([0-9]+)\]", said, re.IGNORECASE)
    return os.strerror(int(number[1])) if number else getattr(error, "strerror", None) or said


def _duckdb_error() -> type[Exception]:
    """Return the class of all errors of DuckDB."""
    import duckdb

    return duckdb.Error
