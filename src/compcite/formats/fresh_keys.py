"""Citation keys for a list in which not every reference has one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from compcite.formats.keys import base_key, citation_key, letter_suffix

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from compcite.model.item import Item
    from compcite.model.library import Entry

__all__ = ["FreshKeys", "renewed_keys"]

# Two letters tell 702 works with one base key apart; more letters would be a word of the title.
_LETTERS = re.compile("[a-z]{1,2}")


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
        """Return the key ``given``, or a new key if it is empty; the key is taken from now on.

        A given key is returned even if it is taken already.
        """
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


def renewed_keys(
    entries: Sequence[Entry], key_format: str, kept: Collection[str]
) -> dict[str, str]:
    """The new key of each entry whose key is not of this form; ``kept`` are keys in other use.

    The result has the new key for the old one, and lacks entries that keep theirs. Keys are
    compared without regard to case. An entry that has the key of this form already, with or without
    letters behind it, keeps it; so a second run changes nothing, in whatever order the entries then
    stand. An entry without any of the parts keeps its key, too. Raises ValueError for a form that
    :func:`base_key` does not know.
    """
    taken = {key.lower() for key in kept}
    waiting: list[tuple[str, str]] = []
    for entry in entries:
        base = base_key(entry.item, key_format)
        if not base or (_is_of_form(entry.key, base) and entry.key.lower() not in taken):
            taken.add(entry.key.lower())
        else:
            waiting.append((entry.key, base))
    names: dict[str, str] = {}
    counts: dict[str, int] = {}
    for old, base in waiting:
        key = base
        while key.lower() in taken:
            number = counts.get(base, 0)
            counts[base] = number + 1
            key = base + letter_suffix(number)
        taken.add(key.lower())
        names[old] = key
    return names


def _is_of_form(key: str, base: str) -> bool:
    """Whether a key is the base key, or the base key with one or two letters behind it."""
    letters = key.removeprefix(base)
    if letters == key:
        return False
    return not letters or _LETTERS.fullmatch(letters) is not None
