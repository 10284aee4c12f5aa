"""``compcite merge``: make one entry of several that are one work."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Annotated

import typer

from compcite.cli import _console
from compcite.cli._changes import DiffOption, say_done, write_or_show
from compcite.cli._cited import CitingDocuments, documents_of
from compcite.cli._completion import complete_key
from compcite.cli._library import load_with_warnings
from compcite.cli._options import SourcesAsOption
from compcite.config import load_config
from compcite.errors import ExitCode, UsageError
from compcite.query import pick
from compcite.text.phrases import amount
from compcite.text.terminal import one_line
from compcite.verbs.merge import merge_all, merge_entries
from compcite.verbs.rename import read_documents, rename_citations

if TYPE_CHECKING:
    from compcite.verbs.merge import Merged, Obstacle

__all__ = ["EPILOG", "run"]

EPILOG = """Examples:

\b
  compcite merge                       all entries that are one work beyond doubt
  compcite merge au2017 au17 --diff
  compcite merge --cited-in paper.tex

Exit codes: 0 done, 1 entries of one work could not be merged (or, with --diff,
something would change), 2 could not run.
"""

_TWO = 2


def run(
    keys: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="KEY",
            help="The keys of entries that are one work; all such entries without any.",
            autocompletion=complete_key,
            show_default=False,
        ),
    ] = None,
    cited_in: CitingDocuments = None,
    source: SourcesAsOption = None,
    diff: DiffOption = False,
) -> int:
    """Merge entries of one work into the first of them, where that loses nothing.

    The first entry gets the fields that only a later one has, and the later keys as aliases in ids.
    Citations of these keys in the documents of --cited-in get the first key. Where two entries
    differ in a field, both stay, and both values are named.
    """
    config = load_config()
    library = load_with_warnings(config, source, to_change=not diff)
    documents = read_documents(documents_of(config.documents(cited_in), source))
    if keys:
        entries = pick(library.entries, keys)
        if len(set(keys)) < _TWO:
            raise UsageError("give two keys or more, or none for all entries that are one work")
        if len({id(entry) for entry in entries}) < _TWO:
            raise UsageError(f"{' and '.join(keys)} are keys of one entry already")
        merged = merge_entries(library, entries)
    else:
        merged = merge_all(library)
    citing = rename_citations(library, documents, merged.names)
    for obstacle in merged.obstacles:
        _tell(obstacle)
    code = write_or_show([*merged.changed, *citing.changed], library.sources, diff=diff)
    if not diff:
        lines = (f"{gone} is now {kept}" for gone, kept in merged.names.items())
        say_done(lines, library.sources)
    _console.note(_summary(merged, citing.citations, documented=bool(documents.names), diff=diff))
    return ExitCode.FINDINGS if merged.obstacles else code


def _tell(obstacle: Obstacle) -> None:
    """Say on stderr why two entries stay, with the values that differ.

    A command that makes a value equal is offered where their keys differ.
    """
    earlier, later = obstacle.earlier, obstacle.later
    _console.error(one_line(f"{later.where} and {earlier.where} are not merged: {obstacle.reason}"))
    for one in obstacle.differences:
        shown = [
            f"{value or 'nothing'} in {entry.key}"
            for value, entry in ((one.earlier, earlier), (one.later, later))
        ]
        _console.note(one_line(f"  {one.field}: {', '.join(shown)}"))
        if one.field != "type" and one.earlier and earlier.key != later.key:
            value = shlex.quote(f"{one.field}={one.earlier}")
            _console.note(one_line(f"    compcite edit {later.key} {value} takes the first"))


def _summary(merged: Merged, citations: int, *, documented: bool, diff: bool) -> str:
    """How many entries were merged, and what became of the citations of their keys.

    ``documented`` is true if the user has named documents, whose citations were changed. ``diff``
    is true if nothing was written.
    """
    if not merged.number:
        return "Nothing to merge." if not merged.obstacles else "Nothing was merged."
    said = f"{'Would merge' if diff else 'Merged'} {amount(merged.number, 'entry')} into others."
    if documented:
        return (
            f"{said} {amount(citations, 'citation')} {'would get' if diff else 'got'} their keys."
        )
    if merged.names:
        said += (
            " biblatex finds the old keys in ids; BibTeX does not, so name your documents with "
            "--cited-in."
        )
    return said
