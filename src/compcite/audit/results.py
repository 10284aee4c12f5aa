"""The results of an audit on disk: parts while it runs, one file when it is finished.

Beside ``results.parquet`` stands the folder ``results.parquet.unfinished`` as long as the audit
runs. In it is a part for each finished batch, under a name that says by which settings and from
which lists it was made. An audit that was stopped, even by ``kill -9``, finds these parts again:
what is there is not judged again. The parts make the result only when all are there.
"""

from __future__ import annotations

import os
import re
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

from compcite.audit.tables import SCHEMA
from compcite.errors import SourceError, UsageError
from compcite.files.atomic import put_in_place
from compcite.files.folder_lock import alone_in
from compcite.files.streams import is_stream
from compcite.reporters.json import encode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from compcite.audit.batches import Batch

__all__ = ["Parts", "known_output", "open_parts"]

_ROWS = 100_000  # of a row group: enough for statistics to be worth it, and few megabytes
_DIGITS = 32  # of a batch's digest in the name of its part: 128 bits
_OWN_FILE = re.compile(rf"[0-9]{{7,}}-[0-9a-f]{{{_DIGITS}}}\.(parquet|tmp)|output\.\w+")


class Parts:
    """The parts of an audit that are finished, in a folder beside its output."""

    def __init__(self, output: Path, folder: Path) -> None:
        """The parts in this folder."""
        self._output = output
        self._folder = folder
        self._paths: list[Path] = []

    def has(self, batch: Batch) -> bool:
        """Whether the rows of this batch have been written, in this run or in one before."""
        return self._path(batch).exists()

    def add(self, batch: Batch) -> None:
        """Note the part of a batch as the next one of the result; it may be written later."""
        self._paths.append(self._path(batch))

    def write(self, batch: Batch, table: pa.Table) -> None:
        """Write the rows of a batch, whole or not at all."""
        path = self._path(batch)
        draft = path.with_suffix(".tmp")
        with _naming_errors(path), draft.open("wb") as file:
            pa.parquet.write_table(table, file, compression="zstd")
        put_in_place(draft, path)

    def finish(self, look: Callable[[pa.Table], None]) -> int:
        """Make the output of all parts, in order, and remove them; the number of its rows.

        ``look`` gets the rows of each part.
        """
        draft = self._folder / f"output{self._output.suffix}"
        count = 0
        write = _WRITERS[self._output.suffix.lower()]

        def tables() -> Iterator[pa.Table]:
            nonlocal count
            for path in self._paths:
                table = _read_part(path)
                count += table.num_rows
                look(table)
                yield table

        with _naming_errors(self._output), draft.open("wb") as file:
            write(tables(), file)
        put_in_place(draft, self._output)
        self._remove_own_files()
        return count

    def _remove_own_files(self) -> None:
        """Remove the parts, also those by other settings. A file of somebody else stays."""
        for path in self._folder.iterdir():
            if _OWN_FILE.fullmatch(path.name):
                with suppress(OSError):  # the result is there, which is what counts
                    path.unlink()

    def _path(self, batch: Batch) -> Path:
        """The file for the part of a batch."""
        return self._folder / f"{batch.number:07}-{batch.digest[:_DIGITS]}.parquet"


@contextmanager
def open_parts(output: Path) -> Iterator[Parts]:
    """The parts for an output; no other audit writes them meanwhile.

    Raises SourceError where another audit is writing this output, or the folder cannot be made.
    """
    target = Path(os.path.realpath(output))
    folder = target.with_name(f"{target.name}.unfinished")
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise SourceError(f"{folder}: cannot be made: {error.strerror or error}") from None
    with alone_in([folder]):
        try:
            yield Parts(output, folder)
        finally:
            with suppress(OSError):  # it stays where it has parts
                folder.rmdir()


def _read_part(path: Path) -> pa.Table:
    """The rows of a part; raises SourceError for a damaged one, and removes it."""
    try:
        return pa.parquet.read_table(path, schema=SCHEMA)
    except pa.ArrowInvalid:
        path.unlink()
        raise SourceError(
            f"{path}: was damaged, and is removed; give the same command again, which judges these "
            "lists again"
        ) from None


def known_output(name: str) -> Path:
    """The path of an output.

    Raises UsageError where its ending names no format of results, and for a pipe or a device: the
    rows are put in place of a file that was there.
    """
    path = Path(name)
    if path.suffix.lower() not in _WRITERS:
        known = ", ".join(_WRITERS)
        raise UsageError(f"--output {name}: results are written as {known}; name such a file")
    if is_stream(path, Path(os.path.realpath(path))) and not path.is_dir():
        raise UsageError(f"--output {name}: this is a pipe or a device; name a file")
    return path


def _write_parquet(tables: Iterable[pa.Table], file: IO[bytes]) -> None:
    """Write the tables as Parquet, in row groups of a good size."""
    with pa.parquet.ParquetWriter(file, SCHEMA, compression="zstd") as writer:
        for table in _in_groups(tables):
            writer.write_table(table, row_group_size=_ROWS)


def _in_groups(tables: Iterable[pa.Table]) -> Iterator[pa.Table]:
    """The tables joined until each has the rows of a row group."""
    some: list[pa.Table] = []
    for table in tables:
        some.append(table)
        if sum(one.num_rows for one in some) >= _ROWS:
            yield pa.concat_tables(some)
            some = []
    if some:
        yield pa.concat_tables(some)


def _write_csv(tables: Iterable[pa.Table], file: IO[bytes]) -> None:
    """Write the tables as CSV with a line of column names; what is not known is empty."""
    with pa.csv.CSVWriter(file, SCHEMA) as writer:
        for table in tables:
            writer.write_table(table)


def _write_json_lines(tables: Iterable[pa.Table], file: IO[bytes]) -> None:
    """Write the tables as JSON Lines: one object a row, with all columns."""
    for table in tables:
        file.writelines(encode(row).encode() for row in table.to_pylist())


_WRITERS = {".parquet": _write_parquet, ".csv": _write_csv, ".jsonl": _write_json_lines}


@contextmanager
def _naming_errors(path: Path) -> Iterator[None]:
    """Turn an OSError into a SourceError that names the file, and says that nothing is lost."""
    try:
        yield
    except OSError as error:
        raise SourceError(
            f"{path}: cannot be written: {error.strerror or error}; what is finished is kept, and "
            "the same command goes on from there"
        ) from None
