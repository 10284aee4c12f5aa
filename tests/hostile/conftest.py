"""The command line in a folder of its own, as the tests of the commands have it."""

from __future__ import annotations

from tests.cli.conftest import compcite, folder, references, registries

__all__ = ["compcite", "folder", "references", "registries"]
