"""Let one run at a time write into a folder."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from compcite.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["alone_in"]

# A run holds a lock while it writes files and renames them: milliseconds, seconds on a slow disk.
_PATIENCE = 10.0
_PAUSE = 0.01  # seconds between two attempts


@contextlib.contextmanager
def alone_in(folders: Iterable[Path]) -> Iterator[bool]:
    """Hold the lock of each folder; the value is false where a folder could not be locked.

    The operating system gives the lock back when a run ends, also by ``kill -9``. Some network
    drives have no locks; there, runs are not kept apart. Raises SourceError where another run holds
    a lock for ten seconds.
    """
    with contextlib.ExitStack() as held:
        complete = True
        # In sorted order, so that no two runs wait for each other.
        for folder in sorted({Path(os.path.realpath(folder)) for folder in folders}):
            handle = _opened(folder)
            if handle is None:
                complete = False
                continue
            held.callback(os.close, handle)
            complete &= _lock(handle, folder)
        yield complete


def _lock(handle: int, folder: Path) -> bool:
    """Lock an open folder, and wait while another run has it; false where that is impossible."""
    end = time.monotonic() + _PATIENCE
    while True:
        try:
            _try(handle)
        except (BlockingIOError, PermissionError):  # the second is what Windows raises
            if time.monotonic() > end:
                raise SourceError(
                    f"{folder}: another run of compcite has been writing into this folder for "
                    f"{_PATIENCE:.0f} seconds, so nothing was written; run compcite again"
                ) from None
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
        """A file of the user's own that stands for the folder: Windows cannot open folders."""
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
            return os.open(folder, os.O_RDONLY)
        return None

    def _try(handle: int) -> None:
        """Lock the folder now, or raise BlockingIOError."""
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
