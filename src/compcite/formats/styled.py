"""Entries as a bibliography in a CSL style: the one seam to the CSL processor."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING

from compcite import csl
from compcite.errors import StyleError
from compcite.model.item import Item, Name
from compcite.model.library import Written
from compcite.text.capitals.sentence_case import proper_nouns, sentence_case, without_title_case
from compcite.text.doi import read_doi

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from compcite.model.library import Entry

__all__ = ["item_under_key", "write_bibliography"]

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
    unless ``keep_case``. CSL-JSON comes out as every CSL processor prints it: its titles are in
    the letters that are to be printed, and a name "others" is a name. Raises StyleError for a
    style or locale that cannot be used.
    """
    processor = csl.Processor(csl.Style.load(style), locale)
    if not processor.has_bibliography:
        raise StyleError(
            f"the style {processor.style.title!r} has no bibliography, only citations: "
            f"compcite cite KEY --style {style} prints one"
        )
    change = _case_changer(processor, entries) if not keep_case else None
    items = [_item(entry, change) for entry in entries]
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


def _case_changer(processor: csl.Processor, entries: Sequence[Entry]) -> Callable[[str], str]:
    """How titles that were not written for a style become what the style needs."""
    if _sets_title_case(processor):
        return without_title_case
    proper = _proper_nouns(entries)
    return lambda title: sentence_case(title, proper)


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


def item_under_key(entry: Entry) -> Item:
    """The item of an entry, with its key as id and its DOI as styles want it.

    Styles write ``https://doi.org/`` before a DOI. So a DOI that was written as an address is
    made bare, whether it stands in ``DOI`` or alone in ``URL``; another address in ``DOI`` is
    the work's URL.
    """
    item = replace(entry.item, id=entry.key)
    doi, url = item.text.get("DOI", ""), item.text.get("URL", "")
    if doi.startswith("10.") or not (doi or "10." in url):
        return item
    others = {name: text for name, text in item.text.items() if name not in ("DOI", "URL")}
    if doi:
        if bare := _bare_doi(doi):
            return replace(item, text={**item.text, "DOI": bare})
        is_address = doi.startswith(("http://", "https://"))
        return replace(item, text={**others, "URL": url or doi}) if is_address else item
    bare = _bare_doi(url)
    return replace(item, text={**others, "DOI": bare}) if bare else item


def _bare_doi(written: str) -> str:
    """The DOI that a text spells and nothing else; empty where it says more or no DOI."""
    read = read_doi(written)
    return read.doi if read and read.bare else ""


def _item(entry: Entry, change: Callable[[str], str] | None) -> Item:
    """The item of an entry under its key, its titles in the case that the style needs."""
    item = item_under_key(entry)
    if entry.format == "csl-json":
        return _with_others(item)
    if change is None or not item.text.get("language", "en").lower().startswith("en"):
        return item
    names = ["title", "title-short", "volume-title"]
    if item.type not in _PERIODICALS:
        names.append("container-title")
    changed = {name: change(item.text[name]) for name in names if name in item.text}
    return replace(item, text={**item.text, **changed})


def _with_others(item: Item) -> Item:
    """The item with the name "others" where CSL-JSON says with it that there are more names."""
    more = {role: (*item.names[role], Name(literal="others")) for role in item.truncated}
    return replace(item, names={**item.names, **more}, truncated=frozenset()) if more else item
