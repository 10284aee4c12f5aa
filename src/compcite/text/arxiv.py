"""Reading arXiv identifiers in every form in which people write them.

arXiv registers each of its papers as the DOI ``10.48550/arXiv.ID``, without the version
(https://info.arxiv.org/help/doi.html). Identifiers are ``2301.00001`` since April 2007 (four
digits behind the point until 2014) and ``math/0601001`` before
(https://info.arxiv.org/help/arxiv_identifier.html).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["ARXIV_PREFIX", "ArxivId", "arxiv_doi", "find_arxiv_ids", "without_version"]

ARXIV_PREFIX = "10.48550/arXiv."
"""The prefix under which DataCite registers every arXiv identifier."""

_NEW_ID = r"\d\d(?:0[1-9]|1[0-2])\.\d{4,5}"
_OLD_ID = r"[a-z]{2,8}(?:-[a-z]{2,6})?(?:\.[a-z]{2})?/\d{7}"
_ID = rf"(?:{_NEW_ID}|{_OLD_ID})(?:v\d{{1,2}})?(?!\d)"
# An identifier that a label or an address makes one: `arXiv:2301.00001`, `arXiv preprint
# arXiv:2301.00001`, `arxiv.org/abs/2301.00001`, and DBLP's `abs/2301.00001`.
_LABELLED = re.compile(
    r"\barxiv(?:\.org)?(?:[\s:./,-]{1,3}(?:e-?prints?|preprint|abs|pdf|html|arxiv)){0,3}+"
    rf"[\s:./,-]{{1,3}}(?P<id>{_ID})|(?<![\w/.])abs/(?P<dblp>{_ID})",
    re.IGNORECASE,
)
# An identifier alone, as `eprint` should hold it, with what people leave around it.
_ALONE = re.compile(
    r"\s*+(?:https?://)?(?:www\.)?(?:arxiv\.org/(?:abs|pdf|html)/|arxiv:)?\s*+"
    r"(?P<id>\S+?)(?:v\d+)?(?:\.pdf)?\s*+(?:\[[^\][]{0,60}\]\s*+)?",
    re.IGNORECASE,
)
_CLASS = re.compile(r"(?<=[a-z])\.[A-Z]{2}(?=/\d{7}$)")
_VERSIONED_DOI = re.compile(rf"({re.escape(ARXIV_PREFIX)}\S*\d)v\d{{1,2}}", re.IGNORECASE)
_BARE = re.compile(rf"(?:arxiv:)?{_ID}", re.IGNORECASE)


class ArxivId(NamedTuple):
    """An arXiv identifier in a text: the DOI that it stands for, and where it is written."""

    doi: str
    start: int
    end: int


def find_arxiv_ids(text: str) -> Iterator[ArxivId]:
    """Yield every arXiv identifier that has its label in a text, or that is the whole text.

    The label is ``arXiv:``, an address of arXiv or its like. Bare numbers among words do not count.
    """
    if _BARE.fullmatch(text.strip()):
        yield ArxivId(arxiv_doi(text), 0, len(text))
        return
    for match in _LABELLED.finditer(text):
        yield ArxivId(arxiv_doi(match["id"] or match["dblp"]), *match.span())


def arxiv_doi(identifier: str) -> str:
    """The DOI of an arXiv identifier, which may have its label or address before it.

    The version (``v2``) is no part of the DOI, and neither is the subject class of an old one:
    ``math.AG/0601001`` is ``math/0601001``. Any other text is taken as an identifier.
    """
    match = _ALONE.fullmatch(identifier)
    return ARXIV_PREFIX + _CLASS.sub("", match["id"] if match else identifier.strip())


def without_version(doi: str) -> str:
    """Return a DOI of arXiv without the version after it; any other DOI stays."""
    match = _VERSIONED_DOI.fullmatch(doi)
    return match[1] if match else doi
