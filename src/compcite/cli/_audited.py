"""What ``audit`` needs before it begins: its extra, and outputs that are no part of its input."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from compcite.audit.members import files_of
from compcite.cli._outputs import check_outputs
from compcite.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["refuse_read_outputs", "require_extra"]


def require_extra(extra: str, *packages: str) -> None:
    """Raise UsageError, with the line that installs it, where a package of an extra is missing."""
    missing = [package for package in packages if find_spec(package) is None]
    if missing:
        raise UsageError(f'this needs {missing[0]}: pip install "compcite[{extra}]"')


def refuse_read_outputs(
    outputs: Sequence[tuple[str, str | None]],
    paths: Sequence[str],
    also_read: Sequence[str | None],
) -> None:
    """Raise an error where an output cannot be written, or is a file that the audit would read.

    Errors are as for :func:`check_outputs`. Only where an output exists are the paths looked
    through for it, which takes a second for a hundred thousand files.
    """
    check_outputs(outputs, also_read=also_read)
    there = {
        Path(output).resolve(): f"{option} {output}"
        for option, output in outputs
        if output is not None and Path(output).is_file()
    }
    for file in files_of(paths) if there else ():
        if said := there.get(file.resolve()):
            raise UsageError(f"{said}: this is a file which this audit reads; name another file")
