"""Turn the blocks of a .bib file into entries and items."""

from __future__ import annotations
