"""The errors compcite raises on purpose, and the exit codes they lead to.

Whatever a user can cause is a :class:`CompciteError` whose text is one clear sentence with
the place and what to do. Everything else that reaches the top is a bug.
"""

from __future__ import annotations

from enum import IntEnum

__all__ = [
    "CompciteError",
    "ConfigError",
    "ContradictionError",
    "EditError",
    "ExitCode",
    "SourceError",
    "StyleError",
    "UsageError",
]


class ExitCode(IntEnum):
    """How a run ended, for the shell and for CI; ``COULD_NOT_RUN`` beats 1, and 1 beats 3."""

    OK = 0  # nothing to report
    FINDINGS = 1  # findings at or above --fail-on
    COULD_NOT_RUN = 2  # bad usage, an unreadable source, a bug
    UNVERIFIED = 3  # some DOIs could not be checked
    INTERRUPTED = 130  # Ctrl-C


class CompciteError(Exception):
    """An error that its message explains to the user; ends the run with ``exit_code``."""

    exit_code = ExitCode.COULD_NOT_RUN


class UsageError(CompciteError):
    """An option or argument that cannot be meant, such as an unknown key or format."""


class ConfigError(CompciteError):
    """A configuration file with an unknown key or a value of the wrong kind."""


class SourceError(CompciteError):
    """A source that cannot be read or written at all."""


class EditError(CompciteError):
    """A change to a source that would change more than it says; nothing is written."""


class ContradictionError(EditError):
    """Two entries that say different things and so cannot become one; the message says of what."""


class StyleError(CompciteError):
    """A CSL style or locale that cannot be used; the message names line and column."""
