"""Make citation keys from items."""

from __future__ import annotations

import re
from string import Formatter
from typing import TYPE_CHECKING

from compcite.text.markup import without_tags
from compcite.text.unicode import to_ascii

if TYPE_CHECKING:
    from collections.abc import Collection

    from compcite.model.item import Item

__all__ = ["KEY_FORMAT", "citation_key", "letter_suffix"]

KEY_FORMAT = "{author}{year}{title}"
"""The default form of keys, which gives ``neff2003self``."""

_ARTICLES_AND_PREPOSITIONS = (
    "a an the and or of on in to for from with by at as is are was were be do does how what "
    "why der die das den dem des ein eine einer eines und oder von vom zu zur zum im am auf "
    "fur uber le la les l un une du de d et ou en au aux sur pour dans el los las uno unos "
    "unas y o del al por para il lo gli i e di da dei della delle het een van voor os um uma "
    "dos"
)
_STOP_WORDS = frozenset(_ARTICLES_AND_PREPOSITIONS.split())
_WORD = re.compile(r"[a-z0-9]+")
_NEITHER = re.compile(r"[^a-z0-9]+")


def citation_key(item: Item, taken: Collection[str], key_format: str = KEY_FORMAT) -> str:
    """A new ASCII key for an item that differs from all ``taken`` keys in more than letter case.

    ``key_format`` may contain ``{author}`` (the first author's family name), ``{year}`` and
    ``{title}`` (the first word of the title that is no article or preposition, up to a hyphen). If
    the key is taken, a letter is added: ``neff2003selfa``. Raises ValueError for any other name in
    braces.
    """
    parts = [part for part in Formatter().parse(key_format) if part[1] is not None]
    unknown = {name or "{}" for _, name, _, _ in parts} - _PARTS.keys()
    if any(form or conversion for _, _, form, conversion in parts):
        raise ValueError("what stands in braces is a name and nothing else")
    if unknown:
        raise ValueError(f"{', '.join(sorted(unknown))}: a key is made of {', '.join(_PARTS)}")
    made = key_format.format_map({name: part(item) for name, part in _PARTS.items()})
    made = re.sub(r"[^A-Za-z0-9_:.+-]+", "", to_ascii(made)) or "reference"
    occupied = {key.lower() for key in taken}
    if made.lower() not in occupied:
        return made
    number = 0
    while (key := made + letter_suffix(number)).lower() in occupied:
        number += 1
    return key


def letter_suffix(number: int) -> str:
    """Return the letters for a number: 0 is a, 1 is b, 25 is z, 26 is aa."""
    head, last = divmod(number, 26)
    return (letter_suffix(head - 1) if head else "") + chr(ord("a") + last)


def _author(item: Item) -> str:
    """Return the first author's or editor's family name, or an institution's first telling word.

    The result is empty if there is neither.
    """
    people = next((item.names[role] for role in ("author", "editor") if item.names.get(role)), ())
    if not people:
        return ""
    name = people[0]
    if name.family:
        return _NEITHER.sub("", _ascii(name.family))
    return _first_word(name.literal)


def _year(item: Item) -> str:
    """Return the year of publication without a sign, or an empty string."""
    issued = item.dates.get("issued")
    return str(abs(issued.year)) if issued and issued.year else ""


def _title(item: Item) -> str:
    """Return the first telling word of the title."""
    return _first_word(without_tags(item.text.get("title", "")))


def _first_word(text: str) -> str:
    """Return the first word that is no article or preposition; if all are, the first word."""
    words = _WORD.findall(_ascii(text.replace("’", "").replace("'", "")))
    return next((word for word in words if word not in _STOP_WORDS), words[0] if words else "")


def _ascii(text: str) -> str:
    """Return the text in ASCII and lower case."""
    return to_ascii(text).lower()


_PARTS = {"author": _author, "year": _year, "title": _title}
