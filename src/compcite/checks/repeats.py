"""Find the earlier entries that each entry of a list repeats."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compcite.checks.case import Repeats, is_mention, is_work
from compcite.checks.same_work import (
    author_keys,
    same_work,
    share_no_place,
    title_key,
    traits,
)

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Sequence

    from compcite.checks.same_work import Traits
    from compcite.model.doi import DOI
    from compcite.model.library import Entry

__all__ = ["find_repeats", "marks_of"]

# Up to so many entries of one title are all compared with each other: 16 make 120 comparisons. With
# more, the time would grow with the square of their number.
_FEW = 16


def find_repeats(entries: Sequence[Entry], dois: Sequence[DOI | None]) -> list[Repeats]:
    """Return for each entry the first earlier entries with its key, its DOI and its work.

    Those of the same source come first; no work is given where the DOI is the same. ``dois`` holds
    the DOI of each entry, or None if it may be the DOI of another work. Two entries with different
    DOIs are never the same work. An entry that is only a DOI mentioned in a document repeats
    nothing.
    """
    keys, numbers, works = _Firsts(), _Firsts(), _Works()
    repeats: list[Repeats] = []
    for entry, doi in zip(entries, dois, strict=True):
        if is_mention(entry):
            repeats.append(Repeats())
            continue
        same_key = next(filter(None, [keys.earlier(entry, one) for one in _keys(entry)]), None)
        same_doi = numbers.earlier(entry, doi) if doi else None
        same_work = works.earlier(entry, doi)
        repeats.append(Repeats(same_key, same_doi, None if same_doi else same_work))
    return [
        found._replace(unclear=works.is_unclear(entry, found.work)) if found.work else found
        for entry, found in zip(entries, repeats, strict=True)
    ]


def marks_of(entry: Entry, doi: DOI | None) -> frozenset[Hashable]:
    """The values of which two entries have one in common if one repeats the other.

    What an entry repeats depends only on the entries with which it shares a mark. ``doi`` is as in
    :func:`find_repeats`. A DOI that a document only mentions has no marks.
    """
    if is_mention(entry):
        return frozenset()
    work = title_key(entry.item) if is_work(entry) else None
    named = (("key", key) for key in _keys(entry))
    known = ((kind, mark) for kind, mark in (("doi", doi), ("work", work)) if mark is not None)
    return frozenset((*named, *known))


def _keys(entry: Entry) -> Iterator[str]:
    """The key and the aliases of an entry in lower case, as BibTeX compares them."""
    return filter(None, dict.fromkeys(key.casefold() for key in entry.keys))


class _Firsts:
    """The first entry with each mark (a key or a DOI): in each source, and in all sources."""

    def __init__(self) -> None:
        """Start with no entry recorded."""
        self._own: dict[tuple[int, Hashable], Entry] = {}
        self._any: dict[Hashable, Entry] = {}

    def earlier(self, entry: Entry, mark: Hashable) -> Entry | None:
        """The first earlier entry with this mark, in the same source if there is one there.

        None without one. The entry is then recorded as one with this mark.
        """
        own = (id(entry.source), mark)
        first = self._own.get(own) or self._any.get(mark)
        self._own.setdefault(own, entry)
        self._any.setdefault(mark, entry)
        return first


class _Works:
    """Entries in groups of the same title, year and type, so that only few are compared."""

    def __init__(self) -> None:
        """Start with no entry recorded."""
        self._by_title: dict[Hashable, _SameTitle] = {}
        self._dois: dict[int, DOI | None] = {}
        self._compared = _Compared()

    def earlier(self, entry: Entry, doi: DOI | None) -> Entry | None:
        """Return the first earlier entry of the same work, one of the same source before others.

        Without one, return None. In both cases ``entry`` itself is recorded for the entries that
        follow.
        """
        key = title_key(entry.item) if is_work(entry) else None
        if key is None:
            return None
        alike = self._by_title.setdefault(key, _SameTitle(self._compared))
        self._dois[id(entry)] = doi
        found = alike.earlier(entry, doi)
        alike.add(entry, doi)
        return found

    def is_unclear(self, entry: Entry, earlier: Entry) -> bool:
        """Whether two entries that seem to be one work may be two.

        That is so where they name different kinds of places (a meeting, a book), or where a third
        entry is the same work as one of them but not as the other.
        """
        if share_no_place(entry.item, earlier.item):
            return True
        if self._dois[id(entry)] == self._dois[id(earlier)] and self._compared.alike(
            entry, earlier
        ):
            return False  # whatever a third entry says, it says to both
        alike = self._by_title.get(title_key(entry.item))
        return alike is not None and any(
            self._are_one(entry, other) != self._are_one(earlier, other)
            for other in alike.others(entry, self._dois[id(entry)])
            if other is not entry and other is not earlier
        )

    def _are_one(self, one: Entry, other: Entry) -> bool:
        """Whether two entries are one work; different DOIs say that they are not."""
        dois = {self._dois[id(entry)] for entry in (one, other)} - {None}
        return len(dois) <= 1 and self._compared.are_one(one, other)


class _Compared:
    """The comparisons of entries that were made so far.

    Copies of an entry say the same, so that each is compared with other entries only once. A list
    may hold thousands of them.
    """

    def __init__(self) -> None:
        """Start with nothing compared."""
        self._numbers: dict[Traits, int] = {}
        self._traits: dict[int, tuple[int, Traits]] = {}
        self._results: dict[tuple[int, int], bool] = {}

    def are_one(self, one: Entry, other: Entry) -> bool:
        """Whether two entries with the same title are one work; their DOIs are not looked at."""
        (number, mine), (other_number, theirs) = self._of(one), self._of(other)
        pair = number, other_number
        if pair not in self._results:
            self._results[pair] = same_work(mine, theirs)
        return self._results[pair]

    def alike(self, one: Entry, other: Entry) -> bool:
        """Whether nothing that is compared differs between two entries."""
        return self._of(one)[0] == self._of(other)[0]

    def _of(self, entry: Entry) -> tuple[int, Traits]:
        """A number that is the same for entries that say the same, and what is compared of them."""
        known = self._traits.get(id(entry))
        if known is None:
            found = traits(entry.item)
            known = self._numbers.setdefault(found, len(self._numbers)), found
            self._traits[id(entry)] = known
        return known


class _SameTitle:
    """Entries of one type, year and title, in order.

    Where there are many, as for "Editorial introduction", an entry is compared only with the first
    few that share an author's name with it.
    """

    def __init__(self, compared: _Compared) -> None:
        """Start with no entry recorded."""
        self._compared = compared
        self._entries: list[tuple[Entry, DOI | None]] = []
        self._marked: dict[Hashable, list[Entry]] = {}
        self._known = 0

    def add(self, entry: Entry, doi: DOI | None) -> None:
        """Add an entry after the others."""
        self._entries.append((entry, doi))

    def earlier(self, entry: Entry, doi: DOI | None) -> Entry | None:
        """The first earlier entry of the same work, in the same source if there is one there."""
        others = self.others(entry, doi)
        return next((other for other in others if self._compared.are_one(entry, other)), None)

    def others(self, entry: Entry, doi: DOI | None) -> Iterable[Entry]:
        """The recorded entries to compare with, those of the same source first.

        Entries are left out if both have a DOI; of many entries, those that share no author's name.
        """
        return (self._all if len(self._entries) <= _FEW else self._likely)(entry, doi)

    def _all(self, entry: Entry, doi: DOI | None) -> list[Entry]:
        """All entries that may be the same work: not both have a DOI, for then the DOIs decide."""
        others = [other for other, its_doi in self._entries if doi is None or its_doi is None]
        return sorted(others, key=lambda other: other.source is not entry.source)

    def _likely(self, entry: Entry, doi: DOI | None) -> Iterator[Entry]:
        """Yield the first few entries for each word of an author's name that they share.

        Those that also have the entry's volume and pages come before the others.
        """
        for other, its_doi in self._entries[self._known :]:
            for mark in author_keys(other.item):
                for source in (id(other.source), None):
                    marked = self._marked.setdefault((source, its_doi is None, mark), [])
                    if len(marked) < _FEW:
                        marked.append(other)
        self._known = len(self._entries)
        own_keys = list(author_keys(entry.item))
        seen: set[int] = set()
        for source in (id(entry.source), None):
            for without_doi in (True, False) if doi is None else (True,):
                for mark in own_keys:
                    for other in self._marked.get((source, without_doi, mark), ()):
                        if id(other) not in seen:
                            seen.add(id(other))
                            yield other
