"""Compare lists of names: whether they are the same people, however they are written."""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

from compcite.text.compare.likeness import SILENT, Likeness, Resemblance
from compcite.text.compare.lost_letters import restored
from compcite.text.compare.pairing import Pairing, pair_names
from compcite.text.compare.same_person import read_name, same_person
from compcite.text.compare.scripts import are_transliterated

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from compcite.text.compare.same_person import Person, ReadName

__all__ = [
    "are_among",
    "compare_people",
    "is_sorted_by_family",
    "may_be_revised_people",
    "split_joined_names",
]

_LONG_LIST = 8  # names of a list that people cut short without saying so
_CUT_RECORD = 2  # times as many names as the record has, where the record is the one cut short
# Names that stand in the order of the alphabet by chance once in 24 times. A record of a paper in
# proceedings may come out of a program that sorts the authors (all of NeurIPS since 2022 do): there
# the order of two already proves little.
_SORTED_LIST = 4
_SORTED_IN_PROCEEDINGS = 2
_SWAPPED = 2  # names that a slip in the order moves
# Names of which two stand for each other, and all others in the order of the alphabet, in one of 48
# orders (15 of 720). This many are needed to call it a slip where the record may be sorted.
_TOLD_BY_TWO_IN_PROCEEDINGS = 6
# Given names of a list of authors that contradict the record of the last version, so that no other
# version explains them. Records of preprints may have a slip in two of eight.
_INVENTED_SHARE = 0.5
_REVISED_SHARE = 0.5  # of the names of a last version that an earlier one has at least
_SEVERAL = 2  # pieces between commas that may each be a name
_MOST_INITIALS = 3  # of one person, written together
_MANY = 40  # names beyond which not each is tried with each
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
    a person whose name was not taken apart. If one list is empty, the result is ``SILENT``. Only a
    difference comes with both lists as texts.
    """
    written, ends = _without_and_others(written)
    registered, _ = _without_and_others(registered)
    truncated = truncated or ends
    written, registered = split_joined_names(written), split_joined_names(registered)
    mine, theirs = _readable(written, registered), _readable(registered, written)
    counts = len(mine), len(theirs)
    if _are_transliterated(mine, theirs, truncated=truncated):
        return Resemblance(Likeness.CLOSE, reason="one list is transliterated")
    if not (all(name.latin for name in mine) and all(name.latin for name in theirs)):
        mine, theirs = _of_common_scripts(mine, theirs)
    if not mine or not theirs:
        return SILENT
    found = _likeness_of_lists(mine, theirs, truncated=truncated, proceedings=proceedings)
    if not found.differs:
        return found
    uneven = counts[0] == counts[1] and len(mine) != len(theirs)
    if uneven and found.likeness is Likeness.DIFFERENT:
        return Resemblance(Likeness.UNKNOWN, reason="some names are in another script")
    our_text, their_text = pair_names(mine, theirs).shown(truncated=truncated)
    return found._replace(written=our_text, registered=their_text)


def is_sorted_by_family(names: Sequence[Person], *, proceedings: bool = False) -> bool:
    """Return whether a list is in the order of the family names, so that its order proves nothing.

    Some proceedings are registered like this, whatever the order of the authors on the page. Very
    short lists are in this order by chance: with fewer than four names (two in ``proceedings``) the
    result is false.
    """
    least = _SORTED_IN_PROCEEDINGS if proceedings else _SORTED_LIST
    return _is_sorted(_readable(names, ()), least)


def are_among(written: Sequence[Person], registered: Sequence[Person]) -> bool:
    """Return whether every person of ``written`` is in ``registered``; false if nobody is."""
    mine = split_joined_names(_without_and_others(written)[0])
    found = pair_names(_readable(mine, registered), _readable(registered, mine))
    return bool(found.pairs) and not found.extra


def may_be_revised_people(written: Sequence[Person], registered: Sequence[Person]) -> bool:
    """Return whether a list of authors can be that of an earlier version of a work.

    All its persons must be in the record, among them the first and the last of the record, and at
    least half of the record's names: authors were added or changed places. No version has other
    given names for half of them.
    """
    written = split_joined_names(_without_and_others(written)[0])
    mine, theirs = _readable(written, registered), _readable(registered, written)
    if not mine or not theirs or len(mine) < _REVISED_SHARE * len(theirs):
        return False
    found = pair_names(mine, theirs)
    ends = {0, len(theirs) - 1} <= set(found.pairs.values())
    invented = len(found.contradicting) >= _INVENTED_SHARE * len(found.pairs)
    return ends and not found.extra and not (found.contradicting and invented)


def split_joined_names(names: Sequence[Person]) -> Sequence[Person]:
    """Return a list in which each of several names that only commas join stands for itself.

    PubMed joins them so. Any other list is returned as it is.

    BibTeX reads `Smith JK, Doe A, Roe B, Poe C` as one person of the family `Smith JK`, with the
    suffix `Doe A` and the given names `Roe B Poe C`. But each of these three has two words and
    more, while those of one name have not (`King, Jr., Martin`).
    """
    if len(names) != 1 or names[0].literal:
        return names
    (only,) = names
    family = f"{only.dropping_particle} {only.non_dropping_particle} {only.family}".strip()
    pieces = list(filter(None, (part.split() for part in (family, only.suffix, only.given))))
    if len(pieces) < _SEVERAL or any(len(piece) < _SEVERAL for piece in pieces):
        return names
    if all(_are_initials(piece[-1]) for piece in pieces):
        return [_InParts(" ".join(own), last) for piece in pieces for *own, last in _cut(piece)]
    if all(_are_initials(piece[0]) for piece in pieces):
        backwards = [one for piece in pieces for one in reversed(list(_cut(piece[::-1])))]
        return [_InParts(" ".join(own[::-1]), first) for *own, first in backwards]
    return names if len(pieces) == _SEVERAL else [_OnePiece("; ".join(map(" ".join, pieces)))]


def _cut(words: list[str]) -> Iterator[list[str]]:
    """Yield the names in a row of words, in which each name ends in initials."""
    name: list[str] = []
    for word, behind in zip_longest(words, words[1:], fillvalue=""):
        name.append(word)
        if _are_initials(word) and not _are_initials(behind):
            yield name
            name = []


def _are_initials(word: str) -> bool:
    """Return whether a word is one to three initials: `J`, `JK`, `J.K.`."""
    letters = word.replace(".", "").replace("-", "")
    return letters.isalpha() and letters.isupper() and len(letters) <= _MOST_INITIALS


def _is_sorted(names: Sequence[ReadName], least: int = _SORTED_LIST) -> bool:
    """Return whether names are sorted by family name, and are ``least`` or more."""
    families = [name.family for name in names]
    return len(families) >= least and families == sorted(families)


def _without_and_others(names: Sequence[Person]) -> tuple[Sequence[Person], bool]:
    """Return a list without the "et al." at its end, and whether there was one.

    The rest of the name that it stood behind is a literal name.
    """
    if not names:
        return names, False
    *first, last = names
    whole = last.literal or f"{last.given} {last.family}".strip()
    ending = _AND_OTHERS.search(whole, max(0, len(whole) - _LONGEST_ENDING))
    if ending is None:
        return names, False
    left = whole[: ending.start()].strip(" ,")
    return (*first, *((_OnePiece(literal=left),) if left else ())), True


class _InParts(NamedTuple):
    """A name that was taken out of several joined ones."""

    family: str
    given: str
    dropping_particle: str = ""
    non_dropping_particle: str = ""
    suffix: str = ""
    literal: str = ""


class _OnePiece(NamedTuple):
    """The rest of a name in which "et al." stood; it is not taken apart."""

    literal: str
    family: str = ""
    given: str = ""
    dropping_particle: str = ""
    non_dropping_particle: str = ""
    suffix: str = ""


def _likeness_of_lists(
    mine: list[ReadName], theirs: list[ReadName], *, truncated: bool, proceedings: bool
) -> Resemblance:
    """Return how far two lists agree by their persons, or by their groups if one has no persons.

    A difference is unknown if a list has literal names of which only some are surely persons.
    """
    people, others = _people_among(mine, theirs), _people_among(theirs, mine)
    if people and others:
        found = _judge(pair_names(people, others), truncated=truncated, proceedings=proceedings)
        half_read = _half_read(mine, people) or _half_read(theirs, others)
        if found.likeness is Likeness.DIFFERENT and half_read:
            return Resemblance(Likeness.UNKNOWN, reason="some names are not taken apart")
        return found
    if _spellings(mine).isdisjoint(_spellings(theirs)):
        return Resemblance(Likeness.UNKNOWN, reason="a side names only a group")
    return Resemblance(Likeness.SAME, reason="the group is the same")


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


def _judge(found: Pairing, *, truncated: bool, proceedings: bool) -> Resemblance:
    """Return how far two paired lists of persons agree, without the texts for a message."""
    mine, theirs, order = found.mine, found.theirs, found.order
    from_the_start = order == list(range(len(order)))
    firsts_differ = 0 not in found.pairs and 0 not in order
    if firsts_differ and 2 * found.sure < min(len(mine), len(theirs)):
        return _found(Likeness.FOREIGN, f"{'hardly an' if order else 'no'} author is the same")
    missing, extra = [theirs[place] for place in found.missing], [mine[p] for p in found.extra]
    if extra:
        record_cut = not missing and from_the_start and len(extra) >= _CUT_RECORD * len(theirs)
        likeness = Likeness.UNKNOWN if record_cut else Likeness.DIFFERENT
        return _found(likeness, f"the record does not name {_some(extra)}")
    if found.moved:
        return _likeness_of_orders(found, truncated=truncated, proceedings=proceedings)
    if found.contradicting:
        return _found(Likeness.DIFFERENT, "the given names differ")
    if not missing:
        return _found(Likeness.SAME, "the names are the same")
    cut_unsaid = from_the_start and len(theirs) >= _LONG_LIST and len(missing) > 1
    cut_short = (truncated and order[0] == 0) or cut_unsaid
    likeness = Likeness.CLOSE if cut_short else Likeness.DIFFERENT
    if _is_sorted(theirs) and (truncated or len(theirs) >= _LONG_LIST):
        likeness = max(likeness, Likeness.UNKNOWN)
    return _found(likeness, f"the record also names {_some(missing)}")


def _found(likeness: Likeness, reason: str, excuse: str = "") -> Resemblance:
    """Return the result of a comparison without the texts for a message."""
    return Resemblance(likeness, reason=reason, excuse=excuse)


def _likeness_of_orders(found: Pairing, *, truncated: bool, proceedings: bool) -> Resemblance:
    """Return how far two lists of the same persons in another order agree, and why.

    A record that is sorted by family name proves nothing, unless only two names changed places: an
    order that is any of all possible ones is hardly ever so near to that of the alphabet. Neither
    does a list in which more than two names have moved: an earlier version may have had this order.
    """
    theirs = found.theirs
    swapped = len(found.moved) == _SWAPPED
    least = _TOLD_BY_TWO_IN_PROCEEDINGS if proceedings else _SORTED_LIST
    slip = swapped and len(theirs) >= least
    if _is_sorted(theirs) and not slip and (not found.missing or truncated):
        return _found(Likeness.UNKNOWN, _SORTED_REASON)
    if not swapped and not found.missing and found.order[0] == 0:
        return _found(Likeness.UNKNOWN, "another version may have the names in this order")
    few = proceedings and len(theirs) < least
    excused = few and _is_sorted(theirs, _SORTED_IN_PROCEEDINGS)
    return _found(Likeness.DIFFERENT, "the order is another", _SORTED_REASON if excused else "")


_SORTED_REASON = "the record has the names in the order of the alphabet"


def _readable(names: Sequence[Person], others: Sequence[Person]) -> list[ReadName]:
    """Return the names that name a person or group, ready for the comparison.

    Letters that a name has lost are put back if the names on the other side tell them.
    """
    known = [text for other in others for text in (other.family, other.given, other.literal)]
    read = (
        read_name(
            restored(person.family, known),
            restored(person.given, known),
            f"{person.dropping_particle} {person.non_dropping_particle}".strip(),
            restored(person.literal, known),
        )
        for person in names
    )
    return [name for name in read if name]


def _are_transliterated(mine: list[ReadName], theirs: list[ReadName], *, truncated: bool) -> bool:
    """Return whether two lists have the same family names, one in Cyrillic, one in Latin letters.

    A list that ends in "et al." may have fewer.
    """
    cut = theirs[: len(mine)] if truncated else theirs
    return len(mine) == len(cut) > 0 and all(
        are_transliterated(name.shown, other.shown) for name, other in zip(mine, cut, strict=True)
    )


def _of_common_scripts(
    mine: list[ReadName], theirs: list[ReadName]
) -> tuple[list[ReadName], list[ReadName]]:
    """Return both lists; if one has more names in other than Latin letters, without all of these.

    A record may give some names in Latin letters and some in their own script, and a reference the
    same ones, or all in Latin letters.
    """
    counts = [sum(not name.latin for name in names) for names in (mine, theirs)]
    if counts[0] == counts[1]:
        return mine, theirs
    return [n for n in mine if n.latin], [n for n in theirs if n.latin]


def _some(names: list[ReadName]) -> str:
    """Return the first of some names, and how many more there are: "Doe and 2 more"."""
    first = names[0].shown
    return first if len(names) == 1 else f"{first} and {len(names) - 1} more"
