"""Options for the form of a report; they never change its findings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from compcite.model.report import Severity

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

__all__ = ["DEFAULT", "ReportOptions"]


@dataclass(frozen=True, slots=True)
class ReportOptions:
    """How to write a report; each reporter uses the options that concern it.

    ``colour`` allows colours for a terminal. ``width`` is the width of the terminal; None stands
    for a pipe, where nothing is fitted to a width. ``verbose`` shows also entries without findings,
    ``concise`` one line for each finding, ``quiet`` no summary. ``root`` is the folder to which
    paths are made relative, mostly the repository's; None leaves paths as they are. In forms that
    have failures, such as JUnit, a finding is a failure if it has at least the severity
    ``fail_on``; if that is None, no finding is a failure. ``started`` is when the run began.
    """

    colour: bool = False
    width: int | None = None
    verbose: bool = False
    concise: bool = False
    quiet: bool = False
    root: Path | None = None
    fail_on: Severity | None = Severity.WARNING
    started: dt.datetime | None = None


DEFAULT = ReportOptions()
