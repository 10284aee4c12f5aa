"""The record of reference managers, which RIS and EndNote's two formats write in three syntaxes.

Its fields have names of rank, not of meaning: what a *secondary title* or a *tertiary author* is
depends on the type of the reference. The secondary title of an article is its journal, that of a
book is its series. ``item_of_record`` turns rank into meaning. Sources: the RIS specification;
EndNote's table of reference types; Zotero's and Mendeley's exports, which show how they read both.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from compcite.formats.page_counts import page_count
from compcite.model.item import Date, Item
from compcite.text.doi import read_doi
from compcite.values.calendar import LAST_DAY, LAST_MONTH
from compcite.values.dates import bibtex_date, is_to_come
from compcite.values.person_names import read_person, says_more

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from compcite.model.item import Name

    Values = Mapping[str, Sequence[str]]

__all__ = [
    "BY_PAGES",
    "ENTITY",
    "FIELD_NAMES",
    "PARTED",
    "SERIALS",
    "WHOLES",
    "item_of_record",
    "joined_keywords",
    "record_date",
    "split_keywords",
    "unescaped",
]

SERIALS = frozenset(
    [
        *("article-journal", "article-magazine", "article-newspaper"),
        *("periodical", "review", "review-book"),
    ]
)
"""CSL types whose secondary title is a periodical."""

WHOLES = frozenset({"book", "classic", "collection", "map", "report", "software", "standard"})
"""CSL types whose secondary title is a series."""

BY_PAGES = frozenset({"book", "classic", "collection", "manuscript", "thesis"})
"""CSL types whose pages, if they are one number, say how many there are."""

PARTED = frozenset({"chapter", "book", "entry-encyclopedia", "entry-dictionary"})
"""CSL types whose section is a chapter."""

_EVENTS = frozenset({"speech", "event", "performance"})
_FILMS = frozenset({"motion_picture", "broadcast"})
_CONTRIBUTED = frozenset({"bill", "hearing", "legal_case", "legislation", "patent", "thesis"})

FIELD_NAMES = {
    "secondary-title": "container-title",
    "full-title": "container-title",
    "journal": "container-title",
    "proceedings": "container-title",
    "book-title": "container-title",
    "tertiary-title": "collection-title",
    "abbreviation": "container-title-short",
    "short-title": "title-short",
    "secondary-author": "editor",
    "start": "page",
    "end": "page",
    "pages": "page",
    "identifier": "issn",
    "place": "publisher-place",
    "access-date": "accessed",
    "work-type": "genre",
}
"""What the fields of an entry are called where CSL or BibTeX have another name for them."""

_TEXTS = (
    ("short-title", "title-short"),
    ("original-title", "original-title"),
    ("reviewed-title", "reviewed-title"),
    ("volume", "volume"),
    ("volumes", "number-of-volumes"),
    ("series-volume", "collection-number"),
    ("publisher", "publisher"),
    ("place", "publisher-place"),
    ("work-type", "genre"),
    ("call-number", "call-number"),
    ("database", "archive"),
    ("provider", "source"),
    ("language", "language"),
    ("doi", "DOI"),
    ("url", "URL"),
    ("pmcid", "PMCID"),
    ("label", "citation-label"),
    ("research-note", "annote"),
)
ENTITY = re.compile(r"&(?=(?:[A-Za-z]{2,8}\d{0,2}|#\d{1,7}|#x[0-9A-Fa-f]{1,6});)[^;]+;")
"""An HTML entity, as some databases leave them in values."""

_SLASHED = re.compile(
    r"(?P<year>\d{4})?/(?P<month>\d{0,2})(?:/(?P<day>\d{0,2})(?:/(?P<other>.*))?)?$"
)
_SLASHES = 3
_DIGITS = re.compile(r"(?P<year>[12]\d{3})(?P<month>\d\d)(?P<day>\d\d)?$")
_YEAR = re.compile(r"\d{4}")
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d\d?)(?:-(?P<day>\d\d?))?$")
_CLOCK = re.compile(r"[T ]\d\d?:\d\d(?::\d\d)?(?:Z|\s?GMT)?$")
_NO_DATE = re.compile(r"0000(?:[-/].*)?$|0{8}$")
_ISSN = re.compile(r"(?<![\dXx-])\d{4}-?\d{3}[\dXx](?![\dXx-])")
_ISBN = re.compile(r"(?:97[89][- ]?)?(?:\d[- ]?){9}[\dXx]")
_PMCID = re.compile(r"PMC\d+$", re.IGNORECASE)
_PMID = re.compile(r"\d{1,8}$")


def unescaped(text: str) -> str:
    """Return a value in one line, with HTML entities replaced: ``A &amp;  B`` becomes ``A & B``."""
    if "&" in text:
        text = ENTITY.sub(lambda entity: html.unescape(entity[0]), text)
    return " ".join(text.split())


def joined_keywords(keywords: Sequence[str]) -> str:
    """Return keywords as one text, separated by commas.

    If a keyword has a comma in it, semicolons separate them.
    """
    return ("; " if any("," in word for word in keywords) else ", ").join(keywords)


def split_keywords(text: str) -> list[str]:
    """Return the keywords of a text.

    They are separated by semicolons if the text has any, else by commas.
    """
    parts = text.split(";" if ";" in text else ",")
    return [keyword for part in parts if (keyword := part.strip())]


def item_of_record(type_: str, values: Values, key: str = "") -> Item:
    """Return the item of a record.

    ``type_`` is its CSL type, ``values`` are the values of its fields by rank
    (``{"secondary-title": ["Nature"]}``), ``key`` is the id of the item. Several notes or abstracts
    are joined by line ends. Words such as ``in press`` in the field of the year are the status. The
    edition of an article that is a date is the ``available-date``.
    """
    text: dict[str, str] = {}
    _titles(type_, values, text)
    for name, variable in _TEXTS:
        if value := _first(values, name):
            text.setdefault(variable, value)
    _numbers(type_, values, text)
    _identifiers(type_, values, text)
    _event(type_, values, text)
    if keywords := values.get("keyword"):
        text["keyword"] = joined_keywords(keywords)
    for name in ("note", "abstract"):  # databases give one abstract in each of several languages
        if several := values.get(name):
            text[name] = "\n".join(dict.fromkeys(several))
    names, truncated = _names(type_, values)
    year, state = _year_and_state(_first(values, "year"))
    if state:
        text["status"] = state
    dates = _dates(year, values)
    if type_ in SERIALS and (online := _exact_date(text.get("edition", ""))):
        del text["edition"]  # EndNote calls it the date of electronic publication
        dates["available-date"] = online
    return Item(type_, text, names, dates, key, truncated)


def record_date(year: str, date: str = "") -> Date:
    """Return the one date that the field for the year and the field for the date give together.

    Each may be ``YYYY/MM/DD/season or other words``, an ISO date, or words. A date without a year
    gets it from ``year``: the year ``2019`` and the date ``May 3`` give 3 May 2019. If the fields
    name different years, the date field counts; else the more exact field counts. Words without any
    year are kept in ``literal``. Empty texts and the year 0000 give an empty date.
    """
    year, date = (_NO_DATE.sub("", _CLOCK.sub("", value.strip())) for value in (year, date))
    found = [_one_date(part, year) for part in (date, year) if part]
    exact = [one for one in found if one.parts]
    if len(exact) > 1 and exact[0].year != exact[1].year:
        return exact[0]  # of two dates the whole one is the standard's
    return max(exact, key=_precision) if exact else next(iter(reversed(found)), Date())


def _exact_date(value: str) -> Date | None:
    """Return the date that a text gives, or None unless it gives at least a year and a month."""
    date = record_date(value) if _YEAR.search(value) else Date()
    return date if date.parts and len(date.parts[0]) > 1 else None


def _precision(date: Date) -> int:
    """Return how exact a date is: the count of its years, months and days, and 1 for a season."""
    return sum(map(len, date.parts)) + bool(date.season)


def _one_date(value: str, year: str) -> Date:
    """Return the date that one field gives. If it names no year, it is in ``year``.

    A text that is no date, or has a month or a day that does not exist, is kept in ``literal``.
    """
    match = _SLASHED.match(value) or _ISO.match(value) or _DIGITS.match(value)
    if match is None:
        if _YEAR.search(value) or value == year:
            return bibtex_date(value, "", "")
        return bibtex_date(year[:4], value, "") if year[:4].isdecimal() else Date(literal=value)
    parts = match.groupdict()
    month, day = (int(parts[name] or 0) for name in ("month", "day"))
    number = parts["year"] or year[:4]
    if not number.isdecimal() or month > LAST_MONTH or day > LAST_DAY:
        return Date(literal=value)
    if not month:
        return bibtex_date(number, (parts.get("other") or "").strip(), "")
    return Date(((int(number), month, day) if day else (int(number), month),))


def _first(values: Values, *names: str) -> str:
    """Return the first value of the first field in ``names`` that has one, or an empty string."""
    return next((values[name][0] for name in names if values.get(name)), "")


def _titles(type_: str, values: Values, text: dict[str, str]) -> None:
    """Put the titles of the work, its journal or book, its series and its event into ``text``.

    The secondary title is the series of a book, the division of a thesis, the event of a talk (and
    of a conference paper that names its proceedings), and else the container. The container is the
    first of these that is given: proceedings, full title, secondary title, journal, book title,
    abbreviation. An abbreviation beside another container is its short title.
    """
    secondary, proceedings = _first(values, "secondary-title"), _first(values, "proceedings")
    title, book = _first(values, "title"), _first(values, "book-title")
    containers = [proceedings, _first(values, "full-title")]
    meaning = "container-title"
    if type_ in WHOLES:
        meaning = "collection-title"
        title, book = title or book, ""
    elif type_ == "thesis":
        meaning = "division"
    elif type_ in _EVENTS or (type_ == "paper-conference" and proceedings):
        meaning = "event-title"
    if meaning == "container-title":
        containers.append(secondary)
    elif secondary:
        text[meaning] = secondary
    short = [_first(values, "abbreviation")]
    (containers if type_ not in SERIALS or not any(containers) else short).append(
        _first(values, "journal")
    )
    container = next(filter(None, [*containers, book, *short]), "")
    abbreviated = next((name for name in short if name and name != container), "")
    series = _first(values, "tertiary-title")
    if series:
        text.setdefault("collection-title", series)
    found = {
        "title": title,
        "container-title": container,
        "container-title-short": abbreviated,
    }
    text |= {variable: value for variable, value in found.items() if value}


def _numbers(type_: str, values: Values, text: dict[str, str]) -> None:
    """Put issue, number, pages, edition and section into ``text``.

    Their variables depend on the type of the work: a single page number of a book is its number of
    pages, the section of a chapter is its ``chapter-number``, and the edition of software its
    ``version``. ``346 p.`` is a number of pages in each type.
    """
    issue, number = _first(values, "issue"), _first(values, "number")
    if type_ in SERIALS:
        issue, number = issue or number, _first(values, "article-number")
    pages, start, end = (_first(values, name) for name in ("pages", "start", "end"))
    counted = page_count(start) or (start if type_ in BY_PAGES and start.isdecimal() else "")
    if counted and not end:
        text["number-of-pages"], start = counted, ""
    if start and end and end != start:
        start = f"{start}-{end}"
    edition = _first(values, "edition")
    section = _first(values, "section")
    found = {
        "issue": issue,
        "number": number,
        "page": pages or start,
        "version" if type_ == "software" else "edition": edition,
        "chapter-number" if type_ in PARTED else "section": section,
    }
    text |= {variable: value for variable, value in found.items() if value}


def _identifiers(type_: str, values: Values, text: dict[str, str]) -> None:
    """Put ISBN, ISSN, DOI, PMID, PMCID and accession number into ``text``.

    Records mix them up, so the form of a value decides what it is: a genre that is a DOI becomes
    the ``DOI``. An accession number that is neither PMID nor PMCID is the ``archive_location``. All
    ISSNs are kept, and the first of several other numbers.
    """
    numbers: dict[str, list[str]] = {}
    for value in values.get("identifier", ()):
        variable, number = _standard_number(type_, value)
        numbers.setdefault(variable, []).append(number)
    for variable, found_numbers in numbers.items():
        several = dict.fromkeys(found_numbers) if variable == "ISSN" else found_numbers[:1]
        text[variable] = ", ".join(several)
    for name in ("DOI", "genre"):
        found = read_doi(text[name]) if name in text else None
        if found and name == "genre" and found.doi:
            del text["genre"]
            text.setdefault("DOI", found.doi)
        if found and name == "DOI":
            text["DOI"] = found.doi
    for value in (*values.get("pubmed", ()), *values.get("accession", ())):
        if _PMCID.match(value):
            text.setdefault("PMCID", value)
        elif _PMID.match(value) and type_ in SERIALS:
            text.setdefault("PMID", value)
        elif value in values.get("accession", ()):
            text.setdefault("archive_location", value)


def _standard_number(type_: str, value: str) -> tuple[str, str]:
    """Return the variable for a value of the field that ISBN and ISSN share, and the value.

    The CSL type and the form of the value decide. The value of a patent is its ``number``. A value
    with the form of an ISBN or ISSN is one. Any other is the ``number`` of a report or standard,
    the ``ISSN`` of a periodical, and else the ``ISBN``.
    """
    issns = list(dict.fromkeys(_ISSN.findall(value)))
    if type_ == "patent":
        return "number", value
    if _ISBN.search(value):
        return "ISBN", value
    if issns:
        return "ISSN", ", ".join(issns) if "(" in value else value
    if type_ in {"report", "standard"}:
        return "number", value
    return ("ISSN" if type_ in SERIALS else "ISBN"), value


def _event(type_: str, values: Values, text: dict[str, str]) -> None:
    """Put the place of an event into ``event-place`` of ``text``.

    Records have one field for the place of the event and that of the publisher. It is the event's
    for a work that is an event, and for a conference paper whose place of publication has its own
    field.
    """
    published = _first(values, "place-published")
    if type_ in _EVENTS:
        if "publisher-place" in text:
            text["event-place"] = text.pop("publisher-place")
    elif published and type_ == "paper-conference":
        if "publisher-place" in text:
            text["event-place"] = text["publisher-place"]
        text["publisher-place"] = published


def _names(type_: str, values: Values) -> tuple[dict[str, tuple[Name, ...]], frozenset[str]]:
    """Return the lists of names by variable, and the variables whose list ends in ``et al.``.

    What a secondary or tertiary author is depends on the type; names in one role are joined.
    """
    whole = type_ in WHOLES or type_ in {"thesis", "manuscript"}
    ranked = whole and ("tertiary-author" in values or "editor" in values)
    roles = {
        "author": "author",
        "editor": "editor",
        "director": "director",
        "translator": "translator",
        "secondary-author": _secondary(type_, ranked=ranked),
        "tertiary-author": _tertiary(type_, edited="editor" in values),
        "subsidiary-author": "performer" if type_ in _FILMS else "translator",
    }
    found: dict[str, tuple[Name, ...]] = {}
    truncated = set()
    for rank, variable in roles.items():
        written = values.get(rank, ())
        people = _people(written)
        if people:
            found[variable] = found.get(variable, ()) + people
            if says_more(written[-1]):
                truncated.add(variable)
    return found, frozenset(truncated)


def _secondary(type_: str, *, ranked: bool) -> str:
    """Return the name variable that a secondary author is in a reference of this type.

    In most types it is ``editor``. ``ranked`` is true if the record also has editors in another
    field; a secondary author of a book then edits its series.
    """
    if ranked:
        return "collection-editor"
    if type_ in _FILMS or type_ in _CONTRIBUTED or type_ in _EVENTS:
        return "contributor"
    return {
        "personal_communication": "recipient",
        "interview": "interviewer",
        "song": "performer",
    }.get(type_, "editor")


def _tertiary(type_: str, *, edited: bool) -> str:
    """Return the name variable that a tertiary author is in a reference of this type.

    It edits the series; in a film it is the producer, and in a book without other editors the
    editor. ``edited`` is true if the record has a field for editors.
    """
    if type_ in _FILMS:
        return "producer"
    return "editor" if type_ in WHOLES and not edited else "collection-editor"


def _people(written: Iterable[str]) -> tuple[Name, ...]:
    """Return the names of a list. Texts such as ``et al.``, which name nobody, are left out."""
    read = (read_person(text) for text in written if not says_more(text))
    return tuple(name for name in read if name is not None)


def _year_and_state(value: str) -> tuple[str, str]:
    """Return what the field of the year says of the year, and of the state of the publication.

    The state is the last of the four parts that slashes separate (year, month, day and other
    words), where the other words are such as ``in press``: ``2019///in press``, ``///in press``.
    """
    *date, words = value.split("/", 3)
    if len(date) == _SLASHES and is_to_come(words):
        return "/".join(date).rstrip("/"), words.strip()
    return value, ""


def _dates(year: str, values: Values) -> dict[str, Date]:
    """Return the dates of a record by variable, without those that are empty."""
    dates = {
        "issued": record_date(year, _first(values, "date")),
        "accessed": record_date(_first(values, "access-date")),
        "original-date": record_date(_first(values, "original-date")),
    }
    return {variable: date for variable, date in dates.items() if date != Date()}
