"""Tell how well a registered work fits a citation that is given in words."""

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
    """Return how much of a work a citation names, from 0 (nothing) to 1 (all).

    Title, first three authors and year count by their weights; what the record lacks does not
    count, and a record that lacks all three gives 0. Of several titles the one that fits best
    counts, of several years any.
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
    """Return the words of a text in small letters, without accents."""
    return _WORD.findall(fold(text))


def _share(words: list[str], said: set[str]) -> float:
    """Return the share of the words that are in ``said``; 0 for no words."""
    return sum(word in said for word in words) / len(words) if words else 0.0
