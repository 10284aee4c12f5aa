"""Choose the words of a title for a search in which a record must have all words.

One word that the record spells differently would hide the work. Short words are often left out or
written as signs (*of*, *&*), a word with an apostrophe is one word to some services and two to
others (*model's*), and subtitles are often missing in records. So only the longest words of the
main title are used.
"""

from __future__ import annotations

import re
import unicodedata

__all__ = ["all_words", "search_words"]

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_SUBTITLE = re.compile(r"[:?!.]\s|\s[-–—]+\s|—")
_SHORTEST = 4  # letters of a word that is asked for
_ENOUGH = 3  # words of a main title that find it without the subtitle
_MOST = 6  # words that are asked for; more of them find no other works


def all_words(text: str) -> list[str]:
    """Return the words of a text in lower case, split as the services split it."""
    return [word.lower() for word in _WORD.findall(unicodedata.normalize("NFC", text))]


def search_words(title: str) -> list[str]:
    """Return the words of a title to search for, in their order; at most six, the longest ones.

    Words with an apostrophe are left out, and words of less than four letters, unless there are no
    longer ones. The subtitle's words are used only if fewer than three are left of the main title.
    """
    main = _SUBTITLE.split(title, maxsplit=1)[0]
    words = _long_words(main)
    if len(words) < _ENOUGH:
        words = _long_words(title)
    longest = sorted(words, key=len, reverse=True)[:_MOST]
    return [word for word in words if word in longest]


def _long_words(text: str) -> list[str]:
    """Return the words of at least four letters, each once; all words if none is so long.

    Words with an apostrophe are left out.
    """
    words = list(dict.fromkeys(word for word in all_words(text) if word.isalnum()))
    return [word for word in words if len(word) >= _SHORTEST] or words
