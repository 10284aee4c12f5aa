"""Read locators as people write them: "p. 12", "chap. 3", "§ 5" (specification, "Locators")."""

from __future__ import annotations

import re

__all__ = ["NO_LABEL", "has_own_label", "parse_locator"]

# The label of a place that says itself what it is: "Slide 7", "Theorem 2.1", "1:30:40".
NO_LABEL = "none"

_WORDS = {
    "act": "act",
    "app": "appendix",
    "appendix": "appendix",
    "art": "article-locator",
    "article": "article-locator",
    "bk": "book",
    "book": "book",
    "canon": "canon",
    "ch": "chapter",
    "chap": "chapter",
    "chapter": "chapter",
    "col": "column",
    "column": "column",
    "elocation": "elocation",
    "eq": "equation",
    "equation": "equation",
    "fig": "figure",
    "figure": "figure",
    "f": "folio",
    "fol": "folio",
    "folio": "folio",
    "l": "line",
    "ll": "line",
    "line": "line",
    "n": "note",
    "nn": "note",
    "note": "note",
    "no": "issue",
    "issue": "issue",
    "op": "opus",
    "opus": "opus",
    "p": "page",
    "pp": "page",
    "page": "page",
    "para": "paragraph",
    "paragraph": "paragraph",
    "¶": "paragraph",
    "pt": "part",
    "part": "part",
    "r": "rule",
    "rule": "rule",
    "scene": "scene",
    "sec": "section",
    "section": "section",
    "§": "section",
    "s.v": "sub-verbo",
    "sub verbo": "sub-verbo",
    "supp": "supplement",
    "supplement": "supplement",
    "tbl": "table",
    "table": "table",
    "timestamp": "timestamp",
    "tit": "title-locator",
    "title": "title-locator",
    "v": "verse",
    "vv": "verse",
    "verse": "verse",
    "vol": "volume",
    "vols": "volume",
    "volume": "volume",
}
_LOCATOR = re.compile(
    rf"(?P<word>{'|'.join(sorted(map(re.escape, _WORDS), key=len, reverse=True))})"
    r"(?P<end>s?\.?\s+|s?\.(?=\d)|(?<=[§¶])[§¶]?\s*)(?P<rest>\S.*)",
    re.IGNORECASE | re.DOTALL,
)


# A time stamp, or chapter and verse.
_TIME_OR_VERSE = re.compile(r"\d+:\d+")
_FIRST_WORD = re.compile(r"[^\W\d_]{2,}(?!\w)")
_ROMAN_NUMERAL = re.compile(r"[ivxlcdm]+", re.IGNORECASE)


def parse_locator(text: str) -> tuple[str, str]:
    """Return the label and the rest of a locator: "chap. 3" gives ("chapter", "3").

    A bare number is a page. A word that is not a label of the specification ("Slide 7") needs no
    label, and neither does a time such as 1:30:40: the label is then ``NO_LABEL``.
    """
    text = text.strip()
    match = _LOCATOR.fullmatch(text)
    if match is not None:
        return _WORDS[match["word"].lower()], match["rest"]
    return NO_LABEL if _says_what_it_is(text) else "page", text


def has_own_label(text: str) -> bool:
    """Return whether ``text`` begins with an abbreviated label such as "fol. 3", or with its sign.

    No other label is then written, since "p. fol. 3" makes no sense.
    """
    match = _LOCATOR.fullmatch(text.strip())
    return match is not None and (match["word"] in "§¶" or "." in match["end"])


def _says_what_it_is(text: str) -> bool:
    """Return whether a locator needs no label.

    It is then a time, or begins with a word that is no label of the specification ("Slide 7").
    """
    if _TIME_OR_VERSE.match(text):
        return True
    word = _FIRST_WORD.match(text)
    if word is None or _ROMAN_NUMERAL.fullmatch(word.group()):
        return False
    return word.group().lower() not in _WORDS
