"""DuckDB, which reads snapshots; it comes with the extra ``compcite[bulk]``."""

from __future__ import annotations

import re
from importlib.util import find_spec
from typing import TYPE_CHECKING

from compcite.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    import duckdb

__all__ = ["connect", "exactly", "require_engine"]


def require_engine() -> None:
    """Raise UsageError if the packages that read and write snapshots are not installed."""
    if any(find_spec(package) is None for package in ("duckdb", "pyarrow", "orjson")):
        raise UsageError('a snapshot needs DuckDB and Arrow: pip install "compcite[bulk]"')


def connect(settings: Mapping[str, str | int] | None = None) -> duckdb.DuckDBPyConnection:
    """Return a connection to a database in memory. Raise UsageError if DuckDB is not installed.

    It draws no bars: DuckDB's own would stand in the output of a command.
    """
    require_engine()
    import duckdb

    connection = duckdb.connect(config=dict(settings or {}))
    connection.execute("SET enable_progress_bar = false")
    return connection


def exactly(name: str) -> str:
    """Return the pattern that only this path matches, since DuckDB takes paths as patterns.

    A URL stays as it is.
    """
    return name if "://" in name else re.sub(r"[\[*?]", r"[\g<0>]", name)
