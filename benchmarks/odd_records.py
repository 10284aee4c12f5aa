"""Whether a field of the wrong type in a registry's record changes what is said of an entry.

    python -m benchmarks.odd_records FOLDER [--list] [--records N]

The ``crossref*.jsonl`` and ``datacite*.jsonl`` files of a folder hold real records, one a line.
Each is compared with the reference that it makes itself, which is right, and with that of the next
record, which is wrong. Then each of its values, one at a time, is replaced by each of ``ODD``,
and both are compared again. What cannot be read is unknown: every part of the comparison must stay
as it was or become unknown, no new update may appear, and a right reference must have no
difference. Printed are, as soon as they are known, the numbers of records, replacements and
failures after every ``STEP`` records, and with ``--list`` each failure. ``--records`` takes so many
records, as far apart from each other as they can be. It ends with 1 if there is a failure.
"""

from __future__ import annotations

import json
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from compcite.checks.records import compare_records
from compcite.registries.records.crossref_work import work_from_crossref
from compcite.registries.records.datacite_work import work_from_datacite
from compcite.text.compare import Likeness

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from compcite.model.item import Item
    from compcite.model.work import Work

    Reader = Callable[[dict[str, object]], Work]

ODD: tuple[object, ...] = (None, True, 0, -1.5, [], [0], [None], {}, {"x": 1}, "\ud800")
"""Values of every type of JSON that mean nothing, and half of a character."""

STEP = 10
"""Records after which the numbers are printed: a record takes about a second."""

_NOT_COMPARED = frozenset({"DOI", "doi", "id"})  # they tell whose record it is


@dataclass(frozen=True)
class Failure:
    """What was said anew of a reference after one value of a record was replaced."""

    doi: str
    path: tuple[str | int, ...]
    odd: object
    change: str

    def __str__(self) -> str:
        """One line, such as ``10.1000/x author.0.family = 7: authors SAME became DIFFERENT``."""
        place = ".".join(map(str, self.path))
        return f"{self.doi} {place} = {self.odd!r}: {self.change}"


def main() -> int:
    """Replace every value of every record of a folder, and print what changed by it."""
    folder, *options = sys.argv[1:]
    records = list(records_of(Path(folder)))
    if "--records" in options:
        most = int(options[options.index("--records") + 1])
        records = records[:: max(1, len(records) // most)][:most]
    tried = failed = 0
    for place, (record, read) in enumerate(records, start=1):
        other, read_other = records[place % len(records)]
        replaced, failures = try_record(record, read, read_other(other).item)
        tried += replaced
        failed += len(failures)
        if "--list" in options:
            for failure in failures:
                print(failure, flush=True)
        if place % STEP == 0 or place == len(records):
            print(
                f"{place:,} of {len(records):,} records, {tried:,} replacements, "
                f"{failed:,} failures",
                flush=True,
            )
    return int(bool(failed))


def records_of(folder: Path) -> Iterator[tuple[dict[str, object], Reader]]:
    """Yield each record of a folder with the function that reads it."""
    for pattern, read in (
        ("crossref*.jsonl", work_from_crossref),
        ("datacite*.jsonl", work_from_datacite),
    ):
        for file in sorted(folder.glob(pattern)):
            for line in file.open(encoding="utf-8"):
                record = json.loads(line)
                for wrapping in ("message", "data", "attributes"):
                    record = record.get(wrapping, record)
                yield record, read


def try_record(record: dict[str, object], read: Reader, other: Item) -> tuple[int, list[Failure]]:
    """Return how many values of a record were replaced, and what changed by it.

    ``other`` is a reference to another work.
    """
    work = read(record)
    items = [work.item, other]
    before = [compare_records(item, work) for item in items]
    tried, failures = 0, []
    for path in list(paths(record)):
        for odd in ODD:
            if odd in ([], {}) and type(_at(record, path)) is type(odd):
                continue  # that is no wrong type: it says that there is nothing
            tried += 1
            with _replaced(record, path, odd):
                changed = read(record)
            if changed == work:
                continue
            changes = [f"update {one.kind}" for one in changed.updates if one not in work.updates]
            for item, was in zip(items, before, strict=True):
                now = compare_records(item, changed)
                changes += [
                    f"{name} {old.likeness.name} became {new.likeness.name}"
                    for name, old, new in zip(was._fields, was, now, strict=True)
                    if old.agrees + 2 * old.differs != new.agrees + 2 * new.differs
                    and new.likeness is not Likeness.UNKNOWN
                ]
                if now.foreign and not was.foreign:
                    changes.append("it became another work")
            failures += [Failure(str(work.doi), path, odd, change) for change in changes]
    return tried, failures


def paths(value: object, before: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Yield the place of every value in a record, as keys and indexes from the outside in."""
    inner: Iterator[tuple[str | int, object]] = iter(())
    if isinstance(value, dict):
        inner = ((key, one) for key, one in value.items() if key not in _NOT_COMPARED)
    elif isinstance(value, list):
        inner = iter(enumerate(value))
    for key, one in inner:
        yield (*before, key)
        yield from paths(one, (*before, key))


def _at(record: dict[str, object], path: tuple[str | int, ...]) -> object:
    """Return the value at a place of a record."""
    value: object = record
    for key in path:
        value = value[key]  # type: ignore[index]
    return value


@contextmanager
def _replaced(
    record: dict[str, object], path: tuple[str | int, ...], odd: object
) -> Iterator[None]:
    """Put another value at a place of a record for a while; a copy of it would take longer."""
    holder = _at(record, path[:-1])
    whole = holder[path[-1]]  # type: ignore[index]
    holder[path[-1]] = odd  # type: ignore[index]
    yield
    holder[path[-1]] = whole  # type: ignore[index]


if __name__ == "__main__":
    sys.exit(main())
