"""The texts of an item for formats that know no formatting."""

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
    """The text variables that say something, each in one line, titles without their tags."""
    found = {
        variable: " ".join((without_tags(value) if variable.endswith(_TITLED) else value).split())
        for variable, value in item.text.items()
    }
    return {variable: value for variable, value in found.items() if value}


def unguarded(text: str) -> str:
    """A title without the tags that protect its letter case, which say nothing to readers."""
    return _CASE_GUARD.sub(r"\1", text) if "<span" in text else text
