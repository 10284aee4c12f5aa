"""Two lists of names held against each other: which one tells of everybody, and of each all."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from compcite.formats.bibtex.merge.letters import covers, letters_of
from compcite.formats.bibtex.read.name_fields import parse_names, split_names
from compcite.text.latex.commands import DECLARATIONS, MARKUP
from compcite.text.latex.decode import decode_letters

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from compcite.formats.bibtex.merge.letters import Letter
    from compcite.model.item import Name

__all__ = ["NameList", "covers_list", "name_list"]

_COMMAND = re.compile(r"\\([A-Za-z]+)")
_JOINED = re.compile(r"([.\s]*-[.\s]*|[.\s]+)")
_CAPITAL_LETTERS = 3  # fewer in capitals may be initials


class NameList(NamedTuple):
    """A list of names: its people, whether there are more, and how many braces each one has."""

    people: Sequence[Name]
    more: bool
    braces: Sequence[int]


def name_list(value: str) -> NameList | None:
    """The list that a value holds; None where it holds anything besides plain names."""
    commands = _COMMAND.findall(value)
    if "=" in value or any(name in MARKUP or name in DECLARATIONS for name in commands):
        return None  # names in parts with their own options (biblatex manual, section 3.7)
    people, more = parse_names(value)
    written = split_names(value)
    if len(people) + more != len(written):
        return None
    return NameList(people, more, [decode_letters(name).count("{") for name in written])


def covers_list(mine: NameList, theirs: NameList) -> bool:
    """Whether a list tells of everybody, and of each all, that another one tells."""
    longer = len(mine.people) - len(theirs.people)
    if theirs.more:  # then more people, or else the word that there are more, say all
        complete = longer > 0 or (longer == 0 and mine.more)
    else:
        complete = longer == 0 and not mine.more
    if not complete:
        return False
    return all(
        _covers_name(one, other) and braces >= fewer
        for one, other, braces, fewer in zip(
            mine.people, theirs.people, mine.braces, theirs.braces, strict=False
        )
    )


def _covers_name(one: Name, other: Name) -> bool:
    """Whether a name says all that another form of it says."""
    fixed = (
        (one.literal, other.literal),
        (one.suffix, other.suffix),
        (one.dropping_particle, other.dropping_particle),
        (one.non_dropping_particle, other.non_dropping_particle),
    )
    if not all(covers(letters_of(a), letters_of(b)) for a, b in fixed):
        return False
    if not covers(*(_as_among_others(letters_of(name.family)) for name in (one, other))):
        return False
    mine, theirs = list(_given(one)), list(_given(other))
    return len(mine) >= len(theirs) and all(
        (joined or not joins) and _covers_word(word, part)
        for (joined, word), (joins, part) in zip(mine, theirs, strict=False)
    )


def _covers_word(word: Sequence[Letter], part: Sequence[Letter]) -> bool:
    """Whether a given name is another one, or begins with the other's initial."""
    return covers(_as_among_others(word), _as_among_others(part)) or (
        len(part) == 1 and covers(word[:1], part)
    )


def _given(name: Name) -> Iterator[tuple[bool, Sequence[Letter]]]:
    """The words of a given name, each with whether a hyphen joins it to the one before."""
    joint = ""
    for place, piece in enumerate(_JOINED.split(name.given.strip())):
        if place % 2:
            joint = piece
        elif piece:
            yield "-" in joint, letters_of(piece)


def _as_among_others(word: Sequence[Letter]) -> Sequence[Letter]:
    """A name in capitals as it is written among others: they tell nothing."""
    cased = [letter for letter in word if letter.base.isalpha()]
    if len(cased) < _CAPITAL_LETTERS or not all(letter.capital for letter in cased):
        return word
    return [word[0], *(letter._replace(capital=False) for letter in word[1:])]
