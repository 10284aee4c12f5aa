"""Write entries as NBIB, in the form that PubMed writes and reference managers read."""

from __future__ import annotations

import re
import textwrap
from typing import TYPE_CHECKING

from compcite.formats.losses import loss
from compcite.formats.nbib.reader import read_nbib
from compcite.formats.nbib.terms import IN_SERIES, STATES, TEXTS, TYPES, TYPES_ALONE, UNTITLED
from compcite.formats.page_counts import with_unit
from compcite.formats.plain_texts import unguarded
from compcite.formats.reference_manager import ENTITY, split_keywords
from compcite.model.library import Written
from compcite.model.source import SourceFile
from compcite.text.languages import ISO_639_2, split_languages
from compcite.text.markup import without_tags
from compcite.values.calendar import MONTHS, SEASONS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from compcite.model.item import Date, Item, Name
    from compcite.model.library import Entry

__all__ = ["write_nbib"]

_WIDTH = 88  # columns that PubMed fills
_INDENT = " " * 6
_PERIODICAL = ("article-journal", "article-magazine", "review", "review-book")
_TYPES = {
    **{type_: kind for kind, type_ in (TYPES | TYPES_ALONE).items()},
    **dict.fromkeys(_PERIODICAL, "Journal Article"),
    "paper-conference": "Congress",
}
_STATES = {shown: state for state, shown in STATES.items() if shown}
_CODES = {tag: code for code, tag in reversed(ISO_639_2.items())} | {
    "nb": "nor",
    "nn": "nor",
}


def write_nbib(entries: Sequence[Entry]) -> Written:
    """Return the text of an NBIB file with all entries, and a sentence for each loss.

    A loss is what an entry says and NBIB has no place for, such as its citation key. An empty line
    stands between two records. Each record begins with ``PMID``, even if there is none to write.
    """
    blocks: list[str] = []
    losses = ["NBIB has no citation keys."] if any(entry.key for entry in entries) else []
    for entry in entries:
        lines = [f"PMID- {_line(entry.item.text.get('PMID', ''))}".rstrip()]
        lines += [_wrapped(tag, value) for tag, value in _lines(entry.item) if value]
        block = "".join(f"{line}\n" for line in lines)
        blocks.append(block)
        (kept, *_), _ = read_nbib(SourceFile("-", block))
        losses += loss("NBIB", entry.key, entry.item, kept.item)
    return Written("\n".join(blocks), tuple(losses))


def _wrapped(tag: str, value: str) -> str:
    """Return a tag with its value, broken into lines of at most 88 characters, as PubMed does."""
    return textwrap.fill(
        value,
        _WIDTH,
        initial_indent=f"{tag:<4}- ",
        subsequent_indent=_INDENT,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _lines(item: Item) -> Iterator[tuple[str, str]]:
    """Yield the pairs of tag and value for what NBIB can say of an item, but not its ``PMID``.

    They come about in PubMed's order. A value may be empty; the caller leaves such a line out.
    """
    text = {variable: _line(value) for variable, value in item.text.items()}
    yield from _numbers(text)
    if issued := item.dates.get("issued"):
        yield "DP", _date(issued)
    yield from _titles(item.type, text)
    yield from ((tag, text.get(variable, "")) for tag, variable in TEXTS.items())
    yield from _extent(text)
    yield "AB", text.get("abstract", "")
    yield "PL", text.get("publisher-place", "")
    yield from _people(item)
    for tag in split_languages(text.get("language", "")):
        language = tag.partition("-")[0]
        yield "LA", _CODES.get(language, language)
    yield "PT", _TYPES.get(item.type, "")
    yield from (("OT", keyword) for keyword in split_keywords(text.get("keyword", "")))
    yield from (("GN", _line(note)) for note in item.text.get("note", "").split("\n"))


def _line(value: str) -> str:
    """Return a value in one line without markup, and safe from being read as an HTML entity."""
    bare = " ".join(without_tags(unguarded(value)).split())
    return ENTITY.sub(lambda entity: "&amp;" + entity[0][1:], bare)


def _numbers(text: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the tags and values of ISSN, ISBN, article number and DOI.

    The article number is left out if the item has pages.
    """
    for variable, tag in (("ISSN", "IS"), ("ISBN", "ISBN")):
        yield from ((tag, number) for number in split_keywords(text.get(variable, "")))
    if "number" in text and "page" not in text:
        yield "LID", f"{text['number']} [pii]"
    if "DOI" in text:
        yield "LID", f"{text['DOI']} [doi]"


def _extent(text: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the tags and values of pages, number of pages, series and state of publication.

    The pages come last: of two lines ``PG``, other programs keep the last.
    """
    yield "PG", with_unit(text.get("number-of-pages", ""))
    yield "PG", text.get("page", "")
    if series := text.get("collection-title", ""):
        yield "CTI", IN_SERIES.join(filter(None, (series, text.get("collection-number", ""))))
    state = text.get("status", "")
    yield "PST", _STATES.get(state, state)


def _titles(type_: str, text: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the tags and values of the titles.

    A book has one title (``BTI``), a chapter its own (``TI``) and that of the book (``BTI``), an
    article its own and that of the journal, short (``TA``) and whole (``JT``). A work without a
    title gets PubMed's words for that.
    """
    title = text.get("title", "") or UNTITLED
    container = text.get("container-title", "")
    if type_ == "book":
        yield "BTI", _stopped(title)
        return
    yield "TI", _stopped(title)
    if type_ in ("chapter", "paper-conference"):
        yield "BTI", _stopped(container)
        return
    yield "TA", text.get("container-title-short", "")
    yield "JT", container


def _stopped(title: str) -> str:
    """Return a title with a full stop at its end, as PubMed writes it.

    A title that is empty, or ends with ``.``, ``?`` or ``!``, is returned as it is.
    """
    return title if not title or title[-1] in ".?!" else f"{title}."


def _people(item: Item) -> Iterator[tuple[str, str]]:
    """Yield the tags and values of authors and editors.

    An author who is a person has two lines, ``FAU`` (whole name) and ``AU`` (initials). An author
    that is an institution has one, ``CN``. An editor has the line ``FED``.
    """
    for name in item.names.get("author", ()):
        if name.family:
            yield "FAU", _name(name)
            yield "AU", _short(name)
        else:
            yield "CN", _name(name)
    if "author" in item.truncated:
        yield "AU", "et al"
    yield from (("FED", _name(name)) for name in item.names.get("editor", ()))


def _name(name: Name) -> str:
    """Return a name as ``Family, Given Suffix``. A name without parts is returned as it is."""
    if not name.family:
        return _line(name.literal or name.given)
    family = f"{name.non_dropping_particle} {name.family}".strip()
    given = " ".join(filter(None, (name.given, name.dropping_particle, name.suffix)))
    return _line(f"{family}, {given}" if given else family)


def _short(name: Name) -> str:
    """Return a name as ``Family GN Suffix``: ``Smith JA Jr`` for John Albert Smith Jr.

    It stands beside the whole name, for programs that read only this form.
    """
    initials = "".join(part[0] for part in re.split(r"[\s.-]+", name.given) if part)
    parts = (name.non_dropping_particle, name.family, initials.upper(), name.suffix)
    return _line(" ".join(filter(None, parts)))


def _date(date: Date) -> str:
    """Return a date as ``2017 Mar 15``, ``2017 Mar-Apr`` or ``1998 Dec-1999 Jan``.

    A date without a year is returned in its own words.
    """
    if not date.parts:
        return _line(date.literal)
    first, *last = (_day(parts) for parts in dict.fromkeys(date.parts))
    if date.season:
        return f"{first} {SEASONS[date.season - 1]}"
    if not last:
        return first
    same = date.parts[0][0] == date.parts[-1][0]
    return f"{first}-{last[-1].partition(' ')[2] if same else last[-1]}"


def _day(parts: Sequence[int]) -> str:
    """Return a year with its month and day, if these are known: ``2017 Mar 15``, ``2017``."""
    month = [MONTHS[parts[1] - 1]] if len(parts) > 1 else []
    return " ".join([f"{parts[0]:04d}", *month, *map(str, parts[2:])])
