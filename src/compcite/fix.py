"""The verb *fix*: what a report offers, done to the texts of its sources.

Fixes run to a fixed point: what they leave is judged again until there is nothing more to do.
Nothing is written here; :func:`write_sources` does that.
"""

from __future__ import annotations

import contextlib
import hashlib
from bisect import bisect_right, insort
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from compcite.checks import RULES
from compcite.errors import CompciteError, EditError, SourceError
from compcite.files.atomic import write_files
from compcite.files.decoding import encode
from compcite.formats.rewriting import changed_fields, merge
from compcite.model.edits import apply_edits, offset_before

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from compcite.model.library import Library
    from compcite.model.report import Edit, EntryReport, Finding, Fix, Report
    from compcite.model.source import SourceFile

__all__ = ["Done", "Fixed", "apply_fixes", "write_sources"]

_PASSES = 50
_ORDER = {name: place for place, name in enumerate(RULES)}


@dataclass(frozen=True, slots=True)
class Done:
    """A fix that was applied, or that could not be, and then why.

    ``source`` is the text as it was read, and ``offset`` the place of the finding in it.
    """

    entry: EntryReport
    finding: Finding
    fix: Fix
    source: SourceFile
    offset: int
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Fixed:
    """The library as it is to be, and what was done to its sources.

    ``before`` are the sources as they were read; ``report`` is what the rules say of the library
    as it is now.
    """

    before: Sequence[SourceFile]
    library: Library
    report: Report
    applied: tuple[Done, ...]
    refused: tuple[Done, ...]

    @property
    def sources(self) -> Sequence[SourceFile]:
        """The sources as they are to be, in their order."""
        return self.library.sources

    @property
    def changed(self) -> list[tuple[SourceFile, SourceFile]]:
        """The sources that are to be other than they were: before and after."""
        pairs = zip(self.before, self.sources, strict=True)
        return [(one, other) for one, other in pairs if one.text != other.text]


def apply_fixes(  # noqa: PLR0913 - half of them by name, and left to their defaults
    library: Library,
    judge: Callable[[Library], Report],
    read: Callable[[Sequence[SourceFile], Library], Library],
    *,
    found: Report | None = None,
    offered: Callable[[Report, Library], Report] = lambda report, _: report,
    unsafe: bool = False,
) -> Fixed:
    """The library with every fix applied that ``judge`` offers, until it offers no more.

    ``read`` makes a library of the changed sources, given also the one before. ``found`` is what
    ``judge`` says of the library, where that is known; ``offered`` leaves of a report what may be
    fixed. Without ``unsafe`` only the safe fixes are applied. Where two fixes
    concern the same variable or the same place, the one whose rule comes first in the table goes
    first, and the other one is looked at again after it. A fix that would change anything but
    its own fields is refused.
    """
    work = _Work(library.sources, list(library.sources), unsafe=unsafe)
    report = judge(library) if found is None else found
    # Each pass fixes something, but two fixes might undo each other for ever.
    for _ in range(_PASSES + len(report.entries)):
        if not work.take(offered(report, library)):
            break
        library = read(tuple(work.sources), library)
        report = judge(library)
    return Fixed(work.before, library, report, tuple(work.applied), tuple(work.refused))


def write_sources(changed: Sequence[tuple[SourceFile, SourceFile]]) -> None:
    """Write sources, given as they were read and as they are to be, in their own encodings.

    Raises SourceError, with every file as it was, where one is no longer what was read, cannot
    hold a character, or cannot be written.
    """
    sources = [before for before, _ in changed]
    files = [
        (before.path, encode(after, after.text))
        for before, after in changed
        if before.path is not None
    ]

    def unchanged() -> None:
        for source in sources:
            if source.path is not None:
                _refuse_if_changed(source, source.path)

    unchanged()
    write_files(files, before=unchanged)


def _refuse_if_changed(source: SourceFile, path: Path) -> None:
    try:
        if not path.is_file():
            raise SourceError(
                f"{source.name}: is no regular file, so it cannot be written; give it as `-`"
            )
        data = path.read_bytes()
    except OSError as error:
        raise SourceError(f"{source.name}: cannot be read: {error.strerror or error}") from None
    if hashlib.sha256(data).hexdigest() != source.digest:
        raise SourceError(
            f"{source.name}: was changed by somebody else since it was read, so it was left alone; "
            "run compcite again"
        )


@dataclass(frozen=True, slots=True)
class _Step:
    """Fixes that are made together or not at all: mostly one, or the mergers into one entry.

    ``home`` is where the entry begins whose ``fields`` change, ``gone`` are the starts of the
    entries that are to be missing.
    """

    fixes: tuple[Done, ...]
    home: int
    edits: tuple[Edit, ...]
    fields: tuple[str, ...]
    gone: frozenset[int] = frozenset()

    @property
    def order(self) -> tuple[int, int]:
        """By the place of the rule in the table, then by the place in the text."""
        return _ORDER[self.fixes[0].finding.rule.name], self.edits[0].start

    @property
    def variables(self) -> set[tuple[int, str]]:
        """What the fixes change, in CSL's terms."""
        return {
            (done.entry.span.start, change.variable)
            for done in self.fixes
            for change in done.fix.changes
        }

    @property
    def places(self) -> list[tuple[int, int]]:
        """The stretches of the text that give way to others."""
        return [(edit.start, edit.end) for edit in self.edits]

    @property
    def removals(self) -> list[tuple[int, int]]:
        """The stretches with which whole entries go; they stand behind the edits of fields."""
        return self.places[-len(self.gone) :] if self.gone else []


@dataclass(slots=True)
class _Work:
    """The sources on their way to a fixed point; ``before`` as they were read."""

    before: Sequence[SourceFile]
    sources: list[SourceFile]
    unsafe: bool
    applied: list[Done] = field(default_factory=list)
    refused: list[Done] = field(default_factory=list)
    _edits: dict[int, list[list[Edit]]] = field(default_factory=dict)
    _seen: set[tuple[int, str]] = field(default_factory=set)
    _given_up: set[tuple[object, ...]] = field(default_factory=set)

    def take(self, report: Report) -> bool:
        """Apply what a report offers, as far as it goes together; whether anything changed."""
        places = {source.name: place for place, source in enumerate(self.sources)}
        offers: dict[int, list[Done]] = {}
        for entry in report.entries:
            for finding in entry.findings:
                fix = finding.fix
                if fix and fix.edits and (fix.safe or self.unsafe):
                    place = places[entry.source.name]
                    done = Done(entry, finding, fix, self.before[place], finding.span.start)
                    if _mark(done) not in self._given_up:
                        offers.setdefault(place, []).append(done)
        changed = False
        for place, offered in sorted(offers.items()):
            source = self.sources[place]
            after, applied = self._apply(place, list(_compatible(_steps(offered))))
            self._seen.add((place, source.text))
            if applied and (place, after) not in self._seen:
                self.applied += [
                    self._as_read(place, done) for step in applied for done in step.fixes
                ]
                self.sources[place] = source.with_text(after)
                made = [edit for step in applied for edit in step.edits]
                self._edits.setdefault(place, []).append(made)
                changed = True
        return changed

    def _as_read(self, place: int, done: Done) -> Done:
        """A fix with the place that its finding has in the source as it was read."""
        offset = done.finding.span.start
        for made in reversed(self._edits.get(place, [])):
            offset = offset_before(offset, made)
        return replace(done, offset=offset)

    def _apply(self, place: int, chosen: list[_Step]) -> tuple[str, list[_Step]]:
        """The text after as many of the steps as change their own fields alone."""
        source = self.sources[place]
        kept: list[_Step] = []
        text = source.text
        # A proof reads the whole text, so that steps are proved together as far as they can be.
        waiting = [chosen]
        while waiting:
            group = waiting.pop()
            try:
                text = _proved(source, [*kept, *group])
            except CompciteError as error:
                half = len(group) // 2
                if half:
                    waiting += [group[half:], group[:half]]
                    continue
                for done in group[0].fixes:
                    self._given_up.add(_mark(done))
                    self.refused.append(replace(self._as_read(place, done), refused=str(error)))
            else:
                kept += group
        return text, kept


def _mark(done: Done) -> tuple[object, ...]:
    """By what a fix is known again after the text has moved."""
    return (done.entry.source.name, done.entry.key, done.finding.rule.name, done.fix.title)


def _steps(offered: Sequence[Done]) -> Iterator[_Step]:
    """What is offered for a source, step by step; mergers into one entry are one step.

    So a list with hundreds of copies of one entry takes one pass and not hundreds.
    """
    mergers: dict[int, dict[int, Done]] = {}
    for done in sorted(offered, key=lambda one: _ORDER[one.finding.rule.name]):
        start = done.entry.span.start
        if done.fix.into is None:
            yield _Step((done,), start, done.fix.edits, done.fix.fields)
        else:
            mergers.setdefault(done.fix.into.span.start, {}).setdefault(start, done)
    for home, group in mergers.items():
        yield from _merger(home, [group[start] for start in sorted(group)])


def _merger(home: int, group: Sequence[Done]) -> Iterator[_Step]:
    """The step that merges entries into one; of several that contradict each other the first."""
    first = group[0]
    gone = {first.entry.span.start: first}
    edits, fields = first.fix.edits, first.fix.fields
    into = first.fix.into
    merged = [done.fix.merged for done in group if done.fix.merged is not None]
    if into is not None and len(merged) > 1:
        with contextlib.suppress(EditError):
            edits, fields, entries = merge(merged, into, skip=True)
            starts = {entry.span.start for entry in entries}
            gone = {
                done.entry.span.start: done for done in group if done.entry.span.start in starts
            }
    yield _Step(tuple(gone.values()), home, edits, fields, frozenset(gone))


def _compatible(steps: Iterator[_Step]) -> Iterator[_Step]:
    """The steps that go together, those of earlier rules first."""
    claims = _Claims()
    for step in sorted(steps, key=lambda one: one.order):
        if claims.admit(step):
            claims.take(step)
            yield step


@dataclass(slots=True)
class _Claims:
    """What the steps of one pass change, so that no two change the same.

    Entries are known by where they start. Nothing else may change in an entry that is merged,
    nor in the one that takes something over from it.
    """

    variables: set[tuple[int, str]] = field(default_factory=set)
    places: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    merged: set[int] = field(default_factory=set)
    gone: set[int] = field(default_factory=set)
    removals: list[tuple[int, int]] = field(default_factory=list)  # in order, none over another

    def admit(self, step: _Step) -> bool:
        """Whether a step goes together with those that were taken."""
        if step.gone:
            changed = _merged(step)
            return (
                changed.isdisjoint(self.merged)
                and changed.isdisjoint(self.places)
                and step.home not in self.gone
                and not any(map(self._lies_over, step.removals))
            )
        return not (
            step.home in self.merged
            or self.variables & step.variables
            or _touch(self.places.get(step.home, []), step.places)
        )

    def take(self, step: _Step) -> None:
        """Claim what a step changes."""
        self.variables |= step.variables
        if not step.gone:
            self.places.setdefault(step.home, []).extend(step.places)
            return
        self.merged |= _merged(step)
        self.gone |= step.gone
        for removal in step.removals:
            insort(self.removals, removal)

    def _lies_over(self, stretch: tuple[int, int]) -> bool:
        """Whether a stretch that is to go has text in common with one that was taken."""
        place = bisect_right(self.removals, stretch)
        before, behind = self.removals[max(0, place - 1) : place], self.removals[place : place + 1]
        return any(one[1] > stretch[0] for one in before) or any(
            one[0] < stretch[1] for one in behind
        )


def _merged(step: _Step) -> set[int]:
    """The entries that a merger changes; where the others only go, the one stays as it is."""
    return {*step.gone, step.home} if step.fields else set(step.gone)


def _touch(taken: list[tuple[int, int]], places: list[tuple[int, int]]) -> bool:
    """Whether some stretches lie beside or over others."""
    return any(one[0] <= other[1] and other[0] <= one[1] for one in taken for other in places)


def _proved(source: SourceFile, steps: Sequence[_Step]) -> str:
    """The text after some steps; raises EditError where more than their fields would change."""
    after = apply_edits(source.text, [edit for step in steps for edit in step.edits])
    encode(source, after)
    own = {(step.home, name) for step in steps for name in step.fields}
    gone = {start for step in steps for start in step.gone}
    if after != source.text and not changed_fields(source, after, gone) <= own:
        named = " and ".join(dict.fromkeys(name for step in steps for name in step.fields))
        raise EditError(f"{source.name}: the fix would change more than {named}")
    return after
