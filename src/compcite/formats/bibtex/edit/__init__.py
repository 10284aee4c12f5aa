"""Edit the text of a .bib file; everything outside the edits stays as it is."""

from __future__ import annotations
