"""A processor for the Citation Style Language 1.0.2.

style = Style.load("apa")
for entry in Processor(style).bibliography(items).entries:
    print(render(entry.content, "text"))
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from compcite.csl.documents.bibliography import Bibliography, Entry
from compcite.csl.documents.citations import Rendered
from compcite.csl.documents.locators import parse_locator
from compcite.csl.documents.positions import Cluster
from compcite.csl.output import DOCUMENTS, MARKUPS, Sheet, document, render
from compcite.csl.output.sheet import label_and_rest
from compcite.csl.processor import Processor
from compcite.csl.rendering.context import Cite
from compcite.csl.richtext import plain
from compcite.csl.styles.style import Style

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from compcite.model.item import Item

__all__ = [
    "DOCUMENTS",
    "MARKUPS",
    "Bibliography",
    "Cite",
    "Cluster",
    "Entry",
    "Processor",
    "Rendered",
    "Style",
    "document_of",
    "parse_locator",
    "render",
    "render_bibliography",
]


def render_bibliography(
    items: Iterable[Mapping[str, Any] | Item],
    style: str | Path = "apa",
    locale: str | None = None,
    markup: str = "text",
) -> list[tuple[str, str]]:
    """Return the entries of ``items`` in order, each as its key and its text in ``markup``."""
    bibliography = Processor(Style.load(style), locale).bibliography(items)
    return [(entry.key, render(entry.content, markup)) for entry in bibliography.entries]


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
