"""Citation labels such as "Doe65" (specification, "Standard Variables", ``citation-label``)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from compcite.text.capitals.text_case import STOP_WORDS

if TYPE_CHECKING:
    from compcite.model.item import Item, Name

__all__ = ["citation_label"]

# How many letters of each family name, by the number of names; it is citeproc-js's default.
_LETTERS = {1: (4,), 2: (2, 2), 3: (2, 1, 1)}
_OF_MANY = (1, 1, 1, 1)
_ARTICLE = re.compile(r"^(?:an?|the)\s+", re.IGNORECASE)
_CREATORS = ("author", "editor", "translator")


def citation_label(item: Item) -> str:
    """Return the citation label of an item: the one it has, or one made of its names and year.

    Two authors Roe and Doe in 1965 give "RoDo65". Without names the title's first four letters
    stand.
    """
    if label := item.text.get("citation-label"):
        return label
    names = next((item.names[role] for role in _CREATORS if item.names.get(role)), ())
    counts = _LETTERS.get(len(names), _OF_MANY)
    starts = [_start(name, count) for name, count in zip(names, counts, strict=False)]
    issued = item.dates.get("issued")
    year = f"{abs(issued.year) % 100:02d}" if issued and issued.year else ""
    return ("".join(starts) or _start_of_title(item.text.get("title", ""))) + year


def _start(name: Name, count: int) -> str:
    """Return the first ``count`` letters of a family name, the first of them a capital.

    Only letters count: "O'Neil" gives "Onei". An institution begins after its article.
    """
    text = name.family or _ARTICLE.sub("", name.literal, count=1)
    return _letters(text)[:count].capitalize()


def _start_of_title(title: str) -> str:
    """Return the first four letters of a title, without words such as "the" and "of"."""
    words = (word for word in title.split() if word.lower() not in STOP_WORDS)
    return _letters("".join(words))[: _LETTERS[1][0]].capitalize()


def _letters(text: str) -> str:
    """Return ``text`` without what is no letter."""
    return "".join(filter(str.isalpha, text))
