"""A processor for the Citation Style Language 1.0.2.

style = Style.load("apa")
for entry in Processor(style).bibliography(items).entries:
    print(render(entry.content, "text"))

The names are imported when they are first asked for: to read CSL-JSON takes ``csl.items`` alone,
and not the processor.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from compcite.csl.documents.bibliography import Bibliography, BibliographyEntry
    from compcite.csl.documents.citations import Rendered
    from compcite.csl.documents.positions import Cluster
    from compcite.csl.output import DOCUMENTS, MARKUPS, render
    from compcite.csl.processor import Processor
    from compcite.csl.rendering.context import Cite
    from compcite.csl.rendering.locators import parse_locator
    from compcite.csl.styles.style import Style
    from compcite.csl.whole_document import document_of

__all__ = [
    "DOCUMENTS",
    "MARKUPS",
    "Bibliography",
    "BibliographyEntry",
    "Cite",
    "Cluster",
    "Processor",
    "Rendered",
    "Style",
    "document_of",
    "parse_locator",
    "render",
]

_HOMES = {
    "Bibliography": "documents.bibliography",
    "Cite": "rendering.context",
    "Cluster": "documents.positions",
    "DOCUMENTS": "output",
    "BibliographyEntry": "documents.bibliography",
    "MARKUPS": "output",
    "Processor": "processor",
    "Rendered": "documents.citations",
    "Style": "styles.style",
    "document_of": "whole_document",
    "parse_locator": "rendering.locators",
    "render": "output",
}


def __getattr__(name: str) -> object:
    """Import a name of this package from the module that defines it."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value
