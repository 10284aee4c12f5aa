"""Read RIS files as Zotero, EndNote, Mendeley and publishers write them."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from compcite.formats.fresh_keys import FreshKeys
from compcite.formats.reference_manager import FIELD_NAMES, unescaped
from compcite.formats.ris.tags import rank_of, ris_item
from compcite.formats.tagged import TaggedLine, Untagged, read_tagged, span_of
from compcite.model.library import NOWHERE, Entry, Field, Problem
from compcite.model.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from compcite.model.source import SourceFile

__all__ = ["read_ris"]

_TAG = re.compile(r"[ \t]{0,2}(?P<tag>[A-Z][A-Z0-9])(?:[ \t]{1,2}-(?:[ \t]|$)|  -)")


def read_ris(source: SourceFile) -> tuple[list[Entry], list[Problem]]:
    """Return the entries of a RIS file, and a problem for each part that is not a reference.

    A reference begins at a line ``TY`` and ends at ``ER``, at the next ``TY`` or at the end of the
    file. Each field has the name of the CSL variable or BibTeX field that means the same: ``JO -
    Nature`` becomes the field ``container-title``. Lines before the first tag are passed over.
    Nothing is raised.
    """
    entries: list[Entry] = []
    problems: list[Problem] = []
    keys = FreshKeys()
    for lines in _references(read_tagged(source.text, _TAG)):
        head = lines[0]
        if isinstance(head, Untagged) or head.tag != "TY":
            if not isinstance(head, Untagged):
                message = "A reference must begin with a line TY  - and its type."
                problems.append(Problem("entry-unparsed", message, source, span_of(lines)))
        elif not any(isinstance(line, TaggedLine) and line.value for line in lines[1:]):
            message = "The reference has a type and nothing else."
            problems.append(Problem("entry-unparsed", message, source, span_of(lines)))
        else:
            entry = _entry(source, [line for line in lines if isinstance(line, TaggedLine)], keys)
            entries.append(entry)
    if not entries and not problems and source.text.strip("\0 \t\r\n"):
        message = "The file has no references as RIS writes them."
        problems.append(Problem("entry-unparsed", message, source, Span(0, len(source.text))))
    return entries, problems


def _references(
    lines: Iterable[TaggedLine | Untagged],
) -> Iterator[list[TaggedLine | Untagged]]:
    """Yield the lines of each reference as one list. The line ``ER`` that ends it is left out.

    Lines outside of a reference are a list, too, which does not begin with ``TY``; text before the
    first tag is an ``Untagged`` by itself.
    """
    block: list[TaggedLine | Untagged] = []
    for line in lines:
        ends = isinstance(line, TaggedLine) and line.tag == "ER"
        begins = isinstance(line, TaggedLine) and line.tag == "TY"
        if block and (begins or ends or isinstance(block[0], Untagged)):
            yield block
            block = []
        if not ends:
            block.append(line)
    if block:
        yield block


def _entry(source: SourceFile, lines: list[TaggedLine], keys: FreshKeys) -> Entry:
    """Return the entry that the lines of one reference describe; the first line is its ``TY``.

    The citation key is the value of ``ID`` without spaces. Without ``ID``, ``keys`` makes one.
    """
    type_tag = lines[0].value.upper()
    pairs = [(line.tag, value) for line in lines[1:] for value in _values(line)]
    item = ris_item(type_tag, pairs)
    named = next((line for line in lines if line.tag == "ID" and line.value), None)
    key = keys.of(item, "".join(named.value.split()) if named else "")
    fields = tuple(_field(line, item.type, type_tag) for line in lines[1:] if line.value)
    return Entry(
        key,
        replace(item, id=key),
        type_tag.lower(),
        fields,
        source,
        span_of(lines),
        named.value_span if named else NOWHERE,
        "ris",
    )


def _values(line: TaggedLine) -> list[str]:
    """Return the values of a line without HTML entities: one, or none if the line is empty.

    A keyword tag whose value goes on over several lines gives one keyword for each line.
    """
    if line.tag in ("KW", "K1"):
        return [value for part in line.value.split("\n") if (value := unescaped(part))]
    value = unescaped(line.value)
    return [value] if value else []


def _field(line: TaggedLine, csl_type: str, type_tag: str) -> Field:
    """Return a RIS line as a field, under the name of the CSL variable or BibTeX field.

    A tag whose meaning is not known gives its own name in lower case: ``U1`` becomes ``u1``.
    """
    rank = rank_of(line.tag, csl_type, type_tag)
    name = FIELD_NAMES.get(rank, rank) if rank else line.tag.lower()
    return Field(name, line.value, line.span, line.value_span, line.value_span)
