"""Tell whether a short name such as `KDD` can be a conference or journal with a name in full.

There is no complete table of such names that could be used. But an acronym is made of the letters
of its name, and this is the rule: its letters are the beginnings of words of the name, in their
order. Only names that follow no rule (`WWW`) are listed.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from compcite.text.compare.likeness import Likeness
from compcite.text.compare.words import bare_words

__all__ = [
    "EVENT_WORDS",
    "SPONSORS",
    "acronyms_in",
    "is_initials_of",
    "likeness_of_acronym",
    "short_names",
]

_EVENT_WORDS = """
proceedings proc annual international intl int conference conf symposium symp workshop wkshp meeting
congress colloquium forum joint working companion abstracts extended papers record national
world european asian american journal j transactions trans volume vol series first second third
fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth
sixteenth seventeenth eighteenth nineteenth twentieth
"""
EVENT_WORDS = frozenset(_EVENT_WORDS.split())
"""Words that say what kind of venue it is, and which one of a series; not what it is about."""

SPONSORS = frozenset(
    ("ieee", "acm", "cvf", "rsj", "usenix", "ifip", "ire", "aiee", "iapr", "eurographics", "ccf")
)
"""Societies that stand before the name of a venue, and come and go."""

_DULL = frozenset(("a", "an", "and", "the", "of", "in", "on", "for", "at", "to", "by", "with"))
# Names that are no initials of what they stand for, with a word of the name in full each.
_OWN_NAMES = {
    "apj": ("astrophysical journal",),
    "apjl": ("astrophysical journal",),
    "apjs": ("astrophysical journal supplement",),
    "www": ("web",),
    "thewebconf": ("web",),
    "ubicomp": ("ubiquitous", "pervasive"),
    "chi": ("human factors in computing",),
    "infocom": ("computer communications", "computer and communications"),
    "globecom": ("global communications", "global telecommunications"),
    "mm": ("multimedia",),
    "oakland": ("security and privacy",),
    "crypto": ("cryptology", "cryptographic"),
    "eurocrypt": ("cryptology", "cryptographic"),
    "asiacrypt": ("cryptology", "cryptographic"),
    "interspeech": ("speech communication",),
    "er": ("conceptual modeling", "entity relationship"),
    "sc": ("supercomputing", "high performance computing"),
    "supercomputing": ("high performance computing",),
    "assets": ("accessibility", "assistive technologies"),
    "conext": ("networking experiments",),
    "vis": ("visualization",),
    "infovis": ("information visualization",),
    "eurovis": ("computer graphics forum",),
    "socg": ("computational geometry",),
    "compgeom": ("computational geometry",),
}
_SIG = "sig"  # ACM's special interest groups: SIGKDD holds KDD
# Letters for the kind of venue (International Conference, Workshop, Journal), which the title of
# the book leaves out: WISTP is the workshop on Information Security Theory and Practice.
# Two letters may say which one (International Joint Conference), and an o is for *on* or *of*.
_KIND_BEFORE = re.compile(r"[aeijnp]{0,2}[acesw]?o?(?=..)")
# The same before one letter: ESOP is the symposium on Programming Languages and Systems.
_KIND_AND_LETTER = re.compile(r"[aeijnp]{0,2}[acesw]o?(?P<letter>[a-z])")
_KIND_BEHIND = re.compile(r"(?<=..)(?:[cjsw]|co|on|in)$")
_LONGEST = 12  # letters of an acronym
_LONG_ACRONYM = 5  # letters; of a shorter one, the rest is spelled by chance
_MOST = 3  # acronyms in a short name: ESEC/FSE, IJCNLP-AACL, ECML PKDD
_UPPER = 2  # capitals that tell an acronym from a word
_WHOLE_WORD = 4  # letters with which one word alone can be a short name (MICRO, Interact)
_SHARE = 0.5  # of the telling words that an acronym names, to be surely that of the name
_WORD = re.compile(r"[^\W\d_]+")
_TIGHT_AND = re.compile(r"(?<=\w)&(?=\w)")


class _Spelling(NamedTuple):
    """How a name spells an acronym: ``named`` of its ``telling`` words are in the acronym.

    ``whole_word`` is true if one word begins with all its letters.
    """

    named: int
    telling: int
    whole_word: bool


def short_names(name: str) -> tuple[str, ...]:
    """Return the one to three acronyms of which a name consists, in lower case; else none.

    Sponsor, year, ordinal and kind of venue do not count: `ACM SIGMOD Conference 2010` gives
    ``("sigmod",)``. A name with any other word is written in full, and has none.
    """
    tokens = [
        token
        for token in _WORD.findall(_TIGHT_AND.sub("", name))
        if token.casefold() not in EVENT_WORDS | SPONSORS | _DULL
    ]
    if not 0 < len(tokens) <= _MOST:
        return ()
    if len(tokens) == 1 and tokens[0].casefold() in _OWN_NAMES:
        return (tokens[0].casefold(),)
    return tuple(token.casefold() for token in tokens) if all(map(_is_acronym, tokens)) else ()


def acronyms_in(name: str, *, sponsors: bool = False) -> frozenset[str]:
    """Return the acronyms that stand among the words of a name, in lower case.

    Those of sponsors (`IEEE`) are left out, unless ``sponsors`` is true.
    """
    found = {token.casefold() for token in _WORD.findall(name) if _is_acronym(token)}
    return frozenset(found if sponsors else found - SPONSORS)


def is_initials_of(short: tuple[str, ...], name: str) -> bool:
    """Return whether one of the short names is made of the initials of all words of a name.

    `LNCS` is, for *Lecture Notes in Computer Science*; `LICS` is not. Words such as "in" are left
    out.
    """
    words = [word for word in bare_words(name).split() if word not in _DULL]
    return "".join(word[0] for word in words) in short


def likeness_of_acronym(short: tuple[str, ...], name: str) -> tuple[Likeness, str]:
    """Return how likely a short name stands for a name in full, and why; the likeliest decides."""
    return max((_likeness(acronym, name) for acronym in short), key=lambda found: found[0])


def _likeness(acronym: str, name: str) -> tuple[Likeness, str]:
    """Return how likely an acronym stands for a name in full, and why.

    It is close, if words of the name spell the acronym; unknown, if it may be one all the same;
    else foreign.
    """
    if any(_same(acronym, told) for told in acronyms_in(name)):
        return Likeness.CLOSE, "one is the acronym of the other"
    folded = bare_words(name)
    if any(words in folded for words in _OWN_NAMES.get(acronym, ())):
        return Likeness.CLOSE, "one is a name of the other"
    words = [word for word in folded.split() if not word.isdigit()]
    found = [spelled for letters in _forms(acronym) if (spelled := _spelled(letters, words))]
    if any(one.named >= _SHARE * one.telling for one in found):
        return Likeness.CLOSE, "one is the acronym of the other"
    if any(one.whole_word for one in found) or _may_name(acronym, words):
        return Likeness.UNKNOWN, "one may be the acronym of the other"
    return Likeness.FOREIGN, "one is no acronym of the other"


def _is_acronym(token: str) -> bool:
    """Return whether a word is written like an acronym: `KDD`, `FAccT`, `WIREs`."""
    return len(token) <= _LONGEST and sum(map(str.isupper, token)) >= _UPPER


def _same(one: str, other: str) -> bool:
    """Return whether two acronyms mean the same: PVLDB and VLDB, KDD and SIGKDD."""
    short, long = sorted((one, other), key=len)
    return one == other or (len(short) > _UPPER and long in (_SIG + short, f"p{short}"))


def _forms(acronym: str) -> set[str]:
    """Return an acronym with and without the letters for the kind of venue, before or behind it.

    ``sigkdd`` gives also ``kdd``, and ``wistp`` also ``istp``.
    """
    bare = acronym.removeprefix(_SIG) if len(acronym) > len(_SIG) + 1 else acronym
    forms = {acronym, bare, _KIND_BEHIND.sub("", bare)}
    kind = _KIND_BEFORE.match(bare)
    return forms | ({bare[place:] for place in range(1, kind.end() + 1)} if kind else set())


def _spelled(letters: str, words: list[str]) -> _Spelling | None:
    """Return how beginnings of words, in their order, make up some letters, or None if they do not.

    At least two words are needed, one of which tells what the venue is about, or one word that
    begins with all the letters.
    """
    telling = [_tells(word) for word in words]
    if not any(telling):
        telling = [word in SPONSORS for word in words]
    # For each number of letters that are spelled: the most telling and the most other words.
    reached: dict[int, tuple[int, int]] = {0: (0, 0)}
    for word, tells in zip(words, telling, strict=True):
        step = dict(reached)
        counts = word not in _DULL
        for place, (named, used) in reached.items():
            for end in _ends(letters, place, word):
                state = (named + tells, used + counts)
                step[end] = max(step.get(end, (0, 0)), state)
        reached = step
    named, used = reached.get(len(letters), (0, 0))
    whole = len(letters) >= _WHOLE_WORD and any(
        word.startswith(letters) for word, tells in zip(words, telling, strict=True) if tells
    )
    if whole or (named and used > 1):
        return _Spelling(named, sum(telling), whole)
    return None


def _ends(letters: str, place: int, word: str) -> list[int]:
    """Return the places up to which a word can spell the letters from ``place`` on.

    It spells them by its beginning, and maybe the s of its plural.
    """
    ends = []
    for end in range(place + 1, min(place + len(word), len(letters)) + 1):
        if not word.startswith(letters[place:end]):
            if letters[place:end] == f"{word[: end - place - 1]}s" and word.endswith("s"):
                ends.append(end)
            break
        ends.append(end)
    return ends


def _tells(word: str) -> bool:
    """Return whether a word of a name tells what the venue is about."""
    return word not in _DULL and word not in EVENT_WORDS and word not in SPONSORS


def _may_name(acronym: str, words: list[str]) -> bool:
    """Return whether an acronym can stand for a name although the words do not spell it."""
    return (
        _cut_short(acronym, words)
        or _begins_field(acronym, words)
        or _spelled_but_for_a_letter(acronym, words)
    )


def _spelled_but_for_a_letter(acronym: str, words: list[str]) -> bool:
    """Return whether the words of a name spell all letters but one of a long acronym.

    That letter comes from the middle of a word: AAMAS has three of *Autonomous Agents* and
    *Systems*, and two of *Multiagent*. All telling words of the name must be in the acronym.
    """
    if len(acronym) < _LONG_ACRONYM:
        return False
    without_one = (acronym[:place] + acronym[place + 1 :] for place in range(1, len(acronym)))
    spelled = filter(None, (_spelled(letters, words) for letters in without_one))
    return any(one.named == one.telling for one in spelled)


def _begins_field(acronym: str, words: list[str]) -> bool:
    """Return whether an acronym is letters for the kind of venue and one letter for the field.

    Only the title of a book leaves the kind of venue out; it begins with the field.
    """
    match = _KIND_AND_LETTER.fullmatch(acronym)
    telling = [word for word in words if word not in _DULL]
    in_book = bool(telling) and EVENT_WORDS.isdisjoint(words)
    return match is not None and in_book and telling[0].startswith(match["letter"])


def _cut_short(acronym: str, words: list[str]) -> bool:
    """Return whether a registered name was cut, and begins as an acronym does.

    Crossref has names that end where the publisher's file had a line break: `Conference of the
    North`.
    """
    telling = [word for word in words if _tells(word) and not word[0].isdigit()]
    return len(telling) == 1 and acronym.startswith(telling[0][0])
