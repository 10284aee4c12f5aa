"""Make citation keys from items."""

from __future__ import annotations

import re
from string import Formatter
from typing import TYPE_CHECKING

from compcite.text.markup import without_tags
from compcite.text.unicode import to_ascii

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from compcite.model.item import Item, Name

__all__ = ["KEY_FORMAT", "KEY_PARTS", "base_key", "citation_key", "letter_suffix"]

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
_MOST_NAMES = 3
_WORD = re.compile(r"[a-z0-9]+")
_NEITHER = re.compile(r"[^a-z0-9]+")


def citation_key(item: Item, taken: Collection[str], key_format: str = KEY_FORMAT) -> str:
    """A new ASCII key for an item that differs from all ``taken`` keys in more than letter case.

    ``key_format`` contains names in braces, such as ``{author}{year}{title}`` (:data:`KEY_PARTS`
    has them all); a name with a capital gives words with capitals: ``{Author}`` is ``Neff``. If the
    key is taken, a letter is added: ``neff2003selfa``. An item that has none of the parts gets
    ``reference``. Raises ValueError for an unknown name, and for a form without any.
    """
    made = base_key(item, key_format) or "reference"
    occupied = {key.lower() for key in taken}
    if made.lower() not in occupied:
        return made
    number = 0
    while (key := made + letter_suffix(number)).lower() in occupied:
        number += 1
    return key


def base_key(item: Item, key_format: str = KEY_FORMAT) -> str:
    """The key of an item in this form, without a letter; empty where it has none of the parts.

    Raises ValueError as :func:`citation_key` does.
    """
    parts = [part for part in Formatter().parse(key_format) if part[1] is not None]
    unknown = {name or "{}" for _, name, _, _ in parts if not _known(name or "")}
    if any(form or conversion for _, _, form, conversion in parts):
        raise ValueError("what stands in braces is a name and nothing else")
    if unknown or not parts:
        named = ", ".join(sorted(unknown)) or "no name in braces"
        raise ValueError(f"{named}: a key is made of {', '.join(KEY_PARTS)}")
    values = {name: _value(item, name) for _, name, _, _ in parts if name}
    if not any(values.values()):
        return ""
    return re.sub(r"[^A-Za-z0-9_:.+-]+", "", to_ascii(key_format.format_map(values)))


def letter_suffix(number: int) -> str:
    """Return the letters for a number: 0 is a, 1 is b, 25 is z, 26 is aa."""
    head, last = divmod(number, 26)
    return (letter_suffix(head - 1) if head else "") + chr(ord("a") + last)


def _known(name: str) -> bool:
    """Whether a name in braces is a part of a key, with or without a capital."""
    return name.lower() in KEY_PARTS


def _value(item: Item, name: str) -> str:
    """The words of a part of a key, joined; each with a capital where the part's name has one."""
    words = KEY_PARTS[name.lower()](item)
    return "".join(word[:1].upper() + word[1:] if name[0].isupper() else word for word in words)


def _people(item: Item) -> tuple[Name, ...]:
    """The authors, else the editors."""
    return next((item.names[role] for role in ("author", "editor") if item.names.get(role)), ())


def _family(name: Name) -> str:
    """The family name in ASCII; of an institution, its first word that is no article."""
    return _NEITHER.sub("", _ascii(name.family)) if name.family else _first_word(name.literal)


def _author(item: Item) -> list[str]:
    """The name of the first author or editor."""
    return [_family(name) for name in _people(item)[:1]]


def _authors(item: Item) -> list[str]:
    """The names of up to three authors or editors; of more, the first and ``et al``.

    A list that says that it is not complete gives the first and ``et al``, too.
    """
    names = [_family(name) for name in _people(item)]
    more = len(names) > _MOST_NAMES or not item.truncated.isdisjoint({"author", "editor"})
    return [names[0], "et", "al"] if more and names else names


def _year(item: Item) -> list[str]:
    """The year of publication without a sign."""
    issued = item.dates.get("issued")
    return [str(abs(issued.year))] if issued and issued.year else []


def _short_year(item: Item) -> list[str]:
    """The last two digits of the year."""
    return [year[-2:] for year in _year(item)]


def _title(item: Item) -> list[str]:
    """The first word of the title that is no article or preposition."""
    return [_first_word(without_tags(item.text.get("title", "")))]


def _short_title(item: Item) -> list[str]:
    """The first three words of the title, without articles and prepositions."""
    return _telling_words(without_tags(item.text.get("title", "")))[:3]


def _journal(item: Item) -> list[str]:
    """The first letters of the words of the journal or book, as one word: ``jpsp``.

    Articles and prepositions do not count.
    """
    words = _telling_words(without_tags(item.text.get("container-title", "")))
    return ["".join(word[0] for word in words)]


def _telling_words(text: str) -> list[str]:
    """The words that are no articles or prepositions; if all are, all words.

    They are in ASCII and small letters.
    """
    words = _WORD.findall(_ascii(text.replace("’", "").replace("'", "")))
    return [word for word in words if word not in _STOP_WORDS] or words


def _first_word(text: str) -> str:
    """Return the first word that is no article or preposition; if all are, the first word."""
    return next(iter(_telling_words(text)), "")


def _ascii(text: str) -> str:
    """Return the text in ASCII and lower case."""
    return to_ascii(text).lower()


KEY_PARTS: Mapping[str, Callable[[Item], list[str]]] = {
    "author": _author,
    "auth": _author,
    "authors": _authors,
    "year": _year,
    "shortyear": _short_year,
    "title": _title,
    "veryshorttitle": _title,
    "shorttitle": _short_title,
    "journal": _journal,
}
"""The parts of a key by their names in braces; each gives words in small letters."""
