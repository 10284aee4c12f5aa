"""Whether an item is a preprint: by its type, its DOI, or where it says it can be had."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from compcite.text.preprint_servers import PREPRINT_DOI, PREPRINT_SERVER

if TYPE_CHECKING:
    from compcite.model.item import Item

__all__ = ["is_preprint"]

_TYPE = "article"  # CSL 1.0.2, appendix IV: preprints, and articles in no periodical
_SAYING = ("publisher", "note", "number", "page", "URL", "genre", "archive", "medium", "status")
_UNPUBLISHED = re.compile(
    r"\b(?:preprint|submitted|prepublished|under review|in preparation)\b", re.IGNORECASE
)


def is_preprint(item: Item) -> bool:
    """Whether an item is the preprint of a work, and not what appeared in a journal or a book."""
    if item.type == _TYPE or PREPRINT_DOI.match(item.text.get("DOI", "")):
        return True
    if container := item.text.get("container-title", ""):
        return PREPRINT_SERVER.search(container) is not None
    said = [item.text.get(variable, "") for variable in _SAYING]
    return any(PREPRINT_SERVER.search(one) or _UNPUBLISHED.search(one) for one in said)
