"""The entries of some lists, as documents cite them: by key, and as offers to complete a key."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from compcite.checks.citations import EntriesByKey
from compcite.model.library import Library
from compcite.text.unicode import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from compcite.model.library import Entry

__all__ = ["KnownEntries", "Offer"]

_MOST = 100  # offers for one completion: a screen shows some 20, and each costs 0.1 ms to send
_NAMES = 2  # authors that an offer names before "et al."
_OTHERS = "et al."
_WORD = re.compile(r"\w+")


class Offer(NamedTuple):
    """A key that can be cited, with what helps to recognize it.

    ``folded`` is the key without case and accents. ``detail`` is such as ``Neff (2003):
    Self-compassion``. ``words`` are the folded words of key, authors, year and title, with a blank
    before each.
    """

    key: str
    folded: str
    detail: str
    words: str


class KnownEntries:
    """The entries of some lists; ``by_item`` has the offers, by the identity of an entry's item."""

    def __init__(self, libraries: Sequence[Library], before: KnownEntries | None = None) -> None:
        """Take the lists; ``before`` are their entries before a change, whose offers are kept."""
        self.library = Library(
            [source for one in libraries for source in one.sources],
            [entry for one in libraries for entry in one.entries],
            [problem for one in libraries for problem in one.problems],
        )
        self.names = EntriesByKey(self.library.entries)
        problems = self.library.problems
        self.unread = {one.key for one in problems if one.rule == "entry-unparsed" and one.key}
        self.by_item: dict[int, tuple[Entry, list[Offer]]] = before.by_item if before else {}
        self._offered: list[Offer] | None = None

    def meant(self, key: str) -> list[Entry]:
        """The entries that a citation of this key means."""
        return [self.library.entries[place] for place in self.names.meant(key)]

    @property
    def offers(self) -> list[Offer]:
        """An offer for each key, in the order of the lists."""
        if self._offered is None:
            kept: dict[int, tuple[Entry, list[Offer]]] = {}
            for entry in self.library.entries:
                item = id(entry.item)
                known = self.by_item.get(item)
                if known is None or known[0].keys != entry.keys:
                    # The entry is kept, so that no other item gets the same id.
                    known = (entry, list(_offers(entry)))
                kept[item] = known
            self.by_item = kept
            self._offered = [offer for _, offers in kept.values() for offer in offers]
        return self._offered

    def matching(self, typed: str) -> tuple[list[Offer], bool]:
        """At most 100 offers for what was typed, best first, and whether these are all keys.

        The second value is always false where something was typed, since more letters may find
        others.
        Best are keys that begin with it, then those where each word of it begins a word of the
        authors, the year or the title, then keys that contain it, then those that have its letters
        in this order (``nf03`` for ``neff2003``).
        """
        wanted = fold(typed.strip())
        if not wanted:
            return self.offers[:_MOST], len(self.offers) <= _MOST
        parts = [f" {part}" for part in _WORD.findall(wanted)] or [wanted]
        ranks: tuple[list[Offer], ...] = ([], [], [])
        for offer in self.offers:
            if offer.folded.startswith(wanted):
                ranks[0].append(offer)
            elif parts[0] in offer.words and all(part in offer.words for part in parts):
                ranks[1].append(offer)
            elif wanted in offer.folded:
                ranks[2].append(offer)
        found = [offer for rank in ranks for offer in rank]
        if len(found) < _MOST:
            letters = re.compile(".*?".join(map(re.escape, wanted)))
            near = set(found)
            found += (o for o in self.offers if letters.search(o.folded) and o not in near)
        return found[:_MOST], False


def _offers(entry: Entry) -> Iterator[Offer]:
    """An offer for each key of an entry."""
    names = [name.partition(",")[0] for name in entry.authors]
    year = "" if entry.year is None else str(entry.year)
    dated = f"{_shortened(names)} ({year})" if year else _shortened(names)
    detail = ": ".join(filter(None, (dated.strip(), entry.title)))
    words = _WORD.findall(fold(" ".join([*names, year, entry.title])))
    for key in entry.keys:
        if key:
            yield Offer(key, fold(key), detail, " ".join(["", fold(key), *words]))


def _shortened(names: Sequence[str]) -> str:
    """Family names for an offer: one, two, or the first with "et al."."""
    if len(names) > _NAMES or _OTHERS in names:
        return f"{names[0]} {_OTHERS}"
    return " & ".join(names)
