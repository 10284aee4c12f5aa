"""A .bib text as blocks that join to exactly that text."""

from __future__ import annotations
