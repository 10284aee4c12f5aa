"""What identifies or locates a work on its own: DOI, arXiv, PMID, ISBN, URL and when it was seen.

These can be told without knowing anything else of a reference, so they are taken first.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from compcite.formats.plain_text.dates import DATE
from compcite.formats.plain_text.parsed import GONE
from compcite.text.doi import find_dois

if TYPE_CHECKING:
    from compcite.formats.plain_text.sheet import Sheet

__all__ = ["take_identifiers"]

_URL = re.compile(r"(?:https?://|ftp://|www\.)[^\s<>\"“”\x1f]+", re.IGNORECASE)
_RESOLVER = re.compile(r"^(?:https?://)?(?:dx\.)?doi\.org/", re.IGNORECASE)
# Authors write `X` for digits that they do not know (yet): arXiv:2305.XXXX.
_ARXIV = re.compile(
    r"(?:\barXiv\s+(?:e-?prints?|preprints?)[\s,:]*)?\barXiv\s?:\s?"
    r"(?P<id>[\dX]{4}\.[\dX]{4,5}(?:v\d+)?|[a-z-]+(?:\.[A-Z]{2})?/\d{7}(?:v\d+)?)"
    r"(?:\s?\[[\w.-]+\])?",
    re.IGNORECASE,
)
_ARXIV_URL = re.compile(
    r"arxiv\.org/(?:abs|pdf)/(?P<id>[\w.-]+?(?:/\d{7})?(?:v\d+)?)(?:\.pdf)?$", re.IGNORECASE
)
_PUBMED = re.compile(
    r"(?:\bPubMed\s)?\b(?P<name>PMID|PMCID)\s?:?\s?(?P<id>(?:PMC)?\d{4,9})\b|\b(?P<pmc>PMC\d{5,9})\b"
)
_ISBN = re.compile(r"\(?\bISBN(?:-1[03])?:?\s?(?P<id>[\d–-][\d\sX–-]{8,16}[\dX])\)?", re.IGNORECASE)
_ISSN = re.compile(r"\(?\bISSN:?\s?(?P<id>\d{4}[-–]\d{3}[\dX])\)?", re.IGNORECASE)
_ACCESS = (
    r"(?:(?:date\s)?(?:last\s)?(?:accessed|retrieved|viewed|visited|consulted|cited|checked)"
    r"|abgerufen|zugriff|zuletzt\s\w+|letzter\szugriff|consulté|consultado|geraadpleegd|besucht)"
)
_ACCESSED = re.compile(
    rf"[(\[]?\b{_ACCESS}(?:\s(?:on|am|le|el|op|the))?:?\s(?P<date>{DATE})[)\]]?", re.IGNORECASE
)
_FROM = re.compile(r"\s?,?\s?(?:from|at):?")
# The words before a link that say that it is one.
_LABEL = re.compile(
    r"[(\[<]?(?:(?:full text |text |article )?"
    r"(?:available|accessible|retrieved|accessed|download(?:ed)?)"
    r"(?:\s(?:online|free))?(?:\s?(?:at|from|via|through|under|on|in))?|abgerufen von"
    r"|verfügbar unter|disponible (?:en|sur|à)|online(?: at)?|\bDOI|\bURLs?|\bURN|\bLink|\bsee|\bat"
    rf"|\bfrom)\s?:?,?\s*(?={GONE})",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(
    r"\b(?:Published|Updated|Last (?:updated|modified|reviewed)|Epub|Posted)"
    rf"(?: online| on)?:?\s(?={DATE})"
)
_ONLINE = re.compile(r"\[(?:Internet|[Oo]nline|electronic version)\]\.?(?: Available:?)?")
_CLOSER = re.compile(rf"(?<={GONE})\s?[)\]>}}]")


def take_identifiers(sheet: Sheet) -> None:
    """Take every identifier and link, with the words that introduce it."""
    _take_dois(sheet)
    _take_arxiv(sheet)
    _take_numbers(sheet)
    _take_accessed(sheet)
    _take_urls(sheet)
    for pattern in (_ONLINE, _PUBLISHED, _LABEL, _CLOSER):
        for match in pattern.finditer(sheet.left):
            sheet.blot(*match.span())


def _take_dois(sheet: Sheet) -> None:
    urls = list(_URL.finditer(sheet.text))
    ends = [url.end() for url in urls]
    for found in list(find_dois(sheet.left)):
        behind = bisect_right(ends, found.start)
        url = urls[behind] if behind < len(urls) and urls[behind].start() < found.end else None
        start = max(sheet.text.find("10.", found.start, found.end), found.start)
        end = start + len(found.doi)
        if sheet.text[start:end] != found.doi:
            end = found.end
        if sheet.has("DOI"):
            sheet.blot(found.start, found.end)
        else:
            sheet.take("DOI", start, end, 0.99, found.doi)
            sheet.blot(found.start, found.end)
        if url and not _RESOLVER.match(url[0]) and url.start() < found.start:
            stop = max(found.end, url.start() + len(_trimmed(url[0])))
            sheet.take("URL", url.start(), stop, 0.9, sheet.text[url.start() : stop].rstrip(".,;"))


def _take_arxiv(sheet: Sheet) -> None:
    match = _ARXIV.search(sheet.left) if "arxiv" in sheet.left.lower() else None
    if match:
        start, end = match.span("id")
        sheet.take("arxiv", start, end, 0.99)
        sheet.blot(*match.span())


def _take_numbers(sheet: Sheet) -> None:
    for match in _PUBMED.finditer(sheet.left):
        name = match["name"] or "PMCID"
        group = "id" if match["name"] else "pmc"
        sheet.take(name, *match.span(group), 0.99)
        sheet.blot(*match.span())
    for name, pattern in (("ISBN", _ISBN), ("ISSN", _ISSN)):
        numbered = pattern.search(sheet.left)
        if numbered:
            sheet.take(name, *numbered.span("id"), 0.98)
            sheet.blot(*numbered.span())


def _take_accessed(sheet: Sheet) -> None:
    match = _ACCESSED.search(sheet.left)
    if match:
        sheet.take("accessed", *match.span("date"), 0.95)
        sheet.blot(*match.span())
        rest = _FROM.match(sheet.left, match.end())
        if rest:
            sheet.blot(*rest.span())


def _take_urls(sheet: Sheet) -> None:
    for match in list(_URL.finditer(sheet.left)):
        url = _trimmed(match[0])
        if _RESOLVER.match(url):
            sheet.blot(match.start(), match.start() + len(url))
            continue
        eprint = _ARXIV_URL.search(url)
        if eprint and not sheet.has("arxiv"):
            sheet.take(
                "arxiv", match.start() + eprint.start("id"), match.start() + eprint.end("id"), 0.97
            )
        sheet.take("URL", match.start(), match.start() + len(url), 0.97, url)
        sheet.blot(match.start(), match.start() + len(url))


def _trimmed(url: str) -> str:
    """A URL without the punctuation of the sentence it stands in."""
    while url and (
        url[-1] in ".,;:'\"’”"
        or (url[-1] in ")]}" and url.count(url[-1]) > url.count("([{"[")]}".index(url[-1])]))
    ):
        url = url[:-1]
    return url
