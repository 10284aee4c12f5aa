"""``compcite snapshot``: put the registries' data files on disk, to answer without a network."""

from __future__ import annotations

import time
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from compcite.cli import _console
from compcite.cli._help import GroupWithHelp
from compcite.cli._progress import progress
from compcite.config import load_config
from compcite.errors import ExitCode, UsageError
from compcite.registries.snapshots.build import build_snapshot
from compcite.registries.snapshots.snapshot import Snapshot
from compcite.text.phrases import amount
from compcite.text.terminal import harmless

if TYPE_CHECKING:
    from compcite.registries.snapshots.build import Progress
    from compcite.registries.snapshots.layout import Manifest

__all__ = ["app"]

EPILOG = """Examples:

\b
  compcite snapshot build snapshot crossref.tar
  compcite snapshot build snapshot datacite.tar --registry datacite
  compcite snapshot info snapshot
  compcite verify-dois --snapshot snapshot --offline

Exit codes: 0 all was read, 1 parts of the data files could not be read, 2 could not run.
A build that was stopped goes on with the same command.
"""

app = typer.Typer(
    cls=GroupWithHelp,
    add_completion=False,
    rich_markup_mode=None,
    help="Put the registries' data files on disk, to ask nobody.",
    epilog=EPILOG,
)

_MOST_NAMED = 20  # faults that are said one by one; the manifest has all


class DataOf(StrEnum):
    """The agencies whose data files can be read."""

    CROSSREF = "crossref"
    DATACITE = "datacite"


_AGENCIES = {DataOf.CROSSREF: "Crossref", DataOf.DATACITE: "DataCite"}


@app.command(epilog=EPILOG)
def build(
    folder: Annotated[str, typer.Argument(metavar="DIR", help="The folder of the snapshot.")],
    dumps: Annotated[
        list[str],
        typer.Argument(
            metavar="DUMP",
            help="Data files of Crossref or DataCite: a .tar, a folder, .json, .jsonl, also .gz.",
        ),
    ],
    registry: Annotated[
        DataOf | None,
        typer.Option(help="Take only the records of this registry.", show_default=False),
    ] = None,
    jobs: Annotated[
        int | None,
        typer.Option(
            min=1,
            max=64,
            help="How many processes work at once; each needs up to 0.8 GB.  [default: one a core]",
            show_default=False,
        ),
    ] = None,
) -> int:
    """Build a snapshot from data files, or bring one up to date with newer ones.

    Of two records with a DOI, the one that changed last counts. A build that was stopped goes on
    with the same command; the snapshot that was there answers until the new one is complete.
    """
    began = time.monotonic()
    try:
        with progress("Building") as tell:

            def show(step: Progress) -> None:
                tell(step.done, step.total, _words(step))

            built = build_snapshot(
                Path(folder),
                [Path(dump) for dump in dumps],
                only=_AGENCIES[registry] if registry else None,
                jobs=jobs or 0,
                tell=show,
            )
    except KeyboardInterrupt:
        _console.error("what is done is kept; the same command goes on with it")
        return ExitCode.INTERRUPTED
    for fault in built.faults[:_MOST_NAMED]:
        _console.error(harmless(fault))
    if len(built.faults) > _MOST_NAMED:
        _console.error(f"and {amount(len(built.faults) - _MOST_NAMED, 'fault')} more")
    if built.odd:
        _console.error(f"{amount(built.odd, 'record')} without a DOI, or of another registry")
    minutes, seconds = divmod(round(time.monotonic() - began), 60)
    _console.out(f"{_held(built.manifest)}, built in {minutes} min {seconds} s\n")
    return ExitCode.FINDINGS if built.faults else ExitCode.OK


@app.command(epilog=EPILOG)
def info(
    folder: Annotated[
        str | None,
        typer.Argument(
            metavar="[DIR]", help="The snapshot.  [default: the configured one]", show_default=False
        ),
    ] = None,
) -> int:
    """Show what a snapshot holds, and of which day it is."""
    name = folder or load_config().snapshot
    if not name:
        raise UsageError("give the folder of a snapshot, or set `snapshot` in the configuration")
    snapshot = Snapshot(name)
    manifest = snapshot.manifest
    rows = [("folder", name)]
    if size := snapshot.size:
        rows.append(("size", f"{size / 1e6:,.1f} MB"))
    for agency, held in manifest.agencies.items():
        words = f"{amount(held.records, 'record')}, the newest of {held.newest or '?'}"
        rows.append((agency, words))
    rows.append(("keys", f"{manifest.keys:,}, to search by words"))
    rows += [
        (dump.name, f"{amount(dump.records, 'record')}, read on {dump.read}")
        for dump in manifest.dumps
    ]
    width = max(len(key) for key, _ in rows)
    _console.out(harmless("".join(f"{key:<{width}}  {value}\n" for key, value in rows)))
    for fault in manifest.skipped:
        _console.out(harmless(f"not read: {fault}\n"))
    return ExitCode.OK


def _words(step: Progress) -> str:
    """How far a build is, in words: the rate, and the time that is left at that rate."""
    if not step.records:
        return f"{step.step} {step.done:,}/{step.total:,} files"
    rate = step.records / max(step.seconds, 0.1)
    left = round(step.seconds * (step.total - step.done) / max(step.done - step.before, 1) / 60)
    hours, minutes = divmod(left, 60)
    return (
        f"{step.step} {step.done / 1e9:,.1f}/{step.total / 1e9:,.1f} GB, "
        f"{rate:,.0f} records/s, {hours}:{minutes:02d} h left"
    )


def _held(manifest: Manifest) -> str:
    """What a snapshot holds, as the beginning of a sentence: ``3 records of Crossref up to …``."""
    return ", ".join(
        f"{amount(held.records, 'record')} of {agency} up to {held.newest or '?'}"
        for agency, held in manifest.agencies.items()
    )
