"""What compcite talks about: items, entries, works, findings, reports, as frozen dataclasses."""

from __future__ import annotations
