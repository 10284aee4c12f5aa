"""The registries' waits, made short."""

from __future__ import annotations

from functools import partial

import pytest

from compcite.registries import crossref
from compcite.registries.network import host, transport
from compcite.registries.network.pace import Schedule


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait hundredths of a second where the program waits seconds; the order of waits stays."""
    monkeypatch.setattr(host, "BACK_OFF_SECONDS", (0.01, 0.02, 0.04))
    monkeypatch.setattr(host, "Schedule", partial(Schedule, second=0.02))
    monkeypatch.setattr(host, "WHOLE_REQUEST_SECONDS", 1.0)
    for module in (transport, crossref):
        monkeypatch.setattr(module, "READ_SECONDS", 0.5)
