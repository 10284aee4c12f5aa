"""``compcite rule``: explain a rule."""

from __future__ import annotations

from typing import Annotated

import typer

from compcite.checks import RULES, select_rules
from compcite.cli import _console
from compcite.cli._completion import complete_rules
from compcite.errors import ExitCode

__all__ = ["EPILOG", "run"]

EPILOG = """Examples:

\b
  compcite rule
  compcite rule year-mismatch
  compcite rule M5
"""


def run(
    rule: Annotated[
        str | None,
        typer.Argument(
            metavar="RULE",
            help="A name, a code or a family.",
            show_default=False,
            autocompletion=complete_rules,
        ),
    ] = None,
) -> int:
    """Explain a rule: what, why, an example, whether its fix is safe; or list all rules."""
    if rule is None:
        rows = [f"{r.code}  {r.name:<22}  {r.severity:<7}  {r.summary}\n" for r in RULES.values()]
        _console.out("".join(rows))
        return ExitCode.OK
    chosen = select_rules([rule])
    shown = [
        f"{r.name} ({r.code}), {r.severity}, {r.fix.value}\n\n{r.summary}\n\n{r.explanation}\n"
        for r in RULES.values()
        if r.name in chosen
    ]
    _console.out("\n".join(shown))
    return ExitCode.OK
