"""Tell which names of two lists are those of the same persons, and write both lists for a message.

`Doe, J. and Roe, R.` and `Jane Doe, Max Moe` have one pair, Doe and Doe; Roe and Moe are left over.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from compcite.text.compare.same_person import (
    Match,
    ReadName,
    given_names_contradict,
    initials_contradict,
    may_be_nickname,
    same_person,
    same_person_elsewhere,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["Pairing", "pair_names"]

_CONTRADICTIONS = 2  # given names that contradict the record; one may be a slip of the record
_CONTRADICTING_SHARE = 0.25  # of the names, so that two of thirty may go by another name
# Names of a list in which one invented given name counts. In 870 right lists of two names, most of
# them made from records, no full given name contradicted the record.
_SHORT_LIST = 2
_CONTRADICTING_INITIALS = 0.5  # of the names; in those lists there was none
_MANY = 40  # names beyond which not each is tried with each
_SHOWN = 6  # names that a message shows of a list
_FIRST = 3  # of these, the first names of a longer list; the others are those that differ


@dataclass(frozen=True)  # without slots, for the cached properties
class Pairing:
    """Two lists of names, and the pairs of names that mean the same person.

    ``pairs`` maps places in ``mine`` to places in ``theirs``. ``sure`` is the number of pairs in
    which more than the family name is the same.
    """

    mine: Sequence[ReadName]
    theirs: Sequence[ReadName]
    pairs: Mapping[int, int]
    sure: int

    @cached_property
    def extra(self) -> list[int]:
        """The places in ``mine`` of the names without a partner.

        A name that repeats a paired one, and one of single letters only, are left out.
        """
        return _unpaired(self.mine, set(self.pairs))

    @cached_property
    def missing(self) -> list[int]:
        """The places in ``theirs`` of the names without a partner, as in :attr:`extra`."""
        return _unpaired(self.theirs, set(self.pairs.values()))

    @cached_property
    def order(self) -> list[int]:
        """The places in ``theirs`` of the paired names, in the order of ``mine``."""
        return [self.pairs[place] for place in sorted(self.pairs)]

    @cached_property
    def moved(self) -> list[int]:
        """The places in ``mine`` of the paired names that stand elsewhere in the order."""
        return [
            place
            for place, other, rank in zip(
                sorted(self.pairs), self.order, sorted(self.order), strict=True
            )
            if other != rank
        ]

    @cached_property
    def contradicting(self) -> list[int]:
        """The places in ``mine`` of the names whose given names contradict the record.

        It is empty if these are so few that they may be slips. A single one counts in a short list,
        unless it may be a nickname. A name that fits another person of this family name in the
        other list contradicts nobody. Initials count if there are more of them than can be slips.
        """
        found = [place for place, other in self.pairs.items() if self._contradicts(place, other)]
        if len(found) == 1 and len(self.pairs) <= _SHORT_LIST:
            name, other = self.mine[found[0]], self.theirs[self.pairs[found[0]]]
            return [] if may_be_nickname(name, other) else found
        enough = max(_CONTRADICTIONS, _CONTRADICTING_SHARE * len(self.pairs))
        return found if len(found) >= enough else self._contradicting_initials()

    def _contradicting_initials(self) -> list[int]:
        """Return the places in ``mine`` of the names whose initials contradict the record.

        It is empty if these are less than two, or less than half of the names: initials depend on
        the way in which a name is transliterated (`Yuri`, `Iurii`).
        """
        found = [
            place
            for place, other in self.pairs.items()
            if initials_contradict(self.mine[place], self.theirs[other])
        ]
        enough = max(_CONTRADICTIONS, _CONTRADICTING_INITIALS * len(self.pairs))
        return found if len(found) >= enough else []

    def _contradicts(self, place: int, other: int) -> bool:
        """Return whether the given names of a pair contradict, and nobody else fits better."""
        name = self.mine[place]
        return given_names_contradict(name, self.theirs[other]) and all(
            given_names_contradict(name, one)
            for one in self.theirs
            if one.spellings & name.spellings
        )

    def shown(self, *, truncated: bool = False) -> tuple[str, str]:
        """Return both lists as texts for a message, that of ``mine`` first.

        A name is shown by its family name, and in full if only the whole name shows how the lists
        differ. Of a long list, the first names and those that differ are shown: ``Doe, Roe, Poe, …,
        Moe, … (9 names)``. ``truncated`` means that the list ended in "et al.".
        """
        in_full = self._in_full()
        moved = {self.pairs[place] for place in self.moved}
        contradicted = {self.pairs[place] for place in self.contradicting}
        differing = {*self.extra, *self.moved, *self.contradicting}
        their_differing = {*self.missing, *moved, *contradicted}
        written = _shown(self.mine, in_full[0], differing)
        return written + ", et al." * truncated, _shown(self.theirs, in_full[1], their_differing)

    def _in_full(self) -> tuple[set[int], set[int]]:
        """Return the places of the names to be shown in full, in ``mine`` and in ``theirs``.

        These are pairs whose given names contradict or whose family names are written in two ways,
        and the names without a partner whose family name stands in the other list too.
        """
        pairs = [
            (place, other)
            for place, other in self.pairs.items()
            if place in self.contradicting or self.mine[place].family != self.theirs[other].family
        ]
        ours = {place for place, _ in pairs} | _namesakes(self.mine, self.extra, self.theirs)
        others = {other for _, other in pairs} | _namesakes(self.theirs, self.missing, self.mine)
        return ours, others


def pair_names(mine: Sequence[ReadName], theirs: Sequence[ReadName]) -> Pairing:
    """Return which name of one list is which name of the other.

    A name is first looked for at its own place, then elsewhere. Only who is not found for sure is
    paired with a namesake: of ``Liu, J.; Liu, Y.`` and ``Liu, Y.; Liu, J.`` the order is another.
    """
    pairs = {
        place: place
        for place, (name, other) in enumerate(zip(mine, theirs, strict=False))
        if same_person(name, other) is Match.SURE
    }
    pairs |= _pairs_elsewhere(mine, theirs, pairs, Match.SURE)
    sure = len(pairs)
    taken = set(pairs.values())
    for place, (name, other) in enumerate(zip(mine, theirs, strict=False)):
        if place not in pairs and place not in taken and same_person(name, other):
            pairs[place] = place
    pairs |= _pairs_elsewhere(mine, theirs, pairs, Match.BY_FAMILY)
    return Pairing(mine, theirs, pairs, sure)


def _pairs_elsewhere(
    mine: Sequence[ReadName], theirs: Sequence[ReadName], pairs: Mapping[int, int], least: Match
) -> dict[int, int]:
    """Return pairs of those names that have no partner yet, each with the first one that fits.

    ``least`` is how sure a pair must be. In long lists, names without a word in common are not
    compared.
    """
    left = [place for place in range(len(mine)) if place not in pairs]
    free = set(range(len(theirs))) - set(pairs.values())
    if not left or not free:
        return {}
    by_word: dict[str, list[int]] = {}
    for place in sorted(free):
        for word in theirs[place].tokens | theirs[place].spellings:
            by_word.setdefault(word, []).append(place)
    try_all = len(free) <= _MANY
    found = {}
    for place in left:
        name = mine[place]
        near = {p for word in name.tokens | name.spellings for p in by_word.get(word, ())}
        for other in sorted(free if try_all else near & free):
            if same_person_elsewhere(name, theirs[other]) >= least:
                found[place] = other
                free.discard(other)
                break
    return found


def _unpaired(names: Sequence[ReadName], paired: set[int]) -> list[int]:
    """Return the places of the names that are not among the ``paired`` places.

    A name that repeats a paired one, and one of single letters only, are left out.
    """
    known = {names[place].tokens for place in paired}
    return [
        place
        for place, name in enumerate(names)
        if place not in paired
        and name.tokens not in known
        and any(len(token) > 1 for token in name.tokens)
    ]


def _namesakes(
    names: Sequence[ReadName], places: Sequence[int], others: Sequence[ReadName]
) -> set[int]:
    """Return those of some places in a list whose family name stands in the other list, too."""
    families = {other.family for other in others}
    return {place for place in places if names[place].family in families}


def _shown(names: Sequence[ReadName], in_full: set[int], differing: set[int]) -> str:
    """Return a list of names as text for a message.

    Of a long list, the first names are shown, and some of those at ``differing`` places: first
    those that are shown in full.
    """
    texts = [name.whole if place in in_full else name.shown for place, name in enumerate(names)]
    if len(texts) <= _SHOWN:
        return ", ".join(texts)
    first = {*range(_FIRST)}
    in_full_first = sorted(differing - first, key=lambda place: (place not in in_full, place))
    places = sorted({*first, *in_full_first[: _SHOWN - _FIRST]})
    shown = texts[places[0]]
    for before, place in pairwise([*places, len(texts)]):
        gap = "" if place == before + 1 else ", …"
        shown += gap if place == len(texts) else f"{gap}, {texts[place]}"
    return f"{shown} ({len(texts)} names)"
