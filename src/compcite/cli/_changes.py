"""``--diff`` of every command that changes files: write the changes, or only show them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from compcite.cli import _console
from compcite.errors import ExitCode
from compcite.files.decoding import encode
from compcite.files.patch import patch_of
from compcite.files.sources import write_sources
from compcite.text.terminal import harmless, one_line, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from compcite.files.sources import Changed
    from compcite.model.source import SourceFile

__all__ = ["DiffOption", "say_done", "show_changes", "write_changes", "write_or_show"]

# The colours of lines by their beginning, as git has them: heads bold, places cyan.
_COLOURS = {"---": "1", "+++": "1", "@@": "36", "-": "31", "+": "32"}
_CONTINUED = 4  # blanks before the rest of a line that is too long for the terminal

DiffOption = Annotated[
    bool,
    typer.Option("--diff", help="Show what would change, write nothing, end with 1 if so."),
]


def write_or_show(
    changed: Sequence[Changed], sources: Iterable[SourceFile], *, diff: bool
) -> ExitCode:
    """Write changed files, or with ``diff`` only show them; return the exit code of the run.

    It is 1 if a difference was shown, else 0. ``sources`` is everything that the run has read, see
    :func:`write_changes`.
    """
    if diff:
        show_changes(changed)
        return ExitCode.FINDINGS if changed else ExitCode.OK
    write_changes(changed, sources)
    return ExitCode.OK


def show_changes(changed: Sequence[Changed]) -> None:
    """Print the changes as a patch: the exact bytes to a pipe, harmless lines to a terminal.

    On a terminal long lines are wrapped. What is removed is red, what is added green.
    """
    width, colour = _console.width(), _console.colour()
    for before, after in changed:
        patch = patch_of(before, after)
        if width is None and not colour:
            _console.out_bytes(patch)
            continue
        lines = patch.decode("utf-8", "surrogateescape").removesuffix("\n").split("\n")
        shown = (_shown(line, width, colour=colour) for line in lines)
        _console.out_bytes("".join(shown).encode("utf-8", "surrogateescape"))


def _shown(line: str, width: int | None, *, colour: bool) -> str:
    """A line of a patch as a terminal shows it; without a width only its colour is added."""
    if width is not None:
        line = "\n".join(wrapped(harmless(line), width, _CONTINUED))
    style = next((style for mark, style in _COLOURS.items() if line.startswith(mark)), None)
    return f"\x1b[{style}m{line}\x1b[0m\n" if style and colour else f"{line}\n"


def write_changes(changed: Sequence[Changed], sources: Iterable[SourceFile]) -> None:
    """Write changed files, all or none.

    Of the ``sources``, a text from standard input goes to standard output, changed or not: the next
    program of a pipe waits for it. If one of the files cannot be written, none is written, and
    SourceError is raised.
    """
    linked = [one.before.name for one in changed if one.before.path and _has_names(one.before.path)]
    write_sources(changed)
    for name in linked:
        _console.error(f"{name}: its other names on this disk (hard links) keep the old text")
    new = {id(before): after for before, after in changed}
    for source in sources:
        if source.path is None:
            _console.out_bytes(encode(source, new.get(id(source), source).text))


def _has_names(path: Path) -> bool:
    """Whether a file has more than one name. Writing gives the new text to this name alone."""
    try:
        return path.stat().st_nlink > 1
    except OSError:  # a new file
        return False


def say_done(lines: Iterable[str], sources: Iterable[SourceFile]) -> None:
    """Print what was done, a line for each change.

    To standard error where one of the ``sources`` came from standard input, since standard output
    then has its new text.
    """
    aside = any(source.path is None for source in sources)
    for line in lines:
        if aside:
            _console.note(one_line(line))
        else:
            _console.out(one_line(line) + "\n")
