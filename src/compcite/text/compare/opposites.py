"""Tell opposites from spellings: *nonlinear* and *linear* share most letters, and mean two things.

A prefix makes another word of a word, and so does a negation beside it. Scientific English makes
its opposites in this way (*hyper-* and *hypo-*, *macro-* and *micro-*, *un-*), and its fields too
(*chemistry*, *biochemistry*).
"""

from __future__ import annotations

import re
from itertools import takewhile, zip_longest

from compcite.text.compare.words import bare_words

__all__ = ["are_other_words", "is_negated", "words_with_prefixes"]

# Prefixes by what they say. Those of one line mean nearly the same: *nonstationary* and
# *instationary* are one word. Those of two lines make opposites, degrees or fields of each other.
_PREFIXES_BY_MEANING = """
non un in im il ir dis a an
anti counter contra
de
re
mis mal dys
ab
ad
af
ef
con com co
hyper
hypo
super supra
sub infra
over
under
macro
mega
meso
micro
mini
maxi
nano
inter
intra
extra
pre ante
post
peri
pro
retro
endo
exo ecto ex
homo iso
hetero aniso allo
auto
mono uni
bi di
tri
tetra quadri
penta
hexa
octa
multi poly
oligo
syn
semi hemi
quasi pseudo
ortho
para
meta
up
down
cis
trans
brady
tachy
bio
geo
astro
neuro
psycho
socio
electro
magneto
photo
thermo
hydro
aero
immuno
cardio
phyto
patho
"""
_LINES = [line.split() for line in _PREFIXES_BY_MEANING.split("\n") if line]
_MEANING = {prefix: place for place, line in enumerate(_LINES) for prefix in line}
_REST = 4  # letters that two words have in common behind their prefixes
_LONG_PREFIXES = sorted((one for one in _MEANING if len(one) >= _REST), key=len, reverse=True)
_LONG_HEAD = 2  # letters before a word that make another word of it; one may be a slip
_LONGEST = max(map(len, _MEANING))
# These stand alone or before a hyphen (*non-linear*, *post quantum*). Shorter ones and some others
# are words of their own (*a*, *in*, *under*), so that only a hyphen makes prefixes of them.
_NEVER_ALONE = re.compile(
    r"\b(non|anti|hyper|hypo|macro|micro|inter|intra|endo|exo|multi|poly|mono|semi|quasi|pseudo"
    r"|pre|post|sub|nano|infra|hetero|homo)[ -]+(?=[a-z]{4})"
)
_BEFORE_A_HYPHEN = re.compile(
    rf"(?<![\w-])({'|'.join(sorted(_MEANING, key=len, reverse=True))})[-‐‑](?=\w{{4}})",
    re.IGNORECASE,
)
_NEGATIONS_ALONE = """
not no non never without nor neither cannot
dont doesnt didnt isnt arent wasnt werent cant couldnt wont wouldnt shouldnt hasnt havent
"""
_NEGATIONS = frozenset(_NEGATIONS_ALONE.split())
_WITHOUT = "less"  # contactless


def are_other_words(one: str, other: str) -> bool:
    """Return whether two folded words are the same but for a prefix that changes the meaning.

    So are two words with prefixes of different meanings (*hyperactive*, *hypoactive*), and a word
    with *less* behind it. One letter before a word may be a slip (*earning*), but an *a* is not
    (*asymmetric*).
    """
    one, other = _with_plain_vowels(one), _with_plain_vowels(other)
    short, long = sorted((one, other), key=len)
    if long.endswith(_WITHOUT) and long.removesuffix(_WITHOUT) == short:
        return True
    same = takewhile(lambda pair: pair[0] == pair[1], zip(one[::-1], other[::-1], strict=False))
    same_end = sum(1 for _ in same)
    if same_end < _REST:
        return False
    if same_end == len(short):
        head = long[:-same_end]
        return len(head) >= _LONG_HEAD or head == "a"
    for prefix in _LONG_PREFIXES:  # semistructured, semiunstructured
        if one.startswith(prefix) and other.startswith(prefix):
            return are_other_words(one.removeprefix(prefix), other.removeprefix(prefix))
    return any(
        _MEANING.get(one[:-rest], -1) != _MEANING.get(other[:-rest], -1)
        and one[:-rest] in _MEANING
        and other[:-rest] in _MEANING
        for rest in range(_REST, same_end + 1)
    )


def is_negated(mine: list[str], theirs: list[str]) -> bool:
    """Return whether one of two lists of folded words has a negation, and the other has none.

    In *Symphony No. 5* it is the short form of *number*.
    """
    return _has_negation(mine) != _has_negation(theirs)


def words_with_prefixes(title: str) -> str:
    """Return the folded words of a title; *non-linear* and *non linear* are one word in it."""
    return _NEVER_ALONE.sub(r"\1", bare_words(_BEFORE_A_HYPHEN.sub(r"\1", title)))


def _has_negation(words: list[str]) -> bool:
    """Return whether a negation is among some folded words."""
    return any(
        word in _NEGATIONS and not behind[:1].isdigit()
        for word, behind in zip_longest(words, words[1:], fillvalue="")
    )


def _with_plain_vowels(word: str) -> str:
    """Return a word with its ligatures written as in America: *oestrogen* as *estrogen*."""
    return word.replace("ae", "e").replace("oe", "e")
