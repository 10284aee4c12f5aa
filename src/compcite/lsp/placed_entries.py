"""The entries of an open list as a sequence, each made only when somebody asks for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple, overload

from compcite.model.library import Entry

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from compcite.formats.bibtex.read.edited import Unit
    from compcite.model.source import SourceFile

__all__ = ["PlacedEntries"]


class _Place(NamedTuple):
    """A block that is an entry, and where it stands in a text."""

    unit: Unit
    source: SourceFile
    start: int


class PlacedEntries(Sequence[Entry]):
    """Entries at their places in a text; ``members`` are those from which they are made.

    Every change of the text moves the entries behind it. To make them all again takes half a second
    in a list of 10,000 entries; most questions are about one of them.
    """

    def __init__(self, members: Iterable[Entry | _Place]) -> None:
        """Take entries, and places of blocks from which entries can be made."""
        self.members = list(members)
        self._made: dict[int, Entry] = {}

    @classmethod
    def of(cls, source: SourceFile, units: Iterable[Unit]) -> PlacedEntries:
        """The entries among some blocks of a text, at their present places."""
        return cls(_Place(unit, source, unit.start) for unit in units if unit.is_entry)

    @classmethod
    def joined(cls, parts: Iterable[Sequence[Entry]]) -> PlacedEntries:
        """The entries of several lists, one list after the other."""
        return cls(
            member
            for part in parts
            for member in (part.members if isinstance(part, PlacedEntries) else part)
        )

    def all_keys(self) -> Iterator[tuple[str, ...]]:
        """The keys of each entry; no entry is made for it."""
        for member in self.members:
            yield member.unit.keys if isinstance(member, _Place) else member.keys

    def __len__(self) -> int:
        """The number of entries."""
        return len(self.members)

    @overload
    def __getitem__(self, index: int) -> Entry: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Entry]: ...
    def __getitem__(self, index: int | slice) -> Entry | Sequence[Entry]:
        """The entry at an index, or those of a slice."""
        if isinstance(index, slice):
            return [self[place] for place in range(*index.indices(len(self)))]
        member = self.members[index]
        if isinstance(member, Entry):
            return member
        made = self._made.get(index)
        if made is None:
            made = self._made[index] = member.unit.entry(member.source, member.start)
        return made
