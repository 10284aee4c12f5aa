"""compcite: list, verify and export the reference list that a .bib file holds."""

from __future__ import annotations

__version__ = "0.1.0"
