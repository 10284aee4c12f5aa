"""``compcite verify-dois``: check that every DOI is registered, and for the work in the entry."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from compcite.checks import VERIFY_FAMILIES
from compcite.cli import _console
from compcite.cli._cited import CitedIn, citations_of
from compcite.cli._fix import DiffOfFixes, FixOption, UnsafeFixes, fix_if_wanted, fix_request
from compcite.cli._help import REGISTRIES
from compcite.cli._interrupt import first_interrupt
from compcite.cli._library import load_for_report
from compcite.cli._lock import LockFile, lock_at, lock_path, tell_of_lock, write_lock
from compcite.cli._options import (
    Mailto,
    Offline,
    Refresh,
    SnapshotFolder,
    Sources,
    Timeout,
)
from compcite.cli._outage import OnOutageOption, word_for_outage
from compcite.cli._outputs import check_outputs
from compcite.cli._progress import progress
from compcite.cli._report import (
    FailOnOption,
    Ignore,
    Quiet,
    ReportForm,
    ReportOutput,
    Select,
    StatisticsOption,
    Verbose,
    known_forms,
    least_severity,
    write_report,
)
from compcite.cli._report_filter import BaselineFile, WriteBaseline, load_report_filter
from compcite.config import load_config
from compcite.errors import ExitCode
from compcite.registries.lock.locked import LockedRegistries
from compcite.verbs.verify import Judgements, verify_library

if TYPE_CHECKING:
    from compcite.model.library import Library
    from compcite.model.report import Report

__all__ = ["EPILOG", "run"]

EPILOG = """Examples:

\b
  compcite verify-dois
  compcite verify-dois paper.bib --mailto you@example.org
  compcite verify-dois --report json --output report.json --fail-on error
  compcite verify-dois --select D4,R6 --on-outage pass
  compcite verify-dois --select year-mismatch --unsafe-fixes --diff

Exit codes: 0 nothing to report, 1 findings, 2 could not run, 3 some DOIs could not
be checked, 130 interrupted.
"""


def run(
    sources: Sources = None,
    report: ReportForm = None,
    output: ReportOutput = None,
    select: Select = None,
    ignore: Ignore = None,
    fail_on: FailOnOption = None,
    on_outage: OnOutageOption = None,
    mailto: Mailto = None,
    offline: Offline = False,
    refresh: Refresh = False,
    snapshot: SnapshotFolder = None,
    lock: LockFile = None,
    timeout: Timeout = None,
    suggest: Annotated[
        bool | None,
        typer.Option(
            "--suggest/--no-suggest",
            help="Look for the works of entries without a DOI: their DOIs, and whether they "
            "exist.  [default: no-suggest]",
            show_default=False,
            rich_help_panel=REGISTRIES,
        ),
    ] = None,
    cited_in: CitedIn = None,
    baseline: BaselineFile = None,
    write_baseline: WriteBaseline = None,
    verbose: Verbose = False,
    quiet: Quiet = False,
    statistics: StatisticsOption = False,
    fix: FixOption = False,
    unsafe_fixes: UnsafeFixes = False,
    diff: DiffOfFixes = False,
) -> int:
    """Check every DOI: registered, of this work, not retracted.

    Asks Crossref, doi.org and DataCite, in batches and within their limits. Without --suggest
    it does not check whether works without a DOI exist.
    """
    forms = known_forms(report, output)
    wanted = fix_request(
        fix=fix, unsafe=unsafe_fixes, diff=diff, baseline=write_baseline, quiet=quiet
    )
    config = load_config()
    rules = config.rules(select, ignore, families=VERIFY_FAMILIES)
    severity = least_severity(fail_on, config)
    report_filter = load_report_filter(
        config, rules, whole=not sources, baseline=baseline, write_to=write_baseline
    )
    citations = citations_of(cited_in, sources)
    library = load_for_report(config, sources)
    outputs = [*forms.outputs(output), ("--write-baseline", write_baseline), ("--lock", lock)]
    accepted = baseline if baseline != write_baseline else None
    path = lock_path(config, library, lock)
    check_outputs(outputs, library, citations, also_read=[accepted, None if lock else path])
    settings = config.settings(
        mailto=mailto,
        offline=offline or None,
        refresh=refresh or None,
        timeout=timeout,
        snapshot=snapshot,
    )
    suggest = config["suggest"] if suggest is None else suggest
    locked = lock_at(path, required=bool(lock) and offline)
    with (
        LockedRegistries(settings, locked) as registries,
        first_interrupt(registries.stop) as interrupted,
        progress("Checking DOIs") as tell,
    ):
        judge = partial(
            verify_library,
            ask=registries,
            rules=rules,
            suggest=suggest,
            citations=citations,
            known=Judgements(),
        )
        found = judge(library, progress=tell)
        for warning in registries.warnings:
            _console.error(warning)
        tell_of_lock(registries, path)
        found = replace(
            found,
            requests=registries.requests,
            outages=registries.outages,
            snapshot=registries.known_until,
        )
    if lock and not offline:
        write_lock(path, registries)

    def again(one: Library) -> Report:
        return replace(found, entries=judge(one).entries)

    if interrupted():  # the findings are incomplete: no baseline is written, nothing is fixed
        report_filter, wanted = report_filter._replace(write_to=None, whole=False), None
    result = fix_if_wanted(library, found, again, report_filter, wanted)
    write_report(
        result.report,
        forms,
        output,
        fail_on=severity,
        verbose=verbose,
        quiet=quiet,
        statistics=statistics,
        shown=result.shown,
        aside=result.aside,
    )
    if interrupted():
        return ExitCode.INTERRUPTED
    outage = word_for_outage(on_outage, config)
    if result.code is not None:
        return result.code or result.report.exit_code(None, outage)
    return result.report.exit_code(severity, outage)
