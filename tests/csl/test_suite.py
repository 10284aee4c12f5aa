"""The CSL test suite, where it is at hand: what passes once must pass for ever.

``passing.txt`` names the fixtures that come out as they should. It may only grow:
``COMPCITE_UPDATE_PASSING=1 pytest tests/csl/test_suite.py`` adds those that pass by now.
"""

from __future__ import annotations

import importlib.util
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from compcite.errors import CompciteError
from tests.csl import engine

if TYPE_CHECKING:
    from types import ModuleType

PASSING = Path(__file__).with_name("passing.txt")


@pytest.fixture(scope="module")
def runner(shared: Path) -> ModuleType:
    """The suite's runner, which reads fixtures and compares."""
    spec = importlib.util.spec_from_file_location("csltest", shared / "lab" / "csltest.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def passes(runner: ModuleType, fixture: dict[str, Any]) -> bool:
    """Return whether the engine's answer is the fixture's, spelling of markup aside."""
    try:
        answer = engine.render(fixture)
    except (CompciteError, KeyError):
        return False
    return bool(runner.fair(answer) == runner.fair(fixture["result"]))


def test_suite(shared: Path, runner: ModuleType) -> None:
    """Every fixture that has passed before passes."""
    known = set(PASSING.read_text(encoding="utf-8").split())
    fixtures = sorted((shared / "data" / "csl-test-suite").glob("*.txt"))
    now = {path.stem for path in fixtures if passes(runner, runner.parse_fixture(path))}
    if os.environ.get("COMPCITE_UPDATE_PASSING"):
        PASSING.write_text("".join(f"{name}\n" for name in sorted(known | now)), encoding="utf-8")
    lost = {path.stem for path in fixtures} & known - now
    assert sorted(lost) == []
