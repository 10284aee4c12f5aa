"""The writers: rich text, or a whole bibliography of it, in several markups."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from compcite.csl.output import html, latex, markdown, rtf, text, word
from compcite.csl.output.sheet import Sheet
from compcite.csl.richtext import marked_once
from compcite.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from compcite.csl.richtext import Rich

__all__ = ["DOCUMENTS", "MARKUPS", "Sheet", "document", "render"]


@dataclass(frozen=True, slots=True)
class _Document:
    """How a bibliography is written as a document.

    ``write`` makes what goes into somebody's own document. ``write_file`` makes a file of its
    own, for markups in which a file needs more than that: html needs a head, for example.
    """

    suffixes: tuple[str, ...]
    write: Callable[[Sheet], str | bytes]
    write_file: Callable[[Sheet], str | bytes]


MARKUPS: Mapping[str, Callable[[Rich], str]] = {
    "text": text.write,
    "markdown": markdown.write,
    "html": html.write,
    "latex": latex.write,
    "rtf": rtf.write,
}
"""The markups of a citation or a single entry, each with its writer."""

DOCUMENTS: Mapping[str, _Document] = {
    "text": _Document((".txt",), text.write_sheet, text.write_sheet),
    "markdown": _Document((".md", ".markdown"), markdown.write_sheet, markdown.write_sheet),
    "html": _Document((".html", ".htm"), html.write_sheet, html.write_page),
    "latex": _Document((".tex",), latex.write_sheet, latex.write_sheet),
    "rtf": _Document((".rtf",), rtf.write_sheet, rtf.write_sheet),
    "docx": _Document((".docx",), word.write_sheet, word.write_sheet),
}
"""The markups of a whole bibliography, each with the endings of file names that mean it."""


def render(rich: Rich, markup: str = "text") -> str:
    """Return ``rich`` in one of :data:`MARKUPS`; raise UsageError for another."""
    writer = MARKUPS.get(markup)
    if writer is None:
        raise UsageError(f"there is no markup {markup!r}; there are {', '.join(MARKUPS)}")
    return writer(marked_once(rich))


def document(sheet: Sheet, markup: str = "text", *, whole_file: bool = False) -> str | bytes:
    """Return a bibliography in one of :data:`DOCUMENTS`; raise UsageError for another.

    A Word file is bytes. ``whole_file`` asks for a complete file instead of a part to paste into
    one.
    """
    made = DOCUMENTS.get(markup)
    if made is None:
        raise UsageError(f"there is no markup {markup!r}; there are {', '.join(DOCUMENTS)}")
    sheet = replace(sheet, entries=tuple(map(marked_once, sheet.entries)))
    return made.write_file(sheet) if whole_file else made.write(sheet)
