"""compcite: list, verify and export the reference list that a .bib file holds."""

__version__ = "0.1.0"
