"""What ``verify-dois`` and ``check`` share when they mend: options, the diff, what was done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from compcite.cli import _console
from compcite.errors import ExitCode, UsageError
from compcite.files.decoding import encode
from compcite.files.patch import patch_of
from compcite.fix import apply_fixes, write_sources
from compcite.formats.rewriting import is_editable
from compcite.load import library_again
from compcite.text.terminal import harmless, one_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from compcite.cli._settled import Settling
    from compcite.fix import Done, Fixed
    from compcite.model.library import Library
    from compcite.model.report import Report

__all__ = [
    "DiffOption",
    "FixOption",
    "Mended",
    "Mending",
    "UnsafeFixes",
    "mend",
    "mending",
]

FixOption = Annotated[
    bool, typer.Option("--fix", help="Apply the safe fixes; report what remains.")
]
UnsafeFixes = Annotated[
    bool,
    typer.Option(
        "--unsafe-fixes", help="With --fix or --diff: also those that change what an entry says."
    ),
]
DiffOption = Annotated[
    bool,
    typer.Option("--diff", help="Show what --fix would change, write nothing, end with 1 if so."),
]


class Mending(NamedTuple):
    """What is wanted: fixes applied, or only shown; the unsafe ones, too; without a summary."""

    diff: bool
    unsafe: bool
    quiet: bool = False


class Mended(NamedTuple):
    """What remains to be reported, and how: ``aside`` where standard output has a fixed text.

    ``code`` is how a run ends that only showed what it would do, but for what nobody answered.
    """

    report: Report
    shown: bool = True
    aside: bool = False
    code: ExitCode | None = None


def mending(
    *, fix: bool, unsafe: bool, diff: bool, baseline: str | None, quiet: bool
) -> Mending | None:
    """What the options want; raises UsageError where they contradict each other.

    ``baseline`` is the file that ``--write-baseline`` names: of a state that a ``--diff`` only
    shows there is none to accept.
    """
    if diff and baseline is not None:
        raise UsageError("--write-baseline accepts what is there; leave out --diff, or use --fix")
    if unsafe and not (fix or diff):
        raise UsageError(
            "--unsafe-fixes says which fixes: add --fix to apply or --diff to see them"
        )
    return Mending(diff, unsafe, quiet) if fix or diff else None


def mend(
    library: Library,
    found: Report,
    judge: Callable[[Library], Report],
    settle: Settling,
    wanted: Mending | None,
) -> Mended:
    """Apply what a report offers if that is wanted, and say so; with ``diff`` only show it.

    ``found`` is what ``judge`` says of the library. What came through standard input goes to
    standard output, fixed. Raises SourceError where a file cannot be written; then none is.
    """
    if wanted is None:
        return Mended(settle(found, library))
    for source in library.sources:
        if not (wanted.quiet or is_editable(source)):
            _console.note(f"{one_line(source.name)}: only .bib and CSL-JSON files can be fixed.")
    fixed = apply_fixes(
        library, judge, library_again, found=found, offered=settle.quietly, unsafe=wanted.unsafe
    )
    for done in fixed.refused:
        _console.error(f"{_place(done)}: not fixed: {done.refused}")
    (_show if wanted.diff else _write)(fixed)
    if not wanted.quiet:
        _console.note(_summary(fixed, wanted))
    report = settle(fixed.report, fixed.library)
    if wanted.diff:
        code = ExitCode.FINDINGS if fixed.changed else ExitCode.OK
        return Mended(report, shown=False, code=code)
    return Mended(report, aside=any(source.path is None for source in fixed.sources))


def _show(fixed: Fixed) -> None:
    """Print what would be changed, exactly for patch, harmless for a terminal."""
    for before, after in fixed.changed:
        patch = patch_of(before, after)
        if _console.is_terminal():
            _console.out(harmless(patch.decode("utf-8", "replace")))
        else:
            _console.out_bytes(patch)


def _write(fixed: Fixed) -> None:
    """Write what was fixed to where it came from, and say what was done."""
    write_sources(fixed.changed)
    for source in fixed.sources:
        if source.path is None:
            _console.out_bytes(encode(source, source.text))
    for done in fixed.applied:
        _console.error(f"{_place(done)}: fixed: {_what(done)}")


def _place(done: Done) -> str:
    place = done.source.position(done.offset)
    return f"{done.source.name}:{place.line}:{place.column}: {done.finding.rule.name}"


def _what(done: Done) -> str:
    """The fix in words, with both values where it replaces one by the other."""
    finding = done.finding
    title = one_line(done.fix.title)
    if done.fix.safe or not finding.expected or finding.expected in title:
        return title
    return f"{title}: {one_line(finding.expected)} for {one_line(finding.actual or 'nothing')}"


def _summary(fixed: Fixed, wanted: Mending) -> str:
    """How much was done."""
    count, files = len(fixed.applied), len(fixed.changed)
    if not count:
        return "Nothing to fix."
    what = "1 finding" if count == 1 else f"{count:,} findings"
    where = "1 source" if files == 1 else f"{files:,} sources"
    return f"{'Would fix' if wanted.diff else 'Fixed'} {what} in {where}."
