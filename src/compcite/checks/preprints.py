"""Whether an item is a preprint: by its type, its DOI, or where it says it can be had."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from compcite.model.item import Item

__all__ = ["is_preprint"]

_TYPE = "article"  # CSL 1.0.2, appendix IV: preprints and articles in no periodical
# Under which servers register (Crossref, DataCite); Cold Spring Harbor's journals share theirs.
_DOI = re.compile(
    r"10\.(?:48550/arxiv|1101/(?:\d{4}\.\d\d|\d{6})|64898/|2139/ssrn|31234/|31235/|31219/|20944/"
    r"preprints|26434/chemrxiv|21203/rs|36227/techrxiv|22541/au|5194/egusphere-|7287/peerj"
    r"\.preprints|33774/)",
    re.IGNORECASE,
)
_SERVER = re.compile(
    r"\b(?:\w*arxiv|\w*rxiv|ssrn|preprints?|research square|corr)\b", re.IGNORECASE
)
_SAYING = (
    *("container-title", "publisher", "note", "number", "page", "URL", "genre", "archive"),
    *("medium", "status", "keyword"),
)
_UNPUBLISHED = re.compile(
    r"\b(?:submitted|prepublished|under review|in preparation)\b", re.IGNORECASE
)


def is_preprint(item: Item) -> bool:
    """Whether an item is the preprint of a work, and not what appeared in a journal or a book."""
    if item.type == _TYPE or _DOI.match(item.text.get("DOI", "")):
        return True
    container = item.text.get("container-title", "")
    if container and not _SERVER.search(container):
        return False
    said = "\n".join(item.text.get(variable, "") for variable in _SAYING)
    return _SERVER.search(said) is not None or _UNPUBLISHED.search(said) is not None
