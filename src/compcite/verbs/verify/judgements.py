"""The judgements of one look at a library, kept for the next look."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from compcite.model.source import Span

if TYPE_CHECKING:
    from compcite.checks import Case
    from compcite.model.library import Entry
    from compcite.model.report import EntryReport

__all__ = ["Judgement", "Judgements"]


class Judgement(NamedTuple):
    """A case, and the report on it."""

    case: Case
    report: EntryReport


class Judgements:
    """The judgements of the last look at a library, found by the text of each entry.

    A fix changes a few entries of thousands. An entry keeps its findings if its text is the same
    and means the same (a macro or a ``crossref`` elsewhere may change its meaning); only their
    places move. Three kinds of entries are always judged again, since their findings depend on the
    rest of the file: entries with a reader's problem, entries that repeat others, and entries with
    a fix, whose edits follow the style of the whole file.
    """

    def __init__(self) -> None:
        """Start empty: the first look judges every entry."""
        self._by_text: dict[str, Judgement] = {}
        self._found: dict[int, Judgement | None] = {}  # in this look, by the entry's identity

    def __reduce__(self) -> tuple[type[Judgements], tuple[()]]:
        """A copy starts empty, since its entries have other identities."""
        return Judgements, ()

    def of(self, entry: Entry) -> Judgement | None:
        """The earlier judgement of an entry with the same text and the same item.

        None if there is none.
        """
        if not self._by_text:
            return None
        if id(entry) not in self._found:
            earlier = self._by_text.get(_text_of(entry))
            same = earlier is not None and earlier.case.entry.item == entry.item
            self._found[id(entry)] = earlier if same else None
        return self._found[id(entry)]

    def report_on(self, case: Case) -> EntryReport | None:
        """The earlier report on an entry, moved to its new place.

        None if the entry must be judged.
        """
        earlier = self.of(case.entry)
        if earlier is None or not (_stands_alone(case) and _is_alike(case, earlier.case)):
            return None
        return _moved(earlier.report, case.entry)

    def keep(self, judged: list[Judgement]) -> None:
        """Replace the kept judgements by these, without those of entries to be judged again."""
        self._found.clear()
        self._by_text = {
            _text_of(one.case.entry): one
            for one in judged
            if _stands_alone(one.case) and not any(f.fix for f in one.report.findings)
        }


def _text_of(entry: Entry) -> str:
    """The text of an entry in its source."""
    return entry.source.text[slice(*entry.span)] if entry.source else ""


def _stands_alone(case: Case) -> bool:
    """Whether the findings depend only on the entry's own text and its record."""
    return not (case.problems or any(case.repeats or ()) or case.undefined)


def _is_alike(case: Case, other: Case) -> bool:
    """Whether the registries said the same in both cases: outcome of the DOI, search, work found.

    The caller has made sure that the entries of both cases say the same.
    """
    return (case.outcome, case.meant, case.search, case.uncited) == (
        other.outcome,
        other.meant,
        other.search,
        other.uncited,
    )


def _moved(report: EntryReport, entry: Entry) -> EntryReport:
    """An earlier report with its spans moved to the place where the entry now begins."""
    if entry.source is None:
        raise ValueError("an entry to be judged has a source")
    by = entry.span.start - report.span.start
    findings = tuple(
        replace(one, span=Span(one.span.start + by, one.span.end + by)) for one in report.findings
    )
    return replace(report, source=entry.source, span=entry.span, findings=findings)
