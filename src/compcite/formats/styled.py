"""Entries as a bibliography in a CSL style: the one seam to the CSL processor."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import PurePath
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


def write_bibliography(  # noqa: PLR0913 - what a bibliography can be asked for
    entries: Sequence[Entry],
    *,
    style: str = "apa",
    locale: str | None = None,
    markup: str | None = None,
    output: str | None = None,
    keep_case: bool = False,
) -> Written:
    """The bibliography of entries as a document, in the order of the style.

    ``style`` is a name or the path of a ``.csl`` file. ``output`` is the file to which the
    document will be written: its ending chooses the markup where none is given (``.html``,
    ``.docx``), and the document becomes a file of its own, such as a whole web page. In styles
    that print titles as they are given, English titles in Title Case become sentence case,
    unless ``keep_case``. CSL-JSON is taken as it stands. Raises StyleError for a style or locale
    that cannot be used.
    """
    processor = csl.Processor(csl.Style.load(style), locale)
    proper = None if keep_case or _sets_title_case(processor) else _proper_nouns(entries)
    items = [_as_it_stands(entry) or _item(entry, proper) for entry in entries]
    made = csl.document_of(
        processor.bibliography(items),
        markup or _markup_of(output or ""),
        language=processor.language,
        whole_file=output is not None,
    )
    return Written("", data=made) if isinstance(made, bytes) else Written(made)


def _markup_of(output: str) -> str:
    """The markup that the ending of a file's name means; text where it means none."""
    suffix = PurePath(output).suffix.lower()
    meant = (name for name, made in csl.DOCUMENTS.items() if suffix in made.suffixes)
    return next(meant, "text")


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
