"""Family R6: retractions, corrections and other notices about a work."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from compcite.checks.case import Case, Fault, field_of, place_of
from compcite.checks.records import compare_records
from compcite.model.report import Fix
from compcite.model.work import Found, Update
from compcite.values.registered_items import item_for_entry

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from compcite.model.doi import DOI
    from compcite.model.item import Item
    from compcite.model.work import Work

__all__ = [
    "article_for",
    "expression_of_concern",
    "grave_notices",
    "notices_in_force",
    "preprint_published",
    "published_as",
    "work_corrected",
    "work_retracted",
    "work_withdrawn",
]

_RETRACTION = frozenset({"retraction", "partial_retraction"})
_WITHDRAWAL = frozenset({"withdrawal", "removal"})
_CONCERN = frozenset({"expression_of_concern"})
_CORRECTION = frozenset({"correction", "corrigendum", "erratum"})
_REINSTATEMENT = frozenset({"reinstatement"})
_PUBLISHED_AS = frozenset({"is-preprint-of"})


def work_retracted(case: Case) -> Iterator[Fault]:
    """The work was retracted.

    Its publisher, or the Retraction Watch data that Crossref holds, says that its results are not
    valid. If you cite it, say that it was retracted. A later reinstatement removes the finding. A
    reference to the retraction notice itself gets no finding.
    """
    yield from _notice(case, _RETRACTION, "was retracted")


def work_withdrawn(case: Case) -> Iterator[Fault]:
    """The work was withdrawn or removed.

    The publisher took it back, before or after it appeared in an issue, so that readers will
    not find it. Cite another work, or say that this one was withdrawn.
    """
    yield from _notice(case, _WITHDRAWAL, "was withdrawn")


def expression_of_concern(case: Case) -> Iterator[Fault]:
    """The publisher has expressed concern about the work.

    The work is being investigated, or the investigation had no clear result. A retraction may
    follow. The notice says what is in doubt.
    """
    yield from _notice(case, _CONCERN, "is under an expression of concern")


def work_corrected(case: Case) -> Iterator[Fault]:
    """A correction to the work was published.

    The correction may be about the very passage that you cite. The notice says what was corrected.
    """
    yield from _notice(case, _CORRECTION, "was corrected")


def preprint_published(case: Case) -> Iterator[Fault]:
    """The preprint has appeared as an article.

    The record names the version of record, which was reviewed and may say something else.
    Cite that unless you mean the preprint. The fix is unsafe: it makes this the entry of the
    article, with its type, container, volume, pages, date, DOI and publisher. The preprint's
    number stays in `eprint`. `compcite update KEY` does the same.
    """
    outcome = case.outcome
    if not isinstance(outcome, Found) or not _stands_for(case):
        return
    published = published_as(outcome.work)
    if published is None:
        return
    expected = str(published)
    message = f"the preprint {outcome.doi} has appeared as {expected}"
    fix = None
    if case.published is not None:
        article = article_for(case.entry.item, case.published)
        if article is None:
            message += ", whose title and authors are others"
        else:
            title = f"Make the entry that of the article {expected}"
            fix = Fix(title, safe=False, article=article)
    field = field_of(case.entry, "DOI")
    yield Fault(message, place_of(case.entry, field), "doi", expected, str(outcome.doi), fix)


def published_as(work: Work) -> DOI | None:
    """The DOI of the article that a preprint became, as its record says; None if it says none."""
    for relation in work.relations:
        if relation.kind in _PUBLISHED_AS and relation.doi != work.doi:
            return relation.doi
    return None


def article_for(item: Item, article: Work) -> Item | None:
    """What the entry of a preprint takes from its article, as an item.

    A title or authors that agree are left out of it, so that the author's way of writing them
    stays. None where the article's title and authors are surely those of another work.
    """
    compared = compare_records(item, article)
    if compared.foreign:
        return None
    taken = item_for_entry(article)
    text, names = dict(taken.text), dict(taken.names)
    if compared.title.agrees:
        text.pop("title", None)
    if compared.authors.agrees or not names.get("author"):
        names.pop("author", None)
    return replace(taken, text=text, names=names)


def grave_notices(work: Work) -> list[str]:
    """A sentence on each of these about a work: retraction, withdrawal, expression of concern."""
    sentences = (
        _sentence(work, _RETRACTION, "was retracted"),
        _sentence(work, _WITHDRAWAL, "was withdrawn"),
        _sentence(work, _CONCERN, "is under an expression of concern"),
    )
    return [sentence for sentence in sentences if sentence]


def notices_in_force(work: Work) -> list[Update]:
    """The notices about a work, without those that a later reinstatement has ended.

    A notice whose DOI is that of the work itself is left out, too.
    """
    updates = [update for update in work.updates if update.doi != work.doi]
    back = [update for update in updates if update.kind in _REINSTATEMENT]
    return [u for u in updates if not any(_ends(end, u) for end in back)]


def _ends(end: Update, update: Update) -> bool:
    """Whether a reinstatement ends a notice: one that is not later, or of an unknown date.

    It never ends a correction.
    """
    if update.kind not in _RETRACTION | _WITHDRAWAL | _CONCERN | _REINSTATEMENT:
        return False
    return end.date is None or update.date is None or update.date <= end.date


def _stands_for(case: Case) -> bool:
    """Whether the record of the DOI may be that of the work that the entry cites.

    It is true also if the two were not compared.
    """
    return case.comparison is None or not case.comparison.foreign


def _notice(case: Case, kinds: frozenset[str], what: str) -> Iterator[Fault]:
    """The finding about the latest notice of these kinds; ``what`` is the verb of the message.

    There is none without a record or a notice, and none if the record is of another work.
    """
    outcome = case.outcome
    if not isinstance(outcome, Found) or not _stands_for(case):
        return
    message = _sentence(outcome.work, kinds, what)
    if not message:
        return
    field = field_of(case.entry, "DOI") or (case.written.field if case.written else None)
    yield Fault(message, place_of(case.entry, field), "doi", actual=str(outcome.doi))


def _sentence(work: Work, kinds: frozenset[str], what: str) -> str:
    """A sentence on the latest notice of these kinds; empty where there is none.

    ``what`` is the verb of the sentence, such as "was retracted".
    """
    notices = [update for update in notices_in_force(work) if update.kind in kinds]
    if not notices:
        return ""
    latest = max(notices, key=lambda update: (str(update.date or ""), update.doi is not None))
    return f"{work.doi} {what}{_when(latest.date)}{_by(latest)}"


def _when(date: dt.date | None) -> str:
    """The date in a message; empty where it is not known."""
    return f" on {date.isoformat()}" if date else ""


def _by(update: Update) -> str:
    """Who says so, and the DOI of the notice, in parentheses; empty where neither is known."""
    teller = {
        "publisher": "the publisher",
        "retraction-watch": "Retraction Watch",
        "title": "the registered title",
    }.get(update.asserted_by, update.asserted_by)
    notice = f", notice {update.doi}" if update.doi else ""
    return f" (according to {teller}{notice})" if teller else (f" ({notice[2:]})" if notice else "")
