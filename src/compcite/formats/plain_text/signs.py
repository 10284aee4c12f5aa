"""The signs in a stretch of text without which a pattern cannot fit.

To search for a pattern takes long, to look whether the stretch has a month at all does not. So
each pattern of a table names the signs that it needs, and most are never searched for.
"""

from __future__ import annotations

import re

from compcite.formats.plain_text.dates import MONTH_NAMES

__all__ = ["signs_of"]

_WORDS = {
    "no": "n no nos nr num núm nº n° iss issue number heft fasc ausg ausgabe h",
    "vol": "vol vols volume bd band jg jahrgang tome tomo t т",
    "pages": "p pp page pages pág págs pag pags seite seiten str s с",
    "article": "art article id",
    "month": " ".join(MONTH_NAMES),
    # The last words of what stands for a year.
    "undated": "d j date undated press forthcoming appear druck preparation submitted unpublished"
    " accepted publication print",
}
_BY_WORD = {word: sign for sign, words in _WORDS.items() for word in words.casefold().split()}
_WORD = re.compile(r"[^\W\d_]+")
_YEAR = re.compile(r"(?:1[4-9]|20)\d\d")
_MARKS = frozenset(";:,(")


def signs_of(text: str) -> frozenset[str]:
    """The signs of a stretch: marks, ``year``, ``no`` for such a word, ``)`` for that at its end.

    ``open`` means that no bracket closes at its end.
    """
    signs = set(_MARKS.intersection(text))
    signs.update(_BY_WORD[word] for word in _BY_WORD.keys() & _WORD.findall(text.casefold()))
    if "№" in text:
        signs.add("no")
    if _YEAR.search(text):
        signs.add("year")
    signs.add(")" if text.endswith((")", "]")) else "open")
    return frozenset(signs)
