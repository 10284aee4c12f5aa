"""The entries of some lists, as documents cite them: by key."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from compcite.checks.citations import EntriesByKey
from compcite.lsp.placed_entries import PlacedEntries
from compcite.model.library import Library

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compcite.model.library import Entry

__all__ = ["KnownEntries"]


class KnownEntries:
    """The entries of some lists.

    ``keys`` are the keys of each; ``unread`` are the keys of entries that cannot be read.
    """

    def __init__(self, libraries: Sequence[Library], before: KnownEntries | None = None) -> None:
        """Take the lists; ``before`` are their entries before a change, which may keep all keys."""
        self._entries = PlacedEntries.joined(one.entries for one in libraries)
        self.library = Library(
            [source for one in libraries for source in one.sources],
            self._entries,
            [problem for one in libraries for problem in one.problems],
        )
        problems = self.library.problems
        self.keys = list(self._entries.all_keys())
        self._names = before.names if before and before.keys == self.keys else None
        self.unread = {one.key for one in problems if one.rule == "entry-unparsed" and one.key}

    @cached_property
    def names(self) -> EntriesByKey:
        """The entries by key, alias and DOI."""
        if self._names is not None:
            return self._names.for_entries(self._entries)
        return EntriesByKey(self._entries, self.keys)

    def meant(self, key: str) -> list[Entry]:
        """The entries that a citation of this key means."""
        return [self._entries[place] for place in self.names.meant(key)]
