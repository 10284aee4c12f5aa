"""A pasted list as entries."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from compcite.formats.fresh_keys import FreshKeys
from compcite.formats.plain_text.furniture import clear_furniture
from compcite.formats.plain_text.reference import SAME_AUTHORS, parse
from compcite.formats.plain_text.splitting import split_list
from compcite.model.library import Entry, Field, Problem
from compcite.model.source import Span

if TYPE_CHECKING:
    from compcite.formats.plain_text.parsed import ParsedReference
    from compcite.formats.plain_text.splitting import Stretch
    from compcite.model.item import Item, Name
    from compcite.model.source import SourceFile

__all__ = ["read"]

_ENOUGH = 0.5
_LONGEST = 50_000  # characters; works of 3,000 authors have fewer
_SEEN = 60  # characters of a refused stretch that its message shows


def read(source: SourceFile) -> tuple[list[Entry], list[Problem]]:
    """The references of a list, each with a key of its own, and what is no reference."""
    entries: list[Entry] = []
    problems: list[Problem] = []
    keys = FreshKeys()
    authors: tuple[Name, ...] = ()
    cleared, furniture = clear_furniture(source.text)
    problems += [_problem(source, *span) for span in furniture]
    for stretch in split_list(cleared):
        if stretch.heading:
            continue
        text = cleared[stretch.start : stretch.end]
        parsed = _with_authors(parse(text), authors) if len(text) < _LONGEST else None
        if parsed is None or not _is_reference(parsed):
            problems.append(_problem(source, stretch.start, stretch.end))
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


def _problem(source: SourceFile, start: int, end: int) -> Problem:
    seen = " ".join(source.text[start:end].split())
    shown = seen if len(seen) <= _SEEN else seen[: _SEEN - 1] + "…"
    return Problem(
        "entry-unparsed",
        f"“{shown}” is no reference that can be read",
        source,
        Span(start, end),
    )


def _entry(source: SourceFile, stretch: Stretch, parsed: ParsedReference, key: str) -> Entry:
    fields = []
    for part in parsed.parts:
        span = Span(stretch.start + part.start, stretch.start + part.end)
        fields.append(Field(part.name.lower(), part.value, span, span, span))
    item: Item = replace(parsed.item, id=key)
    span = Span(stretch.start, stretch.end)
    return Entry(key, item, item.type, tuple(fields), source, span, format="plain-text")
