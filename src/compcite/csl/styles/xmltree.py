"""Read XML into small elements that know their places.

The parser is expat of the standard library. It refuses what a style does not need and an attacker
uses: entity declarations (the "billion laughs") and nesting without end. External entities and
DTDs are never fetched.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.parsers import expat

from compcite.errors import StyleError

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["CSL_NAMESPACE", "MAX_DEPTH", "Element", "parse_xml"]

CSL_NAMESPACE = "http://purl.org/net/xbiblio/csl"

# The deepest of the 10,844 published styles nests 19 levels; every level costs the renderer
# a few stack frames, so a file that goes much deeper is refused rather than run.
MAX_DEPTH = 100

_SEPARATOR = " "  # what expat puts between a namespace and a local name
_XML_LANG = "http://www.w3.org/XML/1998/namespace lang"


@dataclass(slots=True)
class Element:
    """One element with its place in the file; ``text`` is empty if it has children."""

    tag: str
    attributes: Mapping[str, str]
    line: int
    column: int
    children: list[Element] = field(default_factory=list)
    text: str = ""


class _Builder:
    """Builds the tree from the events of expat."""

    def __init__(self, parser: expat.XMLParserType, source: str) -> None:
        self._parser = parser
        self._source = source
        self._open: list[Element] = []
        self._text: list[str] = []
        self.root: Element | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Add an element. Raise StyleError if elements are nested too deeply."""
        parser = self._parser
        line, column = parser.CurrentLineNumber, parser.CurrentColumnNumber + 1
        if len(self._open) >= MAX_DEPTH:
            raise StyleError(
                f"{self._source}:{line}:{column}: elements nest deeper than {MAX_DEPTH} levels; "
                "move the inner ones into macros"
            )
        element = Element(_local(name), _local_attributes(attributes), line, column)
        if self._open:
            self._open[-1].children.append(element)
        elif self.root is None:
            self.root = element
        self._open.append(element)
        self._text.clear()

    def end(self, _name: str) -> None:
        """Close an element, and keep its text if it has no children."""
        element = self._open.pop()
        if not element.children:
            element.text = "".join(self._text)
        self._text.clear()

    def entity(self, name: str, *_declaration: object) -> None:
        """Raise StyleError, since a style must not declare entities."""
        line, column = self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber + 1
        raise StyleError(
            f"{self._source}:{line}:{column}: the file declares an entity, &{name};, which CSL "
            "files must not do; write the character itself"
        )


def parse_xml(data: bytes | str, source: str) -> Element:
    """Return the root element of ``data``.

    Raises StyleError, with line and column, if it is not well-formed XML, nests too deeply, or is
    in an encoding that cannot be read. ``source`` is the name of the file in messages.
    """
    parser = expat.ParserCreate(namespace_separator=_SEPARATOR)
    builder = _Builder(parser, source)
    parser.buffer_text = True
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder._text.append  # noqa: SLF001  the one fast path
    parser.EntityDeclHandler = builder.entity
    try:
        parser.Parse(data, True)  # noqa: FBT003  expat takes it by position only
    except expat.ExpatError as error:
        reason = expat.ErrorString(error.code)
        raise StyleError(
            f"{source}:{error.lineno}:{error.offset + 1}: this is not well-formed XML ({reason})"
        ) from None
    except (LookupError, ValueError):  # of an encoding that Python or expat does not have
        raise StyleError(
            f"{source}:1:1: its XML declaration names an encoding that cannot be read; use UTF-8"
        ) from None
    if builder.root is None:  # not reached: expat calls that "no element found"
        raise StyleError(f"{source}:1:1: the file holds no element")
    return builder.root


def _local(name: str) -> str:
    """Return the local part of a CSL name: "text". A name of another namespace keeps it."""
    namespace, _, local = name.rpartition(_SEPARATOR)
    return local if namespace in {"", CSL_NAMESPACE} else f"{{{namespace}}}{local}"


def _local_attributes(attributes: dict[str, str]) -> Mapping[str, str]:
    """Return ``attributes`` without those of other namespaces; ``xml:lang`` stays."""
    if not any(_SEPARATOR in name for name in attributes):
        return attributes
    lang = attributes.get(_XML_LANG)
    own = {name: value for name, value in attributes.items() if _SEPARATOR not in name}
    return own if lang is None else {**own, "xml:lang": lang}
