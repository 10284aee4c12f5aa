"""Write an export to its file or to standard output, and never nothing over something."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from compcite.cli import _console
from compcite.errors import SourceError, UsageError
from compcite.files.atomic import write_file

if TYPE_CHECKING:
    from compcite.model.library import Library, Written

__all__ = ["refuse_empty", "refuse_no_match", "write_export"]


def refuse_empty(library: Library, output: str | None) -> None:
    """Raise SourceError where a file would be replaced although no entry was read.

    A source that cannot be read must not cost the bibliography that an earlier run has written.
    """
    if output is not None and not library.entries:
        names = ", ".join(source.name for source in library.sources)
        raise SourceError(f"{names}: no entry to write; {output} is left as it was")


def refuse_no_match(library: Library, output: str | None) -> None:
    """Raise SourceError if the output is a file with content; it is called if no entry matches.

    A misspelled name in ``--where`` must not cost the bibliography of an earlier run.
    """
    if output is not None and Path(output).is_file() and Path(output).stat().st_size:
        raise SourceError(
            f"no entry matches --where (of {len(library.entries):,}); {output} is left as it was"
        )


def write_export(written: Written, output: str | None) -> None:
    """Write an export to the file ``output``, else to standard output.

    Who sits at a terminal is told that the file is written.

    Raises UsageError for a Word file on a terminal.
    """
    if output is not None:
        write_file(Path(output), written.content)
        if _console.is_terminal():
            _console.error(f"{output} is written")
    elif not written.data:
        _console.result(written.text)
    elif _console.is_terminal():
        raise UsageError("a terminal cannot show a Word file; name a file by --output")
    else:
        _console.out_bytes(written.data)
