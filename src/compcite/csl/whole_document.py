"""A bibliography as a document, in each of the markups that make one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compcite.csl.output import document
from compcite.csl.output.sheet import Sheet, label_and_rest
from compcite.csl.richtext import plain

if TYPE_CHECKING:
    from compcite.csl.documents.bibliography import Bibliography

__all__ = ["document_of"]


def document_of(
    bibliography: Bibliography,
    markup: str = "text",
    *,
    language: str = "en-US",
    whole_file: bool = False,
) -> str | bytes:
    """Return a bibliography as a document in one of :data:`DOCUMENTS`.

    With ``whole_file`` it is a file that programs open, such as a web page; without, it is what
    goes into somebody's own document. A Word file (``docx``) is bytes.
    """
    sheet = Sheet(
        tuple(entry.content for entry in bibliography.entries),
        language,
        hanging_indent=bibliography.hanging_indent,
        entry_spacing=bibliography.entry_spacing,
        widest_label=_widest_label(bibliography),
    )
    return document(sheet, markup, whole_file=whole_file)


def _widest_label(bibliography: Bibliography) -> str:
    """Return the longest label in the margin, such as ``[12]``; empty where there is none."""
    labels = (label_and_rest(entry.content)[0] for entry in bibliography.entries)
    return max((plain(label).strip() for label in labels), key=len, default="")
