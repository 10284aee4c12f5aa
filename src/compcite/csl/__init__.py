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
from compcite.csl.output import MARKUPS, render
from compcite.csl.processor import Processor
from compcite.csl.rendering.context import Cite
from compcite.csl.styles.style import Style

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from compcite.model.item import Item

__all__ = [
    "MARKUPS",
    "Bibliography",
    "Cite",
    "Cluster",
    "Entry",
    "Processor",
    "Rendered",
    "Style",
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
