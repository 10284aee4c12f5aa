"""Changes to the text of a .bib file that leave everything else as it is."""

from __future__ import annotations
