"""Proper nouns that the words beside them give away: species, places, institutions, eponyms."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from compcite.text.capitals.compound_names import (
    COMPOUND_NAMES,
    COMPOUND_WORDS,
    LONGEST_COMPOUND,
    SPECIES,
)
from compcite.text.capitals.proper_names import (
    ELEMENTS,
    GEOGRAPHIC,
    is_epithet,
    is_genus,
    is_place,
    is_proper,
    is_taxon,
)
from compcite.text.capitals.title_words import BEFORE_NAMES
from compcite.text.capitals.word_lists import words_of

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from compcite.text.capitals.title_words import Title, Word

__all__ = ["is_named"]

_NAMED_BY_LETTERS = words_of("named by letters")
_AFTER_LETTER = frozenset(
    ["and", "or", "to", "in", "of", "on", "for", "is", "by", "with", "from", "versus"]
)

_SPECIES_UNNAMED = frozenset(("sp", "spp", "gen"))
_FEW_TAXA = 6  # words in parentheses; more are a remark
_REACH = 100  # characters: longer parentheses list no taxa
_INSIDE = re.compile(r"[^\W\d_]+")

_DIRECTIONS = frozenset(("north", "south", "east", "west"))
_SAINTS = frozenset(("san", "santa", "são", "sao", "saint", "los", "las"))
_BEFORE_OF = frozenset(("gulf", "bay", "strait", "straits", "sea", "cape", "isle", "university"))
_AT = frozenset(["in", "at", "from", "near", "around", "of"])
# Endings of words before a country that are no places: in Children, Kenya.
_NO_PLACE = re.compile(
    r"(?:(?<!land)s|men|ren|ople|ity|ncy|ion|ment|ing|logy|care|health|th|ness|ism|ure|ance|ence"
    r"|ics|ia|use)$"
)
_INSTITUTIONS = words_of("institutions")
_ARTICLES = frozenset(("the", "an", "a"))
_OF_ALL = frozenset(("national", "international", "royal", "federal", "world"))
_SHORTEST_INSTITUTION = 3  # words: a Chinese society is none
_LONGEST_INSTITUTION = 12

_EPONYMOUS = words_of("named after persons")
_NO_EPONYM = re.compile(
    r"(?:wo)?m[ae]n|children|people|child|person|patient|nature|world|today|it|that|what|who|let"
    r"|master|bachelor|doctor|driver|teacher|student|parent|mother|father|state|city|country|one"
)
_DASHES = frozenset(("–", "-", "‐", "‑"))
_FORMED = ("an", "ese", "ish")
_AMBIGUOUS_MONTHS = frozenset(("may", "march"))
_YEAR = re.compile(r",?\s(?:1[6-9]|20)\d\d")


def is_named(title: Title, index: int, proper: AbstractSet[str]) -> bool:
    """Whether a capitalized word of a title is a proper noun, or part of one.

    ``index`` is the place of the word. ``proper`` holds names that are known from elsewhere, in
    small letters. A single capital letter counts as a name, unless it is the article, and so does
    an abbreviation before a name (``Dr.``).
    """
    word = title.words[index]
    if len(word.text) == 1:
        return word.text != "A" or _is_letter(title, index)
    if _is_name(word, proper):
        return True
    before = title.before(index)
    if word.text in ELEMENTS and not (before and before.lower == "et"):
        return True
    return (
        _is_genus(title, index)
        or _is_author(title, index)
        or _in_taxa(title, index)
        or _in_compound(title, index, proper)
        or _in_place(title, index, proper)
        or _in_institution(title, index, proper)
        or _is_eponym(title, index, proper)
        or _is_month(title, index)
        or _is_before_name(title, index)
    )


def _is_before_name(title: Title, index: int) -> bool:
    """Return whether a word is an abbreviation such as "Dr." with a capitalized word after it."""
    word, after = title.words[index], title.after(index)
    return (
        f"{word.lower}." in BEFORE_NAMES
        and title.text.startswith(". ", word.end)
        and after is not None
        and after.text[0].isupper()
    )


def _is_name(word: Word, proper: AbstractSet[str]) -> bool:
    """Whether a word is a proper noun by itself, or by what is known from elsewhere."""
    return word.lower in proper or word.lower.removesuffix("’s") in proper or is_proper(word.lower)


def _is_letter(title: Title, index: int) -> bool:
    """Whether an A is a letter and not the article: ``vitamin A``, ``A and B``."""
    before, after = title.before(index), title.after(index)
    if after is None or (before is not None and before.lower in _NAMED_BY_LETTERS):
        return True
    return title.between(index) != " " or after.lower in _AFTER_LETTER


def _is_species(genus: Word | None, epithet: Word | None) -> bool:
    """Whether two words may be the name of a species: a known one, or one by its Latin endings."""
    if genus is None or epithet is None:
        return False
    known = (genus.lower, epithet.lower) in SPECIES
    return known or (is_genus(genus.text) and is_epithet(epithet.text))


def _is_genus(title: Title, index: int) -> bool:
    """Whether a word is the genus in the name of a species: ``Felis catus``, ``Felis sp.``."""
    word, after = title.words[index], title.after(index)
    if after is None or title.between(index) != " ":
        return False
    if after.lower in _SPECIES_UNNAMED and title.text.startswith(".", after.end):
        return not _is_species(title.before(index), word)
    enclosed = title.text[word.start - 1] == "(" and title.text.startswith(")", after.end)
    return _is_species(word, after) or (enclosed and is_epithet(after.text))


def _is_author(title: Title, index: int) -> bool:
    """Whether a word is the person who described a species: ``Rattus norvegicus Berkenhout,``.

    It is also one before a year in brackets: ``(Berkenhout, 1769)``.
    """
    word = title.words[index]
    if _YEAR.match(title.text, word.end) and title.text[word.start - 1] == "(":
        return True
    if title.between(index - 1) != " " or title.text[word.end : word.end + 1] not in {
        ")",
        ",",
        ".",
    }:
        return False
    return _is_species(title.before(index - 1), title.before(index))


def _in_taxa(title: Title, index: int) -> bool:
    """Whether a word names a group of living beings, such as a genus or a family.

    It does in three places: after the word "genus"; in brackets with few words, one of which has
    the form of such a name (``Felidae``); and right before such brackets, if it has the form of a
    genus: ``Felis (Felidae)``.
    """
    word, before, after = title.words[index], title.before(index), title.after(index)
    if before is not None and before.lower == "genus":
        return True
    near = max(0, word.start - _REACH)
    opened = title.text.rfind("(", near, word.start)
    closed = title.text.find(")", word.end, word.end + _REACH)
    if opened > title.text.rfind(")", near, word.start) and closed > 0:
        inside = _INSIDE.findall(title.text, opened, closed)
        return len(inside) <= _FEW_TAXA and any(is_taxon(other) for other in inside)
    if after is None or title.between(index) != " (" or not is_taxon(after.text):
        return False
    return is_genus(word.text) and not _is_species(before, word)


def _in_compound(title: Title, index: int, proper: AbstractSet[str]) -> bool:
    """Whether a word is part of a name of several words: ``New York``, ``San Marino``.

    The direction in ``North Carolina`` is one, too.
    """
    if _in_compound_name(title, index):
        return True
    word = title.words[index]
    before, after = title.joined_before(index), title.joined_after(index)
    if (before is not None and before.lower in _SAINTS) or (after and word.lower in _SAINTS):
        return True
    directed = word.lower in _DIRECTIONS and title.between(index) == " "
    return directed and after is not None and _is_name(after, proper)


def _in_compound_name(title: Title, index: int) -> bool:
    """Whether a word and some beside it make up a name that is known as a whole."""
    if title.words[index].lower not in COMPOUND_WORDS:
        return False
    first = max(0, index - LONGEST_COMPOUND + 1)
    words = title.words[first : index + LONGEST_COMPOUND]
    return any(
        start <= index - first < end
        and " ".join(word.lower for word in words[start:end]) in COMPOUND_NAMES
        and title.joined(first + start, first + end)
        for start in range(len(words))
        for end in range(start + 2, min(start + LONGEST_COMPOUND, len(words)) + 1)
    )


def _in_place(title: Title, index: int, proper: AbstractSet[str]) -> bool:
    """Whether a word belongs to a place: ``Yangtze River``, ``Gulf of Finland``, ``Cali, Peru``.

    The names of the place itself (``Yangtze``, ``Finland``, ``Peru``) are told elsewhere.
    """
    word = title.words[index]
    before, after = title.joined_before(index), title.joined_after(index)
    if word.lower in GEOGRAPHIC and before is not None and _is_name(before, proper):
        return True
    if word.lower in _BEFORE_OF and after is not None and after.lower == "of":
        whose = title.joined_after(index + 1)
        return whose is not None and _is_name(whose, proper)
    if after is not None and after.lower in GEOGRAPHIC:
        return _before_country(title, index, index + 1)
    if before is not None and word.lower in GEOGRAPHIC:
        return _before_country(title, index - 1, index)
    return _before_country(title, index, index)


def _before_country(title: Title, first: int, last: int) -> bool:
    """Whether words are a place before its country: ``in Cali, Peru``, ``(Nha Bay, Vietnam``.

    Before them is a word such as *in* or a bracket, and the last one has no ending of common words.
    """
    country = title.after(last)
    if country is None or not is_place(country.text) or title.between(last) != ", ":
        return False
    lead, start = title.before(first), title.words[first].start
    introduced = title.text[start - 1] == "(" or (lead is not None and lead.lower in _AT)
    return introduced and _NO_PLACE.search(title.words[last].lower) is None


def _in_institution(title: Title, index: int, proper: AbstractSet[str]) -> bool:
    """Whether a word belongs to an institution: ``American Gear Manufacturers Association``.

    The institution is a row of three capitalized words or more that ends with a word such as
    "Association" and begins with a name or a word such as "National".
    """
    start = last = index
    while (before := title.joined_before(start)) and before.text[0].isupper():
        if before.lower in _ARTICLES or index - start > _LONGEST_INSTITUTION:
            break
        start -= 1
    while title.words[last].lower not in _INSTITUTIONS:
        after = title.joined_after(last)
        if after is None or not after.text[0].isupper() or last - index > _LONGEST_INSTITUTION:
            return False
        last += 1
    whose = title.words[start]
    return last - start >= _SHORTEST_INSTITUTION - 1 and (
        whose.lower in _OF_ALL or _is_name(whose, proper)
    )


def _is_eponym(title: Title, index: int, proper: AbstractSet[str]) -> bool:
    """Whether a word is a person's name for a thing, or is joined to another name by a dash.

    Examples are ``Parkinson’s disease`` and, beside a known name, ``Born–Oppenheimer``.
    """
    word, before, after = title.words[index], title.before(index), title.after(index)
    if word.lower.endswith("’s"):
        common = _NO_EPONYM.fullmatch(word.lower.removesuffix("’s"))
        return after is not None and after.lower in _EPONYMOUS and common is None
    beside = ((before, title.between(index - 1)), (after, title.between(index)))
    return any(
        other is not None
        and dash in _DASHES
        and other.text[0].isupper()
        and _is_name(other, proper)
        and not other.lower.endswith(_FORMED)
        for other, dash in beside
    )


def _is_month(title: Title, index: int) -> bool:
    """Whether a number beside a word shows that it is a month: ``May 2020``.

    It is asked only for months that are common words, too.
    """
    beside = (title.before(index), title.after(index))
    dated = any(other is not None and other.text.isdigit() for other in beside)
    return dated and title.words[index].lower in _AMBIGUOUS_MONTHS
