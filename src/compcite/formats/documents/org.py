"""Find the prose of an Org document.

Source: the Org syntax specification (comments, blocks, fixed-width lines, drawers, verbatim and
code, commented headings).
"""

from __future__ import annotations

import re

from compcite.formats.documents.blanking import LINE, blank

__all__ = ["org_prose"]

_BLOCK = re.compile(
    r"^[ \t]*#\+begin_(src|example|comment|export(?![ \t]+latex))\b[^\r\n]*"
    r"(?s:.*?)^[ \t]*#\+end_\1[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_DRAWER = re.compile(
    r"^[ \t]*:properties:[ \t]*$(?s:.*?)^[ \t]*:end:[ \t]*$", re.IGNORECASE | re.MULTILINE
)
_LITERAL_LINE = re.compile(r"^[ \t]*(?:#(?![^\s])|:(?![^\s]))[^\r\n]*", re.MULTILINE)
_VERBATIM = re.compile(
    r"(?:^|(?<=[\s({'\"-]))([=~])(?=[^\s=~])[^\r\n]{0,999}?(?<=\S)\1(?=[\s)}\]'\".,;:!?-]|$)",
    re.MULTILINE,
)
_INLINE_CODE = re.compile(r"\bsrc_\w+(?:\[[^\]\r\n]*+\])?\{[^{}\r\n]*+\}")
_HEADING = re.compile(r"(\*+)[ \t]+(COMMENT\b)?")


def org_prose(text: str) -> str:
    """Return the text with blanks for code, literal text and comments. Offsets stay as they are."""
    for pattern in (_BLOCK, _DRAWER, _LITERAL_LINE, _VERBATIM, _INLINE_CODE):
        text = blank(text, (found.span() for found in pattern.finditer(text)))
    return blank(text, _commented_trees(text))


def _commented_trees(text: str) -> list[tuple[int, int]]:
    """Return start and end of each heading that begins with ``COMMENT``, with all below it."""
    trees: list[tuple[int, int]] = []
    level = start = 0  # of the commented heading; its level is 0 while there is none
    for line in LINE.finditer(text):
        heading = _HEADING.match(line[0])
        if heading is None:
            continue
        if level and len(heading[1]) <= level:
            trees.append((start, line.start()))
            level = 0
        if not level and heading[2]:
            level, start = len(heading[1]), line.start()
    if level:
        trees.append((start, len(text)))
    return trees
