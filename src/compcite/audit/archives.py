"""The lists and documents in tars and zips, also in archives within archives.

Nothing is ever unpacked onto the disk: a member is read into memory, and its name is only shown.
So a name such as ``../../etc/passwd`` does no harm. An archive may be made to fill the memory or to
take for ever (a "bomb"). Therefore the content of each member, what stands between two members, and
the content of the whole archive are limited.
"""

from __future__ import annotations

import io
import tarfile
import zipfile
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from compcite.files.packed import DAMAGES, StrictHeader, unpacked
from compcite.files.regular import LIMIT_VARIABLE, most_bytes, open_file
from compcite.formats import FORMATS
from compcite.formats.document_kinds import DOCUMENT_SUFFIXES
from compcite.text.phrases import amount
from compcite.text.unicode import without_surrogates

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from compcite.files.packed import Content

__all__ = [
    "ARCHIVE_SUFFIXES",
    "LIST_SUFFIXES",
    "Member",
    "is_archive",
    "is_list",
    "members_of_archive",
]


_TARS = (".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz")
_ZIPS = (".zip",)
ARCHIVE_SUFFIXES = (*_TARS, *_ZIPS)
"""The endings of archives, in small letters."""

LIST_SUFFIXES = tuple(
    {suffix for one in FORMATS.values() if one.read for suffix in one.suffixes}
    | {suffix for suffixes in DOCUMENT_SUFFIXES.values() for suffix in suffixes}
)
"""The endings of lists and documents that can be read, in small letters."""

_IN = "!/"  # between the name of an archive and that of its member, as in addresses of Java

_GROWTH = 100
"""How many times larger than an archive its content may be.

Lists as texts become 4 to 10 times smaller, a list that repeats one entry 60 times. The bombs that
are known grow by 1,000 and more.
"""

_DEPTH = 3  # archives in archives in archives; a file that contains itself would have no end
_ENCRYPTED = 0x1  # the bit in the flags of a zip's member
_PIECE = 1 << 16  # so many bytes of a member that is passed over is read at once


@dataclass(frozen=True, slots=True)
class Member:
    """A list or document as an audit got it: its bytes, or the ``problem`` for which it has none.

    ``name`` is the path, with ``!/`` before the name within an archive:
    ``submissions.zip!/17/refs.bib``. The problem is a sentence without a full stop.
    """

    name: str
    data: bytes = b""
    problem: str | None = None


class _TooMuchError(Exception):
    """An archive holds more than it may."""


def is_list(name: str) -> bool:
    """Whether a file of this name is a list or a document that can be read."""
    return name.lower().endswith(LIST_SUFFIXES)


def is_archive(name: str) -> bool:
    """Whether a file of this name is a tar or a zip."""
    return name.lower().endswith(ARCHIVE_SUFFIXES)


def members_of_archive(path: Path) -> Iterator[Member]:
    """The lists and documents in an archive, in its order.

    What cannot be read is a member with a problem: one member, or at last the archive itself.
    """
    name = without_surrogates(str(path))
    try:
        with open_file(path) as file:
            size = path.stat().st_size
            yield from _members(file, name, size, depth=1)
    except OSError as error:
        yield Member(name, problem=f"it cannot be read: {error.strerror or error}")


def _members(file: IO[bytes], name: str, size: int, depth: int) -> Iterator[Member]:
    """The members of an open archive of this name and size, at this depth of archives.

    Where it is damaged or holds too much, the last member is the archive itself, with the problem.
    """
    read = _zip_members if name.lower().endswith(_ZIPS) else _tar_members
    count = 0
    try:
        for member in read(file, name, size):
            count += 1
            if member.problem is None and is_archive(member.name):
                yield from _inner(member, depth)
            else:
                yield member
    except _TooMuchError as reason:
        yield Member(name, problem=f"{reason}; the rest of it was not read")
    except DAMAGES as error:
        said = str(error) or type(error).__name__
        yield Member(name, problem=f"it is damaged behind {amount(count, 'list')} of it: {said}")


def _inner(member: Member, depth: int) -> Iterator[Member]:
    """The members of an archive that is itself a member."""
    if depth == _DEPTH:
        yield Member(member.name, problem=f"archives are read {_DEPTH} deep, and it is deeper")
        return
    yield from _members(io.BytesIO(member.data), member.name, len(member.data), depth + 1)


class _Limited(io.RawIOBase):
    """The content of an archive, read up to two limits.

    The whole of it may be ``_GROWTH`` times as large as the archive, or as large as a file may be.
    ``begin`` starts a part, which may be as large as a file may be. Reading on raises
    _TooMuchError.
    """

    def __init__(self, file: Content, size: int) -> None:
        """Read from ``file``, the content of an archive of this size."""
        super().__init__()
        self._file = file
        self._most = most_bytes()
        self._left = max(_GROWTH * size, self._most)
        self._left_of_part = self._most

    def begin(self) -> None:
        """Start another part."""
        self._left_of_part = self._most

    def readable(self) -> bool:
        """Yes."""
        return True

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes, at most ``size``; raises _TooMuchError beyond a limit."""
        data = self._file.read(size)
        self._left -= len(data)
        self._left_of_part -= len(data)
        if self._left < 0:
            raise _TooMuchError(f"its content is more than {_GROWTH} times as large as itself")
        if self._left_of_part < 0:
            raise _TooMuchError(_too_large("something between two members"))
        return data


def _tar_members(file: IO[bytes], name: str, size: int) -> Iterator[Member]:
    """The members of a tar, which is read from beginning to end without going back."""
    content = _Limited(unpacked(file), size)
    with tarfile.open(fileobj=content, mode="r|", tarinfo=StrictHeader, errorlevel=0) as archive:
        while (one := archive.next()) is not None:
            # tarfile would keep every member's header, to find it by its name later.
            archive.members = []  # type: ignore[attr-defined]
            wanted = (is_list(one.name) or is_archive(one.name)) and not one.isdir()
            problem = _tar_problem(one) if wanted else None
            full_name = name + _IN + without_surrogates(one.name)
            if problem:
                yield Member(full_name, problem=problem)
            elif wanted:
                yield Member(full_name, _tar_data(archive, one))
            if problem or not wanted:
                _pass_over(archive, one, content)
            content.begin()


def _tar_problem(one: tarfile.TarInfo) -> str | None:
    """Why a member of a tar is not read; None where it is."""
    if not one.isreg():
        return "it is a link or a device, which is not followed"
    if one.size < 0:
        return "it is damaged: its size is below 0"
    return _too_large("it") if one.size > most_bytes() else None


def _tar_data(archive: tarfile.TarFile, one: tarfile.TarInfo) -> bytes:
    """The bytes of a member of a tar; ReadError where the tar ends before them."""
    opened = archive.extractfile(one)
    data = opened.read() if opened else b""
    if len(data) < one.size:
        raise tarfile.ReadError(f"{one.name} is cut off")
    return data


def _pass_over(archive: tarfile.TarFile, one: tarfile.TarInfo, content: _Limited) -> None:
    """Read a member that nobody wants to its end, in pieces."""
    opened = archive.extractfile(one) if one.isreg() else None
    while opened and opened.read(_PIECE):
        content.begin()


def _zip_members(file: IO[bytes], name: str, size: int) -> Iterator[Member]:
    """The members of a zip; raises _TooMuchError if they are too large together."""
    left = max(_GROWTH * size, most_bytes())
    with zipfile.ZipFile(file) as archive:
        for one in archive.infolist():
            if not (is_list(one.filename) or is_archive(one.filename)):
                continue
            member = _zip_member(archive, one, name + _IN + without_surrogates(one.filename))
            left -= len(member.data)
            if left < 0:
                raise _TooMuchError(f"its content is more than {_GROWTH} times as large as itself")
            yield member


def _zip_member(archive: zipfile.ZipFile, one: zipfile.ZipInfo, name: str) -> Member:
    """One member of a zip; a damaged one does not stop the others, since each has its own place."""
    if one.flag_bits & _ENCRYPTED:
        return Member(name, problem="it is encrypted; unpack the archive with its password first")
    most = most_bytes()
    try:
        with archive.open(one) as opened:
            data = opened.read(most + 1)
    except DAMAGES as error:
        return Member(name, problem=f"it is damaged: {error or type(error).__name__}")
    # The size in the archive's directory may be a lie, so it is not asked.
    return Member(name, problem=_too_large("it")) if len(data) > most else Member(name, data)


def _too_large(what: str) -> str:
    """That something is beyond the limit for files."""
    return f"{what} is larger than {most_bytes() / 1e6:,g} MB; {LIMIT_VARIABLE} sets another limit"
