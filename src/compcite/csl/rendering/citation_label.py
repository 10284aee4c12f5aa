"""Citation labels such as "Doe65" (specification, "Standard Variables", ``citation-label``)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from compcite.model.item import Item, Name

__all__ = ["citation_label"]

# How many letters of each family name, by the number of names; it is citeproc-js's default.
_LETTERS = {1: (4,), 2: (2, 2), 3: (2, 1, 1)}
_OF_MANY = (1, 1, 1, 1)
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
    letters = "".join(_start(name, count) for name, count in zip(names, counts, strict=False))
    issued = item.dates.get("issued")
    year = f"{abs(issued.year) % 100:02d}" if issued and issued.year else ""
    return (letters or item.text.get("title", "")[:4]) + year


def _start(name: Name, count: int) -> str:
    """Return the first ``count`` letters of a family name, the first of them a capital."""
    return (name.family or name.literal)[:count].capitalize()
