"""What an export became: into its file, or to standard output."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from compcite.cli import _console
from compcite.errors import UsageError
from compcite.files.atomic import write_file

if TYPE_CHECKING:
    from compcite.model.library import Written

__all__ = ["put"]


def put(written: Written, output: str | None) -> None:
    """Write what was made to the file that ``--output`` names, else to standard output.

    Raises UsageError where a terminal would have to show what is no text.
    """
    if output is not None:
        write_file(Path(output), written.content)
    elif not written.data:
        _console.result(written.text)
    elif _console.is_terminal():
        raise UsageError("a terminal cannot show a Word file; name a file by --output")
    else:
        _console.out_bytes(written.data)
