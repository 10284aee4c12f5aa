"""A list in an editor: hover, completion, symbols and formatting."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING

from lsprotocol import types

from compcite.errors import CompciteError
from compcite.formats.bibtex.layout.choices import Layout
from compcite.formats.bibtex.scan.blocks import BlockKind
from compcite.formats.bibtex.tables.macros import PREDEFINED
from compcite.lsp.changes import edits_between
from compcite.model.library import Entry
from compcite.model.report import Status
from compcite.values.biblatex import BIBLATEX_TYPES, BIBTEX_TYPES
from compcite.values.field_names import KNOWN_FIELDS
from compcite.verbs.tidy import tidy_source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from compcite.formats.bibtex.read.edited import Unit
    from compcite.lsp.lists import OpenList
    from compcite.lsp.session import Session
    from compcite.lsp.workspace import Document
    from compcite.model.library import Library
    from compcite.model.report import EntryReport

__all__ = [
    "complete",
    "description",
    "format_list",
    "hover",
    "label",
    "symbols",
    "workspace_symbols",
]

_STATES = {
    Status.VERIFIED: "The DOI is registered, and for this work",
    Status.MISMATCH: "The DOI is registered for another work",
    Status.NOT_REGISTERED: "The DOI is not registered",
    Status.MALFORMED: "The field doi holds no DOI",
    Status.NO_DOI: "The entry has no DOI",
    Status.UNVERIFIED: "The registries have not been asked yet; saving the list asks them",
}
_TYPE = re.compile(r"@(\w*)$")
_FIELD = re.compile(r"(?:^|[,{(\n])[^\S\n]*(\w*)$")
_NAME = re.compile(r"(?<![\w-])([\w-]++)\s*+=")
# The start of a value, or of the next part of one, in which no text in braces or quotes has begun.
_VALUE = re.compile(r"[=#]\s*+[\w:.+-]*+$")
_ENDS_OF_FIELDS = ',{}"('  # signs of which none stands between the start of a value and a macro
_KEYS = re.compile(
    r"\b(?:crossref|xref|xdata|related|entryset)\s*=\s*[{\"](?:[^{}\"]*,)?\s*([^{}\",\s]*)$"
)
_MOST_SYMBOLS = 500  # more than anybody reads through; a longer query finds the others
_MACRO_TYPES = ("string", "preamble", "comment")


def hover(session: Session, document: Document, params: types.HoverParams) -> types.Hover | None:
    """The APA form of the entry at a place, and what the registries say of it; None outside one."""
    one = session.lists[document.uri]
    unit = one.unit_at(document.places.offset(params.position))
    if unit is None or not unit.is_entry:
        return None
    entry = one.entry(unit)
    text = description(entry, one.report(unit))
    markdown = types.MarkupContent(types.MarkupKind.Markdown, text)
    return types.Hover(markdown, document.places.range(entry.span))


def description(entry: Entry, report: EntryReport | None) -> str:
    """An entry in APA style, the state of its DOI, notices and its record, in Markdown."""
    return "\n\n".join(_described(entry, report))


def _described(entry: Entry, report: EntryReport | None) -> Iterator[str]:
    """The paragraphs of a description: without a report, only the entry itself.

    The record is shown only if the DOI is not verified.
    """
    yield _styled(entry)
    if report is None or report.status not in _STATES:
        return
    agency = f" ({report.agency})" if report.agency else ""
    yield f"{_STATES[report.status]}{agency}."
    work = report.work
    if work is None:
        return
    for update in work.updates:
        notice = f": <https://doi.org/{update.doi}>" if update.doi else ""
        yield f"**{update.kind}**{notice}"
    if report.status is not Status.VERIFIED:
        yield f"{work.agency} has: {_styled(Entry(entry.key, work.item))}"


def _styled(entry: Entry) -> str:
    """An entry in APA style, as Markdown; its key in bold where there is nothing to print."""
    from compcite.formats.styled import write_entries  # noqa: PLC0415 - the CSL processor is large

    try:
        return "".join(write_entries([entry], style="apa", markup="markdown"))
    except CompciteError:  # an entry without anything to print
        return f"**{entry.key}**"


def complete(
    session: Session, document: Document, params: types.CompletionParams
) -> types.CompletionList:
    """What may be typed at a place: entry types, fields, macros, keys of other entries."""
    one = session.lists[document.uri]
    offset = document.places.offset(params.position)
    found = _completions(one, offset, behind=_behind_a_field(session.capabilities))
    return types.CompletionList(is_incomplete=False, items=list(found))


def _behind_a_field(can: types.ClientCapabilities) -> str:
    """The snippet behind the name of a field; empty for an editor that would write it as it is.

    Such an editor is Emacs without the package yasnippet.
    """
    text = can.text_document
    item = text.completion.completion_item if text and text.completion else None
    return " = {$1}," if item and item.snippet_support else ""


def _completions(one: OpenList, offset: int, *, behind: str) -> Iterator[types.CompletionItem]:
    """What may be typed at an offset; ``behind`` is the snippet behind the name of a field.

    That is a type behind ``@``, keys of other entries in ``crossref`` and its like, a macro as a
    value, and the name of a field that the entry does not have yet.
    """
    text = one.source.text
    unit = one.unit_at(offset)
    start = max(text.rfind("@", 0, offset), 0) if unit is None else unit.start
    before = text[start:offset]
    if _TYPE.search(before):
        names = sorted(BIBTEX_TYPES | BIBLATEX_TYPES) + list(_MACRO_TYPES)
        yield from _items(names, types.CompletionItemKind.Class)
    elif _KEYS.search(before):
        for other in one.units:
            if other.is_entry and other is not unit:
                yield types.CompletionItem(
                    other.block.key,
                    kind=types.CompletionItemKind.Reference,
                    detail=Entry(other.block.key, other.item).title,
                    data={"uri": one.document.uri},
                )
    elif before.count("{") + before.count("(") - before.count("}") - before.count(")") == 1:
        if _VALUE.search(before, max(map(before.rfind, _ENDS_OF_FIELDS)) + 1):
            yield from _items(_macros(one), types.CompletionItemKind.Constant)
        elif "," in before and _FIELD.search(before):
            present = set(_NAME.findall(text, start, unit.end if unit else offset))
            names = sorted(KNOWN_FIELDS - present)
            yield from _items(names, types.CompletionItemKind.Field, behind)


def _items(
    names: Sequence[str], kind: types.CompletionItemKind, behind: str = ""
) -> Iterator[types.CompletionItem]:
    """Items for some names; ``behind`` is a snippet that is written behind the name."""
    for name in names:
        yield types.CompletionItem(
            name,
            kind=kind,
            insert_text=name + behind if behind else None,
            insert_text_format=types.InsertTextFormat.Snippet if behind else None,
        )


def _macros(one: OpenList) -> list[str]:
    """The macros that a list defines, and those that every list has."""
    strings = (unit for unit in one.units if unit.block.kind is BlockKind.STRING)
    defined = {field.name for unit in strings for field in unit.block.fields}
    return sorted(defined | PREDEFINED.keys())


def symbols(
    session: Session, document: Document, _params: types.DocumentSymbolParams
) -> list[types.DocumentSymbol]:
    """The entries of a list, by their keys."""
    one = session.lists[document.uri]
    return [_symbol(one, unit) for unit in one.units if unit.is_entry]


def _symbol(one: OpenList, unit: Unit) -> types.DocumentSymbol:
    """An entry for the editor's outline of the list; its name is the key, else the type."""
    block = unit.block
    key = unit.start + block.key_start - block.start
    places = one.document.places
    return types.DocumentSymbol(
        name=block.key or block.type,
        detail=label(Entry(block.key, unit.item)),
        kind=types.SymbolKind.Object,
        range=places.range((unit.start, unit.end)),
        selection_range=places.range((key, key + len(block.key)))
        if block.key
        else places.range((unit.start, unit.start)),
    )


async def workspace_symbols(session: Session, query: str) -> list[types.WorkspaceSymbol]:
    """At most 500 entries of all lists whose key, first author, year or title have all words.

    The letter case does not matter, and a part of a word is enough. A long list takes a second, so
    they are searched in another thread, while the editor is answered.
    """
    lists = session.workspace.lists()
    await session.read_lists(lists)
    libraries = [(document, session.library(document)) for document in lists]
    return await asyncio.to_thread(_symbols_with, query.casefold().split(), libraries)


def _symbols_with(
    words: Sequence[str], libraries: Iterable[tuple[Document, Library]]
) -> list[types.WorkspaceSymbol]:
    """The symbols of the first entries in some lists that have all words."""
    found = []
    for document, library in libraries:
        for entry in library:
            said = label(entry)
            if all(word in f"{entry.key} {said}".casefold() for word in words):
                place = types.Location(document.uri, document.places.range(entry.key_span))
                kind = types.SymbolKind.Object
                found.append(types.WorkspaceSymbol(place, f"{entry.key}: {said}", kind))
            if len(found) == _MOST_SYMBOLS:
                return found
    return found


def label(entry: Entry) -> str:
    """An entry in one line: family name of the first author, year, title, as far as it has them."""
    author = next(iter(entry.authors), "").partition(",")[0]
    head = " ".join(str(part) for part in (author, entry.year or "") if part)
    return ", ".join(part for part in (head, entry.title) if part)


async def format_list(
    session: Session, document: Document, _params: types.DocumentFormattingParams
) -> list[types.TextEdit]:
    """The edits that lay a list out as ``tidy`` does, by the choices of the configuration.

    They are made in another thread, while the editor is answered. There are none where the list has
    changed since, nor, with a warning for the user, where it cannot be laid out.
    """
    choices = session.project(document).config["tidy"]
    layout = Layout(**{name.replace("-", "_"): value for name, value in choices.items()})
    try:
        edits = await asyncio.to_thread(_formatted, document, layout)
    except CompciteError as error:
        session.warn(str(error))
        return []
    return edits if session.workspace.get(document.uri) is document else []


def _formatted(document: Document, layout: Layout) -> list[types.TextEdit]:
    """The edits that lay a text out; raises CompciteError where they cannot be made."""
    return edits_between(document, tidy_source(document.source, layout).text)
