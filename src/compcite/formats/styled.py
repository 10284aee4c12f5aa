"""Write entries as a bibliography in a CSL style.

Only this module of formats calls the processor.
"""

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

__all__ = ["item_under_key", "write_bibliography", "write_entries"]

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
    in_order: bool = False,
) -> Written:
    """Return the bibliography of the entries as a document, in the order of the style.

    With ``in_order`` the entries stay in the order in which they are given. ``style`` is a name or
    the path of a ``.csl`` file. ``output`` is the file to which the document will be written: if no
    ``markup`` is given, its ending chooses one (``.html``, ``.docx``), and
    the document is then complete, such as a whole web page. In styles that print titles as they are
    given, English titles in Title Case become sentence case, unless ``keep_case`` is true. CSL-JSON
    is printed as every CSL processor does it: titles keep their letters, and a name "others" is a
    name. Raise StyleError if the style or the locale cannot be used.
    """
    processor, bibliography = _rendered(
        entries, style, locale, keep_case=keep_case, in_order=in_order
    )
    made = csl.document_of(
        bibliography,
        markup or _markup_of(output or ""),
        language=processor.language,
        whole_file=output is not None,
    )
    return Written("", data=made) if isinstance(made, bytes) else Written(made)


def write_entries(
    entries: Sequence[Entry], *, style: str = "apa", locale: str | None = None, markup: str = "text"
) -> list[str]:
    """The bibliography of the entries, each by itself, for somebody's own document.

    Everything else is as for :func:`write_bibliography`.
    """
    _, bibliography = _rendered(entries, style, locale)
    return [csl.render(entry.content, markup) for entry in bibliography.entries]


def _rendered(
    entries: Sequence[Entry],
    style: str,
    locale: str | None,
    *,
    keep_case: bool = False,
    in_order: bool = False,
) -> tuple[csl.Processor, csl.Bibliography]:
    """The processor for a style in a locale, and the bibliography that it makes.

    Unless ``keep_case``, titles get the case that the style needs. Raises StyleError for a style
    that has only citations.
    """
    processor = csl.Processor(csl.Style.load(style), locale)
    if not processor.has_bibliography:
        raise StyleError(
            f"the style {processor.style.title!r} has no bibliography, only citations: "
            f"compcite cite KEY --style {style} prints one"
        )
    change = _case_changer(processor, entries) if not keep_case else None
    items = [_item(entry, change) for entry in entries]
    return processor, processor.bibliography(items, in_order=in_order)


def _markup_of(output: str) -> str:
    """Return the markup for the ending of a file's name; ``text`` if the ending is unknown."""
    suffix = PurePath(output).suffix.lower()
    meant = (name for name, made in csl.DOCUMENTS.items() if suffix in made.suffixes)
    return next(meant, "text")


def _case_changer(processor: csl.Processor, entries: Sequence[Entry]) -> Callable[[str], str]:
    """Return a function that changes the case of a title to what the style needs.

    If the style makes Title Case, English titles stay as they are, and others are protected from
    it. Any other style gets titles in sentence case, in which the proper nouns of the whole list
    keep their capitals.
    """
    if _sets_title_case(processor):
        return without_title_case
    proper = _proper_nouns(entries)
    return lambda title: sentence_case(title, proper)


def _sets_title_case(processor: csl.Processor) -> bool:
    """Return whether a style prints titles in Title Case.

    It is tried on an article whose title is in small letters. A style that prints nothing of an
    article has no entry for it.
    """
    entries = processor.bibliography([_PROBE]).entries
    return any("Probe" in csl.render(entry.content, "text") for entry in entries)


def _proper_nouns(entries: Iterable[Entry]) -> set[str]:
    """Return the proper nouns that the titles and keywords of all entries show."""
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
    """Return the DOI that a text gives; empty if the text says more than a DOI, or has none."""
    read = read_doi(written)
    return read.doi if read and read.bare else ""


def _item(entry: Entry, change: Callable[[str], str] | None) -> Item:
    """Return the item of an entry, its key as id, and its titles changed in case by ``change``.

    ``change`` is None if the case shall stay. Titles in other languages than English stay too, and
    so do those of an entry from CSL-JSON, in which lists of names that are not complete end in
    "others".
    """
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
    """Return the item with the name "others" at the end of each list that is not complete."""
    more = {role: (*item.names[role], Name(literal="others")) for role in item.truncated}
    return replace(item, names={**item.names, **more}, truncated=frozenset()) if more else item
