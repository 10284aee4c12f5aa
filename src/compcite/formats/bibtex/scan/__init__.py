"""Split a .bib text into blocks; joined, the blocks are exactly the text."""

from __future__ import annotations
