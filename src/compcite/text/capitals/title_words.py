"""A title as words: where sentences begin in it, what is protected, what stands beside what."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from compcite.text.capitals.proper_names import is_epithet
from compcite.text.capitals.word_lists import words_of
from compcite.text.markup import ANY_TAG, PROTECTED

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["BEFORE_NAMES", "HYPHENS", "Title", "Word", "title_words"]

HYPHENS = ("-", "‐", "‑")
"""What joins the parts of a compound."""

# A modifier letter before a word, as the ʿ of ʿAlī, has no case and is no part of it.
_WORD = re.compile(r"(?![ʰ-˿])[^\W_]+(?:['’][^\W\d_]+)*")
_ENDS = re.compile(r"(?:[:?!.…—]|\s–)\s*+[\"“‘'(«\[]*+\s*+$")
_SUBTITLE = re.compile(r"[:?!]\s+[\"“‘'(«\[]*$")
_INITIAL = re.compile(r"(?<![^\W_])[A-Z]\.\s?$")
# A word with a stop: letters each with a stop (U.S.), or one word (vs.).
_STOPPED = re.compile(r"(?<![^\W_])((?:[^\W\d_]\.){2,}|[^\W\d_]+\.)\s+[\"“‘'(«\[]*$")
_LETTERED = words_of("letters with stops")
_ABBREVIATED = words_of("abbreviations")
_NO_VOWEL = re.compile(r"[^\W\d_aeiouyäöüáéíóúàèìòùâêîôûåæøœAEIOUY]{2,5}\.")
BEFORE_NAMES = words_of("before names")
"""Abbreviations that stand before the name of a person or a place, with their stops."""

_QUOTATION = re.compile(r"(?:^|[\s(\[])[\"“‘«](?:\w[\w'‐-]*[,:]?\s){3}")
_BEFORE_QUOTED = 2  # characters: the blank and the quote
_REACH = 40  # characters before a word that tell whether a sentence begins with it


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a title, with its offsets in the text without markup.

    ``first`` says that a sentence begins with it, ``subtitle`` that a subtitle does, and
    ``protected`` that its case must stay.
    """

    text: str
    start: int
    end: int
    first: bool
    subtitle: bool
    protected: bool

    @property
    def lower(self) -> str:
        """The word in small letters, with a typographic apostrophe."""
        return self.text.lower().replace("'", "’")

    @property
    def capitalized(self) -> bool:
        """Whether it begins with a capital and has no other."""
        return self.text[0].isupper() and self.text[1:].islower()


@dataclass(frozen=True, slots=True)
class Title:
    """A title without its markup, its words, and where each character stands in the markup."""

    text: str
    words: Sequence[Word]
    places: Sequence[int]

    def before(self, index: int) -> Word | None:
        """The word before the word at ``index``, whatever stands between; None if there is none."""
        return self.words[index - 1] if 0 < index <= len(self.words) else None

    def after(self, index: int) -> Word | None:
        """The word after the word at ``index``, whatever stands between; None if there is none."""
        return self.words[index + 1] if -1 <= index < len(self.words) - 1 else None

    def joined_before(self, index: int) -> Word | None:
        """The word before, if only a blank or a hyphen stands between; else None."""
        return self.before(index) if self.between(index - 1) in _JOINTS else None

    def joined_after(self, index: int) -> Word | None:
        """The word after, if only a blank or a hyphen stands between; else None."""
        return self.after(index) if self.between(index) in _JOINTS else None

    def joined(self, start: int, end: int) -> bool:
        """Whether blanks or hyphens alone are between the words of a slice."""
        return all(self.between(index) in _JOINTS for index in range(start, end - 1))

    def between(self, index: int) -> str | None:
        """What stands between a word and the next; None where one of them is missing."""
        if not 0 <= index < len(self.words) - 1:
            return None
        return self.text[self.words[index].end : self.words[index + 1].start]


_JOINTS = frozenset((" ", "\N{NO-BREAK SPACE}", *HYPHENS))


def title_words(title: str) -> Title:
    """Return the words of a title, which can have the markup of CSL-JSON."""
    pieces: list[str] = []
    protected: list[bool] = []
    places: list[int] = []
    depth = at = 0
    for piece in ANY_TAG.split(title):
        if ANY_TAG.fullmatch(piece):
            depth = _depth(piece, depth)
        else:
            pieces.append(piece)
            protected.extend([bool(depth)] * len(piece))
            places.extend(range(at, at + len(piece)))
        at += len(piece)
    text = "".join(pieces)
    words = [
        Word(
            match[0],
            match.start(),
            match.end(),
            index == 0 or _begins(text, match.start(), match[0]),
            index > 0
            and _SUBTITLE.search(text[max(0, match.start() - _REACH) : match.start()]) is not None,
            protected[match.start()],
        )
        for index, match in enumerate(_WORD.finditer(text))
    ]
    return Title(text, words, places)


def _begins(text: str, start: int, word: str) -> bool:
    """Whether a sentence, or a quotation of several words, begins with the word at ``start``.

    A full stop before it does not always end a sentence: not after the initial of a genus (``E.
    coli``), and not after an abbreviation (``vs.``). After a title such as ``Dr.`` a name follows,
    which keeps its capital as a first word does.
    """
    before = text[max(0, start - _REACH) : start]
    if _INITIAL.search(before) and is_epithet(word):
        return False
    if stopped := _STOPPED.search(before):
        return not _is_abbreviation(stopped[1])
    quotation = _QUOTATION.match(text, max(start - _BEFORE_QUOTED, 0))
    return _ENDS.search(before) is not None or quotation is not None


def _is_abbreviation(stopped: str) -> bool:
    """Whether a word with its stop is an abbreviation: ``vs.``, but not ``Dr.`` before a name."""
    lower = stopped.lower()
    if lower in BEFORE_NAMES:
        return False
    return lower in _LETTERED or lower in _ABBREVIATED or _NO_VOWEL.fullmatch(stopped) is not None


def _depth(tag: str, depth: int) -> int:
    """Return how deep in protected text the place after a tag is; other spans count in it."""
    if tag == PROTECTED or (depth and tag.startswith("<span")):
        return depth + 1
    return depth - 1 if depth and tag == "</span>" else depth
