"""Letter case as the Citation Style Language wants it (specification, "Text-case").

Text may hold the markup of CSL-JSON. Tags are passed over, and what stands in
``<span class="nocase">``, in small capitals or in super- and subscript keeps its case.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from compcite.text.capitals.word_lists import words_of

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["capitalize_all", "capitalize_first", "lower", "sentence", "title", "upper"]

_TAG = re.compile(r"(</?(?:i|b|sup|sub|sc)>|<span [^<>]*>|</span>)")
_KEEPS_CASE = re.compile(r'<(?:sup|sub|sc|span class="nocase"|span style="font-variant:.*)>$')
_WORD = re.compile(r"[^\s\-‐‑–—/]+")
_CORE = re.compile(r"\w")
# The first sign that has a case: a modifier letter, as the ʿ of ʿAlī, has none.
_FIRST = re.compile(r"(?![ʰ-˿])\w")
_ENDS_SENTENCE = (":", "?", "!")  # a full stop mostly ends an abbreviation: Roe v. the State
_REACH = 40  # signs before a word that tell whether a sentence begins with it
_OPENING = "\"'“‘«‹([{¿¡„‚"

# Words that title case leaves small inside a title (specification, "Title Case Conversion",
# which names articles, conjunctions and prepositions; the list is citeproc's customary one).
STOP_WORDS = words_of("stop words")


def lower(text: str, language: str = "") -> str:
    """Return ``text`` in lower case; protected parts and tags stay."""
    return _outside_nocase(text, _turkish(language, str.lower, "Iİ", "ıi"))


def upper(text: str, language: str = "") -> str:
    """Return ``text`` in upper case; protected parts and tags stay."""
    return _outside_nocase(text, _turkish(language, str.upper, "ıi", "Iİ"))


def capitalize_first(text: str, language: str = "") -> str:
    """Return ``text`` with a capital at the beginning of its first word.

    A first word that is protected or has a capital inside (``iPhone``) stays.
    """
    read = _Letters(text)
    first = next((word for word in _WORD.finditer(read.text) if _FIRST.search(word[0])), None)
    if first is not None:
        read.capitalize(first, language)
    return read.whole()


def capitalize_all(text: str, language: str = "") -> str:
    """Return ``text`` with a capital at the beginning of every word in lower case.

    Protected words stay.
    """
    read = _Letters(text)
    for word in _WORD.finditer(read.text):
        read.capitalize(word, language)
    return read.whole()


def sentence(text: str, language: str = "") -> str:
    """Return ``text`` in sentence case: "Men of Mark: an IBM Story" is "Men of mark: an IBM story".

    A text all in capitals is lowered. In other English text each word but the first is lowered if
    only its first letter is a capital, as in citeproc-js; so a name must be protected. Acronyms and
    words such as LaTeX stay. In other languages only the first word changes: it gets a capital.
    """
    pieces, keeps = _split(text)
    plain = "".join(p for p, keep in zip(pieces, keeps, strict=True) if not keep and p[:1] != "<")
    if plain.isupper():
        return capitalize_first(lower(text, language), language)
    read = _Letters(text)
    words = [word for word in _WORD.finditer(read.text) if _FIRST.search(word[0])]
    for word in words[:1]:
        read.capitalize(word, language)
    for word in words[1:] if language[:2].lower() == "en" else ():
        read.lower(word)
    return read.whole()


def title(text: str, language: str = "") -> str:
    """Return ``text`` in English title case.

    Words in lower case get a capital. A stop word such as "of" gets one only at the beginning or
    the end of the text, or after a colon or the like. A word with a capital stays as it is, and so
    does a single letter, which is a symbol, unless it begins the text or a compound (*e-mail*).
    """
    read = _Letters(text)
    words = [word for word in _WORD.finditer(read.text) if _CORE.search(word[0])]
    for number, match in enumerate(words):
        before = read.text[max(0, match.start() - _REACH) : match.start()]
        after = read.text[match.end() : match.end() + 1]
        first = number == 0 or before.rstrip().rstrip(_OPENING).rstrip().endswith(_ENDS_SENTENCE)
        inside = not first and number != len(words) - 1
        word = match[0]
        if inside and _is_stop_word(word) and (after != "-" or before[-1:] == "-"):
            continue
        prefixed = after == "-" and before[-1:] != "-" and word.isascii()
        if not first and len(word) == 1 and not prefixed:
            continue  # a symbol, or a word of another language; but "e-learning"
        read.capitalize(match, language)
    return read.whole()


class _Letters:
    """The letters of a text without its tags, some of them to be made capitals.

    A tag inside a word does not end the word: ``<i>E</i>lectron`` is one.
    """

    def __init__(self, text: str) -> None:
        """Read the text; nothing is changed yet."""
        self._pieces, keeps = _split(text)
        self.text = "".join(piece for piece in self._pieces if not _TAG.fullmatch(piece))
        self._keeps = [
            keep
            for piece, keep in zip(self._pieces, keeps, strict=True)
            if not _TAG.fullmatch(piece)
            for _ in piece
        ]
        self._changed = list(self.text)

    def capitalize(self, word: re.Match[str], language: str) -> None:
        """Make the first letter of a word a capital, unless it is protected.

        A word with a capital inside, such as iPhone, stays.
        """
        self._write(word, _capitalize(word[0], language))

    def lower(self, word: re.Match[str]) -> None:
        """Lower a word that has a capital at its beginning only, unless it is protected.

        A word with other capitals, such as LaTeX, stays; an "A" alone is the article and is
        lowered.
        """
        letters = "".join(filter(str.isalnum, word[0]))
        if letters[1:].islower() or letters == "A":
            self._write(word, word[0].lower())

    def _write(self, word: re.Match[str], letters: str) -> None:
        """Write ``letters`` in the place of a word of the same length, except protected ones."""
        for at, letter in enumerate(letters, start=word.start()):
            if not self._keeps[at]:
                self._changed[at] = letter

    def whole(self) -> str:
        """The text with all changes so far, and with its tags."""
        out, at = [], 0
        for piece in self._pieces:
            if _TAG.fullmatch(piece):
                out.append(piece)
            else:
                out += self._changed[at : at + len(piece)]
                at += len(piece)
        return "".join(out)


def _is_stop_word(word: str) -> bool:
    """Return whether a word is one that title case writes in small letters.

    So are also words that begin with ``d'`` or ``l'``.
    """
    bare = word.strip(_OPENING + ",;)]}”’»›").lower()
    return bare.rstrip(".") in STOP_WORDS or bare.startswith(("d'", "d’", "l'", "l’"))


def _capitalize(word: str, language: str) -> str:
    """Return ``word`` with a capital as its first letter, if its letters are all small.

    A letter without a single capital, such as "ß", stays.
    """
    match = _FIRST.search(word)
    if match is None:
        return word
    first = match.start()
    run = re.match(r"\w+", word[first:])
    if run and not run.group().islower():
        return word
    capital = "İ" if word[first] == "i" and _is_turkic(language) else word[first].upper()
    if len(capital) != 1:  # ß and ligatures have no single capital
        return word
    return word[:first] + capital + word[first + 1 :]


def _split(text: str) -> tuple[list[str], list[bool]]:
    """Return the pieces of ``text``, tags and runs of text, and for each whether it keeps its case.

    A piece keeps it within a ``nocase`` span, small capitals, or super- and subscript.
    """
    if "<" not in text:
        return [text], [False]
    pieces = _TAG.split(text)
    keeps: list[bool] = []
    open_tags: list[bool] = []
    for piece in pieces:
        keeps.append(any(open_tags))
        if piece.startswith("</") and open_tags:
            open_tags.pop()
        elif _TAG.fullmatch(piece):
            open_tags.append(_KEEPS_CASE.match(piece) is not None)
    return pieces, keeps


def _outside_nocase(text: str, change: Callable[[str], str]) -> str:
    """Return the text with ``change`` applied to what is not protected and not a tag."""
    pieces, keeps = _split(text)
    return "".join(
        piece if keep or _TAG.fullmatch(piece) else change(piece)
        for piece, keep in zip(pieces, keeps, strict=True)
    )


def _is_turkic(language: str) -> bool:
    """Return whether a language has a dotted and a dotless i."""
    return language[:2].lower() in {"tr", "az"}


def _turkish(
    language: str, change: Callable[[str], str], letters: str, counterparts: str
) -> Callable[[str], str]:
    """Return ``change`` for a language: in Turkish and Azerbaijani, i has its own counterparts.

    There ``letters`` are first replaced by ``counterparts``, such as "i" by "İ".
    """
    if not _is_turkic(language):
        return change
    table = str.maketrans(letters, counterparts)
    return lambda piece: change(piece.translate(table))
