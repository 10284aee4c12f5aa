"""Citation keys for a list whose references have none, or have some."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compcite.formats.keys import citation_key, letter_suffix

if TYPE_CHECKING:
    from compcite.model.item import Item

__all__ = ["FreshKeys"]


class FreshKeys:
    """The keys of one list: those that it gives, and new ones unlike all before them.

    What stands behind a key to make it a new one is counted on, so that a list of any length
    stays cheap, even of works that are all alike.
    """

    def __init__(self) -> None:
        """Begin with no key taken."""
        self._taken: set[str] = set()
        self._counts: dict[str, int] = {}

    def of(self, item: Item, given: str = "") -> str:
        """The key that the list gives an item, else a new one."""
        key = given or self._new(item)
        self._taken.add(key.lower())
        return key

    def _new(self, item: Item) -> str:
        """A key that is not taken, letter case aside."""
        key = made = citation_key(item, ())
        while key.lower() in self._taken:
            number = self._counts.get(made, 0)
            self._counts[made] = number + 1
            key = made + letter_suffix(number)
        return key
