"""A unified diff of two versions of a source, which ``patch`` can apply to the byte."""

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
_CONTEXT = 3  # lines around a change, as diff writes by default
# A difference has to end within so many lines; else what follows counts as changed, too. Fixes
# change single fields, so 200 lines are far more than needed, and keep the search short.
_REACH = 200
_ENOUGH = 4  # equal lines that end a difference: fewer, such as "}" and a blank line, are chance
_QUOTED = re.compile(r'[\x00-\x1f"\\\x7f]')


def patch_of(before: SourceFile, after: SourceFile) -> bytes:
    """The patch from ``before`` to ``after`` in the source's encoding; empty where nothing changes.

    Raises SourceError for a character that the encoding does not have.
    """
    old, new = (_LINE.findall(encode(source, source.text)) for source in (before, after))
    name = _name(before)
    heads = (b"--- " + name + b"\n", b"+++ " + name + b"\n")
    hunks = [line for hunk in _hunks(list(_changes(old, new))) for line in _lines(hunk, old, new)]
    return b"".join((*heads, *hunks)) if hunks else b""


class _Change(NamedTuple):
    """Lines of the old text that lines of the new text replace; the ends are not included."""

    old: int
    old_end: int
    new: int
    new_end: int


def _changes(old: Sequence[bytes], new: Sequence[bytes]) -> Iterator[_Change]:
    """The differences of two texts, found in one walk through both.

    Fixes change single lines, in large files thousands of them; difflib would take minutes for
    that. Behind each difference the texts are soon equal again.
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
    """The changes between a few lines of the old text and a few of the new one.

    These begin at line ``one`` of the whole old text and at line ``two`` of the whole new text.
    """
    for what, *places in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what != "equal":
            start, end, new_start, new_end = places
            yield _Change(one + start, one + end, two + new_start, two + new_end)


def _next_agreement(old: Sequence[bytes], new: Sequence[bytes]) -> tuple[int, int]:
    """How many lines to skip in each text until :data:`_ENOUGH` lines of both are equal again."""
    for distance in range(1, len(old) + len(new)):
        for skipped in range(max(0, distance - len(new)), min(distance, len(old)) + 1):
            put_in = distance - skipped
            same = old[skipped : skipped + _ENOUGH]
            if same and same == new[put_in : put_in + _ENOUGH]:
                return skipped, put_in
    return len(old), len(new)


def _hunks(changes: Sequence[_Change]) -> Iterator[list[_Change]]:
    """The changes in groups; in a group, the context lines of neighbours would overlap."""
    hunk: list[_Change] = []
    for change in changes:
        if hunk and change.old - hunk[-1].old_end > 2 * _CONTEXT:
            yield hunk
            hunk = []
        hunk.append(change)
    if hunk:
        yield hunk


def _lines(hunk: Sequence[_Change], old: Sequence[bytes], new: Sequence[bytes]) -> Iterator[bytes]:
    """The lines of a hunk of the patch: its head, context, removed and added lines."""
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
    """A range of lines in a hunk's head; an empty range has the number of the line before it."""
    return b"%d,%d" % (start + (end > start), end - start)


def _line(mark: bytes, line: bytes) -> bytes:
    """Return a line of the patch after its mark; a missing line end is noted as diff does it."""
    return mark + line if line.endswith(b"\n") else mark + line + _NO_NEWLINE


def _name(source: SourceFile) -> bytes:
    """A file's name as ``patch`` reads it: relative to this folder, and quoted if it needs to be.

    A name with a blank ends with a tab, since ``patch`` would end it at the blank.
    """
    name = source.name if source.path else "stdin"
    if source.path and source.path.is_absolute() and source.path.is_relative_to(Path.cwd()):
        name = str(source.path.relative_to(Path.cwd()))
    if _QUOTED.search(name):
        name = '"' + _QUOTED.sub(lambda char: f"\\{ord(char[0]):03o}", name) + '"'
    return os.fsencode(name + "\t" * (" " in name))
