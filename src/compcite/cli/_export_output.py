"""Write an export to its file or to standard output."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from compcite.cli import _console
from compcite.errors import UsageError
from compcite.files.atomic import write_file

if TYPE_CHECKING:
    from compcite.model.library import Written

__all__ = ["write_export"]


def write_export(written: Written, output: str | None) -> None:
    """Write an export to the file ``output``, else to standard output.

    Raises UsageError for a Word file on a terminal.
    """
    if output is not None:
        write_file(Path(output), written.content)
    elif not written.data:
        _console.result(written.text)
    elif _console.is_terminal():
        raise UsageError("a terminal cannot show a Word file; name a file by --output")
    else:
        _console.out_bytes(written.data)
