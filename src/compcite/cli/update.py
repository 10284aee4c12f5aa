"""``compcite update``: complete entries from the records of their works."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from compcite.cli import _console
from compcite.cli._changes import DiffOption, say_done, write_or_show
from compcite.cli._completion import complete_key
from compcite.cli._interrupt import first_interrupt
from compcite.cli._library import load_with_warnings
from compcite.cli._options import (
    Mailto,
    Offline,
    Refresh,
    SnapshotFolder,
    SourcesAsOption,
    Timeout,
)
from compcite.cli._progress import progress
from compcite.config import load_config
from compcite.errors import ExitCode, UsageError
from compcite.query import pick
from compcite.registries.funnel import Registries
from compcite.text.nearest import nearest
from compcite.text.phrases import amount, in_words
from compcite.text.terminal import one_line
from compcite.values.field_names import KNOWN_FIELDS
from compcite.verbs.update import Wanted, update_entries

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compcite.model.library import Entry
    from compcite.verbs.update import EntryUpdate

__all__ = ["EPILOG", "run"]

EPILOG = """Examples:

\b
  compcite update
  compcite update au2017 vaswani2017attention --diff
  compcite update --field doi --field pages --suggest
  compcite update neff2003self --overwrite

Exit codes: 0 done, 1 an entry could not be completed (or, with --diff, something would
change), 2 could not run, 3 a record could not be had, 130 interrupted.
"""


def run(
    keys: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="KEY",
            help="Citation keys; all entries without any.",
            autocompletion=complete_key,
            show_default=False,
        ),
    ] = None,
    source: SourcesAsOption = None,
    field: Annotated[
        list[str] | None,
        typer.Option(
            "--field",
            metavar="NAME",
            help="Write only this field; repeatable. Preprints then stay preprints.",
            show_default=False,
        ),
    ] = None,
    overwrite: Annotated[
        bool,
        typer.Option(
            "--overwrite",
            help="Also replace values that differ from the record by more than their spelling.",
        ),
    ] = False,
    suggest: Annotated[
        bool,
        typer.Option("--suggest", help="Look for the works of entries without a DOI, too."),
    ] = False,
    diff: DiffOption = False,
    mailto: Mailto = None,
    offline: Offline = False,
    refresh: Refresh = False,
    snapshot: SnapshotFolder = None,
    timeout: Timeout = None,
) -> int:
    """Add the fields that entries lack from the records of their DOIs.

    Nothing that an entry says changes, except with --overwrite. The entry of a preprint that was
    published becomes that of the article, as a whole; the preprint's number stays in eprint.
    """
    wanted = Wanted(_known_fields(field or ()), overwrite=overwrite, suggest=suggest)
    config = load_config()
    library = load_with_warnings(config, source)
    entries = _in_bib_files(pick(library.entries, keys) if keys else library.entries)
    settings = config.settings(
        mailto=mailto,
        offline=offline or None,
        refresh=refresh or None,
        timeout=timeout,
        snapshot=snapshot,
    )
    with (
        Registries(settings) as registries,
        first_interrupt(registries.stop) as interrupted,
        progress("Asking for records") as tell,
    ):
        updates = update_entries(library, entries, registries, wanted, progress=tell)
        outages = registries.outages
    if interrupted():
        return ExitCode.INTERRUPTED
    for one in updates.entries:
        _warn(one, named=bool(keys))
    for reason in outages.values():
        _console.error(reason)
    code = write_or_show(updates.changed, library.sources, diff=diff)
    if not diff:
        say_done((_done(one) for one in updates.entries if one.edits), library.sources)
    _console.note(_summary(updates.entries, diff=diff, suggest=suggest))
    return _exit_code(updates.entries, code, named=bool(keys))


def _in_bib_files(entries: Sequence[Entry]) -> list[Entry]:
    """The entries of .bib files; the other sources are named on stderr.

    Raises UsageError where there are entries, but none in a .bib file.
    """
    found = [entry for entry in entries if entry.format == "bibtex"]
    others = {e.source.name for e in entries if e.format != "bibtex" and e.source is not None}
    for name in sorted(others):
        sentence = f"{one_line(name)}: entries are completed in .bib files only"
        if not found:
            raise UsageError(f"{sentence}; compcite import brings them into one")
        _console.error(sentence)
    return found


def _known_fields(names: Sequence[str]) -> frozenset[str]:
    """The names of fields in lower case; raises UsageError for one that no style or program has."""
    fields = frozenset(name.lower() for name in names)
    for name in sorted(fields - KNOWN_FIELDS):
        near = nearest(name, KNOWN_FIELDS)
        hint = f"; did you mean {near}?" if near else ""
        raise UsageError(f"--field {name}: there is no such field{hint}")
    return fields


def _warn(update: EntryUpdate, *, named: bool) -> None:
    """Say on stderr what is wrong with a work, and what could not be done and why.

    That an entry has no DOI is said only with ``named``: where the user named the entries.
    """
    place = update.entry.where
    for notice in update.notices:
        _console.error(one_line(f"{place}: {notice}"))
    if update.problem:
        _console.error(one_line(f"{place}: not completed: {update.problem}"))
    elif update.missing and named:
        _console.error(
            one_line(f"{place}: has no DOI; compcite update {update.entry.key} --suggest looks")
        )


def _done(update: EntryUpdate) -> str:
    """What was done to an entry: ``refs.bib:12: au2017: pages and volume``."""
    what = f"is now the article {update.article}" if update.article else in_words(update.fields)
    return f"{update.entry.where}: {what}"


def _summary(updates: Sequence[EntryUpdate], *, diff: bool, suggest: bool) -> str:
    """How many entries were completed, and how many have no DOI."""
    count = sum(bool(one.edits) for one in updates)
    done = (
        f"{'Would complete' if diff else 'Completed'} {count:,} of {amount(len(updates), 'entry')}."
    )
    missing = sum(one.missing for one in updates)
    if not missing:
        return done
    have = "has" if missing == 1 else "have"
    hint = "" if suggest else ": --suggest looks for their works"
    return f"{done} {amount(missing, 'entry')} {have} no DOI{hint}."


def _exit_code(updates: Sequence[EntryUpdate], code: ExitCode, *, named: bool) -> ExitCode:
    """The exit code of the run; ``code`` is that of writing or showing the changes.

    It is 1 where an entry could not be completed or a difference was shown, else 3 where a service
    did not answer, else 0. Only for entries that the user ``named`` a missing DOI counts.
    """
    if code is not ExitCode.OK or any(
        (one.problem or (named and one.missing)) and not one.unanswered for one in updates
    ):
        return ExitCode.FINDINGS
    unanswered = any(one.unanswered for one in updates)
    return ExitCode.UNVERIFIED if unanswered else ExitCode.OK
