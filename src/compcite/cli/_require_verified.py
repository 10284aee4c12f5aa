"""``--require-verified``: write an export only if every entry is verified."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from compcite.cli import _console
from compcite.errors import ExitCode
from compcite.model.library import STAND_INS
from compcite.model.report import Status
from compcite.text.terminal import harmless

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compcite.config import Config
    from compcite.model.library import Entry, Library
    from compcite.model.report import EntryReport
    from compcite.registries.settings import Settings

__all__ = ["RequireVerified", "check_all_verified"]

RequireVerified = Annotated[
    bool,
    typer.Option(
        "--require-verified",
        help="Write nothing and end with 1 where an entry is not verified, with 3 where a "
        "registry could not be asked.",
    ),
]
_WORDS = {
    Status.MISMATCH: "{doi} is registered for another work",
    Status.NOT_REGISTERED: "{doi} is not registered",
    Status.MALFORMED: "what stands in doi is not a DOI",
    Status.NO_DOI: "there is no DOI by which to verify it",
    Status.UNVERIFIED: "{doi} could not be checked",
}


def check_all_verified(
    library: Library, entries: Sequence[Entry], config: Config, settings: Settings
) -> ExitCode:
    """Verify the entries and name on stderr those that are not verified.

    The exit code is OK if all are verified, 3 if the others only got no answer, else 1. Entries
    that stand for no work of their own, such as sets, do not count. Cache and lock answer first, as
    they do for ``verify-dois``.
    """
    from compcite.cli._lock import (  # noqa: PLC0415 - most exports ask nobody
        lock_at,
        lock_path,
        tell_of_lock,
    )
    from compcite.cli._progress import progress  # noqa: PLC0415 - likewise
    from compcite.registries.lock.locked import LockedRegistries  # noqa: PLC0415 - likewise
    from compcite.verbs.verify import verify_library  # noqa: PLC0415 - likewise

    path = lock_path(config, library, None)
    works = [entry for entry in entries if entry.type not in STAND_INS]
    wanted = replace(library, entries=works, problems=())
    with LockedRegistries(settings, lock_at(path)) as asked, progress("Checking DOIs") as tell:
        report = verify_library(wanted, asked, rules=(), progress=tell)
        tell_of_lock(asked, path)
        for warning in asked.warnings:
            _console.error(warning)
        outages = asked.outages
    wrong = [entry for entry in report.entries if entry.status is not Status.VERIFIED]
    for entry in wrong:
        _console.note(harmless(f"compcite: {_sentence(entry)}"))
    for reason in outages.values():
        _console.error(reason)
    if not wrong:
        return ExitCode.OK
    _console.error("nothing was written, for not every entry is verified")
    silent = all(entry.status is Status.UNVERIFIED for entry in wrong)
    return ExitCode.UNVERIFIED if silent else ExitCode.FINDINGS


def _sentence(entry: EntryReport) -> str:
    """The place of an entry, and why it is not verified."""
    place = entry.source.position(entry.span.start)
    why = _WORDS[entry.status].format(doi=entry.doi)
    return f"{entry.source.name}:{place.line}:{place.column}: {entry.key}: {why}"
