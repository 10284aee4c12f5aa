"""The snapshot of an audit: opened once to be checked, then by each process for itself."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from compcite.audit.answers import SnapshotError
from compcite.registries.funnel import Registries
from compcite.registries.snapshots.snapshot import Snapshot

if TYPE_CHECKING:
    import datetime as dt

    from compcite.registries.settings import Settings

__all__ = ["SnapshotSource"]


@dataclass(frozen=True, slots=True)
class SnapshotSource:
    """A snapshot that can be opened in other processes and on other machines.

    ``settings`` ask the snapshot and nobody else. ``digest`` is equal only for the same records,
    and ``newest`` is the day up to which its agencies are known. ``files`` are its Parquet files
    with the records.
    """

    settings: Settings
    digest: str
    newest: dt.date | None
    files: tuple[str, ...]

    @classmethod
    def of(cls, settings: Settings) -> SnapshotSource:
        """The snapshot that these settings name.

        Raises SourceError where it cannot be read, UsageError where DuckDB is not installed.
        """
        name = settings.snapshot or ""
        if "://" not in name:
            name = str(Path(name).resolve())  # other processes have other working folders
        snapshot = Snapshot(name)
        # Answers that are kept on this machine would come first, and other machines lack them.
        alone = replace(
            settings,
            snapshot=name,
            offline=True,
            refresh=False,
            cache_path=None,
            openalex_key=None,
        )
        try:
            return cls(
                alone,
                snapshot.manifest.encode().decode(),
                snapshot.newest,
                tuple(snapshot.record_files()),
            )
        finally:
            snapshot.close()

    def open(self) -> Registries:
        """Whoever answers from the snapshot.

        Raises SnapshotError where it was built anew since the audit began: lists would be judged
        from other records, and kept under the digest of the old ones.
        """
        snapshot = Snapshot(self.settings.snapshot or "")
        try:
            now = snapshot.manifest.encode().decode()
        finally:
            snapshot.close()
        if now != self.digest:
            raise SnapshotError(
                f"{self.settings.snapshot}: the snapshot was built anew while the audit ran; give "
                "the same command again"
            )
        return Registries(self.settings)
