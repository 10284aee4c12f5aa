"""A unified diff of two versions of a source, which ``patch`` can apply to the byte."""

from __future__ import annotations

import os
import re
from bisect import bisect_left
from collections import Counter
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
# In so many lines each can be equal to a few others ("}", a blank line): 20 entries have 800 such
# pairs. The time of difflib grows with the number of pairs.
_MOST_PAIRS = 1_000
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


class _Kept(NamedTuple):
    """A line that stands in both texts, with the line before it in a row of such lines."""

    old: int
    new: int
    before: _Kept | None


def _changes(old: Sequence[bytes], new: Sequence[bytes]) -> Iterator[_Change]:
    """The differences of two texts, in time that grows as their size does.

    Fixes change single lines, in large files thousands of them, and sorting moves whole entries;
    difflib would take minutes for both. So the texts are cut at the lines that certainly stayed,
    and only what is between two of them is compared.
    """
    one = two = 0
    for kept_old, kept_new in (*_kept_lines(old, new), (len(old), len(new))):
        for change in _between(old[one:kept_old], new[two:kept_new]):
            yield _moved(change, one, two)
        one, two = kept_old + 1, kept_new + 1


def _kept_lines(old: Sequence[bytes], new: Sequence[bytes]) -> list[tuple[int, int]]:
    """The places of the lines that stayed: each stands once in both texts, all in one order.

    These are as many as possible, found by patience sorting: each line is put on the leftmost pile
    whose top is not before it in the new text. The tops that lines remember lead back through them.
    """
    places = _single_lines(new)
    tops: list[int] = []
    piles: list[_Kept] = []
    for line, place in _single_lines(old).items():
        if line in places:
            pile = bisect_left(tops, places[line])
            kept = _Kept(place, places[line], piles[pile - 1] if pile else None)
            tops[pile : pile + 1], piles[pile : pile + 1] = [kept.new], [kept]
    found = []
    last = piles[-1] if piles else None
    while last is not None:
        found.append((last.old, last.new))
        last = last.before
    return found[::-1]


def _single_lines(lines: Sequence[bytes]) -> dict[bytes, int]:
    """The lines that stand once in a text, with their places."""
    places: dict[bytes, int] = {}
    for place, line in enumerate(lines):
        places[line] = -1 if line in places else place
    return {line: place for line, place in places.items() if place >= 0}


def _between(old: Sequence[bytes], new: Sequence[bytes]) -> Iterator[_Change]:
    """The differences between some lines of the old text and some of the new one, in order.

    They are correct, but need not be the fewest: agreement is looked for a limited way ahead.
    """
    one = two = 0
    while one < len(old) or two < len(new):
        if old[one : one + 1] == new[two : two + 1]:
            one, two = one + 1, two + 1
            continue
        skipped, put_in = _next_agreement(old[one : one + _REACH], new[two : two + _REACH])
        for change in _refined(old[one : one + skipped], new[two : two + put_in]):
            yield _moved(change, one, two)
        one, two = one + skipped, two + put_in


def _next_agreement(old: Sequence[bytes], new: Sequence[bytes]) -> tuple[int, int]:
    """How many lines to skip in each text until :data:`_ENOUGH` lines of both are equal again.

    The sum of both is as small as possible. Where nothing is equal again, all lines are skipped.
    """
    places: dict[tuple[bytes, ...], int] = {}
    for put_in in range(len(new)):
        places.setdefault(tuple(new[put_in : put_in + _ENOUGH]), put_in)
    agreements = (
        (skipped, places[lines])
        for skipped in range(len(old))
        if (lines := tuple(old[skipped : skipped + _ENOUGH])) in places
    )
    return min(agreements, key=sum, default=(len(old), len(new)))


def _refined(old: Sequence[bytes], new: Sequence[bytes]) -> Iterator[_Change]:
    """The changes between a few lines of the old text and a few of the new one.

    Where the same lines stand in both very often, so that comparing would take long, this is one
    change: all old lines for all new ones.
    """
    counts = Counter(new)
    if sum(counts[line] for line in old) > _MOST_PAIRS:
        yield _Change(0, len(old), 0, len(new))
        return
    for what, *places in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what != "equal":
            start, end, new_start, new_end = places
            yield _Change(start, end, new_start, new_end)


def _moved(change: _Change, old: int, new: int) -> _Change:
    """A change whose lines were counted from these two lines on, as a change of the whole texts."""
    return _Change(change.old + old, change.old_end + old, change.new + new, change.new_end + new)


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

    Outside of this folder it stays as given; standard input is ``stdin``. A name with a blank ends
    with a tab, since ``patch`` would end it at the blank.
    """
    name = source.name if source.path else "stdin"
    if source.path and source.path.is_absolute() and source.path.is_relative_to(Path.cwd()):
        name = str(source.path.relative_to(Path.cwd()))
    if _QUOTED.search(name):
        name = '"' + _QUOTED.sub(lambda char: f"\\{ord(char[0]):03o}", name) + '"'
    return os.fsencode(name + "\t" * (" " in name))
