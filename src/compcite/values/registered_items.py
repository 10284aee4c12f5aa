"""The item of a registered work as an entry of a reference list needs it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from compcite.model.doi import DOI

if TYPE_CHECKING:
    from compcite.model.item import Item
    from compcite.model.work import Work

__all__ = ["item_for_entry"]

_NEEDLESS = frozenset({"abstract", "container-title-short"})  # variables no bibliography prints


def item_for_entry(work: Work) -> Item:
    """The item of a work with its DOI, and without what an entry does not need.

    Left out are the abstract, a URL that only leads to the DOI, a number that is also the page
    (registries give the article number as both), and the editor of an article, who handled its
    review and is not cited.
    """
    item = work.item
    text = {name: value for name, value in item.text.items() if name not in _NEEDLESS}
    text["DOI"] = str(work.doi)
    if DOI.parse(text.get("URL", "")) == work.doi:
        del text["URL"]
    if text.get("number") == text.get("page"):  # BibTeX's styles look for it in `pages`
        text.pop("number", None)
    names = dict(item.names)
    if item.type == "article-journal":
        names.pop("editor", None)
    return replace(item, text=text, names=names)
