"""What all tests share: where the real material is, and hypothesis without chance."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from tests.registry_server import RegistryServer

if TYPE_CHECKING:
    from collections.abc import Iterator

# Whoever runs the tests in the background may have made them deaf to Ctrl-C, and with them the
# programs that they start and interrupt.
signal.signal(signal.SIGINT, signal.default_int_handler)

settings.register_profile(
    "gate",
    derandomize=True,
    deadline=None,
    max_examples=100,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("gate")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real material, beside the checkout or named by COMPCITE_SHARED."""
    root = Path(__file__).parents[1]
    folder = Path(os.environ.get("COMPCITE_SHARED", root.parent / "shared"))
    if not (folder / "data").is_dir():
        pytest.skip("the real material is not here")
    return folder


@pytest.fixture(scope="session")
def published(shared: Path) -> list[Path]:
    """The .bib files that people published; a test that loops over none would prove nothing."""
    files = sorted((shared / "data" / "bib").glob("*.bib*"))
    assert files
    return files


@pytest.fixture
def registry_server() -> Iterator[RegistryServer]:
    """A server of one's own that answers as the registries do, with faults on demand."""
    with RegistryServer() as server:
        yield server
