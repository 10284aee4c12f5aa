"""Data as HTML: as text that is harmless, and as links."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from compcite.reporters._wording import doi_url
from compcite.text.terminal import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["doi_link", "text", "with_links"]

# Not in the middle of a longer DOI: ``10.1/ab`` in ``10.1/ab.c``. A stop at the end of a sentence
# is no part of a DOI.
_DOI_ENDS = r"(?![^\s,;()]*\w)"


def text(data: str) -> str:
    """Data as HTML text, escaped for elements and for quoted attributes."""
    return escape(one_line(data))


def doi_link(doi: str) -> str:
    """A DOI as a link; text that is no DOI as text."""
    url = doi_url(doi)
    return f'<a href="{escape(url)}">{text(doi)}</a>' if url else f"<bdi>{text(doi)}</bdi>"


def with_links(sentence: str, dois: Iterable[str]) -> str:
    """A sentence as HTML in which each of these DOIs is a link, whatever its letter case."""
    known = sorted({one_line(doi) for doi in dois if doi_url(doi)}, key=len, reverse=True)
    if not known:
        return text(sentence)
    pattern = re.compile(f"({'|'.join(map(re.escape, known))}){_DOI_ENDS}", re.IGNORECASE)
    pieces = pattern.split(one_line(sentence))  # text and DOI in turn
    return "".join(doi_link(piece) if i % 2 else escape(piece) for i, piece in enumerate(pieces))
