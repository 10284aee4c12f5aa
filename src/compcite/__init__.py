"""compcite: list, verify and export the reference list that a .bib file holds.

The functions and classes for programs, which ``docs/library.md`` explains. They are imported when
they are first used, so that ``compcite --version`` does not wait for them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from compcite.version import __version__

if TYPE_CHECKING:
    from compcite.errors import (
        CompciteError,
        ConfigError,
        EditError,
        NotRegisteredError,
        SourceError,
        StyleError,
        UnansweredError,
        UsageError,
    )
    from compcite.library import (
        bibliography,
        check,
        cite,
        export,
        find,
        fix,
        load,
        loads,
        resolve,
        verify,
    )
    from compcite.model.doi import DOI
    from compcite.model.item import Date, Item, Name
    from compcite.model.library import Entry, Field, Library, Problem
    from compcite.model.report import EntryReport, Finding, Report, Severity, Status
    from compcite.model.work import Update, Work
    from compcite.verbs.fix import Fixed

__all__ = [
    "DOI",
    "CompciteError",
    "ConfigError",
    "Date",
    "EditError",
    "Entry",
    "EntryReport",
    "Field",
    "Finding",
    "Fixed",
    "Item",
    "Library",
    "Name",
    "NotRegisteredError",
    "Problem",
    "Report",
    "Severity",
    "SourceError",
    "Status",
    "StyleError",
    "UnansweredError",
    "Update",
    "UsageError",
    "Work",
    "__version__",
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

_HOMES = {
    "DOI": "model.doi",
    **dict.fromkeys(("Date", "Item", "Name"), "model.item"),
    **dict.fromkeys(("Entry", "Field", "Library", "Problem"), "model.library"),
    **dict.fromkeys(("EntryReport", "Finding", "Report", "Severity", "Status"), "model.report"),
    **dict.fromkeys(("Update", "Work"), "model.work"),
    "Fixed": "verbs.fix",
}


def __getattr__(name: str) -> object:
    """Import a public name from the module that defines it."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    home = _HOMES.get(name) or ("errors" if name.endswith("Error") else "library")
    value: object = getattr(import_module(f"{__name__}.{home}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """The public names, also those that are not imported yet."""
    return __all__
