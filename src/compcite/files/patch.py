"""Two versions of a source as a patch, by which ``patch`` makes one of the other to the byte."""

from __future__ import annotations

import os
import re
from difflib import SequenceMatcher
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from compcite.files.decoding import encode

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from compcite.model.source import SourceFile

__all__ = ["patch_of"]

_LINE = re.compile(rb"[^\n]*\n|[^\n]+")  # for patch, only a newline ends a line
_NO_NEWLINE = b"\n\\ No newline at end of file\n"
_CONTEXT = 3
_REACH = 200  # lines in which a change has to end
_ENOUGH = 4  # lines that are the same again behind a change
_QUOTED = re.compile(r'[\x00-\x1f"\\\x7f]')


def patch_of(before: SourceFile, after: SourceFile) -> bytes:
    """The unified diff from a source to what it is to become, in the source's own encoding.

    Raises SourceError for a character that this encoding does not have.
    """
    old, new = (_LINE.findall(encode(source, source.text)) for source in (before, after))
    name = _name(before)
    heads = (b"--- " + name + b"\n", b"+++ " + name + b"\n")
    hunks = [line for hunk in _hunks(list(_changes(old, new))) for line in _lines(hunk, old, new)]
    return b"".join((*heads, *hunks)) if hunks else b""


class _Change(NamedTuple):
    """Lines of the one text that give way to lines of the other, ends exclusive."""

    old: int
    old_end: int
    new: int
    new_end: int


def _changes(old: Sequence[bytes], new: Sequence[bytes]) -> Iterator[_Change]:
    """Where two texts differ, found in one walk over both.

    Fixes change a line here and there, in large files thousands of them, for which difflib takes
    minutes: behind each difference the texts are soon the same again.
    """
    one = two = 0
    while one < len(old) or two < len(new):
        if old[one : one + 1] == new[two : two + 1]:
            one, two = one + 1, two + 1
            continue
        skipped, put_in = _next_agreement(old[one : one + _REACH], new[two : two + _REACH])
        yield from _refined(old[one : one + skipped], new[two : two + put_in], one, two)
        one, two = one + skipped, two + put_in


def _refined(old: Sequence[bytes], new: Sequence[bytes], one: int, two: int) -> Iterator[_Change]:
    """The changes within a few lines, which begin at some place of either text."""
    for what, *places in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what != "equal":
            start, end, new_start, new_end = places
            yield _Change(one + start, one + end, two + new_start, two + new_end)


def _next_agreement(old: Sequence[bytes], new: Sequence[bytes]) -> tuple[int, int]:
    """How many lines of either text to leave behind until some of both are the same again."""
    for distance in range(1, len(old) + len(new)):
        for skipped in range(max(0, distance - len(new)), min(distance, len(old)) + 1):
            put_in = distance - skipped
            same = old[skipped : skipped + _ENOUGH]
            if same and same == new[put_in : put_in + _ENOUGH]:
                return skipped, put_in
    return len(old), len(new)


def _hunks(changes: Sequence[_Change]) -> Iterator[list[_Change]]:
    """The changes in groups whose context would touch."""
    hunk: list[_Change] = []
    for change in changes:
        if hunk and change.old - hunk[-1].old_end > 2 * _CONTEXT:
            yield hunk
            hunk = []
        hunk.append(change)
    if hunk:
        yield hunk


def _lines(hunk: Sequence[_Change], old: Sequence[bytes], new: Sequence[bytes]) -> Iterator[bytes]:
    """The lines of a hunk with its head."""
    lead = min(_CONTEXT, hunk[0].old)
    start, end = hunk[0].old - lead, min(hunk[-1].old_end + _CONTEXT, len(old))
    new_start, new_end = hunk[0].new - lead, hunk[-1].new_end + end - hunk[-1].old_end
    yield b"@@ -%s +%s @@\n" % (_range(start, end), _range(new_start, new_end))
    for change in hunk:
        yield from (_line(b" ", line) for line in old[start : change.old])
        yield from (_line(b"-", line) for line in old[change.old : change.old_end])
        yield from (_line(b"+", line) for line in new[change.new : change.new_end])
        start = change.old_end
    yield from (_line(b" ", line) for line in old[start:end])


def _range(start: int, end: int) -> bytes:
    """Where lines stand, counted from 1; no lines stand behind the one before them."""
    return b"%d,%d" % (start + (end > start), end - start)


def _line(mark: bytes, line: bytes) -> bytes:
    """A line behind its mark, with an end, and a word on it if it has none in the file."""
    return mark + line if line.endswith(b"\n") else mark + line + _NO_NEWLINE


def _name(source: SourceFile) -> bytes:
    """A path as patch reads it: relative, quoted where need be, ended by a tab behind a blank."""
    name = source.name if source.path else "stdin"
    if source.path and source.path.is_absolute() and source.path.is_relative_to(Path.cwd()):
        name = str(source.path.relative_to(Path.cwd()))
    if _QUOTED.search(name):
        name = '"' + _QUOTED.sub(lambda char: f"\\{ord(char[0]):03o}", name) + '"'
    return os.fsencode(name + "\t" * (" " in name))
