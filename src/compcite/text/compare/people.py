"""Lists of names: the same people, however their names are written."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, Protocol

from compcite.text.compare.likeness import SILENT, Likeness, Resemblance
from compcite.text.compare.words import latin, words

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
    """What counts of a name: its folded tokens, and the spellings of its family name."""

    shown: str
    spellings: frozenset[str]
    family: tuple[str, ...]
    given: tuple[str, ...]
    tokens: frozenset[str]
    group: bool = False
    latin: bool = True


_UMLAUTS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue",
     "Ø": "Oe", "Å": "Aa"}
)  # fmt: skip
_NO_NAMES = frozenset(
    ("jr", "sr", "ii", "iii", "iv", "md", "phd", "msc", "bsc", "dr", "prof", "esq", "mph", "facs")
)
_NOBODY = re.compile(
    r"^(?:&?na;?|n/?a|anon(?:ymous)?|unknown|none|null|various|editors?|the editors?|staff|\W*)$",
    re.IGNORECASE,
)
_SPELLING = 0.8  # likeness of two spellings of a family name
_SHORT = 4  # letters below which two spellings are two names
_LONG_LIST = 8  # names of a list that people cut short without saying so
_CUT_RECORD = 2  # times as many names as the record has, where the record is the one cut short
_MANY = 40  # names beyond which not each is tried with each
_SHOWN = 6  # names that a message shows before it counts them
_TOGETHER = 3  # letters of initials written together
_SURE, _FAMILY_ONLY, _NOT = 2, 1, 0


def compare_people(
    written: Sequence[Person], registered: Sequence[Person], *, truncated: bool = False
) -> Resemblance:
    """The names of a reference against those of a record.

    ``truncated`` tells that the reference ends in "and others". Groups are compared only
    where there is nobody else, for they are written in too many ways.
    """
    mine, theirs = _readable(written), _readable(registered)
    if not (all(name.latin for name in mine) and all(name.latin for name in theirs)):
        mine, theirs = _of_common_scripts(mine, theirs)
    if not mine or not theirs:
        return SILENT
    people, others = ([name for name in names if not name.group] for names in (mine, theirs))
    if people and others:
        likeness, reason = _judge(people, others, truncated=truncated)
    elif any(a.spellings & b.spellings for a in mine for b in theirs):
        likeness, reason = Likeness.SAME, "the group is the same"
    else:
        likeness, reason = Likeness.UNKNOWN, "a side names only a group"
    return Resemblance(likeness, _shown(mine, truncated=truncated), _shown(theirs), reason)


def _judge(mine: list[_Name], theirs: list[_Name], *, truncated: bool) -> tuple[Likeness, str]:
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


def _unpaired(names: list[_Name], paired: set[int]) -> list[_Name]:
    """The names without a partner, but for repetitions and for stray initials."""
    known = {names[place].tokens for place in paired}
    return [
        name
        for place, name in enumerate(names)
        if place not in paired
        and name.tokens not in known
        and any(len(token) > 1 for token in name.tokens)
    ]


def _pair(mine: list[_Name], theirs: list[_Name]) -> tuple[dict[int, int], int]:
    """Who is who, by place in either list, and how many of them by more than a family name."""
    pairs: dict[int, int] = {}
    levels: dict[int, int] = {}
    for place, (name, other) in enumerate(zip(mine, theirs, strict=False)):
        if level := _same_person(name, other):
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
            ((_same_person(name, theirs[other]), -other) for other in candidates),
            default=(_NOT, 0),
        )
        if level:
            pairs[place], levels[place] = -best, level
            free.discard(-best)
    return pairs, sum(level == _SURE for level in levels.values())


def _same_person(one: _Name, other: _Name) -> int:
    """Whether two names are one person's: for sure, by the family name only, or not."""
    given_agree = _given_agree(one.given, other.given)
    if one.spellings & other.spellings:
        return _SURE if given_agree else _FAMILY_ONLY
    ours, others = set(one.family), set(other.family)
    parts_agree = bool(ours & others) and (ours <= others or others <= ours)
    sure = (
        one.tokens == other.tokens
        or (ours <= other.tokens and others <= one.tokens)
        or (given_agree and (parts_agree or _near("".join(one.family), "".join(other.family))))
        or _swapped(one, other)
        or _swapped(other, one)
    )
    return _SURE if sure else _NOT


def _swapped(one: _Name, other: _Name) -> bool:
    """Whether a name has as family name what the other has as given name, and initials fit."""
    return (
        bool(one.given and other.given)
        and "".join(one.family) in {"".join(other.given), *other.given}
        and one.given[0][0] == other.family[0][0]
        and (len(one.given[0]) == 1 or one.given[0] in other.family)
    )


def _given_agree(mine: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    """Whether given names can be those of one person: a side is silent, or initials meet."""
    if not mine or not theirs or mine[0][0] == theirs[0][0]:
        return True
    ours, others = ({token[0] for token in _apart(side)} for side in (mine, theirs))
    return ours <= others or others <= ours


def _apart(given: tuple[str, ...]) -> tuple[str, ...]:
    """Initials written together (``jr``) one by one, where a name is nothing else."""
    if len(given) == 1 and len(given[0]) <= _TOGETHER:
        return tuple(given[0])
    return given


def _near(one: str, other: str) -> bool:
    """Whether two family names are spellings of one (transliteration, a slip)."""
    if min(len(one), len(other)) < _SHORT:
        return False
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.real_quick_ratio() >= _SPELLING and matcher.ratio() >= _SPELLING


def _readable(names: Sequence[Person]) -> list[_Name]:
    """The names that name somebody."""
    read = (
        _read(
            person.family,
            person.given,
            f"{person.dropping_particle} {person.non_dropping_particle}".strip(),
            person.literal,
        )
        for person in names
    )
    return [name for name in read if name]


def _of_common_scripts(mine: list[_Name], theirs: list[_Name]) -> tuple[list[_Name], list[_Name]]:
    """Two lists without the names whose script the other list lacks, where these are many.

    A record may give some names in Latin letters and some in their own script, and a
    reference the same ones or all in Latin letters.
    """
    counts = [sum(not name.latin for name in names) for names in (mine, theirs)]
    if counts[0] == counts[1]:
        return mine, theirs
    return [n for n in mine if n.latin], [n for n in theirs if n.latin]


@lru_cache(maxsize=4096)
def _read(family: str, given: str, particle: str, literal: str) -> _Name | None:
    """The tokens of one name, or None where it names nobody."""
    whole = literal or f"{given} {particle} {family}".strip()
    if _NOBODY.match(whole):
        return None
    in_latin = latin(whole)
    if literal:
        tokens = _tokens(literal)
        joined = frozenset({"".join(tokens)})
        return _Name(literal, joined, tokens, (), frozenset(tokens), group=True, latin=in_latin)
    if not family:
        family, given = given, ""
    particles = _tokens(particle) if particle else ()
    own, givens = _tokens(family), _tokens(given) + particles
    if not own:
        return None
    spellings = {"".join(own), "".join(particles + own)}
    if not family.isascii() and (umlauts := family.translate(_UMLAUTS)) != family:
        spelled = _tokens(umlauts)
        spellings |= {"".join(spelled), "".join(particles + spelled)}
    return _Name(
        f"{particle} {family}".strip(),
        frozenset(spellings),
        own,
        givens,
        frozenset(own + givens),
        latin=in_latin,
    )


def _tokens(text: str) -> tuple[str, ...]:
    """The folded words of a name without generations and degrees, unless it is nothing else."""
    tokens = tuple(words(text))
    if _NO_NAMES.isdisjoint(tokens):
        return tokens
    return tuple(token for token in tokens if token not in _NO_NAMES) or tokens


def _shown(names: list[_Name], *, truncated: bool = False) -> str:
    """Family names for a message: all of a short list, the first three of a long one."""
    shown = [name.shown for name in names]
    if len(shown) > _SHOWN:
        return f"{', '.join(shown[:3])}, … ({len(shown)} names)"
    return ", ".join(shown) + (", et al." if truncated else "")


def _some(names: list[_Name]) -> str:
    """The first of some names and how many more there are."""
    first = names[0].shown
    return first if len(names) == 1 else f"{first} and {len(names) - 1} more"
