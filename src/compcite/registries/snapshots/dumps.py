"""Read the data files that the agencies publish, as portions of about the same size.

A dump is a tar (also compressed), a folder, or one file. Its members are ``.json`` (Crossref:
``{"items": […]}``, or an answer of either REST API), or ``.jsonl`` with a record on each line
(DataCite, Crossref since 2024), each also as ``.gz``. Other files, such as tables and notes beside
them, are left alone.

The portions of a dump are always the same, in the same order and with the same numbers: so a build
that was stopped knows by the numbers what it has done.
"""

from __future__ import annotations

import gzip
import io
import tarfile
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, NamedTuple, cast

from compcite.errors import SourceError
from compcite.files.packed import DAMAGES, StrictHeader, unpacked
from compcite.files.regular import open_file
from compcite.registries.records.json_values import object_of
from compcite.registries.snapshots.quick_json import loads

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from compcite.registries.records.answers import Json

__all__ = ["Bundle", "Fault", "Portion", "bundles", "changed_at", "records_in", "size_of"]

_LINES = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz")
_DOCUMENTS = (".json", ".json.gz")
_TARS = (".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tar.xz")
_MEGABYTE = 1 << 20
# Of Crossref's data file a member has 6 MB, packed, and 5,000 records. Three of them are a bundle:
# a process that reads one needs about 150 MB, and a killed build loses the work of some seconds.
_BUNDLE = 16 * _MEGABYTE
_LONGEST_MEMBER = 32 * _MEGABYTE  # of packed lines; a longer member is cut into portions
_LONGEST_DOCUMENT = 200 * _MEGABYTE  # unpacked; as objects of Python it needs some five times that
_LONGEST_LINE = 32 * _MEGABYTE
_LISTS = ("items", "data")  # the names under which the agencies put a list of records


class Fault(NamedTuple):
    """Something in a dump that cannot be read, as a sentence with its place."""

    sentence: str


@dataclass(frozen=True, slots=True)
class Portion:
    """A part of a member, small enough to be read at once.

    ``place`` names the member in messages. ``packed`` is true if ``data`` is gzipped.
    ``first_line`` is the number of its first line, or 0 for a document.
    """

    place: str
    data: bytes
    packed: bool
    first_line: int


@dataclass(frozen=True, slots=True)
class Bundle:
    """The portions that one process reads at once; ``number`` counts them over all dumps.

    ``dump`` is the place of their dump among all, ``done`` how many bytes of all dumps are read
    when it is.
    """

    number: int
    dump: int
    portions: tuple[Portion, ...]
    done: int


class _Piece(NamedTuple):
    """A portion that is not read yet, the bytes of its dump, and those that it needs in memory."""

    size: int
    weight: int
    read: Callable[[], Portion]


def size_of(dump: Path) -> int:
    """Return the bytes of a dump, of a folder only those of the files that are read.

    Raise SourceError if there is no such file or folder, and for a pipe, a socket or a device.
    """
    try:
        if dump.is_dir():
            return sum(path.stat().st_size for path in _files_in(dump))
        with open_file(dump):
            return dump.stat().st_size
    except OSError as error:
        raise SourceError(f"{dump}: cannot be read: {error.strerror or error}") from None


def changed_at(dump: Path) -> int:
    """Return when a dump was changed last, in nanoseconds since 1970; of a folder, its newest file.

    0 for a folder without files that are read. Raise SourceError as :func:`size_of` does.
    """
    try:
        files = list(_files_in(dump)) if dump.is_dir() else [dump]
        return max((path.stat().st_mtime_ns for path in files), default=0)
    except OSError as error:
        raise SourceError(f"{dump}: cannot be read: {error.strerror or error}") from None


def bundles(dumps: Iterable[Path], is_done: Callable[[int], bool]) -> Iterator[Bundle | Fault]:
    """Yield the bundles of all dumps that are not done yet, and what cannot be read of the dumps.

    A dump that holds nothing that can be read is a fault, too: the others may have taken hours.
    """
    number = before = 0
    for place, dump in enumerate(dumps):
        made = _Making(place, before, number)
        empty = True  # nothing was found in it, neither good nor bad
        for piece in _pieces(dump):
            empty = False
            if isinstance(piece, Fault):
                yield piece
                continue
            if not is_done(made.number) and (fault := made.read(piece, dump)):
                yield fault
            if made.add(piece) >= _BUNDLE:
                yield from made.bundle(is_done)
        if empty:
            yield Fault(
                f"{dump}: no data file of Crossref or DataCite; looked for .json and .jsonl, also "
                "packed as .gz"
            )
        if made.weight:
            yield from made.bundle(is_done)
        number, before = made.number, before + size_of(dump)


class _Making:
    """The bundle that is being made of a dump."""

    def __init__(self, dump: int, before: int, number: int) -> None:
        """Begin with a number; ``before`` are the bytes of the dumps before this one."""
        self.number = number
        self.weight = 0
        self._dump = dump
        self._done = before
        self._held: list[Portion] = []

    def read(self, piece: _Piece, dump: Path) -> Fault | None:
        """Read a piece into the bundle; return what is wrong with it, or None."""
        try:
            self._held.append(piece.read())
        except DAMAGES as error:
            return Fault(f"{dump}: is damaged or cut off ({error or 'it ends too early'})")
        return None

    def add(self, piece: _Piece) -> int:
        """Count a piece, and return the weight of the bundle with it."""
        self.weight += piece.weight
        self._done += piece.size
        return self.weight

    def bundle(self, is_done: Callable[[int], bool]) -> Iterator[Bundle]:
        """Yield the bundle unless it is done, and begin the next one."""
        if not is_done(self.number):
            yield Bundle(self.number, self._dump, tuple(self._held), self._done)
        self.number, self.weight, self._held = self.number + 1, 0, []


def records_in(portion: Portion) -> Iterator[Json | Fault]:
    """Yield the records of a portion, and what in it cannot be read."""
    try:
        if portion.first_line:
            yield from _lines(portion)
        else:
            yield from _document(portion)
    except DAMAGES as error:
        yield Fault(f"{portion.place}: is damaged ({error}); what comes behind it is missing")


def _pieces(dump: Path) -> Iterator[_Piece | Fault]:
    """Yield the portions of a dump that are not read yet, in order.

    Each must be read before the next is asked for. For a member that cannot be read there is a
    fault instead.
    """
    if dump.is_dir():
        for path in _files_in(dump):
            try:
                with open_file(path) as file:
                    yield from _of_member(str(path), file, path.stat().st_size)
            except OSError as error:
                yield Fault(f"{path}: cannot be read: {error.strerror or error}")
    elif dump.name.lower().endswith(_TARS):
        yield from _of_tar(dump)
    else:
        with open_file(dump) as file:
            yield from _of_member(str(dump), file, dump.stat().st_size)


def _files_in(folder: Path) -> list[Path]:
    """Return the files in a folder and below that are read, in the order of their names."""
    return sorted(path for path in folder.rglob("*") if path.is_file() and _is_read(path.name))


def _is_read(name: str) -> bool:
    """Return whether a member of this name holds records."""
    base = name.rpartition("/")[2].lower()
    return base.endswith((*_LINES, *_DOCUMENTS)) and not base.startswith(".")


def _of_tar(dump: Path) -> Iterator[_Piece | Fault]:
    """Yield the pieces of a tar. One that ends too early is a fault behind its last member."""
    member = ""
    plain = dump.name.lower().endswith(".tar")
    try:
        with open_file(dump) as packed, _opened_tar(packed, plain=plain) as tar:
            for info in tar:
                member = info.name
                if not info.isfile() or not _is_read(info.name):
                    continue
                if plain and info.offset_data + info.size > dump.stat().st_size:
                    raise EOFError
                file = tar.extractfile(info)
                if file is not None:
                    yield from _of_member(f"{dump}: {info.name}", file, info.size)
    except DAMAGES:
        where = f"in {member}" if member else "at its beginning"
        yield Fault(f"{dump}: the tar is damaged or cut off {where}; get it again")


def _opened_tar(file: IO[bytes], *, plain: bool) -> tarfile.TarFile:
    """Return an open tar. A packed one can only be read from its beginning to its end."""
    if plain:
        return tarfile.open(fileobj=file, mode="r:", tarinfo=StrictHeader)
    content = cast("IO[bytes]", unpacked(file))  # of a file only its ``read`` is called
    return tarfile.open(fileobj=content, mode="r|", tarinfo=StrictHeader)


def _of_member(place: str, file: IO[bytes], size: int) -> Iterator[_Piece | Fault]:
    """Yield the pieces of a member: one, or several of a long one with a record on each line.

    A document that is too large is a fault.
    """
    name = place.lower()
    packed = name.endswith(".gz")
    if name.endswith(_DOCUMENTS) or size <= _LONGEST_MEMBER:
        if size > _LONGEST_DOCUMENT:
            yield Fault(f"{place}: is too large to be read as one document; make it JSON Lines")
            return
        first_line = int(name.endswith(_LINES))
        yield _Piece(size, size, lambda: Portion(place, _read(file, size), packed, first_line))
        return
    yield from _of_long_member(place, file, packed=packed)


def _read(file: IO[bytes], size: int) -> bytes:
    """Return the content of a member. Raise EOFError if it is shorter than its tar says."""
    data = file.read()
    if len(data) < size:
        raise EOFError
    return data


def _of_long_member(place: str, file: IO[bytes], *, packed: bool) -> Iterator[_Piece | Fault]:
    """Yield the pieces of a long member with a record on each line, unpacked."""
    lines = gzip.GzipFile(fileobj=file) if packed else file
    number, rest, before = 1, b"", file.tell()
    try:
        while data := lines.read(_BUNDLE):
            whole, newline, tail = data.rpartition(b"\n")
            if not newline and len(rest) + len(data) > _LONGEST_LINE:
                yield Fault(f"{place}: line {number} is too long; the rest is missing")
                return
            if newline:
                read, before = file.tell() - before, file.tell()
                yield _cut(place, rest + whole + newline, number, read)
                number += whole.count(b"\n") + 1
            rest = tail if newline else rest + data
    except DAMAGES as error:
        yield Fault(f"{place}: is damaged behind line {number} ({error}); the rest is missing")
        return
    if rest:
        yield _cut(place, rest, number, 0)


def _cut(place: str, text: bytes, number: int, size: int) -> _Piece:
    """Return the piece of a long member that begins with this line; it is a bundle of its own."""
    portion = Portion(place, text, packed=False, first_line=number)
    return _Piece(size, _BUNDLE, lambda: portion)


def _lines(portion: Portion) -> Iterator[Json | Fault]:
    """Yield the records of a portion with a record on each line."""
    raw = io.BytesIO(portion.data)
    file = gzip.GzipFile(fileobj=raw) if portion.packed else raw
    number = portion.first_line - 1
    while line := file.readline(_LONGEST_LINE):
        number += 1
        if not line.strip():
            continue
        try:
            yield _without_envelope(object_of(loads(line)))
        except (ValueError, RecursionError):
            yield Fault(f"{portion.place}: line {number} is not JSON")


def _document(portion: Portion) -> Iterator[Json | Fault]:
    """Yield the records of a portion that is one document, or what is wrong with it.

    The document is a list of records, an object with one (``items``, ``data``), or one record.
    Records on lines of their own are read, too.
    """
    data = portion.data
    if portion.packed:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:
            data = file.read(_LONGEST_DOCUMENT + 1)
    if len(data) > _LONGEST_DOCUMENT:
        yield Fault(f"{portion.place}: is too large to be read as one document; make it JSON Lines")
        return
    try:
        value = loads(data)
    except (ValueError, RecursionError):
        if b"\n" not in data.strip() or not _is_json(data.strip().partition(b"\n")[0]):
            yield Fault(f"{portion.place}: is not JSON")
        else:  # lines under the name of a document, as some tools write them
            yield from _lines(Portion(portion.place, data, packed=False, first_line=1))
        return
    rows = value
    if isinstance(value, dict):
        held = _without_envelope(value)
        rows = next((held[name] for name in _LISTS if isinstance(held.get(name), list)), [held])
    if not isinstance(rows, list):
        yield Fault(f"{portion.place}: holds no records")
        return
    yield from map(object_of, rows)


def _without_envelope(value: Json) -> Json:
    """Return what an answer of Crossref's REST API has in its ``message``; else the value itself.

    So pages of answers, saved as they came, bring a snapshot up to date.
    """
    return object_of(value.get("message")) or value


def _is_json(data: bytes) -> bool:
    """Return whether some bytes are a value of JSON."""
    try:
        loads(data)
    except (ValueError, RecursionError):
        return False
    return True
