"""The texts of an item, for formats that have no formatting."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from compcite.text.markup import without_tags

if TYPE_CHECKING:
    from compcite.model.item import Item

__all__ = ["plain_texts", "unguarded"]

_CASE_GUARD = re.compile(r'<span class="nocase">(.*?)</span>')

_TITLED = ("title", "title-short")


def plain_texts(item: Item) -> dict[str, str]:
    """Return the text variables that have a value, each in one line; titles have no tags."""
    found = {
        variable: " ".join((without_tags(value) if variable.endswith(_TITLED) else value).split())
        for variable, value in item.text.items()
    }
    return {variable: value for variable, value in found.items() if value}


def unguarded(text: str) -> str:
    """Return a title without the tags that protect its letter case; other tags stay."""
    return _CASE_GUARD.sub(r"\1", text) if "<span" in text else text
