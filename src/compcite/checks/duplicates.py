"""Family L7: the entries of a list beside each other."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from compcite.checks.case import Case, Fault, Twins, field_of, is_mention, is_work, place_of
from compcite.checks.preprints import is_preprint
from compcite.model.report import Fix, Severity
from compcite.text.compare import (
    compare_containers,
    compare_pages,
    compare_people,
    compare_volumes,
)
from compcite.text.compare.titles import ABOUT, wording
from compcite.text.compare.words import squeeze, words
from compcite.text.languages import split_languages

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Sequence

    from compcite.model.doi import DOI
    from compcite.model.item import Item
    from compcite.model.library import Entry

__all__ = ["doi_duplicated", "find_twins", "key_duplicated", "work_duplicated"]

_PARTS = ("edition", "part", "volume-title", "original-title", "version", "medium")
# What finds a work in what it stands in; where it appeared or can be had, the former included;
# and where that is said of what stands in nothing.
_LOCATING = frozenset({"volume", "issue", "number", "page", "chapter-number", "part-number"})
_PLACING = _LOCATING | {
    *("container-title", "event-title", "event-place", "publisher-place", "DOI", "URL"),
}
_PLACING_ALONE = _PLACING | {"publisher", "note", "genre"}
_NOTES = ("note", "genre", "status")
_SHORT_TITLE = 16  # letters of a title that many works have, such as "Introduction"
_TAG = re.compile(r"[a-z]{2}(?:-[A-Z]{2})?")  # of a language that is known
_FEW = 16  # entries of one title that are all compared with each other
_PEOPLE = 3


def key_duplicated(case: Case) -> Iterator[Fault]:
    """Two entries have the same citation key.

    BibTeX refuses the second one, and other programs take either. Keys are compared without
    regard to case, as BibTeX does, and aliases (`ids`) are keys. The finding stands on every
    later entry. A key alone makes no two entries one work; where DOI, or title, authors and year,
    say so as well, or the later one adds nothing, an unsafe fix merges them.
    """
    earlier = case.twins.key if case.twins else None
    if earlier is not None and case.twins is not None:
        fault = _repeated(case.entry, earlier, f"the key is that of the entry {_at(earlier)}")
        works = (case.twins.doi, None if case.twins.unclear else case.twins.work)
        same = earlier in works or _adds_nothing(case.entry, earlier)
        yield fault if same else fault._replace(fix=None)


def doi_duplicated(case: Case) -> Iterator[Fault]:
    """Two entries have the same DOI.

    Both are cited as different works, and the bibliography lists one work twice. The finding
    stands on every later entry and names the first. Where the two do not contradict each other,
    an unsafe fix merges them: the first takes over what only the later one says, and its key as
    an alias (`ids`, which biblatex knows; in BibTeX documents the citations are yours to change).
    """
    earlier = case.twins.doi if case.twins else None
    if earlier is not None and case.written is not None:
        message = f"{earlier.key} ({_at(earlier)}) has the same DOI {case.written.doi}"
        field = field_of(case.entry, "DOI") or case.written.field
        fault = _repeated(case.entry, earlier, message)
        yield fault._replace(
            span=place_of(case.entry, field), field="doi", actual=str(case.written.doi)
        )


def work_duplicated(case: Case) -> Iterator[Fault]:
    """Two entries describe the same work.

    Title, authors and year agree, and nothing else contradicts it. A preprint and the article
    that came of it are two works. The finding stands on every later entry and names the first.
    Where the two do not contradict each other, and no third entry fits but one of them, an
    unsafe fix merges them, as it does entries of the same DOI.
    """
    earlier = case.twins.work if case.twins else None
    if earlier is not None and case.twins is not None:
        message = f"{earlier.key} ({_at(earlier)}) describes the same work"
        fault = _repeated(case.entry, earlier, message)
        yield fault._replace(fix=None) if case.twins.unclear else fault


def _repeated(entry: Entry, earlier: Entry, message: str) -> Fault:
    """The finding about an entry that repeats another; across sources a note without a fix."""
    if earlier.source is not entry.source:
        return Fault(message, place_of(entry), severity=Severity.NOTE)
    instead = "" if entry.key == earlier.key else f", and cite {earlier.key} for {entry.key}"
    title = f"Merge the entry into {_called(earlier)}{instead}"
    return Fault(message, place_of(entry), fix=Fix(title, safe=False, into=earlier))


def _adds_nothing(entry: Entry, earlier: Entry) -> bool:
    """Whether an entry says nothing that an earlier one of its type does not say in these words."""
    said = {(field.name, field.value) for field in earlier.fields}
    return entry.type == earlier.type and {(f.name, f.value) for f in entry.fields} <= said


def _called(entry: Entry) -> str:
    return f"{entry.key} ({_at(entry)})"


def _at(entry: Entry) -> str:
    """Where an entry stands, for a message."""
    if entry.source is None:
        return "above"
    line = entry.source.position(entry.span.start).line
    return f"{entry.source.name}:{line}"


def find_twins(entries: Sequence[Entry], dois: Sequence[DOI | None]) -> list[Twins]:
    """For each entry the first one before it with its key, its DOI, or its work.

    ``dois`` holds the DOI of each entry that is known to be its own. Entries are the same
    work only where not both have a DOI, for else the DOIs have said it. What a document mentions
    repeats nothing.
    """
    keys, numbers, works = _Firsts(), _Firsts(), _Works()
    twins: list[Twins] = []
    for entry, doi in zip(entries, dois, strict=True):
        if is_mention(entry):
            twins.append(Twins())
            continue
        same_key = next(filter(None, [keys.earlier(entry, one) for one in _keys(entry)]), None)
        same_doi = numbers.earlier(entry, doi) if doi else None
        same_work = works.earlier(entry, doi)
        twins.append(Twins(same_key, same_doi, None if same_doi else same_work))
    return [
        found._replace(unclear=works.is_unclear(entry, found.work, doi)) if found.work else found
        for entry, doi, found in zip(entries, dois, twins, strict=True)
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
    """Entries on shelves, so that few have to be compared."""

    def __init__(self) -> None:
        self._shelves: dict[Hashable, _Shelf] = {}

    def earlier(self, entry: Entry, doi: DOI | None) -> Entry | None:
        """The first entry of the same work, one of the same source before any other."""
        place = _place(entry.item) if is_work(entry) else None
        if place is None:
            return None
        shelf = self._shelves.setdefault(place, _Shelf())
        found = shelf.earlier(entry, doi)
        shelf.add(entry, doi)
        return found

    def is_unclear(self, entry: Entry, earlier: Entry, doi: DOI | None) -> bool:
        """Whether a third entry is the same work as one of two, but not as the other."""
        shelf = self._shelves.get(_place(entry.item))
        return shelf is not None and any(
            _same_work(entry.item, other.item) != _same_work(earlier.item, other.item)
            for other in shelf.others(entry, doi)
            if other is not entry and other is not earlier
        )


class _Shelf:
    """Entries of one kind, year and title, in order.

    On a shelf with many, which a title such as "Editorial introduction" fills, not each is
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
        return next((other for other in others if _same_work(entry.item, other.item)), None)

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
            for mark in _marks(other.item):
                for source in (id(other.source), None):
                    marked = self._marked.setdefault((source, its_doi is None, mark), [])
                    if len(marked) < _FEW:
                        marked.append(other)
        self._known = len(self._entries)
        marks = list(_marks(entry.item))
        found = (
            other
            for source in (id(entry.source), None)
            for without_doi in ((True, False) if doi is None else (True,))
            for mark in marks
            for other in self._marked.get((source, without_doi, mark), ())
        )
        return {id(other): other for other in found}.values()


def _place(item: Item) -> Hashable | None:
    """What all entries of a work have in common; None where it is too little to go by."""
    title, year = item.text.get("title", ""), _year(item)
    letters = squeeze(title)
    if len(letters) < _SHORT_TITLE or year is None or not item.names.get("author"):
        return None
    parts = tuple(squeeze(item.text.get(name, "")) for name in _PARTS)
    # The volumes of a book have its title each, and so has the book as a whole.
    of_volumes = item.type == "book" and "volume" in item.text
    return item.type, year, letters[:_SHORT_TITLE], wording(title), parts, of_volumes


def _marks(item: Item) -> Iterator[Hashable]:
    """By what an entry is found on a full shelf: its authors' names, with its place and without."""
    place = tuple(squeeze(item.text.get(name, "")) for name in ("volume", "page"))
    people = item.names["author"][:_PEOPLE]
    for word in dict.fromkeys(w for p in people for w in words(f"{p.family} {p.literal}")):
        yield word, place
        yield word


def _same_work(one: Item, other: Item) -> bool:
    """Whether two items from one shelf are the same work by authors and all else they say."""
    mine, theirs = one.text, other.text
    if is_preprint(one) != is_preprint(other) or _is_about(one) != _is_about(other):
        return False
    if _lie_apart(one, other):
        return False
    languages = [_languages(item) for item in (one, other)]
    if all(languages) and languages[0].isdisjoint(languages[1]):
        return False
    containers = [[text.get("container-title", "")] for text in (mine, theirs)]
    differ = (
        compare_pages(mine.get("page", ""), theirs.get("page", "")).differs
        or compare_volumes(mine.get("volume", ""), theirs.get("volume", ""), frozenset()).differs
        or compare_containers(*containers).differs
    )
    return (
        not differ
        and compare_people(
            one.names["author"],
            other.names["author"],
            truncated="author" in one.truncated or "author" in other.truncated,
        ).agrees
    )


def _lie_apart(one: Item, other: Item) -> bool:
    """Whether two items say where they appeared, and nothing of it is of the same kind.

    They may then be two works: a talk at a meeting, and a chapter of a book.
    """
    contained = any("container-title" in item.text for item in (one, other))
    for kinds in (_LOCATING, _PLACING if contained else _PLACING_ALONE):
        mine, theirs = (item.text.keys() & kinds for item in (one, other))
        if mine and theirs and not mine & theirs:
            return True
    return False


def _is_about(item: Item) -> bool:
    """Whether a note says that an item is an erratum of a work, a review of it, or the like."""
    said = " ".join(item.text.get(variable, "") for variable in _NOTES)
    return not ABOUT.isdisjoint(words(said))


def _languages(item: Item) -> set[str]:
    """The languages of an item that are given by tags, without their regions."""
    tags = split_languages(item.text.get("language", ""))
    return {tag.partition("-")[0] for tag in tags if _TAG.fullmatch(tag)}


def _year(item: Item) -> int | None:
    return item.dates["issued"].year if "issued" in item.dates else None
