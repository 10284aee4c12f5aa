"""``compcite styles``: list the CSL styles that can be used."""

from __future__ import annotations

from typing import Annotated

import typer

from compcite.cli import _console
from compcite.csl.styles.catalog import available_styles
from compcite.errors import ExitCode
from compcite.text.terminal import one_line

__all__ = ["EPILOG", "run"]

EPILOG = """Examples:

\b
  compcite styles
  compcite styles --search chicago

Short names are known too: mla, ama, vancouver, chicago, harvard and others. Letter case does not
matter. More styles: pip install "compcite[styles]", or give --style the path of a .csl file.
"""


def run(
    search: Annotated[
        str | None,
        typer.Option(
            metavar="WORD", help="Only styles whose name or title has it.", show_default=False
        ),
    ] = None,
) -> int:
    """List the CSL styles at hand: the name that --style takes, and the title."""
    words = (search or "").casefold().split()
    found = [
        style
        for style in available_styles()
        if all(word in f"{style.name} {style.title}".casefold() for word in words)
    ]
    width = max((len(style.name) for style in found), default=0)
    _console.out("".join(f"{style.name:<{width}}  {one_line(style.title)}\n" for style in found))
    if not found:
        _console.error(f"no style has {search!r} in its name or title")
    return ExitCode.OK if found else ExitCode.FINDINGS
