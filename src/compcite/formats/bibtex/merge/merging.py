"""Merge entries into an earlier one of the same work, and remove them.

A field is merged where both entries say the same or only one says anything. Lists are united, and
the removed keys become aliases (``ids``; biblatex manual, section 2.2.3). Any other field prevents
the merger: an error names it, and the author decides.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from compcite.errors import ContradictionError, EditError
from compcite.formats.bibtex.edit import field_edits as make
from compcite.formats.bibtex.edit.proof import verify_edits
from compcite.formats.bibtex.edit.removal import check_removable, removal_span
from compcite.formats.bibtex.merge.same_value import (
    LISTS,
    list_parts,
    says_same,
    united,
    value_of,
)
from compcite.formats.bibtex.read.inheritance import OTHER_NAMES
from compcite.formats.bibtex.read.reader import read_bibtex
from compcite.formats.bibtex.scan.blocks import BlockKind, PieceKind
from compcite.formats.bibtex.scan.syntax import blocks_of
from compcite.formats.bibtex.tables.field_roles import BOOKKEEPING, REFERRING, STEERING
from compcite.formats.bibtex.tables.macros import MONTHS
from compcite.formats.rewriting import Rewritten
from compcite.model.report import Edit
from compcite.model.source import SourceFile
from compcite.text.phrases import in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from compcite.formats.bibtex.scan.blocks import Piece
    from compcite.model.item import Item
    from compcite.model.library import Entry, Field

__all__ = ["merge_bibtex"]

_SAME_TYPES = {"conference": "inproceedings", "electronic": "online", "www": "online"}
_LISTED_VARIABLES = frozenset({"keyword", "ISSN"})


class Taken(NamedTuple):
    """A value that the earlier entry takes over.

    ``field`` is the field from which the value is copied as written. It is None for a list that was
    united.
    """

    value: str
    field: Field | None = None


def merge_bibtex(entries: Sequence[Entry], into: Entry, *, skip: bool = False) -> Rewritten:
    """The edits that move fields into an earlier entry of the same source and remove the others.

    ``Rewritten.fields`` are the fields of the entry that stays. Raises ContradictionError where the
    entries contradict each other, EditError where something would be lost. With ``skip``, an entry
    that cannot be merged is left as it is, unless none can; ``Rewritten.gone`` are the merged ones.
    """
    merger = _Merger(into)
    for entry in entries:
        try:
            merger.take(entry)
        except EditError:
            if not skip or (entry is entries[-1] and not merger.gone):
                raise
    return merger.rewritten()


class _Merger:
    """The entry that stays, with the fields that it takes over from one entry after another."""

    def __init__(self, into: Entry) -> None:
        """Start with the entry that stays, and nothing taken over."""
        self._into = into
        self._own: dict[str, str] | None = None
        self._plan: dict[str, Taken] = {}
        self._aliases: list[str] = []
        self._only_copies = True
        self.gone: list[Entry] = []

    def take(self, entry: Entry) -> None:
        """Take over the fields of an entry.

        Raises EditError, and takes nothing, if that is impossible: the two contradict each other,
        one of them refers to another entry, a comment would be lost, a macro changes its meaning,
        or the entry is not a later one of the same source.
        """
        source, into = entry.source, self._into
        if source is None or into.source is not source or not into.span.end <= entry.span.start:
            raise EditError("only entries of one source are merged, a later one into an earlier")
        for one in (entry, into):
            if field := _referring_field(one):
                raise EditError(
                    f"{one.key} refers to another entry in its field {field}; write here what it "
                    "takes from there, and remove the field"
                )
        copy = _is_copy(entry, into, source.text)
        plan = {} if copy and not self._plan else self._planned(entry, source)
        check_removable(source, entry, into)
        for taken in plan.values():
            if taken.field is not None:
                _refuse_other_meaning(source, taken.field, entry, into)
        self._plan |= plan
        self._aliases += [*list_parts(value_of(entry, "ids"), ","), entry.key]
        self._only_copies = self._only_copies and copy
        self.gone.append(entry)

    def rewritten(self) -> Rewritten:
        """The edits of the entry that stays, proved by reading it again, and the removals."""
        into = self._into
        source = into.source
        if source is None:
            raise EditError("an entry without a source has no text to edit")
        if (ids := self._ids()) is not None:
            self._plan["ids"] = Taken(ids)
        edits = [_edit(source, into, name, taken) for name, taken in self._plan.items()]
        if edits or not self._only_copies:
            _prove(source, into, self.gone, edits, self._plan)
        removals: list[Edit] = []
        for entry in sorted(self.gone, key=lambda one: one.span.start):
            start, end = removal_span(source.text, entry.span)
            # The last entry of a file takes the blank lines before it, as does the one before.
            free = removals[-1].end if removals else 0
            removals.append(Edit(max(start, free), end, ""))
        return Rewritten((*edits, *removals), tuple(sorted(self._plan)), tuple(self.gone))

    def _planned(self, entry: Entry, source: SourceFile) -> dict[str, Taken]:
        """The fields that the entry that stays would get from this one.

        Fields that reference managers write by themselves, such as ``timestamp``, are not among
        them. Raises ContradictionError, which names the fields in which the two differ (``type``
        for their types).
        """
        plan: dict[str, Taken] = {}
        against = [] if _type(entry) == _type(self._into) else ["type"]
        for field in entry.fields:
            if field.name in BOOKKEEPING or field.name == "ids" or not field.value.strip():
                continue  # those of the entry that stays are right
            if not self._fits(plan, source, field, entry):
                against.append(field.name)
        if "url" in plan and value_of(self._into, "urldate"):
            against.append("urldate")  # which is the day of a visit to another address
        if against:
            fields = tuple(dict.fromkeys(against))
            raise ContradictionError(f"they differ in {in_words(fields)}", fields)
        return plan

    def _fits(self, plan: dict[str, Taken], source: SourceFile, field: Field, entry: Entry) -> bool:
        """Plan one field of the other entry; False where the entry that stays has another value.

        What is to be taken over is put into ``plan``. A field that stands twice is compared, and
        never taken over; so are fields that say how an entry is sorted and printed (``sortkey``).
        """
        name = field.name
        if field.ignored:
            return field.value.split() == value_of(entry, name).split()
        if name in STEERING:
            return field.value.strip() == self._value(name)
        names = (name, OTHER_NAMES.get(name, name))
        if taken := next((plan[one] for one in names if one in plan), None):
            # Two fields of the one entry may be two names of one of the other's.
            return taken.value.split() == field.value.split()
        home = next((one for one in names if self._value(one)), name)
        if not self._value(home):
            plan[name] = Taken(field.value.strip(), field)
            return True
        # A macro has to stand on both sides, or it would be lost.
        return self._macros(home, source) == _macros(source, field) and self._agrees(
            plan, home, field, entry
        )

    def _agrees(self, plan: dict[str, Taken], home: str, field: Field, entry: Entry) -> bool:
        """Whether a field's value is there already, or can be added to the list that is there.

        In the second case the united list is put into ``plan``.
        """
        here = self._value(home)
        if says_same(home, self._into, field.name, entry, here):
            return True
        named = entry.source is not None and _macros(entry.source, field)
        if field.name not in LISTS or named:
            return False
        value = united(field.name, here, field.value.strip())
        if value is not None and value != here:
            plan[home] = Taken(value)
        return value is not None

    def _value(self, name: str) -> str:
        """The value of a field in the entry that stays, or the one that it has taken over."""
        if taken := self._plan.get(name):
            return taken.value
        if self._own is None:
            fields = self._into.fields
            self._own = {one.name: one.value.strip() for one in fields if not one.ignored}
        return self._own.get(name, "")

    def _macros(self, name: str, source: SourceFile) -> list[str]:
        """The macros in the present value of a field in the entry that stays."""
        taken = self._plan.get(name)
        field = taken.field if taken else self._into.field(name)
        return _macros(source, field) if field is not None else []

    def _ids(self) -> str | None:
        """The value of ``ids`` with the keys of the removed entries; None where no key is new.

        Raises EditError for a key with a comma.
        """
        into = self._into
        known = value_of(into, "ids")
        own = [one for one in list_parts(known, ",") if one]
        new = [one for one in dict.fromkeys(self._aliases) if one and one not in (*own, into.key)]
        if not new:
            return None
        if any("," in one for one in new):
            raise EditError("a key with a comma cannot stand among others")
        if into.key in own or not known:
            return ", ".join([*(one for one in own if one != into.key), *new])
        return united("ids", known, ",".join(new))


def _is_copy(entry: Entry, into: Entry, text: str) -> bool:
    """Whether two entries are equal but for their keys, in their text and in their meaning.

    The meaning can differ where a macro is defined anew between them.
    """
    written, before = (text[one.key_span.end : one.span.end] for one in (entry, into))
    if written != before or entry.type != into.type:
        return False
    item, other = entry.item, into.item
    return item.text == other.text and item.names == other.names and item.dates == other.dates


def _referring_field(entry: Entry) -> str | None:
    """The name of a field in which an entry names others, from which it may inherit fields."""
    named = (one.name for one in entry.fields if one.name in REFERRING and one.value.strip())
    return next(named, None)


def _type(entry: Entry) -> str:
    """The entry type, one name for types with several: ``conference`` is ``inproceedings``."""
    return _SAME_TYPES.get(entry.type, entry.type)


def _macros(source: SourceFile, field: Field) -> list[str]:
    """The macros of a value without the months, which are equal to their numbers."""
    return [name for name in _all_macros(source, field) if name not in MONTHS]


def _all_macros(source: SourceFile, field: Field) -> list[str]:
    """The macros of a value, in lower case."""
    return [
        source.text[piece.start : piece.end].lower()
        for piece in _pieces(source.text)[field.value_span.start]
        if piece.kind is PieceKind.MACRO
    ]


@lru_cache(maxsize=4)
def _pieces(text: str) -> dict[int, tuple[Piece, ...]]:
    """The pieces of each value in a text, by the start of the value."""
    return {field.value_start: field.pieces for block in blocks_of(text) for field in block.fields}


@lru_cache(maxsize=4)
def _definitions(text: str) -> tuple[tuple[int, str], ...]:
    """The start and the name of each macro that a text defines."""
    blocks = (block for block in blocks_of(text) if block.kind is BlockKind.STRING)
    return tuple((block.start, macro.name) for block in blocks for macro in block.fields)


def _edit(source: SourceFile, into: Entry, name: str, taken: Taken) -> Edit:
    """The edit that writes a field that is taken over; a value with macros is copied as written."""
    field = taken.field
    present = into.field(name)
    if field is None or not _is_expression(source, field):
        change = make.set_field if present is not None else make.add_field
        return change(source, into, name, taken.value)
    written = source.text[slice(*field.value_span)]
    if present is not None:
        return Edit(*present.value_span, written)
    return make.add_expression(source, into, name, written)


def _is_expression(source: SourceFile, field: Field) -> bool:
    """Whether a value contains a macro or ``#``."""
    first, *more = _pieces(source.text)[field.value_span.start]
    return bool(more) or first.kind is PieceKind.MACRO


def _refuse_other_meaning(source: SourceFile, field: Field, entry: Entry, into: Entry) -> None:
    """Raise EditError where a macro of the field is defined between the two entries.

    It then may mean something else at the place of the earlier entry.
    """
    names = _all_macros(source, field)
    if not names:
        return
    for start, name in _definitions(source.text):
        if name in names and into.span.start <= start < entry.span.start:
            raise EditError(f"the macro {name} is defined between the two")


def _prove(
    source: SourceFile,
    into: Entry,
    gone: Iterable[Entry],
    edits: Sequence[Edit],
    plan: Mapping[str, Taken],
) -> None:
    """Read the merged entry again; raise EditError if it lacks anything that an entry said."""
    before = merged = _said(into.item)
    if edits:
        start, end = into.span
        alone = SourceFile(source.name, source.text[start:end], encoding=source.encoding)
        moved = [Edit(edit.start - start, edit.end - start, edit.text) for edit in edits]
        after = verify_edits(alone, moved, {(0, name) for name in plan})
        if plan.keys() - {"ids"}:  # aliases of the key say nothing of the work
            # Read without the rest of the file, so that a macro stands for its own name in both.
            before, merged = _said_alone(alone.text), _said_alone(after)
    for variable in _unsaid(before, merged, [_said(entry.item) for entry in gone]):
        raise EditError(f"the merged entry would have another {variable}")


def _unsaid(
    before: Mapping[str, object], merged: Mapping[str, object], gone: list[Mapping[str, object]]
) -> Iterator[str]:
    """The variables that the merger would damage.

    Their merged value is neither the old one nor that of a removed entry, or it is missing although
    a removed entry has one.
    """
    for variable, said in before.items():
        if merged.get(variable) != said and not any(
            merged.get(variable) == one.get(variable) for one in gone
        ):
            yield variable
    for one in gone:
        for variable, said in one.items():
            if variable not in before and merged.get(variable) is None and said:
                yield variable


@lru_cache(maxsize=4)  # a thousand copies of an entry are merged into the same one
def _said_alone(text: str) -> Mapping[str, object]:
    """The values of the one entry in a text, by variable."""
    return _said(read_bibtex(SourceFile("merged", text))[0][0].item)


def _said(item: Item) -> Mapping[str, object]:
    """The values of an item by variable, without keywords and ISSN, which are united lists."""
    text = {name: value for name, value in item.text.items() if name not in _LISTED_VARIABLES}
    return {**text, **item.names, **item.dates}
