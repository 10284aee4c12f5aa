"""The certificates that both HTTP clients trust.

The client "requests" reads ``REQUESTS_CA_BUNDLE`` and ``CURL_CA_BUNDLE``, the client inside
habanero reads ``SSL_CERT_FILE``, and neither reads those of the other. Here every named file counts
for both.
"""

from __future__ import annotations

import os
import tempfile
import threading
from pathlib import Path

from compcite.registries.network.host import FailedAttempt, Nature
from compcite.text.secrets import shortened, without_secrets

__all__ = ["Certificates"]

_FOR_HABANERO = "SSL_CERT_FILE"
_VARIABLES = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", _FOR_HABANERO)


class Certificates:
    """What the environment says of certificates, read at the first question.

    habanero passes nothing on to its client, so the environment is the only way to tell it. It is
    changed for the length of a run, and only if it does not say the same already.
    """

    def __init__(self) -> None:
        """Nothing read yet."""
        self._lock = threading.Lock()
        self._looked = False
        self._bundle: str | None = None
        self._before: str | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None

    def bundle(self) -> str | None:
        """Return the file or folder to trust, or None if the environment names none.

        Raise :class:`FailedAttempt` if a variable names a file that does not exist.
        """
        with self._lock:
            if not self._looked:
                self._bundle = self._named_files()
                self._looked = True
        return self._bundle

    def close(self) -> None:
        """Restore the variable of the environment that was changed, and remove the joined file."""
        if self._folder is None:
            return
        self._folder.cleanup()
        self._folder = None
        if self._before is None:
            os.environ.pop(_FOR_HABANERO, None)
        else:
            os.environ[_FOR_HABANERO] = self._before

    def _named_files(self) -> str | None:
        """Return the file or folder to trust; several named files are joined into a temporary one.

        For a joined file, the variable that habanero reads is changed. Folders cannot be joined:
        the first of the named paths is then returned. None if none is named. Raise
        :class:`FailedAttempt` for a path that does not exist.
        """
        named = {variable: os.environ.get(variable) for variable in _VARIABLES}
        paths = dict.fromkeys(path for path in named.values() if path)
        for variable, path in named.items():
            if path and not Path(path).exists():
                named_path = shortened(without_secrets(path))
                reason = f"cannot be asked: {variable} names {named_path}, which does not exist"
                raise FailedAttempt(reason, Nature.UNREACHABLE)
        if not paths:
            return None
        folders = [path for path in paths if not Path(path).is_file()]
        if folders or paths.keys() == {named[_FOR_HABANERO]}:
            return next(iter(paths))  # nothing to join, or a folder, which cannot be joined
        self._before = named[_FOR_HABANERO]
        self._folder = tempfile.TemporaryDirectory(prefix="compcite-")
        joined = Path(self._folder.name, "certificates.pem")
        joined.write_bytes(b"\n".join(Path(path).read_bytes() for path in paths))
        os.environ[_FOR_HABANERO] = str(joined)
        return str(joined)
