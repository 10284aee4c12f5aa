"""``compcite verify-dois``: whether every DOI exists and is the DOI of that work."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import Annotated

import typer

from compcite.checks import VERIFY_FAMILIES, select_rules
from compcite.cli import _console
from compcite.cli._library import read
from compcite.cli._lock import LockFile, lock_at, lock_path, tell_of_lock, write_lock
from compcite.cli._options import Mailto, Offline, Output, Refresh, Sources, Timeout
from compcite.cli._progress import progress
from compcite.cli._report import (
    FailOnOption,
    Ignore,
    ReportForm,
    Select,
    StatisticsOption,
    Verbose,
    known_form,
    least_severity,
    write_report,
)
from compcite.cli._settled import BaselineFile, WriteBaseline, settling
from compcite.config import load_config
from compcite.registries.locked import LockedRegistries
from compcite.verify import exit_code, verify_library

__all__ = ["EPILOG", "run"]

EPILOG = """Examples:

\b
  compcite verify-dois
  compcite verify-dois paper.bib --mailto you@example.org
  compcite verify-dois --report json --output report.json --fail-on error
  compcite verify-dois --select D4,R6 --on-outage pass

Exit codes: 0 nothing to report, 1 findings, 2 could not run, 3 some DOIs could not
be checked, 130 interrupted.
"""


class OnOutage(StrEnum):
    """What a run is that could not check every DOI: 3, 1 or 0."""

    UNVERIFIED = "unverified"
    FAIL = "fail"
    PASS = "pass"  # noqa: S105 - a word of the command line, no secret


def run(
    sources: Sources = None,
    report: ReportForm = "text",
    output: Output = None,
    select: Select = None,
    ignore: Ignore = None,
    fail_on: FailOnOption = None,
    on_outage: Annotated[
        OnOutage | None,
        typer.Option(
            help="What a DOI that could not be checked makes of the run: exit 3, 1 or 0.  "
            "[default: unverified]",
            show_default=False,
        ),
    ] = None,
    mailto: Mailto = None,
    offline: Offline = False,
    refresh: Refresh = False,
    lock: LockFile = None,
    timeout: Timeout = None,
    suggest: Annotated[
        bool, typer.Option("--suggest", help="Look for the DOIs that are missing.")
    ] = False,
    baseline: BaselineFile = None,
    write_baseline: WriteBaseline = None,
    verbose: Verbose = False,
    statistics: StatisticsOption = False,
) -> int:
    """Check every DOI: registered, of this work, not retracted.

    Asks Crossref, doi.org and DataCite, in batches and within their limits.
    """
    form = known_form(report)
    config = load_config()
    rules = select_rules(
        select or config["select"], (*config["ignore"], *(ignore or ())), families=VERIFY_FAMILIES
    )
    severity = least_severity(fail_on, config)
    settle = settling(config, rules, whole=not sources, baseline=baseline, write_to=write_baseline)
    library = read(config, sources)
    settings = config.settings(
        mailto=mailto, offline=offline or None, refresh=refresh or None, timeout=timeout
    )
    path = lock_path(config, library, lock)
    locked = lock_at(path, required=bool(lock) and offline)
    with LockedRegistries(settings, locked) as registries, progress("Checking DOIs") as tell:
        found = verify_library(library, registries, rules=rules, suggest=suggest, progress=tell)
        for warning in registries.warnings:
            _console.error(warning)
        tell_of_lock(registries, path)
        found = replace(found, requests=registries.requests, outages=registries.outages)
    if lock and not offline:
        write_lock(path, registries)
    found = settle(found, library)
    write_report(found, form, output, fail_on=severity, verbose=verbose, statistics=statistics)
    return exit_code(found, severity, on_outage.value if on_outage else config["on-outage"])
