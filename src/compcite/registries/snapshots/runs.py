"""Turn a bundle of records into a run: two sorted Parquet files, which are merged later.

The rows of a run are sorted by partition, and each partition is a row group: so merging reads of
each run only what belongs to the partition at hand.
"""

from __future__ import annotations

import contextlib
import gc
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from compcite.registries.records.json_values import doi_of, object_of, text
from compcite.registries.records.kept import changed_at, kept_of_crossref, kept_of_datacite
from compcite.registries.snapshots.dumps import Fault, records_in
from compcite.registries.snapshots.keys import record_keys
from compcite.registries.snapshots.layout import (
    INDEX,
    RECORDS,
    partition_of,
    partition_of_key,
)
from compcite.registries.snapshots.quick_json import dumps
from compcite.registries.snapshots.tables import INDEX_COLUMNS, RUN_COLUMNS, run_file, write_run

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compcite.registries.records.answers import Json
    from compcite.registries.snapshots.dumps import Bundle

__all__ = ["Run", "make_run"]

_PLACES = 32  # bits for the place of a record in its bundle
_NAMED_FAULTS = 20  # faults of a bundle that are named; the others are counted


@dataclass(frozen=True, slots=True)
class Run:
    """What came of a bundle: its number, the records by agency, and what could not be read.

    ``dump`` is the place of its dump among all. ``odd`` counts the records without a DOI, and those
    of another agency than the wanted one.
    """

    number: int
    dump: int
    records: dict[str, int] = field(default_factory=dict)
    odd: int = 0
    faults: tuple[str, ...] = ()


def make_run(bundle: Bundle, folder: str, only: str | None) -> Run:
    """Read a bundle, write its run into a folder, and return what was in it.

    ``only`` is an agency; the records of others are left out.
    """
    rows = _Rows(bundle.number << _PLACES, only)
    with _without_cycles():
        for portion in bundle.portions:
            for given in records_in(portion):
                if isinstance(given, Fault):
                    rows.note(given.sentence)
                else:
                    rows.add(given)
    rows.records.sort()
    write_run(run_file(Path(folder), RECORDS, bundle.number), RUN_COLUMNS, rows.records)
    write_run(run_file(Path(folder), INDEX, bundle.number), INDEX_COLUMNS, sorted(rows.keys))
    counts = Counter(agency for _, _, agency, *_ in rows.records)
    return Run(bundle.number, bundle.dump, dict(counts), rows.odd, rows.noted)


@dataclass(slots=True)
class _Rows:
    """The rows of a run; ``first`` is the ``order`` of the first record.

    ``only`` is the agency that is wanted, None for all. ``odd`` counts the records that are left
    out. ``faults`` has the first sentences about what cannot be read, ``more_faults`` counts the
    others: a small packed file can hold millions of broken lines.
    """

    first: int
    only: str | None
    records: list[tuple[int, str, str, int, int, str]] = field(default_factory=list)
    keys: set[tuple[int, int, str]] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)
    more_faults: int = 0
    odd: int = 0

    @property
    def noted(self) -> tuple[str, ...]:
        """The first faults, and a sentence about the others."""
        more = self.more_faults
        return (*self.faults, *([f"{more:,} more like these"] if more else ()))

    def note(self, fault: str) -> None:
        """Note a fault, or only count it after many."""
        if len(self.faults) < _NAMED_FAULTS:
            self.faults.append(fault)
        else:
            self.more_faults += 1

    def add(self, given: Json) -> None:
        """Add the row of a record and those of its keys; one that is not wanted is only counted."""
        agency, record = _agency_and_record(given)
        doi = doi_of(text(record.get("DOI")) or text(record.get("doi")))
        if doi is None or (self.only and agency != self.only):
            self.odd += 1
            return
        name = doi.value
        order = self.first | len(self.records)
        kept = kept_of_crossref(record) if agency == "Crossref" else kept_of_datacite(record)
        row = (partition_of(name), name, agency, changed_at(record), order, dumps(kept))
        self.records.append(row)
        self.keys.update((partition_of_key(key), key, name) for key in record_keys(agency, kept))


@contextlib.contextmanager
def _without_cycles() -> Iterator[None]:
    """Look for no cycles of objects meanwhile.

    Records of JSON have none, and to look for them takes a third of the time of reading.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _agency_and_record(given: Json) -> tuple[str, Json]:
    """Return the agency whose form a record has, and the record in the form of its API.

    A record with ``DOI`` in capitals is Crossref's; any other counts as DataCite's.
    """
    if "DOI" in given:
        return "Crossref", given
    attributes = object_of(given.get("attributes"))
    return "DataCite", attributes or given
