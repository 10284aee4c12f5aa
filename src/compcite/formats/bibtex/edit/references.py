r"""Find where a .bib file names entries by their keys: links of biblatex, ``\cite`` in values.

Sources: BibTeXing (``crossref``), the biblatex manual, sections 2.2.3 (``ids``, ``related``,
``entryset``, ``xref``) and 3.13.6 (``xdata``, also as ``xdata=key-field`` in other fields).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from compcite.formats.bibtex.scan.blocks import BlockKind
from compcite.formats.bibtex.scan.syntax import blocks_of
from compcite.formats.citing.latex import latex_citations
from compcite.model.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compcite.model.library import Entry, Field
    from compcite.model.source import SourceFile

__all__ = ["LISTED_KEY", "Reference", "aliases", "macro_citations", "references"]

# The fields that hold keys of other entries, and the one that holds other keys of the entry itself.
_LINKS = frozenset({"crossref", "xref", "xdata", "related", "entryset"})
_ALIASES = "ids"
_XDATA = re.compile(r"\bxdata=([^\s,]+?)-[a-z]+")

LISTED_KEY = re.compile(r"[^\s,](?:[^,]*[^\s,])?")
"""A key in a list such as ``a, b``."""


class Reference(NamedTuple):
    """A key that a field of an entry names.

    ``span`` is the place of the key, and ``value`` is empty. But if the value of the field is made
    by a macro or by ``#``, or has no delimiters, ``span`` is the place of the whole value, and
    ``value`` is its text: for ``base # "01"`` it may be ``smith01``.
    """

    key: str
    field: str
    span: Span
    value: str = ""


def references(entry: Entry) -> Iterator[Reference]:
    r"""The keys of other entries that an entry names, in the order of its fields.

    They stand in fields such as ``crossref``, in ``xdata=…`` and in ``\cite``. The entry's own
    other keys (``ids``) are not among them.
    """
    text = entry.source.text if entry.source else ""
    for field in entry.fields:
        if field.name in _LINKS:
            yield from _listed(text, field)
        elif field.name != _ALIASES:
            written = text[slice(*field.value_span)]
            if "xdata=" in written:
                for data in _XDATA.finditer(text, *field.value_span):
                    yield Reference(data[1], field.name, Span(*data.span(1)))
            yield from _cited(field.name, written, field.value_span.start)


def aliases(entry: Entry) -> Iterator[Reference]:
    """The other keys of an entry itself, in its field ``ids``."""
    text = entry.source.text if entry.source else ""
    for field in entry.fields:
        if field.name == _ALIASES:
            yield from _listed(text, field)


def macro_citations(source: SourceFile) -> Iterator[Reference]:
    r"""The keys that ``\cite`` names in ``@string`` and ``@preamble``."""
    for block in blocks_of(source.text):
        if block.kind in (BlockKind.STRING, BlockKind.PREAMBLE):
            for field in block.fields:
                written = source.text[field.value_start : field.value_end]
                yield from _cited(field.name, written, field.value_start)


def _listed(text: str, field: Field) -> Iterator[Reference]:
    """The keys in a field such as ``xdata = {a, b}``, each with its place.

    Where macros or ``#`` make the value, the place is that of the whole value.
    """
    start, end = field.content_span
    literal = field.content_span != field.value_span and text[start:end] == field.value
    for key in LISTED_KEY.finditer(field.value):
        if literal:
            place = Span(start + key.start(), start + key.end())
            yield Reference(key[0], field.name, place)
        else:
            yield Reference(key[0], field.name, field.value_span, field.value)


def _cited(name: str, written: str, start: int) -> Iterator[Reference]:
    r"""The keys that ``\cite`` names in a value as written; the value begins at ``start``."""
    if "\\" in written:
        for cited in latex_citations(written):
            yield Reference(cited.key, name, Span(start + cited.start, start + cited.end))
