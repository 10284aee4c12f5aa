"""``compcite config``: show the configuration and where each value comes from."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from compcite.cli import _console
from compcite.config import OPTIONS, load_config, shown_value
from compcite.errors import ExitCode
from compcite.text.terminal import harmless

__all__ = ["EPILOG", "run"]

EPILOG = """Examples:

\b
  compcite config
  COMPCITE_MAILTO=me@example.org compcite config
  compcite config --schema > compcite.schema.json
"""


def run(
    schema: Annotated[
        bool, typer.Option("--schema", help="Print the JSON schema of the configuration.")
    ] = False,
) -> int:
    """Show every key of the configuration, its value and where the value comes from.

    What is shown is TOML; keys without a value are comments.
    """
    if schema:
        from compcite.cli._schema import configuration_schema  # noqa: PLC0415 - only when asked

        _console.out(json.dumps(configuration_schema(), ensure_ascii=False, indent=2) + "\n")
        return ExitCode.OK
    config = load_config()
    for option in OPTIONS:
        value, origin = shown_value(option, config[option.key]), config.origins[option.key]
        setting = f"# {option.key} =" if value is None else f"{option.key} = {_toml(value)}"
        for line in (f"# {option.meaning} ({origin})", setting):
            _console.out(harmless(line) + "\n")
    return ExitCode.OK


def _toml(value: object) -> str:
    """A value on one line of TOML; strings are written as in JSON, which TOML reads the same."""
    if isinstance(value, dict):
        pairs = (f"{json.dumps(key, ensure_ascii=False)} = {_toml(v)}" for key, v in value.items())
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return json.dumps(value, ensure_ascii=False)
