"""Read YAML as nodes that know their places, with every scalar kept as its text.

PyYAML reads the events, and the nodes are made here. So a date stays ``2019-01-01`` and a number
``007``, and limits on nesting and aliases protect the machine from hostile files.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from compcite.model.library import Field
from compcite.model.source import Span

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from yaml.events import CollectionStartEvent, Event


class _Mark(Protocol):
    """A place in the text, in the form that PyYAML's readers give."""

    @property
    def index(self) -> int:
        """The offset in characters."""


__all__ = [
    "ListNode",
    "MapNode",
    "Node",
    "Pair",
    "Scalar",
    "YamlError",
    "compose",
    "field_of",
    "parts",
    "plain_data",
]

_DEEPEST = 100
_NULL = frozenset({"", "~", "null", "Null", "NULL"})


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text. ``quoted`` is true if it has quotes or is a block, so that it cannot mean null."""

    text: str
    quoted: bool
    span: Span


@dataclass(frozen=True, slots=True)
class ListNode:
    """A YAML sequence with its items."""

    items: tuple[Node, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Pair:
    """A key of a mapping with its value."""

    key: Scalar
    value: Node

    @property
    def span(self) -> Span:
        """The place from the key to the end of the value.

        The value of an alias stands elsewhere, so the place is at least that of the key.
        """
        return Span(self.key.span.start, max(self.key.span.end, self.value.span.end))


@dataclass(frozen=True, slots=True)
class MapNode:
    """A YAML mapping: its pairs in order. Two pairs may have the same key.

    Pairs whose key is not a scalar are left out.
    """

    pairs: tuple[Pair, ...]
    span: Span

    def get(self, name: str) -> Node | None:
        """Return the value of the first pair with the key ``name``, or None."""
        return next((pair.value for pair in self.pairs if pair.key.text == name), None)


Node = Scalar | ListNode | MapNode


class YamlError(Exception):
    """Raised for YAML that cannot be read; ``offset`` is the place of the fault in the text."""

    def __init__(self, message: str, offset: int) -> None:
        """Keep the place beside the message."""
        super().__init__(message)
        self.offset = offset


def compose(text: str, start: int = 0, end: int | None = None) -> list[Node]:
    """Return the root node of each YAML document in ``text[start:end]``.

    Places count from the start of the whole text. Raise YamlError if the YAML is broken, nested
    deeper than 100 levels, or has an alias without a finished anchor before it.
    """
    if not text[start:end].strip():
        return []  # tabs, too, which YAML itself does not allow there
    import yaml

    loader = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
    composer = _Composer(start)
    try:
        for event in yaml.parse(text[start:end], Loader=loader):
            composer.take(event)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        said = " ".join(part for part in (error.problem, error.context) if part)
        at = start + (mark.index if mark else 0)
        raise YamlError(said, min(at, len(text))) from None
    except yaml.reader.ReaderError as error:
        # Its position counts bytes or characters, depending on the reader.
        char = chr(error.character) if isinstance(error.character, int) else str(error.character)
        at = max(text.find(char, start, end), start)
        raise YamlError("a character that YAML does not allow", at) from None
    return composer.roots


class _Composer:
    """Makes nodes out of the events of PyYAML; ``roots`` are the finished documents."""

    def __init__(self, offset: int) -> None:
        self.roots: list[Node] = []
        self._offset = offset
        self._open: list[tuple[CollectionStartEvent, list[Node]]] = []
        self._anchors: dict[str, Node] = {}
        self._at = offset

    def take(self, event: Event) -> None:
        """Add what one event says. Raise YamlError for too deep nesting or an unknown alias."""
        import yaml

        if isinstance(event, yaml.ScalarEvent):
            quoted = not event.implicit[0]
            self._at = self._place(event.end_mark)
            self._add(Scalar(event.value, quoted, self._span(event)), event.anchor)
        elif isinstance(event, yaml.CollectionStartEvent):
            if len(self._open) >= _DEEPEST:
                raise YamlError("nested too deeply", self._place(event.start_mark))
            self._open.append((event, []))
        elif isinstance(event, yaml.CollectionEndEvent):
            begin, children = self._open.pop()
            if begin.flow_style:
                self._at = self._place(event.end_mark)
            self._add(_collection(begin, children, self._span(begin)), begin.anchor)
        elif isinstance(event, yaml.AliasEvent):
            if event.anchor not in self._anchors:
                place = self._place(event.start_mark)
                raise YamlError(f"the alias *{event.anchor} has no anchor before it", place)
            self._at = self._place(event.end_mark)
            self._add(self._anchors[event.anchor], None)
        elif isinstance(event, yaml.DocumentStartEvent):
            self._anchors = {}

    def _span(self, begin: Event) -> Span:
        """Return the place from an event's start to the end of the last text that was read."""
        start = self._place(begin.start_mark)
        return Span(start, max(start, self._at))

    def _place(self, mark: _Mark | None) -> int:
        """Return the offset of a mark in the whole text."""
        return self._offset + (mark.index if mark else 0)

    def _add(self, node: Node, anchor: str | None) -> None:
        """Add a finished node to the collection that is open, or to the roots if none is open.

        ``anchor`` is the name under which an alias can repeat the node.
        """
        if anchor:
            self._anchors[anchor] = node
        if self._open:
            self._open[-1][1].append(node)
        else:
            self.roots.append(node)


def _collection(begin: CollectionStartEvent, children: list[Node], span: Span) -> Node:
    """Return the node of a sequence or mapping.

    Children of a mapping are key, value, key, value, …. A key that is no scalar is left out with
    its value.
    """
    import yaml

    if isinstance(begin, yaml.SequenceStartEvent):
        return ListNode(tuple(children), span)
    pairs = zip(children[::2], children[1::2], strict=True)
    return MapNode(tuple(Pair(key, value) for key, value in pairs if isinstance(key, Scalar)), span)


def plain_data(node: Node, most: int) -> object:
    """Return a node as dict, list, str or None; an unquoted ``null`` or ``~`` is None.

    Numbers and truth values stay texts. Of two equal keys the first counts. Raise YamlError if
    aliases repeat so much that there are more than ``most`` nodes.
    """
    left = [most]
    return _plain_data(node, left)


def _plain_data(node: Node, left: list[int]) -> object:
    """Return a node as dict, list, str or None, as :func:`plain_data` does.

    ``left`` is a list with one number: how many more nodes may be read. It goes down by one with
    each node; YamlError is raised below 0.
    """
    left[0] -= 1
    if left[0] < 0:
        raise YamlError("aliases repeat each other beyond all measure", node.span.start)
    if isinstance(node, Scalar):
        return None if not node.quoted and node.text in _NULL else node.text
    if isinstance(node, ListNode):
        return [_plain_data(item, left) for item in node.items]
    return {pair.key.text: _plain_data(pair.value, left) for pair in reversed(node.pairs)}


def parts(text: str, begin: re.Pattern[str]) -> Iterator[Span]:
    """Yield the place of each part that begins with a match of ``begin``, up to the next match.

    Text before the first match is in no part. White space at the end of a part is left out.
    """
    starts = [match.start() for match in begin.finditer(text)]
    for start, end in zip(starts, [*starts[1:], len(text)], strict=False):
        yield Span(start, start + len(text[start:end].rstrip()))


def field_of(text: str, key: Scalar, value: Node) -> Field:
    """Return a key and its value as a field.

    The field's value is the text of a scalar, or the YAML text of any other value.
    """
    span = value.span
    written = text[span.start : span.end]
    content = span
    if isinstance(value, Scalar) and written[:1] in ("'", '"'):
        content = Span(span.start + 1, span.end - 1)
    return Field(
        key.text.lower(),
        value.text.strip() if isinstance(value, Scalar) else written,
        Span(key.span.start, max(key.span.end, span.end)),
        span,
        content,
    )
