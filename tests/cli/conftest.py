"""The command line as a user calls it, in a folder of its own."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Protocol

import pytest

from compcite.cli import run
from compcite.registries.network import host as hosts
from compcite.registries.network.pace import Schedule

if TYPE_CHECKING:
    from pathlib import Path

    from tests.registry_server import RegistryServer


@dataclass(frozen=True)
class Result:
    """How a command ended, and what it wrote."""

    code: int
    out: str
    err: str


class Compcite(Protocol):
    """Runs a command line."""

    def __call__(self, *arguments: str) -> Result:
        """Run compcite with these arguments."""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working folder, with nothing of the developer's environment in force."""
    for variable in [name for name in os.environ if name.startswith("COMPCITE_")]:
        monkeypatch.delenv(variable)
    for variable in ("NO_COLOR", "FORCE_COLOR", "CI", "GITHUB_ACTIONS", "COLUMNS"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("COMPCITE_CACHE_DIR", str(tmp_path / "cache"))
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)
    return work


@pytest.fixture
def compcite(folder: Path, capfd: pytest.CaptureFixture[str]) -> Compcite:
    """The command line, run in the working folder."""
    assert folder.is_dir()

    def call(*arguments: str) -> Result:
        capfd.readouterr()
        code = run(list(arguments))
        captured = capfd.readouterr()
        return Result(code, captured.out, captured.err)

    return call


@pytest.fixture
def registries(
    registry_server: RegistryServer, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> RegistryServer:
    """The registries' stand-in, to which the environment leads; waits are short."""
    assert folder.is_dir()
    for variable, origin in registry_server.environment().items():
        monkeypatch.setenv(variable, origin)
    monkeypatch.setattr(hosts, "BACK_OFF_SECONDS", (0.01, 0.02, 0.04))
    monkeypatch.setattr(hosts, "Schedule", partial(Schedule, second=0.02))
    return registry_server


NEFF = """@article{neff2003self,
  author = {Neff, Kristin D.},
  title = {Self-Compassion: An Alternative Conceptualization},
  journal = {Self and Identity},
  year = 2003,
  volume = 2,
  number = 2,
  pages = {85--101},
  doi = {10.1080/15298860309032}
}
"""
RAES = """@article{raes2010rumination,
  author = {Raes, Filip and Sch{\\"o}n, Ana},
  title = {Rumination and worry as mediators},
  journal = {Personality and Individual Differences},
  year = {2010}
}
"""


@pytest.fixture
def references(folder: Path) -> Path:
    """A references.bib with two entries."""
    path = folder / "references.bib"
    path.write_text(NEFF + "\n" + RAES, encoding="utf-8")
    return path
