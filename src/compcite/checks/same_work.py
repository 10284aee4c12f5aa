"""Whether two items without a common DOI describe the same work."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

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

    from compcite.model.item import Item, Name

__all__ = ["Traits", "author_keys", "same_work", "share_no_place", "title_key", "traits"]

_PARTS = ("edition", "part", "volume-title", "original-title", "version", "medium")
# A title with fewer letters, such as "Introduction", belongs to many works.
_SHORT_TITLE = 16
_PEOPLE = 3  # authors whose names are looked up: entries of one work share one of the first
# Variables by which a work is found in its container,
_LOCATING = frozenset({"volume", "issue", "number", "page", "chapter-number", "part-number"})
# by which it is found anywhere,
_PLACING = _LOCATING | {
    *("container-title", "event-title", "event-place", "publisher-place", "DOI", "URL"),
}
# and what tells of that where there is no container: a talk, a report, a note.
_PLACING_ALONE = _PLACING | {"publisher", "note"}
_TAG = re.compile(r"[a-z]{2}(?:-[A-Z]{2})?")  # a language as a tag, not as a word
_NORWEGIAN = {"nb": "no", "nn": "no"}
_NOTICE = rf"(?:{'|'.join(sorted(ABOUT))})"
_ABOUT_ANOTHER = re.compile(rf"^{_NOTICE}\b|\b{_NOTICE} (?:to|of|on|for) (?!pp?\b|pages?\b)")
_OVERVIEWS = frozenset({"review", "review article"})  # genres of articles, not of book reviews


def title_key(item: Item) -> Hashable | None:
    """A value that is equal for all entries of one work: type, year, title, edition and so on.

    None where the entry says too little: a short title, no year, or no author.
    """
    title, year = item.text.get("title", ""), _year(item)
    letters = squeeze(title)
    if len(letters) < _SHORT_TITLE or year is None or not item.names.get("author"):
        return None
    parts = tuple(squeeze(item.text.get(name, "")) for name in _PARTS)
    # The volumes of a book have its title each, and so has the book as a whole.
    of_volumes = item.type == "book" and "volume" in item.text
    return item.type, year, letters[:_SHORT_TITLE], wording(title), parts, of_volumes


def author_keys(item: Item) -> Iterator[Hashable]:
    """Values of which two entries of one work share at least one: words of authors' names.

    They are the words of the first three family names, each first together with volume and page,
    then alone. The item must have authors.
    """
    place = tuple(squeeze(item.text.get(name, "")) for name in ("volume", "page"))
    people = item.names["author"][:_PEOPLE]
    for word in dict.fromkeys(w for p in people for w in words(f"{p.family} {p.literal}")):
        yield word, place
        yield word


class Traits(NamedTuple):
    """What of an item is compared, to tell whether another one with its title is the same work."""

    preprint: bool
    about_another: bool
    languages: frozenset[str]
    page: str
    volume: str
    container: str
    authors: tuple[Name, ...]
    truncated: bool


def traits(item: Item) -> Traits:
    """Return what :func:`same_work` compares of an item, which must have authors."""
    text = item.text
    return Traits(
        is_preprint(item),
        _is_about(item),
        frozenset(_languages(item)),
        text.get("page", ""),
        text.get("volume", ""),
        text.get("container-title", ""),
        tuple(item.names["author"]),
        "author" in item.truncated,
    )


def same_work(one: Traits, other: Traits) -> bool:
    """Whether two items with equal :func:`title_key` are one work, by authors and all else.

    They are not where one is a preprint or a notice about a work and the other is none, where their
    languages differ, where the authors do not agree, or where volume, pages or journal contradict
    each other (which do not count for two preprints).
    """
    if one.preprint != other.preprint or one.about_another != other.about_another:
        return False
    if one.languages and other.languages and one.languages.isdisjoint(other.languages):
        return False
    return (one.preprint or not _stand_elsewhere(one, other)) and _same_people(one, other)


def share_no_place(one: Item, other: Item) -> bool:
    """Whether two items say where the work appeared, but with no variable in common.

    One names a meeting and a city, the other a book: they may be a talk and a chapter of one title.
    The same is asked of the place in the container: one has a volume, the other only pages.
    """
    contained = any("container-title" in item.text for item in (one, other))
    for variables in (_LOCATING, _PLACING if contained else _PLACING_ALONE):
        mine, theirs = (item.text.keys() & variables for item in (one, other))
        if mine and theirs and not mine & theirs:
            return True
    return False


def _stand_elsewhere(one: Traits, other: Traits) -> bool:
    """Whether the journal, volume or pages of two items contradict each other."""
    return (
        compare_pages(one.page, other.page).differs
        or compare_volumes(one.volume, other.volume, frozenset()).differs
        or compare_containers([one.container], [other.container]).differs
    )


def _same_people(one: Traits, other: Traits) -> bool:
    """Whether the authors are the same, where one list may end in "et al."."""
    short, full = (one, other) if one.truncated else (other, one)
    return compare_people(short.authors, full.authors, truncated=short.truncated).agrees


def _is_about(item: Item) -> bool:
    """Whether the item's note or genre says that it is an erratum to a work, or a review of it.

    The genre "review article" says nothing of the kind: it is an article of its own.
    """
    genre = " ".join(words(item.text.get("genre", "")))
    said = " ".join(words(item.text.get("note", "")))
    return _ABOUT_ANOTHER.search(said) is not None or (
        genre not in _OVERVIEWS and _ABOUT_ANOTHER.search(genre) is not None
    )


def _languages(item: Item) -> set[str]:
    """The languages of an item as two-letter codes; words such as "german" are left out."""
    tags = split_languages(item.text.get("language", ""))
    known = {tag.partition("-")[0] for tag in tags if _TAG.fullmatch(tag)}
    return {_NORWEGIAN.get(tag, tag) for tag in known}


def _year(item: Item) -> int | None:
    """The year of publication; None where it is not known."""
    return item.dates["issued"].year if "issued" in item.dates else None
