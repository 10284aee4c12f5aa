"""Containers: journals, books and proceedings, in full and abbreviated."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from compcite.text.compare.likeness import SILENT, Likeness, Resemblance
from compcite.text.compare.words import alike, fold, latin

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["compare_containers"]

# Words that abbreviations leave out, and that no two containers differ by.
_DULL_WORDS = """
a an and the of in on for at to by with from as et la le les l du des de der die das und fur im
zur zum van het el los las y e di del della dei il
"""
_DULL = frozenset(_DULL_WORDS.split())
# Words that so many containers have that sharing them tells nothing.
_COMMON_WORDS = """
journal international annual proceedings proc conference conf symposium workshop transactions
trans annals archives letters review reviews bulletin advances research science sciences studies
society american european national world new series j int intl ann rev lett bull adv res sci stud
soc am eur natl volume vol lecture notes ieee acm springer university press zeitschrift revue
revista rivista acta part section
"""
_COMMON = frozenset(_COMMON_WORDS.split())
_ACRONYM = re.compile(r"\b[A-Z][A-Za-z]*[A-Z]\b")
_FEW_LETTERS = 3


def compare_containers(
    written: Sequence[str], registered: Sequence[str], *, loose: bool = False
) -> Resemblance:
    """The containers of a reference against all that a record gives; one pair decides.

    ``loose`` is for proceedings and books, which people name by event, series, year and
    place: there only names without any word in common differ.
    """
    mine = [name for name in written if fold(name)]
    theirs = [name for name in registered if fold(name)]
    if not mine or not theirs:
        return SILENT
    pairs = [(a, b) for a in mine for b in theirs if latin(a) == latin(b)]
    if not pairs:
        return Resemblance(Likeness.UNKNOWN, mine[0], theirs[0], "they are in different scripts")
    best = Resemblance(Likeness.FOREIGN, mine[0], theirs[0], "no word is the same")
    for a, b in pairs:
        likeness, reason = _likeness(a, b)
        if likeness > best.likeness:
            best = Resemblance(likeness, a, b, reason)
        if likeness is Likeness.SAME:
            break
    if loose and best.likeness is Likeness.DIFFERENT:
        return best._replace(likeness=Likeness.UNKNOWN)
    return best


def _likeness(written: str, registered: str) -> tuple[Likeness, str]:
    """How far one name agrees with another, and why."""
    mine, theirs = _tell(written), _tell(registered)
    if "".join(mine) == "".join(theirs):
        return Likeness.SAME, "the words are the same"
    if _abbreviates(mine, theirs) or _abbreviates(theirs, mine):
        return Likeness.CLOSE, "one abbreviates the other"
    if _is_acronym(written, registered) or _is_acronym(registered, written):
        return Likeness.CLOSE, "one is the acronym of the other"
    ours, others = _left_over(mine, theirs), _left_over(theirs, mine)
    common = [word for word in mine if word not in ours and word not in _COMMON]
    if (not ours or not others) and (common or _COMMON.issuperset(ours + others)):
        return Likeness.CLOSE, "one says more than the other"
    if common or not ours or not others:
        return Likeness.DIFFERENT, "only some words are the same"
    return Likeness.FOREIGN, "no word is the same"


def _tell(name: str) -> list[str]:
    """The words of a container that tell something."""
    words = fold(name).split()
    return [word for word in words if word not in _DULL] or words


def _left_over(mine: list[str], theirs: list[str]) -> list[str]:
    """The words of one name that the other has in no spelling, full or short."""
    return [word for word in mine if not any(_same_word(word, other) for other in theirs)]


def _same_word(one: str, other: str) -> bool:
    """Whether two words are one, spelled another way or abbreviated."""
    return alike(one, other) or _short_for(one, other) or _short_for(other, one)


def _short_for(short: str, long: str) -> bool:
    """Whether a word abbreviates another: its beginning, or a contraction as ``natl``."""
    if long.startswith(short):
        return True
    if len(short) == 1 or short[0] != long[0] or len(short) >= len(long):
        return False
    letters = iter(long)
    return all(char in letters for char in short) and (
        len(short) > _FEW_LETTERS or long.startswith(short[:2]) or short[-1] == long[-1]
    )


def _abbreviates(short: list[str], long: list[str]) -> bool:
    """Whether the words of one name abbreviate, in order, the words of the other.

    The last words of the long name may be missing (a subtitle), others may not.
    """
    place = 0
    for word in short:
        while place < len(long) and not _short_for(word, long[place]):
            place += 1
        if place == len(long):
            return False
        place += 1
    return bool(short) and _short_for(short[0], long[0])


def _is_acronym(short: str, long: str) -> bool:
    """Whether a name is, or contains, the initials of the other or an acronym in it."""
    long_words = fold(long).split()
    initials = {
        "".join(word[0] for word in long_words),
        "".join(word[0] for word in long_words if word not in _DULL),
    }
    told = {found.lower() for found in _ACRONYM.findall(long)}
    for word in fold(short).split():
        if len(word) >= _FEW_LETTERS and (word in initials or word in told):
            return True
    return "".join(fold(short).split()) in initials and len(fold(short)) >= _FEW_LETTERS
