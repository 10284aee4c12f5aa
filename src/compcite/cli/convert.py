"""``compcite convert``: one format to another."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from compcite.cli import _console
from compcite.cli._options import Output, Strict
from compcite.errors import ExitCode, UsageError
from compcite.export import EXPORT_FORMATS, export_entries
from compcite.formats import READABLE
from compcite.formats.atomic import write_file
from compcite.load import load_library
from compcite.text.terminal import harmless

__all__ = ["EPILOG", "run"]

EPILOG = """Examples:

\b
  compcite convert references.txt --to bibtex
  compcite convert library.ris --to csl-json --output library.json
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
            help=f"{', '.join(READABLE)}; by the name of the file where not given.",
            show_default=False,
        ),
    ] = None,
    output: Output = None,
    strict: Strict = False,
) -> int:
    """Convert a reference list between the formats that can be read and written."""
    if to not in EXPORT_FORMATS:
        raise UsageError(f"unknown format {to!r}; known are {', '.join(EXPORT_FORMATS)}")
    if from_ is not None and from_ not in READABLE:
        raise UsageError(f"unknown format {from_!r}; known are {', '.join(READABLE)}")
    library = load_library([file], form=from_)
    for problem in library.problems:
        place = problem.source.position(problem.span.start)
        _console.error(f"{problem.source.name}:{place.line}:{place.column}: {problem.message}")
    written = export_entries(library.entries, to)
    for loss in written.losses:
        _console.error(loss)
    if output is None:
        _console.out(harmless(written.text))
    else:
        write_file(Path(output), written.text.encode("utf-8", "surrogateescape"))
    unread = any(problem.rule == "entry-unparsed" for problem in library.problems)
    return ExitCode.FINDINGS if strict and (unread or written.losses) else ExitCode.OK
