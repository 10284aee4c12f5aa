"""Locators as people write them: "p. 12", "chap. 3", "§ 5" (specification, "Locators")."""

from __future__ import annotations

import re

__all__ = ["parse_locator"]

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


def parse_locator(text: str) -> tuple[str, str]:
    """Return the label that ``text`` begins with, and the locator; a bare locator is a page."""
    text = text.strip()
    match = _LOCATOR.fullmatch(text)
    if match is None:
        return "page", text
    return _WORDS[match["word"].lower()], match["rest"]
