"""Keep answers on this machine, in one SQLite file that several runs can share.

No run needs the file: if it cannot be used, the run warns and goes on without it. An outage is
never kept.
"""

from __future__ import annotations

import json
import os
import sqlite3
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from compcite.model.doi import DOI
from compcite.registries.records.answers import Record, RecordForm

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from compcite.model.work import NotFound

__all__ = ["Cache", "CacheInfo"]

_VERSION = 2
_BUSY_SECONDS = 5.0
_DAY = 86_400.0
_AT_ONCE = 500
_TABLES = {
    "answers": (
        "doi TEXT PRIMARY KEY, agency TEXT NOT NULL, form TEXT NOT NULL, target TEXT,"
        " resolvable INTEGER NOT NULL, record TEXT NOT NULL, asked REAL NOT NULL"
    ),
    "absent": "doi TEXT PRIMARY KEY, asked REAL NOT NULL",
    "questions": "question TEXT PRIMARY KEY, answer TEXT NOT NULL, asked REAL NOT NULL",
}


@dataclass(frozen=True, slots=True)
class CacheInfo:
    """What the file holds: how many records, "not found", aliases and answers to other questions.

    ``size`` is in bytes. ``oldest`` and ``newest`` are the times at which somebody was asked, in
    seconds since 1970; None if the file is empty.
    """

    path: Path | None
    size: int
    found: int
    not_found: int
    aliases: int
    questions: int
    oldest: float | None
    newest: float | None


class Cache:
    """The answers of earlier runs and of this one.

    ``warnings`` are sentences that say what is wrong with the file. If ``usable`` is false, the
    answers are kept in memory only.
    """

    def __init__(
        self,
        path: Path | None,
        found_days: float = 30,
        not_found_days: float = 1,
        now: Callable[[], float] = time.time,
    ) -> None:
        """Open or make the file; without a path the answers live in memory.

        A record counts for ``found_days``, "not found" for ``not_found_days``.
        """
        self.path = path
        self.warnings: list[str] = []
        self.usable = True
        self._found_age = found_days * _DAY
        self._not_found_age = not_found_days * _DAY
        self._now = now
        self._closed = False
        self._connection = self._opened()

    def records(self, dois: Iterable[DOI], *, of_any_age: bool = False) -> dict[DOI, Record]:
        """Return the kept records of some DOIs; an alias has the record of the DOI it stands for.

        A damaged record is left out, and so is one that is too old, unless ``of_any_age`` is true.
        """
        since = None if of_any_age else self._found_age
        found: dict[DOI, Record] = {}
        for row in self._rows(
            "SELECT doi, agency, form, target, resolvable, record, asked FROM answers WHERE doi IN",
            dois,
        ):
            record = _record(row) if self._fresh(row[6], since) else None
            if record:
                found[record.doi] = record
        return found

    def absent(self, dois: Iterable[DOI]) -> set[DOI]:
        """Return those DOIs of which the cache knows that they are not registered.

        Such an answer counts for a short time only, even offline.
        """
        rows = self._rows("SELECT doi, asked FROM absent WHERE doi IN", dois)
        return {DOI(doi) for doi, asked in rows if self._fresh(asked, self._not_found_age)}

    def keep(self, answers: Iterable[Record | NotFound]) -> None:
        """Keep answers; each replaces what was known of its DOI.

        A record that is nested too deeply for JSON is left out.
        """
        found, absent = [], []
        for answer in answers:
            if not isinstance(answer, Record):
                absent.append((str(answer.doi), self._now()))
            elif (body := _dumped(answer.body)) is not None:
                found.append(_row(answer, body, self._now()))
        self._write(
            ("INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?, ?, ?, ?)", found),
            ("DELETE FROM absent WHERE doi = ?", [row[:1] for row in found]),
            ("INSERT OR REPLACE INTO absent VALUES (?, ?)", absent),
            ("DELETE FROM answers WHERE doi = ?", [row[:1] for row in absent]),
        )

    def recall(self, questions: Sequence[str], *, of_any_age: bool = False) -> dict[str, object]:
        """Return the kept answers to questions that are not about one DOI, by question.

        An answer that is too old is left out, unless ``of_any_age`` is true. An empty answer gets
        too old as fast as "not found".
        """
        found = {}
        for question, answer, asked in self._rows(
            "SELECT question, answer, asked FROM questions WHERE question IN", questions
        ):
            value = _loaded(answer)
            age = None if of_any_age else self._found_age if value else self._not_found_age
            if value is not None and self._fresh(asked, age):
                found[question] = value
        return found

    def remember(self, answers: dict[str, object]) -> None:
        """Keep answers to questions that are not about one DOI, by question.

        An answer that is nested too deeply for JSON is left out.
        """
        dumped = ((question, _dumped(answer)) for question, answer in answers.items())
        rows = [(question, body, self._now()) for question, body in dumped if body is not None]
        self._write(("INSERT OR REPLACE INTO questions VALUES (?, ?, ?)", rows))

    def info(self) -> CacheInfo:
        """Return the size of the file, and the numbers and ages of its answers."""
        counts = self._one(
            "SELECT (SELECT count(*) FROM answers WHERE target IS NULL),"
            " (SELECT count(*) FROM absent),"
            " (SELECT count(*) FROM answers WHERE target IS NOT NULL),"
            " (SELECT count(*) FROM questions)"
        )
        oldest, newest = self._one(
            "SELECT min(asked), max(asked) FROM (SELECT asked FROM answers UNION ALL"
            " SELECT asked FROM absent UNION ALL SELECT asked FROM questions)"
            " WHERE typeof(asked) = 'real'"
        )
        size = sum(file.stat().st_size for file in self._files() if file.exists())
        found, not_found, aliases, questions = counts
        return CacheInfo(self.path, size, found, not_found, aliases, questions, oldest, newest)

    def clear(self) -> None:
        """Delete all answers, and make the file small again."""
        self._write(*((f"DELETE FROM {table}", [()]) for table in _TABLES))  # noqa: S608 - our own names
        with suppress(sqlite3.Error):
            self._connection.execute("VACUUM")

    def close(self) -> None:
        """Close the file; answers to keep are ignored from now on."""
        self._closed = True
        self._disconnect()

    def _disconnect(self) -> None:
        """Close the connection; errors do not matter any more."""
        with suppress(sqlite3.Error):
            self._connection.close()

    def _fresh(self, asked: object, age: float | None) -> bool:
        """Return whether an answer is young enough; ``age`` None accepts every age.

        Since clocks differ, an answer may be up to a day in the future.
        """
        if not isinstance(asked, int | float):  # SQLite stores any value in any column
            return False
        return age is None or -_DAY < self._now() - asked < age

    def _opened(self) -> sqlite3.Connection:
        """Return a connection to the file, to a new file if it is damaged, or else to memory."""
        try:
            return self._in_place()
        except (sqlite3.OperationalError, OSError) as error:
            return self._unusable(error)
        except sqlite3.DatabaseError as error:
            self._set_aside(error)
        try:
            return self._in_place()
        except (sqlite3.Error, OSError) as error:
            return self._unusable(error)

    def _in_place(self) -> sqlite3.Connection:
        """Return a connection to the file, which is made if it does not exist."""
        if self.path is None:
            return _prepared(":memory:")
        self.path.parent.mkdir(parents=True, exist_ok=True)
        return _prepared(str(self.path))

    def _unusable(self, error: Exception) -> sqlite3.Connection:
        """Note that the file cannot be used, and return a connection to memory."""
        self.usable = False
        self.warnings.append(f"The cache {self.path} cannot be used ({error}).")
        return _prepared(":memory:")

    def _set_aside(self, error: Exception) -> None:
        """Rename a damaged file, so that a user can look at it or delete it.

        A warning says so. An earlier damaged file is replaced; if the file cannot be renamed, it
        stays.
        """
        if self.path is None:
            return
        aside = self.path.with_name(f"{self.path.name}.damaged")
        try:
            os.replace(self.path, aside)  # noqa: PTH105 - also over an earlier one, on Windows too
        except OSError:
            return  # it stays in the way, which whoever opens it next will say
        for file in self._files()[1:]:
            with suppress(OSError):
                file.unlink()
        self.warnings.append(
            f"The cache was damaged ({error}); it is now {aside}, a new one is begun."
        )

    def _files(self) -> list[Path]:
        """Return the paths of the file and of the two files that SQLite puts beside it."""
        if self.path is None:
            return []
        return [self.path, *(Path(f"{self.path}{end}") for end in ("-wal", "-shm"))]

    def _rows(self, select: str, keys: Iterable[object]) -> Iterator[tuple]:  # type: ignore[type-arg]
        """Yield the rows whose key is in ``keys``, asked for in portions.

        ``select`` is the query up to the list of keys. If the file cannot be read, its rows are
        missing.
        """
        names = [str(key) for key in keys]
        for start in range(0, len(names), _AT_ONCE):
            part = names[start : start + _AT_ONCE]
            marks = ",".join("?" * len(part))
            try:
                yield from self._connection.execute(f"{select} ({marks})", part).fetchall()
            except (sqlite3.Error, ValueError) as error:
                self._failed(error)

    def _one(self, select: str) -> tuple:  # type: ignore[type-arg]
        """Return the single row of a query, from a new file if this one fails."""
        try:
            return self._connection.execute(select).fetchone()  # type: ignore[no-any-return]
        except sqlite3.Error as error:
            self._failed(error)
            return self._connection.execute(select).fetchone()  # type: ignore[no-any-return]

    def _write(self, *changes: tuple[str, Sequence[Sequence[object]]]) -> None:
        """Make all changes, or none of them; a fault of the file is no error for the caller.

        Nothing is written after the cache was closed.
        """
        if self._closed:
            return
        try:
            with self._connection:
                self._connection.execute("BEGIN IMMEDIATE")
                for statement, rows in changes:
                    self._connection.executemany(statement, rows)
        except (sqlite3.Error, ValueError) as error:
            self._failed(error)

    def _failed(self, error: sqlite3.Error | ValueError) -> None:
        """Go on in memory without the file, or with a new file if this one is damaged."""
        self._disconnect()
        if isinstance(error, sqlite3.OperationalError | ValueError):
            self._connection = self._unusable(error)
            return
        self._set_aside(error)
        self._connection = self._opened()


def _prepared(name: str) -> sqlite3.Connection:
    """Return a connection with the tables of this version; tables of other versions are dropped.

    Raise sqlite3.Error if the file is no database or stays busy.
    """
    connection = sqlite3.connect(
        name, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False
    )
    try:
        _patiently(lambda: connection.execute("PRAGMA journal_mode=WAL"))
        connection.execute("PRAGMA synchronous=NORMAL")
        if _version(connection) != _VERSION:
            connection.execute("BEGIN IMMEDIATE")
            if _version(connection) != _VERSION:  # unless another run was faster
                for table, columns in _TABLES.items():
                    connection.execute(f"DROP TABLE IF EXISTS {table}")
                    connection.execute(f"CREATE TABLE {table} ({columns}) WITHOUT ROWID")
                connection.execute(f"PRAGMA user_version={_VERSION}")
            connection.execute("COMMIT")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _version(connection: sqlite3.Connection) -> object:
    """Return the version of the tables in a file; 0 for a new file."""
    return connection.execute("PRAGMA user_version").fetchone()[0]


def _patiently(change: Callable[[], object]) -> None:
    """Call ``change``, again and again for five seconds if another run holds the file.

    SQLite itself does not wait here.
    """
    until = time.monotonic() + _BUSY_SECONDS
    while True:
        try:
            change()
        except sqlite3.OperationalError:
            if time.monotonic() > until:
                raise
            time.sleep(_BUSY_SECONDS / 100)
        else:
            return


def _row(record: Record, body: str, asked: float) -> tuple[object, ...]:
    """Return a record as a row of the table ``answers``."""
    target = str(record.target) if record.target else None
    return (
        str(record.doi),
        record.agency,
        str(record.form),
        target,
        record.resolvable,
        body,
        asked,
    )


def _record(row: tuple) -> Record | None:  # type: ignore[type-arg]
    """Return the record in a row, or None if the row is damaged."""
    doi, agency, form, target, resolvable, body, _ = row
    loaded = _loaded(body)
    if form not in set(RecordForm) or not isinstance(loaded, dict):
        return None
    return Record(
        DOI(doi),
        agency,
        RecordForm(form),
        loaded,
        DOI(target) if target else None,
        bool(resolvable),
    )


def _dumped(value: object) -> str | None:
    """Return a value as JSON in ASCII, or None if it is nested too deeply."""
    try:
        return json.dumps(value, separators=(",", ":"))
    except (ValueError, RecursionError):
        return None


def _loaded(value: object) -> object:
    """Return the value of a JSON text, or None if it is damaged."""
    try:
        return json.loads(str(value))
    except (ValueError, RecursionError):
        return None
