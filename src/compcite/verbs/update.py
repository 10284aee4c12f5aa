"""Complete entries from the records of their works; a preprint becomes its article.

What an entry already says stays, unless the caller wants it overwritten. An entry changes only
where its DOI is registered for its work. Nothing is written to disk here:
:func:`compcite.files.sources.write_sources` does that.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from compcite.checks import RULES
from compcite.checks.updates import article_for, grave_notices, published_as
from compcite.errors import EditError
from compcite.files.decoding import encode
from compcite.files.sources import Changed
from compcite.formats.rewriting import Completion, changed_fields, complete, publish
from compcite.model.doi import DOI
from compcite.model.edits import apply_edits
from compcite.model.report import Severity, Status
from compcite.model.work import Found, NotFound
from compcite.values.registered_items import item_for_entry
from compcite.verbs.verify import verify_library

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from compcite.formats.rewriting import Rewritten
    from compcite.model.ask import Ask
    from compcite.model.item import Item
    from compcite.model.library import Entry, Library
    from compcite.model.report import Change, Edit, EntryReport, Finding
    from compcite.model.source import SourceFile
    from compcite.model.work import Outcome

__all__ = ["EntryUpdate", "Updates", "Wanted", "update_entries"]

_SUGGESTED = "doi-suggested"
_OTHER_TYPE = "type-mismatch"
_COMPARING_RULES = tuple(name for name in RULES if name.endswith("-mismatch"))


class Wanted(NamedTuple):
    """Which changes are wanted.

    ``fields`` are the names of the only fields to be written, in lower case; none means all, and
    then a preprint becomes its article. With ``overwrite``, values that differ from the record are
    replaced. With ``suggest``, works of entries without a DOI are searched for.
    """

    fields: frozenset[str] = frozenset()
    overwrite: bool = False
    suggest: bool = False


class EntryUpdate(NamedTuple):
    """What came of one entry.

    ``fields`` are the names of the fields that were written, ``article`` is the DOI of the article
    that a preprint became. Where nothing could be done, ``problem`` is the reason. ``missing`` is
    true where the entry has no DOI, ``unanswered`` where no service gave the record. ``notices``
    are sentences about a retraction or the like. ``edits`` are the edits of its file; without any,
    nothing was to be added.
    """

    entry: Entry
    fields: tuple[str, ...] = ()
    article: str = ""
    problem: str = ""
    missing: bool = False
    unanswered: bool = False
    notices: tuple[str, ...] = ()
    edits: tuple[Edit, ...] = ()


class Updates(NamedTuple):
    """The sources that change, before and after, and what came of each entry."""

    changed: list[Changed]
    entries: list[EntryUpdate]


def update_entries(
    library: Library,
    entries: Sequence[Entry],
    ask: Ask,
    wanted: Wanted,
    *,
    progress: Callable[[int, int], None] | None = None,
) -> Updates:
    """Complete some entries of a library from the records of their DOIs; nothing is written.

    An entry whose DOI is not verified, or whose record is of another kind of work, stays, and its
    update says why. A preprint becomes its article, unless only some fields are wanted.
    ``progress`` is called with the number of answered DOIs, then of searches, and of all. Raises
    EditError where the text of a source would change in anything else.
    """
    part = replace(library, entries=entries, problems=())
    report = verify_library(
        part, ask, rules=_rules(wanted), suggest=wanted.suggest, progress=progress
    )
    others = _other_works(report.entries, ask, wanted)
    by_place = {(id(one.source), one.span): one for one in report.entries}
    updates = [
        _update(entry, by_place[id(entry.source), entry.span], others, wanted) for entry in entries
    ]
    changed = [
        Changed(source, source.with_text(after))
        for source in library.sources
        if (after := _text_after(source, updates)) != source.text
    ]
    return Updates(changed, updates)


def _rules(wanted: Wanted) -> Sequence[str]:
    """The rules whose findings tell what is to be changed, and what must not be."""
    rules = _COMPARING_RULES if wanted.overwrite else (_OTHER_TYPE,)
    return (*rules, _SUGGESTED) if wanted.suggest else rules


def _other_works(reports: Sequence[EntryReport], ask: Ask, wanted: Wanted) -> Mapping[DOI, Outcome]:
    """The outcomes for the DOIs that a search found, and for the articles of preprints."""
    dois = [_suggested_doi(one) for one in reports]
    dois += [None if wanted.fields else _article_doi(one) for one in reports]
    asked = list(dict.fromkeys(doi for doi in dois if doi is not None))
    return {outcome.doi: outcome for outcome in (ask.look_up(asked) if asked else ())}


def _suggested_doi(report: EntryReport) -> DOI | None:
    """The DOI that a search found for an entry without one; None if it found none."""
    found = _finding(report, _SUGGESTED)
    return DOI.parse(found.expected or "") if found else None


def _finding(report: EntryReport, rule: str) -> Finding | None:
    """The finding of a rule about an entry; None where it found nothing."""
    return next((one for one in report.findings if one.rule.name == rule), None)


def _article_doi(report: EntryReport) -> DOI | None:
    """The DOI of the article that a preprint with a verified DOI became; else None."""
    verified = report.status is Status.VERIFIED and report.work is not None
    return published_as(report.work) if verified and report.work else None


def _update(
    entry: Entry, report: EntryReport, others: Mapping[DOI, Outcome], wanted: Wanted
) -> EntryUpdate:
    """What comes of one entry: completed, made its article, without a DOI, or with a problem.

    ``others`` has what was asked for besides: works that a search found, and articles of preprints.
    An entry whose DOI is not verified is not completed.
    """
    work = report.work
    if report.status is Status.NO_DOI:
        doi = _suggested_doi(report)
        outcome = others.get(doi) if doi else None
        if not isinstance(outcome, Found):
            return EntryUpdate(entry, missing=True, unanswered=report.unanswered)
        done = _completed(entry, item_for_entry(outcome.work), (), wanted)
        return done._replace(notices=tuple(grave_notices(outcome.work)))
    if report.status is not Status.VERIFIED or work is None or not work.described:
        problem, unanswered = _why_not(report)
        return EntryUpdate(entry, problem=problem, unanswered=unanswered)
    if other_type := _finding(report, _OTHER_TYPE):
        # A book would get the journal and the pages of its review.
        return EntryUpdate(entry, problem=other_type.message)
    article = None if wanted.fields else _article_doi(report)
    done = (
        _published(entry, others.get(article), article)
        if article
        else _completed(entry, _without_doi(item_for_entry(work)), _changes(report), wanted)
    )
    return done._replace(notices=tuple(grave_notices(work)))


def _why_not(report: EntryReport) -> tuple[str, bool]:
    """Why an entry cannot be completed, and whether that is for want of an answer."""
    match report.status:
        case Status.MISMATCH:
            return f"{report.doi} is registered for another work", False
        case Status.NOT_REGISTERED:
            return f"{report.doi} is not registered", False
        case Status.MALFORMED:
            return "its field doi holds no DOI", False
        case _:
            return f"no service gave the record of {report.doi}", True


def _published(entry: Entry, outcome: Outcome | None, article: DOI) -> EntryUpdate:
    """The result for the entry of a preprint whose published article has the DOI ``article``.

    It is a problem if no service gave the article's record, or if its title and authors differ.
    """
    if not isinstance(outcome, Found) or not outcome.work.described:
        problem = f"it has appeared as {article}, of which no service gave the record"
        return EntryUpdate(entry, problem=problem, unanswered=not isinstance(outcome, NotFound))
    item = article_for(entry.item, outcome.work)
    if item is None:
        problem = f"it has appeared as {article}, whose title and authors are others"
        return EntryUpdate(entry, problem=problem)
    return _rewritten(entry, lambda: publish(entry, item), str(article))


def _changes(report: EntryReport) -> tuple[Change, ...]:
    """The changes that rules offer for values of an entry that differ from the record.

    Findings that are only notes, and those of other rules than ``…-mismatch``, are left out.
    """
    return tuple(
        change
        for finding in report.findings
        if finding.fix and finding.severity is not Severity.NOTE
        for change in finding.fix.changes
        if finding.rule.name in _COMPARING_RULES
    )


def _without_doi(record: Item) -> Item:
    """A record without its DOI, for an entry that has this DOI already.

    The entry may have it in ``url``, or as an arXiv identifier in ``eprint``; then it needs no
    field ``doi``.
    """
    return replace(record, text={n: value for n, value in record.text.items() if n != "DOI"})


def _completed(
    entry: Entry, record: Item, changes: tuple[Change, ...], wanted: Wanted
) -> EntryUpdate:
    """The result for an entry that takes from a record the fields that it lacks."""
    completion = Completion(record, changes, overwrite=wanted.overwrite, fields=wanted.fields)
    return _rewritten(entry, lambda: complete(entry, completion))


def _rewritten(entry: Entry, make: Callable[[], Rewritten], article: str = "") -> EntryUpdate:
    """The result for an entry that ``make`` rewrites; an EditError becomes its problem.

    ``article`` is the DOI of the article that a preprint became.
    """
    try:
        made = make()
    except EditError as reason:
        return EntryUpdate(entry, problem=str(reason).removeprefix(f"{entry.key}: "))
    return EntryUpdate(entry, made.fields, article if made.edits else "", edits=made.edits)


def _text_after(source: SourceFile, updates: Iterable[EntryUpdate]) -> str:
    """The text of a source after all edits of its entries.

    Raises EditError where it would differ in anything else, and SourceError for a character that
    the source's encoding does not have.
    """
    own = [one for one in updates if one.edits and one.entry.source is source]
    after = apply_edits(source.text, [edit for one in own for edit in one.edits])
    encode(source, after)
    meant = {(one.entry.span.start, name) for one in own for name in one.fields}
    if own and not changed_fields(source, after) <= meant:
        raise EditError(f"{source.name}: more than the completed fields would change")
    return after
