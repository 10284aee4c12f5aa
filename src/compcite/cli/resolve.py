"""``compcite resolve``: show the registered record of a DOI in any export format."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from compcite.cli._export_output import write_export
from compcite.cli._options import (
    Mailto,
    Offline,
    Output,
    Refresh,
    SnapshotFolder,
    Timeout,
)
from compcite.cli._outputs import check_outputs
from compcite.cli._works import as_entries, look_up_whole, tell_of_outcomes
from compcite.config import load_config
from compcite.errors import ExitCode, UsageError
from compcite.model.doi import DOI
from compcite.model.work import Found, NotFound
from compcite.text.nearest import unknown
from compcite.verbs.export import EXPORT_FORMATS, export_entries

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compcite.model.work import Outcome

__all__ = ["EPILOG", "run"]

EPILOG = """Examples:

\b
  compcite resolve 10.1016/j.beth.2016.11.012
  compcite resolve https://doi.org/10.1037/cou0000275 --format bibtex
"""


def run(
    dois: Annotated[list[str], typer.Argument(metavar="DOI", help="DOIs in any form.")],
    format_: Annotated[
        str, typer.Option("--format", metavar="FORMAT", help=f"{', '.join(EXPORT_FORMATS)}.")
    ] = "apa",
    output: Output = None,
    mailto: Mailto = None,
    offline: Offline = False,
    refresh: Refresh = False,
    snapshot: SnapshotFolder = None,
    timeout: Timeout = None,
) -> int:
    """Show what the registration agency holds of each DOI, in any export format.

    Ends with 1 where a DOI is not registered, with 3 where one could not be asked for.
    """
    if format_ not in EXPORT_FORMATS:
        raise UsageError(unknown("format", format_, EXPORT_FORMATS))
    check_outputs([("--output", output)])
    asked = [DOI.given(text) for text in dois]
    settings = load_config().settings(
        mailto=mailto,
        offline=offline or None,
        refresh=refresh or None,
        timeout=timeout,
        snapshot=snapshot,
    )
    outcomes = look_up_whole(asked, settings)
    works = [outcome.work for outcome in outcomes if isinstance(outcome, Found)]
    tell_of_outcomes(outcomes)
    if works:
        write_export(export_entries(as_entries(works), format_, output=output), output)
    return _code(outcomes)


def _code(outcomes: Sequence[Outcome]) -> ExitCode:
    """The exit code: 1 for a DOI that is not registered, 3 for one without an answer, else 0."""
    if any(isinstance(outcome, NotFound) for outcome in outcomes):
        return ExitCode.FINDINGS
    whole = all(isinstance(outcome, Found) for outcome in outcomes)
    return ExitCode.OK if whole else ExitCode.UNVERIFIED
