"""``compcite lock``: write the registries' answers to a file that is committed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from compcite.checks.identifiers import written_doi
from compcite.cli import _console
from compcite.cli._library import load_with_warnings
from compcite.cli._lock import lock_at, lock_path, tell_of_lock, write_lock
from compcite.cli._options import (
    Mailto,
    Refresh,
    SnapshotFolder,
    Sources,
    Timeout,
)
from compcite.cli._outputs import check_outputs
from compcite.cli._progress import progress
from compcite.cli._works import tell_of_outcomes
from compcite.config import load_config
from compcite.errors import ExitCode
from compcite.files.regular import exists
from compcite.model.work import Unavailable
from compcite.registries.lock.file import read_lock
from compcite.registries.lock.locked import LockedRegistries
from compcite.text.phrases import amount
from compcite.text.terminal import harmless
from compcite.verbs.verify import outcomes_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from compcite.model.doi import DOI
    from compcite.model.library import Entry
    from compcite.registries.settings import Settings

__all__ = ["EPILOG", "run"]

EPILOG = """Examples:

\b
  compcite lock
  compcite lock --check
  compcite lock paper.bib --refresh

Exit codes: 0 the lock holds every DOI, 1 it is stale (--check), 2 could not run,
3 some DOIs could not be asked for.
"""


def run(
    sources: Sources = None,
    lock: Annotated[
        str | None,
        typer.Option(
            metavar="FILE",
            help="The lock.  [default: compcite.lock beside the first source]",
            show_default=False,
        ),
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; end with 1 where the lock is stale.")
    ] = False,
    mailto: Mailto = None,
    refresh: Refresh = False,
    snapshot: SnapshotFolder = None,
    timeout: Timeout = None,
) -> int:
    """Write what the registries say of every DOI to compcite.lock.

    With it, `compcite verify-dois` asks the network only for DOIs that are new. A lock is stale
    when a DOI is missing from it, when it has one that no entry has, or when somebody changed
    a line.
    """
    config = load_config()
    library = load_with_warnings(config, sources)
    path = lock_path(config, library, lock)
    check_outputs([("--lock", path)], library)
    entries: dict[DOI, Entry] = {}
    for entry in library.entries:
        written = written_doi(entry)
        if written and written.doi:
            entries.setdefault(written.doi, entry)
    if check:
        return _check(path, entries)
    settings = config.settings(
        mailto=mailto, refresh=refresh or None, timeout=timeout, snapshot=snapshot
    )
    return _write(path, entries, settings)


def _write(
    path: Path,
    entries: Mapping[DOI, Entry],
    settings: Settings,
) -> ExitCode:
    """Ask for the DOIs that the lock lacks, write it, and return the exit code.

    DOIs that no entry has are removed from the lock. The code is 3 where a DOI got no answer, else
    0.
    """
    before = lock_at(path)
    with LockedRegistries(settings, before) as registries, progress("Asking") as tell:
        outcomes = outcomes_of(entries, registries, progress=tell)
        for warning in registries.warnings:
            _console.error(warning)
        tell_of_lock(registries, path)
    said = write_lock(path, registries, only=entries).said
    new, gone = len(said.keys() - before.said.keys()), len(before.said.keys() - said.keys())
    count = amount(len(said), "DOI")
    _console.out(f"{harmless(str(path))}: {count}, {new:,} new, {gone:,} removed\n")
    silent = [outcome for outcome in outcomes.values() if isinstance(outcome, Unavailable)]
    tell_of_outcomes(silent)
    return ExitCode.UNVERIFIED if silent or registries.fallen_back else ExitCode.OK


def _check(path: Path, entries: Mapping[DOI, Entry]) -> ExitCode:
    """Print why the lock is out of date; return ``FINDINGS`` if it is, else ``OK``."""
    reasons = list(_stale(path, entries))
    _console.out("".join(f"{harmless(reason)}\n" for reason in reasons))
    if not reasons:
        return ExitCode.OK
    _console.error(f"{path} is stale; `compcite lock` brings it up to date")
    return ExitCode.FINDINGS


def _stale(path: Path, entries: Mapping[DOI, Entry]) -> Iterator[str]:
    """A sentence for each reason why `compcite lock` would change the file."""
    if not exists(path):
        yield f"{path}: there is no lock"
        return
    lock = read_lock(path)
    tampered = {doi for _, doi in lock.tampered}
    for doi, entry in entries.items():
        if doi.value not in lock.said and doi.value not in tampered:
            yield f"{entry.where}: {doi} is not locked"
    wanted = {doi.value for doi in entries}
    for line, doi_text in lock.tampered:
        yield f"{path}:{line}: {doi_text}: the line was changed since compcite wrote it"
    for doi_text in sorted(lock.said.keys() - wanted):
        yield f"{path}: {doi_text}: no entry has this DOI"
    if not tampered and not lock.tidy:
        yield f"{path}: its lines are not as compcite writes them"
