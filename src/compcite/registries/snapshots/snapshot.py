"""Answer from a snapshot: records by DOI, and works that a description may mean."""

from __future__ import annotations

import datetime as dt
import json
import threading
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from compcite.errors import SourceError
from compcite.model.doi import DOI
from compcite.registries.records.answers import Record, RecordForm
from compcite.registries.records.json_values import objects, text
from compcite.registries.snapshots.engine import connect, exactly
from compcite.registries.snapshots.keys import (
    alias_key,
    description_keys,
    isbn_key,
    notice_key,
)
from compcite.registries.snapshots.layout import (
    INDEX,
    MANIFEST,
    PARTITIONS,
    RECORDS,
    Manifest,
    partition_of,
    partition_of_key,
    table_file,
)
from compcite.text.compare.words import bare_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from compcite.model.search import Description
    from compcite.registries.records.answers import Json

__all__ = ["Snapshot"]

_FOUND = 5  # works that a search returns, as the services do
_MOST_CANDIDATES = 30  # records that are read to choose these works from
_AT_ONCE = 1000  # values in one question

T = TypeVar("T")
V = TypeVar("V", str, int)


class Snapshot:
    """An open snapshot; several threads can ask it."""

    def __init__(self, name: str) -> None:
        """Open the snapshot in a folder, or at a URL that DuckDB can read.

        Raise SourceError if there is none or it cannot be read, UsageError without DuckDB.
        """
        self.name = name.rstrip("/")
        self._connection = connect()
        self._one_at_a_time = threading.Lock()
        self.manifest = self._manifest()

    def close(self) -> None:
        """Close the connection; nothing can be asked any more."""
        self._connection.close()

    @property
    def newest(self) -> dt.date:
        """The day up to which all its agencies are known; younger works may be missing.

        If the records do not say when they changed, it is the day on which they were read.
        """
        days = [agency.newest for agency in self.manifest.agencies.values() if agency.newest]
        return dt.date.fromisoformat(min(days) if days else self.manifest.dumps[-1].read)

    @property
    def size(self) -> int:
        """The bytes of its files; 0 for a snapshot at a URL."""
        files = Path(self.name, str(self.manifest.generation)).rglob("*.parquet")
        return sum(file.stat().st_size for file in files)

    def holds(self, agency: str) -> bool:
        """Return whether it has records of an agency."""
        return agency in self.manifest.agencies

    def record_files(self) -> list[str]:
        """Return the patterns for the Parquet files with the records, in order of partitions.

        A sign such as ``*`` in a path is escaped, as DuckDB and Spark want it.
        """
        return [self._file(RECORDS, number) for number in range(PARTITIONS)]

    def records(self, dois: Iterable[DOI]) -> dict[DOI, Record]:
        """Return the records of those DOIs that it has; an alias has the record of its work."""
        wanted = list(dict.fromkeys(dois))
        found = self._own_records(wanted)
        lacking = {alias_key(doi): doi for doi in wanted if doi not in found}
        if not lacking or not self.holds("Crossref"):
            return found
        targets = {lacking[key]: DOI(doi) for key, doi in self._with_keys(lacking)}
        works = self._own_records(targets.values())
        for alias, target in targets.items():
            if target in works:
                record = works[target]
                found[alias] = Record(alias, record.agency, record.form, record.body, target)
        return found

    def search(self, wanted: Iterable[Description], agency: str) -> dict[Description, list[Json]]:
        """Return at most five records of an agency for each description, the most alike first."""
        keys = {one: description_keys(one) for one in wanted}
        dois_of: dict[int, list[str]] = {}
        for key, doi in self._with_keys({key for several in keys.values() for key in several}):
            dois_of.setdefault(key, []).append(doi)
        candidates: dict[Description, list[DOI]] = {}
        for one, several in keys.items():
            shared = Counter(doi for key in several for doi in dois_of.get(key, ()))
            ranked = sorted((-times, doi) for doi, times in shared.items())
            candidates[one] = [DOI(doi) for _, doi in ranked[:_MOST_CANDIDATES]]
        records = self._own_records(doi for dois in candidates.values() for doi in dois)
        return {
            one: _most_alike(
                one,
                [records[d].body for d in dois if d in records and records[d].agency == agency],
            )
            for one, dois in candidates.items()
        }

    def notices(self, dois: Iterable[DOI]) -> dict[DOI, list[Json]]:
        """Return the records of the notices about works; works without a notice are left out."""
        return self._by_key({notice_key(doi): doi for doi in dois})

    def books(self, isbn: str) -> list[Json]:
        """Return the records with an ISBN, which is given without hyphens."""
        return self._by_key({isbn_key(isbn): isbn}).get(isbn, [])

    def _by_key(self, keys: Mapping[int, T]) -> dict[T, list[Json]]:
        """Return the records with each key, by what the key stands for."""
        rows = [(keys[key], DOI(doi)) for key, doi in self._with_keys(keys)]
        records = self._own_records(doi for _, doi in rows)
        found: dict[T, list[Json]] = {}
        for meant, doi in rows:
            if doi in records:
                found.setdefault(meant, []).append(records[doi].body)
        return found

    def _own_records(self, dois: Iterable[DOI]) -> dict[DOI, Record]:
        """Return the records of DOIs, without aliases."""
        parts: dict[int, list[str]] = {}
        for doi in dict.fromkeys(dois):
            parts.setdefault(partition_of(doi.value), []).append(doi.value)
        found = {}
        for doi, agency, body in self._rows(RECORDS, "doi, agency, record", "doi", parts):
            found[DOI(doi)] = Record(DOI(doi), agency, RecordForm.OWN, json.loads(body))
        return found

    def _with_keys(self, keys: Iterable[int]) -> Iterator[tuple[int, str]]:
        """Yield each key with the DOI of a record that has it."""
        parts: dict[int, list[int]] = {}
        for key in keys:
            parts.setdefault(partition_of_key(key), []).append(key)
        yield from self._rows(INDEX, "key, doi", "key", parts)

    def _rows(
        self, table: str, columns: str, by: str, wanted: Mapping[int, Sequence[V]]
    ) -> Iterator[tuple]:  # type: ignore[type-arg]
        """Yield the rows of a table whose column ``by`` has one of the ``wanted`` values.

        ``wanted`` has the values by the number of the partition that would hold them. Each
        partition, which is a file, is asked for its own values only, since DuckDB then skips nearly
        all pages. A value without a row is passed over.
        """
        for number, values in sorted(wanted.items()):
            for start in range(0, len(values), _AT_ONCE):
                part: Sequence[V] = values[start : start + _AT_ONCE]
                marks = ",".join("?" * len(part))
                query = f"SELECT {columns} FROM read_parquet(?) WHERE {by} IN ({marks})"  # noqa: S608 - our own names
                yield from self._ask(query, [self._file(table, number), *part])

    def _ask(self, query: str, values: list[object]) -> list[tuple]:  # type: ignore[type-arg]
        """Return the rows of a question. Raise SourceError if the files cannot be read."""
        import duckdb

        try:
            with self._one_at_a_time:
                return self._connection.execute(query, values).fetchall()
        except duckdb.Error as error:
            raise SourceError(
                f"{self.name}: the snapshot cannot be read ({_first_line(error)}); "
                "run compcite again if it was built anew meanwhile, else build it in another folder"
            ) from None

    def _file(self, table: str, number: int) -> str:
        """Return the path of a file of this snapshot."""
        return exactly(table_file(self.name, self.manifest.generation, table, number))

    def _manifest(self) -> Manifest:
        """Return the manifest. Raise SourceError if it cannot be read."""
        import duckdb

        place = exactly(f"{self.name}/{MANIFEST}")
        try:
            rows = self._connection.execute("SELECT content FROM read_text(?)", [place]).fetchall()
            reason = "there is no " + MANIFEST
        except duckdb.Error as error:
            rows, reason = [], _first_line(error)
        if not rows:
            raise SourceError(
                f"{self.name}: no snapshot of compcite can be read here ({reason}); "
                "`compcite snapshot build` makes one"
            )
        return Manifest.decode(rows[0][0], self.name)


def _first_line(error: Exception) -> str:
    """Return the first line of what DuckDB says."""
    return str(error).split("\n", 1)[0]


def _most_alike(wanted: Description, records: list[Json]) -> list[Json]:
    """Return the five records whose titles and first authors have most words of a description."""
    words = set(bare_words(wanted.citation).split())

    def unlike(record: Json) -> float:
        own = set(bare_words(_title(record)).split())
        return -len(own & words) / max(len(own), 1) - len(_families(record) & words) / 10

    return sorted(records, key=unlike)[:_FOUND]


def _title(record: Json) -> str:
    """Return the title of a record of either agency."""
    return text(record.get("title")) or " ".join(
        text(one.get("title")) for one in objects(record.get("titles"))
    )


def _families(record: Json) -> set[str]:
    """Return the words of the family names of the first three persons of a record."""
    people = objects(record.get("author")) or objects(record.get("creators"))
    names = (text(one.get("family")) or text(one.get("name")) for one in people[:3])
    return {word for name in names for word in bare_words(name).split()}
