"""Let runs that change the same lists wait for one another, instead of refusing.

A command that asks no service and no user takes its turn before it reads what it changes. One that
asks (``update``, ``verify-dois --fix``, ``edit`` with an editor) may take minutes, so it does not:
what it writes is refused where the file has changed meanwhile.
"""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from compcite.cli import _console
from compcite.files.folder_lock import turn_in

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["end_turn", "take_turn"]

_turns = ExitStack()


def take_turn(names: Iterable[str]) -> None:
    """Wait until no other run changes files in the folders of these; the turn ends with the run.

    The user is told when the wait takes longer. Raises SourceError where others have not ended
    after a minute.
    """
    _turns.enter_context(turn_in({Path(name).parent for name in names if name != "-"}, _tell))


def end_turn() -> None:
    """Let the next run have its turn."""
    _turns.close()


def _tell(folder: Path) -> None:
    """Say what this run waits for."""
    _console.error(f"waiting for another run of compcite that changes files in {folder}")
