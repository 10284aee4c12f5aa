"""Family L7: the entries of a list beside each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compcite.checks.case import Case, Fault, Twins, field_of, is_mention, is_work, place_of
from compcite.model.report import Severity
from compcite.text.compare import (
    Likeness,
    compare_containers,
    compare_pages,
    compare_people,
    compare_volumes,
)
from compcite.text.compare.titles import likeness_of_titles
from compcite.text.compare.words import squeeze

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Sequence

    from compcite.model.doi import DOI
    from compcite.model.item import Item
    from compcite.model.library import Entry

__all__ = ["doi_duplicated", "find_twins", "key_duplicated", "work_duplicated"]

_PARTS = ("edition", "part", "volume-title", "original-title", "language", "version", "medium")
_SHORT_TITLE = 16  # letters of a title that many works have, such as "Introduction"


def key_duplicated(case: Case) -> Iterator[Fault]:
    """Two entries have the same citation key.

    BibTeX refuses the second one, and other programs take either. Keys are compared without
    regard to case, as BibTeX does. The finding stands on every later entry.
    """
    earlier = case.twins.key if case.twins else None
    if earlier is not None:
        yield _repeated(case.entry, earlier, f"the key is that of the entry {_at(earlier)}")


def doi_duplicated(case: Case) -> Iterator[Fault]:
    """Two entries have the same DOI.

    Both are cited as different works, and the bibliography lists one work twice. The finding
    stands on every later entry and names the first.
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
    """
    earlier = case.twins.work if case.twins else None
    if earlier is not None:
        message = f"{earlier.key} ({_at(earlier)}) describes the same work"
        yield _repeated(case.entry, earlier, message)


def _repeated(entry: Entry, earlier: Entry, message: str) -> Fault:
    """The finding about an entry that repeats another; across sources it is a note."""
    severity = None if earlier.source is entry.source else Severity.NOTE
    return Fault(message, place_of(entry), severity=severity)


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
        same_key = keys.earlier(entry, entry.key.casefold()) if entry.key else None
        same_doi = numbers.earlier(entry, doi) if doi else None
        same_work = works.earlier(entry, doi)
        twins.append(Twins(same_key, same_doi, None if same_doi else same_work))
    return twins


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
    """Entries by the beginning of their title, so that few have to be compared."""

    def __init__(self) -> None:
        self._shelves: dict[str, list[tuple[Entry, DOI | None]]] = {}

    def earlier(self, entry: Entry, doi: DOI | None) -> Entry | None:
        """The first entry of the same work, one of the same source before any other."""
        title = squeeze(entry.item.text.get("title", ""))
        if len(title) < _SHORT_TITLE or not is_work(entry):
            return None
        shelf = self._shelves.setdefault(title[:_SHORT_TITLE], [])
        same = [
            other
            for other, its_doi in shelf
            if (doi is None or its_doi is None) and _same_work(entry.item, other.item)
        ]
        shelf.append((entry, doi))
        own = (other for other in same if other.source is entry.source)
        return next(own, same[0] if same else None)


def _same_work(one: Item, other: Item) -> bool:
    """Whether two items are the same work by title, authors, year, and all else they say."""
    if one.type != other.type or _year(one) is None or _year(one) != _year(other):
        return False
    likeness, _ = likeness_of_titles(one.text.get("title", ""), other.text.get("title", ""))
    if likeness is not Likeness.SAME or not _same_part(one, other):
        return False
    people = compare_people(
        one.names.get("author", ()),
        other.names.get("author", ()),
        truncated="author" in one.truncated or "author" in other.truncated,
    )
    return people.agrees


def _same_part(one: Item, other: Item) -> bool:
    """Whether nothing says that two items are different parts or editions of a work.

    The volumes of a book have its title each, and so has the book as a whole.
    """
    mine, theirs = one.text, other.text
    if one.type == "book" and ("volume" in mine) != ("volume" in theirs):
        return False
    if any(squeeze(mine.get(name, "")) != squeeze(theirs.get(name, "")) for name in _PARTS):
        return False
    containers = [[text.get("container-title", "")] for text in (mine, theirs)]
    differences = (
        compare_pages(mine.get("page", ""), theirs.get("page", "")),
        compare_volumes(mine.get("volume", ""), theirs.get("volume", ""), frozenset()),
        compare_containers(*containers),
    )
    return not any(difference.differs for difference in differences)


def _year(item: Item) -> int | None:
    return item.dates["issued"].year if "issued" in item.dates else None
