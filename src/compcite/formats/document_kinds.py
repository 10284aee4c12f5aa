"""The kinds of documents that are read, and the endings of their files' names.

What mentions DOIs and what cites keys is read from the same files; each side says how it reads
a kind, and neither has endings of its own. LaTeX's auxiliary files cite, and mention nothing.
"""

from __future__ import annotations

__all__ = ["DOCUMENT_SUFFIXES"]

DOCUMENT_SUFFIXES = {
    "latex": (".tex", ".ltx", ".latex", ".rnw"),
    "markdown": (".md", ".markdown", ".qmd", ".rmd"),
    "notebook": (".ipynb",),
    "restructuredtext": (".rst",),
    "typst": (".typ",),
    "html": (".html", ".htm"),
    "text": (".txt",),
}
"""The endings of each kind of document, in small letters."""
