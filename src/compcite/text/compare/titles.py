"""Compare titles: what people change when they cite one, and what makes it another title."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from compcite.text.compare.likeness import SILENT, Likeness, Resemblance
from compcite.text.compare.lost_letters import restored
from compcite.text.compare.numbers import number_of
from compcite.text.compare.opposites import are_other_words, is_negated, words_with_prefixes
from compcite.text.compare.scripts import are_transliterated
from compcite.text.compare.spellings import alike, is_a_letter_apart
from compcite.text.compare.words import bare_words, latin, squeeze

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["ABOUT", "compare_titles", "likeness_of_titles", "may_be_revised_title", "wording"]

# What publishers put before the title of a work that no longer stands. Blanks and signs are
# taken possessively (`*+`): given back one by one, a long run of them would cost its square.
_NOTICE = re.compile(
    r"(?:<[^<>]+>|[\s\[(*])*+"
    r"(?:(?:temporary )?removal|(?:article |chapter |paper )?(?:retracted|withdrawn|removed))\b"
    r"(?:\s++(?:article|paper|chapter))?+(?:[\s\])*:.\-–—]|</[^<>]+>)*+",
    re.IGNORECASE,
)
# Who edited the issue that an editorial opens, which some publishers put into its title.
_EDITED_BY = re.compile(r"\((?:guest )?(?:executive )?editors?\b[^()]{0,300}\)?", re.IGNORECASE)

_BOUNDARY = re.compile(r"[:?!.;,]\s|\s[-–—/=]+\s|[—:(\[]")
_ENOUGH_WORDS = 3
_CLOSE = 0.8
_FOREIGN = 0.55
_GLUED = 0.92
_LEAST_STEM = 4  # letters that two forms of one word have in common at least (model, modelling)
_STEM_SHARE = 0.6  # and their share of the longer form
_LEAST_WORD = 3  # letters of a word; shorter ones are mostly symbols and abbreviations
_STOP_WORDS = """
a an and as at by der des die do el for from fur in its la le les of on or the to und with
"""
_STOP = frozenset(_STOP_WORDS.split())
# Words that only join others, so that one may stand for another: *via* for *using*.
_JOINING_WORDS = """
across among between by from in into of on over per through to toward towards upon using versus via
vs with within
"""
_JOINING = frozenset(_JOINING_WORDS.split())
# Before the title of a work these make the title of another work about it.
_ABOUT_WORDS = """
addendum comment commentary comments concern correction corrigendum discussion erratum notice
rejoinder reply response retraction review
"""
ABOUT = frozenset(_ABOUT_WORDS.split())
"""Words of titles of works about another work."""
# British spellings that have too few letters in common with the American ones.
_BRITISH = {"grey": "gray", "tyre": "tire", "tyres": "tires", "kerb": "curb", "plough": "plow"}
_STOP_WEIGHT = 0.25
_REVISED_SHARE = 0.2  # of the telling words: a revised preprint that we know kept one of five
# Letters that are compared, ten times those of a long title: the time grows with their square.
_LONGEST = 2000
_YEAR_CUT = (2, 4)  # digits of 1914-18


def compare_titles(written: str, registered: Sequence[str], subtitle: str = "") -> Resemblance:
    """Return how far the title of a reference agrees with the titles of a record.

    The best of the registered titles decides. But if one of them differs from the reference only in
    a single word of another meaning, or in the subtitle, it counts as another title, unless a
    second registered title is the same as the reference's. A title in Cyrillic is close to itself
    in Latin letters; with any other title in another script it cannot be compared. ``subtitle`` is
    a subtitle that the reference has in a field of its own. If one side has no title, the result is
    ``SILENT``.
    """
    if not written or not any(registered):
        return SILENT
    forms = [form for form in registered if form and latin(form) == latin(written)]
    others = [form for form in registered if form and form not in forms]
    for form in others:
        if are_transliterated(written, form):
            return Resemblance(Likeness.CLOSE, written, form, "one is transliterated")
    if not forms:
        return Resemblance(Likeness.UNKNOWN, written, others[0], "they are in different scripts")
    return _likeness_of_best(written, forms, subtitle)


def _likeness_of_best(written: str, registered: Sequence[str], subtitle: str) -> Resemblance:
    """Return how far a title agrees with the best of some titles in its script.

    It differs if it has one word in place of another, or another subtitle than a registered form,
    unless it is the same as one of them.
    """
    best = Resemblance(Likeness.FOREIGN, written, "", "")
    slip: Resemblance | None = None
    for form in registered:
        for candidate in (written, f"{written}: {subtitle}") if subtitle else (written,):
            likeness, reason = likeness_of_titles(candidate, form)
            if not best.registered or likeness > best.likeness:
                best = Resemblance(likeness, written, form, reason)
            if likeness is Likeness.SAME:
                return best
            if replaced := _one_word_replaced(candidate, form):
                slip = slip or Resemblance(Likeness.DIFFERENT, written, form, _instead(*replaced))
    if slip is None and (other := _other_subtitle(written, registered)):
        return Resemblance(Likeness.DIFFERENT, written, other, "the subtitle is another")
    return slip or best


def _other_subtitle(written: str, registered: Sequence[str]) -> str:
    """Return the registered title that has the main title of a reference, and another subtitle.

    The result is empty if there is none. A record may give the main title alone, too: with it, any
    invented subtitle would seem to be one that the record lacks.
    """
    main, subtitle = _parted(written)
    if not subtitle:
        return ""
    for form in registered:
        other_main, other_subtitle = _parted(form)
        same_main = squeeze(main) == squeeze(other_main)
        if same_main and all(
            len(one.split()) >= _ENOUGH_WORDS for one in (subtitle, other_subtitle)
        ):
            likeness, _ = likeness_of_titles(subtitle, other_subtitle)
            return form if likeness is Likeness.FOREIGN else ""
    return ""


def _parted(title: str) -> tuple[str, str]:
    """Return the main title and the subtitle behind a colon, a stop, a dash or the like."""
    pause = _BOUNDARY.search(title)
    return (title[: pause.start()], title[pause.end() :]) if pause else (title, "")


def may_be_revised_title(written: str, registered: Sequence[str]) -> bool:
    """Return whether a title can be that of an earlier version.

    It can if it shares a fifth of its telling words with a registered title, and no registered
    title differs from it only in one word of another meaning.

    One word in common is a word of the field: people who write about *networks* do so often, and
    another preprint of theirs is another work. Authors who revise a title rarely exchange a single
    word. The three preprints cited by an earlier title that we know differ in several words; most
    invented titles differ in one.
    """
    if any(_one_word_replaced(written, form) for form in registered):
        return False
    return any(_share_of_stems(written, form) >= _REVISED_SHARE for form in registered)


def _share_of_stems(written: str, registered: str) -> float:
    """Return the share of the telling words of the shorter title that the longer one has."""
    both = sorted((_long_words(title) for title in (written, registered)), key=len)
    shorter, longer = both
    shared = [word for word in shorter if any(_same_stem(word, other) for other in longer)]
    return len(shared) / len(shorter) if shorter else 0.0


def _long_words(title: str) -> list[str]:
    """Return the words of a title that are long enough to tell something."""
    words = bare_words(title).split()
    return [word for word in words if len(word) >= _LEAST_STEM and word not in _STOP]


def _instead(word: str, other: str) -> str:
    """Return the reason that a record has the word ``other`` where the reference has ``word``."""
    return f"it has “{other}” for “{word}”"


def _one_word_replaced(written: str, registered: str) -> tuple[str, str] | None:
    """Return the only words in which two titles differ, if their meanings differ, or None."""
    written, registered = restored(written, [registered]), restored(registered, [written])
    mine, theirs = (words_with_prefixes(title).split() for title in (written, registered))
    matcher = SequenceMatcher(None, mine, theirs, autojunk=False)
    changes = [change for change in matcher.get_opcodes() if change[0] != "equal"]
    if len(changes) != 1:
        return None
    _, start, end, their_start, their_end = changes[0]
    alone = end - start == their_end - their_start == 1
    return _replaced(mine, theirs) if alone else None


def likeness_of_titles(written: str, registered: str) -> tuple[Likeness, str]:
    """Return how far one title agrees with another, and why.

    Notices of retraction are left out. A title that is a part of the other is close. One that is
    about the other (*Correction to …*), or has another number in it, differs.
    """
    written, registered = (_without_notice(one[:_LONGEST]) for one in (written, registered))
    written, registered = restored(written, [registered]), restored(registered, [written])
    mine, theirs = words_with_prefixes(written), words_with_prefixes(registered)
    if squeeze(written) == squeeze(registered):
        return Likeness.SAME, "the words are the same"
    words, others = _numbered(mine), _numbered(theirs)
    if _about(mine, theirs) or _about(theirs, mine):
        return Likeness.DIFFERENT, "one is about the other"
    if _renumbered(words, others):
        return Likeness.DIFFERENT, "a number in it is another"
    if _part(mine, theirs, registered) or _part(theirs, mine, written):
        return Likeness.CLOSE, "one is a part of the other"
    return _likeness_of_words(words, others)


def _likeness_of_words(mine: list[str], theirs: list[str]) -> tuple[Likeness, str]:
    """Return how far two titles agree by the words that they share, and why.

    A word in place of another one, or a negation in one of them, makes even close titles differ.
    """
    share = _share(mine, theirs)
    if share >= _CLOSE or _glued("".join(mine), "".join(theirs)):
        if replaced := _replaced(mine, theirs):
            return Likeness.DIFFERENT, _instead(*replaced)
        if is_negated(mine, theirs):
            return Likeness.DIFFERENT, "one has a negation, the other has none"
        return Likeness.CLOSE, "nearly all words are the same"
    if share >= _FOREIGN:
        return Likeness.DIFFERENT, "some words are the same, others are not"
    amount = "no" if set(mine).isdisjoint(theirs) else "hardly a"
    likeness = Likeness.FOREIGN if mine and theirs else Likeness.UNKNOWN
    return likeness, f"{amount} word is the same"


def _replaced(mine: list[str], theirs: list[str]) -> tuple[str, str] | None:
    """Return a word of one title and the different word that stands in its place, or None.

    Words that were left out, added, joined, inflected or misspelt do not count, and neither do
    symbols and abbreviations.
    """
    matcher = SequenceMatcher(None, mine, theirs, autojunk=False)
    for kind, start, end, their_start, their_end in matcher.get_opcodes():
        if kind != "replace":
            continue
        ours, others = mine[start:end], theirs[their_start:their_end]
        if alike("".join(ours), "".join(others)):
            continue
        left, right = _without_variants(ours, others), _without_variants(others, ours)
        if left and right:
            return left[0], right[0]
    return None


def _without_variants(words: list[str], others: list[str]) -> list[str]:
    """Return those telling words that are not a form of any of the ``others``."""
    return [word for word in words if _tells(word) and not _is_variant(word, words, others)]


def _tells(word: str) -> bool:
    """Return whether a word of a title has a meaning of its own."""
    return (
        len(word) >= _LEAST_WORD and word.isalpha() and word not in _STOP and word not in _JOINING
    )


def _is_variant(word: str, words: list[str], others: list[str]) -> bool:
    """Return whether a word of ``words`` is a form of one of the ``others``, or in it.

    A word with a prefix that changes the meaning (*nonlinear*) is no form of the one without.
    """
    if any(are_other_words(word, other) for other in others):
        return False
    return _is_in_joined(word, words, others) or any(
        _same_stem(word, other) or _stands_for(other, word, words) for other in others
    )


def _is_in_joined(word: str, words: list[str], others: list[str]) -> bool:
    """Return whether ``others``, written as one piece, contain a word: `datadriven` has *driven*.

    There it must begin one of the ``others``, or stand behind another of its own ``words``
    (*data*): `nonlinear` does not contain *linear*.
    """
    joined = "".join(others)
    starts = {sum(map(len, others[:place])) for place in range(len(others))}
    return any(
        match.start() in starts or joined[: match.start()].endswith(tuple(words))
        for match in re.finditer(re.escape(word), joined)
    )


def _same_stem(one: str, other: str) -> bool:
    """Return whether two words are spellings or forms of one word (`test`, `testing`)."""
    one, other = (_BRITISH.get(word, word).replace("ph", "f") for word in (one, other))
    common = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        common += 1
    longer = max(len(one), len(other))
    return not are_other_words(one, other) and (
        alike(one, other)
        or _lost_a_letter(one, other)
        or (common >= _LEAST_STEM and common >= _STEM_SHARE * longer)
    )


def _lost_a_letter(one: str, other: str) -> bool:
    """Return whether two words differ by a missing letter (`fine`, `fie`).

    If a letter was changed, it is another word (`lake`, `lane`), and not only a mistake.
    """
    short, long = sorted((one, other), key=len)
    return _LEAST_WORD <= len(short) < len(long) and is_a_letter_apart(short, long)


def _stands_for(short: str, word: str, words: list[str]) -> bool:
    """Return whether ``short`` is made of the initials of ``words``, or begins ``word``.

    `hiv` is of the first kind; `med` and `nets` (with the s of the plural) are of the second.
    """
    initials = "".join(one[0] for one in words)
    beginning = short.removesuffix("s")
    return short == initials or (len(beginning) >= _LEAST_WORD and word.startswith(beginning))


def _numbered(folded: str) -> list[str]:
    """Return the words of a title, with numbers in digits."""
    numbers = ((word, number_of(word)) for word in folded.split())
    return [word if number is None else str(number) for word, number in numbers]


def wording(title: str) -> str:
    """Return the letters and digits of a title in small letters, without blanks and accents.

    A notice of retraction before it and the editors after it are left out.
    """
    return squeeze(_without_notice(title))


def _without_notice(title: str) -> str:
    """Return a title without a notice of retraction before it, and without the editors after it."""
    notice = _NOTICE.match(title)
    rest = title[notice.end() :] if notice else title
    return _EDITED_BY.sub("", rest) or title


def _glued(mine: str, theirs: str) -> bool:
    """Return whether two titles without their blanks share nearly all letters."""
    matcher = SequenceMatcher(None, mine, theirs, autojunk=False)
    return matcher.real_quick_ratio() >= _GLUED and matcher.ratio() >= _GLUED


def _about(short: str, long: str) -> bool:
    """Return whether a title is another one after a word such as *correction* or *comment*."""
    head = long.removesuffix(f" {short}").split()
    return head != long.split() and len(head) <= _ENOUGH_WORDS and not ABOUT.isdisjoint(head)


def _renumbered(mine: list[str], theirs: list[str]) -> bool:
    """Return whether titles differ only in numbers, as far as the shorter goes: part I, part II.

    Titles of less than three words do not count, and neither do years without their century.
    """
    if min(len(mine), len(theirs)) < _ENOUGH_WORDS:
        return False
    pairs = [(a, b) for a, b in zip(mine, theirs, strict=False) if not alike(a, b)]
    return (
        bool(pairs)
        and all(a.isdecimal() and b.isdecimal() for a, b in pairs)
        and not all(_same_year(a, b) or _same_year(b, a) for a, b in pairs)
    )


def _same_year(short: str, long: str) -> bool:
    """Return whether a number is a year without its century, such as 18 in 1914-18."""
    return (len(short), len(long)) == _YEAR_CUT and long.endswith(short)


def _part(short: str, long: str, whole: str) -> bool:
    """Return whether a title is the first or the last part of another one.

    Three words are enough, and fewer if the longer title has a pause there, such as a colon.
    """
    tight = short.replace(" ", "")
    if len(short.split()) > _ENOUGH_WORDS and long.endswith(f" {short}"):
        before = long.removesuffix(f" {short}").split()[-1:]
        return not is_negated(before, [])
    if not long.replace(" ", "").startswith(tight):
        return False
    if len(short.split()) >= _ENOUGH_WORDS:
        return True
    return any(
        bare_words(whole[: pause.start()]).replace(" ", "") == tight
        for pause in _BOUNDARY.finditer(whole)
    )


def _share(mine: list[str], theirs: list[str]) -> float:
    """Return the share of words, by their weight, that two titles have in common and in order.

    Two forms of one word count as the same; without words the share is 0.
    """
    matcher = SequenceMatcher(None, mine, theirs, autojunk=False)
    total = sum(map(_weight, mine)) + sum(map(_weight, theirs))
    common = 0.0
    for kind, start, end, their_start, their_end in matcher.get_opcodes():
        if kind == "equal":
            common += 2 * sum(map(_weight, mine[start:end]))
        elif kind == "replace":
            for word, other in zip(mine[start:end], theirs[their_start:their_end], strict=False):
                if _same_stem(word, other):
                    common += _weight(word) + _weight(other)
    return common / total if total else 0.0


def _weight(word: str) -> float:
    """Return how much a word tells: articles and prepositions little, long words a bit more."""
    return _STOP_WEIGHT if word in _STOP or word in _JOINING else 1.0 + min(len(word), 10) / 20
