"""The engine ``spark``: the same judging on Apache Spark, from this machine to a cluster.

Lists go to Spark in waves. In a wave, their DOIs are joined with the Parquet files of the snapshot;
the records of each list come back beside it, and the lists are judged. Both steps are Python
functions for ``mapInArrow``. The executors need compcite: on this machine it is there, for a
cluster an archive of an environment is shipped (``spark.archives``, as Spark's page on Python
packages describes it).
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute

from compcite.audit.answers import Answers
from compcite.audit.archives import Member
from compcite.audit.judging import judge_members, wanted_dois
from compcite.audit.tables import SCHEMA
from compcite.errors import CompciteError, UsageError
from compcite.model.doi import DOI
from compcite.registries.records.answers import Record, RecordForm

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pyspark.sql import DataFrame, SparkSession

    from compcite.audit.batches import Batch
    from compcite.audit.judging import JudgingSettings
    from compcite.audit.snapshot_source import SnapshotSource
    from compcite.registries.funnel import Registries

__all__ = ["SparkEngine", "start_session"]

_WAVE = 50_000_000
"""The bytes of the lists of a wave, which are in the memory of Spark's driver several times.

Some 150,000 references. Each wave reads the snapshot once, so a smaller one would read it more
often; by default Spark's driver has 1 GB.
"""

_LISTS = 100  # that are judged at once by a function; their records are in memory meanwhile

_PLACE = [("batch", pa.int32()), ("place", pa.int32())]  # where a list stands in its wave
_MEMBERS = pa.schema(
    [*_PLACE, ("name", pa.string()), ("data", pa.binary()), ("problem", pa.string())]
)
_ROWS = pa.schema([*_PLACE, ("row", pa.int32()), *SCHEMA])
_WANTED = pa.schema([*_PLACE, ("doi", pa.string())])
_DDL = {pa.string(): "string", pa.int32(): "int", pa.bool_(): "boolean"}


@dataclass(frozen=True, slots=True)
class SparkEngine:
    """Judge batches on Spark; it asks nobody but the snapshot.

    ``master`` is Spark's master: ``local[2]``, or the address of a cluster. ``archive`` is an
    archive of a Python environment with compcite, for its executors. ``conf`` are further settings
    of Spark.
    """

    settings: JudgingSettings
    source: SnapshotSource | None = None
    master: str = "local[*]"
    archive: str | None = None
    conf: Mapping[str, str] | None = None

    def judge(self, batches: Iterable[Batch]) -> Iterator[tuple[Batch, pa.Table]]:
        """Each batch with its rows, in order."""
        with _naming_errors():
            session = start_session(self.master, self.archive, self.conf)
        for wave in _waves(batches):
            with _naming_errors():
                rows = self._judge_wave(session, wave)
            for number, batch in enumerate(wave):
                mask = pa.compute.equal(rows.column("batch"), number)
                yield batch, rows.filter(mask).select(SCHEMA.names)

    def _judge_wave(self, session: SparkSession, wave: list[Batch]) -> pa.Table:
        """The rows of a wave, in order; ``batch`` counts its batches from 0."""
        members = [
            (number, place, member.name, member.data, member.problem)
            for number, batch in enumerate(wave)
            for place, member in enumerate(batch.members)
        ]
        table = pa.table(list(map(list, zip(*members, strict=True))), schema=_MEMBERS)
        # Four tasks for each core, so that one slow list does not let the others wait.
        parts = max(1, min(len(members), 4 * session.sparkContext.defaultParallelism))
        if "spark.sql.shuffle.partitions" not in (self.conf or {}):
            session.conf.set("spark.sql.shuffle.partitions", str(parts))  # 200 by default
        lists = session.createDataFrame(table).repartition(parts)
        if self.source is not None:
            lists = _with_records(session, lists, self.source)
        task = _Task(self.settings, self.source)
        rows = lists.mapInArrow(task.rows, _ddl(_ROWS)).toArrow().cast(_ROWS)
        return rows.sort_by([("batch", "ascending"), ("place", "ascending"), ("row", "ascending")])


def start_session(
    master: str, archive: str | None = None, conf: Mapping[str, str] | None = None
) -> SparkSession:
    """Spark's session: the one of this process, or a new one with these settings.

    ``archive`` is the archive of an environment for the executors; ``conf`` overrides compcite's
    own settings. Raises UsageError where there is no Java.
    """
    if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
        raise UsageError("Spark needs Java 17 or a later one: install it, or set JAVA_HOME")
    from pyspark.sql import SparkSession  # noqa: PLC0415 - its import takes a second

    if archive is not None:
        os.environ["PYSPARK_PYTHON"] = "./environment/bin/python"
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    os.environ.setdefault("PYSPARK_DRIVER_PYTHON", sys.executable)
    values = {
        # Spark logs each failure at length, and the last one is told in a sentence.
        "spark.log.level": "OFF",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.execution.arrow.maxRecordsPerBatch": str(_LISTS),
        **({"spark.archives": f"{archive}#environment"} if archive else {}),
        **(conf or {}),
    }
    builder = SparkSession.builder.master(master).appName("compcite audit")
    for key, value in values.items():
        builder = builder.config(key, value)
    session: SparkSession = builder.getOrCreate()
    return session


def _waves(batches: Iterable[Batch]) -> Iterator[list[Batch]]:
    """The batches in waves: as many as have fifty megabytes together."""
    wave: list[Batch] = []
    size = 0
    for batch in batches:
        wave.append(batch)
        size += sum(len(member.data) for member in batch.members)
        if size >= _WAVE:
            yield wave
            wave, size = [], 0
    if wave:
        yield wave


def _with_records(session: SparkSession, lists: DataFrame, source: SnapshotSource) -> DataFrame:
    """The lists, each with the records of its DOIs in a column.

    The DOIs are broadcast: so the snapshot, which is much larger, is read in place and not moved.
    """
    from pyspark.sql import functions as sql  # noqa: PLC0415 - as above

    wanted = lists.mapInArrow(_wanted, _ddl(_WANTED)).cache()
    records = session.read.parquet(*source.files).select("doi", "agency", "record")
    found = records.join(sql.broadcast(wanted.select("doi").distinct()), "doi")
    of_list = (
        wanted.join(found, "doi")
        .groupBy("batch", "place")
        .agg(sql.collect_list(sql.struct("doi", "agency", "record")).alias("records"))
    )
    return lists.join(of_list, ["batch", "place"], "left")


def _wanted(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """The DOIs of each list."""
    for batch in batches:
        rows: list[tuple[object, ...]] = [
            (one["batch"], one["place"], doi.value)
            for one in batch.to_pylist()
            for doi in wanted_dois([_member(one)])
        ]
        yield _record_batch(rows, _WANTED)


@dataclass(frozen=True, slots=True)
class _Task:
    """What an executor does with lists."""

    settings: JudgingSettings
    source: SnapshotSource | None

    def rows(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """The rows of each list, with the place of the list and the number of the row in it."""
        snapshot = _opened(self.source) if self.source else None
        for batch in batches:
            lists = batch.to_pylist()
            answers = _answers(lists, snapshot) if snapshot else Answers()
            judged = judge_members(
                map(_member, lists), self.settings, answers, snapshot, final=True
            )
            placed: list[tuple[object, ...]] = []
            list_number = row_number = -1
            for row in judged.rows:
                # Its own row is the first one of each list.
                first = row.kind == "list"
                list_number, row_number = list_number + first, 0 if first else row_number + 1
                one = lists[list_number]
                placed.append((one["batch"], one["place"], row_number, *row))
            yield _record_batch(placed, _ROWS)


_snapshots: dict[str, Registries] = {}  # of this process of an executor, which Spark uses again


def _opened(source: SnapshotSource) -> Registries:
    """The snapshot, opened once in each process."""
    if source.digest not in _snapshots:
        _snapshots[source.digest] = source.open()
    return _snapshots[source.digest]


def _answers(lists: Iterable[Mapping[str, Any]], snapshot: Registries) -> Answers:
    """The outcomes of the records that were joined to some lists."""
    records = {one["doi"]: one for row in lists for one in row["records"] or ()}
    outcomes = (
        snapshot.outcome_of(
            Record(DOI(doi), one["agency"], RecordForm.OWN, json.loads(one["record"]))
        )
        for doi, one in records.items()
    )
    return Answers({outcome.doi: outcome for outcome in outcomes})


def _member(row: Mapping[str, Any]) -> Member:
    """The member in a row of lists."""
    return Member(row["name"], row["data"], row["problem"])


def _record_batch(rows: list[tuple[object, ...]], schema: pa.Schema) -> pa.RecordBatch:
    """Rows as Spark wants them from a function."""
    columns = zip(*rows, strict=True) if rows else ((),) * len(schema)
    arrays = [pa.array(values, field.type) for values, field in zip(columns, schema, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def _ddl(schema: pa.Schema) -> str:
    """A schema in the words of Spark."""
    return ", ".join(f"`{field.name}` {_DDL[field.type]}" for field in schema)


@contextmanager
def _naming_errors() -> Iterator[None]:
    """Turn an error of Spark into a CompciteError of one sentence."""
    from py4j.protocol import Py4JError  # noqa: PLC0415 - as above
    from pyspark.errors import PySparkException  # noqa: PLC0415 - likewise

    try:
        yield
    except (PySparkException, Py4JError) as error:
        raise CompciteError(
            f"Spark stopped: {_reason(str(error))}; what is finished is kept, and the same command "
            "goes on from there"
        ) from None


def _reason(said: str) -> str:
    """The line of an error of Spark that says why.

    An error of compcite on an executor stands deep in the text. Else Java's own error follows a
    line about the call, behind a colon.
    """
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    own = [line for line in lines if line.startswith("compcite.")]
    if own:
        return own[-1].partition(": ")[2]
    of_java = (line.removeprefix(": ") for line in lines if line.startswith(": "))
    return next(of_java, next(iter(lines), "it does not say why")).rstrip(".")
