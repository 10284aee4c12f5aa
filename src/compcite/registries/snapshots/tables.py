"""Write the Parquet files of runs and snapshots, with Arrow.

Arrow writes what DuckDB reads, since DuckDB's own writer has no limit for the size of a page: with
pages of 8 kB a look-up unpacks six records, with those of DuckDB two thousand.
"""

from __future__ import annotations

import contextlib
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from compcite.files.atomic import put_in_place

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import pyarrow as pa

__all__ = ["INDEX_COLUMNS", "RUN_COLUMNS", "TableWriter", "is_whole", "run_file", "write_run"]

RUN_COLUMNS = {
    "part": "uint8",
    "doi": "string",
    "agency": "string",
    "changed": "int64",
    "order": "int64",
    "record": "string",
}
"""The columns of a run's records. Of two rows with a DOI the one that changed last counts.

If both changed at once, the one with the higher ``order`` counts, which was read later.
"""
INDEX_COLUMNS = {"part": "uint8", "key": "uint64", "doi": "string"}
"""The columns of a run's keys."""

_ROW_GROUP = 8192
_PAGE = 8192  # bytes before they are packed
_PAGE_ROWS = 8  # after so many rows it is looked whether a page is full
_BLOOM = {"ndv": _ROW_GROUP, "fpp": 0.01}
_PACKED_WELL = 6  # of zstd; 9 takes three times as long for 2 % less


def run_file(folder: Path, table: str, number: int) -> Path:
    """Return the path of a table of a run."""
    return folder / f"{number:06d}.{table}.parquet"


def write_run(path: Path, columns: dict[str, str], rows: Sequence[tuple[Any, ...]]) -> None:
    """Write sorted rows, whose first column is the partition; each partition is a row group."""
    import pyarrow.parquet as pq

    schema = _schema(columns)
    options = {
        "compression": "zstd",
        "use_dictionary": ["agency"] if "agency" in columns else False,
        "write_statistics": ["part"],
    }
    with _whole(path) as draft, pq.ParquetWriter(draft, schema, **options) as writer:
        for _, part in groupby(rows, key=itemgetter(0)):
            values = dict(zip(columns, zip(*part, strict=True), strict=True))
            writer.write_table(_table(values, schema), row_group_size=1 << 30)


class TableWriter:
    """Writes a table of a snapshot, sorted by its first column, which gets a Bloom filter.

    The caller sorts the rows; ``rows`` is their number so far.
    """

    def __init__(self, draft: Path, schema: pa.Schema) -> None:
        """Begin the file."""
        import pyarrow.parquet as pq

        self._writer = pq.ParquetWriter(
            draft,
            schema,
            compression="zstd",
            compression_level=_PACKED_WELL,
            data_page_size=_PAGE,
            write_batch_size=_PAGE_ROWS,
            write_page_index=True,
            use_dictionary=["agency"] if "agency" in schema.names else False,
            bloom_filter_options={schema.names[0]: _BLOOM},
        )
        self._held: list[pa.RecordBatch] = []
        self._rows = 0
        self.rows = 0

    def write(self, batch: pa.RecordBatch) -> None:
        """Add rows; a row group is written as soon as it is full."""
        self.rows += batch.num_rows
        while batch.num_rows:
            room = _ROW_GROUP - self._rows
            self._held.append(batch.slice(0, room))
            self._rows += self._held[-1].num_rows
            batch = batch.slice(room) if batch.num_rows > room else batch.slice(0, 0)
            if self._rows == _ROW_GROUP:
                self._flush()

    def close(self) -> None:
        """Write the last row group, and the end of the file."""
        self._flush()
        self._writer.close()

    def _flush(self) -> None:
        """Write the rows that are held as a row group; nothing without any."""
        import pyarrow as pa

        if self._held:
            table = pa.Table.from_batches(self._held).combine_chunks()
            self._writer.write_table(table, row_group_size=_ROW_GROUP)
            self._held, self._rows = [], 0


@contextlib.contextmanager
def _whole(path: Path) -> Iterator[Path]:
    """Give the path of a draft, which gets its name when it is written whole, safe on disk."""
    draft = path.with_suffix(".tmp")
    yield draft
    put_in_place(draft, path)


def is_whole(path: Path) -> bool:
    """Return whether a table can be opened; one that a power cut has damaged cannot."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        pq.read_metadata(path)
    except (OSError, pa.ArrowException):
        return False
    return True


def _schema(columns: dict[str, str]) -> pa.Schema:
    """Return the schema with these columns."""
    import pyarrow as pa

    return pa.schema([(name, pa.type_for_alias(kind)) for name, kind in columns.items()])


def _table(values: dict[str, tuple[Any, ...]], schema: pa.Schema) -> pa.Table:
    """Return a table of columns."""
    import pyarrow as pa

    return pa.table(
        {name: pa.array(values[name], schema.field(name).type) for name in schema.names},
        schema=schema,
    )
