"""Lists of names: the same people, however their names are written."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, Protocol

from compcite.text.compare.likeness import SILENT, Likeness, Resemblance
from compcite.text.compare.words import fold, latin

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Person", "compare_people"]


class Person(Protocol):
    """A name with the parts that CSL gives it."""

    @property
    def family(self) -> str:
        """The family name."""

    @property
    def given(self) -> str:
        """The given names or their initials."""

    @property
    def dropping_particle(self) -> str:
        """A particle that goes when only the family name is given."""

    @property
    def non_dropping_particle(self) -> str:
        """A particle that belongs to the family name."""

    @property
    def suffix(self) -> str:
        """``Jr.`` and the like."""

    @property
    def literal(self) -> str:
        """A name that cannot be taken apart, mostly of a group."""


class _Name(NamedTuple):
    """What counts of a name: folded tokens, and the spellings of its family name."""

    shown: str
    families: frozenset[str]
    family: tuple[str, ...]
    given: tuple[str, ...]
    group: bool

    @property
    def tokens(self) -> frozenset[str]:
        return frozenset(self.family + self.given)


_UMLAUTS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue",
     "Ø": "Oe", "Å": "Aa"}
)  # fmt: skip
_TITLES = frozenset("jr sr ii iii iv md phd msc bsc dr prof esq mph frcp facs rn".split())
_NOBODY = re.compile(
    r"^(?:&?na;?|n/?a|anon(?:ymous)?|unknown|none|null|various|editors?|the editors?|staff|\W*)$",
    re.IGNORECASE,
)
_SPELLING = 0.8
_SHORT = 4
_LONG_LIST = 8
_CHANCE = 0.15
_CUT_RECORD = 2


def compare_people(
    written: Sequence[Person], registered: Sequence[Person], *, truncated: bool = False
) -> Resemblance:
    """The names of a reference against those of a record.

    ``truncated`` tells that the reference ends in "and others". Groups are compared only
    where there is nobody else, for they are written in too many ways.
    """
    mine, theirs = _readable(written), _readable(registered)
    if not mine or not theirs:
        return SILENT
    shown = (_shown(mine, truncated=truncated), _shown(theirs))
    people, others = ([n for n in names if not n.group] for names in (mine, theirs))
    if not people or not others:
        likeness = Likeness.SAME if _common_group(mine, theirs) else Likeness.UNKNOWN
        return Resemblance(likeness, *shown, "a side names only a group")
    return Resemblance(
        *_judge(people, others, truncated=truncated)._replace(written=shown[0], registered=shown[1])
    )


def _judge(mine: list[_Name], theirs: list[_Name], *, truncated: bool) -> Resemblance:
    """The decision about two lists of people, all in Latin letters."""
    pairs, sure = _pair(mine, theirs)
    missing = [name for place, name in enumerate(theirs) if place not in pairs.values()]
    extra = [name for place, name in enumerate(mine) if place not in pairs]
    if sure <= _CHANCE * min(len(mine), len(theirs)) and not (
        pairs and pairs.get(0) == 0 and not extra
    ):
        if not pairs or sure == 0 or 0 not in pairs:
            return _because(Likeness.FOREIGN, "no name is the same")
    order = [pairs[place] for place in sorted(pairs)]
    if extra and missing:
        return _because(Likeness.DIFFERENT, f"the record does not name {_some(extra)}")
    if extra:
        if len(extra) >= _CUT_RECORD * len(theirs) and order == list(range(len(order))):
            return _because(Likeness.UNKNOWN, "the record seems to name only the first")
        return _because(Likeness.DIFFERENT, f"the record does not name {_some(extra)}")
    if order != sorted(order):
        return _because(Likeness.DIFFERENT, "the order is another")
    if not missing:
        return _because(Likeness.SAME, "the names are the same")
    if truncated and order[0] == 0:
        return _because(Likeness.CLOSE, "the list is cut short")
    if len(theirs) >= _LONG_LIST and order == list(range(len(order))):
        return _because(Likeness.CLOSE, "a long list is cut short")
    return _because(Likeness.DIFFERENT, f"the record also names {_some(missing)}")


def _because(likeness: Likeness, reason: str) -> Resemblance:
    return Resemblance(likeness, "", "", reason)


def _pair(mine: list[_Name], theirs: list[_Name]) -> tuple[dict[int, int], int]:
    """Who is who, by place in either list, and how many of them beyond their family name."""
    pairs: dict[int, int] = {}
    sure = 0
    free = set(range(len(theirs)))
    for place, (name, other) in enumerate(zip(mine, theirs, strict=False)):
        if level := _same_person(name, other):
            pairs[place] = place
            free.discard(place)
            sure += level == _SURE
    by_token: dict[str, list[int]] = {}
    for place in sorted(free):
        for token in theirs[place].tokens | theirs[place].families:
            by_token.setdefault(token, []).append(place)
    few = len(free) <= _FEW
    for place, name in enumerate(mine):
        if place in pairs:
            continue
        near = {p for token in name.tokens | name.families for p in by_token.get(token, ())}
        candidates = sorted(free if few else near & free)
        levels = [(_same_person(name, theirs[other]), -other) for other in candidates]
        level, best = max(levels, default=(0, 0))
        if level:
            pairs[place] = -best
            free.discard(-best)
            sure += level == _SURE
    return pairs, sure


_SURE = 2
_FEW = 40


def _same_person(one: _Name, other: _Name) -> int:
    """2 where two names are one person's, 1 where only the family name says so, else 0."""
    if one.families & other.families:
        return _SURE if _given_agree(one.given, other.given) else 1
    if one.tokens == other.tokens:
        return _SURE
    long_one, long_other = ({t for t in n.tokens if len(t) > 1} for n in (one, other))
    if long_one == long_other and long_one:
        return _SURE
    ours, others = set(one.family), set(other.family)
    if ours <= other.tokens and others <= one.tokens:
        return _SURE
    if (
        ours & others
        and (ours <= others or others <= ours)
        and _given_agree(one.given, other.given)
    ):
        return _SURE  # one of two family names
    if _swapped(one, other) or _swapped(other, one):
        return _SURE
    if _near("".join(one.family), "".join(other.family)) and _given_agree(one.given, other.given):
        return _SURE
    return 0


def _swapped(one: _Name, other: _Name) -> bool:
    """Whether one name has as given names what the other has as family name, and initials fit."""
    return (
        bool(other.given)
        and "".join(one.family) in {"".join(other.given), *other.given}
        and bool(one.given)
        and one.given[0][0] == other.family[0][0]
        and (len(one.given[0]) == 1 or one.given[0] in other.family)
    )


def _given_agree(mine: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    """Whether given names can be those of one person: a side is silent, or initials meet."""
    if not mine or not theirs:
        return True
    if mine[0][0] == theirs[0][0]:
        return True
    initials = [{token[0] for token in side} for side in (_spread(mine), _spread(theirs))]
    return bool(initials[0] <= initials[1] or initials[1] <= initials[0])


def _spread(given: tuple[str, ...]) -> tuple[str, ...]:
    """Initials written together (``jr``) taken apart, where a name is nothing else."""
    if len(given) == 1 and len(given[0]) <= _TOGETHER:
        return tuple(given[0])
    return given


_TOGETHER = 3


def _near(one: str, other: str) -> bool:
    """Whether two family names are spellings of one (transliteration, a slip)."""
    if min(len(one), len(other)) < _SHORT:
        return False
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.real_quick_ratio() >= _SPELLING and matcher.ratio() >= _SPELLING


def _readable(names: Sequence[Person]) -> list[_Name]:
    """The names that can be compared: in Latin letters, somebody's, each once."""
    read: list[_Name] = []
    seen: set[tuple[frozenset[str], bool]] = set()
    for person in names:
        name = _read(
            person.family,
            person.given,
            " ".join(filter(None, (person.dropping_particle, person.non_dropping_particle))),
            person.literal,
        )
        if name and (name.tokens, name.group) not in seen:
            seen.add((name.tokens, name.group))
            read.append(name)
    return read


@lru_cache(maxsize=4096)
def _read(family: str, given: str, particle: str, literal: str) -> _Name | None:
    """The tokens of one name, or None where it names nobody we could compare."""
    whole = literal or f"{given} {particle} {family}".strip()
    if _NOBODY.match(whole) or not latin(whole):
        return None
    if literal:
        tokens = _tokens(literal)
        return (
            _Name(literal, frozenset({"".join(tokens)}), tokens, (), group=True) if tokens else None
        )
    if not family:
        family, given = given, ""
    own, particles = _tokens(family), _tokens(particle)
    if not own:
        return None
    spellings = {"".join(own), "".join(particles + own)}
    umlauts = family.translate(_UMLAUTS)
    if umlauts != family:
        spellings |= {"".join(_tokens(umlauts)), "".join(particles + _tokens(umlauts))}
    return _Name(
        f"{f'{particle} ' if particle else ''}{family}",
        frozenset(spellings),
        own,
        _tokens(given) + particles,
        group=False,
    )


def _tokens(text: str) -> tuple[str, ...]:
    tokens = tuple(fold(text).split())
    return tuple(token for token in tokens if token not in _TITLES) or tokens


def _common_group(mine: list[_Name], theirs: list[_Name]) -> bool:
    return any(a.families & b.families or a.tokens == b.tokens for a in mine for b in theirs)


def _shown(names: list[_Name], *, truncated: bool = False) -> str:
    """Family names for a message: all of a short list, the first three of a long one."""
    many = 6
    shown = [name.shown for name in names]
    if len(shown) > many:
        return f"{', '.join(shown[:3])}, … ({len(shown)} names)"
    return ", ".join(shown) + (", et al." if truncated else "")


def _some(names: list[_Name]) -> str:
    """The first of some names and how many more there are."""
    first = names[0].shown
    return first if len(names) == 1 else f"{first} and {len(names) - 1} more"
