"""Whether an item is a preprint: by its type, its DOI, or the words in its fields."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from compcite.text.preprint_servers import PREPRINT_DOI, PREPRINT_SERVER

if TYPE_CHECKING:
    from compcite.model.item import Item

__all__ = ["PREPRINT", "is_preprint"]

PREPRINT = "article"
"""The CSL type of preprints, and of articles in no periodical (CSL 1.0.2, appendix IV)."""

_NEVER = frozenset({"book", "chapter", "thesis"})  # even where a preprint server has a copy
_SAYING = ("note", "number", "page", "URL", "genre", "archive", "medium", "status")
_UNPUBLISHED = re.compile(
    r"\b(?:preprint|submitted|prepublished|under review|in preparation)\b", re.IGNORECASE
)


def is_preprint(item: Item) -> bool:
    """Whether an item is a preprint.

    Its type or DOI may say so. Otherwise a book, chapter or thesis is none, and for the rest the
    journal or publisher decides: a preprint server or not. Only an item without either is judged by
    words such as "submitted" in its other fields.
    """
    if item.type == PREPRINT or PREPRINT_DOI.match(item.text.get("DOI", "")):
        return True
    if item.type in _NEVER:
        return False
    if where := item.text.get("container-title") or item.text.get("publisher"):
        return PREPRINT_SERVER.search(where) is not None
    said = [item.text.get(variable, "") for variable in _SAYING]
    return any(PREPRINT_SERVER.search(one) or _UNPUBLISHED.search(one) for one in said)
