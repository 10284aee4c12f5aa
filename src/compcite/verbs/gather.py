"""Bring the entries of another list into a .bib file, in the style of that file.

An entry keeps its key where that is free. An entry whose work is in the file already is left out,
completes the entry that is there, or is added all the same. Nothing is written to disk here:
:func:`compcite.files.sources.write_sources` does that.
"""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from compcite.checks.identifiers import own_doi
from compcite.checks.repeats import find_repeats
from compcite.errors import EditError
from compcite.formats.bibtex.edit.appending import append_entries
from compcite.formats.bibtex.scan.blocks import BlockKind
from compcite.formats.bibtex.scan.syntax import blocks_of
from compcite.formats.bibtex.write.writer import usable_key
from compcite.formats.keys import KEY_FORMAT, citation_key
from compcite.formats.rewriting import Completion, changed_fields, complete
from compcite.model.edits import apply_edits
from compcite.model.library import STAND_INS
from compcite.text.compare.words import squeeze
from compcite.text.markup import without_tags
from compcite.verbs.load import library_of

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence

    from compcite.model.library import Entry
    from compcite.model.report import Edit
    from compcite.model.source import SourceFile

__all__ = ["Gathered", "OnDuplicate", "Outcome", "gather_entries", "missing_preambles"]


# The variables that tell works of one author and year apart.
_PLACING = (
    *("title", "container-title", "volume", "issue", "page", "number", "edition", "DOI", "URL"),
)


class OnDuplicate(StrEnum):
    """What is done with an entry whose work is in the file already.

    ``SKIP`` leaves it out, ``COMPLETE`` gives the entry that is there the fields that it lacks, and
    ``KEEP`` adds it all the same.
    """

    SKIP = "skip"
    COMPLETE = "complete"
    KEEP = "keep"


class Outcome(NamedTuple):
    """What came of one entry.

    ``added`` is the new entry in the file. ``earlier`` is the entry of the same work that was there
    before it, in the file or in the list, as it was then. ``completed`` are the fields that the
    earlier entry got from this one; where it could get none, ``problem`` is the reason.
    """

    entry: Entry
    added: Entry | None = None
    earlier: Entry | None = None
    completed: tuple[str, ...] = ()
    problem: str = ""


class Gathered(NamedTuple):
    """The file afterwards, and what came of each entry."""

    source: SourceFile
    outcomes: list[Outcome]


def gather_entries(
    source: SourceFile,
    entries: Sequence[Entry],
    *,
    on_duplicate: OnDuplicate = OnDuplicate.SKIP,
    key_format: str = KEY_FORMAT,
) -> Gathered:
    """Add entries to a .bib file; return its new text and what became of each entry.

    ``on_duplicate`` says what becomes of an entry whose work is in the file already. Entries of
    which that is not certain are added. Raises EditError where the file would be read in another
    way.
    """
    library = library_of([source], format_name="bibtex")
    there = library.entries
    earlier = _earlier(there, entries)
    wanted = [
        entry for entry in entries if id(entry) not in earlier or on_duplicate is OnDuplicate.KEEP
    ]
    taken = {key for entry in there for key in entry.keys}
    taken |= {problem.key for problem in library.problems if problem.key}
    keys = _free_keys(wanted, taken, key_format)
    names = _new_names(entries, keys, earlier)
    new = [replace(entry, key=keys[id(entry)]) for entry in wanted]
    after = source.with_text(append_entries(source, new, names)) if new else source
    completions: dict[int, _Completed] = {}
    if on_duplicate is OnDuplicate.COMPLETE:
        places = {id(entry): place for place, entry in enumerate([*there, *wanted])}
        after, completions = _completed(after, entries, earlier, places)
    now = library_of([after], format_name="bibtex").entries
    added = dict(zip(map(id, wanted), now[len(there) :], strict=True))
    outcomes = [
        Outcome(
            entry,
            added.get(id(entry)),
            earlier.get(id(entry)),
            *completions.get(id(entry), _Completed()),
        )
        for entry in entries
    ]
    return Gathered(after, outcomes)


def missing_preambles(gathered: Gathered) -> Iterator[str]:
    """The places of each ``@preamble`` that stands with the added entries, but not in the file.

    It may define commands that their values use. A place is written as ``coauthor.bib:2``.
    """
    sources = {
        one.entry.source.name: one.entry.source
        for one in gathered.outcomes
        if one.added and one.entry.source and one.entry.format == "bibtex"
    }
    there = {text for _, text in _preambles(gathered.source)}
    for source in sources.values():
        for start, text in _preambles(source):
            if text not in there:
                yield f"{source.name}:{source.position(start).line}"


def _preambles(source: SourceFile) -> Iterator[tuple[int, str]]:
    """Where each ``@preamble`` of a source begins, and its text."""
    for block in blocks_of(source.text):
        if block.kind is BlockKind.PREAMBLE:
            yield block.start, source.text[block.start : block.end]


def _earlier(there: Sequence[Entry], entries: Sequence[Entry]) -> dict[int, Entry]:
    """By the identity of an entry: the first entry of the same work before it.

    It stands in the file and says the same, under the same key if there is such an entry, or it
    has the same DOI, or is the same work beyond doubt.
    """
    everything = [*there, *entries]
    repeats = find_repeats(everything, [own_doi(entry) for entry in everything])
    standing: dict[Hashable, Entry] = {}
    for entry in there:
        said = _said(entry)
        standing.setdefault((said, entry.key), entry)
        standing.setdefault(said, entry)
    found: dict[int, Entry] = {}
    for entry, repeat in zip(entries, repeats[len(there) :], strict=True):
        said = _said(entry)
        other = standing.get((said, entry.key)) or repeat.doi
        other = other or (None if repeat.unclear else repeat.work) or standing.get(said)
        if other is not None:  # of the entries that are its work, the first
            found[id(entry)] = found.get(id(other), other)
    return found


def _said(entry: Entry) -> Hashable:
    """A value that is equal for two entries that say the same of their work.

    By it a list that is brought in a second time is recognized. An entry without title, names and
    place is compared by its fields, and without any fields by its key.
    """
    item = entry.item
    issued = item.dates.get("issued")
    people = tuple((role, names) for role, names in sorted(item.names.items()))
    placed = tuple(squeeze(without_tags(item.text.get(name, ""))) for name in _PLACING)
    if people or any(placed):
        return people, issued.year if issued else None, placed
    return tuple((one.name, one.value) for one in entry.fields) or entry.key.casefold()


def _free_keys(entries: Iterable[Entry], taken: set[str], key_format: str) -> dict[int, str]:
    """A key for each entry, by its identity: its own where that is free and BibTeX can read it.

    Else a new one of the form ``key_format``. Letter case makes no difference.
    """
    occupied = {key.casefold() for key in taken}
    keys: dict[int, str] = {}
    for entry in entries:
        key = usable_key(entry.key)
        if not key or key.casefold() in occupied:
            key = citation_key(entry.item, occupied, key_format)
        occupied |= {one.casefold() for one in (key, *entry.keys[1:])}
        keys[id(entry)] = key
    return keys


def _new_names(
    entries: Iterable[Entry], keys: dict[int, str], earlier: dict[int, Entry]
) -> dict[str, dict[str, str]]:
    """For each source, by its name: the new keys of its entries by their old ones in lower case.

    Two sources may use one key for two works, so the names of one say nothing about the other. In
    one source, a key means the first entry that has it. A key that stays has no new one. An entry
    that is not added is referred to by the key of the earlier entry of its work.
    """
    names: dict[str, dict[str, str]] = {}
    for entry in entries:
        other = earlier.get(id(entry))
        new = keys.get(id(entry)) or (other and (keys.get(id(other)) or other.key))
        if new and entry.key and entry.source:
            of_source = names.setdefault(entry.source.name, {})
            of_source.setdefault(entry.key.lower(), new if new != entry.key else "")
    return {
        name: {old: new for old, new in of_source.items() if new}
        for name, of_source in names.items()
    }


class _Completed(NamedTuple):
    """The fields that an entry got from its duplicate, or why it could get none."""

    fields: tuple[str, ...] = ()
    problem: str = ""


def _completed(
    source: SourceFile,
    entries: Sequence[Entry],
    earlier: dict[int, Entry],
    places: dict[int, int],
) -> tuple[SourceFile, dict[int, _Completed]]:
    """The file in which entries have what only their duplicates said; and what came of each.

    ``places`` has the place of each earlier entry among those of the file. An entry with several
    duplicates is completed by one after the other. Sets and stores of fields complete nothing.
    """
    waiting = [
        (places[id(earlier[id(entry)])], entry)
        for entry in entries
        if id(entry) in earlier and id(earlier[id(entry)]) in places and entry.type not in STAND_INS
    ]
    results: dict[int, _Completed] = {}
    while waiting:
        first = dict(reversed(waiting))
        source, made = _completed_once(source, first)
        results |= made
        waiting = [one for one in waiting if one[1] is not first[one[0]]]
    return source, results


def _completed_once(
    source: SourceFile, duplicates: Mapping[int, Entry]
) -> tuple[SourceFile, dict[int, _Completed]]:
    """The file in which the entries at some places are completed, each by one duplicate.

    The dictionary has, for each duplicate, the fields that were added, or why none could be.
    """
    now = library_of([source], format_name="bibtex").entries
    edits: list[Edit] = []
    meant: set[tuple[int, str]] = set()
    results: dict[int, _Completed] = {}
    for place, entry in duplicates.items():
        written = entry if entry.format == "bibtex" else None
        try:
            made = complete(now[place], Completion(entry.item, written=written))
        except EditError as reason:
            results[id(entry)] = _Completed(problem=str(reason))
            continue
        edits += made.edits
        meant |= {(now[place].span.start, name) for name in made.fields}
        results[id(entry)] = _Completed(made.fields)
    after = apply_edits(source.text, edits)
    if edits and not changed_fields(source, after) <= meant:
        raise EditError(f"{source.name}: more than the completed entries would change")
    return source.with_text(after), results
