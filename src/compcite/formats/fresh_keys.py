"""Citation keys for a list whose references have none, or have some."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compcite.formats.keys import citation_key

if TYPE_CHECKING:
    from compcite.model.item import Item

__all__ = ["FreshKeys"]


class FreshKeys:
    """The keys of one list: those that it gives, and new ones unlike all before them.

    A new key is compared with its like only, so that a list of any length stays cheap.
    """

    def __init__(self) -> None:
        """Begin with no key taken."""
        self._taken: set[str] = set()
        self._alike: dict[str, set[str]] = {}

    def of(self, item: Item, given: str = "") -> str:
        """The key that the list gives an item, else a new one."""
        key = given or self._new(item)
        self._taken.add(key.lower())
        return key

    def _new(self, item: Item) -> str:
        """A key that is not taken, letter case aside."""
        alike = self._alike.setdefault(citation_key(item, ()), set())
        while (key := citation_key(item, alike)).lower() in self._taken:
            alike.add(key)
        alike.add(key)
        return key
