"""Write items as new entries of BibTeX and biblatex."""

from __future__ import annotations
