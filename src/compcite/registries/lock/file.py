"""``compcite.lock``: what the registries said of DOIs, in a file to be committed.

It is JSON with one DOI a line, in the order of the DOIs; every line but the last two ends in a
comma, so that it diffs and merges by line::

    {
    "10.1080/15298860309032":{"sha256":"5a0e…","date":"2026-11-23","agency":"Crossref",…},
    "version":1
    }

The hash is over all else on the line, the DOI included. It shows a line that somebody changed,
or that belongs to another DOI; it is no signature, for whoever can write the file can hash.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, NamedTuple

from compcite.errors import SourceError
from compcite.files.regular import read_file
from compcite.registries.lock.codec import decode, encode

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterable, Mapping
    from pathlib import Path

    from compcite.model.doi import DOI
    from compcite.model.work import Found, NotFound
    from compcite.registries.records.answers import Json

__all__ = ["Lock", "Tampered", "lock_bytes", "read_lock", "renewed", "without_date"]

_VERSION = 1
_HASH_LENGTH = 32  # hexadecimal digits of the SHA-256: 128 bits
_CONFLICT = ("<<<<<<<", "=======", ">>>>>>>")


class Tampered(NamedTuple):
    """A line whose hash is wrong: its number in the file, and its DOI."""

    line: int
    doi: str


class Lock(NamedTuple):
    """The lines of a lock file, by DOI; those with a wrong hash are only in ``tampered``.

    ``data`` is the file as it was read.
    """

    said: Mapping[str, Json]
    tampered: tuple[Tampered, ...] = ()
    data: bytes = b""

    def outcome(self, doi: DOI) -> Found | NotFound | None:
        """Return what the lock says of a DOI, or None if it says nothing that can be read."""
        said = self.said.get(doi.value)
        if said is None:
            return None
        try:
            return decode(doi, said)
        except ValueError:
            return None

    @property
    def tidy(self) -> bool:
        """Whether the file is exactly as compcite writes it, except for line ends."""
        return self.data.replace(b"\r\n", b"\n") == lock_bytes(self.said)


def read_lock(path: Path) -> Lock:
    """Return the lock in a file. Raise SourceError if the file is missing or cannot be read.

    A line whose hash is wrong is not used; the lock names it as tampered with.
    """
    try:
        data = read_file(path)
    except FileNotFoundError:
        raise SourceError(f"{path}: there is no lock; `compcite lock` writes one") from None
    except OSError as error:
        raise SourceError(f"{path}: cannot be read: {error.strerror or error}") from None
    held = _loaded(path, data)
    said: dict[str, Json] = {}
    tampered = []
    for doi, line in held.items():
        content = dict(line) if isinstance(line, dict) else {}
        if content.pop("sha256", None) == _hash(doi, content):
            said[doi] = content
        else:
            tampered.append(Tampered(_line_of(doi, data), doi))
    return Lock(said, tuple(tampered), data)


def renewed(
    lock: Lock,
    learnt: Iterable[Found | NotFound],
    today: dt.date,
    *,
    only: Collection[DOI] | None = None,
) -> dict[str, Json]:
    """Return the lines of a lock after a run; with ``only``, just the lines of these DOIs.

    ``learnt`` are the outcomes of the run. A DOI whose answer is the same as before keeps its line,
    with the old date; any other gets a line with the date ``today``.
    """
    said = dict(lock.said)
    for outcome in learnt:
        doi = outcome.doi.value
        new = encode(outcome)
        if without_date(said.get(doi, {})) != new:
            said[doi] = {"date": today.isoformat()} | new
    if only is None:
        return said
    kept = {doi.value for doi in only}
    return {doi: line for doi, line in said.items() if doi in kept}


def lock_bytes(said: Mapping[str, Json]) -> bytes:
    """Return the content of a lock file with these lines."""
    lines = [
        f"{_dumped(doi)}:{_dumped({'sha256': _hash(doi, line), **line})}"
        for doi, line in sorted(said.items())
    ]
    text = "{\n" + ",\n".join([*lines, f'"version":{_VERSION}']) + "\n}\n"
    # Half a surrogate pair, which some registry may send, becomes the escape that JSON has for it.
    return text.encode("utf-8", "backslashreplace")


def without_date(line: Json) -> dict[str, object]:
    """Return a line without the day on which its answer was given."""
    return {name: value for name, value in line.items() if name != "date"}


def _loaded(path: Path, data: bytes) -> dict[str, object]:
    """Return the lines of a file by DOI; their hashes are not checked yet.

    Raise SourceError if the file is not JSON, not a lock, or of another version.
    """
    try:
        held = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise SourceError(f"{path}: {_broken(data, error)}") from None
    version = held.pop("version", None) if isinstance(held, dict) else None
    if version is None:
        raise SourceError(f"{path}: not a lock of compcite; delete it and run `compcite lock`")
    if version != _VERSION:
        raise SourceError(f"{path}: a lock of version {version}, which this compcite cannot read")
    return held  # type: ignore[no-any-return] # JSON that is known to be an object


def _broken(data: bytes, error: Exception) -> str:
    """Why a file cannot be read as JSON, and what to do."""
    for number, line in enumerate(data.decode("utf-8", "replace").split("\n"), 1):
        if line.startswith(_CONFLICT):
            return (
                f"line {number}: an unresolved merge conflict; keep the lines of both sides, or "
                "those of one and run `compcite lock`"
            )
    place = error.lineno if isinstance(error, json.JSONDecodeError) else 1
    return f"line {place}: not readable as JSON; delete the file and run `compcite lock`"


def _hash(doi: str, content: Json) -> str:
    """Return the hash of a DOI and of what its line says, as it stands in the file."""
    text = f"{doi}\n{json.dumps(content, ensure_ascii=False, sort_keys=True)}"
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_HASH_LENGTH]


def _line_of(doi: str, data: bytes) -> int:
    """Return the number of the line with a DOI; 1 if the file has another form."""
    place = data.find(b"\n" + _dumped(doi).encode("utf-8", "backslashreplace"))
    return data.count(b"\n", 0, place + 1) + 1


def _dumped(value: object) -> str:
    """Return a value as JSON without blanks, with letters beyond ASCII as they are."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
