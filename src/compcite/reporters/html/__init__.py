"""The report as one HTML page, which needs no network, no server and no script to be read."""

from __future__ import annotations

from compcite.reporters.html.page import render

__all__ = ["render"]
