"""``compcite convert``: convert a file from one format to another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from compcite.cli import _console
from compcite.cli._export_output import refuse_empty, write_export
from compcite.cli._library import name_empty, name_unsure
from compcite.cli._options import (
    Mailto,
    Output,
    SnapshotFolder,
    Strict,
    Timeout,
)
from compcite.cli._outputs import check_outputs
from compcite.cli._progress import progress
from compcite.config import load_config
from compcite.errors import ExitCode, UsageError
from compcite.formats import READERS
from compcite.registries.funnel import Registries
from compcite.text.nearest import unknown
from compcite.verbs.export import EXPORT_FORMATS, export_entries
from compcite.verbs.identify import identify
from compcite.verbs.load import load_library

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compcite.model.library import Entry, Library
    from compcite.registries.settings import Settings

__all__ = ["EPILOG", "run"]

EPILOG = """Examples:

\b
  compcite convert references.txt --to bibtex
  compcite convert library.ris --to csl-json --output library.json
  compcite convert references.txt --to bibtex --resolve
  cat paper.json | compcite convert - --from csl-json --to bibtex
"""


def run(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A file, or - for standard input.")],
    to: Annotated[
        str, typer.Option("--to", metavar="FORMAT", help=f"{', '.join(EXPORT_FORMATS)}.")
    ],
    from_: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="FORMAT",
            help=f"{', '.join(READERS)}; by the name of the file where not given.",
            show_default=False,
        ),
    ] = None,
    output: Output = None,
    resolve: Annotated[
        bool,
        typer.Option(
            "--resolve",
            help="Ask the registries: where the work is found, its record is what is written.",
        ),
    ] = False,
    mailto: Mailto = None,
    snapshot: SnapshotFolder = None,
    timeout: Timeout = None,
    strict: Strict = False,
) -> int:
    """Convert a reference list between the formats that can be read and written.

    Plain-text reference lists are taken apart into authors, year, title and so on; fields that may
    well be wrong are named. Without --resolve nobody is asked.
    """
    if to not in EXPORT_FORMATS:
        raise UsageError(unknown("format", to, EXPORT_FORMATS))
    if from_ is not None and from_ not in READERS:
        raise UsageError(unknown("format", from_, READERS))
    library = load_library([file], format_name=from_, tell=_console.error)
    check_outputs([("--output", output)], library)
    name_empty(library)
    for problem in library.problems:
        place = problem.source.position(problem.span.start)
        _console.error(f"{problem.source.name}:{place.line}:{place.column}: {problem.message}")
    refuse_empty(library, output)
    entries, unasked = library.entries, False
    if resolve:
        settings = load_config().settings(mailto=mailto, timeout=timeout, snapshot=snapshot)
        entries, unasked = _resolved(library, settings)
    for entry in entries:
        name_unsure(entry)
    written = export_entries(entries, to, output=output)
    for loss in written.losses:
        _console.error(loss)
    write_export(written, output)
    unread = any(problem.rule == "entry-unparsed" for problem in library.problems)
    if strict and (unread or written.losses):
        return ExitCode.FINDINGS
    return ExitCode.UNVERIFIED if unasked else ExitCode.OK


def _resolved(library: Library, settings: Settings) -> tuple[Sequence[Entry], bool]:
    """The entries with the registries' records; true where some services did not answer.

    An entry whose work is not found stays as it was, and is named on stderr.
    """
    with Registries(settings) as registries, progress("Looking for the works") as tell:
        identified = identify(library, registries, progress=tell)
        outages = registries.outages
    why = "not every registry could be asked" if outages else "no registered work found"
    for key in identified.unknown:
        _console.error(f"{key}: {why}; left as it was")
    for reason in outages.values():
        _console.error(reason)
    return identified.entries, bool(outages)
