"""Lists of names: the same people, however their names are written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compcite.text.compare.likeness import SILENT, Likeness, Resemblance
from compcite.text.compare.same_person import Match, read_name, same_person

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compcite.text.compare.same_person import Person, ReadName

__all__ = ["compare_people"]

_LONG_LIST = 8  # names of a list that people cut short without saying so
_CUT_RECORD = 2  # times as many names as the record has, where the record is the one cut short
_MANY = 40  # names beyond which not each is tried with each
_SHOWN = 6  # names that a message shows before it counts them


def compare_people(
    written: Sequence[Person], registered: Sequence[Person], *, truncated: bool = False
) -> Resemblance:
    """The names of a reference against those of a record.

    ``truncated`` tells that the reference ends in "and others". Groups are compared only
    where there is nobody else, for they are written in too many ways. A literal name that is
    somebody's on the other side is no group, but a person whose name was not taken apart.
    """
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
    return Resemblance(likeness, _shown(mine, truncated=truncated), _shown(theirs), reason)


def _people_among(names: list[ReadName], others: list[ReadName]) -> list[ReadName]:
    """The people in a list; a literal name is one where the other list has it in parts.

    One that would be two people of the other list names several at once.
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
    """All spellings of all names."""
    return {spelling for name in names for spelling in name.spellings}


def _half_read(names: list[ReadName], people: list[ReadName]) -> bool:
    """Whether some literal names of a list are people's, and others may be."""
    return any(name.group for name in people) and len(people) < len(names)


def _judge(
    mine: list[ReadName], theirs: list[ReadName], *, truncated: bool
) -> tuple[Likeness, str]:
    """The decision about two lists of people."""
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
        return Likeness.DIFFERENT, "the order is another"
    if not missing:
        return Likeness.SAME, "the names are the same"
    cut_short = (truncated and order[0] == 0) or (from_the_start and len(theirs) >= _LONG_LIST)
    likeness = Likeness.CLOSE if cut_short else Likeness.DIFFERENT
    return likeness, f"the record also names {_some(missing)}"


def _unpaired(names: list[ReadName], paired: set[int]) -> list[ReadName]:
    """The names without a partner, but for repetitions and for stray initials."""
    known = {names[place].tokens for place in paired}
    return [
        name
        for place, name in enumerate(names)
        if place not in paired
        and name.tokens not in known
        and any(len(token) > 1 for token in name.tokens)
    ]


def _pair(mine: list[ReadName], theirs: list[ReadName]) -> tuple[dict[int, int], int]:
    """Who is who, by place in either list, and how many of them by more than a family name."""
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
    """The names that name somebody."""
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
    """Two lists without the names whose script the other list lacks, where these are many.

    A record may give some names in Latin letters and some in their own script, and a
    reference the same ones or all in Latin letters.
    """
    counts = [sum(not name.latin for name in names) for names in (mine, theirs)]
    if counts[0] == counts[1]:
        return mine, theirs
    return [n for n in mine if n.latin], [n for n in theirs if n.latin]


def _shown(names: list[ReadName], *, truncated: bool = False) -> str:
    """Family names for a message: all of a short list, the first three of a long one."""
    shown = [name.shown for name in names]
    if len(shown) > _SHOWN:
        return f"{', '.join(shown[:3])}, … ({len(shown)} names)"
    return ", ".join(shown) + (", et al." if truncated else "")


def _some(names: list[ReadName]) -> str:
    """The first of some names and how many more there are."""
    first = names[0].shown
    return first if len(names) == 1 else f"{first} and {len(names) - 1} more"
