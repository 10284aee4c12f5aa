"""What ``verify-dois`` and ``check`` share: which rules, which form of report, which code."""

from __future__ import annotations

import os
import shutil
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from compcite.cli import _console
from compcite.cli._completion import complete_rules
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
    str | None,
    typer.Option(
        "--report",
        metavar="FORM",
        help=f"{', '.join(REPORTERS)}.  [default: text; github inside GitHub Actions]",
        show_default=False,
        autocompletion=lambda incomplete: [
            name for name in REPORTERS if name.startswith(incomplete)
        ],
    ),
]
Select = Annotated[
    list[str] | None,
    typer.Option(
        metavar="RULE,…",
        help="Only these rules, by name, code or family (M5); repeatable.",
        show_default=False,
        autocompletion=complete_rules,
    ),
]
Ignore = Annotated[
    list[str] | None,
    typer.Option(
        metavar="RULE,…",
        help="Not these rules; repeatable.",
        show_default=False,
        autocompletion=complete_rules,
    ),
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


def known_form(form: str | None, output: str | None = None) -> str:
    """The form itself; raises UsageError, before any work is done, for one that is unknown.

    Without one it is text, and inside GitHub Actions ``github``, which only the log understands.
    """
    if form is None:
        return "github" if _in_github_actions() and output is None else "text"
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
    aside: bool = False,
) -> None:
    """Write the report where it is wanted, coloured only for a terminal.

    It goes ``aside``, to standard error, where standard output has a fixed text.
    """
    to_terminal = output is None and not aside and _console.is_terminal()
    options = ReportOptions(
        colour=output is None and not aside and _console.colour(),
        width=shutil.get_terminal_size().columns if to_terminal else None,
        verbose=verbose,
        fail_on=fail_on,
        root=_root(),
    )
    if statistics and form == "text":
        from compcite.reporters.text import statistics as count  # noqa: PLC0415 - only when asked

        text = count(report, options)
    else:
        text = REPORTERS[form](report, options)
    if output is None:
        (_console.note if aside else _console.out)(text)
        if form == "github":
            from compcite.reporters.text import summary  # noqa: PLC0415 - only beside annotations

            _console.note(summary(report))
    else:
        write_file(Path(output), text.encode("utf-8"))


def _in_github_actions() -> bool:
    """Whether this is a step of a workflow of GitHub's."""
    return os.environ.get("GITHUB_ACTIONS") == "true"


def _root() -> Path:
    """The repository's folder where a CI system names one that we are in, else this folder."""
    here = Path.cwd()
    for variable in ("GITHUB_WORKSPACE", "CI_PROJECT_DIR"):
        folder = os.environ.get(variable)
        if folder and here.is_relative_to(Path(folder).resolve()):
            return Path(folder)
    return here
