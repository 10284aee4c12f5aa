"""The kinds of documents that compcite reads, and the endings of their files' names.

One part of compcite reads the DOIs in a document, another the keys that it cites. Both take the
endings from here, so that they know the same kinds. LaTeX's auxiliary files only hold cited keys.
"""

from __future__ import annotations

__all__ = ["DOCUMENT_SUFFIXES"]

DOCUMENT_SUFFIXES = {
    "latex": (".tex", ".ltx", ".latex", ".rnw"),
    "markdown": (".md", ".markdown", ".qmd", ".rmd"),
    "notebook": (".ipynb",),
    "restructuredtext": (".rst",),
    "typst": (".typ",),
    "org": (".org",),
    "html": (".html", ".htm"),
    "text": (".txt",),
}
"""The endings of each kind of document, in small letters."""
