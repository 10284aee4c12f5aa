"""Reduce texts to plain words in lower case, which can be compared.

Case, markup, accents, ligatures, quotes, dashes, and the spelling of Greek letters and of Latin
letters beyond ASCII are habits of writing. They are removed, and the rest is compared.
"""

from __future__ import annotations

import html
import re
import unicodedata
from functools import lru_cache

__all__ = ["bare_words", "latin", "squeeze", "words"]

_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_ANNOTATION = re.compile(r"<mml:annotation.*?</mml:annotation>", re.DOTALL)
_APOSTROPHE = re.compile(r"['’‘ʼʹ′`´ʻ]")
_NO_WORD = re.compile(r"[\W_]+")
_TEX_COMMAND = re.compile(r"\\([A-Za-z]+)\*?")
_GREEK_WORDS = """
alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho
final_sigma sigma tau upsilon phi chi psi omega
"""
_GREEK = _GREEK_WORDS.split()  # in the order of their code points
_LETTERS = {
    **{0x3B1 + place: name.removeprefix("final_") for place, name in enumerate(_GREEK)},
    **{
        ord(char): spelled
        for char, spelled in {
            "ø": "o", "æ": "ae", "œ": "oe", "å": "a", "ł": "l", "đ": "d", "ð": "d", "þ": "th",
            "ı": "i", "ŋ": "ng", "ə": "e", "ħ": "h", "ŧ": "t", "ϵ": "epsilon", "ϑ": "theta",
            "ϕ": "phi", "µ": "mu", "∂": "d", "×": " x ", "∞": " infinity ", "&": " and ",
        }.items()
    },
}  # fmt: skip
# Letters of other scripts that look like Latin ones; in one word with Latin letters they are slips
# of the publisher's file (a Greek capital kappa before "ita"). Greek small letters stay: κ in NFκB.
_LOOK_ALIKES = str.maketrans(
    "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧοАВЕКМНОРСТУХаеорсухіј", "ABEZHIKMNOPTYXoABEKMHOPCTYXaeopcyxij"
)
_GREEK_NAMES = {*(name.removeprefix("final_") for name in _GREEK), "infinity"}
_GREEK_NAMES |= {f"var{name}" for name in _GREEK_NAMES}
_LATIN_SHARE = 0.5


@lru_cache(maxsize=8192)
def bare_words(text: str) -> str:
    """Return the words of a text in lower case, without accents, marks and markup.

    One blank stands between two words: ``<i>Über</i> den Fluß!`` gives ``uber den fluss``.
    """
    if "<" in text or "&" in text:
        text = _TAG.sub("", html.unescape(html.unescape(_ANNOTATION.sub("", text))))
    if "\\" in text or "$" in text:
        text = _TEX_COMMAND.sub(_tex_word, text).replace("$", "")
        text = re.sub(r"[{}^]|_(?=[{\w])", "", text)
    text = _APOSTROPHE.sub("", text)
    if text.isascii():
        text = text.lower().replace("&", " and ")
    else:
        text = _latin_words(unicodedata.normalize("NFKD", text)).casefold()
        text = "".join(char for char in text if not unicodedata.combining(char))
        text = text.casefold().translate(_LETTERS)
    return _NO_WORD.sub(" ", text).strip()


def _tex_word(command: re.Match[str]) -> str:
    """Return the name of a Greek letter for its TeX command, and a blank for any other command."""
    name = command[1]
    return name.removeprefix("var") if name.lower() in _GREEK_NAMES else " "


def _latin_words(text: str) -> str:
    """Return a text in which look-alikes of Latin letters are Latin, in words that have both."""
    if text.isascii() or not any("Α" <= char <= "я" or char in "іј" for char in text):
        return text
    return " ".join(
        word.translate(_LOOK_ALIKES)
        if any(char.isascii() and char.isalpha() for char in word)
        else word
        for word in text.split()
    )


def words(text: str) -> list[str]:
    """Return the folded words of a text."""
    return bare_words(text).split()


def squeeze(text: str) -> str:
    """Return the folded text without blanks, so that words joined or split by mistake are equal."""
    return bare_words(text).replace(" ", "")


def latin(text: str) -> bool:
    """Return whether at least half of a text's letters are Latin; also true without letters."""
    if text.isascii():
        return True
    letters = [char for char in text if char.isalpha()]
    return sum(char < "\u0250" for char in letters) >= _LATIN_SHARE * len(letters)
