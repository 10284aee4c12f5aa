"""Tell whether two names are those of one person, however they are written."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from enum import IntEnum
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, Protocol

from compcite.text.compare.nicknames import is_nickname_of, nickname_initials
from compcite.text.compare.spellings import is_a_letter_apart
from compcite.text.compare.words import latin, words

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "Match",
    "Person",
    "ReadName",
    "given_names_contradict",
    "initials_contradict",
    "may_be_nickname",
    "read_name",
    "same_person",
    "same_person_elsewhere",
]


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
        """A particle that is left out if only the family name is given."""

    @property
    def non_dropping_particle(self) -> str:
        """A particle that belongs to the family name."""

    @property
    def suffix(self) -> str:
        """``Jr.`` and similar."""

    @property
    def literal(self) -> str:
        """A name that cannot be taken apart, mostly of a group."""


class ReadName(NamedTuple):
    """What is compared of a name: its words, and the spellings of its family name.

    ``group`` means that the name is literal: of a group, of a person, or of ``several`` persons in
    one piece. ``undivided`` means that it has no given names. ``given`` holds the particle too,
    ``own_given`` does not. ``tokens`` are all words, ``latin`` tells whether the name is in Latin
    letters. For a message, ``shown`` is the family name, ``whole`` the name with its given names.
    """

    shown: str
    spellings: frozenset[str]
    family: tuple[str, ...]
    given: tuple[str, ...]
    tokens: frozenset[str]
    group: bool = False
    several: bool = False
    undivided: bool = False
    latin: bool = True
    whole: str = ""
    own_given: tuple[str, ...] = ()


_UMLAUTS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue",
     "Ø": "Oe", "Å": "Aa"}
)  # fmt: skip
# Suffixes, titles and degrees in small letters; longer numerals are left out, for a "vi" without
# its capitals may as well be the given name Vi.
_NO_NAMES = frozenset(
    ("jr", "sr", "ii", "iii", "iv", "md", "phd", "msc", "bsc", "dr", "prof", "esq", "mph", "facs")
)
_NOBODY = re.compile(
    r"^(?:&?na;?|n/?a|anon(?:ymous)?|unknown|none|null|various|editors?|the editors?|staff|\W*)$",
    re.IGNORECASE,
)
_SPELLING = 0.8  # likeness of two spellings of a family name
_SHORT = 4  # letters below which two spellings are two names
_TOGETHER = 3  # letters of initials written together
_LONGEST_FAMILY = 4  # words of a family name
_FULL_GIVEN = 3  # letters of a given name in full; fewer may be initials (`JD`)
# Likeness of two spellings of a given name: Sergey and Serguei have 0.77, Mikhail and Michael
# 0.71, Alexei and Aleksey 0.61; Brandon and Bradley 0.57.
_GIVEN_SPELLING = 0.6
_NICKNAME = 5  # letters of nearly every nickname at most
_SEVERAL = re.compile(r";|&|\band\b|,.*,", re.IGNORECASE)


class Match(IntEnum):
    """How far two names can be those of one person."""

    NOT = 0
    BY_FAMILY = 1  # the family names are the same, the given names are not
    SURE = 2


def same_person(one: ReadName, other: ReadName) -> Match:
    """Return whether two names are those of one person: surely, by family name only, or not.

    Surely also where family names are slightly misspelt or have changed places with the given ones.
    """
    given_agree = _given_agree(one.given, other.given)
    if one.spellings & other.spellings:
        return Match.SURE if given_agree else Match.BY_FAMILY
    ours, others = set(one.family), set(other.family)
    shared = any(len(word) > 1 for word in ours & others)  # an initial is no family name
    parts_agree = shared and (ours <= others or others <= ours)
    sure = (
        one.tokens == other.tokens
        or _slip_in_family(one, other)
        or (ours <= other.tokens and others <= one.tokens)
        or (given_agree and (parts_agree or _near("".join(one.family), "".join(other.family))))
        or _otherwise_parted(one, other)
        or _otherwise_parted(other, one)
    )
    return Match.SURE if sure else Match.NOT


def same_person_elsewhere(one: ReadName, other: ReadName) -> Match:
    """Return the same for names that stand at different places of two lists.

    There, namesakes are one person only if both have full given names, and these do not contradict:
    Feifei Li, the first of one list, is not J. Li, the eighth of the other.
    """
    found = same_person(one, other)
    if found is not Match.BY_FAMILY:
        return found
    contradict = given_names_contradict(one, other)
    return found if _full(one) and _full(other) and not contradict else Match.NOT


def _full(name: ReadName) -> list[str]:
    """Return the given names that are no initials."""
    return [token for token in name.own_given if len(token) >= _FULL_GIVEN]


def _slip_in_family(one: ReadName, other: ReadName) -> bool:
    """Return whether short family names differ by one letter, and the full given names are equal.

    Of Wang Xingrui and Wong Xingrui one is misspelt; Wang X. and Wong X. are two persons.
    """
    given = "".join(one.given)
    if len(given) < _FULL_GIVEN or given != "".join(other.given):
        return False
    return is_a_letter_apart("".join(one.family), "".join(other.family))


def given_names_contradict(one: ReadName, other: ReadName) -> bool:
    """Return whether two names with one family name have full given names of two persons.

    It is false if the family names differ, or one side has no given name in full.
    These are no contradictions: initials, shortened names (Chris, Christopher), nicknames, middle
    names used as first names, other orders and spellings.
    """
    if not one.spellings & other.spellings:
        return False
    mine, theirs = _full(one), _full(other)
    if not mine or not theirs:
        return False
    joined, other_joined = "".join(one.own_given), "".join(other.own_given)
    if joined == _initials(other.own_given) or other_joined == _initials(one.own_given):
        return False
    pairs = [(a, b) for a in (*mine, joined) for b in (*theirs, other_joined)]
    return not any(
        a.startswith(b)
        or b.startswith(a)
        or is_nickname_of(a, b)
        or is_nickname_of(b, a)
        or _ratio(a, b) >= _GIVEN_SPELLING
        for a, b in pairs
    )


def initials_contradict(one: ReadName, other: ReadName) -> bool:
    """Return whether two names with one family name have no initial in common.

    It is asked only where a side has nothing but initials; else it is false, and also where a side
    has no given name. `B. Roe` may be `Robert Roe`, since Bob is a nickname of that.
    """
    if not one.spellings & other.spellings or (_full(one) and _full(other)):
        return False
    if not one.own_given or not other.own_given:
        return False
    return _letters(one).isdisjoint(_letters(other))


def _letters(name: ReadName) -> set[str]:
    """Return all letters that can be an initial of somebody, also those of the nicknames."""
    letters = {letter for initials in _initials_of(name.own_given) for letter in initials}
    return letters | {letter for full in name.own_given for letter in nickname_initials(full)}


def may_be_nickname(one: ReadName, other: ReadName) -> bool:
    """Return whether the shorter given name may be a nickname of the longer that no table knows.

    Nearly all such nicknames are short, and begin as their name does (Kurt, Konrad) or have all
    their letters from it, in order (Tina, Kristina).
    """
    short, long = sorted(("".join(one.own_given), "".join(other.own_given)), key=len)
    letters = iter(long)
    from_it = all(letter in letters for letter in short)
    return len(short) <= _NICKNAME and (short[:1] == long[:1] or from_it)


def _ratio(one: str, other: str) -> float:
    """Return how alike two words are, from 0 to 1."""
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _otherwise_parted(one: ReadName, other: ReadName) -> bool:
    """Return whether ``other`` has the family name of ``one`` among its words, and the rest fits.

    Family and given names may have changed places, or the other name is in one piece.
    """
    whole = other.undivided
    if not whole and not one.given:
        return False
    words = other.given + other.family if whole else other.given
    return any(
        _given_fit(one.given, words[:start] + words[end:] + (() if whole else other.family))
        for start, end in _stretches(one, words, spelling=whole)
    )


def _stretches(
    one: ReadName, words: tuple[str, ...], *, spelling: bool
) -> Iterator[tuple[int, int]]:
    """Yield start and end of the words in which a name holds the family name of ``one``.

    With ``spelling``, a similar spelling is enough.
    """
    for start in range(len(words)):
        for end in range(start + 1, min(start + _LONGEST_FAMILY, len(words)) + 1):
            stretch = "".join(words[start:end])
            if stretch in one.spellings or (spelling and _near("".join(one.family), stretch)):
                yield start, end


def _given_fit(given: tuple[str, ...], rest: tuple[str, ...]) -> bool:
    """Return whether given names can be what is left of a name; an empty side always fits."""
    if not given or not rest:
        return True
    pairs = (
        (given[0], rest[0]),
        (given[0], rest[-1]),
        (given[0], _initials(rest)),
        (_initials(given), rest[0]),
        ("".join(given), "".join(rest)),
    )
    return any(
        one.startswith(other) or other.startswith(one) or (one[0] == other[0] and _near(one, other))
        for one, other in pairs
    )


def _initials(words: tuple[str, ...]) -> str:
    """Return the first letters of words as one word."""
    return "".join(word[0] for word in words)


def _given_agree(mine: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    """Return whether given names can be those of one person; an empty side always agrees.

    It is enough if the initials are the same.
    """
    if not mine or not theirs or mine[0][0] == theirs[0][0]:
        return True
    return any(
        ours <= others or others <= ours
        for ours in _initials_of(mine)
        for others in _initials_of(theirs)
    )


def _initials_of(given: tuple[str, ...]) -> Iterator[set[str]]:
    """Yield the initials of given names; of one short name also all letters.

    `JR` may be the initials of two names, and `Li` may be one name.
    """
    yield {token[0] for token in given}
    if len(given) == 1 and len(given[0]) <= _TOGETHER:
        yield set(given[0])


def _near(one: str, other: str) -> bool:
    """Return whether two family names are spellings of one name (transliteration, a mistake)."""
    if min(len(one), len(other)) < _SHORT:
        return False
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.real_quick_ratio() >= _SPELLING and matcher.ratio() >= _SPELLING


@lru_cache(maxsize=4096)
def read_name(family: str, given: str, particle: str, literal: str) -> ReadName | None:
    """Return what is compared of a name, or None if it names nobody, such as "Anonymous".

    With a ``literal`` name the other parts do not count. A given name alone is read as the family
    name.
    """
    whole = literal or f"{given} {particle} {family}".strip()
    if _NOBODY.match(whole):
        return None
    in_latin = latin(whole)
    if literal:
        tokens = _tokens(literal)
        return ReadName(
            literal,
            frozenset({"".join(tokens)}),
            tokens,
            (),
            frozenset(tokens),
            group=True,
            several=bool(_SEVERAL.search(literal)),
            undivided=True,
            latin=in_latin,
            whole=literal,
        )
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
    return ReadName(
        f"{particle} {family}".strip(),
        frozenset(spellings),
        own,
        givens,
        frozenset(own + givens),
        undivided=not given,
        latin=in_latin,
        whole=" ".join(f"{given} {particle} {family}".split()),
        own_given=_tokens(given),
    )


def _tokens(text: str) -> tuple[str, ...]:
    """Return the folded words of a name without "Jr" and degrees, unless there is nothing else."""
    tokens = tuple(words(text))
    if _NO_NAMES.isdisjoint(tokens):
        return tokens
    return tuple(token for token in tokens if token not in _NO_NAMES) or tokens
