"""Compare lists of names: whether they are the same people, however they are written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from compcite.text.compare.likeness import SILENT, Likeness, Resemblance
from compcite.text.compare.same_person import (
    Match,
    given_names_contradict,
    read_name,
    same_person,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compcite.text.compare.same_person import Person, ReadName

__all__ = ["are_among", "compare_people", "is_sorted_by_family", "may_be_revised_people"]

_LONG_LIST = 8  # names of a list that people cut short without saying so
_CUT_RECORD = 2  # times as many names as the record has, where the record is the one cut short
# Names that stand in the order of the alphabet by chance once in 24 times. A record of a paper in
# proceedings may come out of a program that sorts the authors (all of NeurIPS since 2022 do): there
# the order of two already proves little.
_SORTED_LIST = 4
_SORTED_IN_PROCEEDINGS = 2
_SWAPPED = 2  # names that a slip in the order moves
_CONTRADICTIONS = 2  # given names that contradict the record; one may be a slip of the record
_CONTRADICTING_SHARE = 0.25  # of the names, so that two of thirty may go by another name
_NICKNAME = 5  # letters of nearly every nickname at most
_REVISED_SHARE = 0.5  # of the names of a last version that an earlier one has at least
_MANY = 40  # names beyond which not each is tried with each
_SHOWN = 6  # names that a message shows before it counts them
# What ends a list that does not name all: alone as the last name, or behind it.
_AND_OTHERS = re.compile(
    r"(?:^|[\s,~])[\s,~]*+(?:and\s++)?(?:et[.\s~]*+al(?:ii|ia)?|others|co-?authors|colleagues|u\.\s?a)\b[\s.,]*+$|^[\s.,…]++$",
    re.IGNORECASE,
)
_LONGEST_ENDING = 40  # letters of it, with blanks


def compare_people(
    written: Sequence[Person],
    registered: Sequence[Person],
    *,
    truncated: bool = False,
    proceedings: bool = False,
) -> Resemblance:
    """Return how far the names of a reference agree with those of a record.

    ``truncated`` means that the reference ends in "and others", ``proceedings`` that the record is
    that of a paper in proceedings. Groups are compared only if a list has nobody else, since they
    are written in too many ways. A literal name that is a person on the other side is no group, but
    a person whose name was not taken apart. If one list is empty, the result is ``SILENT``.
    """
    written, ends = _without_and_others(written)
    registered, _ = _without_and_others(registered)
    truncated = truncated or ends
    mine, theirs = _readable(written), _readable(registered)
    counts = len(mine), len(theirs)
    if not (all(name.latin for name in mine) and all(name.latin for name in theirs)):
        mine, theirs = _of_common_scripts(mine, theirs)
    if not mine or not theirs:
        return SILENT
    people, others = _people_among(mine, theirs), _people_among(theirs, mine)
    if people and others:
        likeness, reason = _judge(people, others, truncated=truncated)
        half_read = _half_read(mine, people) or _half_read(theirs, others)
        if likeness is Likeness.DIFFERENT and half_read:
            likeness, reason = Likeness.UNKNOWN, "some names are not taken apart"
        elif likeness is Likeness.DIFFERENT and counts[0] == counts[1] and len(mine) != len(theirs):
            likeness, reason = Likeness.UNKNOWN, "some names are in another script"
    elif not _spellings(mine).isdisjoint(_spellings(theirs)):
        likeness, reason = Likeness.SAME, "the group is the same"
    else:
        likeness, reason = Likeness.UNKNOWN, "a side names only a group"
    if reason == _GIVEN_REASON:
        return Resemblance(likeness, *_contradicting(people, others), reason)
    excuse = ""
    if reason == _ORDER_REASON and proceedings and _is_sorted(others, _SORTED_IN_PROCEEDINGS):
        excuse = "the record has the names in the order of the alphabet"
    return Resemblance(likeness, _shown(mine, truncated=truncated), _shown(theirs), reason, excuse)


def is_sorted_by_family(names: Sequence[Person], *, proceedings: bool = False) -> bool:
    """Return whether a list is in the order of the family names, so that its order proves nothing.

    Some proceedings are registered like this, whatever the order of the authors on the page. Very
    short lists are in this order by chance, so they do not count.
    """
    least = _SORTED_IN_PROCEEDINGS if proceedings else _SORTED_LIST
    return _is_sorted(_readable(names), least)


def are_among(written: Sequence[Person], registered: Sequence[Person]) -> bool:
    """Return whether every person of one list is in the other."""
    mine, theirs = _readable(_without_and_others(written)[0]), _readable(registered)
    pairs, _ = _pair(mine, theirs)
    return bool(pairs) and not _unpaired(mine, set(pairs))


def may_be_revised_people(written: Sequence[Person], registered: Sequence[Person]) -> bool:
    """Return whether a list of authors can be that of an earlier version of a work.

    All its persons must be in the record, among them the first and the last of the record, and at
    least half of the record's names: authors were added or changed places.
    """
    mine, theirs = _readable(_without_and_others(written)[0]), _readable(registered)
    if not mine or not theirs or len(mine) < _REVISED_SHARE * len(theirs):
        return False
    pairs, _ = _pair(mine, theirs)
    found = set(pairs.values())
    return not _unpaired(mine, set(pairs)) and {0, len(theirs) - 1} <= found


def _is_sorted(names: list[ReadName], least: int = _SORTED_LIST) -> bool:
    """Return whether a list of at least ``least`` names is in the order of the family names."""
    families = [name.family for name in names]
    return len(families) >= least and families == sorted(families)


def _without_and_others(names: Sequence[Person]) -> tuple[Sequence[Person], bool]:
    """Return a list without the "et al." at its end, and whether there was one."""
    if not names:
        return names, False
    *first, last = names
    whole = last.literal or f"{last.given} {last.family}".strip()
    ending = _AND_OTHERS.search(whole, max(0, len(whole) - _LONGEST_ENDING))
    if ending is None:
        return names, False
    left = whole[: ending.start()].strip(" ,")
    return (*first, *((_OnePiece(literal=left),) if left else ())), True


class _OnePiece(NamedTuple):
    """The rest of a name in which "et al." stood; it is not taken apart."""

    literal: str
    family: str = ""
    given: str = ""
    dropping_particle: str = ""
    non_dropping_particle: str = ""
    suffix: str = ""


def _people_among(names: list[ReadName], others: list[ReadName]) -> list[ReadName]:
    """Return the persons in a list.

    A literal name is a person if the other list has this person in parts. A literal name that could
    be two persons of the other list names several at once, and is left out.
    """
    in_parts = [other for other in others if not other.group]
    if not any(name.group for name in names):
        return names
    by_word: dict[str, list[ReadName]] = {}
    for other in in_parts:
        for word in other.tokens:
            by_word.setdefault(word, []).append(other)

    def is_person(name: ReadName) -> bool:
        near = in_parts
        if len(in_parts) > _MANY:
            near = [other for word in name.tokens for other in by_word.get(word, ())]
        return len({other.family for other in near if same_person(name, other)}) == 1

    return [name for name in names if not name.group or (not name.several and is_person(name))]


def _spellings(names: list[ReadName]) -> set[str]:
    """Return all spellings of all names."""
    return {spelling for name in names for spelling in name.spellings}


def _half_read(names: list[ReadName], people: list[ReadName]) -> bool:
    """Return whether some literal names of a list are persons, and others may be."""
    return any(name.group for name in people) and len(people) < len(names)


def _judge(
    mine: list[ReadName], theirs: list[ReadName], *, truncated: bool
) -> tuple[Likeness, str]:
    """Return how far two lists of persons agree, and why."""
    pairs, sure = _pair(mine, theirs)
    missing = _unpaired(theirs, set(pairs.values()))
    extra = _unpaired(mine, set(pairs))
    order = [pairs[place] for place in sorted(pairs)]
    from_the_start = order == list(range(len(order)))
    firsts_differ = 0 not in pairs and 0 not in order
    if firsts_differ and 2 * sure < min(len(mine), len(theirs)):
        return Likeness.FOREIGN, "hardly a name is the same"
    if extra:
        record_cut = not missing and from_the_start and len(extra) >= _CUT_RECORD * len(theirs)
        likeness = Likeness.UNKNOWN if record_cut else Likeness.DIFFERENT
        return likeness, f"the record does not name {_some(extra)}"
    if order != sorted(order):
        return _likeness_of_orders(order, theirs, missing, truncated=truncated)
    if _contradictions(mine, theirs, pairs):
        return Likeness.DIFFERENT, _GIVEN_REASON
    if not missing:
        return Likeness.SAME, "the names are the same"
    cut_unsaid = from_the_start and len(theirs) >= _LONG_LIST and len(missing) > 1
    cut_short = (truncated and order[0] == 0) or cut_unsaid
    likeness = Likeness.CLOSE if cut_short else Likeness.DIFFERENT
    if _is_sorted(theirs) and (truncated or len(theirs) >= _LONG_LIST):
        likeness = max(likeness, Likeness.UNKNOWN)
    return likeness, f"the record also names {_some(missing)}"


def _likeness_of_orders(
    order: list[int], theirs: list[ReadName], missing: list[ReadName], *, truncated: bool
) -> tuple[Likeness, str]:
    """Return how far two lists of the same persons in another order agree, and why.

    A record that is sorted by family name proves nothing. The order of an earlier version differs
    in many places; if only two names changed places, it is a mistake.
    """
    if _is_sorted(theirs) and (not missing or truncated):
        return Likeness.UNKNOWN, "the record has the names in the order of the alphabet"
    moved = sum(place != rank for place, rank in zip(order, sorted(order), strict=True))
    if moved > _SWAPPED and not missing and order[0] == 0:
        return Likeness.UNKNOWN, "another version may have the names in this order"
    return Likeness.DIFFERENT, _ORDER_REASON


_ORDER_REASON = "the order is another"
_GIVEN_REASON = "the given names are others"


def _contradictions(
    mine: list[ReadName], theirs: list[ReadName], pairs: dict[int, int]
) -> list[tuple[ReadName, ReadName]]:
    """Return the pairs with the same family name whose given names contradict, if they are many.

    A name that fits another person of this family name in the other list contradicts nobody.
    """
    found = [
        (mine[place], theirs[other])
        for place, other in pairs.items()
        if given_names_contradict(mine[place], theirs[other])
        and all(
            given_names_contradict(mine[place], name)
            for name in theirs
            if name.spellings & mine[place].spellings
        )
    ]
    if len(mine) == len(theirs) == 1:
        return [pair for pair in found if not any(_may_be_nickname(name) for name in pair)]
    enough = max(_CONTRADICTIONS, _CONTRADICTING_SHARE * len(pairs))
    return found if len(found) >= enough else []


def _may_be_nickname(name: ReadName) -> bool:
    """Return whether a given name is short enough for a nickname (Bill, Peggy)."""
    return len("".join(name.given)) <= _NICKNAME


def _contradicting(mine: list[ReadName], theirs: list[ReadName]) -> tuple[str, str]:
    """Return the names whose given names contradict, of both lists, as text for a message."""
    pairs, _ = _pair(mine, theirs)
    found = _contradictions(mine, theirs, pairs)[:_CONTRADICTIONS]
    return ", ".join(one.whole for one, _ in found), ", ".join(other.whole for _, other in found)


def _unpaired(names: list[ReadName], paired: set[int]) -> list[ReadName]:
    """Return the names without a partner; repeated names and single initials do not count."""
    known = {names[place].tokens for place in paired}
    return [
        name
        for place, name in enumerate(names)
        if place not in paired
        and name.tokens not in known
        and any(len(token) > 1 for token in name.tokens)
    ]


def _pair(mine: list[ReadName], theirs: list[ReadName]) -> tuple[dict[int, int], int]:
    """Return which name is which, by place in both lists, and how many pairs are sure.

    A pair is sure if more than the family name is the same.
    """
    pairs: dict[int, int] = {}
    levels: dict[int, int] = {}
    for place, (name, other) in enumerate(zip(mine, theirs, strict=False)):
        if level := same_person(name, other):
            pairs[place], levels[place] = place, level
    free = {place for place in range(len(theirs)) if place not in pairs}
    by_token: dict[str, list[int]] = {}
    for place in sorted(free):
        for token in theirs[place].tokens | theirs[place].spellings:
            by_token.setdefault(token, []).append(place)
    try_all = len(free) <= _MANY
    for place, name in enumerate(mine):
        if place in pairs or not free:
            continue
        near = {p for token in name.tokens | name.spellings for p in by_token.get(token, ())}
        candidates = free if try_all else near & free
        level, best = max(
            ((same_person(name, theirs[other]), -other) for other in candidates),
            default=(Match.NOT, 0),
        )
        if level:
            pairs[place], levels[place] = -best, level
            free.discard(-best)
    return pairs, sum(level == Match.SURE for level in levels.values())


def _readable(names: Sequence[Person]) -> list[ReadName]:
    """Return the names that name a person or group, ready for the comparison."""
    read = (
        read_name(
            person.family,
            person.given,
            f"{person.dropping_particle} {person.non_dropping_particle}".strip(),
            person.literal,
        )
        for person in names
    )
    return [name for name in read if name]


def _of_common_scripts(
    mine: list[ReadName], theirs: list[ReadName]
) -> tuple[list[ReadName], list[ReadName]]:
    """Return both lists without the names that are not in Latin letters, if their numbers differ.

    A record may give some names in Latin letters and some in their own script, and a reference the
    same ones, or all in Latin letters.
    """
    counts = [sum(not name.latin for name in names) for names in (mine, theirs)]
    if counts[0] == counts[1]:
        return mine, theirs
    return [n for n in mine if n.latin], [n for n in theirs if n.latin]


def _shown(names: list[ReadName], *, truncated: bool = False) -> str:
    """Return the family names as text for a message: all, or the first three of a long list."""
    shown = [name.shown for name in names]
    if len(shown) > _SHOWN:
        return f"{', '.join(shown[:3])}, … ({len(shown)} names)"
    return ", ".join(shown) + (", et al." if truncated else "")


def _some(names: list[ReadName]) -> str:
    """Return the first of some names, and how many more there are: "Doe and 2 more"."""
    first = names[0].shown
    return first if len(names) == 1 else f"{first} and {len(names) - 1} more"
