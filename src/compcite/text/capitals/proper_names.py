"""Words that English capitalizes wherever they stand.

They are told by their form as far as they have one (``-ian``, ``-ese``, ``-aceae``, ``-cene``),
and for the rest by small closed classes: countries and their larger parts, seas and rivers, the
calendar, faiths, and persons by whom laws, numbers and diseases are called.
"""

from __future__ import annotations

import re
from functools import lru_cache

from compcite.text.capitals.word_lists import words_of

__all__ = [
    "ELEMENTS",
    "GEOGRAPHIC",
    "NAMES",
    "is_epithet",
    "is_foreign",
    "is_genus",
    "is_place",
    "is_proper",
    "is_taxon",
]

_PLACE_NAMES = words_of("places")
NAMES = _PLACE_NAMES.union(*map(words_of, ("peoples", "faiths", "calendar", "persons")), ["i"])
"""The names that no form gives away, in lower case."""

GEOGRAPHIC = words_of("geographic")
"""Words that become part of the name of a place that they follow."""

ELEMENTS = words_of("elements")
"""Symbols of chemical elements in two letters that are no English words."""

# What is formed from names of persons and places, and what looks as if it were.
_OF_NAMES = re.compile(
    r"(?:ian|ians|ean|eans|ese)$(?<!.arian)(?<!.arians)(?<!ician)(?<!icians)(?<!cean)(?<!ceans)"
    r"(?<!manganese)(?<!these)(?<!diocese)(?<!archdiocese)(?<!.cheese)"
)
_SHORTEST_STEM = 2  # letters
_SHORTEST = 6  # letters: Asian has five and is known; ocean, mean, these are no names
_COMMON = words_of("common")
_TAXA = re.compile(
    r".{3,}(?:idae|inae|aceae|oidea|[oi]ptera|iformes|mycota|mycetes|viridae|bacteriales|virales)$"
)
_AGES = re.compile(
    r"(?:pleisto|holo|mio|eo|plio|oligo|pala?eo|anthropo)cene|(?:ceno|meso|pala?eo|protero)zoic"
    r"|(?:tri|jur)assic"
)
# English words have no diacritics but for some from French; names have.
_DIACRITIC = re.compile(r"[à-öø-ÿāăćčęěğłńňōőřśşšťūůźżž]")
_FRENCH = words_of("french")
_SUFFIXES = ("ization", "isation", "izing", "ized", "ism", "ist", "ists", "ness", "’s", "'s", "s")
_DEMONYMS = ("n", "an", "ans", "i", "is", "ns")

# Latin, as the names of species are. The endings are those of adjectives and genitives; words that
# English took over from Latin are not among them, and diseases (-itis, -osis, -emia, -oma) neither.
_GENUS = re.compile(r"[a-z]{2,}(?:us|a|um|is|as|os|es|ax|ex|ix|ys|cter|ops)$(?<!ous)(?<!oides)")
_EPITHET = re.compile(
    r"[a-z]{2,}(?:us|um|ii|ri|li|ni|di|ti|ae|ensis|ense|oides|alis|aris|ilis|ans|ens|aster"
    r"|[nrtc]ana|ina|osa|ata|ica|lla|ula|era|ida|ita|ifera|folia|flora|ensa|ris|nis|dis|vis|lis|is)$(?<!ous)"
)
_NO_LATIN = re.compile(
    r"(?:[aeioy]s[ei]s|itis|oma|emia|opsia|uria|pathia|ics|ions?|ness|ments?|ates?)$"
)
_ENGLISH = words_of("latin")


@lru_cache(maxsize=10_000)  # titles of a list share most of their words
def is_proper(word: str) -> bool:
    """Whether a word is a name, or formed from one: ``Peru``, ``Peruvian``, ``Precambrian``.

    Its case does not matter.
    """
    lower = word.lower()
    if lower in NAMES or _is_formed(lower):
        return True
    if lower.startswith(("non", "pan", "pre")) and lower[3:] in NAMES:
        return True
    for suffix in _SUFFIXES:
        stem = lower.removesuffix(suffix)
        if stem != lower and len(stem) > _SHORTEST_STEM and (stem in NAMES or _is_formed(stem)):
            return True
    return any(lower.removesuffix(end) in _PLACE_NAMES for end in _DEMONYMS if lower.endswith(end))


def is_place(word: str) -> bool:
    """Whether a word names a place: a country or a larger part of one, a sea, a great city."""
    return word.lower() in _PLACE_NAMES


def is_taxon(word: str) -> bool:
    """Whether a word ends as the names of groups of living beings do: families, orders and such."""
    return _TAXA.match(word.lower()) is not None


def is_foreign(word: str) -> bool:
    """Whether a word has a diacritic and is none that English took over from French."""
    lower = word.lower()
    return _DIACRITIC.search(lower) is not None and lower not in _FRENCH


def _is_formed(lower: str) -> bool:
    """Whether the form of a word says that it is a name; it is given in small letters.

    Forms are endings (``-ian``, ``-idae``), names of ages, and diacritics; known exceptions do not
    count.
    """
    if lower in _COMMON:
        return False
    if is_foreign(lower):
        return True
    of_names = len(lower) >= _SHORTEST and _OF_NAMES.search(lower) is not None
    return of_names or _TAXA.match(lower) is not None or _AGES.fullmatch(lower) is not None


def is_genus(word: str) -> bool:
    """Whether a word may be the Latin name of a genus."""
    return _is_latin(word.lower(), _GENUS)


def is_epithet(word: str) -> bool:
    """Whether a word may be what follows a genus in the name of a species."""
    return _is_latin(word.lower(), _EPITHET)


def _is_latin(lower: str, form: re.Pattern[str]) -> bool:
    """Return whether a word matches a Latin ``form``, and is no English word or known name."""
    return (
        form.match(lower) is not None
        and _NO_LATIN.search(lower) is None
        and lower not in _ENGLISH
        and lower not in NAMES
    )
