"""Items as new BibTeX and biblatex entries."""

from __future__ import annotations
