"""Two versions of a source as a patch, by which ``patch`` makes one of the other to the byte."""

from __future__ import annotations

import os
import re
from difflib import diff_bytes, unified_diff
from pathlib import Path
from typing import TYPE_CHECKING

from compcite.formats.decoding import encode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compcite.model.source import SourceFile

__all__ = ["patch_of"]

_LINE = re.compile(rb"[^\n]*\n|[^\n]+")  # for patch, only a newline ends a line
_NO_NEWLINE = b"\n\\ No newline at end of file\n"
_QUOTED = re.compile(r'[\x00-\x1f"\\\x7f]')


def patch_of(before: SourceFile, after: SourceFile) -> bytes:
    """The unified diff from a source to what it is to become, in the source's own encoding.

    Raises SourceError for a character that this encoding does not have.
    """
    old, new = (_LINE.findall(encode(source, source.text)) for source in (before, after))
    name = _name(before)
    lines = diff_bytes(unified_diff, old, new, name, name)
    return b"".join(_ended(lines))


def _ended(lines: Iterator[bytes]) -> Iterator[bytes]:
    """The lines, each with an end, and a word on those that have none in the file."""
    for line in lines:
        yield line if line.endswith(b"\n") else line + _NO_NEWLINE


def _name(source: SourceFile) -> bytes:
    """A path as patch reads it: relative, quoted where need be, ended by a tab behind a blank."""
    name = source.name if source.path else "stdin"
    if source.path and source.path.is_absolute() and source.path.is_relative_to(Path.cwd()):
        name = str(source.path.relative_to(Path.cwd()))
    if _QUOTED.search(name):
        name = '"' + _QUOTED.sub(lambda char: f"\\{ord(char[0]):03o}", name) + '"'
    return os.fsencode(name + "\t" * (" " in name))
