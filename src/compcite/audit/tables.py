"""Rows as Arrow: the typed columns that go between processes and into files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from compcite.audit.rows import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compcite.audit.rows import Row

__all__ = ["SCHEMA", "table_of"]

_TYPES = {"string": pa.string(), "int": pa.int32(), "bool": pa.bool_()}

SCHEMA = pa.schema([(column.name, _TYPES[column.type]) for column in COLUMNS])
"""The columns with their types in Arrow."""


def table_of(rows: Sequence[Row]) -> pa.Table:
    """The rows as a table, in their order."""
    columns = zip(*rows, strict=True) if rows else ((),) * len(COLUMNS)
    arrays = [pa.array(values, field.type) for values, field in zip(columns, SCHEMA, strict=True)]
    return pa.Table.from_arrays(arrays, schema=SCHEMA)
