"""Merge entries of one work into the first of them, where that loses nothing.

What stands in the way is said with both values. Nothing is written to disk here:
:func:`compcite.files.sources.write_sources` does that.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from compcite.checks.identifiers import own_doi
from compcite.checks.repeats import find_repeats
from compcite.errors import ContradictionError, EditError
from compcite.files.sources import Changed
from compcite.formats.bibtex.read.inheritance import OTHER_NAMES
from compcite.formats.rewriting import changed_fields, merge
from compcite.model.edits import apply_edits
from compcite.verbs.fix import apply_fixes
from compcite.verbs.load import reload_changed
from compcite.verbs.verify import Judgements, check_library

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from compcite.checks.case import Repeats
    from compcite.model.library import Entry, Library

__all__ = ["Difference", "Merged", "Obstacle", "merge_all", "merge_entries"]

_RULES = ("doi-duplicated", "work-duplicated")


class Difference(NamedTuple):
    """A field in which two entries differ, with the values of the earlier and the later one."""

    field: str
    earlier: str
    later: str


class Obstacle(NamedTuple):
    """Two entries of one work that are not merged, and why: a reason, and where they differ."""

    earlier: Entry
    later: Entry
    reason: str
    differences: tuple[Difference, ...] = ()


class Merged(NamedTuple):
    """The sources that change, before and after, and the number of entries that went into others.

    ``names`` gives for each key that is gone the key of the entry that has taken its place.
    """

    changed: list[Changed]
    number: int
    names: dict[str, str]
    obstacles: list[Obstacle]


def merge_entries(library: Library, entries: Sequence[Entry]) -> Merged:
    """Merge entries of one file into the one of them that stands first in it.

    An entry that cannot be merged stays, with the reason as an obstacle. Raises EditError where the
    file would be read in another way, ValueError without entries.
    """
    first, *others = sorted(entries, key=lambda entry: entry.span.start)
    gone: list[Entry] = []
    obstacles: list[Obstacle] = []
    for entry in others:
        try:
            merge([*gone, entry], first)
        except EditError as reason:
            obstacles.append(_obstacle(first, entry, reason))
        else:
            gone.append(entry)
    source = first.source
    if source is None or not gone:
        return Merged([], 0, {}, obstacles)
    made = merge(gone, first)
    after = apply_edits(source.text, made.edits)
    meant = {(first.span.start, name) for name in made.fields}
    if not changed_fields(source, after, {entry.span.start for entry in gone}) <= meant:
        raise EditError(f"{source.name}: more than these entries would change")
    changed = [Changed(source, source.with_text(after))]
    return Merged(changed, len(gone), _names(library, changed), obstacles)


def merge_all(library: Library) -> Merged:
    """Merge all entries of a library that are one work beyond doubt.

    Entries that seem to be one work and were not merged are the obstacles: they contradict each
    other, stand in different files, or may be two works.
    """
    judge = partial(check_library, rules=_RULES, known=Judgements())
    fixed = apply_fixes(library, judge, reload_changed, unsafe=True)
    obstacles = list(_obstacles(fixed.library.entries))
    count = len(library.entries) - len(fixed.library.entries)
    return Merged(fixed.changed, count, _names(library, fixed.changed), obstacles)


def _names(library: Library, changed: Sequence[Changed]) -> dict[str, str]:
    """For each key that is gone: the key of the entry that has it as an alias now."""
    after = reload_changed([after for _, after in changed], library)
    kept = {entry.key for entry in after.entries}
    aliases = {alias: entry.key for entry in after.entries for alias in entry.keys[1:]}
    before = {id(source) for source, _ in changed}
    gone = [e.key for e in library.entries if id(e.source) in before and e.key not in kept]
    return {key: aliases[key] for key in gone if key in aliases}


def _obstacles(entries: Sequence[Entry]) -> Iterator[Obstacle]:
    """The pairs of entries that seem to be one work, and what stands in the way of merging them."""
    repeats = find_repeats(entries, [own_doi(entry) for entry in entries])
    for entry, repeat in zip(entries, repeats, strict=True):
        earlier = repeat.doi or repeat.work
        if earlier is not None:
            yield _why_not(earlier, entry, repeat)


def _why_not(earlier: Entry, entry: Entry, repeat: Repeats) -> Obstacle:
    """Why two entries that seem to be one work were not merged, by the first reason that holds."""
    if earlier.source is not entry.source:
        return Obstacle(earlier, entry, "they stand in different files")
    if repeat.unclear:
        return Obstacle(earlier, entry, "they may be two works")
    try:
        merge([entry], earlier)
    except EditError as reason:
        return _obstacle(earlier, entry, reason)
    return Obstacle(earlier, entry, "another entry stands in the way")


def _obstacle(earlier: Entry, entry: Entry, reason: EditError) -> Obstacle:
    """What stands in the way of merging two entries: ``reason``, and the fields that contradict.

    Each of these fields has the values of both entries.
    """
    fields = reason.fields if isinstance(reason, ContradictionError) else ()
    differences = tuple(
        Difference(name, _value(earlier, name), _value(entry, name)) for name in fields
    )
    return Obstacle(earlier, entry, str(reason), differences)


def _value(entry: Entry, name: str) -> str:
    """The value of a field as written, or of the field with another name for the same thing.

    Empty if the entry has neither; ``type`` gives the entry type.
    """
    if name == "type":
        return entry.type
    for one in (name, OTHER_NAMES.get(name, name)):
        field = entry.field(one)
        if field is not None and field.value.strip():
            return field.value.strip()
    return ""
