"""The functions for programs: what the command line does, on lists in memory or in files.

Every name here can be had from ``compcite`` itself. The page ``docs/library.md`` explains them.
Environment variables such as ``COMPCITE_MAILTO`` count; a configuration file is not read.
"""

from __future__ import annotations

import datetime as dt
import os
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from compcite.checks import CHECK_FAMILIES, VERIFY_FAMILIES, select_rules
from compcite.checks.citations import relatives
from compcite.config import environment_config
from compcite.errors import NotRegisteredError, UnansweredError, UsageError
from compcite.formats import READERS
from compcite.ignores import apply_ignores, ignores_in
from compcite.model.doi import DOI
from compcite.model.item import Item
from compcite.model.library import Entry, Library
from compcite.model.report import Report
from compcite.model.source import SourceFile
from compcite.model.work import Found, NotFound
from compcite.query import pick
from compcite.text.nearest import nearest
from compcite.verbs.cite import cite_entries
from compcite.verbs.export import export_entries
from compcite.verbs.find import find_works
from compcite.verbs.fix import Fixed, apply_fixes
from compcite.verbs.load import library_of, load_library, reload_changed
from compcite.verbs.verify import Judgements, check_library, verify_library

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from compcite.model.report import EntryReport, Finding
    from compcite.model.work import Work

    Items = Library | Iterable[Entry | Item | Mapping[str, Any]]
    """A library, or entries, items and CSL-JSON objects."""

__all__ = [
    "bibliography",
    "check",
    "cite",
    "export",
    "find",
    "fix",
    "load",
    "loads",
    "resolve",
    "verify",
]


@dataclass(frozen=True, slots=True)
class _Judge:
    """How a library is judged: by some rules, and without what its own ignores name."""

    judge: Callable[[Library], Report]
    rules: Collection[str]

    def __call__(self, library: Library) -> _JudgedReport:
        """The report on a library, without the findings that its sources ignore.

        Comments and fields ignore findings. After fixes, this is called again with the changed
        library.
        """
        today = dt.datetime.now().astimezone().date()
        made = apply_ignores(
            self.judge(library), ignores_in(library)[0], rules=self.rules, today=today
        ).report
        return _JudgedReport(made.entries, seconds=made.seconds, asked=made.asked, again=self)


@dataclass(frozen=True, slots=True, repr=False)
class _JudgedReport(Report):
    """A report that knows how a changed library is judged in the same way, asking nobody again."""

    again: _Judge | None = field(default=None, compare=False)


def load(*paths: str | Path, format: str | None = None) -> Library:  # noqa: A002 - the word for it
    """The entries of all files, in order.

    ``paths`` are files, folders (the ``.bib`` files in and below them) or patterns such as
    ``chapters/*.bib``. ``format`` is the format of all of them; by default each file's name and
    text decide. What cannot be read stands in ``problems`` of the library. Raises SourceError for
    a file that cannot be read at all, UsageError for an unknown format and where no path is given.
    """
    if not paths:
        raise UsageError("load() needs the path of a file or a folder")
    for path in paths:
        if not isinstance(path, str | os.PathLike):
            raise UsageError(f"load() takes paths, each as an argument of its own, {_not(path)}")
    return load_library([str(path) for path in paths], format_name=_known_format(format))


def loads(text: str, format: str = "bibtex") -> Library:  # noqa: A002 - the word for it
    """The entries of a text in a format: ``bibtex``, ``csl-json``, ``ris``, ``plain-text`` ….

    Raises UsageError for an unknown format.
    """
    if not isinstance(text, str):
        raise UsageError(f"loads() takes a text, {_not(text)}; load() reads files")
    return library_of([SourceFile("<text>", text)], format_name=_known_format(format))


def _known_format(name: str | None) -> str | None:
    """The name of a format that can be read; raises UsageError for another one."""
    if name is not None and name not in READERS:
        near = nearest(name, READERS)
        hint = f"did you mean {near!r}?" if near else f"known are {', '.join(READERS)}"
        raise UsageError(f"unknown format {name!r}; {hint}")
    return name


def check(library: Library, *, select: Iterable[str] = (), ignore: Iterable[str] = ()) -> Report:
    """The findings that need no network.

    ``select`` and ``ignore`` hold rules by name, code or family; without ``select`` these are the
    rules of ``compcite check``. Findings that a list itself ignores are left out. Raises UsageError
    for a rule that does not exist.
    """
    _require_library(library)
    rules = select_rules(_texts(select), _texts(ignore), families=CHECK_FAMILIES)
    return _Judge(partial(check_library, rules=rules, known=Judgements()), rules)(library)


def verify(  # noqa: PLR0913 - all but one by name, and left to their defaults
    library: Library,
    *,
    mailto: str | None = None,
    offline: bool = False,
    suggest: bool = False,
    lock: str | Path | None = None,
    snapshot: str | Path | None = None,
    refresh: bool = False,
    timeout: float | None = None,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
) -> Report:
    """The findings about a library after asking the registries for its DOIs.

    ``mailto`` is your address, for the services' polite pools. ``offline`` asks nobody: what is
    neither in ``lock`` nor kept on this machine is ``unverified``. ``suggest`` searches for the
    works of entries without a DOI. ``lock`` is the path of a ``compcite.lock``, which is read and
    not written. ``snapshot`` is the folder or the URL of a snapshot, which answers before the
    services, and alone with ``offline``. ``refresh`` asks again what is kept. ``timeout`` is in
    seconds without any answer (60). ``select`` and ``ignore`` are as for :func:`check`; without
    ``select`` these are the rules of ``compcite verify-dois``.

    An outage is no error: the entries concerned are ``unverified``, and the report's ``outages``
    say why. Raises SourceError for a lock or a snapshot that cannot be read, UsageError for an
    address that is none, for a time-out that is not above 0, for a rule that does not exist, and
    for a snapshot if what reads it is not installed, ConfigError for a wrong environment variable.
    """
    from compcite.registries.lock.file import read_lock  # noqa: PLC0415 - only for asking
    from compcite.registries.lock.locked import LockedRegistries  # noqa: PLC0415 - likewise

    _require_library(library)
    rules = select_rules(_texts(select), _texts(ignore), families=VERIFY_FAMILIES)
    settings = environment_config().settings(
        mailto=mailto,
        offline=offline or None,
        refresh=refresh or None,
        timeout=timeout,
        snapshot=None if snapshot is None else str(snapshot),
    )
    locked = read_lock(Path(lock)) if lock is not None else None
    with LockedRegistries(settings, locked) as registries:
        judge = partial(
            verify_library, ask=registries, rules=rules, suggest=suggest, known=Judgements()
        )
        report = _Judge(judge, rules)(library)
        return replace(
            report,
            requests=registries.requests,
            outages=registries.outages,
            snapshot=registries.known_until,
        )


def fix(library: Library, report: Report, *, unsafe: bool = False) -> Fixed:
    """The sources after the fixes that a report on ``library`` offers; no file is written.

    ``texts`` of the result holds the new texts by the names of the sources, and ``write()`` writes
    them. Fixes that change what an entry says are applied only with ``unsafe``. A fix that would
    change anything but its own fields is refused; ``refused`` says why. Raises UsageError for a
    report on another library, or on an earlier text of this one.
    """
    _require_library(library)
    again = report.again if isinstance(report, _JudgedReport) else None
    if again is None:
        raise UsageError(f"fix() takes a report that check() or verify() made, {_not(report)}")
    for source in {id(one.source): one.source for one in report.entries}.values():
        if source not in library.sources:
            raise UsageError(f"the report is about another text of {source.name}; check it again")
    named = _identities(library)
    wanted = {named(one, finding) for one in report.entries for finding in one.findings}

    def judge(later: Library) -> Report:
        return replace(again(later), requests=report.requests, outages=report.outages)

    def offered(later: Report, of: Library) -> Report:
        named = _identities(of)

        def only(one: EntryReport) -> EntryReport:
            kept = tuple(finding for finding in one.findings if named(one, finding) in wanted)
            return replace(one, findings=kept)

        return replace(later, entries=list(map(only, later.entries)))

    return apply_fixes(library, judge, reload_changed, found=report, offered=offered, unsafe=unsafe)


def _identities(library: Library) -> Callable[[EntryReport, Finding], tuple[object, ...]]:
    """A function that gives a finding a value that other fixes do not change.

    Entries with the same key are told apart by their order.
    """
    seen: Counter[tuple[str, str]] = Counter()
    orders: dict[tuple[str, int], int] = {}
    for entry in library.entries:
        name = entry.source.name if entry.source else ""
        orders[name, entry.span.start] = seen[name, entry.key]
        seen[name, entry.key] += 1

    def identity(entry: EntryReport, finding: Finding) -> tuple[object, ...]:
        name = entry.source.name
        order = orders.get((name, entry.span.start))
        return name, entry.key, order, finding.rule.name, finding.field

    return identity


def export(
    library: Items,
    format: str,  # noqa: A002 - the word for it
    *,
    keys: str | Iterable[str] | None = None,
    losses: list[str] | None = None,
) -> str:
    """The entries in a format: ``bibtex``, ``biblatex``, ``csl-json``, ``ris``, ``apa`` ….

    BibTeX entries stay as their authors wrote them. With ``keys`` only these entries are written,
    in this order, and for BibTeX those from which they inherit. A sentence for each value that the
    format cannot hold is appended to ``losses``. Raises UsageError for an unknown format or key.
    """
    entries = _entries(library)
    chosen = entries if keys is None else pick(entries, _texts(keys))
    written = export_entries(chosen, format, parents=relatives(entries, chosen))
    if losses is not None:
        losses.extend(written.losses)
    return written.text


def bibliography(
    library: Items, style: str = "apa", *, locale: str | None = None, markup: str = "text"
) -> list[str]:
    """The entries of a bibliography in a CSL style, in the order of the style.

    ``style`` is a name (``compcite styles`` lists them) or the path of a ``.csl`` file; ``locale``
    a language such as ``de-DE``; ``markup`` one of ``text``, ``markdown``, ``html``, ``latex`` and
    ``rtf``. Raises StyleError for a style or a locale that cannot be used.
    """
    from compcite.formats.styled import write_entries  # noqa: PLC0415 - the CSL processor is large

    return write_entries(_entries(library), style=style, locale=locale, markup=markup)


def cite(  # noqa: PLR0913 - what a citation can be asked for
    library: Items,
    keys: str | Iterable[str],
    style: str = "apa",
    *,
    narrative: bool = False,
    suppress_author: bool = False,
    prefix: str = "",
    suffix: str = "",
    locator: str = "",
    locale: str | None = None,
    markup: str = "text",
) -> str:
    """The citation of one or several keys: ``(Au et al., 2017)``.

    With ``narrative`` it is part of a sentence, ``Au et al. (2017)``, and each key has a line of
    its own. ``suppress_author`` leaves the names out: ``(2017)``. ``prefix`` stands before the
    first work and ``suffix`` behind the last. A key may have the place in its work behind an ``@``:
    ``neff2003@p. 12``; ``locator`` is the place in the last work. Raises UsageError for an unknown
    key, StyleError for a style or a locale that cannot be used.
    """
    return "\n".join(
        cite_entries(
            _entries(library),
            _texts(keys),
            style=style,
            locale=locale,
            markup=markup,
            narrative=narrative,
            suppress_author=suppress_author,
            prefix=prefix,
            suffix=suffix,
            locator=locator,
        )
    )


def resolve(
    doi: str | DOI,
    *,
    mailto: str | None = None,
    offline: bool = False,
    timeout: float | None = None,
) -> Work:
    """The registered work of a DOI, which may be written in any form.

    Raises NotRegisteredError where doi.org says that the DOI is not registered, UnansweredError
    where nobody could be asked, UsageError where the text is no DOI.
    """
    from compcite.registries.funnel import Registries  # noqa: PLC0415 - only for asking

    asked = DOI.given(str(doi))
    settings = environment_config().settings(
        mailto=mailto, offline=offline or None, timeout=timeout
    )
    with Registries(settings) as registries:
        (outcome,) = registries.look_up_whole([asked])
    if isinstance(outcome, Found):
        return outcome.work
    if isinstance(outcome, NotFound):
        raise NotRegisteredError(f"{asked} is not registered")
    raise UnansweredError(f"{asked} could not be looked up: {outcome.reason}")


def find(
    text: str, *, rows: int = 5, mailto: str | None = None, timeout: float | None = None
) -> list[Work]:
    """The registered works that best match a citation in words, best first; at most ``rows``.

    The list is empty where no work matches. Raises UnansweredError where nobody could be asked,
    UsageError for an empty text and for ``rows`` below 1.
    """
    if rows < 1:
        raise UsageError(f"rows must be 1 or more, not {rows}")
    settings = environment_config().settings(mailto=mailto, timeout=timeout)
    return [match.work for match in find_works(text, settings, rows)]


def _entries(items: Items) -> Sequence[Entry]:
    """The entries of a library, or an entry for each item and each CSL-JSON object.

    Raises UsageError for anything else.
    """
    if isinstance(items, Library):
        return items.entries
    if isinstance(items, str | bytes | Mapping) or not isinstance(items, Iterable):
        raise UsageError(f"{_ITEMS}, {_not(items)}")
    return list(map(_entry, items))


def _entry(one: Entry | Item | Mapping[str, Any]) -> Entry:
    """The entry itself, or an entry for an item or a CSL-JSON object; else raises UsageError."""
    if isinstance(one, Entry):
        return one
    if isinstance(one, Item):
        return Entry(one.id, one, one.type)
    if not isinstance(one, Mapping):
        raise UsageError(f"{_ITEMS}, {_not(one)} in it")
    from compcite.csl.items import item_of  # noqa: PLC0415 - only for CSL-JSON

    item = item_of(one)
    return Entry(item.id, item, item.type, format="csl-json")


_ITEMS = "wanted is a library, or a list of entries, items or CSL-JSON objects"


def _require_library(given: object) -> None:
    """Raise UsageError for a value that is no library, such as the path of one."""
    if not isinstance(given, Library):
        raise UsageError(f"wanted is a library, from load() or loads(), {_not(given)}")


def _not(given: object) -> str:
    """The end of a sentence about a value of the wrong type: ``not a value of the type str``."""
    return f"not a value of the type {type(given).__name__}"


def _texts(given: Iterable[str]) -> list[str]:
    """Rules or keys as a list; one text alone is one of them, not a list of letters."""
    return [given] if isinstance(given, str) else list(given)
