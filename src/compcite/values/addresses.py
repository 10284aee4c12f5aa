"""The web page of a work."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from compcite.model.doi import DOI
from compcite.text.arxiv import ARXIV_PREFIX, find_arxiv_ids

if TYPE_CHECKING:
    from compcite.model.item import Item

__all__ = ["web_address"]

_SCHEMES = ("http", "https")
# Everything that a URL may contain as it is (RFC 3986, section 2); `%` begins an escape.
_KEPT = "!#$%&'()*+,/:;=?@[]~"
_NUMBER = re.compile(r"\d+")


def web_address(item: Item) -> str:
    """The address of a work's page; empty where the item gives none.

    It is that of the DOI, else the URL, else the page of arXiv, PubMed or Open Library for the
    number that the item has. A URL that is no web page, such as ``file:`` or ``javascript:``, is
    passed over.
    """
    if doi := DOI.parse(item.text.get("DOI", "")):
        return doi.url
    if _leads_to_a_page(url := item.text.get("URL", "").strip()):
        return quote(url, safe=_KEPT)
    if found := next(find_arxiv_ids(item.text.get("number", "")), None):
        return f"https://arxiv.org/abs/{found.doi.removeprefix(ARXIV_PREFIX)}"
    if number := _NUMBER.fullmatch(item.text.get("PMID", "").strip()):
        return f"https://pubmed.ncbi.nlm.nih.gov/{number[0]}/"
    first, *_ = item.text.get("ISBN", "").split() or [""]
    isbn = re.sub(r"[^0-9Xx]", "", first)
    return f"https://openlibrary.org/isbn/{isbn.upper()}" if isbn else ""


def _leads_to_a_page(url: str) -> bool:
    """Whether a URL has a host and a scheme that leads to a page, such as ``https``."""
    try:
        parts = urlsplit(url)
    except ValueError:  # an address such as `http://[`
        return False
    return parts.scheme.lower() in _SCHEMES and bool(parts.hostname)
