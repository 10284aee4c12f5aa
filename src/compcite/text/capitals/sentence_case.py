"""Titles from Title Case to sentence case, as biblatex and pandoc convert those of BibTeX.

Kept are what braces protect (``<span class="nocase">``), acronyms and other words with a capital
beyond the first letter, words with digits, single letters but the article, the first word, the
first word behind a colon or the end of a sentence, and proper nouns: those that are known or have
the form of one (:mod:`.proper_names`), those that the words beside them give away
(:mod:`.evident_names`), and those that other titles and keywords of the list do.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from compcite.text.capitals.evident_names import is_named
from compcite.text.capitals.proper_names import is_foreign
from compcite.text.capitals.title_words import HYPHENS, title_words
from compcite.text.capitals.word_lists import words_of
from compcite.text.markup import PROTECTED

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Set as AbstractSet

    from compcite.text.capitals.title_words import Title, Word

__all__ = [
    "is_english",
    "is_title_case",
    "proper_nouns",
    "sentence_case",
    "without_title_case",
]

_SMALL = words_of("small words")
_ENOUGH = 0.75  # the share of capitalized words from which a title is in Title Case
_HALF = 0.5  # and below which it is in sentence case
_FEW = 2

_FOREIGN = words_of("foreign words")
_ENGLISH = _SMALL - _FOREIGN
_GERMAN = re.compile(
    r"\w{4,}(?:ung|ungen|keit|keiten|heit|heiten|schaft|ische[nrsm]?|liche[nrsm]?)"
)
_OTHER_SCRIPT = re.compile(r"[Ͱ-\uffff]{2}")  # two letters: a Greek one may be a symbol
_BETWEEN_KEYWORDS = re.compile(r"[;,\n]")


def is_title_case(title: str, fewest: int = 1) -> bool:
    """Whether a title capitalizes at least three of four words that sentence case would not.

    The first word, words behind a colon, small words (of, the), single letters and protected words
    do not count; ``fewest`` of the others have to be there.
    """
    capital, counted = _capitals(title_words(title))
    return counted >= fewest and capital >= _ENOUGH * counted


def is_english(title: str) -> bool:
    """Whether nothing says that a title is in another language.

    What says so are its small words, German endings, diacritics and other scripts. As many small
    English words as foreign ones outweigh all of this.
    """
    read = title_words(title)
    words = {
        word.lower
        for word in read.words
        if len(word.text) > 1 or read.text[word.end : word.end + 1] not in HYPHENS
    }
    foreign, english = words & _FOREIGN, words & _ENGLISH
    told = any(_GERMAN.fullmatch(word) or _OTHER_SCRIPT.search(word) for word in words) or any(
        word.text.islower() and is_foreign(word.text) for word in read.words
    )
    return len(foreign) <= len(english) and (bool(english) or not told)


def proper_nouns(titles: Iterable[str], keywords: Iterable[str] = ()) -> set[str]:
    """The words, in lower case, that the titles and keywords of a list show to be proper nouns.

    Such a word has a capital inside a title in sentence case, or in a field of keywords most of
    which begin with small letters. A word that stands anywhere in small letters is none.
    """
    found: set[str] = set()
    common: set[str] = set()
    for title in titles:
        read = title_words(title)
        capital, counted = _capitals(read)
        if counted >= _FEW and capital < _HALF * counted:
            found.update(
                word.lower
                for word in read.words
                if word.capitalized and not word.first and not word.protected
            )
        common.update(word.lower for word in read.words if word.text.islower())
    for field in keywords:
        several = [keyword.strip() for keyword in _BETWEEN_KEYWORDS.split(field)]
        words = [word for keyword in several for word in title_words(keyword).words]
        if 2 * sum(keyword[:1].islower() for keyword in several) > len(several):
            found.update(word.lower for word in words if word.capitalized)
        common.update(word.lower for word in words if word.text.islower())
    return found - common


def sentence_case(title: str, proper: AbstractSet[str] = frozenset()) -> str:
    """The title in sentence case.

    An English title in Title Case is lowered, except for names. In every English title, the first
    word of a subtitle gets a capital. ``proper`` holds more names, in lower case. Titles in other
    languages stay. The title may hold the markup of CSL-JSON, which stays.
    """
    if not is_english(title):
        return title
    read = title_words(title)
    lowers = is_title_case(title)
    letters = list(title)
    for index, word in enumerate(read.words):
        place = read.places[word.start]
        if word.protected or _is_special(word.text) or read.text.startswith("://", word.end):
            continue  # "https" of a URL is no word
        if word.subtitle:
            letters[place] = _capital(word)
        elif lowers and not word.first and not is_named(read, index, proper):
            letters[place] = word.text[0].lower()
    return "".join(letters)


def without_title_case(title: str) -> str:
    """Return a title so that a style which makes Title Case changes it only if it is English.

    A title in another language is put into a ``nocase`` span; an English one stays.
    """
    return title if is_english(title) else f"{PROTECTED}{title}</span>"


def _capital(word: Word) -> str:
    """Return the first letter of a word as a capital, if it has one.

    A single letter other than "a" is a symbol, and stays.
    """
    letter = word.text[0]
    if len(word.text) == 1 and word.lower != "a":
        return letter
    return letter.upper() if letter.upper().lower() == letter else letter


def _is_special(word: str) -> bool:
    """Whether a word has a digit, or a capital beyond its first letter."""
    return any(char.isdigit() for char in word) or any(char.isupper() for char in word[1:])


def _capitals(title: Title) -> tuple[int, int]:
    """Return how many words of a title have a capital, and how many words were counted.

    The first word, small words, protected words, single letters and the second part of
    ``Self-Kindness`` are not counted.
    """
    counted = [
        word
        for word in title.words
        if not word.first
        and not word.protected
        and word.lower not in _SMALL
        and len(word.text) > 1
        and word.text[0].isalpha()
        and title.text[word.start - 1] not in HYPHENS  # what follows one is written either way
    ]
    return sum(word.text[0].isupper() for word in counted), len(counted)
