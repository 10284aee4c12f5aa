"""YAML as nodes with their places, every scalar kept as the text it is.

PyYAML reads the events; the nodes are made here, so that a date stays ``2019-01-01``, a number
``007``, every node knows its place, and neither nesting nor aliases can exhaust the machine.
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
    """A place as PyYAML's readers tell it."""

    @property
    def index(self) -> int:
        """The offset in code points."""


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
    """A text; ``quoted`` tells whether it has quotes or is a block, and so is no null."""

    text: str
    quoted: bool
    span: Span


@dataclass(frozen=True, slots=True)
class ListNode:
    """A sequence."""

    items: tuple[Node, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Pair:
    """A key of a mapping with its value."""

    key: Scalar
    value: Node

    @property
    def span(self) -> Span:
        """From the key to the end of the value, which an alias has elsewhere."""
        return Span(self.key.span.start, max(self.key.span.end, self.value.span.end))


@dataclass(frozen=True, slots=True)
class MapNode:
    """A mapping, in order, doubled keys included; keys that are no scalars are left out."""

    pairs: tuple[Pair, ...]
    span: Span

    def get(self, name: str) -> Node | None:
        """The value of a key."""
        return next((pair.value for pair in self.pairs if pair.key.text == name), None)


Node = Scalar | ListNode | MapNode


class YamlError(Exception):
    """YAML that cannot be read: what is wrong, and the offset at which that shows."""

    def __init__(self, message: str, offset: int) -> None:
        """Keep the place beside the message."""
        super().__init__(message)
        self.offset = offset


def compose(text: str, start: int = 0, end: int | None = None) -> list[Node]:
    """The root nodes of the documents in ``text[start:end]``, with places in the whole text.

    Raises YamlError, also for nesting beyond 100 levels and an alias within its own anchor.
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
    """Nodes in the making, from events."""

    def __init__(self, offset: int) -> None:
        self.roots: list[Node] = []
        self._offset = offset
        self._open: list[tuple[CollectionStartEvent, list[Node]]] = []
        self._anchors: dict[str, Node] = {}
        self._at = offset

    def take(self, event: Event) -> None:
        """Go on with one event."""
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
        """The stretch from an event to where the last text ended, without trailing blanks."""
        start = self._place(begin.start_mark)
        return Span(start, max(start, self._at))

    def _place(self, mark: _Mark | None) -> int:
        """The offset of a mark in the whole text."""
        return self._offset + (mark.index if mark else 0)

    def _add(self, node: Node, anchor: str | None) -> None:
        """Put a finished node where it belongs."""
        if anchor:
            self._anchors[anchor] = node
        if self._open:
            self._open[-1][1].append(node)
        else:
            self.roots.append(node)


def _collection(begin: CollectionStartEvent, children: list[Node], span: Span) -> Node:
    """The sequence or mapping of finished children."""
    import yaml

    if isinstance(begin, yaml.SequenceStartEvent):
        return ListNode(tuple(children), span)
    pairs = zip(children[::2], children[1::2], strict=True)
    return MapNode(tuple(Pair(key, value) for key, value in pairs if isinstance(key, Scalar)), span)


def plain_data(node: Node, most: int) -> object:
    """A node as dict, list, str or None.

    Raises YamlError where aliases make it more than ``most`` nodes.
    """
    left = [most]
    return _plain_data(node, left)


def _plain_data(node: Node, left: list[int]) -> object:
    """A node as plain data, counting down."""
    left[0] -= 1
    if left[0] < 0:
        raise YamlError("aliases repeat each other beyond all measure", node.span.start)
    if isinstance(node, Scalar):
        return None if not node.quoted and node.text in _NULL else node.text
    if isinstance(node, ListNode):
        return [_plain_data(item, left) for item in node.items]
    return {pair.key.text: _plain_data(pair.value, left) for pair in reversed(node.pairs)}


def parts(text: str, begin: re.Pattern[str]) -> Iterator[Span]:
    """The stretches that begin with a match of ``begin`` and reach to the next one."""
    starts = [match.start() for match in begin.finditer(text)]
    for start, end in zip(starts, [*starts[1:], len(text)], strict=False):
        yield Span(start, start + len(text[start:end].rstrip()))


def field_of(text: str, key: Scalar, value: Node) -> Field:
    """The field of a key and its value: a text, or the YAML of any other value as written."""
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
