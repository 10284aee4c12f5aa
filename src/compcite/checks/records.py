"""Compare an entry with the registered work of its DOI: title, authors, year, journal, pages."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from compcite.checks.preprints import PREPRINT, is_preprint
from compcite.text.compare import (
    Likeness,
    Resemblance,
    compare_containers,
    compare_issues,
    compare_pages,
    compare_people,
    compare_titles,
    compare_volumes,
    compare_years,
)
from compcite.text.compare.likeness import SILENT
from compcite.text.compare.people import are_among, may_be_revised_people
from compcite.text.compare.titles import may_be_revised_title
from compcite.text.compare.venues import is_meeting
from compcite.text.compare.words import bare_words
from compcite.text.markup import without_tags

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compcite.model.item import Item, Name
    from compcite.model.work import Work

__all__ = ["Comparison", "compare_records"]

_ENOUGH = 2
# Years by which a book's record is younger than the book before it can be one of a new issue:
# publishers of digital copies register the year of theirs. A slip is rarely that large.
_REISSUE = 5
_TO_PRINT = 4  # years after a preprint in which its article appears, nearly always
_IN_BOOKS = frozenset({"book", "chapter"})
_NUMBER = re.compile(r"\d+")
_VERSION = re.compile(r"\bv?\d+(?:\.\d+)+\S*", re.IGNORECASE)
# The title that a review gets where it has none: `Review of X, by A. Adler`.
_REVIEW_OF = re.compile(
    r"\s*+(?:book )?review(?: of\b|\s*+:)\s*+(?P<work>\S.*?)(?:,? by .*)?",
    re.IGNORECASE | re.DOTALL,
)
_ALL_VERSIONS = "the record stands for all versions"
_REVISED = "the record of posted content is that of its last version"
_LOOSE_TYPES = frozenset({"paper-conference", "chapter", "book", "entry-encyclopedia", "report"})


class Comparison(NamedTuple):
    """How far an item and a registered work agree, one value for each part of a reference."""

    title: Resemblance
    authors: Resemblance
    year: Resemblance
    container: Resemblance
    volume: Resemblance
    issue: Resemblance
    pages: Resemblance

    @property
    def foreign(self) -> bool:
        """Whether the record is certainly of another work.

        No, unless the titles differ clearly and without an excuse. Then the authors decide: yes if
        they differ clearly, no if they are the same. In between (a few names are shared, one list
        is empty or cut short) it is yes if volume and pages both differ. Else it is yes only if the
        authors do not agree (a list cut short that fits does), at least two of year, journal,
        volume and pages differ, and none of journal, volume and pages agrees. An equal year proves
        nothing, since two works of the same year are common.
        """
        if self.title.likeness is not Likeness.FOREIGN or self.title.mild:
            return False
        if self.authors.likeness is Likeness.FOREIGN:
            return True
        if self.authors.likeness is Likeness.SAME:
            return False
        if self.volume.differs and self.pages.differs:
            return True
        where = (self.container, self.volume, self.pages)
        differing = sum(one.differs for one in (self.year, *where))
        elsewhere = differing >= _ENOUGH and not any(one.agrees for one in where)
        return elsewhere and not self.authors.agrees


def compare_records(item: Item, work: Work) -> Comparison:
    """Return how far an item and a registered work agree in each part of a reference.

    A part of the record that could not be read in full is unknown where it would differ.
    """
    record = work.item
    revised = _REVISED if _may_be_revised(item, work) else ""
    authors = _authors(item, work)
    if _has_versions(work) and _grew(item, work):
        authors = authors._replace(excuse=_ALL_VERSIONS)
    found = Comparison(
        title=_titles(item, work)._replace(excuse=revised),
        authors=authors._replace(excuse=revised or authors.excuse),
        year=_years(item, work),
        container=_containers(item, work),
        volume=_volumes(item, work),
        issue=compare_issues(item.text.get("issue", ""), record.text.get("issue", "")),
        pages=_pages(item, work),
    )
    unread = {
        part: Resemblance(Likeness.UNKNOWN, reason="the record cannot be read")
        for part in work.unread
        if getattr(found, part).differs
    }
    return found._replace(**unread) if unread else found


def _pages(item: Item, work: Work) -> Resemblance:
    """Return how far the pages of an item (without pages, its number) and of a work agree.

    In `74, 3 (1992)` the number after the volume is that of the issue. Programs that take
    references apart read it as a page, so pages that are the record's issue are unknown.
    """
    record = work.item
    written = item.text.get("page", "") or item.text.get("number", "")
    found = compare_pages(
        written,
        record.text.get("page", ""),
        record.text.get("number", ""),
        proceedings=record.type == "paper-conference",
    )
    if found.differs and written.strip() == record.text.get("issue"):
        return found._replace(likeness=Likeness.UNKNOWN, reason="it is the number of the issue")
    return found


def _volumes(item: Item, work: Work) -> Resemblance:
    """Return how far the volume of an item agrees with that of a work.

    Some publishers write volume and issue into the DOI (`10.46298/lmcs-17(3:11)2021`). If this DOI
    has the volume of the item with the issue behind it, and not that of the record, the record is
    wrong, and the result is unknown.
    """
    written, registered = (one.text.get("volume", "") for one in (item, work.item))
    found = compare_volumes(written, registered, work.years)
    if not found.differs:
        return found
    issues = {one.text.get("issue", "").strip() for one in (item, work.item)} - {""}
    numbers = _NUMBER.findall(work.doi.value.partition("/")[2])
    in_doi = set(pairwise(numbers))
    if registered.strip() not in numbers and any(
        (written.strip(), one) in in_doi for one in issues
    ):
        return found._replace(likeness=Likeness.UNKNOWN, reason="the DOI has this volume")
    return found


def _years(item: Item, work: Work) -> Resemblance:
    """Return how far the year of an item and the years of a work agree.

    A difference is called unknown if there is a good reason for it: for example, the record may be
    that of a later version, a new edition or the preprint.
    """
    year = item.dates["issued"].year if "issued" in item.dates else None
    found = compare_years(year, work.years)
    if year is None or not found.differs:
        return found
    first, last = min(work.years), max(work.years)
    later = year > last
    if _has_versions(work):
        reason = _ALL_VERSIONS
    elif later and work.agency == "Crossref" and work.item.type == "dataset":
        reason = "what goes on is registered with the year in which it began"
    elif work.item.type in _IN_BOOKS and first - year >= _REISSUE:
        reason = "the record may be that of a new issue"
    elif later and year - last <= _TO_PRINT and work.item.type == PREPRINT and _published(item):
        reason = "the record is that of the preprint"
    else:
        return found
    return found._replace(likeness=Likeness.UNKNOWN, reason=reason)


def _has_versions(work: Work) -> bool:
    """Return whether a record stands for all versions of a work, as Zenodo's concept DOIs do."""
    return any(relation.kind == "has-version" for relation in work.relations)


def _grew(item: Item, work: Work) -> bool:
    """Return whether one list of authors contains the other, as with two releases of a program."""
    mine, theirs = _people(item, "author"), _people(work.item, "author")
    return are_among(mine, theirs) or are_among(theirs, mine)


def _published(item: Item) -> bool:
    """Return whether an item is cited as part of a journal or book, and not as a preprint."""
    return bool(item.text.get("container-title")) and not is_preprint(item)


def _may_be_revised(item: Item, work: Work) -> bool:
    """Return whether an item may be an earlier version of a preprint, whose record shows the last.

    Title and authors may have changed between the versions: such a difference is only a note.
    """
    if work.item.type != PREPRINT:
        return False
    mine, theirs = _people(item, "author"), _people(work.item, "author")
    titles = [without_tags(form) for form in work.titles]
    title = without_tags(item.text.get("title", ""))
    return may_be_revised_people(mine, theirs) and may_be_revised_title(title, titles)


def _titles(item: Item, work: Work) -> Resemblance:
    """Return how far the title of an item agrees with the best of a work's titles.

    Numbers of versions do not count where the record stands for all versions. `Review of X` is
    close to a record that bears only the title of the reviewed book.
    """
    forms = work.titles or tuple(filter(None, [work.item.text.get("title", "")]))
    written, registered = (
        without_tags(item.text.get("title", "")),
        [without_tags(form) for form in forms],
    )
    found = compare_titles(written, registered)
    if not found.differs:
        return found
    if _has_versions(work):
        bare = compare_titles(
            _VERSION.sub("", written), [_VERSION.sub("", form) for form in registered]
        )
        return bare if bare.agrees else found
    if (reviewed := _reviewed(item, work)) and compare_titles(reviewed, registered).agrees:
        return found._replace(likeness=Likeness.CLOSE, reason="the record has the reviewed title")
    return found


def _reviewed(item: Item, work: Work) -> str:
    """Return the title of the book that an item reviews: ``X`` of ``Review of X, by A. Adler``.

    It is empty if the title of the item says nothing of the kind, or the record is no article.
    Some publishers register a review under the title and with the author of what it reviews.
    """
    if work.item.type not in ("article-journal", "review"):
        return ""
    match = _REVIEW_OF.fullmatch(without_tags(item.text.get("title", "")))
    return match["work"] if match else ""


def _authors(item: Item, work: Work) -> Resemblance:
    """Return how far the authors agree, or the editors if one side has no authors.

    For a review, authors of the record do not count whose names are in the item's title. The result
    is ``SILENT`` if there is nothing to compare.
    """
    record = work.item
    for role in ("author", "editor"):
        mine, theirs = _people(item, role), _people(record, role)
        if mine and theirs:
            if _reviewed(item, work):
                title = bare_words(without_tags(item.text.get("title", ""))).split()
                others = [
                    one for one in theirs if bare_words(one.family or one.literal) not in title
                ]
                theirs = others or theirs
            return compare_people(
                mine,
                theirs,
                truncated=role in item.truncated,
                proceedings=record.type == "paper-conference",
            )
    return SILENT


def _people(item: Item, role: str) -> Sequence[Name]:
    """Return the names that an item has in a role such as ``author``; may be empty."""
    return item.names.get(role, ())


def _containers(item: Item, work: Work) -> Resemblance:
    """Return how far the journal or book of an item agrees with the best of a work's containers.

    The series of the work counts as its container too, and so does its event, unless another
    conference met beside it. If the record names nothing but the item's series, the result is
    unknown.
    """
    text = work.item.text
    registered = [
        *work.containers,
        *(text[name] for name in ("container-title", "collection-title") if name in text),
    ]
    if not _is_host(event := text.get("event-title", ""), registered):
        registered.append(event)
    written = without_tags(item.text.get("container-title", ""))
    loose = item.type in _LOOSE_TYPES or work.item.type in _LOOSE_TYPES
    names = [without_tags(name) for name in registered if name]
    found = compare_containers([written], names, loose=loose)
    series = without_tags(item.text.get("collection-title", ""))
    if found.differs and series and all(_is_name_of(series, name) for name in names):
        return found._replace(likeness=Likeness.UNKNOWN, reason="the record names only the series")
    return found


def _is_host(event: str, containers: Sequence[str]) -> bool:
    """Return whether a record names the event beside which another conference met.

    The papers of MSR have ICSE as their event in some records. A workshop is left with its event,
    since people cite its papers by the name of the conference.
    """
    meetings = [name for name in containers if is_meeting(name, workshops=False)]
    return bool(meetings) and all(
        compare_containers([event], [name], loose=True).differs for name in meetings
    )


def _is_name_of(series: str, name: str) -> bool:
    """Return whether the series of an item is what a record gives as the container."""
    return compare_containers([series], [name]).agrees
