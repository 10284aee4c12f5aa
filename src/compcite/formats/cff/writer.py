"""Write entries as a valid CITATION.cff; they are its ``references``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from compcite.formats.cff.reader import cff_item
from compcite.formats.cff.schema import (
    ANONYMOUS,
    KEY_NOTE,
    SERIES,
    SERIES_NOTE,
    STATUSES,
    TEXTS,
    WRITTEN_TYPES,
)
from compcite.formats.losses import loss
from compcite.formats.plain_texts import plain_texts
from compcite.formats.reference_manager import split_keywords
from compcite.formats.yaml_text import to_yaml
from compcite.model.library import Written
from compcite.text.languages import split_languages

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compcite.model.item import Date, Item, Name
    from compcite.model.library import Entry

__all__ = ["write_cff"]

Data = dict[str, object]

_VALID = {
    "doi": re.compile(r"10\.\d{4,9}(\.\d+)?/[A-Za-z0-9:/_;\-.()\[\]\\]+$"),
    "isbn": re.compile(r"[0-9\- ]{10,17}X?$"),
    "issn": re.compile(r"\d{4}-\d{3}[\dxX]$"),
    "pmcid": re.compile(r"PMC[0-9]{7}$"),
    "url": re.compile(r"(?:https|http|ftp|sftp)://[^\s<>\"{}|\\^`]+$"),
}
_LANGUAGE = re.compile(r"[a-z]{2,3}$")
_PAGES = re.compile(r"([^\s,–-]+)[–-]([^\s,–-]+)$")
_COUNT = re.compile(r"(?:0|[1-9]\d{0,8})$")
_WHOLE = frozenset({"volume", "issue", "number-volumes", "pages"})
_LAST_YEAR = 9999
_WHOLE_DATE = 3


def write_cff(entries: Sequence[Entry]) -> Written:
    """Return the text of a CITATION.cff with all entries, and a sentence for each loss.

    The entries are its ``references``. The file is valid: its title is ``Untitled`` and its author
    ``anonymous``, until the user writes those of the work that cites the references. Citation keys
    are kept as identifiers.
    """
    references: list[Data] = []
    losses: list[str] = []
    for entry in entries:
        reference = _reference(entry)
        references.append(reference)
        losses += loss("CFF", entry.key, entry.item, cff_item(reference))
    root: Data = {
        "cff-version": "1.2.0",
        "message": "If you use this work, please cite the works in its references.",
        "title": "Untitled",
        "authors": [{"name": ANONYMOUS}],
    }
    if references:
        root["references"] = references
    return Written(to_yaml(root), tuple(losses))


def _reference(entry: Entry) -> Data:
    """Return the mapping of an entry; its keys come in the order in which people look for them.

    A value that the schema calls invalid is left out. The schema asks for title and authors: a work
    without a title gets that of its container, else ``Untitled``, and one without authors
    ``anonymous``.
    """
    item = entry.item
    text = plain_texts(item)
    made: Data = {"type": WRITTEN_TYPES.get(item.type, "generic")}
    made["title"] = text.get("title") or text.get("container-title") or "Untitled"
    made["authors"] = _people(item.names.get("author", ())) or [{"name": ANONYMOUS}]
    made |= _dates(item)
    made |= _containers(item.type, text)
    made |= _conference(item, text)
    for name, variable in TEXTS:
        value = text.get(variable, "")
        valid = _VALID.get(name)
        if value and name not in made and (valid is None or valid.match(value)):
            made[name] = int(value) if _COUNT.match(value) and name in _WHOLE else value
    made |= _numbers(item.type, text)
    made |= _publication(item.type, text)
    for name, variable in (
        ("editors", "editor"),
        ("editors-series", "collection-editor"),
        ("translators", "translator"),
        ("recipients", "recipient"),
    ):
        if people := _people(item.names.get(variable, ())):
            made[name] = people
    made["identifiers"] = _identifiers(entry.key, text, made)
    return made


def _people(names: Sequence[Name]) -> list[Data]:
    """Return a mapping for each person and institution.

    Who is named twice is written once, and a name without any part is left out.
    """
    found: list[Data] = []
    for name in names:
        if name.family:
            particle = " ".join(filter(None, (name.dropping_particle, name.non_dropping_particle)))
            person: Data = {"family-names": name.family, "given-names": name.given}
            person |= {"name-particle": particle, "name-suffix": name.suffix}
        else:
            person = {"name": name.literal or name.given}
        person = {part: value for part, value in person.items() if value}
        if person and person not in found:
            found.append(person)
    return found


def _dates(item: Item) -> Data:
    """Return the keys and values of the dates; of a range of dates, the first.

    The schema wants whole days for ``date-released``, ``date-published`` and ``date-accessed``;
    such a key is left out if the day is not known. Year and month have keys of their own.
    """
    made: Data = {}
    if issued := item.dates.get("issued"):
        released = "date-released" if item.type == "software" else "date-published"
        if day := _day(issued):
            made[released] = day
        if issued.parts and 0 < issued.parts[0][0] <= _LAST_YEAR:
            made["year"] = issued.parts[0][0]
            if len(issued.parts[0]) > 1:
                made["month"] = issued.parts[0][1]
        elif shown := _year_in_words(issued):
            made["year"] = shown
    if (original := item.dates.get("original-date")) and original.year:
        made["year-original"] = original.year
    if (accessed := item.dates.get("accessed")) and (day := _day(accessed)):
        made["date-accessed"] = day
    return made


def _day(date: Date) -> str:
    """Return the first day of a date as ``YYYY-MM-DD``, or an empty string if no day is known."""
    return _iso(date.parts[0]) if date.parts else ""


def _iso(parts: tuple[int, ...]) -> str:
    """Return year, month and day as ``YYYY-MM-DD``, or an empty string if one is missing."""
    if len(parts) < _WHOLE_DATE or not 0 < parts[0] <= _LAST_YEAR:
        return ""
    return f"{parts[0]:04d}-{parts[1]:02d}-{parts[2]:02d}"


def _year_in_words(date: Date) -> str:
    """Return a year outside of 1 to 9999 as text, or the words of a date that has no year.

    A year before Christ is ``44 BC``. The result is empty if nothing is known.
    """
    if date.parts:
        return f"{-date.parts[0][0]} BC" if date.parts[0][0] < 0 else str(date.parts[0][0] or "")
    return date.literal


def _containers(type_: str, text: dict[str, str]) -> Data:
    """Return the keys and values of the titles of journal, book and series.

    The book of a chapter is the collection; if it stands in a series, the book is the volume and
    the series the collection. Other types than articles, books, reports and theses keep only their
    container, as the collection. Empty titles are left out.
    """
    container, series = text.get("container-title", ""), text.get("collection-title", "")
    made: Data = {}
    if type_.startswith("article") or type_ in ("review", "review-book"):
        made = {"journal": container, "collection-title": series if container else ""}
    elif type_ in ("book", "collection", "report", "thesis"):
        made = {"journal": container, "collection-title": series}
    elif type_ == "chapter" and container and series and "volume-title" not in text:
        made = {
            "volume-title": container,
            "collection-title": series,
            "collection-type": SERIES,
        }
    else:
        made = {"collection-title": container}
    return {name: value for name, value in made.items() if value}


def _conference(item: Item, text: dict[str, str]) -> Data:
    """Return the key ``conference`` with name, place and days; empty if its name is not known."""
    made: Data = {"name": text.get("event-title", ""), "location": text.get("event-place", "")}
    if date := item.dates.get("event-date"):
        made |= {"date-start": _day(date), "date-end": _iso(date.parts[-1]) if date.parts else ""}
    made = {name: value for name, value in made.items() if value}
    return {"conference": made} if "name" in made else {}


def _numbers(type_: str, text: dict[str, str]) -> Data:
    """Return the keys and values of pages, section, status, languages and keywords.

    A range of pages becomes ``start`` and ``end``. A CSL ``article`` without a known status is a
    preprint. A language that is no code of two or three letters is left out.
    """
    made: Data = {}
    page = text.get("page", "")
    if pages := _PAGES.match(page):
        made |= {"start": _whole(pages[1]), "end": _whole(pages[2])}
    elif page:
        made["start"] = _whole(page)
    section = "chapter-number" if type_ in ("book", "chapter") else "section"
    if section in text:
        made["section"] = text[section]
    status = {words: word for word, words in STATUSES.items()}.get(text.get("status", ""))
    if status or type_ == "article":
        made["status"] = status or "preprint"
    languages = split_languages(text.get("language", ""))
    if kept := [language for language in languages if _LANGUAGE.match(language)]:
        made["languages"] = list(dict.fromkeys(kept))
    if keywords := split_keywords(text.get("keyword", "")):
        made["keywords"] = list(dict.fromkeys(keywords))
    return made


def _whole(value: str) -> str | int:
    """Return a page as a number if it is a whole number, else as it is (``e123``, ``xii``)."""
    return int(value) if _COUNT.match(value) else value


def _publication(type_: str, text: dict[str, str]) -> Data:
    """Return the keys and values of publisher, place and genre.

    The publisher of a thesis or report is its ``institution``. Only a thesis and a dataset have a
    genre.
    """
    made: Data = {}
    publisher, place = text.get("publisher", ""), text.get("publisher-place", "")
    if publisher:
        name = "institution" if type_ in ("thesis", "report") else "publisher"
        made[name] = {"name": publisher, "location": place} if place else {"name": publisher}
    elif place:
        made["location"] = {"name": place}
    if genre := text.get("genre"):
        made |= {"thesis": {"thesis-type": genre}, "dataset": {"data-type": genre}}.get(type_, {})
    return made


def _identifiers(key: str, text: dict[str, str], made: Data) -> list[Data]:
    """Return the list of identifiers, which keeps what has no key of its own.

    These are the citation key, the number in a series, and a DOI, ISBN, ISSN, PMID or PMCID that is
    not in ``made``, the mapping so far. Such a number is kept as ``doi:10.1000/…``.
    """
    found: list[Data] = [{"description": KEY_NOTE, "type": "other", "value": key}]
    if number := text.get("collection-number"):
        found.append({"description": SERIES_NOTE, "type": "other", "value": number})
    unheld = (
        (name, text[name])
        for name in ("DOI", "ISBN", "ISSN", "PMID", "PMCID")
        if name in text and name.lower() not in made
    )
    found += [{"type": "other", "value": f"{name.lower()}:{value}"} for name, value in unheld]
    return found
