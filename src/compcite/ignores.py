"""Findings that somebody has looked at and wants to see no more, each with a reason.

An ignore stands beside the entry, as a comment ``% compcite: ignore[rule, …] reason`` before or
inside it or as a field ``compcite = {ignore rule, …: reason}``, or in the configuration, by the
entry's key or DOI or by the source. What it covers is taken out of the report. An ignore that
has expired, that nothing needs any more, or that cannot be understood is complained of.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from dataclasses import replace
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from compcite.checks import select_rules
from compcite.checks.syntax import TO_COMPCITE
from compcite.errors import ConfigError, UsageError
from compcite.model.doi import DOI
from compcite.model.report import Standing, Status

if TYPE_CHECKING:
    from collections.abc import (
        Callable,
        Collection,
        Hashable,
        Iterable,
        Iterator,
        Mapping,
        Sequence,
    )

    from compcite.model.library import Entry, Library
    from compcite.model.report import EntryReport, Finding, Report
    from compcite.model.source import SourceFile, Span

__all__ = [
    "Ignore",
    "Ignored",
    "apply_ignores",
    "ignores_by_entry",
    "ignores_by_source",
    "ignores_in",
]

# Rules that speak only when they are asked for, so that their silence proves nothing.
_ON_DEMAND = frozenset(
    {"doi-suggested", "work-not-found", "entry-uncited", "citation-undefined", "doi-unverified"}
)
_IGNORE = re.compile(
    r"\s*ignore\b\s*(?:\[(?P<listed>[^\]]*)\]\s*:?|(?P<plain>[^:\[\]]*?)\s*(?::|$))\s*(?P<reason>.*)",
    re.IGNORECASE | re.DOTALL,
)
_NEXT = re.compile(r";\s*(?=ignore\b)", re.IGNORECASE)
_FIELD = "compcite"
_NAMED = re.compile(_FIELD, re.IGNORECASE)


class Ignore(NamedTuple):
    """Rules that are not to be reported of some entries.

    ``rules`` holds each word as written (a rule's name, code or family) with the names it means,
    ``origin`` says where that is written. ``until`` is the last day on which it counts. What
    stands in a source is ``local`` to an entry there. ``of`` is what all entries that are covered
    have in common (see :func:`_marks`); None where that cannot be said.
    """

    rules: Mapping[str, Collection[str]]
    reason: str
    origin: str
    covers: Callable[[EntryReport], bool]
    until: dt.date | None = None
    local: bool = False
    of: Hashable = None

    def expired(self, today: dt.date) -> bool:
        """Whether its last day is over."""
        return self.until is not None and self.until < today


class Ignored(NamedTuple):
    """A report without what is ignored, and sentences about ignores that are not in order."""

    report: Report
    complaints: tuple[str, ...] = ()


def apply_ignores(
    report: Report,
    ignores: Sequence[Ignore],
    *,
    rules: Collection[str],
    today: dt.date,
    whole: bool = True,
) -> Ignored:
    """The report without what is ignored, and which ignores have expired or are not needed.

    ``rules`` are those of the run: of the others nobody knows whether they are still needed.
    ``whole`` tells that all sources were read, so that an entry which is not here is nowhere.
    """
    if not ignores:
        return Ignored(report)
    found = _Covering(ignores)
    used: set[tuple[int, str]] = set()
    covered: dict[int, list[EntryReport]] = {id(one): [] for one in ignores}

    def kept(entry: EntryReport, covering: list[Ignore]) -> Iterator[Finding]:
        for finding in entry.findings:
            words = {
                (id(one), word)
                for one in covering
                if not one.expired(today)
                for word, names in one.rules.items()
                if finding.rule.name in names
            }
            used.update(words)
            if not words:
                yield finding

    entries = []
    for entry in report.entries:
        covering = found.of(entry)
        for one in covering:
            covered[id(one)].append(entry)
        left = tuple(kept(entry, covering)) if covering else entry.findings
        entries.append(entry if len(left) == len(entry.findings) else replace(entry, findings=left))
    complaints: list[str] = []
    for one in ignores:
        if covered[id(one)] or whole or one.local:
            idle = [word for word in one.rules if (id(one), word) not in used]
            unasked = any(
                (report.asked and e.status is Status.UNVERIFIED) or e.standing is Standing.UNCITED
                for e in covered[id(one)]
            )
            complaints += _complaint(one, [] if unasked else idle, rules, today)
    return Ignored(replace(report, entries=entries), tuple(complaints))


class _Covering:
    """Ignores by what the entries that they cover have in common.

    So an entry is not held against each of thousands of ignores.
    """

    def __init__(self, ignores: Iterable[Ignore]) -> None:
        self._by_mark: dict[Hashable, list[Ignore]] = {}
        for one in ignores:
            self._by_mark.setdefault(one.of, []).append(one)

    def of(self, entry: EntryReport) -> list[Ignore]:
        """The ignores that cover an entry."""
        return [
            one
            for mark in (None, *_marks(entry))
            for one in self._by_mark.get(mark, ())
            if one.covers(entry)
        ]


def _marks(entry: EntryReport) -> tuple[Hashable, ...]:
    """By what ignores know an entry: its place, its key, its DOI."""
    return (
        ("place", id(entry.source), entry.span.start),
        ("key", entry.key),
        ("doi", entry.doi),
    )


def _complaint(
    one: Ignore, idle: Iterable[str], rules: Collection[str], today: dt.date
) -> Iterator[str]:
    """What is wrong with an ignore of which some words had nothing to ignore."""
    if one.expired(today):
        yield f"{one.origin}: expired on {one.until} ({one.reason})"
    elif needless := [word for word in idle if _judged(one.rules[word], rules)]:
        yield f"{one.origin}: there is no {' or '.join(needless)} to ignore any more"


def ignores_in(library: Library) -> tuple[list[Ignore], list[str]]:
    """The ignores that stand in the sources, and complaints about those that make no sense."""
    ignores: list[Ignore] = []
    complaints: list[str] = []
    for source in library.sources:
        if not _NAMED.search(source.text):
            continue
        entries = [entry for entry in library.entries if entry.source is source]
        for start, text, place in (
            *_comments(source, _spans(library, source)),
            *_fields(entries),
        ):
            origin = f"{source.name}:{source.position(place).line}"
            try:
                one = _local(source, start, text, origin)
            except UsageError as fault:
                complaints.append(f"{origin}: this ignores nothing: {fault}")
                continue
            ignores.append(one)
            if not one.reason:
                complaints.append(f"{origin}: an ignore without a reason")
    return ignores, complaints


def ignores_by_entry(configured: Iterable[Mapping[str, object]], origin: str) -> list[Ignore]:
    """The ignores that the configuration gives by key or DOI, read by its ``per-entry-ignores``.

    Raises ConfigError for a rule that does not exist and for a DOI that is none.
    """
    return [_by_entry(table, f"{origin}: per-entry-ignores") for table in configured]


def ignores_by_source(
    configured: Mapping[str, Collection[str]], folder: Path, origin: str
) -> list[Ignore]:
    """The ignores that the configuration gives by patterns of paths relative to ``folder``.

    Raises ConfigError for a rule that does not exist.
    """
    return [
        Ignore(
            {word: _meant(word, origin) for word in words},
            "by the configuration",
            f"{origin}: per-source-ignores of {pattern}",
            _of_source(pattern, folder.resolve()),
        )
        for pattern, words in configured.items()
    ]


def _judged(names: Collection[str], rules: Collection[str]) -> bool:
    """Whether a run would have reported every one of these rules that speaks unasked."""
    speaking = set(names) - _ON_DEMAND
    return bool(speaking) and speaking <= set(rules)


def _spans(library: Library, source: SourceFile) -> list[Span]:
    """Where the entries of a source are, and the blocks that are none, in order."""
    spans = [entry.span for entry in library.entries if entry.source is source]
    unread = (problem for problem in library.problems if problem.rule == "entry-unparsed")
    spans.extend(problem.span for problem in unread if problem.source is source)
    return sorted(spans, key=lambda span: span.start)


def _comments(source: SourceFile, spans: Sequence[Span]) -> Iterator[tuple[int | None, str, int]]:
    """Each comment to compcite: where its entry begins, what it says, where it stands."""
    starts = [span.start for span in spans]
    for mark in TO_COMPCITE.finditer(source.text):
        after = bisect_right(starts, mark.start())
        if after and mark.start() < spans[after - 1].end:
            after -= 1
        yield next(iter(starts[after:]), None), mark[1], mark.start()


def _fields(entries: Iterable[Entry]) -> Iterator[tuple[int | None, str, int]]:
    """Likewise each field to compcite, clause by clause."""
    for entry in entries:
        if field := entry.field(_FIELD):
            for clause in _NEXT.split(field.value):
                yield entry.span.start, " ".join(clause.split()), field.span.start


def _local(source: SourceFile, start: int | None, text: str, origin: str) -> Ignore:
    """The ignore that a text beside an entry spells; raises UsageError where it spells none."""
    if start is None:
        raise UsageError("no entry follows")
    match = _IGNORE.fullmatch(text)
    listed = (match["listed"] or match["plain"] or "") if match else ""
    words = [word.strip() for word in listed.split(",") if word.strip()]
    if match is None or not words:
        raise UsageError("write `ignore[rule, …] reason`")
    rules = {word: select_rules([word], families=()) for word in words}

    def covers(entry: EntryReport) -> bool:
        return entry.span.start == start and entry.source is source

    place = ("place", id(source), start)
    return Ignore(rules, match["reason"].strip(), origin, covers, local=True, of=place)


def _by_entry(table: Mapping[str, object], origin: str) -> Ignore:
    words = table["rules"]
    rules = {word: _meant(word, origin) for word in words} if isinstance(words, tuple) else {}
    until = dt.date.fromisoformat(str(table["until"])) if "until" in table else None
    if "doi" in table:
        doi = DOI.parse(str(table["doi"]))
        if doi is None:
            raise ConfigError(f"{origin}: {table['doi']!r} is no DOI")
        mark = ("doi", doi.value)
    else:
        mark = ("key", str(table["key"]))
    _, wanted = mark
    reason = str(table["reason"])
    return Ignore(rules, reason, f"{origin} of {wanted}", _marked(mark), until, of=mark)


def _marked(mark: Hashable) -> Callable[[EntryReport], bool]:
    return lambda entry: mark in _marks(entry)


def _of_source(pattern: str, folder: Path) -> Callable[[EntryReport], bool]:
    """Whether an entry's source has a path, or a name, of that pattern."""

    @cache
    def matches(name: str) -> bool:
        path = Path(name).resolve()
        inside = path.relative_to(folder) if path.is_relative_to(folder) else path
        return fnmatchcase(inside.as_posix(), pattern) or fnmatchcase(path.name, pattern)

    return lambda entry: matches(entry.source.name)


def _meant(word: str, origin: str) -> Collection[str]:
    """The names of the rules that a word of the configuration means."""
    try:
        return select_rules([word], families=())
    except UsageError as error:
        raise ConfigError(f"{origin}: {error}") from None
