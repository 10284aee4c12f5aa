"""The earlier entries that each entry of a list repeats."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compcite.checks.case import Repeats, is_mention, is_work
from compcite.checks.same_work import lie_apart, marks, same_work, title_key

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Sequence

    from compcite.model.doi import DOI
    from compcite.model.library import Entry

__all__ = ["find_repeats"]

_FEW = 16  # entries of one title that are all compared with each other


def find_repeats(entries: Sequence[Entry], dois: Sequence[DOI | None]) -> list[Repeats]:
    """For each entry the first one before it with its key, its DOI, or its work.

    ``dois`` holds the DOI of each entry that is known to be its own. Entries are the same
    work only where not both have a DOI, for else the DOIs have said it. What a document mentions
    repeats nothing.
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


def _keys(entry: Entry) -> Iterator[str]:
    """By what an entry is cited, as BibTeX compares it."""
    return filter(None, dict.fromkeys(key.casefold() for key in entry.keys))


class _Firsts:
    """Who had a mark first, in an entry's own source before any other."""

    def __init__(self) -> None:
        self._own: dict[tuple[int, Hashable], Entry] = {}
        self._any: dict[Hashable, Entry] = {}

    def earlier(self, entry: Entry, mark: Hashable) -> Entry | None:
        """The entry that had the mark before; the asking one takes it if none had."""
        own = (id(entry.source), mark)
        first = self._own.get(own) or self._any.get(mark)
        self._own.setdefault(own, entry)
        self._any.setdefault(mark, entry)
        return first


class _Works:
    """Entries by their titles, so that few have to be compared."""

    def __init__(self) -> None:
        self._by_title: dict[Hashable, _SameTitle] = {}
        self._dois: dict[int, DOI | None] = {}

    def earlier(self, entry: Entry, doi: DOI | None) -> Entry | None:
        """The first entry of the same work, one of the same source before any other."""
        key = title_key(entry.item) if is_work(entry) else None
        if key is None:
            return None
        alike = self._by_title.setdefault(key, _SameTitle())
        self._dois[id(entry)] = doi
        found = alike.earlier(entry, doi)
        alike.add(entry, doi)
        return found

    def is_unclear(self, entry: Entry, earlier: Entry) -> bool:
        """Whether two entries that seem to be one work may well be two.

        Because they say different things of where it is, or because a third one is the same work
        as one of them, but not as the other.
        """
        if lie_apart(entry.item, earlier.item):
            return True
        alike = self._by_title.get(title_key(entry.item))
        return alike is not None and any(
            self._are_one(entry, other) != self._are_one(earlier, other)
            for other in alike.others(entry, self._dois[id(entry)])
            if other is not entry and other is not earlier
        )

    def _are_one(self, one: Entry, other: Entry) -> bool:
        """Whether two entries are one work; two DOIs have said that they are not."""
        dois = {self._dois[id(entry)] for entry in (one, other)} - {None}
        return len(dois) <= 1 and same_work(one.item, other.item)


class _SameTitle:
    """Entries of one kind, year and title, in order.

    Where there are many, as under a title such as "Editorial introduction", not each is
    compared with each: only with the first few that have something in common with it.
    """

    def __init__(self) -> None:
        self._entries: list[tuple[Entry, DOI | None]] = []
        self._marked: dict[Hashable, list[Entry]] = {}
        self._known = 0

    def add(self, entry: Entry, doi: DOI | None) -> None:
        """Put an entry behind the others."""
        self._entries.append((entry, doi))

    def earlier(self, entry: Entry, doi: DOI | None) -> Entry | None:
        """The first entry of the same work, one of the same source before any other."""
        others = self.others(entry, doi)
        return next((other for other in others if same_work(entry.item, other.item)), None)

    def others(self, entry: Entry, doi: DOI | None) -> Iterable[Entry]:
        """Those that an entry is compared with, those of its own source first."""
        return (self._all if len(self._entries) <= _FEW else self._likely)(entry, doi)

    def _all(self, entry: Entry, doi: DOI | None) -> list[Entry]:
        """All that may be of the same work, those of the entry's own source first."""
        others = [other for other, its_doi in self._entries if doi is None or its_doi is None]
        return sorted(others, key=lambda other: other.source is not entry.source)

    def _likely(self, entry: Entry, doi: DOI | None) -> Iterable[Entry]:
        """The first few that share an author's name with the entry, and its place if they can."""
        for other, its_doi in self._entries[self._known :]:
            for mark in marks(other.item):
                for source in (id(other.source), None):
                    marked = self._marked.setdefault((source, its_doi is None, mark), [])
                    if len(marked) < _FEW:
                        marked.append(other)
        self._known = len(self._entries)
        own_marks = list(marks(entry.item))
        found = (
            other
            for source in (id(entry.source), None)
            for without_doi in ((True, False) if doi is None else (True,))
            for mark in own_marks
            for other in self._marked.get((source, without_doi, mark), ())
        )
        return {id(other): other for other in found}.values()
