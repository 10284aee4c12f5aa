"""The command line: one file per command, one error handler."""

from __future__ import annotations

from compcite.cli._app import run

__all__ = ["run"]
