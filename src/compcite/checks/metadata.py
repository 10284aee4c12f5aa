"""Family M5: rules that compare the fields of an entry with the record of its DOI.

Each rule yields a fault if what the first line of its docstring says is true of the entry.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compcite.checks.case import Case, Fault, field_of, meant_instead, place_of, replacement
from compcite.model.report import Change, Fix, Severity
from compcite.model.work import Found
from compcite.text.compare.people import is_sorted_by_family

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compcite.model.item import Date, Name
    from compcite.model.work import Work
    from compcite.text.compare import Resemblance

__all__ = [
    "author_mismatch",
    "container_mismatch",
    "issue_mismatch",
    "pages_mismatch",
    "title_mismatch",
    "type_mismatch",
    "volume_mismatch",
    "wrong_work",
    "year_mismatch",
]


def wrong_work(case: Case) -> Iterator[Fault]:
    """The DOI is that of another work.

    Title *and* authors of the record disagree with the entry beyond doubt, or the title does, some
    authors are others, and so are journal, volume and pages. So whoever follows the link reads
    something else. A DOI was copied from a neighbour, or the reference is made up. Where a
    registered work is what the entry describes, its DOI is offered. The fix is unsafe, since it
    trusts that match.

    A difference in one field is that field's own finding (`title-mismatch`, …).
    """
    comparison, written, outcome = case.comparison, case.written, case.outcome
    if comparison is None or not comparison.foreign or written is None:
        return
    if not isinstance(outcome, Found):
        return
    registered = _described(outcome.work)
    message = f"{outcome.doi} is the DOI of another work: {registered}{meant_instead(case)}"
    place = place_of(case.entry, written.field)
    expected, fix = replacement(case)
    yield Fault(message, place, "doi", expected, str(outcome.doi), fix)


def title_mismatch(case: Case) -> Iterator[Fault]:
    """The title is not the registered one.

    Markup, case, dashes, quotes, accents, British and American spelling, a missing or added
    subtitle, and translations that the record gives are no differences. Made-up references often
    have a real DOI and real authors under a title that does not exist. The fix is unsafe: it
    takes the registry's title.
    """
    yield from _mismatch(case, "title", "title")


def author_mismatch(case: Case) -> Iterator[Fault]:
    """The authors are not the registered ones.

    Somebody is missing, added, replaced, given names are those of other persons, or the order is
    another. Initials, nicknames, particles, lost accents, family and given names that changed
    places, groups, `and others` and long lists cut short are no differences. The fix is unsafe: it
    takes the registry's names.
    """
    yield from _mismatch(case, "authors", "author")


def year_mismatch(case: Case) -> Iterator[Fault]:
    """The year is none of those that the record gives.

    Works have a year online and one in print, and either is right; where the record gives a
    single year, the other may lie a year off. Nothing is said where the record may be that of all
    versions of a work, of a new issue of a book, or of the preprint. The fix is unsafe: it takes
    the registry's year.

        year = {2012}
        year = {2016}
    """
    yield from _mismatch(case, "year", "issued")


def container_mismatch(case: Case) -> Iterator[Fault]:
    """The journal or book is another than the registered one.

    Abbreviations, acronyms, `&`, a missing subtitle or series, the year and place of a
    conference are no differences. The fix is unsafe: it takes the registry's name.
    """
    yield from _mismatch(case, "container", "container-title")


def volume_mismatch(case: Case) -> Iterator[Fault]:
    """The volume is another than the registered one.

    Some journals write the year of the issue in place of the volume, or beside it; that is no
    fault. The fix is unsafe: it takes the registry's volume.
    """
    yield from _mismatch(case, "volume", "volume")


def issue_mismatch(case: Case) -> Iterator[Fault]:
    """The issue number is another than the registered one.

    Only plain numbers are compared, not supplements, parts or months. The fix is unsafe: it
    takes the registry's number.
    """
    yield from _mismatch(case, "issue", "issue")


def pages_mismatch(case: Case) -> Iterator[Fault]:
    """The pages are others than the registered ones.

    A shortened range (`321-8`), the first page alone and an article number are no
    differences. The fix is unsafe: it takes the registry's pages.
    """
    yield from _mismatch(case, "pages", "page")


_NAMES = {
    "title": "title",
    "author": "authors",
    "issued": "year",
    "container-title": "container",
    "volume": "volume",
    "issue": "issue",
    "page": "pages",
}


def _mismatch(case: Case, aspect: str, variable: str) -> Iterator[Fault]:
    """Yield a fault if one aspect (such as the year) of an entry differs from its record.

    A difference for which the record may be to blame is a note. Nothing is yielded if the record is
    of another work, since ``wrong_work`` reports that. ``variable`` is the CSL variable of the
    aspect.
    """
    comparison, outcome = case.comparison, case.outcome
    if comparison is None or comparison.foreign or not isinstance(outcome, Found):
        return
    resemblance: Resemblance = getattr(comparison, aspect)
    if not resemblance.differs:
        return
    field = field_of(case.entry, variable)
    name = _NAMES[variable]
    message = (
        f"the registered {name} {'are' if name in ('authors', 'pages') else 'is'} "
        f"{resemblance.registered}, not {resemblance.written} ({resemblance.reason})"
    )
    if resemblance.excuse:
        message += f"; {resemblance.excuse}"
    yield Fault(
        message,
        place_of(case.entry, field),
        field.name if field else variable,
        resemblance.registered,
        resemblance.written,
        _registered(outcome.work, variable),
        Severity.NOTE if resemblance.mild else None,
    )


def _registered(work: Work, variable: str) -> Fix | None:
    """Return the unsafe fix that takes a variable from the record, or None if the record lacks it.

    It is also None for a longer list of authors in alphabetical order: the work itself may have
    another order.
    """
    item = work.item
    in_proceedings = item.type == "paper-conference"
    authors = item.names.get("author", ())
    if variable == "author" and is_sorted_by_family(authors, proceedings=in_proceedings):
        return None
    value: str | tuple[Name, ...] | Date | None = (
        item.text.get(variable) or item.names.get(variable) or item.dates.get(variable)
    )
    if not value:
        return None
    return Fix(
        f"Take the registered {_NAMES[variable]}", safe=False, changes=(Change(variable, value),)
    )


def _described(work: Work) -> str:
    """Return a work in a few words for a message: first author (else editor), title, first year."""
    names = work.item.names.get("author") or work.item.names.get("editor") or ()
    first = (names[0].family or names[0].literal) if names else ""
    title = work.titles[0] if work.titles else work.item.text.get("title", "")
    year = str(min(work.years)) if work.years else ""
    return ", ".join(filter(None, (first, f"“{title}”" if title else "", year)))


_KINDS = {
    "article-journal": "a journal article",
    "book": "a book",
    "thesis": "a thesis",
    "dataset": "a dataset",
    "review": "a review",
    "figure": "a figure",
    "periodical": "a periodical",
}
# What an entry type says of a work and what the record says, where both cannot be true.
_CONTRADICTIONS = frozenset(
    {
        ("book", "article-journal"),
        ("book", "review"),
        ("article-journal", "book"),
        ("thesis", "article-journal"),
        ("thesis", "book"),
        ("article-journal", "thesis"),
        ("article-journal", "periodical"),
        ("chapter", "periodical"),
        ("paper-conference", "periodical"),
    }
)


def type_mismatch(case: Case) -> Iterator[Fault]:
    """The entry type says that the work is of another kind than the record.

    An article is no book and a book no article: mostly the DOI is that of a review of the book,
    or of the whole journal. Types that BibTeX cannot say, and those that people use for one
    another (articles in proceedings, chapters, preprints, reports), are left alone. So is an entry
    that has the title of a journal or issue as its own: many formats have no type for these.

        @book{gibson1979, doi = {10.2307/1574154}}
    """
    comparison, outcome = case.comparison, case.outcome
    if comparison is None or comparison.foreign or not isinstance(outcome, Found):
        return
    mine, theirs = case.entry.item.type, outcome.work.item.type
    if theirs == "periodical" and comparison.title.agrees:
        return  # the entry describes the journal itself
    if (mine, theirs) in _CONTRADICTIONS:
        message = f"the registered work is {_KINDS[theirs]}, not {_KINDS.get(mine, mine)}"
        yield Fault(message, place_of(case.entry), None, theirs, mine)
