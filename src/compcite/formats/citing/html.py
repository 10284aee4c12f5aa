"""Citations in HTML: ``<cite data-cite="key">`` of notebooks, ``data-cites`` of pandoc."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from compcite.formats.citing.events import Cited

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["html_citations"]

_ATTRIBUTE = re.compile(
    r"\bdata-cites?\s*+=\s*+(?:\"([^\"<>]*+)\"|'([^'<>]*+)'|([^\s\"'<>=]++))", re.IGNORECASE
)
_KEY = re.compile(r"[^\s,;]+")


def html_citations(text: str) -> Iterator[Cited]:
    """Yield the keys in ``data-cite`` and ``data-cites``; one attribute can hold several."""
    for attribute in _ATTRIBUTE.finditer(text):
        for key in _KEY.finditer(text, *attribute.span(attribute.lastindex or 0)):
            yield Cited(key[0], *key.span())
