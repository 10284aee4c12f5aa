"""The folder of a snapshot: which files there are, what they hold, and the manifest about them.

::

    snapshot.json                 the manifest: version, counts, dates; written last
    1/records/00.parquet …        a row for each DOI, by a hash of the DOI
    1/index/00.parquet …          a row for each key of each DOI, by the key
    building/                     what an unfinished build has done

A new build writes a new folder (``2``), then the manifest that names it, and then deletes the old
one. So at every moment there is one complete snapshot.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import asdict, dataclass, field
from hashlib import md5
from typing import TYPE_CHECKING, Any

from compcite.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = [
    "INDEX",
    "MANIFEST",
    "MOST_OF_A_KEY",
    "PARTITIONS",
    "RECORDS",
    "Agency",
    "Dump",
    "Manifest",
    "is_generation",
    "partition_of",
    "partition_of_key",
    "table_file",
]

MANIFEST = "snapshot.json"
RECORDS = "records"
INDEX = "index"
PARTITIONS = 64
"""How many files each table has.

A run about 1,000 DOIs opens all of them, at 3 ms each; a file of Crossref's 180 million records has
2.8 million rows, which DuckDB sorts in half a gigabyte with a little help of the disk.
"""
MOST_OF_A_KEY = 200
"""How many records may have a key; one that more have ("editorial board") finds nothing."""

_VERSION = 1
_TABLE_FILE = re.compile(r"[0-9]{2}\.(parquet|tmp)")


@dataclass(frozen=True, slots=True)
class Agency:
    """What a snapshot has of an agency: the number of records, and the day of the newest change."""

    records: int
    newest: str = ""


@dataclass(frozen=True, slots=True)
class Dump:
    """A dump that a snapshot was built from, and the day on which it was read."""

    name: str
    bytes: int
    records: int
    read: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What stands in ``snapshot.json``; ``generation`` is the number of the folder that counts.

    ``skipped`` are sentences about members of dumps that could not be read: the works in them may
    be missing. ``keys`` is the number of rows of the index.
    """

    generation: int
    agencies: Mapping[str, Agency] = field(default_factory=dict)
    keys: int = 0
    dumps: tuple[Dump, ...] = ()
    skipped: tuple[str, ...] = ()

    def encode(self) -> bytes:
        """Return the manifest as JSON."""
        return json.dumps({"version": _VERSION, **asdict(self)}, indent=1).encode() + b"\n"

    @classmethod
    def decode(cls, data: str, place: str) -> Manifest:
        """Return the manifest in a text; ``place`` names its snapshot in a message.

        Raise SourceError if it is damaged or of another version.
        """
        try:
            said: dict[str, Any] = json.loads(data)
            version = said.pop("version")
            if version != _VERSION:
                raise SourceError(
                    f"{place}: a snapshot of version {version}, which this compcite cannot read; "
                    "build it anew in another folder, or use the compcite that built it"
                )
            manifest = cls(
                generation=int(said["generation"]),
                agencies={name: Agency(**one) for name, one in said["agencies"].items()},
                keys=int(said["keys"]),
                dumps=tuple(Dump(**one) for one in said["dumps"]),
                skipped=tuple(map(str, said["skipped"])),
            )
            manifest.check_days()
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            raise SourceError(f"{place}: {MANIFEST} is damaged; build the snapshot anew") from None
        return manifest

    def check_days(self) -> None:
        """Raise ValueError if a day is none, or no dump says when it was read."""
        newest = [agency.newest for agency in self.agencies.values() if agency.newest]
        for day in (*newest, *(dump.read for dump in self.dumps)):
            dt.date.fromisoformat(day)
        if not self.dumps:
            raise ValueError("no dumps")


def partition_of(doi: str) -> int:
    """Return the number of the file with a DOI: the first six bits of its MD5.

    DuckDB and Spark have the same hash: ``('0x' || left(md5(doi), 2))::INT // 4``.
    """
    return md5(doi.encode(), usedforsecurity=False).digest()[0] >> 2


def partition_of_key(key: int) -> int:
    """Return the number of the file with a key: its first six bits."""
    return key >> 58


def is_generation(folder: Path) -> bool:
    """Return whether a folder was written by a build: it has its name, and holds only tables.

    A folder of somebody else, such as ``2026`` with the dumps of a year, is none. It must stay.
    """
    if not folder.name.isdecimal() or not folder.is_dir() or folder.is_symlink():
        return False
    tables = list(folder.iterdir())
    return all(table.name in (RECORDS, INDEX) and table.is_dir() for table in tables) and all(
        _TABLE_FILE.fullmatch(file.name) for table in tables for file in table.iterdir()
    )


def table_file(folder: str, generation: int, table: str, partition: int) -> str:
    """Return the path or address of a file; ``folder`` may be a URL."""
    return f"{folder.rstrip('/')}/{generation}/{table}/{partition:02d}.parquet"
