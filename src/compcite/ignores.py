"""Leave out findings that an author has looked at and does not want to see, each with a reason.

An ignore stands beside an entry: as a comment ``% compcite: ignore[rule, …] reason`` before or
inside it, or as a field ``compcite = {ignore rule, …: reason}``. Or it stands in the configuration,
for the entry's key or DOI or for a source. There are messages about ignores that have expired, that
are no longer needed, or that cannot be understood.
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

# These rules report only with an option such as --suggest. If they found nothing, an ignore of them
# may still be needed in another run.
_ON_DEMAND = frozenset(
    {"doi-suggested", "work-not-found", "entry-uncited", "citation-undefined", "doi-unverified"}
)
_IGNORE = re.compile(
    r"\s*ignore\b\s*(?:\[(?P<listed>[^\]]*)\]\s*:?|(?P<plain>[^:\[\]]*?)\s*(?::|$))\s*(?P<reason>.*)",
    re.IGNORECASE | re.DOTALL,
)
_NEXT = re.compile(r";\s*(?=ignore\b)", re.IGNORECASE)
_FIELD = "compcite"
_MENTIONS_COMPCITE = re.compile(_FIELD, re.IGNORECASE)


class Ignore(NamedTuple):
    """Rules that are not to be reported for some entries.

    ``rules`` maps each word as it is written (a rule's name, code or family) to the names of its
    rules. ``origin`` is the file, with a line or a key, where the ignore is written. ``covers``
    tells whether it is meant for an entry. ``until`` is the last day on which it counts. ``local``
    is true for an ignore that stands beside an entry. ``identity`` is one of the values of
    :func:`_identities` that every covered entry has; None where there is no such value, as for a
    whole source.
    """

    rules: Mapping[str, Collection[str]]
    reason: str
    origin: str
    covers: Callable[[EntryReport], bool]
    until: dt.date | None = None
    local: bool = False
    identity: Hashable = None

    def expired(self, today: dt.date) -> bool:
        """Whether its last day is before ``today``."""
        return self.until is not None and self.until < today


class Ignored(NamedTuple):
    """A report without the ignored findings, and messages about wrong or unneeded ignores."""

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
    """The report without ignored findings, and messages about expired and unneeded ignores.

    ``rules`` are the rules of this run: whether an ignore of another rule is needed is not known.
    Nor is it known for an entry that could not be verified or is not cited. ``whole`` is true where
    all sources of the project were read; only then an ignore of the configuration whose entry was
    not found counts as unneeded. ``today`` decides which ignores have expired: these ignore
    nothing.
    """
    if not ignores:
        return Ignored(report)
    found = _IgnoreIndex(ignores)
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


class _IgnoreIndex:
    """The ignores by their identities.

    With it an entry is not compared with each of thousands of ignores.
    """

    def __init__(self, ignores: Iterable[Ignore]) -> None:
        """Index the ignores by their identity."""
        self._by_identity: dict[Hashable, list[Ignore]] = {}
        for one in ignores:
            self._by_identity.setdefault(one.identity, []).append(one)

    def of(self, entry: EntryReport) -> list[Ignore]:
        """The ignores that cover an entry."""
        return [
            one
            for identity in (None, *_identities(entry))
            for one in self._by_identity.get(identity, ())
            if one.covers(entry)
        ]


def _identities(entry: EntryReport) -> tuple[Hashable, ...]:
    """The values by which an ignore can name an entry: its place, its key and its DOI."""
    return (
        ("place", id(entry.source), entry.span.start),
        ("key", entry.key),
        ("doi", entry.doi),
    )


def _complaint(
    one: Ignore, idle: Iterable[str], rules: Collection[str], today: dt.date
) -> Iterator[str]:
    """The message that an ignore has expired, or that it is not needed; none if it is in order.

    ``idle`` are those of its words that ignored no finding. Only words whose ``rules`` this run has
    applied can be said not to be needed.
    """
    if one.expired(today):
        yield f"{one.origin}: expired on {one.until} ({one.reason})"
    elif needless := [word for word in idle if _judged(one.rules[word], rules)]:
        yield f"{one.origin}: there is no {' or '.join(needless)} to ignore any more"


def ignores_in(library: Library) -> tuple[list[Ignore], list[str]]:
    """The ignores in the sources, and messages about those that are not in order.

    The messages are about ignores that cannot be understood, which do not count, and about ignores
    without a reason, which do.
    """
    ignores: list[Ignore] = []
    complaints: list[str] = []
    for source in library.sources:
        if not _MENTIONS_COMPCITE.search(source.text):
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
    """The ignores of ``per-entry-ignores`` in the configuration; ``origin`` is its file.

    Raises ConfigError for a rule that does not exist and for a DOI that is none.
    """
    return [_by_entry(table, f"{origin}: per-entry-ignores") for table in configured]


def ignores_by_source(
    configured: Mapping[str, Collection[str]], folder: Path, origin: str
) -> list[Ignore]:
    """The ignores of ``per-source-ignores``: rules by patterns of paths relative to ``folder``.

    Raises ConfigError for a rule that does not exist.
    """
    return [
        Ignore(
            {word: _meant(word, f"{origin}: per-source-ignores") for word in words},
            "by the configuration",
            f"{origin}: per-source-ignores of {pattern}",
            _of_source(pattern, folder.resolve()),
        )
        for pattern, words in configured.items()
    ]


def _judged(names: Collection[str], rules: Collection[str]) -> bool:
    """Whether a run with these ``rules`` applied every rule in ``names``.

    Rules that report only on demand do not count; False where ``names`` has no others.
    """
    always = set(names) - _ON_DEMAND
    return bool(always) and always <= set(rules)


def _spans(library: Library, source: SourceFile) -> list[Span]:
    """The spans of a source's entries and unreadable blocks, in order."""
    spans = [entry.span for entry in library.entries if entry.source is source]
    unread = (problem for problem in library.problems if problem.rule == "entry-unparsed")
    spans.extend(problem.span for problem in unread if problem.source is source)
    return sorted(spans, key=lambda span: span.start)


def _comments(source: SourceFile, spans: Sequence[Span]) -> Iterator[tuple[int | None, str, int]]:
    """Yield for each comment to compcite: the start of its entry, its text, and its own start.

    Its entry is the one that it stands in, else the next one; None if no entry follows. The text is
    what stands behind ``compcite:``.
    """
    starts = [span.start for span in spans]
    for comment in TO_COMPCITE.finditer(source.text):
        after = bisect_right(starts, comment.start())
        if after and comment.start() < spans[after - 1].end:
            after -= 1
        yield next(iter(starts[after:]), None), comment[1], comment.start()


def _fields(entries: Iterable[Entry]) -> Iterator[tuple[int | None, str, int]]:
    """Yield for each ignore in a ``compcite`` field what :func:`_comments` yields.

    A field may hold several ignores with semicolons between them.
    """
    for entry in entries:
        if field := entry.field(_FIELD):
            for clause in _NEXT.split(field.value):
                yield entry.span.start, " ".join(clause.split()), field.span.start


def _local(source: SourceFile, start: int | None, text: str, origin: str) -> Ignore:
    """The ignore in the text of a comment or field, for the entry that begins at ``start``.

    Raises UsageError where the text is no ignore, or no entry follows.
    """
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
    return Ignore(rules, match["reason"].strip(), origin, covers, local=True, identity=place)


def _by_entry(table: Mapping[str, object], origin: str) -> Ignore:
    """The ignore of one table of ``per-entry-ignores``.

    Raises ConfigError for a rule that does not exist and for a DOI that is none.
    """
    words = table["rules"]
    rules = {word: _meant(word, origin) for word in words} if isinstance(words, tuple) else {}
    until = dt.date.fromisoformat(str(table["until"])) if "until" in table else None
    if "doi" in table:
        doi = DOI.parse(str(table["doi"]))
        if doi is None:
            raise ConfigError(f"{origin}: {table['doi']!r} is no DOI")
        identity = ("doi", doi.value)
    else:
        identity = ("key", str(table["key"]))
    _, wanted = identity
    reason = str(table["reason"])
    return Ignore(
        rules, reason, f"{origin} of {wanted}", _has_identity(identity), until, identity=identity
    )


def _has_identity(identity: Hashable) -> Callable[[EntryReport], bool]:
    """A function that tells whether an entry has this key or this DOI."""
    return lambda entry: identity in _identities(entry)


def _of_source(pattern: str, folder: Path) -> Callable[[EntryReport], bool]:
    """A function that tells whether an entry's source has a path or name of this pattern.

    The path is relative to ``folder`` if the source is inside.
    """

    @cache
    def matches(name: str | Path) -> bool:
        path = Path(name).resolve()
        inside = path.relative_to(folder) if path.is_relative_to(folder) else path
        return fnmatchcase(inside.as_posix(), pattern) or fnmatchcase(path.name, pattern)

    return lambda entry: matches(entry.source.path or entry.source.name)


def _meant(word: str, origin: str) -> Collection[str]:
    """The names of the rules that a word of the configuration means.

    Raises ConfigError for a word that means none.
    """
    try:
        return select_rules([word], families=())
    except UsageError as error:
        raise ConfigError(f"{origin}: {error}") from None
