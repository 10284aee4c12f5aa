"""Replace entries by the registered works that they describe."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from compcite.checks import select_rules
from compcite.model.doi import DOI
from compcite.model.report import Status
from compcite.model.work import Found
from compcite.verbs.verify import verify_library

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from compcite.model.ask import Ask
    from compcite.model.library import Entry, Library
    from compcite.model.report import EntryReport
    from compcite.model.work import Work

__all__ = ["Identified", "identify"]

_SUGGESTING_RULES = ("doi-suggested", "doi-not-registered", "wrong-work", "doi-malformed")


@dataclass(frozen=True, slots=True)
class Identified:
    """The entries, with the registry's record in place of their own where it is certain.

    ``unknown`` are the keys of the entries that were left as they are.
    """

    entries: Sequence[Entry]
    unknown: tuple[str, ...] = ()


def identify(
    library: Library, ask: Ask, *, progress: Callable[[int, int], None] | None = None
) -> Identified:
    """Find the registered work of each entry: by its DOI, else by a search with its words.

    The result has the entries in their order, and the keys of those without a work, which stay. A
    record replaces the entry only where its title and authors agree with the entry, as in
    verification. The entries of which the reader is least sure are looked up first: they gain most,
    should the time not suffice for all. ``progress`` is called with the number of answered
    questions and of all.
    """
    rules = select_rules(_SUGGESTING_RULES)
    unsure_first = replace(library, entries=sorted(library.entries, key=_confidence))
    report = verify_library(unsure_first, ask, rules=rules, suggest=True, progress=progress)
    judged = {(id(e.source), e.span): e for e in report.entries}
    found = {(id(e.source), e.span): judged.get((id(e.source), e.span)) for e in library.entries}
    offered = {_offered(entry) for entry in found.values() if entry} - {None}
    works = {
        outcome.doi: outcome.work
        for outcome in ask.look_up([doi for doi in offered if doi])
        if isinstance(outcome, Found)
    }
    entries, unknown = [], []
    for entry in library.entries:
        verdict = found[id(entry.source), entry.span]
        work = _work(verdict, works) if verdict else None
        if work is None:
            unknown.append(entry.key)
            entries.append(entry)
        else:
            item = replace(work.item, text={**work.item.text, "DOI": str(work.doi)}, id=entry.key)
            entries.append(replace(entry, item=item, type=item.type, fields=(), source=None))
    return Identified(entries, tuple(unknown))


def _confidence(entry: Entry) -> float:
    """The confidence of the field of which the reader was least sure; 0 without fields."""
    return min((field.confidence for field in entry.fields), default=0.0)


def _offered(verdict: EntryReport) -> DOI | None:
    """The DOI that a finding offers for an entry whose DOI is missing or wrong.

    None if none does.
    """
    for finding in verdict.findings:
        if finding.rule.name in _SUGGESTING_RULES and finding.field == "doi" and finding.expected:
            return DOI.parse(finding.expected)
    return None


def _work(verdict: EntryReport, works: dict[DOI, Work]) -> Work | None:
    """The work of the entry's DOI if that was verified, else that of the offered DOI in ``works``.

    None if there is neither.
    """
    if verdict.status is Status.VERIFIED and verdict.work and verdict.work.described:
        return verdict.work
    doi = _offered(verdict)
    return works.get(doi) if doi else None
