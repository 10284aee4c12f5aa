"""Options about reports that ``check`` and ``verify-dois`` share, and writing the report."""

from __future__ import annotations

import datetime as dt
import os
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from compcite.cli import _console
from compcite.cli._completion import complete_rules
from compcite.cli._help import REPORT, RULES
from compcite.errors import UsageError
from compcite.files.atomic import write_file
from compcite.model.report import Severity
from compcite.reporters import REPORTERS, ReportOptions
from compcite.text.nearest import unknown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compcite.config import Config
    from compcite.model.report import Report

__all__ = [
    "FailOn",
    "FailOnOption",
    "Forms",
    "Ignore",
    "Quiet",
    "ReportForm",
    "ReportOutput",
    "Select",
    "StatisticsOption",
    "Verbose",
    "known_forms",
    "least_severity",
    "write_report",
]


class FailOn(StrEnum):
    """The values of ``--fail-on``: the lowest severity with which a run ends with 1."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"
    NEVER = "never"


class Forms(NamedTuple):
    """The forms of report to write.

    ``main`` goes to standard output or to the file of ``--output``; ``copies`` are further forms
    with their files.
    """

    main: str
    copies: tuple[tuple[str, Path], ...] = ()

    def outputs(self, output: str | None) -> list[tuple[str, str | Path | None]]:
        """The options that name a file, as the user wrote them, each with its file."""
        copies: list[tuple[str, str | Path | None]] = [
            (f"--report {form}=", file) for form, file in self.copies
        ]
        return [*copies, ("--output", output)]


ReportForm = Annotated[
    list[str] | None,
    typer.Option(
        "--report",
        metavar="FORM[=FILE]",
        help=f"{', '.join(REPORTERS)}; with =FILE one more, written there; repeatable.  "
        "[default: text; github inside GitHub Actions]",
        show_default=False,
        autocompletion=lambda incomplete: [
            name for name in REPORTERS if name.startswith(incomplete)
        ],
        rich_help_panel=REPORT,
    ),
]
ReportOutput = Annotated[
    str | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Write the report there instead of to standard output.",
        show_default=False,
        rich_help_panel=REPORT,
    ),
]
Select = Annotated[
    list[str] | None,
    typer.Option(
        metavar="RULE,…",
        help="Only these rules, by name, code or family (M5); repeatable.",
        show_default=False,
        autocompletion=complete_rules,
        rich_help_panel=RULES,
    ),
]
Ignore = Annotated[
    list[str] | None,
    typer.Option(
        metavar="RULE,…",
        help="Not these rules; repeatable.",
        show_default=False,
        autocompletion=complete_rules,
        rich_help_panel=RULES,
    ),
]
FailOnOption = Annotated[
    FailOn | None,
    typer.Option(
        "--fail-on",
        help="The least severity that ends with 1.  [default: warning]",
        show_default=False,
        rich_help_panel=RULES,
    ),
]
Verbose = Annotated[
    bool,
    typer.Option(
        "--verbose", "-v", help="Show also the entries that are right.", rich_help_panel=REPORT
    ),
]
Quiet = Annotated[
    bool,
    typer.Option(
        "--quiet", "-q", help="Show the findings and nothing else.", rich_help_panel=REPORT
    ),
]
StatisticsOption = Annotated[
    bool,
    typer.Option(
        "--statistics",
        help="Count the findings by rule instead of showing them.",
        rich_help_panel=REPORT,
    ),
]


def least_severity(given: FailOn | None, config: Config) -> Severity | None:
    """The lowest severity that fails the run; None where none does."""
    word = given.value if given else config["fail-on"]
    return None if word == FailOn.NEVER else Severity(word)


def known_forms(given: Sequence[str] | None, output: str | None) -> Forms:
    """The forms that ``--report`` names; the option may be given several times.

    Without a form for standard output it is ``text``, and in GitHub Actions ``github``. Raises
    UsageError for an unknown form, and for two forms for standard output.
    """
    main: str | None = None
    copies: list[tuple[str, Path]] = []
    for word in given or ():
        form, equals, file = word.partition("=")
        if form not in REPORTERS:
            raise UsageError(unknown("report", form, REPORTERS))
        if equals and not file:
            raise UsageError(f"--report {word} names no file")
        if file:
            copies.append((form, Path(file)))
        elif main is None:
            main = form
        else:
            raise UsageError(
                f"--report {main} and --report {form} go to one place; write FORM=FILE for one"
            )
    default = "github" if _in_github_actions() and output is None else "text"
    return Forms(main or default, tuple(copies))


def write_report(
    report: Report,
    forms: Forms,
    output: str | None,
    *,
    fail_on: Severity | None,
    verbose: bool,
    quiet: bool,
    statistics: bool,
    shown: bool = True,
    aside: bool = False,
) -> None:
    """Write the report in each form, with colours only on a terminal.

    With ``aside`` it goes to standard error instead of standard output. Without ``shown`` it goes
    only to files. ``statistics`` counts findings by rule instead of showing them.
    """
    started = dt.datetime.now().astimezone() - dt.timedelta(seconds=report.seconds)
    plain = ReportOptions(
        verbose=verbose, quiet=quiet, fail_on=fail_on, root=_root(), started=started
    )
    for form, file in forms.copies:
        write_file(file, REPORTERS[form](report, plain).encode("utf-8"))
    if output is not None:
        text = _rendered(report, forms.main, plain, statistics=statistics)
        write_file(Path(output), text.encode("utf-8"))
    elif shown:
        options = replace(
            plain,
            colour=not aside and _console.colour(),
            width=None if aside else _console.width(),
        )
        text = _rendered(report, forms.main, options, statistics=statistics)
        (_console.note if aside else _console.out)(text)
        if forms.main == "github" and not quiet:
            from compcite.reporters.text import summary  # noqa: PLC0415 - only beside annotations

            _console.note(summary(report))


def _rendered(report: Report, form: str, options: ReportOptions, *, statistics: bool) -> str:
    """The report as text in one form.

    With ``statistics``, the text form counts findings by rule.
    """
    if statistics and form == "text":
        from compcite.reporters.text import statistics as count  # noqa: PLC0415 - only when asked

        return count(report, options)
    return REPORTERS[form](report, options)


def _in_github_actions() -> bool:
    """Whether compcite runs as a step of a GitHub workflow."""
    return os.environ.get("GITHUB_ACTIONS") == "true"


def _root() -> Path:
    """The folder to which paths in reports are relative.

    It is the repository's folder where a CI system names one that contains the working folder, else
    the working folder.
    """
    here = Path.cwd()
    for variable in ("GITHUB_WORKSPACE", "CI_PROJECT_DIR"):
        folder = os.environ.get(variable)
        if folder and here.is_relative_to(Path(folder).resolve()):
            return Path(folder)
    return here
