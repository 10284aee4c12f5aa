"""The item that the parts of a reference make, and its type."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from compcite.formats.plain_text.dates import read_date
from compcite.formats.plain_text.vocabulary import (
    CONFERENCE,
    NEWSPAPER,
    PREPRINT_SERVER,
    REPORT,
    SERIAL,
)
from compcite.model.item import Item

if TYPE_CHECKING:
    from compcite.formats.plain_text.sheet import Sheet
    from compcite.model.item import Date

__all__ = ["made_item"]

_TEXTS = (
    "title", "container-title", "collection-title", "event-title", "volume", "issue", "publisher",
    "publisher-place", "event-place", "number", "edition", "genre", "DOI", "URL", "PMID", "PMCID", "ISBN", "ISSN",
)  # fmt: skip
_RANGE = re.compile(r"\s?[-–—‐‑−]{1,2}\s?")
_SHORT_RANGE = re.compile(r"^([A-Za-z]*)(\d+)-([A-Za-z]*)(\d+)$")
_ARXIV = "arXiv:"
_STANDARD = re.compile(r"\bStandards?\b|\bStandardi[sz]ation\b|\bISO\b|\bASTM\b|\bDIN\b|\bBeuth\b")
_REFERENCE_WORK = re.compile(
    r"\bEncyclop\w+|\bDictionary\b|\bEnzyklopädie\b|\bLexikon\b|\bWho’s Who\b"
)


def made_item(sheet: Sheet) -> Item:
    """The item that the parts taken from a sheet make."""
    found = {part.name: part.value for part in reversed(sheet.parts)}
    text = {name: found[name] for name in _TEXTS if found.get(name)}
    if "page" in found:
        text["page"] = _pages(found["page"])
    if text.get("page") and text.get("issue") == text["page"]:
        text["number"] = text.pop("issue")  # MLA numbers articles as if they were issues
    if "number" in found:
        text.setdefault("page", found["number"])
    if "arxiv" in found:
        text["number"] = _ARXIV + re.sub(r"v\d+$", "", found["arxiv"])
        text.setdefault("publisher", "arXiv")
        if PREPRINT_SERVER.search(text.get("container-title", "")):
            del text["container-title"]
    names = {role: people.names for role, people in sheet.people.items()}
    truncated = frozenset(role for role, people in sheet.people.items() if people.truncated)
    return Item(_type(text, sheet, found), text, names, _dates(found), truncated=truncated)


def _dates(found: dict[str, str]) -> dict[str, Date]:
    dates = {name: read_date(found[name]) for name in ("issued", "accessed") if name in found}
    day = found.get("day")
    if day and "issued" in dates and dates["issued"].year:
        dates["issued"] = read_date(f"{day} {dates['issued'].year}")
    return dates


def _pages(written: str) -> str:
    """Pages with plain hyphens, the second number of a range in full: ``173-177`` for ``173–7``."""
    pages = _RANGE.sub("-", written)
    return ", ".join(_in_full(part) for part in re.split(r"\s?[,&+]\s?", pages))


def _in_full(pages: str) -> str:
    match = _SHORT_RANGE.match(pages)
    if match is None:
        return pages
    letters, first, more, last = match.groups()
    if len(last) >= len(first) or (more and more != letters):
        return pages
    return f"{letters}{first}-{letters}{first[: -len(last)]}{last}"


def _type(text: dict[str, str], sheet: Sheet, found: dict[str, str]) -> str:
    """The CSL type that the parts give away."""
    genre = text.get("genre", "").lower()
    for word, kind in _GENRES:
        if word in genre:
            return kind
    container = text.get("container-title", "")
    if "presented" in sheet.marks:
        return "paper-conference"
    if container and (CONFERENCE.search(container)) and not text.get("issue"):
        return "paper-conference"
    if container and _REFERENCE_WORK.search(container):
        return "entry-encyclopedia"
    if "in" in sheet.marks and container:
        return "chapter" if not ("volume" in text and "issue" in text) else "article-journal"
    if container and ("volume" in text or "issue" in text):
        return "article-journal"
    if "arxiv" in found or PREPRINT_SERVER.search(container + " " + text.get("publisher", "")):
        return "article"
    if container and "publisher" in text:
        return "chapter"
    if container and NEWSPAPER.search(container):
        return "article-newspaper"
    if container and "page" not in text and "URL" in text and not SERIAL.search(container):
        return "webpage"
    if container:
        return "article-journal"
    if _STANDARD.search(text.get("publisher", "")) and "author" not in sheet.people:
        return "standard"
    if REPORT.search(text.get("title", "")) or REPORT.search(text.get("publisher", "")):
        return "report"
    if "publisher" in text or "edition" in text or "ISBN" in text:
        return "book"
    if "URL" in text and "DOI" not in text:
        return "webpage"
    return "document"


_GENRES = (
    ("thesis", "thesis"), ("diss", "thesis"), ("arbeit", "thesis"), ("thèse", "thesis"), ("tesis", "thesis"),
    ("habil", "thesis"), ("data", "dataset"), ("software", "software"), ("preprint", "article"),
    ("video", "motion_picture"), ("film", "motion_picture"), ("blog", "post-weblog"),
    ("podcast", "broadcast"), ("manuscript", "manuscript"), ("conference", "paper-conference"),
    ("paper", "paper-conference"), ("poster", "speech"), ("review", "review"),
)  # fmt: skip
