"""Blocks of a .bib file as entries and items."""

from __future__ import annotations
