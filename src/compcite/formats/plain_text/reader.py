"""A pasted list as entries."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from compcite.formats.fresh_keys import FreshKeys
from compcite.formats.plain_text.furniture import clear_furniture
from compcite.formats.plain_text.reference import parse
from compcite.formats.plain_text.ruled import SAME_AUTHORS
from compcite.formats.plain_text.splitting import split_list
from compcite.model.item import Item
from compcite.model.library import Entry, Field, Problem
from compcite.model.source import Span

if TYPE_CHECKING:
    from compcite.formats.plain_text.parsed import ParsedReference
    from compcite.formats.plain_text.splitting import Stretch
    from compcite.model.item import Name
    from compcite.model.source import SourceFile

__all__ = ["read"]

_ENOUGH = 0.5  # three of the six things that references say
_LONGEST = 50_000  # characters; works of 3,000 authors have fewer
_SEEN = 60  # characters of a stretch that its message shows


def read(source: SourceFile) -> tuple[list[Entry], list[Problem]]:
    """The references of a list, each with a key of its own, and what is no reference.

    What cannot be taken apart becomes an entry that has the text as its note, and a problem.
    """
    entries: list[Entry] = []
    problems: list[Problem] = []
    keys = FreshKeys()
    authors: tuple[Name, ...] = ()
    cleared, furniture = clear_furniture(source.text)
    problems += [
        _problem(source, *span, "belongs to a page, not to a reference") for span in furniture
    ]
    for stretch in split_list(cleared):
        if stretch.heading:
            continue
        text = cleared[stretch.start : stretch.end]
        parsed = _with_authors(parse(text), authors) if len(text) < _LONGEST else None
        if parsed is None or not _is_reference(parsed):
            problem = _problem(
                source, stretch.start, stretch.end, "could not be taken apart; kept as a note"
            )
            problems.append(problem)
            entries.append(_note(source, stretch, text, keys))
            continue
        authors = parsed.item.names.get("author", ())
        entries.append(_entry(source, stretch, parsed, keys.of(parsed.item)))
    return entries, sorted(problems, key=lambda problem: problem.span.start)


def _is_reference(parsed: ParsedReference) -> bool:
    """Whether enough was recognised: an identifier, or what any reference has half of."""
    text = parsed.item.text
    if "DOI" in text or "PMID" in text or text.get("number", "").startswith("arXiv:"):
        return True
    named = "title" in text or ("volume" in text and "page" in text)
    return named and parsed.confidence >= _ENOUGH


def _with_authors(parsed: ParsedReference, authors: tuple[Name, ...]) -> ParsedReference:
    """The reference with the authors of the one before, where a dash stands for them."""
    if not authors or not SAME_AUTHORS.match(parsed.text.lstrip()):
        return parsed
    item = replace(parsed.item, names={"author": authors, **parsed.item.names})
    return replace(parsed, item=item)


def _problem(source: SourceFile, start: int, end: int, said: str) -> Problem:
    """A problem that shows the beginning of a stretch and says what became of it."""
    seen = " ".join(source.text[start:end].split())
    shown = seen if len(seen) <= _SEEN else seen[: _SEEN - 1] + "…"
    return Problem("entry-unparsed", f"“{shown}” {said}", source, Span(start, end))


def _note(source: SourceFile, stretch: Stretch, text: str, keys: FreshKeys) -> Entry:
    """An entry that holds a stretch as it stands, as its note."""
    item = Item("document", {"note": " ".join(text.split())})
    span = Span(stretch.start, stretch.end)
    field = Field("note", item.text["note"], span, span, span)
    key = keys.of(item)
    return Entry(key, replace(item, id=key), item.type, (field,), source, span)


def _entry(source: SourceFile, stretch: Stretch, parsed: ParsedReference, key: str) -> Entry:
    """The entry of a reference, with a field for each part and how sure it is."""
    fields = []
    for part in parsed.parts:
        span = Span(stretch.start + part.start, stretch.start + part.end)
        field = Field(part.name.lower(), part.value, span, span, span, confidence=part.confidence)
        fields.append(field)
    item: Item = replace(parsed.item, id=key)
    span = Span(stretch.start, stretch.end)
    return Entry(key, item, item.type, tuple(fields), source, span, format="plain-text")
