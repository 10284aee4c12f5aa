"""Rich text: the tree that comes out, and the flat tokens it is made from.

Rendering appends *tokens* to a list: strings, and marks that open and close formatting.
A flat list makes the two things that happen at borders easy, suppressing what turned out
empty (cut the list) and joining punctuation (look at the neighbour). When an entry is
complete, :mod:`compcite.csl.rendering.finish` turns the tokens into a tree for the writers.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compcite.csl.styles.nodes import Format

__all__ = [
    "CLOSE",
    "CLOSE_FIELD_QUOTE",
    "CLOSE_QUOTE",
    "OPEN_INNER_QUOTE",
    "OPEN_OUTER_QUOTE",
    "OPEN_QUOTE",
    "Affix",
    "Continued",
    "DisplayBlock",
    "Link",
    "Literal",
    "Mark",
    "Open",
    "OpenBlock",
    "OpenLink",
    "Rich",
    "RichNode",
    "Span",
    "TermText",
    "Token",
    "Tokens",
    "marked_once",
    "plain",
]


# ---------------------------------------------------------------- the tree


@dataclass(frozen=True, slots=True)
class Span:
    """Text with one formatting attribute, such as ``font-style`` ``italic``."""

    attribute: str
    value: str
    children: Rich


@dataclass(frozen=True, slots=True)
class Link:
    """Text that leads to an address."""

    url: str
    children: Rich


@dataclass(frozen=True, slots=True)
class DisplayBlock:
    """A part of an entry set apart by ``display``: block, left-margin, right-inline, indent."""

    display: str
    children: Rich


RichNode = str | Span | Link | DisplayBlock
Rich = tuple[RichNode, ...]


def plain(rich: Rich) -> str:
    """Return the text without any formatting."""
    return "".join(_texts(rich))


def _texts(rich: Rich) -> Iterator[str]:
    """Yield the strings in formatted text, in order."""
    for node in rich:
        if isinstance(node, str):
            yield node
        else:
            yield from _texts(node.children)


def marked_once(rich: Rich, around: frozenset[tuple[str, str]] = frozenset()) -> Rich:
    """Return formatted text without marks that repeat one around them, such as italics in italics.

    ``around`` holds the formatting at this place. Most markups have no notation for it: in
    Markdown, italics in italics would be bold.
    """
    found: list[RichNode] = []
    for node in rich:
        if isinstance(node, str):
            found.append(node)
        elif not isinstance(node, Span):
            found.append(replace(node, children=marked_once(node.children, around)))
        else:
            pair = (node.attribute, node.value)
            others = frozenset(one for one in around if one[0] != node.attribute)
            children = marked_once(node.children, others | {pair})
            repeats = pair in around and node.attribute != "vertical-align"
            found += children if repeats else (replace(node, children=children),)
    return tuple(found)


# ---------------------------------------------------------------- the tokens


class Mark:
    """A token that is no text."""

    __slots__ = ()


class Open(Mark):
    """Begins formatting, up to the matching :data:`CLOSE`."""

    __slots__ = ("format", "inline")

    def __init__(self, fmt: Format, *, inline: bool = False) -> None:
        """Open ``fmt``; ``inline`` if it is written in the field itself, as <i> is."""
        self.format = fmt
        self.inline = inline


class OpenLink(Mark):
    """Begins a link, up to the matching :data:`CLOSE`."""

    __slots__ = ("url",)

    def __init__(self, url: str) -> None:
        """Open a link to ``url``."""
        self.url = url


class OpenBlock(Mark):
    """Begins a block, up to the matching :data:`CLOSE`."""

    __slots__ = ("display",)

    def __init__(self, display: str) -> None:
        """Open a block of the kind ``display``."""
        self.display = display


class Literal(str):
    """Text in which markup and straight quotes mean themselves: numbers and addresses."""

    __slots__ = ()


class Affix(str):
    """What the author of a document wrote before or after a cite."""

    __slots__ = ()


class Continued(str):
    """Text that continues a field after markup inside it: nothing meets at its beginning."""

    __slots__ = ()


class TermText(str):
    """A term, which begins with a capital where it begins a note."""

    __slots__ = ()


CLOSE = Mark()
OPEN_QUOTE = Mark()  # outer or inner as the quotation marks around it have it
OPEN_OUTER_QUOTE = Mark()  # as the field has it, unless within the same marks
OPEN_INNER_QUOTE = Mark()
CLOSE_QUOTE = Mark()
CLOSE_FIELD_QUOTE = Mark()  # closes a quotation that is written in the field itself

Token = str | Mark
Tokens = list[Token]
