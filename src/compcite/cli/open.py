"""``compcite open``: open the pages of works in the browser."""

from __future__ import annotations

from typing import Annotated

import typer

from compcite.cli import _console
from compcite.cli._library import load_with_warnings
from compcite.cli._options import EntryKeys, SourcesAsOption
from compcite.config import load_config
from compcite.errors import ExitCode, UsageError
from compcite.query import pick
from compcite.text.terminal import harmless, one_line
from compcite.values.addresses import web_address

__all__ = ["EPILOG", "run"]

EPILOG = """Examples:

\b
  compcite open neff2003self
  compcite open neff2003self au2017 --print

Exit codes: 0 done, 1 an entry gives no address, 2 could not run.
"""


def run(
    keys: EntryKeys,
    source: SourcesAsOption = None,
    print_: Annotated[
        bool, typer.Option("--print", help="Print the addresses; open nothing.")
    ] = False,
) -> int:
    """Open the page of a work in the browser: that of its DOI, else its URL.

    Without these, the page of arXiv, PubMed or Open Library for the entry's number. Only pages on
    the web are opened.
    """
    entries = pick(load_with_warnings(load_config(), source).entries, keys)
    code = ExitCode.OK
    for entry in entries:
        address = web_address(entry.item)
        if not address:
            _console.error(
                one_line(
                    f"{entry.key}: the entry has no DOI, no web address and no number of arXiv, "
                    "PubMed or a book"
                )
            )
            code = ExitCode.FINDINGS
        elif print_:
            _console.out(harmless(address) + "\n")
        else:
            _open(address)
    return code


def _open(address: str) -> None:
    """Open a page in the user's browser; raises UsageError where there is none."""
    import webbrowser  # noqa: PLC0415 - only for this

    if not webbrowser.open(address):
        raise UsageError(f"there is no browser to open {address}; --print prints addresses")
