"""Merge the runs of a build with the snapshot that is there, one partition after the other.

DuckDB sorts: within the memory that it is given, and beyond that with files on disk.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from compcite.files.atomic import put_in_place
from compcite.registries.snapshots.engine import connect, exactly
from compcite.registries.snapshots.layout import INDEX, MOST_OF_A_KEY, RECORDS
from compcite.registries.snapshots.tables import TableWriter

if TYPE_CHECKING:
    from collections.abc import Iterator

    import duckdb
    import pyarrow as pa

__all__ = ["Merge", "merge"]

_MEMORY = "400MB"  # of a process; with what Python and Arrow need it stays below 800 MB
_BATCH = 8192
_RECORDS = """
    SELECT doi, agency, changed, record FROM (
        SELECT doi, agency, changed, record, "order" FROM read_parquet($runs) WHERE part = $part
        UNION ALL
        SELECT doi, agency, changed, record, -1 FROM read_parquet($old) WHERE $has_old
    ) ORDER BY doi, changed DESC, "order" DESC
"""
_INDEX = """
    SELECT key, doi FROM (
        SELECT key, doi, count(*) OVER (PARTITION BY key) AS times FROM (
            SELECT DISTINCT key, doi FROM (
                SELECT key, doi FROM read_parquet($runs) WHERE part = $part
                UNION ALL
                SELECT key, doi FROM read_parquet($old) WHERE $has_old
            )
        )
    ) WHERE times <= $most ORDER BY key, doi
"""


@dataclass(frozen=True, slots=True)
class Merge:
    """A file of the new snapshot: its table and partition, what is merged, and where it goes.

    ``runs`` are the paths of this table in all runs. ``old`` is the file of the snapshot that is
    there, empty if there is none. ``scratch`` is a folder for what memory cannot hold.
    """

    table: str
    partition: int
    runs: tuple[str, ...]
    old: str
    target: str
    scratch: str


def merge(one: Merge) -> str:
    """Write a file of the new snapshot, and return its path.

    Of the records with one DOI, only the one that changed last is written. A key that more than
    ``MOST_OF_A_KEY`` records have is left out.
    """
    values: dict[str, object] = {
        "runs": [exactly(run) for run in one.runs],
        "part": one.partition,
        "old": [exactly(one.old or one.runs[0])],
        "has_old": bool(one.old),
    }
    query = _RECORDS
    if one.table == INDEX:
        query, values["most"] = _INDEX, MOST_OF_A_KEY
    rows = _connection(one.scratch).sql(query, params=values)
    reader = rows.to_arrow_reader(_BATCH)
    target = Path(one.target)
    draft = target.with_suffix(".tmp")
    writer = TableWriter(draft, reader.schema)
    for batch in _newest(reader) if one.table == RECORDS else reader:
        writer.write(batch)
    writer.close()
    put_in_place(draft, target)
    return one.target


@cache
def _connection(scratch: str) -> duckdb.DuckDBPyConnection:
    """Return the connection of this process; DuckDB puts into ``scratch`` what memory cannot hold.

    One thread, since there are several processes.
    """
    return connect({"memory_limit": _MEMORY, "temp_directory": scratch, "threads": 1})


def _newest(batches: pa.RecordBatchReader) -> Iterator[pa.RecordBatch]:
    """Yield the rows, only the first of those with the same DOI: the one that changed last."""
    import pyarrow as pa

    last = None
    for batch in batches:
        if not batch.num_rows:
            continue
        dois = batch.column("doi").to_pylist()
        is_first = [one != other for one, other in itertools.pairwise([last, *dois])]
        last = dois[-1]
        yield batch if all(is_first) else batch.filter(pa.array(is_first))
