"""The verb *fix*: what a report offers, done to the texts of its sources.

Fixes run to a fixed point: what they leave is judged again until there is nothing more to do.
Nothing is written here; :func:`write_sources` does that.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from compcite.checks import RULES
from compcite.errors import CompciteError, EditError, SourceError
from compcite.files.atomic import write_files
from compcite.files.decoding import encode
from compcite.formats.rewriting import changed_fields
from compcite.model.edits import apply_edits, offset_before

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

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
    """The sources as they are to be, in their order, and what was done to them.

    ``before`` are the sources as they were read.
    """

    before: Sequence[SourceFile]
    sources: Sequence[SourceFile]
    applied: tuple[Done, ...]
    refused: tuple[Done, ...]

    @property
    def changed(self) -> list[tuple[SourceFile, SourceFile]]:
        """The sources that are to be other than they were: before and after."""
        pairs = zip(self.before, self.sources, strict=True)
        return [(one, other) for one, other in pairs if one.text != other.text]


def apply_fixes(
    sources: Sequence[SourceFile],
    judge: Callable[[Sequence[SourceFile]], Report],
    *,
    unsafe: bool = False,
) -> Fixed:
    """The sources with every fix applied that ``judge`` offers, until it offers no more.

    Without ``unsafe`` only the safe ones. Where two fixes concern the same variable or the same
    place, the one whose rule comes first in the table goes first, and the other one is looked at
    again after it. A fix that would change anything but its own fields is refused.
    """
    work = _Work(sources, list(sources), unsafe=unsafe)
    report = judge(work.sources)
    # Of many entries that repeat one, a pass merges one into it.
    for _ in range(_PASSES + len(report.entries)):
        if not work.take(report):
            break
        report = judge(work.sources)
    return Fixed(tuple(sources), tuple(work.sources), tuple(work.applied), tuple(work.refused))


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
        changed = False
        for place, source in enumerate(self.sources):
            offered = [
                Done(entry, finding, fix, self.before[place], self._origin(place, finding))
                for entry in report.entries
                if entry.source.name == source.name
                for finding in entry.findings
                if (fix := finding.fix) and fix.edits and (fix.safe or self.unsafe)
            ]
            chosen = list(_compatible(done for done in offered if self._wanted(done)))
            after, applied = self._apply(source, chosen)
            self._seen.add((place, source.text))
            if applied and (place, after) not in self._seen:
                self.sources[place] = source.with_text(after)
                made = [edit for done in applied for edit in done.fix.edits]
                self._edits.setdefault(place, []).append(made)
                self.applied += applied
                changed = True
        return changed

    def _origin(self, place: int, finding: Finding) -> int:
        """Where a finding stands in the source as it was read."""
        offset = finding.span.start
        for made in reversed(self._edits.get(place, [])):
            offset = offset_before(offset, made)
        return offset

    def _wanted(self, done: Done) -> bool:
        return _mark(done) not in self._given_up

    def _apply(self, source: SourceFile, chosen: list[Done]) -> tuple[str, list[Done]]:
        """The text after as many of the fixes as change their own fields alone."""
        kept: list[Done] = []
        text = source.text
        # A proof reads the whole text, so that fixes are proved together as far as they can be.
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
                (done,) = group
                self._given_up.add(_mark(done))
                self.refused.append(replace(done, refused=str(error)))
            else:
                kept += group
        return text, kept


def _mark(done: Done) -> tuple[object, ...]:
    """By what a fix is known again after the text has moved."""
    return (done.entry.source.name, done.entry.key, done.finding.rule.name, done.fix.title)


def _compatible(offered: Iterator[Done]) -> Iterator[Done]:
    """The fixes that go together, those of earlier rules first."""
    claims = _Claims()
    for done in sorted(
        offered, key=lambda one: (_ORDER[one.finding.rule.name], one.fix.edits[0].start)
    ):
        if claims.admit(done):
            claims.take(done)
            yield done


@dataclass(slots=True)
class _Claims:
    """What the fixes of one pass change, so that no two change the same.

    Entries are known by where they start. Nothing else may change in an entry that is merged,
    nor in the one that takes something over from it.
    """

    variables: set[tuple[int, str]] = field(default_factory=set)
    places: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    merged: set[int] = field(default_factory=set)
    removed: set[int] = field(default_factory=set)
    stretches: list[tuple[int, int]] = field(default_factory=list)

    def admit(self, done: Done) -> bool:
        """Whether a fix goes together with those that were taken."""
        start = done.entry.span.start
        taken = self.places.get(start, [])
        if (
            start in self.merged
            or self.variables & _variables(done)
            or _touch(taken, _places(done))
        ):
            return False
        if done.fix.into is None:
            return True
        changed = _merged(done)
        return (
            changed.isdisjoint(self.merged)
            and changed.isdisjoint(self.places)
            and done.fix.into.span.start not in self.removed
            and not _touch(self.stretches, _places(done)[-1:])
        )

    def take(self, done: Done) -> None:
        """Claim what a fix changes."""
        start = done.entry.span.start
        self.variables |= _variables(done)
        self.places.setdefault(start, []).extend(_places(done))
        if done.fix.into:
            self.merged |= _merged(done)
            self.removed.add(start)
            self.stretches += _places(done)[-1:]


def _variables(done: Done) -> set[tuple[int, str]]:
    return {(done.entry.span.start, change.variable) for change in done.fix.changes}


def _places(done: Done) -> list[tuple[int, int]]:
    return [(edit.start, edit.end) for edit in done.fix.edits]


def _merged(done: Done) -> set[int]:
    """The entries that a merger changes; where the one only goes, the other stays as it is."""
    if done.fix.into is None:
        return set()
    start = done.entry.span.start
    return {start} if len(done.fix.edits) == 1 else {start, done.fix.into.span.start}


def _touch(taken: list[tuple[int, int]], places: list[tuple[int, int]]) -> bool:
    """Whether some stretches lie beside or over others."""
    return any(one[0] <= other[1] and other[0] <= one[1] for one in taken for other in places)


def _proved(source: SourceFile, fixes: Sequence[Done]) -> str:
    """The text after some fixes; raises EditError where more than their fields would change."""
    after = apply_edits(source.text, [edit for done in fixes for edit in done.fix.edits])
    encode(source, after)
    own = {(_home(done), name) for done in fixes for name in done.fix.fields}
    gone = {done.entry.span.start for done in fixes if done.fix.into}
    if after != source.text and not changed_fields(source, after, gone) <= own:
        raise EditError(f"{source.name}: the fix would change more than {_named(fixes)}")
    return after


def _home(done: Done) -> int:
    """Where the entry begins whose fields a fix changes."""
    return (done.fix.into or done.entry).span.start


def _named(fixes: Sequence[Done]) -> str:
    return " and ".join(dict.fromkeys(name for done in fixes for name in done.fix.fields))
