"""The errors that compcite raises on purpose, and the exit codes.

An error that a user can cause is a :class:`CompciteError`. Its text is one clear sentence with the
place and what to do. Any other exception that reaches the command line is a bug.
"""

from __future__ import annotations

from enum import IntEnum

__all__ = [
    "CompciteError",
    "ConfigError",
    "ContradictionError",
    "EditError",
    "ExitCode",
    "NotRegisteredError",
    "SourceError",
    "StyleError",
    "UnansweredError",
    "UsageError",
]


class ExitCode(IntEnum):
    """How a run ended. Where several apply, ``COULD_NOT_RUN`` wins over 1, and 1 over 3."""

    OK = 0  # nothing to report
    FINDINGS = 1  # findings at or above --fail-on
    COULD_NOT_RUN = 2  # bad usage, an unreadable source, a bug
    UNVERIFIED = 3  # some DOIs could not be checked
    INTERRUPTED = 130  # Ctrl-C


class CompciteError(Exception):
    """An error whose message the user can act on; the run ends with ``exit_code``."""

    exit_code = ExitCode.COULD_NOT_RUN


class UsageError(CompciteError):
    """An option or argument that makes no sense, such as an unknown key or format."""


class ConfigError(CompciteError):
    """A configuration file or environment variable with an unknown key or a wrong value."""


class SourceError(CompciteError):
    """A file that cannot be read or written."""


class EditError(CompciteError):
    """A change to a source that would also change something else; nothing is written."""


class ContradictionError(EditError):
    """Two entries that cannot be merged since they say different things; the message says which.

    ``fields`` are the names of the fields in which they differ, with ``type`` for the entry type.
    """

    def __init__(self, message: str, fields: tuple[str, ...] = ()) -> None:
        """Keep the names of the fields beside the message."""
        super().__init__(message)
        self.fields = fields


class StyleError(CompciteError):
    """A CSL style or locale that cannot be used; the message gives line and column."""


class NotRegisteredError(CompciteError):
    """A DOI that no registration agency knows; doi.org itself said so."""

    exit_code = ExitCode.FINDINGS


class UnansweredError(CompciteError):
    """A question that no service answered; it says nothing about the work that was asked for."""

    exit_code = ExitCode.UNVERIFIED
