"""Letter case as the Citation Style Language wants it (specification, "Text-case").

Text may hold the markup of CSL-JSON. Tags are passed over, and what stands in
``<span class="nocase">``, in small capitals or in super- and subscript keeps its case.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["capitalize_all", "capitalize_first", "lower", "sentence", "title", "upper"]

_TAG = re.compile(r"(</?(?:i|b|sup|sub|sc)>|<span [^<>]*>|</span>)")
_KEEPS_CASE = re.compile(r'<(?:sup|sub|sc|span class="nocase"|span style="font-variant:.*)>$')
_WORD = re.compile(r"[^\s\-‐‑–—/]+")
_CORE = re.compile(r"\w")
_ENDS_SENTENCE = (":", "?", "!")  # a full stop mostly ends an abbreviation: Roe v. the State
_OPENING = "\"'“‘«‹([{¿¡„‚"

# Words that title case leaves small inside a title (specification, "Title Case Conversion",
# which names articles, conjunctions and prepositions; the list is citeproc's customary one).
STOP_WORDS = frozenset(
    {
        "a",
        "about",
        "above",
        "according",
        "across",
        "afore",
        "after",
        "against",
        "al",
        "along",
        "alongside",
        "amid",
        "amidst",
        "among",
        "amongst",
        "an",
        "and",
        "anenst",
        "apropos",
        "apud",
        "around",
        "as",
        "aside",
        "astride",
        "at",
        "athwart",
        "atop",
        "barring",
        "before",
        "behind",
        "below",
        "beneath",
        "beside",
        "besides",
        "between",
        "beyond",
        "but",
        "by",
        "c",
        "ca",
        "circa",
        "d",
        "d'",
        "d’",
        "de",
        "despite",
        "down",
        "during",
        "et",
        "except",
        "for",
        "forenenst",
        "from",
        "given",
        "in",
        "inside",
        "into",
        "lest",
        "like",
        "modulo",
        "near",
        "nor",
        "notwithstanding",
        "of",
        "off",
        "on",
        "onto",
        "or",
        "out",
        "over",
        "per",
        "plus",
        "pro",
        "qua",
        "sans",
        "since",
        "so",
        "than",
        "the",
        "through",
        "thru",
        "throughout",
        "thruout",
        "till",
        "to",
        "toward",
        "towards",
        "under",
        "underneath",
        "until",
        "unto",
        "up",
        "upon",
        "v",
        "v.",
        "van",
        "versus",
        "via",
        "vis-à-vis",
        "von",
        "vs",
        "vs.",
        "with",
        "within",
        "without",
        "yet",
    }
)


def lower(text: str, language: str = "") -> str:
    """Return ``text`` in lower case."""
    return _outside_nocase(text, _turkish(language, str.lower, "Iİ", "ıi"))


def upper(text: str, language: str = "") -> str:
    """Return ``text`` in upper case."""
    return _outside_nocase(text, _turkish(language, str.upper, "ıi", "Iİ"))


def capitalize_first(text: str, language: str = "") -> str:
    """Return ``text`` with a capital at the beginning of its first word."""
    pieces, keeps = _split(text)
    for index, piece in enumerate(pieces):
        if piece and not piece.startswith("<") and _CORE.search(piece):
            if not keeps[index]:
                pieces[index] = _capitalize(piece, language)
            break
    return "".join(pieces)


def capitalize_all(text: str, language: str = "") -> str:
    """Return ``text`` with a capital at the beginning of every word in lower case."""

    def each(match: re.Match[str]) -> str:
        return _capitalize(match.group(), language)

    return _outside_nocase(text, lambda piece: _WORD.sub(each, piece))


def sentence(text: str, language: str = "") -> str:
    """Return ``text`` in sentence case; only text all in capitals loses them."""
    pieces, keeps = _split(text)
    plain = "".join(p for p, keep in zip(pieces, keeps, strict=True) if not keep and p[:1] != "<")
    return capitalize_first(lower(text, language) if plain.isupper() else text, language)


def title(text: str, language: str = "") -> str:
    """Return ``text`` in English title case.

    Words in lower case are capitalized, but for stop words that neither begin nor end the
    text nor follow a colon or the like. Words with a capital anywhere stay as they are.
    """
    pieces, keeps = _split(text)
    words = [
        (index, match)
        for index, piece in enumerate(pieces)
        if piece[:1] != "<"
        for match in _WORD.finditer(piece)
        if _CORE.search(match.group())
    ]
    changed = list(pieces)
    for number, (index, match) in enumerate(words):
        if keeps[index]:
            continue
        before = _text_before(pieces, index, match.start())
        after = pieces[index][match.end() : match.end() + 1]
        first = number == 0 or before.rstrip().rstrip(_OPENING).rstrip().endswith(_ENDS_SENTENCE)
        last = number == len(words) - 1
        word = match.group()
        inside = not first and not last
        if inside and _is_stop_word(word) and (after != "-" or before[-1:] == "-"):
            continue
        prefixed = after == "-" and before[-1:] != "-" and word.isascii()
        if not first and len(word) == 1 and not prefixed:
            continue  # a symbol, or a word of another language; but "e-learning"
        new = _capitalize(word, language)
        changed[index] = changed[index][: match.start()] + new + changed[index][match.end() :]
    return "".join(changed)


def _is_stop_word(word: str) -> bool:
    bare = word.strip(_OPENING + ",;)]}”’»›").lower()
    return bare in STOP_WORDS or bare.startswith(("d'", "d’", "l'", "l’"))


def _text_before(pieces: list[str], index: int, start: int) -> str:
    """Return the end of what precedes a word, tags left out."""
    before = pieces[index][:start]
    while not before.strip() and index > 0:
        index -= 1
        if pieces[index][:1] != "<":
            before = pieces[index] + before
    return before


def _capitalize(word: str, language: str) -> str:
    """Return ``word`` with a capital as its first letter, if it has no capital elsewhere."""
    match = _CORE.search(word)
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
    """Return the pieces of ``text``, tags and runs of text, and which of them keep their case."""
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
    pieces, keeps = _split(text)
    return "".join(
        piece if keep or _TAG.fullmatch(piece) else change(piece)
        for piece, keep in zip(pieces, keeps, strict=True)
    )


def _is_turkic(language: str) -> bool:
    return language[:2].lower() in {"tr", "az"}


def _turkish(
    language: str, change: Callable[[str], str], letters: str, counterparts: str
) -> Callable[[str], str]:
    """Return ``change`` with the dotted and dotless i of Turkish and Azerbaijani."""
    if not _is_turkic(language):
        return change
    table = str.maketrans(letters, counterparts)
    return lambda piece: change(piece.translate(table))
