"""HTML as citeproc-js writes it, so that its style sheets fit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compcite.csl.richtext import Block, Link, Span

if TYPE_CHECKING:
    from compcite.csl.richtext import Rich, RichNode

__all__ = ["write", "write_entry"]

_ESCAPES = str.maketrans({"&": "&#38;", "<": "&#60;", ">": "&#62;"})
_TAGS = {
    ("font-style", "italic"): ("<i>", "</i>"),
    ("font-weight", "bold"): ("<b>", "</b>"),
    ("vertical-align", "sup"): ("<sup>", "</sup>"),
    ("vertical-align", "sub"): ("<sub>", "</sub>"),
}


def write(rich: Rich, *, links: bool = True) -> str:
    """Return ``rich`` as HTML; without ``links``, addresses are text, as citeproc-js has them."""
    return "".join(_node(node, links=links) for node in rich)


def write_entry(rich: Rich, *, links: bool = True) -> str:
    """Return ``rich`` as the ``div`` of a bibliography entry."""
    return f'<div class="csl-entry">{write(rich, links=links)}</div>'


def _node(node: RichNode, *, links: bool) -> str:
    if isinstance(node, str):
        return node.translate(_ESCAPES)
    inner = write(node.children, links=links)
    if isinstance(node, Link):
        if not links:
            return inner
        url = node.url.translate(_ESCAPES).replace('"', "&#34;")
        return f'<a href="{url}">{inner}</a>'
    if isinstance(node, Block):
        return f'<div class="csl-{node.display}">{inner}</div>'
    before, after = _tags(node)
    return before + inner + after


def _tags(span: Span) -> tuple[str, str]:
    tags = _TAGS.get((span.attribute, span.value))
    return tags or (f'<span style="{span.attribute}:{span.value};">', "</span>")
