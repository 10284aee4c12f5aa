"""Family D3: rules about the DOI as its author wrote it, and the field in which it stands.

Each rule yields a fault if what the first line of its docstring says is true of the entry.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compcite.checks.case import (
    Case,
    Fault,
    WrittenDoi,
    is_work,
    meant_instead,
    place_of,
    replacement,
)
from compcite.checks.matching import kind_of_match
from compcite.model.doi import DOI
from compcite.model.library import STAND_INS
from compcite.model.report import Change, Fix, Severity
from compcite.model.search import Same
from compcite.text.arxiv import ARXIV_PREFIX, arxiv_doi, find_arxiv_ids
from compcite.text.doi import find_dois, leads_elsewhere, read_doi, without_page
from compcite.text.markup import without_tags

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from compcite.model.item import Item
    from compcite.model.library import Entry, Field
    from compcite.model.search import Search
    from compcite.model.work import Work

__all__ = [
    "doi_in_other_field",
    "doi_malformed",
    "doi_missing",
    "doi_style",
    "doi_suggested",
    "other_dois",
    "own_doi",
    "work_not_found",
    "written_doi",
]

# The types of works that mostly have a DOI; a note about web pages and letters would be noise.
_WITH_DOI = frozenset(
    {
        "article",
        "article-journal",
        "book",
        "chapter",
        "dataset",
        "entry-dictionary",
        "entry-encyclopedia",
        "paper-conference",
        "report",
        "review",
        "thesis",
    }
)
_SHOWN = 3  # authors of the nearest work that a message names
_OTHER_FIELDS = ("url", "eprint", "note")
# Where an arXiv identifier stands, too: in what Google Scholar (`journal`, `pages`), DBLP
# (`volume`), the styles of conferences (`howpublished`) and people make of it.
_ARXIV_FIELDS = (
    "howpublished", "journal", "journaltitle", "volume", "number", "pages", "booktitle", "series",
    "publisher", "institution", "type", "addendum", "arxiv", "arxivid",
)  # fmt: skip
_REMARKS = frozenset({"note", "addendum"})


def written_doi(entry: Entry) -> WrittenDoi | None:
    """Return the DOI by which an entry is checked, or None if it gives none.

    It is that of the field ``doi``, also if this holds no DOI (then its ``doi`` is None). Without
    this field, it is the first of :func:`other_dois`, else the DOI of the entry's item. A set of
    entries and a store of fields are no works, and so have no DOI of their own.
    """
    if entry.type in STAND_INS:
        return None
    field = entry.field("doi")
    if field is not None and field.value.strip():
        return _in_doi_field(field.value, field)
    if found := next(other_dois(entry), None):
        return found
    text = entry.item.text.get("DOI", "")
    return _in_doi_field(text, None) if text else None


def own_doi(entry: Entry) -> DOI | None:
    """Return the DOI of an entry, or None if it has none, or it stands among words of a note."""
    written = written_doi(entry)
    return written.doi if written and not written.mentioned else None


def other_dois(entry: Entry) -> Iterator[WrittenDoi]:
    """Yield the DOIs that an entry gives in other fields than ``doi``, the likeliest first.

    They stand in ``url``, ``eprint`` and ``note``. An arXiv identifier there or in a field such as
    ``journal`` gives the DOI that arXiv has for it. A field with several different DOIs is left
    out, since nobody can tell which one is the entry's.
    """
    for name in _OTHER_FIELDS:
        field = entry.field(name)
        if field is None:
            continue
        found = list(find_dois(field.value))
        if len({DOI(one.doi) for one in found}) > 1:
            continue  # nobody can tell which of them is the entry's
        if not found and name == "url" and (short := _short_link(field)):
            yield short
        elif found:
            one = found[0]
            certain = name != "url" or not one.page
            bare = one.doi if certain else without_page(one.doi)
            whole = read_doi(field.value)
            yield WrittenDoi(
                DOI(bare),
                field.value,
                bare,
                field,
                certain=certain,
                alone=whole is not None and whole.bare,
                mentioned=name == "note" and one.led_to_in(field.value),
            )
        elif arxiv := _arxiv(entry, field):
            yield arxiv
    for name in _ARXIV_FIELDS:
        field = entry.field(name)
        if field is not None and (arxiv := _arxiv(entry, field)):
            yield arxiv


def _short_link(field: Field) -> WrittenDoi | None:
    """Return the short DOI that an address such as ``https://doi.org/abc1`` gives, or None.

    Without ``10/`` it is not certain, since it may be a page of doi.org itself.
    """
    found = read_doi(field.value)
    if found is None:
        return None
    certain = found.doi in field.value
    return WrittenDoi(DOI(found.doi), field.value, found.doi, field, certain=certain)


def _in_doi_field(text: str, field: Field | None) -> WrittenDoi:
    """Return what the field ``doi`` gives; its DOI is None if the text is not a DOI.

    ``field`` is None if the format has no such field.
    """
    found = read_doi(text)
    if found is None:
        return WrittenDoi(None, text, field=field)
    return WrittenDoi(DOI(found.doi), text, found.doi, field)


def _arxiv(entry: Entry, field: Field) -> WrittenDoi | None:
    """Return the DOI that arXiv gives to the arXiv identifier in a field, or None.

    The result is None if there is none or several, or if the field is the ``eprint`` of another
    archive.
    """
    text = field.value
    if field.name == "eprint":
        kinds = (entry.field("eprinttype"), entry.field("archiveprefix"))
        kind = next((one.value.strip().lower() for one in kinds if one), "")
        if kind == "arxiv":
            doi = arxiv_doi(text)
            return WrittenDoi(DOI(doi), text, doi, field)
        if kind:
            return None
    found = {one.doi: one for one in find_arxiv_ids(text)}
    if len(found) != 1:
        return None  # nobody can tell which of several is the entry's
    ((doi, place),) = found.items()
    mentioned = field.name in _REMARKS and leads_elsewhere(text[: place.start])
    return WrittenDoi(DOI(doi), text, doi, field, mentioned=mentioned)


def doi_missing(case: Case) -> Iterator[Fault]:
    """The entry has no DOI.

    Articles, chapters, books and the like mostly have one, and with it readers find the work
    and compcite can check the reference. `verify-dois --suggest` looks for it. Where a service has
    answered, this rule says nothing more; `doi-suggested` and `work-not-found` then tell what was
    found. Entry types that have none, such as web pages, are left alone.
    """
    searched = case.search is not None and bool(case.search.answered)
    silent = case.written is None and not searched and is_work(case.entry)
    if silent and case.entry.item.type in _WITH_DOI:
        message = "the entry has no DOI"
        if case.search is not None:
            message += ", and no service could be asked for its work"
        yield Fault(message, place_of(case.entry), "doi")


def doi_malformed(case: Case) -> Iterator[Fault]:
    """What stands in the `doi` field is not a DOI.

    A DOI begins with `10.`, a registrant's number and a slash; resolvers and labels before it
    are understood (see `doi-style`). Without one there is nothing to look up or to link. Where a
    registered work is what the entry describes, its DOI is offered by an unsafe fix.

        doi = {S0005-7894(16)30112-3}
    """
    written = case.written
    if written is None or written.doi is not None:
        return
    text = " ".join(written.text.split())
    found = list(find_dois(text))
    if found:
        message = f"the field holds more than one DOI, or other words beside it: {text}"
    elif arxiv := next(find_arxiv_ids(text), None):
        message = f"this is an arXiv identifier, whose DOI is {arxiv.doi}: {text}"
    else:
        message = f"this is not a DOI: {text}"
    place = place_of(case.entry, written.field)
    expected, fix = replacement(case)
    yield Fault(message + meant_instead(case), place, "doi", expected, text, fix)


def doi_style(case: Case) -> Iterator[Fault]:
    """The DOI carries more than itself.

    A resolver, a label, a stop at the end or LaTeX and percent escapes are no part of it, and
    styles that put `https://doi.org/` before the field make a dead link of them. Letter case
    is no fault. The fix is safe: it leaves the bare DOI.

        doi = {https://dx.doi.org/10.1037/cou0000275}
        doi = {10.1037/cou0000275}
    """
    written = case.written
    if written is None or written.doi is None or not written.in_doi_field:
        return
    if written.text.strip() != written.bare:
        fix = Fix(
            f"Write {written.bare} and nothing else",
            safe=True,
            changes=(Change("DOI", written.bare),),
        )
        message = f'the field should hold nothing but "{written.bare}"'
        place = place_of(case.entry, written.field)
        yield Fault(message, place, "doi", written.bare, written.text.strip(), fix)


def doi_in_other_field(case: Case) -> Iterator[Fault]:
    """The DOI stands in another field than `doi`, or two fields give different DOIs.

    Programs and styles look for it in `doi` and nowhere else. The fix is safe: a `url` or `note`
    that is nothing but the DOI moves, from any other value the DOI is copied. A DOI to which words
    of a note lead may be that of another work, and so may one inside the address of a page: this is
    a note, and the copy is safe only once the registry's record has shown that it is this work.
    Where two fields contradict each other only the author can tell which is right, so that has no
    fix. arXiv identifiers are left alone, and so is a preprint's DOI beside that of the article.

        note = {doi:10.1111/bjc.12009}
        doi  = {10.1111/bjc.12009}
    """
    written, entry = case.written, case.entry
    if written is None or written.field is None or not is_work(entry):
        return
    if not written.in_doi_field:
        if find_dois_in(written.text) or not written.bare.startswith(ARXIV_PREFIX):
            yield _misplaced(case, written)
        return
    for other in other_dois(entry):
        if other.field is not None and _contradicts(written, other):
            message = f"the DOI is {written.bare} here and {other.bare} in {other.field.name}"
            yield Fault(message, place_of(entry, other.field), other.field.name, actual=other.bare)


def find_dois_in(text: str) -> bool:
    """Return whether a text holds a DOI, and not only another identifier that stands for one."""
    return next(find_dois(text), None) is not None


def _misplaced(case: Case, written: WrittenDoi) -> Fault:
    """Return the fault about a DOI that stands only in another field than ``doi``, with its fix.

    It is a note where the DOI is not certain or may be another work's. The fix is then safe only if
    the record has shown that it is this work.
    """
    field = written.field
    name = field.name if field else ""
    changes = [Change("DOI", written.bare)]
    if written.alone and name in ("url", "note"):
        changes.append(Change("URL" if name == "url" else name, None))
    proved = case.comparison is not None and not case.comparison.foreign
    doubtful = not written.certain or (written.mentioned and not proved)
    fix = Fix(
        f"{'Move' if written.alone else 'Copy'} {written.bare} to doi",
        safe=proved or not doubtful,
        changes=tuple(changes),
    )
    message = f"the DOI {written.bare} stands in {name}, not in doi"
    severity = Severity.NOTE if doubtful else None
    place = place_of(case.entry, field)
    return Fault(message, place, name, actual=written.bare, fix=fix, severity=severity)


def _contradicts(written: WrittenDoi, other: WrittenDoi) -> bool:
    """Return whether another field gives the DOI of another work.

    These are no contradictions: an arXiv DOI beside that of the article, the DOI of a part beside
    that of the whole, a short DOI, one whose end is not certain, and one with other words beside
    it.
    """
    if written.doi is None or other.doi is None or not other.certain:
        return False
    if written.doi.short or other.doi.short:
        return False
    one, two = written.doi.value, other.doi.value
    if one.startswith(two) or two.startswith(one) or ARXIV_PREFIX.lower() in (one + two):
        return False
    return other.alone


def doi_suggested(case: Case) -> Iterator[Fault]:
    """A registered work matches an entry without a DOI.

    Title, authors and year of the record agree with the entry, and no other registered work
    comes as near. Only `verify-dois --suggest` looks for it. The fix is unsafe: it adds a DOI
    that compcite found, not you.
    """
    if case.written is None and case.meant is not None:
        expected = str(case.meant.doi)
        fix = Fix(f"Add the DOI {expected}", safe=False, changes=(Change("DOI", expected),))
        kind = kind_of_match(case.entry.item, case.meant)
        message = f"{expected} is registered for such a work{kind}"
        yield Fault(message, place_of(case.entry), "doi", expected, fix=fix)


def work_not_found(case: Case) -> Iterator[Fault]:
    """No service knows a work such as the entry describes.

    `verify-dois --suggest` looks for the work of every entry that has no DOI, at Crossref,
    DataCite and DBLP. A journal article, conference paper or preprint which none of them knows
    may be made up, as references by language models often are, or its title or authors are
    wrong: look it up. That is a warning. It is only a note for books, theses, reports and web
    pages, of which these services know but a part, for works of the last three months (or, where
    the entry gives the year alone, of this year until the end of September), and where a service
    did not answer (then the run ends with 3, as `--on-outage` decides). The message names the
    nearest work: one with this title and other authors, or of these authors and with another title.

    A registered work with this title and these authors that appeared in another year *and* in
    another journal is a note, since a conference paper and the article after it often have one
    title. A year later than next year is a warning, as nothing can have appeared then.
    """
    search = case.search
    if search is None or search.known or case.meant or case.written or not is_work(case.entry):
        return
    if search.answered:
        message = f"{_listed(search.answered)} {_verb(search.answered)} no such work"
        message += _about_nearest(search) + _doubt(search) + _to_come(case.entry.item, search)
        severity = None if search.telling else Severity.NOTE
        yield Fault(message, place_of(case.entry), "doi", severity=severity)


def _listed(names: Sequence[str]) -> str:
    """Return names as they stand in a sentence: ``Crossref, DataCite and DBLP``."""
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


def _verb(names: Sequence[str]) -> str:
    """Return ``know`` for several names, ``knows`` for one."""
    return "know" if len(names) > 1 else "knows"


def _about_nearest(search: Search) -> str:
    """Return the part of a message that names the nearest work and how it differs from the entry.

    It is empty if no work comes near. A work with the same title is named by its authors, one by
    the same authors by its title, one that has both by its journal and year.
    """
    if search.nearest is None:
        return ""
    work, same, difference = search.nearest
    title = without_tags(work.item.text.get("title", ""))
    doi = f"{work.doi}, " if work.doi.value else ""
    people = work.item.names.get("author") or work.item.names.get("editor") or ()
    if same is Same.TITLE:
        # Where only the given names differ, the family names alone would be those of the entry.
        others = ", ".join(
            " ".join(filter(None, (difference and name.given, name.family or name.literal)))
            for name in people[:_SHOWN]
        )
        others += " and others" if len(people) > _SHOWN else ""
        others += f" ({difference})" if difference else ""
        return f"; {doi}which has this title, is by {others or 'nobody who is named'}"
    if same is Same.WORK:
        return f"; {doi}which has this title and these authors, appeared {_where(work)}"
    return f"; {doi}which is by these authors, is called “{title}”"


def _where(work: Work) -> str:
    """Return where and when a work appeared: ``in Behavior Therapy in 2017``, or ``elsewhere``."""
    container = without_tags(work.item.text.get("container-title", ""))
    year = str(min(work.years)) if work.years else ""
    return " ".join(f"in {part}" for part in (container, year) if part) or "elsewhere"


def _to_come(item: Item, search: Search) -> str:
    """Return the part of a message that says that the year lies in the future; may be empty."""
    return f"; {item.dates['issued'].year} is still to come" if search.to_come else ""


def _doubt(search: Search) -> str:
    """Return the part of a message that says why the work may exist all the same; may be empty.

    It names the services that did not answer, else the gap in what they list.
    """
    if search.silent:
        return f"; {_listed(search.silent)} did not answer"
    return f"; {search.gap}" if search.gap else ""
