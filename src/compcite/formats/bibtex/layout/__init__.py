"""Lay a .bib text out anew: the same entries, macros and comments with other blanks between."""

from __future__ import annotations
