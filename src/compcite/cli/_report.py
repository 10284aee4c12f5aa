"""What ``verify-dois`` and ``check`` share: which rules, which form of report, which code."""

from __future__ import annotations

import shutil
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from compcite.cli import _console
from compcite.errors import UsageError
from compcite.formats.atomic import write_file
from compcite.model.report import Severity
from compcite.reporters import REPORTERS, ReportOptions

if TYPE_CHECKING:
    from compcite.config import Config
    from compcite.model.report import Report

__all__ = [
    "FailOn",
    "FailOnOption",
    "Ignore",
    "ReportForm",
    "Select",
    "StatisticsOption",
    "Verbose",
    "known_form",
    "least_severity",
    "write_report",
]


class FailOn(StrEnum):
    """The least severity that ends a run with 1."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"
    NEVER = "never"


ReportForm = Annotated[
    str,
    typer.Option("--report", metavar="FORM", help=f"{', '.join(REPORTERS)}."),
]
Select = Annotated[
    list[str] | None,
    typer.Option(
        metavar="RULE,…",
        help="Only these rules, by name, code or family (M5); repeatable.",
        show_default=False,
    ),
]
Ignore = Annotated[
    list[str] | None,
    typer.Option(metavar="RULE,…", help="Not these rules; repeatable.", show_default=False),
]
FailOnOption = Annotated[
    FailOn | None,
    typer.Option(
        "--fail-on",
        help="The least severity that ends with 1.  [default: warning]",
        show_default=False,
    ),
]
Verbose = Annotated[
    bool, typer.Option("--verbose", "-v", help="Show also the entries that are right.")
]
StatisticsOption = Annotated[
    bool, typer.Option("--statistics", help="Count the findings by rule instead of showing them.")
]


def least_severity(given: FailOn | None, config: Config) -> Severity | None:
    """The severity from which findings fail the run; None where none does."""
    word = given.value if given else config["fail-on"]
    return None if word == FailOn.NEVER else Severity(word)


def known_form(form: str) -> str:
    """The form itself; raises UsageError, before any work is done, for one that is unknown."""
    if form not in REPORTERS:
        raise UsageError(f"unknown report {form!r}; known are {', '.join(REPORTERS)}")
    return form


def write_report(
    report: Report,
    form: str,
    output: str | None,
    *,
    fail_on: Severity | None,
    verbose: bool,
    statistics: bool,
) -> None:
    """Write the report where it is wanted, coloured only for a terminal."""
    to_terminal = output is None and _console.is_terminal()
    options = ReportOptions(
        colour=output is None and _console.colour(),
        width=shutil.get_terminal_size().columns if to_terminal else None,
        verbose=verbose,
        fail_on=fail_on,
        root=Path.cwd(),
    )
    if statistics and form == "text":
        from compcite.reporters.text import statistics as count  # noqa: PLC0415 - only when asked

        text = count(report, options)
    else:
        text = REPORTERS[form](report, options)
    if output is None:
        _console.out(text)
    else:
        write_file(Path(output), text.encode("utf-8"))
