"""A whole audit: members in batches, what is not finished yet to an engine, parts, the result."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from compcite.audit.batches import batches_of
from compcite.audit.members import find_members
from compcite.audit.results import open_parts
from compcite.audit.summary import Summary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    import pyarrow as pa

    from compcite.audit.batches import Batch
    from compcite.audit.judging import JudgingSettings
    from compcite.audit.results import Parts
    from compcite.audit.snapshot_source import SnapshotSource

__all__ = ["Audited", "Engine", "audit"]


class Engine(Protocol):
    """Whatever judges batches: a pool of processes, or Spark."""

    @property
    def settings(self) -> JudgingSettings:
        """How it judges."""

    @property
    def source(self) -> SnapshotSource | None:
        """The snapshot that answers before anybody is asked; None without one."""

    def judge(self, batches: Iterable[Batch]) -> Iterator[tuple[Batch, pa.Table]]:
        """Each batch with its rows, in order."""


@dataclass(frozen=True, slots=True)
class Audited:
    """A finished audit: its summary, and how many rows its output has."""

    summary: Summary
    rows: int


def audit(
    paths: Sequence[str], output: Path, engine: Engine, progress: Callable[[int], None]
) -> Audited:
    """Audit all lists that some paths lead to, and write the rows to ``output``.

    What an earlier audit, which was stopped, has finished is not judged again. ``progress`` is
    called with the number of finished lists. Raises SourceError where a path does not exist or the
    output cannot be written.
    """
    summary = Summary(asked=engine.settings.asks)
    answers = engine.source.digest if engine.source else ""
    done = 0
    with open_parts(output) as parts:
        batches = batches_of(find_members(paths), engine.settings.digest(answers))
        for batch, table in _judged(batches, parts, engine):
            if table is not None:
                parts.write(batch, table)
            done += len(batch.members)
            progress(done)
        rows = parts.finish(summary.add)
    return Audited(summary, rows)


def _judged(
    batches: Iterable[Batch], parts: Parts, engine: Engine
) -> Iterator[tuple[Batch, pa.Table | None]]:
    """Each batch with its rows, or with None where it is finished already; not in order."""
    finished: list[Batch] = []

    def unfinished() -> Iterator[Batch]:
        for batch in batches:
            parts.add(batch)
            if parts.has(batch):
                finished.append(batch)
            else:
                yield batch

    for judged in engine.judge(unfinished()):
        yield judged
        while finished:
            yield finished.pop(), None
    for batch in finished:
        yield batch, None
