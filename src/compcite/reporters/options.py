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
    """How a report is written; every reporter reads what concerns it.

    ``colour`` allows SGR sequences and ``width`` is the terminal's, both for people at a
    terminal; None means a pipe, where nothing depends on a width. ``verbose`` shows also what
    is right, ``concise`` one line a finding, ``quiet`` the findings
    without a summary. ``root`` is the folder to which programs expect
    paths to be relative (the repository's); None leaves paths as they were given. Findings
    from ``fail_on`` upwards are failures where a form knows failures (None: none is).
    ``started`` is when the run began. ``rules_page`` is the address of the rules' documentation,
    to which ``#`` and a rule's name are added.
    """

    colour: bool = False
    width: int | None = None
    verbose: bool = False
    concise: bool = False
    quiet: bool = False
    root: Path | None = None
    fail_on: Severity | None = Severity.WARNING
    started: dt.datetime | None = None
    rules_page: str = ""


DEFAULT = ReportOptions()
