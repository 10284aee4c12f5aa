"""Loading for commands: read the sources in force and name on stderr what is unreadable."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compcite.cli import _console
from compcite.load import load_library
from compcite.text.terminal import harmless

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compcite.config import Config
    from compcite.model.library import Library, Problem

__all__ = ["load", "name_empty", "read", "unreadable"]

_MISSING = frozenset({"entry-unparsed", "field-unread"})


def read(config: Config, given: Sequence[str] | None) -> Library:
    """The library of the sources in force, for commands whose report names unreadable blocks.

    A source without any entry is named on stderr: it may be an error page that was saved
    in place of a list.
    """
    library = load_library(config.sources(list(given or ())))
    name_empty(library)
    return library


def name_empty(library: Library) -> None:
    """Name on stderr the sources that hold neither an entry nor what could not be read as one."""
    filled = {id(entry.source) for entry in library.entries}
    filled |= {id(problem.source) for problem in unreadable(library)}
    for source in library.sources:
        if id(source) not in filled:
            _console.error(f"{source.name}: no entries in it")


def load(config: Config, given: Sequence[str] | None) -> Library:
    """The library of the sources in force; what is missing from it is named on stderr."""
    library = read(config, given)
    for problem in unreadable(library):
        place = problem.source.position(problem.span.start)
        entry = f"{problem.key}: " if problem.key else ""
        _console.note(
            harmless(
                f"compcite: {problem.source.name}:{place.line}:{place.column}: "
                f"left out: {entry}{problem.message}",
            ),
        )
    return library


def unreadable(library: Library) -> list[Problem]:
    """The problems for which an entry is missing, or a field of one."""
    return [problem for problem in library.problems if problem.rule in _MISSING]
