"""Apply the fixes that a report offers to the texts of its sources.

After each pass over the sources the rules judge the result again, until no fix is left. Nothing is
written to disk before :meth:`Fixed.write` is called.
"""

from __future__ import annotations

import contextlib
from bisect import bisect_right, insort
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from compcite.checks import RULES
from compcite.errors import CompciteError, EditError, UsageError
from compcite.files.decoding import encode
from compcite.files.sources import Changed, write_sources
from compcite.formats.rewriting import changed_fields, merge
from compcite.model.edits import apply_edits, offset_before

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from compcite.model.library import Library
    from compcite.model.report import Edit, EntryReport, Finding, Fix, Report
    from compcite.model.source import SourceFile

__all__ = ["FixAttempt", "Fixed", "apply_fixes"]

_PASSES = 50  # beyond one pass for each entry: far more than one entry has had fixes
_ORDER = {name: place for place, name in enumerate(RULES)}


@dataclass(frozen=True, slots=True)
class FixAttempt:
    """A fix that was applied, or that was refused for the reason in ``refused``.

    ``source`` is the text as it was read from disk, ``offset`` the place of the finding in that
    text.
    """

    entry: EntryReport
    finding: Finding
    fix: Fix
    source: SourceFile
    offset: int
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Fixed:
    """The result of fixing: the library afterwards, the report on it, and each fix that was tried.

    ``before`` are the sources as they were read from disk. ``applied`` are the fixes that were
    made, ``refused`` those that could not be made, each with the reason.
    """

    before: Sequence[SourceFile]
    library: Library
    report: Report
    applied: tuple[FixAttempt, ...]
    refused: tuple[FixAttempt, ...]

    @property
    def sources(self) -> Sequence[SourceFile]:
        """The sources after fixing, in the order of ``before``."""
        return self.library.sources

    @property
    def changed(self) -> list[Changed]:
        """Each source that changed, before and after."""
        pairs = map(Changed, self.before, self.sources)
        return [pair for pair in pairs if pair.before.text != pair.after.text]

    @property
    def texts(self) -> dict[str, str]:
        """The new text of each source that changed, by the source's name; others are not in it."""
        return {after.name: after.text for _, after in self.changed}

    def write(self) -> None:
        """Write the changed sources to their files, all or none.

        Raises SourceError, and leaves every file as it was, where a file has changed since it was
        read or cannot be written, and UsageError for a text that came from no file.
        """
        for before, _ in self.changed:
            if before.path is None:
                raise UsageError(f"{before.name} is no file; take its new text from texts")
        write_sources(self.changed)


def apply_fixes(  # noqa: PLR0913 - half of them by name, and left to their defaults
    library: Library,
    judge: Callable[[Library], Report],
    read: Callable[[Sequence[SourceFile], Library], Library],
    *,
    found: Report | None = None,
    offered: Callable[[Report, Library], Report] = lambda report, _: report,
    unsafe: bool = False,
) -> Fixed:
    """The library after applying every fix that ``judge`` offers, until it offers no more.

    Nothing is written to disk before :meth:`Fixed.write`. It also stops where two fixes undo each
    other.
    ``judge`` makes the report on a library, and ``read`` makes a library from the changed sources
    and the library before. ``found`` is the report on ``library``, if it was made already.
    ``offered`` takes a report and removes findings that must not be fixed, such as ignored ones.
    Unsafe fixes are applied only with ``unsafe``.

    Where two fixes touch the same variable or place, the one whose rule has the lower code goes
    first, and the other is offered again in the next pass. A fix is refused where it would change
    anything but its own fields.
    """
    work = _Fixing(library.sources, list(library.sources), unsafe=unsafe)
    report = judge(library) if found is None else found
    # Every pass fixes something. The limit is for two fixes that undo each other for ever.
    for _ in range(_PASSES + len(report.entries)):
        if not work.take(offered(report, library)):
            break
        library = read(tuple(work.sources), library)
        report = judge(library)
    return Fixed(work.before, library, report, tuple(work.applied), tuple(work.refused))


@dataclass(frozen=True, slots=True)
class _Step:
    """Fixes that are applied together or not at all: mostly one, or all mergers into one entry.

    ``target`` is the start of the entry whose ``fields`` change. ``gone`` are the starts of the
    entries that a merger removes.
    """

    fixes: tuple[FixAttempt, ...]
    target: int
    edits: tuple[Edit, ...]
    fields: tuple[str, ...]
    gone: frozenset[int] = frozenset()

    @property
    def order(self) -> tuple[int, int]:
        """The key to sort by: the place of the rule in the table, then the place in the text."""
        return _ORDER[self.fixes[0].finding.rule.name], self.edits[0].start

    @property
    def variables(self) -> set[tuple[int, str]]:
        """The CSL variables that the fixes change, each with the start of its entry."""
        return {
            (attempt.entry.span.start, change.variable)
            for attempt in self.fixes
            for change in attempt.fix.changes
        }

    @property
    def stretches(self) -> list[tuple[int, int]]:
        """The places in the text that the edits replace, as start and end."""
        return [(edit.start, edit.end) for edit in self.edits]

    @property
    def removals(self) -> list[tuple[int, int]]:
        """The places of whole entries that are removed, as start and end.

        Their edits come after those of fields.
        """
        return self.stretches[-len(self.gone) :] if self.gone else []


@dataclass(slots=True)
class _Fixing:
    """The sources while they are being fixed.

    ``before`` are the sources as read from disk, ``sources`` their present state. The edits made so
    far (``_edits``) trace a place back to the first text. A text that a source has had already is
    not made again (``_seen``), and a refused fix is not tried again (``_given_up``).
    """

    before: Sequence[SourceFile]
    sources: list[SourceFile]
    unsafe: bool
    applied: list[FixAttempt] = field(default_factory=list)
    refused: list[FixAttempt] = field(default_factory=list)
    _edits: dict[int, list[list[Edit]]] = field(default_factory=dict)
    _seen: set[tuple[int, str]] = field(default_factory=set)
    _given_up: set[tuple[object, ...]] = field(default_factory=set)

    def take(self, report: Report) -> bool:
        """Apply the fixes of a report that do not conflict; return whether any source changed.

        Fixes without edits or refused before are passed over, and so are unsafe ones, unless they
        are wanted. A text that was there before is not made again.
        """
        indexes = {source.name: index for index, source in enumerate(self.sources)}
        offers: dict[int, list[FixAttempt]] = {}
        for entry in report.entries:
            for finding in entry.findings:
                fix = finding.fix
                if fix and fix.edits and (fix.safe or self.unsafe):
                    index = indexes[entry.source.name]
                    attempt = FixAttempt(
                        entry, finding, fix, self.before[index], finding.span.start
                    )
                    if _identity(attempt) not in self._given_up:
                        offers.setdefault(index, []).append(attempt)
        changed = False
        for index, offered in sorted(offers.items()):
            source = self.sources[index]
            after, applied = self._apply(index, list(_compatible(_steps(offered))))
            self._seen.add((index, source.text))
            if applied and (index, after) not in self._seen:
                self.applied += [
                    self._as_read(index, attempt) for step in applied for attempt in step.fixes
                ]
                self.sources[index] = source.with_text(after)
                made = [edit for step in applied for edit in step.edits]
                self._edits.setdefault(index, []).append(made)
                changed = True
        return changed

    def _as_read(self, index: int, attempt: FixAttempt) -> FixAttempt:
        """The attempt with its finding's place in the source as it was read from disk."""
        offset = attempt.finding.span.start
        for made in reversed(self._edits.get(index, [])):
            offset = offset_before(offset, made)
        return replace(attempt, offset=offset)

    def _apply(self, index: int, chosen: list[_Step]) -> tuple[str, list[_Step]]:
        """The text after those ``chosen`` steps that change only their own fields; and these steps.

        The fixes of all other steps are refused, and not tried again.
        """
        source = self.sources[index]
        kept: list[_Step] = []
        text = source.text
        # A proof reads the whole text, so all steps are proved at once; if that fails, each half.
        waiting = [chosen]
        while waiting:
            group = waiting.pop()
            try:
                text = _text_after(source, [*kept, *group])
            except CompciteError as error:
                half = len(group) // 2
                if half:
                    waiting += [group[half:], group[:half]]
                    continue
                for attempt in group[0].fixes:
                    self._given_up.add(_identity(attempt))
                    self.refused.append(replace(self._as_read(index, attempt), refused=str(error)))
            else:
                kept += group
        return text, kept


def _identity(attempt: FixAttempt) -> tuple[object, ...]:
    """A value that is equal for the same fix before and after other edits moved the text."""
    return (
        attempt.entry.source.name,
        attempt.entry.key,
        attempt.finding.rule.name,
        attempt.fix.title,
    )


def _steps(offered: Sequence[FixAttempt]) -> Iterator[_Step]:
    """The steps for the fixes offered for one source; all mergers into one entry are one step.

    So a list with hundreds of copies of one entry needs one pass, not hundreds.
    """
    mergers: dict[int, dict[int, FixAttempt]] = {}
    for attempt in sorted(offered, key=lambda one: _ORDER[one.finding.rule.name]):
        start = attempt.entry.span.start
        if attempt.fix.into is None:
            yield _Step((attempt,), start, attempt.fix.edits, attempt.fix.fields)
        else:
            mergers.setdefault(attempt.fix.into.span.start, {}).setdefault(start, attempt)
    for target, group in mergers.items():
        yield from _merger(target, [group[start] for start in sorted(group)])


def _merger(target: int, group: Sequence[FixAttempt]) -> Iterator[_Step]:
    """The step that merges several entries into the one that begins at ``target``.

    Entries that contradict those before them are left out; the next pass looks at them again.
    """
    first = group[0]
    gone = {first.entry.span.start: first}
    edits, fields = first.fix.edits, first.fix.fields
    into = first.fix.into
    merged = [attempt.fix.merged for attempt in group if attempt.fix.merged is not None]
    if into is not None and len(merged) > 1:
        with contextlib.suppress(EditError):
            edits, fields, entries = merge(merged, into, skip=True)
            starts = {entry.span.start for entry in entries}
            gone = {
                attempt.entry.span.start: attempt
                for attempt in group
                if attempt.entry.span.start in starts
            }
    yield _Step(tuple(gone.values()), target, edits, fields, frozenset(gone))


def _compatible(steps: Iterator[_Step]) -> Iterator[_Step]:
    """The steps that can be applied together; of two in conflict, the first in order."""
    claims = _Claims()
    for step in sorted(steps, key=lambda one: one.order):
        if claims.admit(step):
            claims.take(step)
            yield step


@dataclass(slots=True)
class _Claims:
    """What the steps taken so far will change, so that a later step does not change the same.

    They change ``variables`` and ``stretches`` of the text; ``merged`` are the entries that mergers
    change, ``gone`` those that they remove, ``removals`` the places of these.
    Entries are named by their start. In an entry that a merger removes or extends, no other step
    may change anything.
    """

    variables: set[tuple[int, str]] = field(default_factory=set)
    stretches: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    merged: set[int] = field(default_factory=set)
    gone: set[int] = field(default_factory=set)
    removals: list[tuple[int, int]] = field(default_factory=list)  # sorted, without overlaps

    def admit(self, step: _Step) -> bool:
        """Whether no step taken so far changes what this one changes.

        Two steps conflict if they change the same variable, or places that touch. With an entry
        that is merged, each other step in it conflicts.
        """
        if step.gone:
            changed = _merged(step)
            return (
                changed.isdisjoint(self.merged)
                and changed.isdisjoint(self.stretches)
                and step.target not in self.gone
                and not any(map(self._lies_over, step.removals))
            )
        return not (
            step.target in self.merged
            or self.variables & step.variables
            or _overlap_or_touch(self.stretches.get(step.target, []), step.stretches)
        )

    def take(self, step: _Step) -> None:
        """Record what the step will change."""
        self.variables |= step.variables
        if not step.gone:
            self.stretches.setdefault(step.target, []).extend(step.stretches)
            return
        self.merged |= _merged(step)
        self.gone |= step.gone
        for removal in step.removals:
            insort(self.removals, removal)

    def _lies_over(self, stretch: tuple[int, int]) -> bool:
        """Whether a place overlaps one that a step taken so far removes."""
        place = bisect_right(self.removals, stretch)
        before, behind = self.removals[max(0, place - 1) : place], self.removals[place : place + 1]
        return any(one[1] > stretch[0] for one in before) or any(
            one[0] < stretch[1] for one in behind
        )


def _merged(step: _Step) -> set[int]:
    """The entries that a merger changes: those that go, and the other if it gets fields."""
    return {*step.gone, step.target} if step.fields else set(step.gone)


def _overlap_or_touch(taken: list[tuple[int, int]], stretches: list[tuple[int, int]]) -> bool:
    """Whether one place overlaps, or lies directly beside, one of those in ``taken``."""
    return any(one[0] <= other[1] and other[0] <= one[1] for one in taken for other in stretches)


def _text_after(source: SourceFile, steps: Sequence[_Step]) -> str:
    """Return the text of a source after the edits of some steps; nothing is written to a file.

    Raise EditError if anything would change but the fields of the steps and the entries that they
    remove, and SourceError for a character that the source's encoding does not have.
    """
    after = apply_edits(source.text, [edit for step in steps for edit in step.edits])
    encode(source, after)
    own = {(step.target, name) for step in steps for name in step.fields}
    gone = {start for step in steps for start in step.gone}
    if after != source.text and not changed_fields(source, after, gone) <= own:
        named = " and ".join(dict.fromkeys(name for step in steps for name in step.fields))
        raise EditError(f"{source.name}: the fix would change more than {named}")
    return after
