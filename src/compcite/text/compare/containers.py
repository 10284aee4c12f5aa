"""Compare the names of journals, books and proceedings, in full and abbreviated."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from compcite.text.compare.abbreviations import abbreviates_word, have_one_stem, same_word
from compcite.text.compare.acronyms import (
    EVENT_WORDS,
    SPONSORS,
    acronyms_in,
    is_initials_of,
    likeness_of_acronym,
    short_names,
)
from compcite.text.compare.likeness import SILENT, Likeness, Resemblance
from compcite.text.compare.lost_letters import restored
from compcite.text.compare.venues import why_other_venues
from compcite.text.compare.words import bare_words, latin

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
_COMMON = frozenset(_COMMON_WORDS.split()) | SPONSORS
# Words that make the name of another journal of a journal's name: *Pattern Recognition Letters*,
# *Brain Research*, *Nature Communications*. Nobody leaves them out.
_SIBLING_WORDS = """
letters lett research res communications commun reports rep
"""
_SIBLINGS = frozenset(_SIBLING_WORDS.split())
# The series in which publishers put books; a chapter whose record names nothing else may stand
# in any book of it.
_SERIES = re.compile(
    r"\b(?:lecture notes|series|communications in computer|studies in)\b", re.IGNORECASE
)
# A subtitle, or the section of a journal (`Comptes Rendus - Series I`).
_SUBTITLE = re.compile(
    r"(?::\s++|(?<!\s)\s[-–—]\s++(?=(?:series|section|part|s[ée]rie|reihe)\b))\S.*$", re.IGNORECASE
)
_SECTION_WORDS = frozenset(("series", "ser", "section", "sect", "sec", "part", "pt"))
_ELISION = re.compile(r"\b[dl]['’](?=\w)", re.IGNORECASE)  # in French and Italian: l'Académie
_LEAST_LAST_WORD = 4  # letters of the word before a stop that is no abbreviation
# Societies by the names that they had before, which old volumes bear.
_RENAMED = {"ire": "ieee", "aiee": "ieee"}
_TELLING_SHARE = 0.5  # of the telling words of the shorter name that both must have to be one
_LONGEST_NAME = 1000  # letters; names of conferences have 200 at most, and what follows is none
_LONGEST_ACRONYM = 8  # letters; a longer word in capitals may be a word


def compare_containers(
    written: Sequence[str], registered: Sequence[str], *, loose: bool = False
) -> Resemblance:
    """Return how far the containers of a reference agree with those of a record.

    The pair of names that agrees best decides. ``loose`` is for proceedings and books, which people
    name by event, series, year and place: then names differ only if they share few of their telling
    words, and a record that names only a series is unknown at worst. If one side has no name, the
    result is ``SILENT``.
    """
    mine = [name[:_LONGEST_NAME] for name in written if bare_words(name)]
    theirs = [name[:_LONGEST_NAME] for name in registered if bare_words(name)]
    if not mine or not theirs:
        return SILENT
    pairs = [(a, b) for a in mine for b in theirs if latin(a) == latin(b)]
    if not pairs:
        return Resemblance(Likeness.UNKNOWN, mine[0], theirs[0], "they are in different scripts")
    if not all(_SERIES.search(name) for _, name in pairs):
        # A short name is that of the book; the series fits too many (LICS, Lecture Notes in …).
        pairs = [
            (a, b)
            for a, b in pairs
            if _SERIES.search(a) or not _SERIES.search(b) or _may_name_series(short_names(a), b)
        ]
    best = Resemblance(Likeness.FOREIGN, mine[0], theirs[0])
    for a, b in pairs:
        likeness, reason = _likeness(restored(a, [b]), restored(b, [a]), loose=loose)
        if likeness > best.likeness or not best.reason:
            best = Resemblance(likeness, a, b, reason)
        if likeness is Likeness.SAME:
            break
    if best.differs and loose and all(map(_SERIES.search, theirs)):
        return best._replace(likeness=Likeness.UNKNOWN, reason="the record names only a series")
    return best._replace(registered=_nearest(best, theirs)) if best.differs else best


def _may_name_series(short: tuple[str, ...], series: str) -> bool:
    """Return whether a name can be that of a series: it is in full, or has its initials."""
    return not short or is_initials_of(short, series)


def _nearest(found: Resemblance, registered: list[str]) -> str:
    """Return the registered name to show: the one that shares most letters with the written one."""
    written = bare_words(found.written)

    def common(name: str) -> float:
        return SequenceMatcher(None, written, bare_words(name), autojunk=False).ratio()

    return max(registered, key=common)


def _likeness(written: str, registered: str, *, loose: bool) -> tuple[Likeness, str]:
    """Return how far one name agrees with another, and why."""
    if "".join(_telling_words(written)) == "".join(_telling_words(registered)):
        return Likeness.SAME, "the words are the same"
    ours, others = short_names(written), short_names(registered)
    if ours or others:
        found = _likeness_of_short(written, registered, ours, others)
        if found is not None:
            return found
    best = _likeness_of_words(written, registered, loose=loose)
    for one, other in (
        (written, _without_subtitle(registered)),
        (_without_subtitle(written), registered),
    ):
        if best[0] <= Likeness.DIFFERENT:
            best = max(best, _likeness_of_words(one, other, loose=loose), key=lambda one: one[0])
    if best[0] > Likeness.DIFFERENT and (reason := why_other_venues(written, registered)):
        return Likeness.DIFFERENT, reason
    return best


def _likeness_of_short(
    written: str, registered: str, ours: tuple[str, ...], others: tuple[str, ...]
) -> tuple[Likeness, str] | None:
    """Return how far two names agree of which one is short, and why.

    The result is None if a name in capitals may be no acronym but only be in capitals.
    """
    if ours and others:
        same = not {*ours, *acronyms_in(written)}.isdisjoint({*others, *acronyms_in(registered)})
        if same:
            return Likeness.CLOSE, "the acronym is the same"
    tried: list[tuple[Likeness, str]] = []
    for short, name in ((ours, registered), (others, written)):
        if short:
            tried += [
                likeness_of_acronym(short, one)
                for one in (name, _first_sentence(_without_subtitle(name)))
            ]
    found = max(tried, key=lambda one: one[0])
    shouted = all(len(name) > _LONGEST_ACRONYM for name in ours or others)
    return None if found[0] <= Likeness.DIFFERENT and shouted else found


def _likeness_of_words(written: str, registered: str, *, loose: bool) -> tuple[Likeness, str]:
    """Return how far two names in full, or abbreviated word by word, agree, and why."""
    mine, theirs = _telling_words(written), _telling_words(registered)
    ours, others = _left_over(mine, theirs), _left_over(theirs, mine)
    if not loose and (reason := _why_sibling(mine, theirs)):
        return Likeness.DIFFERENT, reason
    if _abbreviates(mine, theirs) or _abbreviates(theirs, mine):
        return Likeness.CLOSE, "one abbreviates the other"
    common = [word for word in mine if word not in ours and word not in _COMMON]
    if loose and common:
        ours, others = _without_edition(ours, written), _without_edition(others, registered)
    if (not ours or not others) and (common or _COMMON.issuperset(ours + others)):
        return Likeness.CLOSE, "one says more than the other"
    if _spelled_out(written, ours, others) or _spelled_out(registered, others, ours):
        return Likeness.CLOSE, "one spells an acronym out"
    if loose and (acronyms_in(written) & acronyms_in(registered) or _share_words(mine, theirs)):
        return Likeness.UNKNOWN, "some words are the same"
    # A single letter abbreviates too many words to be one that both names have.
    some = not ours or not others or any(len(word) > 1 for word in common)
    return _little_in_common(mine, theirs, some=some)


def _little_in_common(mine: list[str], theirs: list[str], *, some: bool) -> tuple[Likeness, str]:
    """Return how far two names of different venues agree; ``some`` of their telling words do."""
    if some:
        return Likeness.DIFFERENT, "only some words are the same"
    shared = not set(mine).isdisjoint(theirs)
    return Likeness.FOREIGN, f"no {'telling ' * shared}word is the same"


def _why_sibling(mine: list[str], theirs: list[str]) -> str:
    """Return the reason why one journal is another one of the same field; may be empty.

    One name has all words of the other and says more, as *Brain Research* does, or has its words in
    another order. But *The Astrophysical Journal Letters* are a section of that journal, and
    registered under its name. It is empty if each name has a word that the other lacks.
    """
    ours, others = _left_over(mine, theirs), _left_over(theirs, mine)
    if ours and others:
        return ""
    if not _SIBLINGS.isdisjoint(ours + others) and not {"journal", "j"} & {*mine} & {*theirs}:
        return "one is a sibling of the other"
    common = [word for word in mine if word not in ours and word not in _COMMON]
    return "the words stand in another order" if _in_other_order(common, theirs) else ""


def _in_other_order(common: list[str], theirs: list[str]) -> bool:
    """Return whether the telling words that two names share are in another order in the other name.

    *Engineering Structures* is not the *Journal of Structural Engineering*.
    """
    others = [word for word in theirs if word not in _COMMON]
    places = [
        next((place for place, other in enumerate(others) if same_word(word, other)), None)
        for word in common
    ]
    found = [place for place in places if place is not None]
    return found != sorted(found)


def _without_edition(left: list[str], name: str) -> list[str]:
    """Return words without those of one year's proceedings: the year and the acronym."""
    dull = {"proceedings", "proc", *acronyms_in(name)}
    return [word for word in left if word not in dull and not word[0].isdigit()]


def _spelled_out(name: str, own: list[str], others: list[str]) -> bool:
    """Return whether an acronym in a name stands for the words that only the other name has.

    ``own`` are the words that only the first name has. Except for the acronym, none of them may
    tell anything: in *BMC Oral Health*, `BMC` does not stand for *Energy-Based Models*.
    """
    if not others:
        return False
    return any(
        likeness_of_acronym((one,), " ".join(others))[0] >= Likeness.CLOSE
        for one in acronyms_in(name, sponsors=True)
        if not any(_tells(word) for word in own if word != one)
    )


def _share_words(mine: list[str], theirs: list[str]) -> bool:
    """Return whether two names share at least half of the telling words of the shorter one.

    Proceedings are named by event, by the title of the book, by both, with place and year.
    """
    ours, others = ({word for word in side if _tells(word)} for side in (mine, theirs))
    common = {word for word in ours if any(have_one_stem(word, other) for other in others)}
    return bool(common) and len(common) >= _TELLING_SHARE * min(len(ours), len(others))


def _tells(word: str) -> bool:
    """Return whether a word tells what a journal or conference is about."""
    return word not in _COMMON and word not in EVENT_WORDS and not word[0].isdigit()


def _without_subtitle(name: str) -> str:
    """Return a name without its subtitle or section."""
    return _SUBTITLE.sub("", name) or name


def _first_sentence(name: str) -> str:
    """Return a name without the sentences after its first one: ``A b. C d`` is ``A b``.

    A stop behind a single word or a short one is that of an abbreviation: `Prob. Eng. Inf. Sci.`
    """
    first, stop, _ = name.partition(". ")
    words = first.split()
    is_sentence = stop and len(words) > 1 and len(words[-1]) >= _LEAST_LAST_WORD
    return first if is_sentence else name


def _telling_words(name: str) -> list[str]:
    """Return the words of a name that tell something.

    A single letter at the end or after *Series* is that of a section (*Physical Review A*), and not
    an article or a preposition.
    """
    words = [_RENAMED.get(word, word) for word in bare_words(_ELISION.sub("", name)).split()]
    telling = [
        word
        for before, word, behind in zip(["", *words], words, [*words[1:], ""], strict=False)
        if word not in _DULL or (len(word) == 1 and (before in _SECTION_WORDS or not behind))
    ]
    return telling or words


def _left_over(mine: list[str], theirs: list[str]) -> list[str]:
    """Return the words of one name that the other has in no spelling, full or short."""
    return [word for word in mine if not any(same_word(word, other) for other in theirs)]


def _abbreviates(short: list[str], long: list[str]) -> bool:
    """Return whether the words of one name abbreviate, in order, the words of the other.

    The last words of the long name may be missing (a subtitle); its first word must not be.
    """
    place = 0
    for word in short:
        while place < len(long) and not abbreviates_word(word, long[place]):
            place += 1
        if place == len(long):
            return False
        place += 1
    return bool(short) and abbreviates_word(short[0], long[0])
