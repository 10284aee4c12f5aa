"""Answers kept on this machine, in one SQLite file that several runs may share.

No run needs the file: where it cannot be used, the run warns and goes on without it. An outage is
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
from compcite.registries.records.answers import Form, Record

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
    """What the file holds; times are in seconds since 1970, None where it is empty."""

    path: Path | None
    size: int
    found: int
    not_found: int
    aliases: int
    questions: int
    oldest: float | None
    newest: float | None


class Cache:
    """The answers of earlier runs, and of this one.

    ``warnings`` say in sentences what is wrong with the file; where it is not ``usable`` the
    answers live in memory.
    """

    def __init__(
        self,
        path: Path | None,
        found_days: float = 30,
        not_found_days: float = 1,
        now: Callable[[], float] = time.time,
    ) -> None:
        """Open or make the file; without a path the answers live in memory."""
        self.path = path
        self.warnings: list[str] = []
        self.usable = True
        self._found_age = found_days * _DAY
        self._not_found_age = not_found_days * _DAY
        self._now = now
        self._closed = False
        self._connection = self._opened()

    def records(self, dois: Iterable[DOI], *, of_any_age: bool = False) -> dict[DOI, Record]:
        """The kept records of these DOIs; an alias has the record of the DOI that it stands for."""
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
        """Those of the DOIs that were not registered a short while ago."""
        rows = self._rows("SELECT doi, asked FROM absent WHERE doi IN", dois)
        return {DOI(doi) for doi, asked in rows if self._fresh(asked, self._not_found_age)}

    def keep(self, answers: Iterable[Record | NotFound]) -> None:
        """Keep answers, each in place of what was known of its DOI."""
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
        """The kept answers to other questions; an empty one is kept as long as "not found"."""
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
        """Keep answers to other questions."""
        dumped = ((question, _dumped(answer)) for question, answer in answers.items())
        rows = [(question, body, self._now()) for question, body in dumped if body is not None]
        self._write(("INSERT OR REPLACE INTO questions VALUES (?, ?, ?)", rows))

    def info(self) -> CacheInfo:
        """Size, counts and ages."""
        counts = self._one(
            "SELECT (SELECT count(*) FROM answers WHERE target IS NULL),"
            " (SELECT count(*) FROM absent),"
            " (SELECT count(*) FROM answers WHERE target IS NOT NULL),"
            " (SELECT count(*) FROM questions)"
        )
        oldest, newest = self._one(
            "SELECT min(asked), max(asked) FROM (SELECT asked FROM answers UNION ALL"
            " SELECT asked FROM absent UNION ALL SELECT asked FROM questions)"
        )
        size = sum(file.stat().st_size for file in self._files() if file.exists())
        found, not_found, aliases, questions = counts
        return CacheInfo(self.path, size, found, not_found, aliases, questions, oldest, newest)

    def clear(self) -> None:
        """Forget everything, and give the space back."""
        self._write(*((f"DELETE FROM {table}", [()]) for table in _TABLES))  # noqa: S608 - our own names
        with suppress(sqlite3.Error):
            self._connection.execute("VACUUM")

    def close(self) -> None:
        """Close the file; what is kept after that is lost."""
        self._closed = True
        self._disconnect()

    def _disconnect(self) -> None:
        with suppress(sqlite3.Error):
            self._connection.close()

    def _fresh(self, asked: float, age: float | None) -> bool:
        """Whether an answer is young enough; as clocks differ, it may be of tomorrow."""
        return age is None or -_DAY < self._now() - asked < age

    def _opened(self) -> sqlite3.Connection:
        """A connection to the file, to a new one where it is damaged, else to memory."""
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
        """A connection to the file, which is made where there is none."""
        if self.path is None:
            return _prepared(":memory:")
        self.path.parent.mkdir(parents=True, exist_ok=True)
        return _prepared(str(self.path))

    def _unusable(self, error: Exception) -> sqlite3.Connection:
        """A connection to memory, for a run that does without the file."""
        self.usable = False
        self.warnings.append(f"The cache {self.path} cannot be used ({error}).")
        return _prepared(":memory:")

    def _set_aside(self, error: Exception) -> None:
        """Move a damaged file out of the way, to be looked at or deleted."""
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
        """The file and its companions."""
        if self.path is None:
            return []
        return [self.path, *(Path(f"{self.path}{end}") for end in ("-wal", "-shm"))]

    def _rows(self, select: str, keys: Iterable[object]) -> Iterator[tuple]:  # type: ignore[type-arg]
        """The rows whose key is one of these, asked for in portions."""
        names = [str(key) for key in keys]
        for start in range(0, len(names), _AT_ONCE):
            part = names[start : start + _AT_ONCE]
            marks = ",".join("?" * len(part))
            try:
                yield from self._connection.execute(f"{select} ({marks})", part).fetchall()
            except (sqlite3.Error, ValueError) as error:
                self._failed(error)

    def _one(self, select: str) -> tuple:  # type: ignore[type-arg]
        try:
            return self._connection.execute(select).fetchone()  # type: ignore[no-any-return]
        except sqlite3.Error as error:
            self._failed(error)
            return self._connection.execute(select).fetchone()  # type: ignore[no-any-return]

    def _write(self, *changes: tuple[str, Sequence[Sequence[object]]]) -> None:
        """Make all changes, or none."""
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
        """Go on without the file, or with a new one where it is damaged."""
        self._disconnect()
        if isinstance(error, sqlite3.OperationalError | ValueError):
            self._connection = self._unusable(error)
            return
        self._set_aside(error)
        self._connection = self._opened()


def _prepared(name: str) -> sqlite3.Connection:
    """A connection with the tables of this version; those of another version are dropped."""
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
    return connection.execute("PRAGMA user_version").fetchone()[0]


def _patiently(change: Callable[[], object]) -> None:
    """Call ``change`` again while another run holds the file: here SQLite itself does not wait."""
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
    """The record of a row, or None where it cannot be one."""
    doi, agency, form, target, resolvable, body, _ = row
    loaded = _loaded(body)
    if form not in set(Form) or not isinstance(loaded, dict):
        return None
    return Record(
        DOI(doi), agency, Form(form), loaded, DOI(target) if target else None, bool(resolvable)
    )


def _dumped(value: object) -> str | None:
    """JSON in ASCII, which can hold any string; None where a value is nested too deeply."""
    try:
        return json.dumps(value, separators=(",", ":"))
    except (ValueError, RecursionError):
        return None


def _loaded(value: object) -> object:
    try:
        return json.loads(str(value))
    except (ValueError, RecursionError):
        return None
