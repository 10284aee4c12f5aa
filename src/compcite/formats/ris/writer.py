"""Write entries as RIS."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from compcite.formats.losses import loss
from compcite.formats.page_counts import with_unit
from compcite.formats.plain_texts import unguarded
from compcite.formats.reference_manager import (
    BY_PAGES,
    ENTITY,
    PARTED,
    SERIALS,
    WHOLES,
    split_keywords,
    unescaped,
)
from compcite.formats.ris.tags import WRITTEN_TYPES, ris_item
from compcite.model.item import Date
from compcite.model.library import Written
from compcite.values.calendar import MONTHS, SEASONS
from compcite.values.dates import is_to_come
from compcite.values.person_names import write_person

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from compcite.model.item import Item
    from compcite.model.library import Entry

__all__ = ["write_ris"]

_RANGE = re.compile(r"([^\s,–-]+)[–-]([^\s,–-]+)$")
_PMID = re.compile(r"\d{1,8}$")
_TEXTS = (
    ("title", "TI"),
    ("title-short", "ST"),
    ("volume", "VL"),
    ("number-of-volumes", "NV"),
    ("collection-number", "SV"),
    ("issue", "IS"),
    ("genre", "M3"),
    ("publisher", "PB"),
    ("language", "LA"),
    ("DOI", "DO"),
    ("URL", "UR"),
    ("ISBN", "SN"),
    ("ISSN", "SN"),
    ("call-number", "CN"),
    ("archive", "DB"),
    ("source", "DP"),
    ("citation-label", "LB"),
    ("reviewed-title", "RI"),
    ("abstract", "AB"),
    ("note", "N1"),
    ("annote", "RN"),
)


def write_ris(entries: Sequence[Entry]) -> Written:
    """Return the text of a RIS file with all entries, and a sentence for each loss.

    A loss is what an entry says and RIS has no place for. An institution is written with a comma
    at its end (``World Health Organization,``), as EndNote asks for; other programs drop the comma.
    """
    blocks: list[str] = []
    losses: list[str] = []
    for entry in entries:
        lines = list(_lines(entry.item))
        tag, *rest = lines
        written = [tag, ("ID", entry.key), *rest, ("ER", "")]
        blocks.append("".join(f"{tag}  - {value}\n" for tag, value in written))
        kept = ris_item(tag[1], [(name, unescaped(value)) for name, value in rest])
        losses += loss("RIS", entry.key, entry.item, kept)
    return Written("\n".join(blocks), tuple(losses))


def _lines(item: Item) -> Iterator[tuple[str, str]]:
    """Yield the pairs of tag and value that describe an item. The first is ``TY``, the type.

    ``ID`` and ``ER`` are not among them.
    """
    yield "TY", _type_tag(item)
    for variable, tag in _name_tags(item):
        names = item.names.get(variable, ())
        yield from ((tag, _line(write_person(name))) for name in names)
        if names and variable in item.truncated:
            yield tag, "et al."
    yield from _dates(item)
    text = {variable: line for variable, value in item.text.items() if (line := _line(value))}
    yield from _containers(item.type, text)
    yield from _pages(item.type, text)
    yield from _numbers(item.type, text)
    yield from _places(item.type, text)
    for variable, tag in _TEXTS:
        if variable in text:
            yield tag, text[variable]
    yield from (("KW", keyword) for keyword in split_keywords(text.get("keyword", "")))


def _line(value: str) -> str:
    """Return a value in one line, without case protection.

    A part that looks like an entity is escaped, so that programs read it as it stands:
    ``AT&amp;T`` becomes ``AT&amp;amp;T``.
    """
    return ENTITY.sub(lambda entity: "&amp;" + entity[0][1:], " ".join(unguarded(value).split()))


def _type_tag(item: Item) -> str:
    """Return the RIS type that is nearest to the type of an item; ``GEN`` if none is near."""
    if item.type == "motion_picture":
        return "MPCT" if item.names.get("director") else "ADVS"
    if item.type == "article-journal" and item.text.get("status") == "in press":
        return "INPR"
    return WRITTEN_TYPES.get(item.type, "GEN")


def _name_tags(item: Item) -> Iterator[tuple[str, str]]:
    """Yield pairs of name variable and RIS tag, for each variable that this type has a tag for.

    The tags change with the type: editors are ``ED`` in a book and ``A2`` in a chapter.
    """
    type_ = item.type
    film = type_ in ("motion_picture", "broadcast")
    yield (
        ("director" if type_ == "motion_picture" and item.names.get("director") else "author"),
        "AU",
    )
    whole = type_ in WHOLES or type_ in BY_PAGES
    if whole or film or type_ in ("personal_communication", "song", "interview", "speech"):
        yield "editor", "ED"
        second = {
            "personal_communication": "recipient",
            "interview": "interviewer",
            "song": "performer",
        }
        yield second.get(type_, "collection-editor" if whole else "contributor"), "A2"
    elif type_ in (
        "patent",
        "legal_case",
        "legislation",
        "bill",
        "hearing",
        "event",
        "performance",
    ):
        yield "editor", "ED"
        yield "contributor", "A2"
    else:
        yield "editor", "A2"
    if not whole:
        yield ("producer" if film else "collection-editor"), "A3"
    yield ("performer" if film else "translator"), "A4"


def _dates(item: Item) -> Iterator[tuple[str, str]]:
    """Yield the tags and values of the dates.

    ``PY`` and ``DA`` are the date of publication, ``Y2`` is the date of access, ``OP`` that of the
    first publication. The words of a work that is still to come stand in the fourth part of ``PY``:
    ``2019///forthcoming``.
    """
    issued, state = item.dates.get("issued", Date()), _state(item)
    if year := _year(issued):
        yield "PY", f"{year}///{state}" if state and issued.parts else year
        if words := _month(issued):
            yield "DA", words
    elif state:
        yield "PY", f"///{state}"
    for variable, tag in (("accessed", "Y2"), ("original-date", "OP")):
        if date := item.dates.get(variable):
            yield tag, _month(Date(date.parts[:1], date.season)) or _year(date)


def _state(item: Item) -> str:
    """Return the state of a publication that is still to come, such as ``forthcoming``.

    The result is empty for other states (``retracted``), and if the type of reference says it.
    """
    state = _line(item.text.get("status", ""))
    return state if is_to_come(state) and _type_tag(item) != "INPR" else ""


def _year(date: Date) -> str:
    """Return the year or years of a date, or its own words if it has no year.

    Examples: ``2019``, ``2019-2020``, ``44 BC``, ``c. 1500``, ``forthcoming``.
    """
    if not date.parts:
        return _line(date.literal)
    years = list(dict.fromkeys(parts[0] for parts in date.parts if parts[0]))
    shown = "-".join(f"{-year} BC" if year < 0 else f"{year:04d}" for year in years)
    return f"c. {shown}" if date.circa else shown


def _month(date: Date) -> str:
    """Return a date that says more than a year, or an empty string if it does not.

    The form is ``YYYY/MM/DD``. A season or a range of months stands after three slashes:
    ``2019///Spring``, ``2019///March-April``.
    """
    if not date.parts or date.parts[0][0] <= 0:
        return ""
    first, last = date.parts[0], date.parts[-1]
    if date.season:
        one_year = date.end_season and last[0] == first[0]
        seasons = [date.season, *([date.end_season] if one_year and date.end_season else [])]
        return f"{first[0]:04d}///{'-'.join(SEASONS[season - 1] for season in seasons)}"
    if len(first) == 1:
        return ""
    if last == first or last[0] != first[0] or len(last) != len(first):
        return "/".join([f"{first[0]:04d}", *(f"{part:02d}" for part in first[1:])])
    ends = [" ".join([MONTHS[part[1] - 1], *map(str, part[2:])]) for part in (first, last)]
    return f"{first[0]:04d}///{'-'.join(ends)}"


def _containers(type_: str, text: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the tags and values of the titles of journal, book, series, department and event.

    The tag of a title changes with the type of the work: a series is ``T2`` for a book and ``T3``
    for an article.
    """
    container = text.get("container-title", "")
    series, event = text.get("collection-title", ""), text.get("event-title", "")
    tags: tuple[tuple[str, str], ...]
    if type_ in WHOLES:
        tags = (("JF", container), ("T2", series))
    elif type_ == "thesis":
        tags = (("JF", container), ("T2", text.get("division", "")), ("T3", series))
    elif type_ in ("speech", "event", "performance"):
        tags = (("JF", container), ("T2", event), ("T3", series))
    elif type_ == "paper-conference" and event and container:
        tags = (("T2", event), ("C3", container), ("T3", series))
    else:
        tags = (("T2", container), ("T3", series))
    yield from (pair for pair in tags if pair[1])
    if short := text.get("container-title-short"):
        yield "J2", short


def _pages(type_: str, text: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the tags and values of the pages: ``SP`` (first page) and ``EP`` (last page).

    Programs read a single number in ``SP`` of a book as its number of pages. So if the book is
    cited by one page, this page is written as ``EP`` too. Any other number of pages is written with
    its unit (``xviii, 507 p.``), if no pages are to be written.
    """
    page = text.get("page", "")
    found = _RANGE.match(page)
    if found and found[1] != found[2]:
        yield from (("SP", found[1]), ("EP", found[2]))
    elif page:
        yield "SP", page
        if type_ in BY_PAGES and page.isdecimal():
            yield "EP", page
    elif count := text.get("number-of-pages", ""):
        alone = type_ in BY_PAGES and count.isdecimal()
        if written := count if alone else with_unit(count):
            yield "SP", written


def _numbers(type_: str, text: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the tags and values of the numbers whose tag depends on the type of the work.

    Example: the ``number`` of an article is ``C7``, that of a report is ``SN``.
    """
    serial = type_ in SERIALS
    numbered = type_ in ("patent", "report", "standard")
    pmid = text.get("PMID", "")
    tags = (
        ("number", "C7" if serial else "SN" if numbered else "M1"),
        ("chapter-number" if type_ in PARTED else "section", "SE"),
        ("version" if type_ == "software" else "edition", "ET"),
        ("PMID", "AN" if serial and _PMID.match(pmid) else ""),
        ("PMCID", "C2" if serial else "AN"),
        ("archive_location", "AN"),
    )
    yield from ((tag, text[variable]) for variable, tag in tags if tag and variable in text)


def _places(type_: str, text: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the tags and values of the places: where the publisher is, and where the event was.

    ``CY`` is the place of the event for a conference paper that knows both places; the place of the
    publisher is then ``C1``. For a talk only the place of the event is written, for other works
    only that of the publisher.
    """
    published, event = text.get("publisher-place", ""), text.get("event-place", "")
    if type_ in ("speech", "event", "performance"):
        published = event
    elif type_ == "paper-conference" and event and published:
        yield "C1", published
        published = event
    if published:
        yield "CY", published
