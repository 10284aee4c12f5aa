"""How well a registered work answers to a citation in words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from compcite.text.markup import without_tags
from compcite.text.unicode import fold

if TYPE_CHECKING:
    from compcite.model.work import Work

__all__ = ["match_share"]

_WORD = re.compile(r"\w+")
_TITLE, _PEOPLE, _YEAR = 0.7, 0.2, 0.1  # what each part weighs


def match_share(citation: str, work: Work) -> float:
    """The share, from 0 to 1, of the work's title, first authors and year that a citation names.

    Parts that the record lacks do not count. The titles are all that the record gives, of
    which the best counts.
    """
    said = set(_words(citation))
    titles = [
        _words(without_tags(title)) for title in work.titles or (work.item.text.get("title", ""),)
    ]
    families = [
        _words(name.family or name.literal) for name in work.item.names.get("author", ())[:3]
    ]
    parts = [(_TITLE, max((_share(title, said) for title in titles if title), default=None))]
    if families:
        parts.append((_PEOPLE, sum(_share(f, said) for f in families) / len(families)))
    if work.years:
        parts.append((_YEAR, float(any(str(year) in said for year in work.years))))
    known = [(weight, share) for weight, share in parts if share is not None]
    total = sum(weight for weight, _ in known)
    return sum(weight * share for weight, share in known) / total if total else 0.0


def _words(text: str) -> list[str]:
    return _WORD.findall(fold(text))


def _share(words: list[str], said: set[str]) -> float:
    return sum(word in said for word in words) / len(words) if words else 0.0
