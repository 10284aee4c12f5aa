"""BibTeX and biblatex: a lossless scanner, a reader, a writer, edits."""

from __future__ import annotations
