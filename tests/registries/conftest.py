"""The registries' waits, made short."""

from __future__ import annotations

import pytest

from compcite.registries import _host, _transport, crossref


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait hundredths of a second where the program waits seconds; the order of waits stays."""
    monkeypatch.setattr(_host, "BACK_OFF_SECONDS", (0.01, 0.02, 0.04))
    monkeypatch.setattr(_host, "ARRIVAL_SECONDS", 0.005)
    monkeypatch.setattr(_host, "SECOND", 0.02)
    monkeypatch.setattr(_host, "WHOLE_REQUEST_SECONDS", 0.4)
    for module in (_transport, crossref):
        monkeypatch.setattr(module, "READ_SECONDS", 0.2)
