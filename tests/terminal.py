"""A terminal of a chosen width, on which a command is run as a person runs it."""

from __future__ import annotations

import contextlib
import os
import struct
import subprocess
import sys

__all__ = ["on_terminal"]


def on_terminal(*arguments: str, width: int = 80) -> str:
    """What a terminal shows when compcite is run on it: standard output and error as one text."""
    import fcntl  # noqa: PLC0415 - not on Windows
    import pty  # noqa: PLC0415 - likewise
    import termios  # noqa: PLC0415 - likewise

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, width, 0, 0))
    running = subprocess.Popen(
        [sys.executable, "-m", "compcite", *arguments],
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "TERM": "xterm-256color"},
    )
    os.close(theirs)
    shown = b""
    with contextlib.suppress(OSError):  # Linux says so where the other end is closed
        while part := os.read(ours, 65536):
            shown += part
    os.close(ours)
    running.wait(timeout=60)
    return shown.decode("utf-8").replace("\r\n", "\n")
