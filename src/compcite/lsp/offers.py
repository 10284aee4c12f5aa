"""Keys that can be cited, as offers to complete what somebody types."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from compcite.model.library import Entry
from compcite.text.unicode import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from compcite.model.item import Item

__all__ = ["Offer", "bare_offers", "best_offers", "offers_for"]

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
    detail: str = ""
    words: str = ""


def offers_for(keys: Sequence[str], item: Item) -> tuple[Offer, ...]:
    """An offer for each key of an entry."""
    entry = Entry(keys[0], item)
    names = [name.partition(",")[0] for name in entry.authors]
    year = "" if entry.year is None else str(entry.year)
    dated = f"{_shortened(names)} ({year})" if year else _shortened(names)
    detail = ": ".join(filter(None, (dated.strip(), entry.title)))
    words = _WORD.findall(fold(" ".join([*names, year, entry.title])))
    return tuple(
        one._replace(detail=detail, words=" ".join(["", one.folded, *words]))
        for one in bare_offers(keys)
    )


def bare_offers(keys: Sequence[str]) -> tuple[Offer, ...]:
    """An offer for each key of an entry that nobody has looked into yet.

    It is found by the key only. To look into an entry takes 30 times as long.
    """
    return tuple(Offer(key, fold(key)) for key in keys if key)


def best_offers(offers: Sequence[Offer], typed: str) -> tuple[Sequence[Offer], bool]:
    """At most 100 offers for what was typed, best first, and whether these are all keys.

    The second value is always false where something was typed, since more letters may find others.
    Best are keys that begin with it, then those where each word of it begins a word of the authors,
    the year or the title, then keys that contain it, then those that have its letters in this order
    (``nf03`` for ``neff2003``).
    """
    wanted = fold(typed.strip())
    if not wanted:
        return offers[:_MOST], len(offers) <= _MOST
    parts = [f" {part}" for part in _WORD.findall(wanted)] or [wanted]
    ranks: tuple[list[Offer], ...] = ([], [], [])
    for offer in offers:
        if offer.folded.startswith(wanted):
            ranks[0].append(offer)
        elif parts[0] in offer.words and all(part in offer.words for part in parts):
            ranks[1].append(offer)
        elif wanted in offer.folded:
            ranks[2].append(offer)
    found = [offer for rank in ranks for offer in rank]
    if len(found) < _MOST:
        near = set(found)
        found += (one for one in _with_letters(offers, wanted) if one not in near)
    return found[:_MOST], False


def _with_letters(offers: Sequence[Offer], wanted: str) -> Iterator[Offer]:
    """The offers whose keys have all the letters in this order, with others between."""
    letters = re.compile(".*?".join(map(re.escape, wanted)))
    return (one for one in offers if letters.search(one.folded))


def _shortened(names: Sequence[str]) -> str:
    """Family names for an offer: one, two, or the first with "et al."."""
    if len(names) > _NAMES or _OTHERS in names:
        return f"{names[0]} {_OTHERS}"
    return " & ".join(names)
