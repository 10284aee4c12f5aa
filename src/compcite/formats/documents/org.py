"""Find the prose of an Org document.

Source: the Org syntax specification (comments, blocks, fixed-width lines, drawers, verbatim and
code, commented headings).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from compcite.formats.documents.blanking import LINE, blank

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["org_prose"]

# The lines that begin and end what is literal; the group of both is the kind of block.
_BLOCK = (
    re.compile(
        r"^[ \t]*+#\+begin_(src|example|comment|export(?![ \t]+latex))\b[^\r\n]*",
        re.IGNORECASE | re.MULTILINE,
    ),
    re.compile(
        r"^[ \t]*+#\+end_(src|example|comment|export)[ \t\r]*+$", re.IGNORECASE | re.MULTILINE
    ),
)
_DRAWER = (
    re.compile(r"^[ \t]*+:properties:()[ \t\r]*+$", re.IGNORECASE | re.MULTILINE),
    re.compile(r"^[ \t]*+:end:()[ \t\r]*+$", re.IGNORECASE | re.MULTILINE),
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
    for begin, end in (_BLOCK, _DRAWER):
        text = blank(text, _enclosed(text, begin, end))
    for pattern in (_LITERAL_LINE, _VERBATIM, _INLINE_CODE):
        text = blank(text, (found.span() for found in pattern.finditer(text)))
    return blank(text, _commented_trees(text))


def _enclosed(text: str, begin: re.Pattern[str], end: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Yield start and end of each part from a line ``begin`` to the next line ``end`` of its kind.

    A line that nothing ends begins no part.
    """
    ends: dict[str, list[int]] = {}
    for found in end.finditer(text):
        ends.setdefault(found[1].lower(), []).append(found.end())
    reached = 0
    for found in begin.finditer(text):
        if found.start() < reached:
            continue
        of_kind = ends.get(found[1].lower(), [])
        place = bisect_right(of_kind, found.end())
        if place < len(of_kind):
            reached = of_kind[place]
            yield found.start(), reached


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
