"""Tables of what BibTeX and biblatex name: entry types, macros, languages, journals."""

from __future__ import annotations
