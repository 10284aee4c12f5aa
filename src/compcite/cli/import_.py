"""``compcite import``: bring the entries of other lists into a .bib file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from compcite.cli import _console
from compcite.cli._changes import DiffOption, say_done, write_or_show
from compcite.cli._library import name_empty, name_unreadable, name_unsure
from compcite.cli._outputs import check_outputs
from compcite.cli._target import KeyFormat, To, target_source
from compcite.config import load_config
from compcite.errors import UsageError
from compcite.files.sources import Changed
from compcite.formats import READERS
from compcite.formats.keys import KEY_FORMAT
from compcite.formats.losses import loss
from compcite.text.nearest import unknown
from compcite.text.phrases import amount, in_words
from compcite.text.terminal import one_line
from compcite.verbs.gather import OnDuplicate, gather_entries, missing_preambles
from compcite.verbs.load import load_library

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compcite.model.library import Entry
    from compcite.model.source import SourceFile
    from compcite.verbs.gather import Outcome

__all__ = ["EPILOG", "run"]

EPILOG = """Examples:

\b
  compcite import export.ris --to references.bib
  compcite import coauthor.bib --on-duplicate complete --diff
  compcite import old-list.docx
  pbpaste | compcite import - --from plain-text

Exit codes: 0 done (or, with --diff, nothing to do), 1 with --diff, 2 could not run.
"""


def run(
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE", help="Lists of any readable format, or - for standard input."
        ),
    ],
    to: To = None,
    from_: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="FORMAT",
            help=f"{', '.join(READERS)}; by the names of the files where not given.",
            show_default=False,
        ),
    ] = None,
    on_duplicate: Annotated[
        OnDuplicate,
        typer.Option(
            "--on-duplicate",
            help="A work that is there already: leave the new entry out, let it complete the one "
            "that is there, or add it all the same.",
        ),
    ] = OnDuplicate.SKIP,
    key_format: KeyFormat = KEY_FORMAT,
    diff: DiffOption = False,
) -> int:
    """Add the entries of other lists to a .bib file, in its own style.

    Keys are kept where they are free. Fields from .bib files keep their values as written. Each
    entry whose work is in the file already is named.
    """
    if from_ is not None and from_ not in READERS:
        raise UsageError(unknown("format", from_, READERS))
    library = load_library(files, format_name=from_, tell=_console.error)
    name_empty(library)
    name_unreadable(library)
    target = target_source(load_config(), to, to_change=not diff)
    check_outputs([("--to", target.path)], library)
    gathered = gather_entries(
        target, library.entries, on_duplicate=on_duplicate, key_format=key_format
    )
    changed = [Changed(target, gathered.source)] if gathered.source is not target else []
    code = write_or_show(changed, [target], diff=diff)
    for outcome in gathered.outcomes:
        _warn(outcome, gathered.source)
    for place in missing_preambles(gathered):
        sentence = f"{place}: this @preamble is not copied; the new entries may use its commands"
        _console.error(one_line(sentence))
    if not diff:
        lines = (_done(one.entry, one.added) for one in gathered.outcomes if one.added)
        say_done(lines, [target])
    _console.note(_summary(gathered.outcomes, target.name, diff=diff))
    return code


def _warn(outcome: Outcome, now: SourceFile) -> None:
    """Say on stderr what an entry loses in the .bib file.

    Where its work was there already, also say whether it was added, completed the other or was left
    out.
    """
    entry, added, earlier = outcome.entry, outcome.added, outcome.earlier
    if added is not None:
        name_unsure(entry)
        for sentence in loss(now.name, added.key, entry.item, added.item):
            _console.error(one_line(sentence))
    if earlier is None:
        return
    same = f"{entry.where} is the work of {earlier.where}"
    if added is not None:
        _console.error(one_line(f"{same}; added as {added.key}"))
    elif outcome.completed:
        _console.error(one_line(f"{same}, which gets {in_words(outcome.completed)}"))
    else:
        why = f", since it cannot be completed: {outcome.problem}" if outcome.problem else ""
        _console.error(one_line(f"{same}; left out{why}"))


def _done(entry: Entry, added: Entry) -> str:
    """Where an entry is now: ``refs.bib:12: au2017 (was au17)``."""
    was = f" (was {entry.key})" if entry.key and entry.key != added.key else ""
    return f"{added.where}{was}"


def _summary(outcomes: Sequence[Outcome], name: str, *, diff: bool) -> str:
    """How many entries were added, completed and left out."""
    added = sum(one.added is not None for one in outcomes)
    completed = sum(bool(one.completed) for one in outcomes)
    left = len(outcomes) - added - completed
    verb = "Would add" if diff else "Added"
    said = f"{verb} {added:,} of {amount(len(outcomes), 'entry')} to {one_line(name)}"
    if completed:
        said += f"; {completed:,} complete{'s' * (completed == 1)} one that was there"
    if left:
        said += f"; {left:,} left out, since the work was there"
    return said + "."
