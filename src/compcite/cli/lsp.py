"""``compcite lsp``: the language server, for editors."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Annotated

import typer

from compcite.errors import ExitCode, UsageError

__all__ = ["EPILOG", "run"]

EPILOG = """Examples:

\b
  compcite lsp

An editor starts this command and speaks to it through standard input and output. The
page on editors says how to set up Neovim, Helix, Emacs, VS Code and Zed.
"""


def run(
    *,
    stdio: Annotated[  # noqa: ARG001 - the only way to speak; some editors always ask for it
        bool,
        typer.Option("--stdio", help="Speak through standard input and output; always so."),
    ] = False,
) -> int:
    """Serve an editor: findings as you type, fixes, what the registries say, citation keys.

    Speaks the language server protocol. Needs pip install "compcite[lsp]".
    """
    if find_spec("pygls") is None:
        raise UsageError("the language server needs more packages: pip install 'compcite[lsp]'")
    from compcite.lsp.server import serve  # noqa: PLC0415 - needs the packages of the extra

    serve()
    return ExitCode.OK
