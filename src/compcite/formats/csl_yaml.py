"""Read and write CSL-YAML: CSL-JSON in YAML, as in pandoc's files and the metadata of documents.

Sources: the pandoc manual, "Specifying bibliographic data"; ``csl_json`` for the items
themselves.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from compcite.csl.items import item_of, read_item
from compcite.formats.csl_json import item_to_csl, unread_sentence
from compcite.formats.csl_markdown import from_markdown, to_markdown
from compcite.formats.fresh_keys import FreshKeys
from compcite.formats.losses import loss
from compcite.formats.yaml_nodes import (
    ListNode,
    MapNode,
    Node,
    Scalar,
    YamlError,
    compose,
    field_of,
    parts,
    plain_data,
)
from compcite.formats.yaml_text import to_yaml
from compcite.model.library import NOWHERE, Entry, Problem, Written
from compcite.model.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from compcite.model.item import Item
    from compcite.model.source import SourceFile

__all__ = ["read_csl_yaml", "write_csl_yaml"]

_LISTS = ("references", "items")
_ITEM = re.compile(r"^ *- ", re.MULTILINE)
_FORMATTED = frozenset(
    f"{title}{form}"
    for title in ("title", "container-title", "volume-title")
    for form in ("", "-short")
) | {"collection-title", "original-title", "reviewed-title", "part-title", "event-title"}


def read_csl_yaml(source: SourceFile) -> tuple[list[Entry], list[Problem]]:
    """Return the entries of a CSL-YAML file, and a problem for each thing that is not an item.

    The file holds a list of items, or a mapping with the list under ``references`` or ``items``; it
    may consist of several YAML documents. If the YAML is broken, each item is read alone, so that
    one broken item does not hide the others. Nothing is raised.
    """
    problems: list[Problem] = []
    nodes: list[Node] = []
    try:
        for root in compose(source.text):
            found = list(_items(root))
            nodes += found
            if not found and not _empty(root):
                problems.append(_problem(source, "the file has no list of items", root.span))
    except YamlError:
        nodes, problems = _one_by_one(source)
    entries: list[Entry] = []
    keys = FreshKeys()
    for node in nodes:
        try:
            entry, faults = _entry(source, node, keys)
        except YamlError as fault:
            problems.append(_problem(source, f"{fault}", node.span))
            continue
        entries.append(entry)
        problems += faults
    return entries, problems


def write_csl_yaml(entries: Sequence[Entry]) -> Written:
    """Return a YAML document with all entries, and a sentence for each loss.

    The entries are the list ``references``. Titles are in Markdown, as pandoc reads them.
    """
    items = []
    losses: list[str] = []
    for entry in entries:
        written = item_to_csl(entry.item) | {"id": entry.key}
        for variable in _FORMATTED & written.keys():
            written[variable] = to_markdown(written[variable])
        losses += loss("CSL-YAML", entry.key, entry.item, _formatted(item_of(written)))
        items.append(written)
    return Written("---\n" + to_yaml({"references": items}) + "...\n", tuple(losses))


def _empty(root: Node) -> bool:
    """Return whether a YAML document holds nothing, or a list of references without items."""
    if isinstance(root, MapNode):
        return any(pair.key.text in _LISTS for pair in root.pairs)
    return isinstance(root, ListNode) or not root.text


def _items(root: Node) -> Iterator[Node]:
    """Yield the items of a YAML document; none if it has no list of items and is not an item."""
    if isinstance(root, MapNode):
        lists = [pair.value for pair in root.pairs if pair.key.text in _LISTS]
        if not lists and root.get("type") is not None:
            yield root
        for found in lists:
            yield from found.items if isinstance(found, ListNode) else (found,)
    elif isinstance(root, ListNode):
        yield from root.items


def _one_by_one(source: SourceFile) -> tuple[list[Node], list[Problem]]:
    """Return the items of a file whose YAML is broken, and a problem for each fault.

    Each item of its list is read alone. A file without a list gives no items and one problem.
    """
    nodes: list[Node] = []
    problems: list[Problem] = []
    lines = [match.end() - match.start() for match in _ITEM.finditer(source.text)]
    if not lines:
        try:
            compose(source.text)
        except YamlError as fault:
            problems.append(_problem(source, f"{fault}", Span(fault.offset, len(source.text))))
        return nodes, problems
    begin = re.compile(rf"^ {{{min(lines) - 2}}}- ", re.MULTILINE)
    for span in parts(source.text, begin):
        try:
            roots = compose(source.text, span.start, span.end)
        except YamlError as fault:
            problems.append(_problem(source, f"{fault}", span, fault.offset))
        else:
            nodes += [item for root in roots for item in _items(root)]
    return nodes, problems


def _problem(source: SourceFile, message: str, span: Span, offset: int | None = None) -> Problem:
    """Return the problem that says why the part of the file in ``span`` is not an item.

    The message names line and column of ``offset``, if it is given.
    """
    if offset is not None:
        place = source.position(offset)
        message = f"{message}, at line {place.line}, column {place.column}"
    sentence = f"The item cannot be read: {message}."
    return Problem("entry-unparsed", sentence, source, span)


def _entry(source: SourceFile, node: Node, keys: FreshKeys) -> tuple[Entry, list[Problem]]:
    """Return the entry of an item, and a problem for each unread member.

    An item without an id gets a new key. Markdown in titles becomes CSL's tags. Raise YamlError if
    the node is not a mapping, or aliases make it too large.
    """
    if not isinstance(node, MapNode):
        raise YamlError("it is no mapping", node.span.start)
    reading = read_item(_plain_item(source, node))
    item = _formatted(reading.item)
    named = node.get("id")
    key = keys.of(item, item.id)
    spans = {pair.key.text: pair.span for pair in node.pairs}
    problems = [
        Problem("field-unread", unread_sentence(one), source, spans.get(one.member, node.span), key)
        for one in reading.unread
    ]
    pairs = (pair for pair in node.pairs if pair.key.text not in ("id", "type"))
    entry = Entry(
        key,
        replace(item, id=key),
        item.type,
        tuple(field_of(source.text, pair.key, pair.value) for pair in pairs),
        source,
        node.span,
        named.span if isinstance(named, Scalar) else NOWHERE,
        "csl-yaml",
    )
    return entry, problems


def _plain_item(source: SourceFile, node: MapNode) -> dict[str, object]:
    """Return a YAML mapping as the object that CSL-JSON would have."""
    data = plain_data(node, len(source.text))
    return data if isinstance(data, dict) else {}


def _formatted(item: Item) -> Item:
    """Return the item with the Markdown in its titles turned into CSL's tags."""
    text = {
        variable: from_markdown(value) if variable in _FORMATTED else value
        for variable, value in item.text.items()
    }
    return replace(item, text=text)
