"""``compcite config``: what is in force, and from where."""

from __future__ import annotations

import json

from compcite.cli import _console
from compcite.config import OPTIONS, load_config
from compcite.errors import ExitCode
from compcite.text.terminal import harmless

__all__ = ["EPILOG", "run"]

EPILOG = """Examples:

\b
  compcite config
  COMPCITE_MAILTO=me@example.org compcite config
"""


def run() -> int:
    """Show every key of the configuration, its value and where the value comes from."""
    config = load_config()
    width = max(len(option.key) for option in OPTIONS)
    for option in OPTIONS:
        value = json.dumps(config[option.key], ensure_ascii=False)
        line = f"{option.key:<{width}} = {value}  # {config.origins[option.key]}: {option.meaning}"
        _console.out(harmless(line) + "\n")
    return ExitCode.OK
