"""Markdown (CommonMark), with HTML where it has no notation of its own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from compcite.csl.richtext import DisplayBlock, Link

if TYPE_CHECKING:
    from compcite.csl.output.sheet import Sheet
    from compcite.csl.richtext import Rich, RichNode

__all__ = ["write", "write_sheet"]

# CommonMark's signs, and those by which pandoc and GitHub begin formulas, notes and citations.
_SPECIAL = re.compile(r"[\\`*_\[\]<>#~|$^@]|&(?=#?\w+;)")
# What would make a list or a heading of an entry that begins with it: "1. ", "+ ", "- ", "===".
_BEGINNING = re.compile(r"(?P<number>\d{1,9})[.)](?:\s|$)|[-+=]")
_MARKS = {
    ("font-style", "italic"): ("*", "*"),
    ("font-style", "oblique"): ("*", "*"),
    ("font-weight", "bold"): ("**", "**"),
    ("font-variant", "small-caps"): ('<span style="font-variant:small-caps;">', "</span>"),
    ("text-decoration", "underline"): ("<u>", "</u>"),
    ("vertical-align", "sup"): ("<sup>", "</sup>"),
    ("vertical-align", "sub"): ("<sub>", "</sub>"),
}


def write(rich: Rich) -> str:
    """Return ``rich`` as one paragraph of Markdown."""
    return " ".join(_nodes(rich).split())


def write_sheet(sheet: Sheet) -> str:
    """Return a bibliography as Markdown, each entry a paragraph."""
    paragraphs = (_escaped_beginning(write(entry)) for entry in sheet.entries)
    return "\n".join(paragraph + "\n" for paragraph in paragraphs)


def _escaped_beginning(paragraph: str) -> str:
    """Return a paragraph with a backslash if it begins like a list: ``3. May`` or ``- A``."""
    found = _BEGINNING.match(paragraph)
    if found is None:
        return paragraph
    at = found.end("number") if found["number"] else 0
    return f"{paragraph[:at]}\\{paragraph[at:]}"


def _nodes(rich: Rich) -> str:
    return "".join(_node(node) for node in rich)


def _node(node: RichNode) -> str:
    """Return a piece of formatted text as Markdown or, where it has no sign for it, as HTML.

    Blanks at the ends of formatted text move outside of its signs.
    """
    if isinstance(node, str):
        return _SPECIAL.sub(r"\\\g<0>", node)
    inner = _nodes(node.children)
    if isinstance(node, DisplayBlock):
        return f" {inner} "
    if isinstance(node, Link):
        url = node.url.replace("<", "%3C").replace(">", "%3E").replace(" ", "%20")
        return f"<{url}>" if inner == _SPECIAL.sub(r"\\\g<0>", url) else f"[{inner}](<{url}>)"
    before, after = _MARKS.get((node.attribute, node.value), ("", ""))
    # Emphasis must hug its text: spaces move outside.
    stripped = inner.strip()
    if not stripped:
        return inner
    left = inner[: len(inner) - len(inner.lstrip())]
    right = inner[len(inner.rstrip()) :]
    return f"{left}{before}{stripped}{after}{right}"
