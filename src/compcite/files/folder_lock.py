"""Let one run at a time write into a folder, or also read the files there that it changes."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from contextvars import ContextVar
from pathlib import Path
from typing import TYPE_CHECKING

from compcite.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

__all__ = ["alone_in", "turn_in"]

# A run that takes its turn holds a lock while it reads, changes and writes a list: half a second,
# six seconds for the longest lists. In a minute, a hundred changes that were started together have
# had their turn.
_PATIENCE = 60.0
_PAUSE = 0.01  # seconds between two attempts
_SILENCE = 1.0  # seconds until a run says that it waits: longer than most runs take

_MY_TURN: ContextVar[frozenset[Path]] = ContextVar("_MY_TURN", default=frozenset())


@contextlib.contextmanager
def turn_in(folders: Iterable[Path], waiting: Callable[[Path], None]) -> Iterator[None]:
    """Wait until no other run changes files in these folders, then keep the others waiting.

    Within, files can be read, changed and written (:func:`alone_in` passes), and no other run that
    takes its turn changes them in between. ``waiting`` is called once for a folder that is not free
    after a second. Raises SourceError where it is not free after a minute.
    """
    mine = {Path(os.path.realpath(folder)) for folder in folders} - _MY_TURN.get()
    with alone_in(mine, waiting):
        token = _MY_TURN.set(_MY_TURN.get() | mine)
        try:
            yield
        finally:
            _MY_TURN.reset(token)


@contextlib.contextmanager
def alone_in(
    folders: Iterable[Path], waiting: Callable[[Path], None] | None = None
) -> Iterator[bool]:
    """Hold the lock of each folder; the value is false where a folder could not be locked.

    The operating system gives the lock back when a run ends, also by ``kill -9``. Some network
    drives have no locks; there, runs are not kept apart. A folder in which this run has its turn is
    locked already. ``waiting`` is called for a folder that is not free after a second. Raises
    SourceError where it is not free after a minute.
    """
    with contextlib.ExitStack() as held:
        complete = True
        # In sorted order, so that no two runs wait for each other.
        wanted = {Path(os.path.realpath(folder)) for folder in folders} - _MY_TURN.get()
        for folder in sorted(wanted):
            handle = _opened(folder)
            if handle is None:
                complete = False
                continue
            held.callback(os.close, handle)
            complete &= _lock(handle, folder, waiting)
        yield complete


def _lock(handle: int, folder: Path, waiting: Callable[[Path], None] | None) -> bool:
    """Lock an open folder, and wait while another run holds it.

    Returns false where the system cannot lock it. ``waiting`` is called once, after a second.
    Raises SourceError after a minute.
    """
    began = time.monotonic()
    while True:
        try:
            _try(handle)
        except (BlockingIOError, PermissionError):  # the second is what Windows raises
            passed = time.monotonic() - began
            if passed > _PATIENCE:
                raise SourceError(
                    f"{folder}: another run of compcite has been changing files in this folder for "
                    f"{_PATIENCE:.0f} seconds, so nothing was written; run compcite again"
                ) from None
            if waiting is not None and passed > _SILENCE:
                waiting(folder)
                waiting = None
            time.sleep(_PAUSE)
        except OSError:
            return False
        else:
            return True


if sys.platform == "win32":
    import hashlib
    import msvcrt
    import tempfile

    def _opened(folder: Path) -> int | None:
        """Open a file that stands for the folder, since Windows cannot open folders.

        It is in the user's folder for temporary files. None where it cannot be opened.
        """
        name = hashlib.sha256(os.fsencode(os.path.normcase(folder))).hexdigest()[:32]
        path = Path(tempfile.gettempdir(), f"compcite-{name}.lock")
        with contextlib.suppress(OSError):
            return os.open(path, os.O_RDWR | os.O_CREAT)
        return None

    def _try(handle: int) -> None:
        """Lock the file now, or raise PermissionError."""
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _opened(folder: Path) -> int | None:
        """The folder, opened; None where that is not possible."""
        with contextlib.suppress(OSError):
            return os.open(folder, os.O_RDONLY | os.O_DIRECTORY)  # a pipe would be waited for
        return None

    def _try(handle: int) -> None:
        """Lock the folder now, or raise BlockingIOError."""
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
