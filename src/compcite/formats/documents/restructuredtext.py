"""Find the prose of a reStructuredText document.

Source: the reStructuredText specification of Docutils (literal blocks, explicit markup, inline
literals), and the directives of Docutils and Sphinx that hold code.
"""

from __future__ import annotations

import re

from compcite.formats.documents.blanking import LINE, blank

__all__ = ["restructuredtext_prose"]

_INDENT = re.compile(r"[ \t]*")
_DIRECTIVE = re.compile(r"(?:\|[^|\r\n]+\|[ \t]+)?([\w:+.-]+?)[ \t]*::(?=\s|$)")
_OPTION = re.compile(r":[\w-]+:")
_CODE = (
    "code code-block sourcecode highlight parsed-literal literalinclude math raw doctest "
    "testcode testsetup testoutput ipython plot graphviz mermaid jupyter-execute csv-table "
    "image"
)
# Explicit markup that is no comment: footnotes, citations, targets, directives, substitutions.
_MARKUP = re.compile(r"\[[^\]\r\n]+\](?:\s|$)|_|\||[\w:+.-]+[ \t]*::(?:\s|$)")
_LITERAL = re.compile(r"``(?:[^`\r\n]|`(?!`)|\r\n?(?![ \t]*[\r\n])|\n(?![ \t]*[\r\n]))+?``")


def restructuredtext_prose(text: str) -> str:
    """Return the text with blanks for literals, code and comments. Offsets stay as they are.

    The options of a directive stay, since that of an image can name the target of a link.
    """
    blanked: list[tuple[int, int]] = []
    blocked: int | None = None  # the indentation of what a block without prose belongs to
    options = False  # a directive's options go on: an image's names the target of a link
    for line in LINE.finditer(text):
        body = line[0].strip()
        indent = _column(line[0])
        if blocked is not None and (not body or indent > blocked):
            options = options and _OPTION.match(body) is not None
            if not options:
                blanked.append(line.span())
            continue
        blocked, options = None, False
        if body.startswith(".. ") or body == "..":
            markup = body[2:].strip()
            directive = _DIRECTIVE.match(markup)
            if directive and directive[1] in _CODE.split():
                blocked, options = indent, True
            elif not directive and not _MARKUP.match(markup):
                blocked = indent
            if blocked is not None:
                blanked.append(line.span())
        elif body.endswith("::"):
            blocked = indent
    text = blank(text, blanked)
    return blank(text, (literal.span() for literal in _LITERAL.finditer(text)))


def _column(line: str) -> int:
    """Return the column in which the text of a line begins; a tab counts up to eight columns."""
    indent = _INDENT.match(line)
    return len(indent[0].expandtabs(8)) if indent else 0
