"""Whether two items without a common DOI are the same work, by all that they say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from compcite.checks.preprints import is_preprint
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
    from collections.abc import Hashable, Iterator

    from compcite.model.item import Item

__all__ = ["lie_apart", "marks", "same_work", "title_key"]

_PARTS = ("edition", "part", "volume-title", "original-title", "version", "medium")
_SHORT_TITLE = 16  # letters of a title that many works have, such as "Introduction"
_PEOPLE = 3
# Variables by which a work is found in its container,
_LOCATING = frozenset({"volume", "issue", "number", "page", "chapter-number", "part-number"})
# by which it is found anywhere,
_PLACING = _LOCATING | {
    *("container-title", "event-title", "event-place", "publisher-place", "DOI", "URL"),
}
# and what tells of that where there is no container: a talk, a report, a note.
_PLACING_ALONE = _PLACING | {"publisher", "note"}
_TAG = re.compile(r"[a-z]{2}(?:-[A-Z]{2})?")  # of a language that is known
_NORWEGIAN = {"nb": "no", "nn": "no"}
_NOTICE = rf"(?:{'|'.join(sorted(ABOUT))})"
_ABOUT_ANOTHER = re.compile(rf"^{_NOTICE}\b|\b{_NOTICE} (?:to|of|on|for) (?!pp?\b|pages?\b)")
_OVERVIEWS = frozenset({"review", "review article"})  # of a field, which are articles


def title_key(item: Item) -> Hashable | None:
    """What all entries of a work have in common; None where it is too little to go by."""
    title, year = item.text.get("title", ""), _year(item)
    letters = squeeze(title)
    if len(letters) < _SHORT_TITLE or year is None or not item.names.get("author"):
        return None
    parts = tuple(squeeze(item.text.get(name, "")) for name in _PARTS)
    # The volumes of a book have its title each, and so has the book as a whole.
    of_volumes = item.type == "book" and "volume" in item.text
    return item.type, year, letters[:_SHORT_TITLE], wording(title), parts, of_volumes


def marks(item: Item) -> Iterator[Hashable]:
    """The words by which entries of one title are compared: authors' names, also with pages."""
    place = tuple(squeeze(item.text.get(name, "")) for name in ("volume", "page"))
    people = item.names["author"][:_PEOPLE]
    for word in dict.fromkeys(w for p in people for w in words(f"{p.family} {p.literal}")):
        yield word, place
        yield word


def same_work(one: Item, other: Item) -> bool:
    """Whether two items of one title and year are one work by authors and all else they say."""
    preprints = is_preprint(one), is_preprint(other)
    if preprints[0] != preprints[1] or _is_about(one) != _is_about(other):
        return False
    languages = [_languages(item) for item in (one, other)]
    if all(languages) and languages[0].isdisjoint(languages[1]):
        return False
    return (all(preprints) or not _stand_elsewhere(one, other)) and _same_people(one, other)


def lie_apart(one: Item, other: Item) -> bool:
    """Whether two items say where they appeared, and nothing of it is of the same kind.

    They may then be two works of one title: a talk at a meeting, and a chapter of a book.
    """
    contained = any("container-title" in item.text for item in (one, other))
    for variables in (_LOCATING, _PLACING if contained else _PLACING_ALONE):
        mine, theirs = (item.text.keys() & variables for item in (one, other))
        if mine and theirs and not mine & theirs:
            return True
    return False


def _stand_elsewhere(one: Item, other: Item) -> bool:
    """Whether two items contradict each other in where they appeared; servers have many names."""
    mine, theirs = one.text, other.text
    containers = [[text.get("container-title", "")] for text in (mine, theirs)]
    return (
        compare_pages(mine.get("page", ""), theirs.get("page", "")).differs
        or compare_volumes(mine.get("volume", ""), theirs.get("volume", ""), frozenset()).differs
        or compare_containers(*containers).differs
    )


def _same_people(one: Item, other: Item) -> bool:
    """Whether the authors are the same, whichever list ends in *et al.*."""
    short, full = (one, other) if "author" in one.truncated else (other, one)
    return compare_people(
        short.names["author"], full.names["author"], truncated="author" in short.truncated
    ).agrees


def _is_about(item: Item) -> bool:
    """Whether a note says that an item is an erratum of a work, a review of it, or the like."""
    genre = " ".join(words(item.text.get("genre", "")))
    said = " ".join(words(item.text.get("note", "")))
    return _ABOUT_ANOTHER.search(said) is not None or (
        genre not in _OVERVIEWS and _ABOUT_ANOTHER.search(genre) is not None
    )


def _languages(item: Item) -> set[str]:
    """The languages of an item that are given by tags, without their regions."""
    tags = split_languages(item.text.get("language", ""))
    known = {tag.partition("-")[0] for tag in tags if _TAG.fullmatch(tag)}
    return {_NORWEGIAN.get(tag, tag) for tag in known}


def _year(item: Item) -> int | None:
    return item.dates["issued"].year if "issued" in item.dates else None
