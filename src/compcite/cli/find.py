"""``compcite find``: the registered works that best match a citation in words."""

from __future__ import annotations

from typing import Annotated

import typer

from compcite.cli import _console
from compcite.cli._options import (
    Mailto,
    SnapshotFolder,
    Timeout,
)
from compcite.cli._progress import progress
from compcite.cli._works import as_entries
from compcite.config import load_config
from compcite.errors import ExitCode
from compcite.text.terminal import one_line, wrapped
from compcite.verbs.export import export_entries
from compcite.verbs.find import find_works

__all__ = ["EPILOG", "run"]

EPILOG = """Examples:

\b
  compcite find "Neff self-compassion alternative conceptualization 2003"
  compcite find "Raes (2010) Rumination and worry as mediators" --rows 1
"""


def run(
    text: Annotated[list[str], typer.Argument(metavar="TEXT", help="A citation in words.")],
    rows: Annotated[int, typer.Option(min=1, max=50, help="How many works at most.")] = 5,
    mailto: Mailto = None,
    snapshot: SnapshotFolder = None,
    timeout: Timeout = None,
) -> int:
    """Find the registered works that best match a citation in words, best first.

    The percentage says how much of the work's title, authors and year the citation names.
    Ends with 1 where nothing is found, with 3 where nobody could be asked.
    """
    citation = " ".join(text)
    settings = load_config().settings(mailto=mailto, timeout=timeout, snapshot=snapshot)
    with progress("Searching"):
        matches = find_works(citation, settings, rows)
    for work, share in matches:
        shown = one_line(export_entries(as_entries([work]), "apa").text).strip()
        for line in wrapped(f"{share:4.0%}  {shown}", _console.width(), len("100%  ")):
            _console.out(f"{line}\n")
    if not matches:
        _console.error(f"no registered work matches {citation!r}")
        return ExitCode.FINDINGS
    return ExitCode.OK
