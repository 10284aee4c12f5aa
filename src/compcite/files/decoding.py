"""Bytes of a source to text and back, without the loss of one.

Tried in this order: a byte order mark; UTF-8; the encoding that a ``% Encoding:`` line names, as
JabRef writes it; Windows-1252, which reads any bytes and is then a guess. Its five undefined
bytes become the control characters of the same number, as the WHATWG Encoding Standard has it.
"""

from __future__ import annotations

import codecs
import hashlib
import re
import sys
from pathlib import Path

from compcite.errors import SourceError
from compcite.model.source import SourceFile

__all__ = ["decode", "encode", "read_source"]

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"^[ \t]*%?[ \t]*Encoding:[ \t]*([\w.:-]+)", re.IGNORECASE | re.MULTILINE)
_HEAD = 2000  # bytes in which a file declares its encoding
# What Python calls an encoding, but is none of a file.
_NO_CHARSETS = frozenset({"unicode-escape", "raw-unicode-escape", "undefined", "idna", "punycode"})
_UNDEFINED = (0x81, 0x8D, 0x8F, 0x90, 0x9D)  # in Windows-1252
_TO_CONTROLS = {0xDC00 + byte: byte for byte in _UNDEFINED}
_FROM_CONTROLS = {byte: 0xDC00 + byte for byte in _UNDEFINED}


def read_source(name: str) -> SourceFile:
    """The source of that path, or standard input for ``-``.

    Raises SourceError where it cannot be read.
    """
    if name == "-":
        if sys.stdin is None:
            raise SourceError("-: cannot be read: standard input is closed")
        return decode(sys.stdin.buffer.read(), "-")
    path = Path(name)
    try:
        return decode(path.read_bytes(), name, path)
    except OSError as error:
        raise SourceError(f"{name}: cannot be read: {error.strerror or error}") from None
    except ValueError as error:  # a NUL in the name
        raise SourceError(f"{name!r}: cannot be read: {error}") from None


def decode(data: bytes, name: str, path: Path | None = None) -> SourceFile:
    """The text of some bytes, with what is needed to write it back."""
    mark, encoding, text = _decoded(data)
    return SourceFile(
        name=name,
        text=text,
        path=path,
        encoding=encoding,
        bom=bool(mark),
        encoding_guessed=not mark and encoding == "cp1252" and not _declares(data, encoding),
        digest=hashlib.sha256(data).hexdigest(),
    )


def encode(source: SourceFile, text: str) -> bytes:
    """A text as bytes in the manner of a source: ``encode(s, s.text)`` are its own bytes.

    Raises SourceError for a character that the source's encoding does not have.
    """
    mark = next((m for m, e in _MARKS if e == source.encoding), b"") if source.bom else b""
    try:
        if source.encoding == "cp1252":
            return text.translate(_FROM_CONTROLS).encode("cp1252", "surrogateescape")
        return mark + text.encode(source.encoding)
    except UnicodeEncodeError as error:
        missing = text[error.start : error.start + 1]
        raise SourceError(
            f"{source.name}: its encoding, {source.encoding}, has no {missing!r}; "
            "save the file as UTF-8 first",
        ) from None


def _decoded(data: bytes) -> tuple[bytes, str, str]:
    """The byte order mark, the encoding and the text; the three give the bytes back."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            text = _exact(data[len(mark) :], encoding)
            if text is not None:
                return mark, encoding, text
    for candidate in ("utf-8", _declared(data)):
        text = _exact(data, candidate) if candidate else None
        if candidate and text is not None:
            return b"", candidate, text
    return b"", "cp1252", data.decode("cp1252", "surrogateescape").translate(_TO_CONTROLS)


def _exact(data: bytes, encoding: str) -> str | None:
    """The text of bytes in an encoding, or None where it does not lead back to them."""
    try:
        text = data.decode(encoding)
        return text if text.encode(encoding) == data else None
    except (UnicodeError, LookupError):
        return None


def _declared(data: bytes) -> str | None:
    """The name of the encoding that a file declares in its first lines, as Python spells it."""
    match = _DECLARED.search(data[:_HEAD])
    if match is None:
        return None
    try:
        found = codecs.lookup(match[1].decode("ascii", "replace"))
    except LookupError:
        return None
    return found.name if found.name not in _NO_CHARSETS else None


def _declares(data: bytes, encoding: str) -> bool:
    return _declared(data) == encoding
