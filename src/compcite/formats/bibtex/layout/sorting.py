"""Sort the units of a sheet so that BibTeX and biber read the same entries as before.

Both read a file from top to bottom: a macro counts after its definition, the first of two entries
with one key counts, and in BibTeX a ``crossref`` has to stand before the entry that it names. So a
unit that *gives* something (an entry its key, a definition its macro) keeps its place relative to
all units that give or *use* the same.
"""

from __future__ import annotations

import re
from heapq import heappop, heappush
from typing import TYPE_CHECKING, NamedTuple

from compcite.formats.bibtex.scan.blocks import HEAD, NAMED_KINDS, BlockKind, PieceKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from compcite.formats.bibtex.layout.sheet import Unit
    from compcite.model.library import Entry

__all__ = ["sorted_units"]

# An entry or a definition inside other text: its type, the opening delimiter, the first word.
_HIDDEN = re.compile(HEAD.pattern + r"\s*+([^\s,{}]*+)")
_WORD = re.compile(r"[^\s,{}()\"#%'=@]+")
_REFERENCES = ("crossref", "entryset")
_FIRST = -1  # the rank of definitions: before all entries, where that changes no value


class _Ties(NamedTuple):
    """What a unit gives and what it uses: (kind, name), where kind is key, macro or preamble."""

    gives: frozenset[tuple[str, str]]
    uses: frozenset[tuple[str, str]]


def sorted_units(
    text: str, units: Sequence[Unit], entries: Mapping[int, Entry], ranks: Mapping[int, int]
) -> list[Unit]:
    """The units in the order of their ranks, unless a unit would then be read in another way.

    ``entries`` and ``ranks`` hold each entry and its place in the wanted order, by its start.
    Nothing moves past a fixed unit.
    """
    ordered: list[Unit] = []
    movable: list[Unit] = []
    for unit in units:
        if unit.fixed:
            ordered += [*_sorted(text, movable, entries, ranks), unit]
            movable = []
        else:
            movable.append(unit)
    return ordered + _sorted(text, movable, entries, ranks)


def _sorted(
    text: str, units: Sequence[Unit], entries: Mapping[int, Entry], ranks: Mapping[int, int]
) -> list[Unit]:
    """The units by rank: of the units that may come next, the one with the lowest rank comes."""
    followers, waiting = _order_kept([_ties(text, unit, entries) for unit in units])
    ready: list[tuple[int, int]] = []

    def offer(place: int) -> None:
        heappush(ready, (ranks.get(units[place].block.start, _FIRST), place))

    for place, count in enumerate(waiting):
        if not count:
            offer(place)
    ordered = []
    while ready:
        _, place = heappop(ready)
        ordered.append(units[place])
        for follower in followers[place]:
            waiting[follower] -= 1
            if not waiting[follower]:
                offer(follower)
    return ordered


def _order_kept(ties: Sequence[_Ties]) -> tuple[list[list[int]], list[int]]:
    """For each unit, the units that must stay behind it, and how many must stay before it.

    A unit that uses a name, such as a macro, must stay behind the last unit before it that gives
    this name. A unit that gives a name must stay behind that one, too, and behind all units that
    have used the name since then. Only these pairs are listed: if b is behind a, and c behind b,
    then c behind a needs no pair. So the lists do not grow with the square of the units.
    """
    followers: list[list[int]] = [[] for _ in ties]
    waiting = [0] * len(ties)
    giver: dict[tuple[str, str], int] = {}
    users: dict[tuple[str, str], list[int]] = {}
    for place, tie in enumerate(ties):
        before = {giver[one] for one in tie.gives | tie.uses if one in giver}
        for one in tie.gives:
            before.update(users.pop(one, ()))
            giver[one] = place
        for one in tie.uses - tie.gives:
            users.setdefault(one, []).append(place)
        for earlier in before:
            followers[earlier].append(place)
        waiting[place] = len(before)
    return followers, waiting


def _ties(text: str, unit: Unit, entries: Mapping[int, Entry]) -> _Ties:
    """What a unit gives (its keys, or its macros) and uses (the macros and keys that it names).

    What stands in the text beside the block counts, too.
    """
    block = unit.block
    gives, uses = _hidden(unit)
    macros = {
        ("macro", text[piece.start : piece.end].lower())
        for field in block.fields
        for piece in field.pieces
        if piece.kind is PieceKind.MACRO
    }
    if block.kind is BlockKind.STRING:
        gives |= {("macro", field.name) for field in block.fields}
    elif block.kind is BlockKind.PREAMBLE:
        gives.add(("preamble", ""))
    elif (entry := entries.get(block.start)) is not None:
        named = {field.name for field in block.fields}  # faster than to ask the entry
        keys = entry.keys if "ids" in named else (entry.key,)
        gives |= {("key", key.lower()) for key in keys}
        if not named.isdisjoint(_REFERENCES):
            uses |= set(_references(entry))
    return _Ties(frozenset(gives), frozenset(uses | macros))


def _references(entry: Entry) -> Iterator[tuple[str, str]]:
    """The keys that an entry names, and that have to stand behind it."""
    for name in _REFERENCES:
        if field := entry.field(name):
            yield from (("key", key.strip().lower()) for key in field.value.split(","))


def _hidden(unit: Unit) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """What the text beside a block gives and uses, since BibTeX reads entries in comments, too.

    For BibTeX, ``% @string{x = "y"}`` is a definition. Each word beside it is taken for a macro and
    a key, so that too much stays in order rather than too little.
    """
    beside = f"{unit.lead}\n{unit.behind}" if "@" in unit.lead or "@" in unit.behind else ""
    hidden = [found for found in _HIDDEN.finditer(beside) if found[1].lower() != "comment"]
    if not hidden:
        return set(), set()
    words = {word.lower() for word in _WORD.findall(beside)}
    macros = {("macro", word) for word in words}
    gives = {("key", found[3].lower()) for found in hidden}
    if any(found[1].lower() in NAMED_KINDS for found in hidden):
        gives |= macros
    return gives, macros | {("key", word) for word in words}
