"""Decode the bytes of a source to text, and encode the text to the same bytes again.

These are tried in order: a byte order mark; UTF-8; the encoding named in a line ``% Encoding: …``,
as JabRef writes it; Windows-1252, which accepts any bytes and is then only a guess. The five bytes
without a character in Windows-1252 become the control characters of the same numbers, as in the
WHATWG Encoding Standard.
"""

from __future__ import annotations

import codecs
import hashlib
import re
from pathlib import Path

from compcite.errors import SourceError
from compcite.files.regular import read_file, read_input
from compcite.model.source import SourceFile

__all__ = ["decode", "encode", "read_source"]

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(
    rb"^[ \t]*+(?:%[ \t]*+)?Encoding:[ \t]*([\w.:-]+)", re.IGNORECASE | re.MULTILINE
)
_HEAD = 2000  # the declaration is looked for in so many bytes: JabRef writes it in the first line
# Names that Python's codecs know, but that are no encodings of files.
_NO_CHARSETS = frozenset({"unicode-escape", "raw-unicode-escape", "undefined", "idna", "punycode"})
_UNDEFINED = (0x81, 0x8D, 0x8F, 0x90, 0x9D)  # the bytes without a character in Windows-1252
_TO_CONTROLS = {0xDC00 + byte: byte for byte in _UNDEFINED}
_FROM_CONTROLS = {byte: 0xDC00 + byte for byte in _UNDEFINED}


def read_source(name: str) -> SourceFile:
    """The source at this path; ``-`` is standard input.

    Raises SourceError where it cannot be read.
    """
    if name == "-":
        return decode(read_input(), "-")
    path = Path(name)
    try:
        return decode(read_file(path), name, path)
    except OSError as error:
        raise SourceError(f"{name}: cannot be read: {error.strerror or error}") from None
    except ValueError as error:  # a NUL in the name
        raise SourceError(f"{name!r}: cannot be read: {error}") from None


def decode(data: bytes, name: str, path: Path | None = None) -> SourceFile:
    """The source made of these bytes, with all that :func:`encode` needs to give them back."""
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
    """A text as bytes in the encoding of a source; ``encode(s, s.text)`` are the bytes it had.

    Raises SourceError for a character that the encoding does not have.
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
    """The byte order mark (maybe empty), the encoding and the text; from them the bytes follow.

    The mark decides, else UTF-8 if it fits, else the encoding that the file names, else
    Windows-1252.
    """
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
    """The text, or None where encoding it again would not give the same bytes."""
    try:
        text = data.decode(encoding)
        return text if text.encode(encoding) == data else None
    except (UnicodeError, LookupError):
        return None


def _declared(data: bytes) -> str | None:
    """The encoding that the file names in its first lines, in Python's spelling.

    None where it names none, or one that Python does not know.
    """
    match = _DECLARED.search(data[:_HEAD])
    if match is None:
        return None
    try:
        found = codecs.lookup(match[1].decode("ascii", "replace"))
    except LookupError:
        return None
    return found.name if found.name not in _NO_CHARSETS else None


def _declares(data: bytes, encoding: str) -> bool:
    """Whether the file itself names this encoding."""
    return _declared(data) == encoding
