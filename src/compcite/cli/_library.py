"""Load the sources for a command, and name on stderr what could not be read."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from compcite.cli import _console
from compcite.cli._stopped_run import finish_before_reading
from compcite.cli._turn import take_turn
from compcite.text.terminal import harmless
from compcite.verbs.load import find_files, load_library

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from compcite.config import Config
    from compcite.model.library import Entry, Library, Problem

__all__ = [
    "load_for_report",
    "load_with_warnings",
    "name_empty",
    "name_no_match",
    "name_repeated_keys",
    "name_unreadable",
    "name_unsure",
    "unreadable",
]

_UNSURE = 0.7  # of fields below, one in three or more is wrong
_MISSING = frozenset({"entry-unparsed", "field-unread"})


def load_for_report(
    config: Config, given: Sequence[str] | None, *, to_change: bool = False
) -> Library:
    """The library of the given sources, else of the default ones; empty sources are named.

    Commands with a report use it, since their report names unreadable blocks. A source without any
    entry may be an error page that was saved in place of a list. With ``to_change`` no other run
    changes the sources until this run has ended. A run that was killed while it wrote there is
    finished first.
    """
    names = find_files(config.sources(list(given or ())), tell=_console.error)
    if to_change:
        take_turn(names)
    finish_before_reading(names)
    library = load_library(names)
    # The list stays until the end of the run, so the collector need not look through it again and
    # again. Only here: in somebody else's program this would keep their garbage for ever.
    gc.freeze()
    name_empty(library)
    return library


def name_empty(library: Library) -> None:
    """Name on stderr the sources with neither an entry nor an unreadable block."""
    filled = {id(entry.source) for entry in library.entries}
    filled |= {id(problem.source) for problem in unreadable(library)}
    for source in library.sources:
        if id(source) not in filled:
            _console.error(f"{source.name}: no entries in it")


def load_with_warnings(
    config: Config, given: Sequence[str] | None, *, to_change: bool = False
) -> Library:
    """The library as :func:`load_for_report`; every unreadable part is named on stderr."""
    library = load_for_report(config, given, to_change=to_change)
    name_unreadable(library)
    return library


def name_unreadable(library: Library) -> None:
    """Name on stderr every part of the sources that could not be read."""
    for problem in unreadable(library):
        place = problem.source.position(problem.span.start)
        entry = f"{problem.key}: " if problem.key else ""
        _console.note(
            harmless(
                f"compcite: {problem.source.name}:{place.line}:{place.column}: "
                f"left out: {entry}{problem.message}",
            ),
        )


def name_no_match(library: Library, chosen: Collection[Entry]) -> None:
    """Say on stderr that no entry matches, if the library has entries and none was chosen.

    That a source has no entries at all is said when it is read.
    """
    if library.entries and not chosen:
        _console.error(f"no entry matches (of {len(library.entries):,})")


def name_repeated_keys(library: Library, keys: Iterable[str]) -> None:
    """Name on stderr those of ``keys`` that several entries have, with their places."""
    wanted = set(keys) - {""}  # an entry without a key cannot be cited
    by_key: dict[str, list[Entry]] = {}
    for entry in library.entries:
        if entry.key in wanted:
            by_key.setdefault(entry.key, []).append(entry)
    for key, entries in by_key.items():
        if len(entries) > 1:
            places = ", ".join(entry.place for entry in entries)
            _console.error(
                f"{key}: {len(entries)} entries have this key ({places}); citations mean the first"
            )


def unreadable(library: Library) -> list[Problem]:
    """The problems because of which an entry, or a field of an entry, is missing."""
    return [problem for problem in library.problems if problem.rule in _MISSING]


def name_unsure(entry: Entry) -> None:
    """Say on stderr which fields of an entry were read from plain text without being sure."""
    unsure = [field for field in entry.fields if field.confidence < _UNSURE]
    if unsure:
        named = ", ".join(f"{field.name} ({field.confidence:.0%})" for field in unsure)
        _console.note(harmless(f"{entry.key}: not sure of {named}"))
