"""Entries as a bibliography in a CSL style: the one seam to the CSL processor."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from compcite import csl
from compcite.model.item import Item
from compcite.model.library import Written
from compcite.text.capitals.sentence_case import (
    is_english,
    is_title_case,
    proper_nouns,
    sentence_case,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from compcite.model.library import Entry

__all__ = ["write_bibliography"]

_PROBE = Item("article-journal", {"title": "one probe of titles", "container-title": "Journal"})
_PERIODICALS = frozenset({"article-journal", "article-magazine", "article-newspaper"})


def write_bibliography(
    entries: Sequence[Entry],
    *,
    style: str = "apa",
    locale: str | None = None,
    markup: str = "text",
    keep_case: bool = False,
) -> Written:
    """The bibliography of entries, in the order of the style; as text one entry a line.

    ``style`` is a name or the path of a ``.csl`` file. In styles that print titles as they are
    given, English titles in Title Case become sentence case, unless ``keep_case``. CSL-JSON is
    taken as it stands. Raises StyleError for a style or locale that cannot be used.
    """
    processor = csl.Processor(csl.Style.load(style), locale)
    proper = None if keep_case or _sets_title_case(processor) else _proper_nouns(entries)
    items = [_as_it_stands(entry) or _item(entry, proper) for entry in entries]
    rendered = processor.bibliography(items).entries
    return Written("".join(csl.render(entry.content, markup) + "\n" for entry in rendered))


def _sets_title_case(processor: csl.Processor) -> bool:
    """Whether a style asks for Title Case itself: seen on an article with a small title."""
    (probe,) = processor.bibliography([_PROBE]).entries
    return "Probe" in csl.render(probe.content, "text")


def _proper_nouns(entries: Iterable[Entry]) -> set[str]:
    """The proper nouns that the titles and keywords of a list give away."""
    texts = [entry.item.text for entry in entries]
    return proper_nouns(
        (text["title"] for text in texts if "title" in text),
        (text["keyword"] for text in texts if "keyword" in text),
    )


def _item(entry: Entry, proper: set[str] | None) -> Item:
    """The item of an entry under its key, its titles in sentence case where they are not."""
    item = replace(entry.item, id=entry.key)
    if proper is None or not item.text.get("language", "en").lower().startswith("en"):
        return item
    names = ["title", "title-short", "volume-title"]
    if item.type not in _PERIODICALS:
        names.append("container-title")
    changed = {
        name: sentence_case(item.text[name], proper)
        for name in names
        if name in item.text and is_title_case(item.text[name]) and is_english(item.text[name])
    }
    return replace(item, text={**item.text, **changed}) if changed else item


def _as_it_stands(entry: Entry) -> dict[str, Any] | None:
    """The CSL-JSON object of an entry that was read from one: a style gets what was written."""
    if entry.source is None or not entry.source.text.startswith("{", entry.span.start):
        return None
    try:
        found = json.loads(entry.source.text[entry.span.start : entry.span.end], strict=False)
    except (ValueError, RecursionError):
        return None
    return {**found, "id": entry.key} if isinstance(found, dict) else None
