"""A list whose text is being edited: after a change, only the blocks concerned are read again.

After every change the entries, items and problems are those that :func:`read_bibtex` finds in the
whole text. A block far from a change is read again in these cases: the change may close a block
that hangs open; it defines a macro anew that the block uses; it changes an entry from which the
block inherits.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import pairwise
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from compcite.formats.bibtex.read.entry_to_item import to_item
from compcite.formats.bibtex.read.inheritance import OwnFields, inherit
from compcite.formats.bibtex.read.reader import BlockReader, LazyFields
from compcite.formats.bibtex.scan.any_block import BlockEnds
from compcite.formats.bibtex.scan.blocks import Block, BlockKind, Note, PieceKind
from compcite.formats.bibtex.scan.fast_path import UsualFields
from compcite.formats.bibtex.scan.syntax import block_at, hangs_open, scan_from
from compcite.formats.bibtex.tables.macros import PREDEFINED
from compcite.model.library import Entry, Problem, with_aliases
from compcite.model.source import SourceFile, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from compcite.model.item import Item

__all__ = ["EditedList", "Fault", "Reread", "Unit"]

_INHERITING = frozenset({"crossref", "xdata"})
_SINGLE_FIELD = "xdata="


class Fault(NamedTuple):
    """A problem of a block; ``start`` and ``end`` count from the start of the block."""

    rule: str
    message: str
    start: int
    end: int
    key: str | None


@dataclass(eq=False, slots=True)
class Unit:
    """A block of the text, and what was read from it.

    ``start`` is its place in the present text. ``block`` has its parts, in offsets of ``frame``: a
    text that holds the block at ``block.start``. ``hangs`` tells that text behind the block may
    change it. ``macros`` are the macros that it uses. ``values`` are the fields of an entry,
    ``whole`` these with the inherited ones; ``is_heir`` tells that it names entries to inherit
    from.
    """

    start: int
    frame: SourceFile
    block: Block
    hangs: bool
    macros: frozenset[str] = frozenset()
    values: dict[str, str] = field(default_factory=dict)
    whole: Mapping[str, str] = field(default_factory=dict)
    is_heir: bool = False
    faults: tuple[Fault, ...] = ()
    _item: Item | None = None

    @property
    def length(self) -> int:
        """The number of characters of the block."""
        return self.block.end - self.block.start

    @property
    def end(self) -> int:
        """The place behind the block in the present text."""
        return self.start + self.length

    @property
    def text(self) -> str:
        """The text of the block."""
        return self.frame.text[self.block.start : self.block.end]

    @property
    def is_entry(self) -> bool:
        """Whether the block is an entry that could be read."""
        return self.block.kind is BlockKind.ENTRY

    @property
    def is_reported(self) -> bool:
        """Whether a report has the block: entries, and what could not be read as one."""
        return self.block.kind in (BlockKind.ENTRY, BlockKind.BROKEN)

    @property
    def keys(self) -> tuple[str, ...]:
        """The citation key of an entry and its aliases."""
        ids = self.values.get("ids")
        return with_aliases(self.block.key, ids) if ids else (self.block.key,)

    @property
    def item(self) -> Item:
        """The entry in CSL's terms."""
        if self._item is None:
            self._item = to_item(self.block.type, self.whole, self.block.key)
        return self._item

    @property
    def own_fields(self) -> OwnFields:
        """What matters for inheritance."""
        return OwnFields(self.block.key, self.block.type, self.values)

    def entry(self, source: SourceFile, start: int) -> Entry:
        """The entry as it stands in a source, which has the block's text from ``start`` on."""
        same = source is self.frame and start == self.block.start
        block = self.block if same else block_at(source.text, start)
        return Entry(
            key=block.key,
            item=self.item,
            type=block.type,
            fields=LazyFields(source.text, block.fields, self.values),
            source=source,
            span=Span(block.start, block.end),
            key_span=Span(block.key_start, block.key_start + len(block.key)),
            format="bibtex",
        )

    def problems(self, source: SourceFile, start: int) -> list[Problem]:
        """The problems of the block in a source, which has the block's text from ``start`` on."""
        return [
            Problem(
                fault.rule,
                fault.message,
                source,
                Span(start + fault.start, start + fault.end),
                fault.key,
            )
            for fault in self.faults
        ]

    def read(self, source: SourceFile, macros: dict[str, str]) -> bool:
        """Read the block with the macros defined before it; False if it says what it said before.

        A macro that the block defines is added to ``macros``. ``source`` is the whole text: the
        message about an unreadable block names a line of it.
        """
        broken = self.block.kind is BlockKind.BROKEN
        block = _moved(self.block, self.start - self.block.start) if broken else self.block
        reader = BlockReader(source if broken else self.frame, macros)
        reader.take(block)
        values = reader.read[0][1] if reader.read else {}
        faults = tuple(
            Fault(
                one.rule,
                one.message,
                one.span.start - block.start,
                one.span.end - block.start,
                one.key,
            )
            for one in reader.problems
        )
        before = (self.values, self.faults)
        self.values, self.faults = values, faults
        self.is_heir = not _INHERITING.isdisjoint(values) or any(
            _SINGLE_FIELD in value for value in values.values()
        )
        if not self.is_heir:
            self.inherit(values)
        return before != (values, faults)

    def inherit(self, whole: Mapping[str, str]) -> bool:
        """Take the fields together with the inherited ones; False if they are as before."""
        if self.whole == whole:
            return False
        self.whole = whole
        self._item = None
        return True


class Reread(NamedTuple):
    """What a change of the text did: units that are gone, and units that were read or read again.

    ``first`` is the number of the first unit at the place of the change, ``behind`` that of the
    first one behind it. ``displaced`` are units that stay, but behind another unit than before.
    """

    gone: Sequence[Unit]
    read: Sequence[Unit]
    first: int
    behind: int
    displaced: Sequence[Unit]


class EditedList:
    """A text that is being edited, as units that join to exactly that text.

    After each change (:meth:`replace`) only the units that it concerns are read again.
    """

    def __init__(self, source: SourceFile) -> None:
        """Read a text whole."""
        self.source = source
        text = source.text
        blocks = scan_from(text, 0)
        self.units = [_unit(one, source, one, hangs_open(text, one)) for one in blocks]
        self._ends = BlockEnds(text)
        self._hanging = {unit for unit in self.units if unit.hangs}
        self._heirs: set[Unit] = set()
        macros = dict(PREDEFINED)
        for unit in filter(_says_something, self.units):
            self._read(unit, macros)
        self._inherit()

    def replace(self, source: SourceFile, start: int, end: int, new: str) -> Reread:
        """Read the changed part of the text again, and return which units went and which came.

        The text ``[start:end]`` became ``new``; ``source`` is the new text whole.
        """
        longer = len(new) - (end - start)
        self.source = source
        self._ends = BlockEnds(source.text)
        first = self._first_to_scan(start)
        come, behind = self._scan(first, end + longer, longer)
        before = _earlier(self.units[max(first - 1, 0) : behind + 1])
        gone, fresh = _keep_equal(self.units[first:behind], come)
        for unit in self.units[behind:] if longer else ():
            unit.start += longer
        self.units[first:behind] = come
        self._hanging.difference_update(gone)
        self._heirs.difference_update(gone)
        self._hanging.update(unit for unit in fresh if unit.hangs)
        read = self._read_again(gone, fresh)
        if any(unit.is_entry for unit in (*gone, *read)):
            read |= self._inherit()
        behind = first + len(come)
        after = _earlier(self.units[max(first - 1, 0) : behind + 1])
        displaced = [
            unit
            for unit, earlier in after.items()
            if unit not in read and before.get(unit) is not earlier
        ]
        return Reread(gone, sorted(read, key=attrgetter("start")), first, behind, displaced)

    def index_at(self, offset: int) -> int:
        """The number of the unit in which an offset lies; -1 where there is no unit.

        At the end of the text, and behind it, it is the last unit.
        """
        return bisect_right(self.units, offset, key=attrgetter("start")) - 1

    def _first_to_scan(self, start: int) -> int:
        """The number of the first unit that a change at ``start`` may alter.

        It stands behind a block whose end is certain, or at the start of the text.
        """
        first = max(self.index_at(start), 0)
        for unit in sorted(self._hanging, key=attrgetter("start")):
            place = self.index_at(unit.start)
            if place >= first:
                break
            if not self._is_as_before(unit):
                first = place
                break
        while first and not _ends_surely(self.units[first - 1]):
            first -= 1
        return first

    def _is_as_before(self, unit: Unit) -> bool:
        """Whether a unit that hangs open, before a change, is still the same block."""
        text = self.source.text
        if unit.block.kind is BlockKind.JUNK:
            return next(scan_from(text, unit.start, self._ends)).end == unit.end
        block = block_at(text, unit.start, self._ends)
        return _moved(block, -block.start) == _moved(unit.block, -unit.block.start)

    def _scan(self, first: int, changed_until: int, longer: int) -> tuple[list[Unit], int]:
        """Scan from a unit on, until a block ends behind the change where one ended before.

        Returned are the new units, and the number of the first old unit that stays. If no block
        ends so, the scan goes to the end of the text, and no old unit stays.
        """
        begin = self.units[first].start if self.units else 0
        come: list[Unit] = []
        for block in scan_from(self.source.text, begin, self._ends):
            come.append(self._cut_out(block))
            if block.kind is not BlockKind.JUNK and block.end >= changed_until:
                place = self.index_at(block.end - longer - 1)
                # There is no unit where the text was empty.
                old = self.units[place] if place >= first else None
                if (
                    old is not None
                    and old.end == block.end - longer
                    and old.block.kind is not BlockKind.JUNK
                ):
                    return come, place + 1
        return come, len(self.units)

    def _cut_out(self, block: Block) -> Unit:
        """The unit of a block of the present text; it holds no more of the text than its own."""
        whole = self.source
        own = whole.text[block.start : block.end]
        frame = SourceFile(whole.name, own, whole.path, whole.encoding)
        closed = block.kind in (BlockKind.ENTRY, BlockKind.STRING, BlockKind.PREAMBLE)
        alone = block_at(own, 0) if closed else _moved(block, -block.start)
        return _unit(block, frame, alone, hangs_open(whole.text, block))

    def _read_again(self, gone: Sequence[Unit], new: Sequence[Unit]) -> set[Unit]:
        """Read new units, those that use a macro that has changed, and all unreadable ones.

        Returned are the new ones, and those that say something else than before. The message about
        an unreadable block names a place, which any change may move.
        """
        defined = _defined([*gone, *new])
        changed = set(new)
        broken = {unit for unit in self._hanging if unit.block.kind is BlockKind.BROKEN}
        if not defined and not any(unit.macros for unit in new):
            changed |= {unit for unit in {*new, *broken} if self._read(unit, {})}
            return changed
        macros = dict(PREDEFINED)
        for unit in self.units:
            defines = unit.block.kind is BlockKind.STRING
            concerned = not unit.macros.isdisjoint(defined) or unit in changed
            if not (defines or concerned or unit in broken):
                continue
            if self._read(unit, macros):
                changed.add(unit)
            if defines and concerned:
                defined |= _defined([unit])
        return changed

    def _read(self, unit: Unit, macros: dict[str, str]) -> bool:
        """Read a unit with the macros defined before it; False if it says what it said before."""
        differs = unit.read(self.source, macros)
        (self._heirs.add if unit.is_heir else self._heirs.discard)(unit)
        return differs

    def _inherit(self) -> set[Unit]:
        """Find again what heirs inherit; return those of which it has changed."""
        heirs = list(self._heirs)
        if not heirs:
            return set()
        entries = [unit.own_fields for unit in self.units if unit.is_entry]
        wholes = inherit(
            entries,
            single=_SINGLE_FIELD in self.source.text,
            heirs=[unit.own_fields for unit in heirs],
        )
        return {unit for unit, whole in zip(heirs, wholes, strict=True) if unit.inherit(whole)}


def _unit(block: Block, frame: SourceFile, alone: Block, hangs: bool) -> Unit:  # noqa: FBT001 - a field
    """The unit of a block; ``alone`` is the block in offsets of ``frame``."""
    return Unit(block.start, frame, alone, hangs, _macros_in(frame.text, alone))


def _macros_in(text: str, block: Block) -> frozenset[str]:
    """The names of the macros that a block uses, in lower case."""
    fields = block.fields
    if not fields or (isinstance(fields, UsualFields) and not fields.have_macros()):
        return frozenset()
    return frozenset(
        text[piece.start : piece.end].lower()
        for one in fields
        for piece in one.pieces
        if piece.kind is PieceKind.MACRO
    )


def _says_something(unit: Unit) -> bool:
    """Whether reading a unit can give an entry, a macro or a problem."""
    return unit.block.kind not in (BlockKind.JUNK, BlockKind.COMMENT)


def _ends_surely(unit: Unit) -> bool:
    """Whether a scan can begin behind a unit, whatever has changed there."""
    return unit.block.kind is not BlockKind.JUNK and not unit.hangs


def _defined(units: Iterable[Unit]) -> set[str]:
    """The names of the macros that some units define, in lower case."""
    strings = (unit for unit in units if unit.block.kind is BlockKind.STRING)
    return {one.name for unit in strings for one in unit.block.fields}


def _earlier(units: Sequence[Unit]) -> dict[Unit, Unit]:
    """The unit before each of some units that follow one another, but for the first one."""
    return {unit: earlier for earlier, unit in pairwise(units)}


def _keep_equal(old: Sequence[Unit], come: list[Unit]) -> tuple[list[Unit], list[Unit]]:
    """Put old units in the place of equal new ones; return the old ones that are gone, and the new.

    Equal ones are looked for from both ends: the change stands somewhere between. ``come`` is
    changed in place, and the units that are kept get the place that the new ones had.
    """
    most = min(len(old), len(come))
    front = next((n for n in range(most) if not _is_same(old[n], come[n])), most)
    most -= front
    back = next((n for n in range(most) if not _is_same(old[-1 - n], come[-1 - n])), most)
    new = come[front : len(come) - back]
    for one, other in zip(old[:front], come[:front], strict=True):
        one.start = other.start
    for one, other in zip(old[len(old) - back :], come[len(come) - back :], strict=True):
        one.start = other.start
    come[:front] = old[:front]
    come[len(come) - back :] = old[len(old) - back :]
    return list(old[front : len(old) - back]), new


def _is_same(one: Unit, other: Unit) -> bool:
    """Whether two units are blocks of one kind with one text, and both or neither hang open."""
    return (
        one.block.kind is other.block.kind
        and one.hangs == other.hangs
        and one.text == other.text
        and (
            one.block.kind is not BlockKind.BROKEN
            or _moved(one.block, -one.block.start) == _moved(other.block, -other.block.start)
        )
    )


def _moved(block: Block, by: int) -> Block:
    """The block without its fields, its places moved by a number of characters."""
    notes = tuple(
        Note(note.rule, note.message, note.start + by, note.end + by) for note in block.notes
    )
    return Block(
        block.kind,
        block.start + by,
        block.end + by,
        block.type,
        block.key,
        block.key_start + by,
        (),
        notes,
    )
