"""The journal of a build: what it has done, so that it can go on after it was stopped.

It is a file of JSON Lines in the folder ``building``: first what is built, then a line for each run
that is written whole.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from compcite.errors import SourceError
from compcite.registries.snapshots.layout import MANIFEST, is_generation
from compcite.registries.snapshots.runs import Run

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

__all__ = ["BUILDING", "Journal", "Plan"]

BUILDING = "building"
_NAME = "journal.jsonl"
_SCRATCH = "scratch"
_OWN_FILE = re.compile(r"[0-9]{6}\.\w+\.(parquet|tmp)|\.compcite-.*")


@dataclass(frozen=True, slots=True)
class Plan:
    """What is built: the dumps, and the only agency that is wanted.

    A dump has its path, its size, and when it was changed last: parts of another file under the
    same name must not be mixed with its own.
    ``generation`` is the number of the folder that the build writes.
    """

    dumps: tuple[tuple[str, int, int], ...]
    only: str | None
    generation: int


class Journal:
    """The runs of a build that are written, by their number."""

    def __init__(self, folder: Path, plan: Plan) -> None:
        """Begin a build in a folder, or go on with one.

        Raise SourceError if a build of something else is unfinished there, or if files of somebody
        else are where the build would write.
        """
        self.folder = folder / BUILDING
        self.runs: dict[int, Run] = {}
        self.resumed = False
        self._path = self.folder / _NAME
        lines = self._lines()
        if lines and _plan(lines[0]) != plan:
            begun = _plan(lines[0])
            if begun is None or begun.generation == plan.generation:
                named = ", ".join(name for name, *_ in begun.dumps) if begun else "other dumps"
                raise SourceError(
                    f"{folder}: a build of {named} is unfinished here; go on with the same command "
                    f"and files, or delete {self.folder} to begin another"
                )
            lines = []  # it was finished, and stopped before it could tidy up
        if lines:
            self.runs = {run.number: run for run in map(_run, lines[1:]) if run}
            self.resumed = bool(self.runs)
            return
        _refuse_foreign(self.folder)
        shutil.rmtree(self.folder, ignore_errors=True)
        # What another build has left there would be taken for a part of this one.
        _remove_tables(folder / str(plan.generation))
        self.folder.mkdir(parents=True)
        self._append({"plan": asdict(plan)})

    @property
    def scratch(self) -> Path:
        """The folder for what the memory cannot hold."""
        return self.folder / _SCRATCH

    @property
    def files(self) -> list[Path]:
        """All files in the folder of the build, but the journal."""
        return [path for path in self.folder.iterdir() if path.is_file() and path != self._path]

    def add(self, run: Run) -> None:
        """Note a run that is written."""
        self._append({"run": asdict(run)})
        self.runs[run.number] = run

    def remove(self) -> None:
        """Remove the journal and all runs; the journal first, since it speaks of the runs."""
        self._path.unlink(missing_ok=True)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _append(self, line: object) -> None:
        """Write a line, and wait until it is on the disk."""
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")
            file.flush()
            os.fsync(file.fileno())

    def _lines(self) -> Sequence[object]:
        """Return the lines; one that was cut off by a kill is left out, and removed."""
        try:
            text = self._path.read_bytes().decode("utf-8", "replace")
        except FileNotFoundError:
            return []
        whole, _, rest = text.rpartition("\n")
        if rest:
            self._path.write_text(whole + "\n" if whole else "", encoding="utf-8")
        try:
            return [json.loads(line) for line in whole.splitlines()]
        except ValueError:
            raise SourceError(
                f"{self._path}: is damaged; delete {self.folder} to begin anew"
            ) from None


def _refuse_foreign(folder: Path) -> None:
    """Raise SourceError if the folder of builds holds a file that no build has written."""
    own = (_NAME, _SCRATCH, MANIFEST)
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.name not in own and not _OWN_FILE.fullmatch(path.name):
            raise SourceError(
                f"{folder}: holds other files ({path.name}); move them away, or give a new folder"
            )


def _remove_tables(folder: Path) -> None:
    """Remove the tables that a build has left. Raise SourceError for a folder of somebody else."""
    if not folder.exists():
        return
    if not is_generation(folder):
        raise SourceError(
            f"{folder}: the build would write here, but the folder holds other files; move it away"
        )
    shutil.rmtree(folder)


def _plan(line: object) -> Plan | None:
    """Return the plan in the first line of a journal, or None if it holds none."""
    try:
        said = line["plan"]  # type: ignore[index]
        dumps = tuple((str(name), int(size), int(changed)) for name, size, changed in said["dumps"])
        return Plan(dumps, said["only"], int(said["generation"]))
    except (KeyError, TypeError, ValueError):
        return None


def _run(line: object) -> Run | None:
    """Return the run in a line of a journal, or None if it holds none."""
    try:
        said = line["run"]  # type: ignore[index]
        return Run(**{**said, "faults": tuple(said["faults"])})
    except (KeyError, TypeError):
        return None
