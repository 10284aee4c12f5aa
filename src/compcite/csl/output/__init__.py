"""The writers: one rich-text tree, several markups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compcite.csl.output import html, latex, markdown, rtf, text
from compcite.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from compcite.csl.richtext import Rich

__all__ = ["MARKUPS", "render"]

MARKUPS: Mapping[str, Callable[[Rich], str]] = {
    "text": text.write,
    "markdown": markdown.write,
    "html": html.write,
    "latex": latex.write,
    "rtf": rtf.write,
}


def render(rich: Rich, markup: str = "text") -> str:
    """Return ``rich`` in one of :data:`MARKUPS`."""
    writer = MARKUPS.get(markup)
    if writer is None:
        raise UsageError(f"there is no markup {markup!r}; there are {', '.join(MARKUPS)}")
    return writer(rich)
