"""The item that the parts of a reference make, and its type."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from compcite.formats.plain_text.dates import date_of
from compcite.formats.plain_text.vocabulary import (
    CONFERENCE,
    NEWSPAPER,
    REPORT,
    SERIAL,
)
from compcite.model.item import Item
from compcite.text.preprint_servers import PREPRINT_SERVER

if TYPE_CHECKING:
    from compcite.formats.plain_text.sheet import Sheet
    from compcite.model.item import Date

__all__ = ["made_item", "made_type"]

_TEXTS = (
    "title", "container-title", "collection-title", "collection-number", "event-title",
    "event-place", "volume", "issue", "number", "number-of-pages", "number-of-volumes",
    "publisher", "publisher-place", "edition", "genre", "archive", "DOI", "URL", "PMID", "PMCID",
    "ISBN", "ISSN",
)  # fmt: skip
_DATES = ("issued", "accessed", "original-date", "event-date")
_RANGE = re.compile(r"\s?[-–—‐‑−]{1,2}\s?")
_SHORT_RANGE = re.compile(r"^([A-Za-z]*)(\d+)-([A-Za-z]*)(\d+)$")
_ARXIV = "arXiv:"
_STANDARD = re.compile(r"\bStandards?\b|\bStandardi[sz]ation\b|\bISO\b|\bASTM\b|\bDIN\b|\bBeuth\b")
_REFERENCE_WORK = re.compile(
    r"\b[Ee]ncyclop\w+|\b[Dd]ictionary\b|\bEnzyklopädie\b|\bLexikon\b|\bWho’s Who\b"
)


def made_item(sheet: Sheet) -> Item:
    """The item that the parts taken from a sheet make."""
    found = _found(sheet)
    text = _text(sheet, found)
    names = {role: people.names for role, people in sheet.people.items()}
    truncated = frozenset(role for role, people in sheet.people.items() if people.truncated)
    return Item(_type(text, sheet, found), text, names, _dates(found), truncated=truncated)


def made_type(sheet: Sheet) -> str:
    """The type of that item."""
    found = _found(sheet)
    return _type(_text(sheet, found), sheet, found)


def _found(sheet: Sheet) -> dict[str, str]:
    """The parts taken from a sheet by their names; of several the first taken."""
    return {part.name: part.value for part in reversed(sheet.parts)}


def _text(sheet: Sheet, found: dict[str, str]) -> dict[str, str]:
    """The variables of the item that are text."""
    text = {name: found[name] for name in _TEXTS if found.get(name)}
    if "page" in found:
        text["page"] = _pages(found["page"])
    if text.get("page") and text.get("issue") == text["page"]:
        text["number"] = text.pop("issue")  # MLA numbers articles as if they were issues
    if "number" in found and "report" not in sheet.marks and "thesis" not in sheet.marks:
        text.setdefault("page", found["number"])
    if "arxiv" in found:
        text["number"] = _ARXIV + re.sub(r"v\d+$", "", found["arxiv"])
        text.setdefault("publisher", "arXiv")
        if PREPRINT_SERVER.search(text.get("container-title", "")):
            del text["container-title"]
    return text


def _dates(found: dict[str, str]) -> dict[str, Date]:
    dates: dict[str, Date] = {name: date_of(found[name]) for name in _DATES if name in found}
    day = found.get("day")
    if day and "issued" in dates and dates["issued"].year:
        dates["issued"] = date_of(f"{day} {dates['issued'].year}")
    return dates


def _pages(written: str) -> str:
    """Pages with plain hyphens, the second number of a range in full: ``173-177`` for ``173–7``."""
    pages = _RANGE.sub("-", written)
    return ", ".join(_in_full(part) for part in re.split(r"\s?[,&+]\s?", pages))


def _in_full(pages: str) -> str:
    """A range whose second number, where it is shortened, has the digits of the first again."""
    match = _SHORT_RANGE.match(pages)
    if match is None:
        return pages
    letters, first, more, last = match.groups()
    if (more and more != letters) or len(last) >= len(first):
        return pages
    return f"{letters}{first}-{letters}{first[: len(first) - len(last)]}{last}"


def _type(text: dict[str, str], sheet: Sheet, found: dict[str, str]) -> str:
    """The CSL type that the parts give away: that of the first line which holds."""
    container, publisher = text.get("container-title", ""), text.get("publisher", "")
    numbered = "volume" in text or "issue" in text
    meeting = CONFERENCE.search(container) and "issue" not in text
    on_server = "arxiv" in found or PREPRINT_SERVER.search(f"{container} {publisher}")
    reported = "report" in sheet.marks and "thesis" not in sheet.marks
    linked = "URL" in text and "DOI" not in text
    issued = date_of(found.get("issued", "")).parts
    dated = bool(issued) and len(issued[0]) > 2  # noqa: PLR2004 - to the day, as no book is
    in_journal = "volume" in text and "issue" in text
    lines = (
        (reported, "report"),
        (True, _by_genre(text.get("genre", ""))),
        ("presented" in sheet.marks or meeting, "paper-conference"),
        (_REFERENCE_WORK.search(container), "entry-encyclopedia"),
        (container and "in" in sheet.marks and not in_journal, "chapter"),
        (container and numbered, "article-journal"),
        (on_server, "article"),
        (container and publisher, "chapter"),
        (NEWSPAPER.search(container), "article-newspaper"),
        (container and linked and "page" not in text and not SERIAL.search(container), "webpage"),
        (container, "article-journal"),
        (_STANDARD.search(publisher) and "author" not in sheet.people, "standard"),
        (REPORT.search(text.get("title", "")) or REPORT.search(publisher), "report"),
        (linked and dated, "webpage"),
        (publisher or "edition" in text or "ISBN" in text, "book"),
        (linked, "webpage"),
        (True, "document"),
    )
    return next(kind for holds, kind in lines if holds and kind)


def _by_genre(genre: str) -> str:
    """The type that a genre in words means, if any."""
    return next((kind for word, kind in _GENRES if word in genre.lower()), "")


_GENRES = (
    ("thesis", "thesis"), ("diss", "thesis"), ("arbeit", "thesis"), ("thèse", "thesis"),
    ("tesis", "thesis"), ("habil", "thesis"), ("master of", "thesis"), ("doctor of", "thesis"),
    ("data", "dataset"), ("software", "software"), ("preprint", "article"),
    ("video", "motion_picture"), ("film", "motion_picture"), ("blog", "post-weblog"),
    ("podcast", "broadcast"), ("manuscript", "manuscript"), ("conference", "paper-conference"),
    ("paper", "paper-conference"), ("poster", "speech"), ("review", "review"),
)  # fmt: skip
