"""The command line: one module for each command, and one place that handles errors."""

from __future__ import annotations

from compcite.cli._app import run

__all__ = ["run"]
