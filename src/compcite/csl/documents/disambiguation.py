"""Tell cites apart that read the same (specification, "Disambiguation").

The specification has four means, in this order: more names, more of the given names, the
condition ``disambiguate``, and a letter after the year. All items whose cites read the same form a
group. A step is kept only if it splits the group, so that nothing is added in vain.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from string import ascii_lowercase
from typing import TYPE_CHECKING

from compcite.csl.rendering.context import Cite, Context, Position, Reading
from compcite.csl.rendering.one_name import ALL, INITIALS, initialized

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from compcite.csl.documents.engine import CompiledArea
    from compcite.csl.rendering.context import NameListRecord
    from compcite.csl.richtext import Tokens
    from compcite.model.item import Item, Name

__all__ = ["disambiguate", "year_suffix"]

# Cites that must be told apart are those after the first, also those near it, which styles shorten
# most: in notes, the first is given in full.
_SUBSEQUENT = Position(frozenset({"subsequent", "near-note"}))


def disambiguate(items: Sequence[Item], citation: CompiledArea) -> dict[str, Reading]:
    """Return what each item shows to differ from the others, by its id.

    What the style allows is tried in this order: more names and given names, the condition
    ``disambiguate="true"``, year-suffixes. Items that still read alike stay so.

    ``items`` are in the order of the bibliography, in which year-suffixes are given.
    """
    options = citation.area.options
    adds_names = options.disambiguate_add_names
    adds_givens = options.disambiguate_add_givenname
    cites = [_Cite(item, citation) for item in items]
    if adds_givens and options.givenname_rule != "by-cite":
        _expand_everywhere(cites, options.givenname_rule)
    ambiguous = [group for group in _alike(cites) if len(group) > 1]
    if adds_names or adds_givens:
        by_cite = adds_givens and options.givenname_rule == "by-cite"
        ambiguous = [
            rest
            for group in ambiguous
            for rest in _refine(group, adds_names=adds_names, adds_givens=by_cite)
        ]
    ambiguous = [rest for group in ambiguous for rest in _try_condition(group)]
    if options.disambiguate_add_year_suffix:
        for group in ambiguous:
            for number, cite in enumerate(group):
                cite.reading = replace(cite.reading, year_suffix=year_suffix(number))
    return {cite.item.id: cite.reading for cite in cites}


def year_suffix(number: int) -> str:
    """Return the letters for ``number``, counted from 0: a, b, … z, aa, ab and so on."""
    letters = ""
    number += 1
    while number:
        number, digit = divmod(number - 1, len(ascii_lowercase))
        letters = ascii_lowercase[digit] + letters
    return letters


class _Cite:
    """An item with the text of its cite, which changes while disambiguation goes on."""

    def __init__(self, item: Item, citation: CompiledArea) -> None:
        self.item = item
        self._citation = citation
        self.reading = Reading()
        self.lists: Sequence[NameListRecord] = ()
        self.asks_condition = False
        self.text = self.read(self.reading)

    def read(self, reading: Reading) -> str:
        """Return the text of the cite under ``reading``, without the date of access.

        It also notes the cite's lists of names, and whether the style asks for ``disambiguate``.
        """
        context = Context(self.item, Cite(self.item.id), _SUBSEQUENT, reading=reading)
        # When a page was looked at says nothing of which page it was.
        context.dates = {k: v for k, v in context.dates.items() if k != "accessed"}
        out: Tokens = []
        for render in self._citation.children:
            render(context, out)
        self.lists = context.name_lists
        self.asks_condition = context.asked_disambiguate
        return "".join(token for token in out if isinstance(token, str))


def _alike(cites: Iterable[_Cite]) -> list[list[_Cite]]:
    """Return ``cites`` in groups with the same text."""
    groups: dict[str, list[_Cite]] = defaultdict(list)
    for cite in cites:
        groups[cite.text].append(cite)
    return list(groups.values())


def _split(group: Sequence[_Cite], reading: Reading) -> list[list[_Cite]] | None:
    """Return the groups into which ``reading`` splits ``group``, or None if it does not."""
    groups: dict[str, list[_Cite]] = defaultdict(list)
    for cite in group:
        groups[cite.read(_combined(cite.reading, reading))].append(cite)
    return list(groups.values()) if len(groups) > 1 else None


def _combined(own: Reading, shared: Reading) -> Reading:
    """Return ``shared``, but with at least as much of each given name as ``own`` shows."""
    givens = []
    for index in range(max(len(own.givens), len(shared.givens))):
        mine = own.givens[index] if index < len(own.givens) else ()
        theirs = shared.givens[index] if index < len(shared.givens) else ()
        length = max(len(mine), len(theirs))
        padded = zip(
            mine + (0,) * (length - len(mine)), theirs + (0,) * (length - len(theirs)), strict=True
        )
        givens.append(tuple(max(pair) for pair in padded))
    return replace(shared, givens=tuple(givens))


# ---------------------------------------------------------------- names

_Step = tuple[int, int, int | None]  # list, name, and how much of its given name, if any


def _refine(group: list[_Cite], *, adds_names: bool, adds_givens: bool) -> Iterator[list[_Cite]]:
    """Tell ``group`` apart by names as far as possible; yield the groups that still read the same.

    It goes from the first name to the last: more of its given name first, then the next name.
    """
    steps = list(_steps(group, adds_names=adds_names, adds_givens=adds_givens))
    pending: list[tuple[list[_Cite], Reading, int]] = [(group, Reading(), 0)]
    while pending:
        cites, reading, first = pending.pop()
        for index in range(first, len(steps)):
            step = steps[index]
            if len(cites) == 1 or not _could_split(cites, step):
                continue
            tried = _with_step(reading, step)
            parts = _split(cites, tried)
            if parts is not None:
                pending.extend((part, tried, index + 1) for part in parts)
                break
        else:
            for cite in cites:
                cite.reading = _combined(cite.reading, reading)
                cite.text = cite.read(cite.reading)
            if len(cites) > 1:
                yield cites


def _steps(group: list[_Cite], *, adds_names: bool, adds_givens: bool) -> Iterator[_Step]:
    """Yield the steps that can be tried on a group: one more name, or more of a given name."""
    lists = [cite.lists for cite in group]
    for index in range(max(map(len, lists))):
        records = [records[index] for records in lists if index < len(records)]
        longest = max(len(record.names) for record in records)
        shown = min(record.shown for record in records)
        levels = sorted({level for record in records for level in record.steps})
        for position in range(longest if adds_names else shown):
            if adds_names and position >= shown:
                yield index, position, None
            if adds_givens:
                for level in levels:
                    yield index, position, level


def _could_split(cites: Sequence[_Cite], step: _Step) -> bool:
    """Return whether the cites differ in the name at ``step``, or in whether their names end there.

    If they do not, the step need not be rendered.
    """
    index, position, _ = step
    seen = set()
    for cite in cites:
        names = cite.lists[index].names if index < len(cite.lists) else ()
        name = names[position] if position < len(names) else None
        seen.add((name, len(names) <= position + 1))
    return len(seen) > 1


def _with_step(reading: Reading, step: _Step) -> Reading:
    """Return ``reading`` with one step more: a list shows its names up to a position.

    With a level, the step also shows this much of the given name at that position.
    """
    index, position, level = step
    names = [*reading.names, *[0] * (index + 1 - len(reading.names))]
    names[index] = max(names[index], position + 1)
    if level is None:
        return replace(reading, names=tuple(names))
    givens = [*reading.givens, *[()] * (index + 1 - len(reading.givens))]
    levels = [*givens[index], *[0] * (position + 1 - len(givens[index]))]
    levels[position] = level
    givens[index] = tuple(levels)
    return replace(reading, names=tuple(names), givens=tuple(givens))


# ---------------------------------------------------------------- given names everywhere


def _expand_everywhere(cites: Sequence[_Cite], rule: str) -> None:
    """Show so much of the given names that persons with the same family name differ.

    ``rule`` says how much is allowed, and whether only the first name of a cite counts. It does not
    matter whether the cites are ambiguous: under this rule a person has the same name wherever the
    document cites them.
    """
    primary_only = rule.startswith("primary-name")
    most = INITIALS if rule.endswith("with-initials") else ALL
    persons: dict[str, set[Name]] = defaultdict(set)
    for cite in cites:
        for name in _persons(cite, primary_only=primary_only):
            persons[_family(name)].add(name)
    for cite in cites:
        givens = tuple(
            tuple(
                _level(name, persons[_family(name)], record, most)
                if not (name.literal or (primary_only and (index or position)))
                else 0
                for position, name in enumerate(record.names)
            )
            for index, record in enumerate(cite.lists)
        )
        if any(any(levels) for levels in givens):
            cite.reading = Reading(givens=givens)
            cite.text = cite.read(cite.reading)


def _persons(cite: _Cite, *, primary_only: bool) -> Iterator[Name]:
    """Yield the persons in the names of a cite; with ``primary_only``, only the first one."""
    for record in cite.lists[:1] if primary_only else cite.lists:
        for name in record.names[:1] if primary_only else record.names:
            if not name.literal:
                yield name


def _family(name: Name) -> str:
    """Return the family name with the particle that belongs to it."""
    return f"{name.non_dropping_particle} {name.family}"


def _level(name: Name, namesakes: set[Name], record: NameListRecord, most: int) -> int:
    """Return how much of the given name tells ``name`` from its ``namesakes``: initials, all or 0.

    ``most`` is the most that the rule allows. It is 0 for a person without namesakes, and where
    what the rule allows cannot tell any of them apart.
    """
    if len(namesakes) == 1:
        return 0
    givens = {_bare(other.given) for other in namesakes}
    if len(givens) == 1:
        return 0
    own = initialized(_bare(name.given), "")
    sharing = {given for given in givens if initialized(given, "") == own}
    can_initialize = INITIALS in record.steps or record.base == INITIALS
    if can_initialize and (len(sharing) == 1 or most == INITIALS):
        return INITIALS if len(sharing) < len(givens) else 0
    return most if most == ALL else 0


def _bare(given: str) -> str:
    """Return a given name with a space after each full stop, so that "J.J." equals "J. J."."""
    return " ".join(given.replace(".", ". ").split())


# ---------------------------------------------------------------- the condition


def _try_condition(group: list[_Cite]) -> Iterator[list[_Cite]]:
    """Tell ``group`` apart by what ``disambiguate="true"`` renders.

    Yield the groups of two and more cites that still read the same. If all of ``group`` does, the
    condition is left off.
    """
    if not any(cite.asks_condition for cite in group):
        yield group
        return
    groups: dict[str, list[_Cite]] = defaultdict(list)
    for cite in group:
        groups[cite.read(replace(cite.reading, condition=True))].append(cite)
    if len(groups) == 1:
        yield group
        return
    for part in groups.values():
        for cite in part:
            cite.reading = replace(cite.reading, condition=True)
        if len(part) > 1:
            yield part
