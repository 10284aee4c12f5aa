"""An open list: its entries and what the rules find in them, as its text changes.

Only what has changed is read and judged again, by the functions that ``check`` and ``verify-dois``
call. Each entry is judged by itself, on its own text; so its findings stay right when it moves.
Entries that repeat others are the exception: their messages name lines, and whether two entries
can be merged depends on the whole text. They are judged last, and again after every change.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from enum import Enum
from itertools import islice
from operator import attrgetter, itemgetter
from time import perf_counter
from typing import TYPE_CHECKING, NamedTuple

from compcite.checks.case import Repeats
from compcite.checks.repeats import find_repeats, marks_of
from compcite.formats.bibtex.read.edited import EditedList
from compcite.formats.bibtex.read.reader import BlockReader
from compcite.ignores import ignores_in
from compcite.lsp.asking import Answers
from compcite.lsp.offers import bare_offers, offers_for
from compcite.lsp.placed_entries import PlacedEntries
from compcite.lsp.text_difference import changed_stretch
from compcite.model.library import Library
from compcite.model.report import Report, Status
from compcite.model.source import SourceFile, Span
from compcite.verbs.load import library_of, without_collection
from compcite.verbs.verify import Judgements, check_library
from compcite.verbs.verify.cases import cases_of
from compcite.verbs.verify.judging import own_doi_of, report_on

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence
    from pathlib import Path

    from compcite.checks import Case
    from compcite.formats.bibtex.read.edited import Reread, Unit
    from compcite.lsp.asking import Learnt
    from compcite.lsp.offers import Offer
    from compcite.lsp.settings import Project
    from compcite.lsp.workspace import Document
    from compcite.model.doi import DOI
    from compcite.model.library import Entry
    from compcite.model.report import EntryReport, Finding

__all__ = ["OpenList", "Seen", "Step"]

_SLICE = 0.03  # seconds of judging between which the editor is answered
_FIRST_LOOK = 0.2  # seconds of judging after which the findings so far are shown
# Characters up to which entries that repeat others are judged at once: to look at the whole text
# takes some 20 ms there, and a quarter of a second in a list of 10,000 entries.
_SMALL = 200_000
# Characters of a change up to which it is taken as it is given. Some editors send the whole text
# for each key: then it is found out what has changed.
_LONG = 2_000
# Entries whose repeats are looked for at once, some 20 ms: all of a list of 10,000 take a second.
_LOOKED_AT_ONCE = 200
_MENTIONS = "compcite"  # what ignores begin with
# Entries whose offers are made at once when keys are completed, some 4 ms. Of more, such as all of
# a list that was just opened, only the keys are known until `make_offers` has looked into them.
_AT_ONCE = 50

# The states of entries for whose work is searched.
_SEARCHED = frozenset({Status.MISMATCH, Status.NOT_REGISTERED, Status.MALFORMED, Status.NO_DOI})


class Step(Enum):
    """What to do between two steps of :meth:`OpenList.work`."""

    GO_ON = "answer the editor, if it asks"
    SHOW = "show the findings, which are right but for duplicates and what was not judged yet"
    REST = "show the findings, and wait for a pause before the costly last step"


class Seen(NamedTuple):
    """A finding as the editor shows it; ``start`` and ``end`` count from the start of its unit.

    ``fix`` is the title of its fix, empty without one; ``safe`` tells whether the fix is safe.
    ``related`` is the unit of the entry that a duplicate repeats.
    """

    finding: Finding
    start: int
    end: int
    fix: str = ""
    safe: bool = False
    related: Unit | None = None


@dataclass(slots=True)
class _State:
    """What is known of a unit.

    ``doi`` is the DOI by which duplicates are found, ``doi_asked`` the one that is asked about.
    ``entry`` has no text: only what tells whether it repeats another one. ``marks`` are those of
    :func:`marks_of`. ``report`` has no findings; ``seen`` are the findings. ``repeats`` are the
    units that it repeats: by key, by DOI and by work; ``unclear`` is as in :class:`Repeats`.
    """

    entry: Entry
    doi: DOI | None
    doi_asked: DOI | None
    marks: frozenset[Hashable]
    report: EntryReport
    seen: tuple[Seen, ...] = ()
    repeats: tuple[Unit | None, ...] = (None, None, None)
    unclear: bool = False

    @property
    def is_repeating(self) -> bool:
        """Whether the entry repeats an earlier one."""
        return any(self.repeats)


class OpenList:
    """A list that the editor holds.

    :meth:`take` gives it a new text, :meth:`work` judges what has changed.
    """

    def __init__(self, document: Document, project: Project) -> None:
        """Read the list as it was opened; nothing is judged yet."""
        self.document = document
        self.project = project
        with without_collection():
            self._list = EditedList(document.source)
        self._states: dict[Unit, _State] = {}
        self._marked: dict[Hashable, dict[Unit, None]] = {}
        self.answers = Answers()
        self._recalled: set[DOI] = set()
        self._anchor = SourceFile(document.source.name, "")
        self._waiting: dict[Unit, None] = {}  # to be judged
        self._changed: set[Unit] = set()  # whose repeats are to be looked for
        self._repeating: set[Unit] = set()
        self._with_findings: set[Unit] = set()
        self._lost: set[Hashable] = set()  # the marks that they no longer have
        self._offers: dict[Unit, tuple[Offer, ...]] = {}
        self._bare: dict[Unit, None] = {}  # whose offers have nothing but their keys
        self._all_offers: list[Offer] | None = None
        self._settled = False
        self._without_entries: tuple[Seen, ...] = ()  # the findings of a text that has none
        self._wait_for_all()

    # What changes

    def take(self, document: Document, made: Sequence[tuple[int, int, str]]) -> None:
        """Take the text after some changes: start, end and new text of each.

        What has changed is read at once, and waits to be judged by :meth:`work`.
        """
        before, self.document = self.source, document
        guessed = before.encoding_guessed != document.source.encoding_guessed
        if len(made) == 1 and len(made[0][2]) <= _LONG:
            start, end, new = made[0]
        else:
            start, end, new = changed_stretch(before.text, document.text)
        reread = self._list.replace(document.source, start, end, new)
        for unit in reread.gone:
            self._forget(unit)
        for unit in reread.read:
            self._offers.pop(unit, None)
        if guessed:
            self._wait_for_all()
        concerned = sorted(self._concerned(reread), key=attrgetter("start"))
        self._waiting.update(dict.fromkeys(concerned))
        self._settled = False
        self._all_offers = None

    def set_project(self, project: Project) -> None:
        """Take another configuration: everything is to be judged again."""
        self.project = project
        self._wait_for_all()

    def learn(self, learnt: Learnt) -> None:
        """Take over answers: entries of which something else is known now are to be judged again.

        After a search, so is every entry for whose work is searched.
        """
        changed = self.answers.learn(learnt)
        for unit, state in self._states.items():
            searched = learnt.meant is not None and state.report.status in _SEARCHED
            if searched or (state.doi_asked is not None and state.doi_asked in changed):
                self._waiting[unit] = None
                self._settled = False

    def recall_again(self) -> None:
        """Look up all kept answers once more, since the lock has changed."""
        self._recalled.clear()

    def take_unrecalled(self) -> list[DOI]:
        """The DOIs of entries for which kept answers were not looked up yet; each comes once."""
        dois = {state.doi_asked for state in self._states.values() if state.doi_asked}
        new = sorted(dois - self._recalled, key=attrgetter("value"))
        self._recalled |= dois
        return new

    # What is known

    @property
    def source(self) -> SourceFile:
        """The present text."""
        return self._list.source

    @property
    def lock_path(self) -> Path:
        """The path of the lock from which the list is verified; there need not be a file."""
        return self.project.lock_path(self.source)

    @property
    def units(self) -> Sequence[Unit]:
        """The blocks of the present text."""
        return self._list.units

    def unit_at(self, offset: int) -> Unit | None:
        """The entry or unreadable block in which an offset lies, or at whose end; else None."""
        place = self._list.index_at(offset)
        for unit in self._list.units[max(place - 1, 0) : place + 1][::-1]:
            if unit.is_reported and unit.start <= offset <= unit.end:
                return unit
        return None

    def entry(self, unit: Unit) -> Entry:
        """The entry of a unit at its place in the present text."""
        return unit.entry(self.source, unit.start)

    def report(self, unit: Unit) -> EntryReport | None:
        """What is known of an entry, without its findings; None if it was not judged yet."""
        state = self._states.get(unit)
        return state.report if state else None

    def fixable(self, unit: Unit) -> list[Finding]:
        """The shown findings of an entry that have a fix, with the edits for the present text."""
        shown = {(one.finding.rule.name, one.start, one.finding.field) for one in self.seen(unit)}
        report = self._report_on_whole_text(unit, {})
        return [
            one
            for one in report.findings
            if one.fix
            and one.fix.edits
            and (one.rule.name, one.span.start - unit.start, one.field) in shown
        ]

    def seen(self, unit: Unit) -> tuple[Seen, ...]:
        """The findings of an entry; none where it was not judged yet."""
        state = self._states.get(unit)
        return state.seen if state else ()

    def library(self) -> Library:
        """The library of the present text: its entries and the problems of reading it."""
        entries = PlacedEntries.of(self.source, self._list.units)
        faulty = [unit for unit in self._list.units if unit.faults]
        problems = [one for unit in faulty for one in unit.problems(self.source, unit.start)]
        return Library([self.source], entries, problems)

    def findings(self) -> Iterator[tuple[Unit | None, tuple[Seen, ...]]]:
        """The findings of each unit that has any, in the order of the text.

        A text without entries has findings without a unit, whose places count from its start.
        """
        if self._without_entries:
            yield None, self._without_entries
        for unit in sorted(self._with_findings, key=attrgetter("start")):
            yield unit, self._states[unit].seen

    # Offers to complete keys

    def offers(self) -> tuple[list[Offer], bool]:
        """The offers for all keys, and whether they are complete.

        Until :meth:`make_offers` has looked into the entries of a long list, its offers have only
        the keys: they are not found by author, year or title yet.
        """
        if self._all_offers is None:
            units = [unit for unit in self._list.units if unit.is_entry]
            new = [unit for unit in units if unit not in self._offers]
            for unit in new:
                self._offers[unit] = bare_offers(unit.keys)
            self._bare.update(dict.fromkeys(new))
            if len(self._bare) <= _AT_ONCE:
                self._look_into(list(self._bare))
            self._all_offers = [offer for unit in units for offer in self._offers[unit]]
        return self._all_offers, not self._bare

    def make_offers(self) -> Iterator[None]:
        """Make the offers, in steps between which something else may be done."""
        self.offers()
        while self._bare:
            self._look_into(list(islice(self._bare, _AT_ONCE)))
            yield
        self._all_offers = None

    def _look_into(self, units: Iterable[Unit]) -> None:
        """Make the offers of entries of which only the keys are known."""
        for unit in units:
            del self._bare[unit]
            self._offers[unit] = offers_for(unit.keys, unit.item)

    # Judging

    def work(self) -> Iterator[Step]:
        """Judge what has changed, in steps between which something else may be done."""
        began = last = perf_counter()
        shown = False
        while self._waiting:
            unit = next(iter(self._waiting))
            del self._waiting[unit]
            self._judge(unit)
            now = perf_counter()
            if not shown and now - began > _FIRST_LOOK:
                shown = True
                yield Step.SHOW
            elif now - last > _SLICE:
                yield Step.GO_ON
            else:
                continue
            last = perf_counter()
        yield from self._find_repeats()
        if not self._settled:
            yield from self._settle()
        self._judge_without_entries()

    def _settle(self) -> Iterator[Step]:
        """Judge the entries that repeat others; in a long text only after a pause."""
        repeating = sorted(self._repeating, key=attrgetter("start"))
        if repeating and len(self.source.text) > _SMALL:
            yield Step.REST
        cases: dict[Unit, Case] = {}
        last = perf_counter()
        for unit in repeating:
            self._judge_repeating(unit, cases)
            if perf_counter() - last > _SLICE:
                yield Step.GO_ON
                last = perf_counter()
        self._settled = True

    def _judge(self, unit: Unit) -> None:
        """Judge an entry by itself, as if it repeated no other."""
        alone = self._alone(unit)
        given = _case(alone)
        case = self.answers.complete(given)
        report = report_on(replace(case, repeats=Repeats()), self.project.rules)
        doi = own_doi_of(case)
        ids = tuple(filter(None, [case.entry.field("ids")]))
        entry = replace(case.entry, source=self._anchor, fields=ids)
        before = self._states.get(unit)
        asked = given.written.doi if given.written else None
        state = _State(entry, doi, asked, marks_of(entry, doi), replace(report, findings=()))
        self._states[unit] = state
        self._take_seen(unit, self._seen(unit, report, alone, alone.start, {}))
        self._mark(unit, before, state)
        self._changed.add(unit)

    def _judge_repeating(self, unit: Unit, cases: dict[Unit, Case]) -> None:
        """Judge an entry that repeats others, on the whole text.

        ``cases`` are the cases made so far in this look.
        """
        report = self._report_on_whole_text(unit, cases)
        units = {id(case.entry): one for one, case in cases.items()}
        self._take_seen(unit, self._seen(unit, report, self._alone(unit), unit.start, units))

    def _report_on_whole_text(self, unit: Unit, cases: dict[Unit, Case]) -> EntryReport:
        """The report on an entry at its place in the present text, with the edits of its fixes."""
        state = self._states[unit]

        def case_of(one: Unit) -> Case:
            if one not in cases:
                cases[one] = self.answers.complete(_case(self._in_whole_text(one)))
            return cases[one]

        key, doi, work = (case_of(one).entry if one else None for one in state.repeats)
        repeats = Repeats(key, doi, work, state.unclear)
        return report_on(replace(case_of(unit), repeats=repeats), self.project.rules)

    def _take_seen(self, unit: Unit, seen: tuple[Seen, ...]) -> None:
        """Take the findings of a unit."""
        self._states[unit].seen = seen
        (self._with_findings.add if seen else self._with_findings.discard)(unit)

    def _seen(
        self, unit: Unit, report: EntryReport, alone: _Setting, start: int, units: dict[int, Unit]
    ) -> tuple[Seen, ...]:
        """The findings of a report that are not ignored; ``start`` is where the entry begins in it.

        ``units`` are the units of earlier entries, by the identity of the entry.
        """
        local = ignores_in(alone.library)[0] if alone.mentions else []
        span = Span(alone.start, alone.start + unit.length)
        moved = replace(report, source=alone.source, span=span)
        today = dt.datetime.now().astimezone().date()
        (left,) = self.project.reported(Report([moved]), local, today).entries
        return tuple(
            Seen(
                replace(one, fix=None, related=None),
                one.span.start - start,
                one.span.end - start,
                one.fix.title if one.fix else "",
                safe=one.fix is not None and one.fix.safe,
                related=units.get(id(one.related)),
            )
            for one in left.findings
        )

    def _alone(self, unit: Unit) -> _Setting:
        """A text with the entry alone, and with what stands beside it and is reported with it."""
        before, behind, guessed = self._beside(unit)
        mentions = any(_MENTIONS in one.text.lower() for one in (*before, unit))
        faults = any(one.faults for one in (*before, *behind))
        if not (mentions or faults or guessed):
            return _setting(unit.frame, unit.block.start, unit, (), mentions=False)
        whole = self.source
        begin = 0 if guessed else next(iter((*before, unit))).start
        end = next(reversed((unit, *behind))).end
        source = SourceFile(
            whole.name,
            whole.text[begin:end],
            whole.path,
            whole.encoding,
            encoding_guessed=guessed,
        )
        others = [(one, one.start - begin) for one in (*before, *behind)]
        return _setting(source, unit.start - begin, unit, others, mentions=mentions)

    def _in_whole_text(self, unit: Unit) -> _Setting:
        """The whole text, with the entry and what is reported with it."""
        before, behind, _ = self._beside(unit)
        others = [(one, one.start) for one in (*before, *behind)]
        return _setting(self.source, unit.start, unit, others, mentions=False)

    def _beside(self, unit: Unit) -> tuple[Sequence[Unit], Sequence[Unit], bool]:
        """The blocks before an entry whose problems and ignores count for it, and those behind.

        Behind are blocks only if the entry is the last one. The third value tells whether the entry
        is the first one of a file whose encoding was guessed.
        """
        units = self._list.units
        place = self._list.index_at(unit.start)
        first = place
        while first and not units[first - 1].is_reported:
            first -= 1
        last = place + 1
        while last < len(units) and not units[last].is_reported:
            last += 1
        behind = units[place + 1 :] if last == len(units) else []
        return units[first:place], behind, first == 0 and self.source.encoding_guessed

    def _judge_without_entries(self) -> None:
        """Judge a text that has no entry: all of it is one case."""
        self._without_entries = ()
        if not self._states:
            library = library_of([self.source])
            report = check_library(library, self.project.rules, known=Judgements())
            local, _ = ignores_in(library)
            today = dt.datetime.now().astimezone().date()
            left = self.project.reported(report, local, today)
            found = [one for entry in left.entries for one in entry.findings]
            self._without_entries = tuple(Seen(replace(one, fix=None), *one.span) for one in found)

    # Which entries repeat others

    def _find_repeats(self) -> Iterator[Step]:
        """Find again what the changed entries repeat, and who repeats them, some at a time.

        When the text changes between two steps, those that were not looked at yet stay in
        ``_changed`` for the next :meth:`work`.
        """
        last = perf_counter()
        while self._changed or self._lost:
            some = set(islice(self._changed, _LOOKED_AT_ONCE))
            self._find_repeats_near(some)
            if perf_counter() - last > _SLICE:
                yield Step.GO_ON
                last = perf_counter()

    def _find_repeats_near(self, some: set[Unit]) -> None:
        """Find what ``some`` entries repeat, and those that share a mark with them."""
        lost, self._lost = self._lost, set()
        near = some & self._states.keys()
        marks = {mark for unit in near for mark in self._states[unit].marks} | lost
        near |= self._with_marks(marks)
        marks = {mark for unit in near for mark in self._states[unit].marks}
        around = sorted(near | self._with_marks(marks), key=attrgetter("start"))
        states = [self._states[unit] for unit in around]
        found = find_repeats([one.entry for one in states], [one.doi for one in states])
        units = {id(state.entry): unit for unit, state in zip(around, states, strict=True)}
        for unit, state, repeats in zip(around, states, found, strict=True):
            if unit in near:
                was = unit in self._repeating
                earlier = (repeats.key, repeats.doi, repeats.work)
                state.repeats = tuple(units[id(one)] if one else None for one in earlier)
                state.unclear = repeats.unclear
                if state.is_repeating:
                    self._repeating.add(unit)
                elif was:
                    self._repeating.discard(unit)
                    self._judge(unit)
        self._changed -= some | near
        self._lost.clear()

    def _with_marks(self, marks: Iterable[Hashable]) -> set[Unit]:
        """The units that have one of these marks."""
        return {unit for mark in marks for unit in self._marked.get(mark, ())}

    def _mark(self, unit: Unit, before: _State | None, after: _State | None) -> None:
        """Take a unit out of the marks that it had ``before``, and put it under those ``after``.

        Marks that it no longer has are noted, since other entries may have repeated it.
        """
        old = before.marks if before else frozenset()
        new = after.marks if after else frozenset()
        for mark in old - new:
            self._marked[mark].pop(unit)
            if not self._marked[mark]:
                del self._marked[mark]
        for mark in new - old:
            self._marked.setdefault(mark, {})[unit] = None
        self._lost |= old - new

    # Which units are to be judged

    def _wait_for_all(self) -> None:
        """Judge everything again."""
        self._waiting = {unit: None for unit in self._list.units if unit.is_reported}
        self._settled = False

    def _concerned(self, reread: Reread) -> set[Unit]:
        """The units to judge after a change.

        Problems and ignores between two entries count for the one behind, at the end for the last
        one; a file's own problems count for the first one.
        """
        units = self._list.units
        found = {unit for unit in reread.read if unit.is_reported}
        places = {self._list.index_at(u.start) for u in reread.read if not u.is_reported}
        places |= {self._list.index_at(unit.start) for unit in reread.displaced}
        ways = [range(place, len(units)) for place in (*places, reread.behind, 0)]
        # What was the last entry may be the last but one, and no longer has what stood behind it.
        ways += [range(len(units) - 1, -1, -1), range(reread.first - 1, -1, -1)]
        for way in ways:
            place = next((place for place in way if units[place].is_reported), None)
            if place is not None:
                found.add(units[place])
        return found

    def _forget(self, unit: Unit) -> None:
        """Forget a unit that is gone."""
        for kept in (self._waiting, self._offers, self._bare):
            kept.pop(unit, None)
        for units in (self._changed, self._repeating, self._with_findings):
            units.discard(unit)
        if state := self._states.pop(unit, None):
            self._mark(unit, state, None)


class _Setting(NamedTuple):
    """A text in which an entry is judged, and where the entry begins in it.

    ``library`` has the entry alone. ``mentions`` tells whether there may be ignores.
    """

    source: SourceFile
    start: int
    library: Library
    mentions: bool


def _setting(
    source: SourceFile,
    start: int,
    unit: Unit,
    others: Collection[tuple[Unit, int]],
    *,
    mentions: bool,
) -> _Setting:
    """The setting of a unit in a source; ``others`` are blocks beside it, with their places."""
    entries = [unit.entry(source, start)] if unit.is_entry else []
    placed = sorted([*others, (unit, start)], key=itemgetter(1))
    problems = [problem for one, place in placed for problem in one.problems(source, place)]
    if source.encoding_guessed and placed[0][1] == 0:
        problems = [*BlockReader(source).problems, *problems]
    return _Setting(source, start, Library([source], entries, problems), mentions)


def _case(setting: _Setting) -> Case:
    """The case of the one entry, or of the one unreadable block, in a setting."""
    (case,) = cases_of(setting.library, None, Judgements())
    return case
