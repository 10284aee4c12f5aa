"""compcite's reading of .bib files held against pandoc's, value by value."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING

from tests.formats.pandoc_kinds import KINDS, as_pandoc
from tests.formats.pandoc_reading import dialect, pandoc_items, readings

from compcite.files.decoding import read_source
from compcite.model.item import Date, Item, Name
from compcite.values.csl_variables import DATES, NAMES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from tests.formats.pandoc_kinds import Kind
    from tests.formats.pandoc_reading import Reading

__all__ = ["VARIABLES", "Difference", "Tally", "compare", "explanation"]

_TEXTS = ("title", "container-title", "volume", "issue", "page")
VARIABLES = ("type", *NAMES, *DATES, *_TEXTS)
"""What is compared: the variables that the issue of a comparison names."""

_TOGETHER = 4  # kinds of difference that may meet in one value

Value = str | tuple[Name, ...] | Date


@dataclass(frozen=True)
class Difference:
    """A value of an entry that the two read differently, and no kind says why."""

    source: str
    entry: Reading
    variable: str
    ours: Value
    theirs: Value


@dataclass
class Tally:
    """What came of a comparison; ``equal`` and ``explained`` count values by variable.

    ``alone`` are the keys of entries that only one of the two reads; of equal keys only the first
    is compared.
    """

    files: int = 0
    unread: list[str] = field(default_factory=list)
    entries: int = 0
    alone: list[str] = field(default_factory=list)
    equal: Counter[str] = field(default_factory=Counter)
    kinds: Counter[Kind] = field(default_factory=Counter)
    explained: Counter[str] = field(default_factory=Counter)
    unexplained: list[Difference] = field(default_factory=list)

    def agreement(self, variable: str | None = None) -> float:
        """The share of equal values among those that no kind of difference explains."""
        wanted = VARIABLES if variable is None else (variable,)
        equal = sum(self.equal[one] for one in wanted)
        different = sum(one.variable in wanted for one in self.unexplained)
        return equal / (equal + different) if equal + different else 1.0


def compare(paths: Iterable[Path], *, timeout: float = 20) -> Tally:
    """Read each file with both, pair the entries by their keys, and compare their values.

    ``timeout`` is in seconds and for one run of pandoc; a file that it cannot read is listed.
    """
    tally = Tally()
    for path in paths:
        source = read_source(str(path))
        entries = readings(source)
        theirs = pandoc_items(source, dialect(entries), timeout)
        if theirs is None:
            tally.unread.append(path.name)
            continue
        tally.files += 1
        for entry in entries:
            if item := theirs.pop(entry.key, None):
                tally.entries += 1
                _compare_entry(path.name, entry, item, tally)
            else:
                tally.alone.append(entry.key)
        tally.alone += theirs
    return tally


def _compare_entry(source: str, entry: Reading, theirs: Item, tally: Tally) -> None:
    ours = entry.item
    for variable in VARIABLES:
        mine, other = _value(ours, variable), _value(theirs, variable)
        if mine == other:
            tally.equal[variable] += bool(mine)
        elif kinds := explanation(entry, variable, other):
            tally.explained[variable] += 1
            tally.kinds.update(kinds)
        else:
            tally.unexplained.append(Difference(source, entry, variable, mine, other))


def explanation(entry: Reading, variable: str, theirs: Value) -> Sequence[Kind]:
    """The fewest kinds of difference that together make pandoc's value of compcite's; or none."""
    active = [kind for kind in KINDS if _concerns(kind, entry, variable)]
    for count in range(1, _TOGETHER + 1):
        for kinds in combinations(active, count):
            if _value(as_pandoc(entry, kinds), variable) == theirs:
                return kinds
    return ()


def _concerns(kind: Kind, entry: Reading, variable: str) -> bool:
    """Whether a kind changes any field, or else the value; with others it may change more."""
    if kind.fields is not None:
        return kind.fields(entry) != entry.fields
    return _value(as_pandoc(entry, [kind]), variable) != _value(entry.item, variable)


def _value(item: Item, variable: str) -> Value:
    """The value of a variable, empty where it has none; a list that goes on ends in others."""
    if variable == "type":
        return item.type
    if variable in item.names:
        more = (Name(literal="others"),) if variable in item.truncated else ()
        return item.names[variable] + more
    if variable in item.dates:
        return item.dates[variable]
    return item.text.get(variable, "")
