"""Find the registered work that an entry describes among the results of a search."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from compcite.checks.preprints import PREPRINT, is_preprint
from compcite.checks.records import Comparison, compare_records
from compcite.model.doi import DOI
from compcite.model.search import Description, Nearest, Same
from compcite.text.compare import Likeness
from compcite.text.compare.people import split_joined_names
from compcite.text.compare.words import squeeze, words
from compcite.text.markup import without_tags

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from compcite.model.item import Item, Name
    from compcite.model.work import Work

__all__ = [
    "best_match",
    "describe",
    "is_listed",
    "kind_of_match",
    "near_match",
    "near_spellings",
    "nearest_work",
]

# Registered types that are never what a reference means, though they carry a work's title.
_NEVER = frozenset(
    {"component", "peer-review", "journal", "journal-issue", "journal-volume", "grant", "database"}
)
# A title of one word is common ("Memory"): without a name beside it, it finds everything.
_ENOUGH_WORDS = 2
_SEVERAL = 2  # two works of one author are no coincidence, two of the same two authors hardly are
_PEOPLE = 3
_SPELLINGS = 80  # what one list of a registry holds of one DOI's neighbours
_LOOK_ALIKES = {"o": "0", "0": "o", "l": "1", "i": "1", "1": "l", "s": "5", "5": "s", "b": "8"}


def describe(item: Item) -> Description | None:
    """Return the words of an item to search for, or None if they are too few for a search.

    They are the title, the first three authors (else editors), container, year, volume and pages. A
    title of one word is enough with an author or editor, else two words are needed.
    """
    title = without_tags(item.text.get("title", ""))
    people = split_joined_names(item.names.get("author") or item.names.get("editor") or ())
    families = tuple(filter(None, (name.family or name.literal for name in people[:_PEOPLE])))
    if len(title.split()) < (1 if families else _ENOUGH_WORDS):
        return None
    year = item.dates["issued"].year if "issued" in item.dates else None
    parts = (
        *families,
        title,
        without_tags(item.text.get("container-title", "")),
        str(year or ""),
        item.text.get("volume", ""),
        item.text.get("page", ""),
    )
    return Description(" ".join(filter(None, parts)), title, families)


def best_match(item: Item, works: Iterable[Work]) -> Work | None:
    """Return the one work that an item certainly describes, or None.

    Title and authors must agree; year and journal must not differ, nor volume and pages both; and
    one work must come nearest alone. If neither side names anybody, title, journal, year and pages
    (or volume and issue) must agree instead. Works without a DOI, notices, and whole journals or
    issues are left out.
    """
    ranked = sorted(_possible(item, works), key=lambda pair: pair[0], reverse=True)
    if not ranked or (len(ranked) > 1 and ranked[0][0] == ranked[1][0]):
        return None
    return ranked[0][1]


def near_match(item: Item, works: Iterable[Work]) -> Work | None:
    """Return the one work that an item describes among works with nearly the same DOI, or None.

    As the DOI is so near, it is enough if title or authors agree and no other part differs. None
    also if several works fit.
    """
    found = [(work, compare_records(item, work)) for work in works]
    right = [
        work
        for work, compared in found
        if (compared.title.agrees or compared.authors.agrees)
        and not any(aspect.differs for aspect in compared)
    ]
    return right[0] if len(right) == 1 else None


def is_listed(item: Item, works: Iterable[Work]) -> bool:
    """Return whether one of the works is the item's work, or another version of it.

    Title and authors agree. Unless one of the two is a preprint, year and journal must not both
    differ. The work may have no DOI: it exists all the same.
    """
    return any(
        _is_of_them(item, work, found) and not _is_elsewhere(item, work, found)
        for work in works
        for found in [compare_records(item, work)]
    )


def _is_of_them(item: Item, work: Work, found: Comparison) -> bool:
    """Return whether a work has the title and the authors of an item.

    If the authors cannot be compared, as where one side names none, the title must be the same word
    for word, or the year must agree too.
    """
    if not found.title.agrees:
        return False
    if _is_by_them(item, work, found):
        return True
    nobody = found.authors.likeness is Likeness.UNKNOWN
    return nobody and (found.title.likeness is Likeness.SAME or found.year.agrees)


def _names_only_the_first(item: Item, work: Work) -> bool:
    """Return whether a record names the first of an item's several authors, and nobody else."""
    written, registered = (one.names.get("author", ()) for one in (item, work.item))
    if len(registered) != 1 or len(written) < _SEVERAL:
        return False
    return compare_records(replace(item, names={"author": written[:1]}), work).authors.agrees


def _is_elsewhere(item: Item, work: Work, found: Comparison) -> bool:
    """Return whether a published work appeared in another year and in another journal or book.

    Then the item may still be another version, such as the conference paper before the article.
    """
    published = not (is_preprint(item) or work.item.type == PREPRINT)
    return published and found.year.differs and found.container.differs


def nearest_work(item: Item, works: Iterable[Work]) -> Nearest | None:
    """Return the work that comes nearest to an item, and what they have in common, or None.

    It is the first one with title and authors of the item; else the one with its title whose
    authors fit best, and how these differ in part; else the first one by its authors. Works of one
    author are often of the same year. So this last one is returned only if the item has several
    authors and the year or the journal agrees too. Notices, and whole journals or issues, are left
    out.
    """
    compared = [
        (work, compare_records(item, work))
        for work in works
        if work.registered_type not in _NEVER and not work.updates_to
    ]
    for work, found in compared:
        if _is_of_them(item, work, found):
            return Nearest(work, Same.WORK)
    titled = [(work, found) for work, found in compared if found.title.agrees]
    if titled:
        work, found = max(
            titled, key=lambda pair: (pair[1].title.likeness, pair[1].authors.likeness)
        )
        partly = found.authors.likeness is Likeness.DIFFERENT
        return Nearest(work, Same.TITLE, found.authors.reason if partly else "")
    several = len(item.names.get("author", ())) >= _SEVERAL
    for work, found in compared:
        if several and found.authors.agrees and (found.year.agrees or found.container.agrees):
            return Nearest(work, Same.AUTHORS)
    return None


def kind_of_match(item: Item, work: Work) -> str:
    """Return the words for a message if a match is the preprint of an item, or the other way round.

    They are empty for a match of the same kind.
    """
    registered = work.item.type == PREPRINT
    if registered == is_preprint(item):
        return ""
    return " (a preprint of it)" if registered else " (as it was published)"


def near_spellings(doi: DOI) -> list[DOI]:
    """Return the DOIs that an author may have meant who made one typing mistake in ``doi``.

    The likeliest come first. For ``10.1000/a12`` they are those with another sign that looks alike
    (``al2``), with one sign less (``a1``), with two signs swapped (``a21``), and with a digit that
    is one higher or lower (``a13``); the prefix stays. There are at most 80, as many as fit into
    one request.
    """
    prefix, _, suffix = doi.value.partition("/")
    spelled = dict.fromkeys(f"{prefix}/{near}" for near in _slips(suffix) if near)
    spelled.pop(doi.value, None)
    return [DOI(near) for near in spelled][:_SPELLINGS]


def _slips(suffix: str) -> Iterator[str]:
    """Yield the texts from which one slip makes ``suffix``; some come twice, or are ``suffix``."""
    places = range(len(suffix))
    for at in places:
        if suffix[at] in _LOOK_ALIKES:
            yield suffix[:at] + _LOOK_ALIKES[suffix[at]] + suffix[at + 1 :]
    for at in reversed(places):
        yield suffix[:at] + suffix[at + 1 :]
        yield suffix[:at] + suffix[at + 1 : at + 2] + suffix[at] + suffix[at + 2 :]
    for at in reversed(places):
        if suffix[at].isdecimal():
            for digit in {max(int(suffix[at]) - 1, 0), min(int(suffix[at]) + 1, 9)}:
                yield f"{suffix[:at]}{digit}{suffix[at + 1 :]}"


def _possible(item: Item, works: Iterable[Work]) -> Iterator[tuple[int, Work]]:
    """Yield the works that may be the item's, each with a number that is higher if it is nearer.

    Works without a DOI, notices, and whole journals or issues are left out.
    """
    for work in works:
        if not work.doi.value or work.registered_type in _NEVER or work.updates_to:
            continue
        found = compare_records(item, work)
        by_them = _is_by_them(item, work, found)
        known = by_them or (_nobody(item, work) and _stands_there(found))
        if found.title.agrees and known and not _contradicted(found):
            yield _nearness(item, work, found), work


def _is_by_them(item: Item, work: Work, found: Comparison) -> bool:
    """Return whether a work with an item's title is by the people whom the item names.

    Authors that differ from the record are others: with the DOI of this work, the same entry would
    be reported. But some records name only the first author. Others sort the authors by name. If
    the lists do not surely differ, the title is the same word for word, the year agrees and the
    journal does not differ, it is enough that all names of the shorter list are in the longer one.
    """
    if found.authors.agrees or _names_only_the_first(item, work):
        return True
    there = found.title.likeness is Likeness.SAME and found.year.agrees
    contradicted = found.authors.differs and not found.authors.mild
    if contradicted or not there or found.container.differs:
        return False
    shorter, longer = sorted((one.names.get("author", ()) for one in (item, work.item)), key=len)
    known = {word for name in longer for word in _words_of(name)}
    return bool(shorter) and all(not known.isdisjoint(_families(name)) for name in shorter)


def _families(name: Name) -> set[str]:
    """Return the family name as a set of one word, or all words of a name without parts."""
    return {squeeze(name.family)} if name.family else set(words(name.literal))


def _words_of(name: Name) -> set[str]:
    """Return the words of a name; a family name of several words is also added as one word."""
    return {squeeze(name.family), *words(f"{name.given} {name.family} {name.literal}")}


def _nobody(item: Item, work: Work) -> bool:
    """Return whether neither item nor record names an author or editor."""
    return not any(
        one.names.get(role) for one in (item, work.item) for role in ("author", "editor")
    )


def _stands_there(found: Comparison) -> bool:
    """Return whether journal, year and place in it agree: the pages, or volume and issue."""
    place = found.pages.agrees or (found.volume.agrees and found.issue.agrees)
    return found.container.agrees and found.year.agrees and place


def _contradicted(found: Comparison) -> bool:
    """Return whether another publication of the same work is more likely.

    This is so if year or journal differ, or volume and pages both differ.
    """
    place = (found.volume, found.pages)
    return found.year.differs or found.container.differs or all(one.differs for one in place)


def _nearness(item: Item, work: Work, found: Comparison) -> int:
    """Return how near a work comes, as a number.

    Parts that agree raise it; differences lower it more. It is lower where only one of the two is a
    preprint.
    """
    agreements = sum(
        2 * (one.likeness is Likeness.SAME) + one.agrees - 4 * one.differs for one in found
    )
    return agreements - 2 * bool(kind_of_match(item, work))
