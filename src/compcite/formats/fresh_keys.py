"""Citation keys for a list in which not every reference has one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compcite.formats.keys import citation_key, letter_suffix

if TYPE_CHECKING:
    from compcite.model.item import Item

__all__ = ["FreshKeys"]


class FreshKeys:
    """Gives each item of one list a key: its own, or a new one that differs from all before it.

    The last letter added to each key is remembered, so that a long list of works by one author
    costs no more than any other.
    """

    def __init__(self) -> None:
        """Start with no key taken."""
        self._taken: set[str] = set()
        self._counts: dict[str, int] = {}

    def of(self, item: Item, given: str = "") -> str:
        """Return the key ``given``, or a new key if it is empty; the key is taken from now on."""
        key = given or self._new(item)
        self._taken.add(key.lower())
        return key

    def _new(self, item: Item) -> str:
        """Return a new key that differs from all keys so far in more than letter case."""
        key = made = citation_key(item, ())
        while key.lower() in self._taken:
            number = self._counts.get(made, 0)
            self._counts[made] = number + 1
            key = made + letter_suffix(number)
        return key
