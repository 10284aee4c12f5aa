"""Read tars and zips of strangers: how they are unpacked, and what a damaged one raises.

Python's reader of tars has two habits that do harm here. It takes a damaged header for the end of
the tar, so that all members behind it are missing without a word. And it reads a header of any
size into memory.
"""

from __future__ import annotations

import bz2
import gzip
import lzma
import tarfile
import zipfile
import zlib
from typing import IO, TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["DAMAGES", "Content", "StrictHeader", "unpacked"]


class Content(Protocol):
    """What can be read from, piece by piece."""

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes, at most ``size``; none at the end."""


class _Buffered(Protocol):
    """A file whose ``read1`` gives what is there already."""

    def read1(self, size: int = -1, /) -> bytes:
        """The next bytes, at most ``size``; none at the end."""


class _Unpacked:
    """The content of a file that may be cut off: all that stands before the cut can be read.

    ``read`` of Python's own readers waits for as many bytes as are asked for, and raises EOFError
    where there are fewer.
    """

    def __init__(self, file: _Buffered) -> None:
        """Read from ``file``."""
        self._file = file

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes, at most ``size``; EOFError at a cut."""
        return self._file.read1(size)


DAMAGES = (
    tarfile.TarError,
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    NotImplementedError,  # a way of compression that Python does not know
    RuntimeError,  # members that zipfile cannot open; headers before headers, thousands of them
    ValueError,  # numbers in a header that are none
    ArithmeticError,  # numbers that are too large for a place in a file
    LookupError,  # what a header refers to and is not there
    OSError,
)
"""What reading a damaged archive or a damaged compressed file can raise."""

_UNPACKERS: tuple[tuple[bytes, Callable[[IO[bytes]], _Buffered]], ...] = (
    (b"\x1f\x8b", lambda file: gzip.GzipFile(fileobj=file)),
    (b"BZh", bz2.BZ2File),
    (b"\xfd7zXZ", lzma.LZMAFile),
)
"""The first bytes of a compressed file, and what gives its content."""

_EXTENSIONS = frozenset(
    {
        tarfile.XHDTYPE,
        tarfile.XGLTYPE,
        tarfile.SOLARIS_XHDTYPE,
        tarfile.GNUTYPE_LONGNAME,
        tarfile.GNUTYPE_LONGLINK,
    }
)
_LARGEST_EXTENSION = 1 << 20  # bytes: a path has up to 4,096 and the rest is a few numbers


class StrictHeader(tarfile.TarInfo):
    """A header of a tar; it raises ReadError where it is damaged or too large.

    Pass it to ``tarfile.open`` as ``tarinfo``.
    """

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> StrictHeader:
        """The header in a block of bytes."""
        try:
            header = super().frombuf(buf, encoding, errors)
        except tarfile.HeaderError as error:
            if not any(buf):  # no block, or one of zeros: this is how a tar ends
                raise
            raise tarfile.ReadError(str(error)) from None
        if header.type in _EXTENSIONS and header.size > _LARGEST_EXTENSION:
            raise tarfile.ReadError(f"a header has {header.size:,} bytes")
        return header


def unpacked(file: IO[bytes]) -> Content:
    """The content of a compressed file; the file itself where it is not compressed."""
    begin = file.read(max(len(sign) for sign, _ in _UNPACKERS))
    file.seek(0)
    for sign, open_ in _UNPACKERS:
        if begin.startswith(sign):
            return _Unpacked(open_(file))
    return file
