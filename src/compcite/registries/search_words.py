"""The words of a title that a search asks for, where a service wants all of them in a record.

One word that the record spells otherwise would hide the work. Short words are often left out or
written as signs (*of*, *&*), a word beside an apostrophe is one word to some services and two to
others (*model's*), and subtitles are often missing in records. So the longest words of the main
title are asked for, and no others.
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
    """The words of a text in lower case, as the services take it apart."""
    return [word.lower() for word in _WORD.findall(unicodedata.normalize("NFC", text))]


def search_words(title: str) -> list[str]:
    """The words of a title to ask for, in its order; the longest where there are many."""
    main = _SUBTITLE.split(title, maxsplit=1)[0]
    words = _long_words(main)
    if len(words) < _ENOUGH:
        words = _long_words(title)
    longest = sorted(words, key=len, reverse=True)[:_MOST]
    return [word for word in words if word in longest]


def _long_words(text: str) -> list[str]:
    """The words that are long enough, each once; all of them where none is."""
    words = list(dict.fromkeys(word for word in all_words(text) if word.isalnum()))
    return [word for word in words if len(word) >= _SHORTEST] or words
