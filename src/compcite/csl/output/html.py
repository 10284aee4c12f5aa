"""HTML as citeproc-js writes it, so that its style sheets fit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compcite.csl.output.sheet import label_and_rest
from compcite.csl.richtext import DisplayBlock, Link, Span

if TYPE_CHECKING:
    from collections.abc import Mapping

    from compcite.csl.output.sheet import Sheet
    from compcite.csl.richtext import Rich, RichNode

__all__ = ["write", "write_entry", "write_page", "write_sheet"]

_ESCAPES = str.maketrans({"&": "&#38;", "<": "&#60;", ">": "&#62;"})
_TAGS = {
    ("font-style", "italic"): ("<i>", "</i>"),
    ("font-style", "oblique"): ("<em>", "</em>"),
    ("font-weight", "bold"): ("<b>", "</b>"),
    ("vertical-align", "sup"): ("<sup>", "</sup>"),
    ("vertical-align", "sub"): ("<sub>", "</sub>"),
}
_PAGE = """\
<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>References</title>
<style>
body {{ max-width: 45em; margin: 2em auto; padding: 0 1em; line-height: 1.4; \
font-family: "Times New Roman", Times, serif; }}
a {{ color: inherit; overflow-wrap: anywhere; }}
</style>
</head>
<body>
{body}</body>
</html>
"""


def write(rich: Rich, *, links: bool = True) -> str:
    """Return ``rich`` as HTML; without ``links``, addresses are text, as citeproc-js has them."""
    return "".join(_node(node, {}, links=links) for node in rich)


def write_entry(rich: Rich, *, links: bool = True) -> str:
    """Return ``rich`` as the ``div`` of a bibliography entry."""
    return f'<div class="csl-entry">{write(rich, links=links)}</div>'


def write_sheet(sheet: Sheet) -> str:
    """Return a bibliography as a ``div``, with the indents and spaces that the style asks for.

    The layout is written into the ``style`` of each entry, so that it looks right in any page
    and also where it is pasted from a browser into a word processor.
    """
    width = len(sheet.widest_label) * 0.6 + 0.5  # of an average sign, and of the space behind
    indent = f"{width:.1f}em" if sheet.widest_label else "2em"
    styles = {
        "left-margin": f"display: inline-block; min-width: {indent}; text-indent: 0;",
        "right-inline": "display: inline;",
        "indent": "margin-left: 2em;",
    }
    hanging = sheet.hanging_indent or sheet.widest_label
    layout = [f"margin-left: {indent}; text-indent: -{indent};"] if hanging else []
    if sheet.entry_spacing:
        layout.append(f"margin-bottom: {sheet.entry_spacing}em;")
    entries = "".join(
        f'  <div class="csl-entry"{_style(" ".join(layout))}>{_entry(entry, styles)}</div>\n'
        for entry in sheet.entries
    )
    return f'<div class="csl-bib-body">\n{entries}</div>\n'


def write_page(sheet: Sheet) -> str:
    """Return a bibliography as a web page of its own."""
    return _PAGE.format(language=sheet.language, body=write_sheet(sheet))


def _entry(entry: Rich, styles: Mapping[str, str]) -> str:
    """Return an entry; if it has a label, the text after the label is in a block of its own."""
    label, rest = label_and_rest(entry)
    if label and not any(isinstance(node, DisplayBlock) for node in rest):
        entry = (entry[0], DisplayBlock("right-inline", rest))
    return "".join(_node(node, styles, links=True) for node in entry)


def _node(node: RichNode, styles: Mapping[str, str], *, links: bool) -> str:
    """Return a node as HTML; ``styles`` has the layout of blocks by their ``display``.

    Signs that HTML reserves are escaped. Without ``links`` only the text of a link is written.
    """
    if isinstance(node, str):
        return node.translate(_ESCAPES)
    inner = "".join(_node(child, styles, links=links) for child in node.children)
    if isinstance(node, Link):
        if not links:
            return inner
        url = node.url.translate(_ESCAPES).replace('"', "&#34;")
        return f'<a href="{url}">{inner}</a>'
    if isinstance(node, DisplayBlock):
        layout = _style(styles.get(node.display, ""))
        return f'<div class="csl-{node.display}"{layout}>{inner}</div>'
    before, after = _tags(node)
    return before + inner + after


def _style(layout: str) -> str:
    """Return the ``style`` attribute of a layout, nothing for none."""
    return f' style="{layout}"' if layout else ""


def _tags(span: Span) -> tuple[str, str]:
    tags = _TAGS.get((span.attribute, span.value))
    return tags or (f'<span style="{span.attribute}:{span.value};">', "</span>")
