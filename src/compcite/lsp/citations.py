"""Citation keys in documents and lists: completion, hover, definition, references, highlights."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from lsprotocol import types

from compcite.errors import CompciteError
from compcite.formats.citing import cited_alone
from compcite.formats.rewriting import key_places
from compcite.lsp.descriptions import description_of
from compcite.lsp.offers import best_offers
from compcite.lsp.workspace import LIST
from compcite.model.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from compcite.lsp.manuscripts import Manuscript
    from compcite.lsp.session import Session
    from compcite.lsp.workspace import Document
    from compcite.model.library import Entry
    from compcite.verbs.rename import Documents

__all__ = [
    "KeyAt",
    "complete",
    "definition_in_document",
    "definition_in_list",
    "highlights_in_document",
    "highlights_in_list",
    "hover",
    "key_in_document",
    "key_in_list",
    "lists_of",
    "references_in_document",
    "references_in_list",
    "resolve",
]

_PROBE = "Qqz"  # a key that may be written anywhere, and that nobody has
# What ends a citation that is not closed yet, by the sign that opens it; of backticks only those of
# roles, such as :cite:`key`, since others open code.
_OPENED = re.compile(r"[{\[<\"]|(?<=[:}])`")
_CLOSINGS = {"{": "}", "[": "]", "<": ">", '"': '"', "`": "`"}
# Behind one of these a key may begin; most requests come from typing words of prose.
_SIGNS = re.compile(r"[@{`<&:\"]")
_JSON = "notebook"  # the kind of documents that are JSON
_NEAR = 2_000  # characters before the cursor in which such a sign is looked for: a long paragraph
_PARAGRAPH = re.compile(r"\n[ \t]*\r?\n|\r[ \t]*\r(?!\n)")


class KeyAt(NamedTuple):
    """A key that stands at a place of a text."""

    key: str
    span: Span


# In documents


async def complete(
    session: Session, document: Document, params: types.CompletionParams
) -> types.CompletionList | None:
    """The keys that may be cited here; None where nothing is cited.

    It waits for lists that were not read yet.
    """
    typed = _typed_key(session, document, document.places.offset(params.position))
    if typed is None:
        return None
    lists = _lists_used_by(session.manuscripts.last_of(document))
    await session.read_lists(lists)
    known, all_known = session.offers(lists)
    offers, whole = best_offers(known, typed.key)
    place = document.places.range(typed.span)
    return types.CompletionList(
        is_incomplete=not (whole and all_known),
        items=[
            types.CompletionItem(
                label=offer.key,
                kind=types.CompletionItemKind.Reference,
                detail=offer.detail,
                filter_text=f"{offer.key} {offer.detail}",
                sort_text=f"{rank:04}",
                text_edit=types.TextEdit(place, offer.key),
                data={"uri": document.uri},
            )
            for rank, offer in enumerate(offers)
        ],
    )


def resolve(session: Session, item: types.CompletionItem) -> types.CompletionItem:
    """An offered key with what the entry is and what is known of it, added to ``item`` itself.

    It is made only for an offer at which the user looks, since an editor gets a hundred at once.
    """
    uri = item.data.get("uri") if isinstance(item.data, dict) else None
    document = session.workspace.get(str(uri))
    if document is not None:
        lists = (document,) if document.kind == LIST else lists_of(session, document)
        if text := _described(session, lists, item.label):
            item.documentation = types.MarkupContent(types.MarkupKind.Markdown, text)
    return item


def hover(session: Session, document: Document, params: types.HoverParams) -> types.Hover | None:
    """What the cited entry is, and what is known of it; None where no entry is cited here."""
    cited = key_in_document(session, document, params.position)
    if cited is None:
        return None
    text = _described(session, lists_of(session, document), cited.key)
    if not text:
        return None
    content = types.MarkupContent(types.MarkupKind.Markdown, text)
    return types.Hover(content, document.places.range(cited.span))


def _described(session: Session, lists: tuple[Document, ...], key: str) -> str:
    """What is known of the entries with a cited key, in Markdown; empty if no list has the key."""
    entries = session.known(lists).meant(key)
    return "\n\n---\n\n".join(description_of(session, lists, entry) for entry in entries)


def definition_in_document(
    session: Session, document: Document, params: types.DefinitionParams
) -> list[types.Location]:
    """The entries that are cited here; without any, the places where documents describe the key."""
    cited = key_in_document(session, document, params.position)
    if cited is None:
        return []
    found = list(_entries(session, lists_of(session, document), cited.key))
    return found or [
        place
        for one in session.manuscripts.of(document)
        for place in _places(session, one.read, {cited.key}, definitions=True)
    ]


def references_in_document(
    session: Session, document: Document, params: types.ReferenceParams
) -> list[types.Location]:
    """All places at which the key that is cited here stands, in all documents and lists."""
    cited = key_in_document(session, document, params.position)
    if cited is None:
        return []
    lists = lists_of(session, document)
    manuscripts = session.manuscripts.using(lists) or session.manuscripts.of(document)
    declared = params.context.include_declaration
    return _references(session, lists, manuscripts, cited.key, declared=declared)


def highlights_in_document(
    session: Session, document: Document, params: types.DocumentHighlightParams
) -> list[types.DocumentHighlight]:
    """The places in this document at which the key that stands here is cited or described."""
    cited = key_in_document(session, document, params.position)
    if cited is None:
        return []
    spans = {one.span for one in _keys(session, document) if one.key == cited.key}
    return [types.DocumentHighlight(document.places.range(span)) for span in sorted(spans)]


def lists_of(session: Session, document: Document) -> tuple[Document, ...]:
    """The lists of all manuscripts to which a document belongs."""
    return _lists_used_by(session.manuscripts.of(document))


def _lists_used_by(manuscripts: Iterable[Manuscript]) -> tuple[Document, ...]:
    """The lists of some manuscripts, each once."""
    return tuple({used.uri: used for one in manuscripts for used in one.lists}.values())


def key_in_document(session: Session, document: Document, position: types.Position) -> KeyAt | None:
    """The key that is cited, or that the document describes, at a position; else None."""
    return _at(_keys(session, document), document.places.offset(position))


def _keys(session: Session, document: Document) -> Iterator[KeyAt]:
    """The keys of a document, those that it describes itself included, with their places."""
    for one in session.manuscripts.of(document):
        citations = one.read.citations
        for each in (*citations.citations, *citations.definitions):
            if each.source is document.source:
                yield KeyAt(each.key, each.span)


def _typed_key(session: Session, document: Document, offset: int) -> KeyAt | None:
    r"""What was typed of a key before an offset, and the whole key around; None where none is.

    A probe is written at the offset, and the document is read: if the probe is cited, a key may
    stand here. So keys are completed just where the commands read them, in ``\cite{…}`` as well as
    in the document's own commands, and neither in comments nor in code.
    """
    text = document.text
    start = max(offset - _NEAR, 0)
    paragraph = [match.end() for match in _PARAGRAPH.finditer(text, start, offset)]
    if not _SIGNS.search(text, paragraph[-1] if paragraph else start, offset):
        return None
    opened = [match[0] for match in _OPENED.finditer(text, start, offset)]
    closing = _CLOSINGS[opened[-1]] if opened else ""
    behind = _PARAGRAPH.search(text, offset)
    # What stands further behind does not matter, but for JSON.
    end = behind.start() if behind and document.kind != _JSON else len(text)
    lines = document.places.lines
    is_closed = closing in text[offset : lines.end_of(lines.line_of(offset))]
    mains = (one.main for one in session.manuscripts.last_of(document))
    before = [main.source for main in mains if main.uri != document.uri][:1]
    for close in dict.fromkeys(("", closing) if is_closed else (closing, "")):
        probed = document.source.with_text(text[:offset] + _PROBE + close + text[offset:end])
        try:
            cited = cited_alone(probed, before)
        except CompciteError:
            return None
        for one in cited:
            if one.start <= offset < one.end and _PROBE in one.key:
                typed = one.key.partition(_PROBE)[0]
                stop = offset if one.start == offset else one.end - len(_PROBE)
                return KeyAt(typed, Span(one.start, max(stop, offset)))
    return None


# In lists


def definition_in_list(
    session: Session, document: Document, params: types.DefinitionParams
) -> list[types.Location]:
    """The entry whose key stands here: the entry itself, or one that it names."""
    named = key_in_list(session, document, params.position)
    return list(_entries(session, (document,), named.key)) if named else []


def references_in_list(
    session: Session, document: Document, params: types.ReferenceParams
) -> list[types.Location]:
    """All places at which the key here stands, in all documents and in this list."""
    named = key_in_list(session, document, params.position)
    if named is None:
        return []
    manuscripts = session.manuscripts.using([document])
    declared = params.context.include_declaration
    return _references(session, (document,), manuscripts, named.key, declared=declared)


def highlights_in_list(
    session: Session, document: Document, params: types.DocumentHighlightParams
) -> list[types.DocumentHighlight]:
    """The places in this list at which the same key stands."""
    named = key_in_list(session, document, params.position)
    if named is None:
        return []
    spans = {span for _, span in _named(session, document, {named.key})}
    return [types.DocumentHighlight(document.places.range(span)) for span in sorted(spans)]


def key_in_list(session: Session, document: Document, position: types.Position) -> KeyAt | None:
    """The key of an entry, or one that an entry names, at a position of a list; else None."""
    one = session.lists[document.uri]
    offset = document.places.offset(position)
    unit = one.unit_at(offset)
    if unit is None or not unit.is_entry:
        return None
    return _at((KeyAt(key, span) for key, span in key_places(one.entry(unit))), offset)


# In both


def _at(keys: Iterator[KeyAt], offset: int) -> KeyAt | None:
    """The first key in which an offset lies, or at whose end; None without one."""
    return next((one for one in keys if one.span.start <= offset <= one.span.end), None)


def _entries(session: Session, lists: tuple[Document, ...], key: str) -> Iterator[types.Location]:
    """The places of the keys of the entries that a citation of ``key`` means."""
    texts = {id(one.source): one for one in lists}
    for entry in session.known(lists).meant(key):
        if (one := texts.get(id(entry.source))) is not None:
            yield types.Location(one.uri, one.places.range(entry.key_span))


def _references(
    session: Session,
    lists: tuple[Document, ...],
    manuscripts: list[Manuscript],
    key: str,
    *,
    declared: bool,
) -> list[types.Location]:
    """The places of a key in some lists and manuscripts, each once.

    With ``declared``, the key of the entry itself and a document's own description are among them.
    Other keys of the same entry (aliases, letter case) count as the key.
    """
    known = session.known(lists)
    places = known.names.meant(key)
    keys = {key, *(name for place in places for name in known.library.entries[place].keys)}
    found: list[types.Location] = []
    for one in lists:
        for entry, span in _named(session, one, keys):
            if declared or span != entry.key_span:
                found.append(types.Location(one.uri, one.places.range(span)))
    for manuscript in manuscripts:
        # A key in another letter case may mean the same entry.
        alike = {
            each
            for each in manuscript.read.citations.keys
            if each in keys or (places and known.names.meant(each) == places)
        }
        found += _places(session, manuscript.read, alike | keys)
        if declared:
            found += _places(session, manuscript.read, keys, definitions=True)
    # A file that two manuscripts include is named once.
    return list({(one.uri, str(one.range)): one for one in found}.values())


def _named(session: Session, one: Document, keys: set[str]) -> Iterator[tuple[Entry, Span]]:
    """Each place in a list at which one of these keys stands, with the entry around it."""
    for entry in _entries_with(session, one, keys):
        yield from ((entry, span) for key, span in key_places(entry) if key in keys)


def _entries_with(session: Session, document: Document, words: set[str]) -> Iterator[Entry]:
    """The entries of a list whose text has one of some words."""
    one = session.lists.get(document.uri)
    if one is not None:
        units = (unit for unit in one.units if unit.is_entry)
        yield from (one.entry(unit) for unit in units if any(word in unit.text for word in words))
        return
    for entry in session.library(document).entries:
        if any(document.text.find(word, *entry.span) >= 0 for word in words):
            yield entry


def _places(
    session: Session, read: Documents, keys: set[str], *, definitions: bool = False
) -> Iterator[types.Location]:
    """The places in documents at which one of these keys is cited, or is described."""
    citations = read.citations.definitions if definitions else read.citations.citations
    texts = {id(source): name for name, source in read.sources.items()}
    for one in citations:
        if one.key in keys and (document := session.manuscripts.text(texts[id(one.source)])):
            yield types.Location(document.uri, document.places.range(one.span))
