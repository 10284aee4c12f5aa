"""``--fix``, ``--unsafe-fixes`` and ``--diff`` of ``check`` and ``verify-dois``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from compcite.cli import _console
from compcite.cli._changes import show_changes, write_changes
from compcite.cli._help import FIXES
from compcite.errors import ExitCode, UsageError
from compcite.formats.rewriting import is_editable
from compcite.text.phrases import amount
from compcite.text.terminal import one_line
from compcite.verbs.fix import apply_fixes
from compcite.verbs.load import reload_changed

if TYPE_CHECKING:
    from collections.abc import Callable

    from compcite.cli._report_filter import ReportFilter
    from compcite.model.library import Library
    from compcite.model.report import Report
    from compcite.verbs.fix import FixAttempt, Fixed

__all__ = [
    "DiffOfFixes",
    "FixOption",
    "FixRequest",
    "FixResult",
    "UnsafeFixes",
    "fix_if_wanted",
    "fix_request",
]

FixOption = Annotated[
    bool,
    typer.Option(
        "--fix",
        help="Apply the safe fixes; report what remains.",
        rich_help_panel=FIXES,
    ),
]
UnsafeFixes = Annotated[
    bool,
    typer.Option(
        "--unsafe-fixes",
        help="With --fix or --diff: also those that change what an entry says.",
        rich_help_panel=FIXES,
    ),
]
DiffOfFixes = Annotated[
    bool,
    typer.Option(
        "--diff",
        help="Show what --fix would change, write nothing, end with 1 if so.",
        rich_help_panel=FIXES,
    ),
]


class FixRequest(NamedTuple):
    """The fixes that the options want: written, or with ``diff`` only shown.

    ``unsafe`` is true where unsafe fixes are wanted too, ``quiet`` where no summary is.
    """

    diff: bool
    unsafe: bool
    quiet: bool = False


class FixResult(NamedTuple):
    """The report to write after fixing, and how to write it.

    ``shown`` is false where the diff is shown instead. ``aside`` is true where standard output
    already has the fixed text, so that the report goes to standard error. ``code`` is the exit code
    of ``--diff``.
    """

    report: Report
    shown: bool = True
    aside: bool = False
    code: ExitCode | None = None


def fix_request(
    *, fix: bool, unsafe: bool, diff: bool, baseline: str | None, quiet: bool
) -> FixRequest | None:
    """The fixes that the options want; None without ``--fix`` and ``--diff``.

    ``baseline`` is the file of ``--write-baseline``. Raises UsageError where options contradict
    each other: with ``--diff`` nothing changes, so there is no new state to accept.
    """
    if diff and baseline is not None:
        raise UsageError("--write-baseline accepts what is there; leave out --diff, or use --fix")
    if unsafe and not (fix or diff):
        raise UsageError(
            "--unsafe-fixes says which fixes: add --fix to apply or --diff to see them"
        )
    return FixRequest(diff, unsafe, quiet) if fix or diff else None


def fix_if_wanted(
    library: Library,
    found: Report,
    judge: Callable[[Library], Report],
    report_filter: ReportFilter,
    wanted: FixRequest | None,
) -> FixResult:
    """Apply or show the fixes of a report, if ``wanted`` says so, and say what was done.

    ``found`` is the report on ``library``, and ``judge`` makes the report on a changed one. The
    result has the report on what is left, without ignored and accepted findings. A text from
    standard input goes, fixed, to standard output. Raises SourceError where a file cannot be
    written; then no file is.
    """
    if wanted is None:
        return FixResult(report_filter.apply(found, library))
    for source in library.sources:
        if not (wanted.quiet or is_editable(source)):
            _console.note(f"{one_line(source.name)}: only .bib and CSL-JSON files can be fixed.")
    fixed = apply_fixes(
        library,
        judge,
        reload_changed,
        found=found,
        offered=report_filter.apply_silently,
        unsafe=wanted.unsafe,
    )
    for done in fixed.refused:
        _console.error(f"{_place(done)}: not fixed: {done.refused}")
    if wanted.diff:
        show_changes(fixed.changed)
    else:
        _write(fixed)
    if not wanted.quiet:
        _console.note(_summary(fixed, wanted))
    report = report_filter.apply(fixed.report, fixed.library)
    if wanted.diff:
        code = ExitCode.FINDINGS if fixed.changed else ExitCode.OK
        return FixResult(report, shown=False, code=code)
    return FixResult(report, aside=any(source.path is None for source in fixed.sources))


def _write(fixed: Fixed) -> None:
    """Write the fixed sources, and name each fix on stderr."""
    write_changes(fixed.changed, fixed.before)
    for done in fixed.applied:
        _console.error(f"{_place(done)}: fixed: {_what(done)}")


def _place(done: FixAttempt) -> str:
    """The place of the finding before fixing, for a message."""
    place = done.source.position(done.offset)
    return f"{done.source.name}:{place.line}:{place.column}: {done.finding.rule.name}"


def _what(done: FixAttempt) -> str:
    """The fix in words; of one that is not safe, also the new and the old value.

    They are left out where there is no new value, or the words contain it.
    """
    finding = done.finding
    title = one_line(done.fix.title)
    if done.fix.safe or not finding.expected or finding.expected in title:
        return title
    return f"{title}: {one_line(finding.expected)} for {one_line(finding.actual or 'nothing')}"


def _summary(fixed: Fixed, wanted: FixRequest) -> str:
    """A sentence: how many findings were fixed in how many sources, or would be with ``--diff``."""
    count, files = len(fixed.applied), len(fixed.changed)
    if not count:
        return "Nothing to fix."
    what, where = amount(count, "finding"), amount(files, "source")
    return f"{'Would fix' if wanted.diff else 'Fixed'} {what} in {where}."
