"""Change an entry, or take entries out; every other byte of the files stays."""

from __future__ import annotations

from dataclasses import replace as with_values
from typing import TYPE_CHECKING, NamedTuple

from compcite.checks.citations import EntriesByKey
from compcite.errors import UsageError
from compcite.files.sources import Changed
from compcite.formats.bibtex.edit.references import references
from compcite.formats.rewriting import assign, is_editable, remove, replace
from compcite.model.edits import apply_edits
from compcite.query import pick
from compcite.text.phrases import in_words
from compcite.verbs.load import library_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from compcite.model.citations import Citations
    from compcite.model.library import Entry, Library
    from compcite.model.report import Edit
    from compcite.model.source import SourceFile

__all__ = [
    "Removal",
    "Use",
    "only_entries",
    "remove_entries",
    "replace_entry",
    "set_fields",
    "uses_of",
    "what_changed",
]


class Use(NamedTuple):
    """A place that needs an entry (``paper.tex:12:8``), and what stands there, in words."""

    place: str
    what: str


def only_entries(library: Library, keys: Sequence[str]) -> list[Entry]:
    """The entries with these keys or aliases, each once; each must be the only one with its key.

    Raises UsageError for an unknown key, for one that several entries have, and for an entry of a
    file that cannot be edited.
    """
    found = list({id(entry): entry for entry in pick(library.entries, keys)}.values())
    for entry in found:
        same = [one for one in library.entries if one.key == entry.key]
        if len(same) > 1:
            places = ", ".join(one.place for one in same)
            raise UsageError(
                f"{len(same)} entries have the key {entry.key} ({places}); "
                "name the file with --source, or give one of them another key first"
            )
        if entry.source is None or not is_editable(entry.source):
            where = entry.source.name if entry.source else entry.key
            raise UsageError(f"{where}: only .bib and CSL-JSON files can be changed")
    return found


def set_fields(entry: Entry, values: Mapping[str, str | None]) -> list[Changed]:
    """Set fields of an entry, and return its file before and after: one ``Changed``, or none.

    ``values`` has a value for the name of each field; None removes the field. The list is empty if
    the fields have these values already. Nothing is written. Raises EditError for a value that the
    file's format cannot hold, and for a field to remove that is not there.
    """
    return _changed(entry, assign(entry, values).edits)


def replace_entry(entry: Entry, text: str) -> list[Changed]:
    """Replace the text of an entry by ``text``, and return its file before and after.

    The list is empty if the text is the same. Nothing is written. Raises EditError where ``text``
    is not exactly one entry with the same key.
    """
    return _changed(entry, replace(entry, text).edits)


def what_changed(entry: Entry, after: SourceFile) -> str:
    """How an entry differs in the new text of its file: ``set pages and year, removed note``.

    No other entry of the file has the same key.
    """
    now = next(one for one in library_of([after]).entries if one.key == entry.key)
    old = {field.name: field.value for field in entry.fields if not field.ignored}
    new = {field.name: field.value for field in now.fields if not field.ignored}
    written = [name for name, value in new.items() if old.get(name) != value]
    gone = [name for name in old if name not in new]
    parts = [
        f"now @{now.type}" if now.type != entry.type else "",
        f"set {in_words(written)}" if written else "",
        f"removed {in_words(gone)}" if gone else "",
    ]
    return ", ".join(filter(None, parts)) or "other blanks or delimiters"


def uses_of(library: Library, entries: Sequence[Entry], citations: Citations | None) -> list[Use]:
    """Where documents cite one of these entries, and where other entries name it in a field.

    A key that other entries have, too, is no use: it can still mean one of them.
    """
    names = EntriesByKey(library.entries)
    gone = {id(entry) for entry in entries}

    def needed(key: str) -> bool:
        meant = [library.entries[place] for place in names.meant(key)]
        return bool(meant) and all(id(one) in gone for one in meant)

    return [*_citing(citations, needed), *_linking(library, gone, needed)]


class Removal(NamedTuple):
    """The changed sources, and a sentence for each text beside an entry that was not removed."""

    changed: list[Changed]
    stays: list[str]


def remove_entries(library: Library, entries: Sequence[Entry]) -> Removal:
    """The sources without these entries, and sentences on text beside them that stays.

    Nothing is written. Raises EditError where the rest of a file would then be read in another way.
    """
    before = {id(source): source for source in library.sources}
    latest = dict(before)
    stays: list[str] = []
    # From the last to the first, so that the lines that are said are those of the file on disk.
    for entry in sorted(entries, key=lambda one: one.span.start, reverse=True):
        place = id(entry.source)
        now = latest[place]
        removed = remove(with_values(entry, source=now))
        latest[place] = now.with_text(apply_edits(now.text, [removed.edit]))
        stays[:0] = removed.stays
    changed = [Changed(before[place], latest[place]) for place in before]
    return Removal([one for one in changed if one.before is not one.after], stays)


def _changed(entry: Entry, edits: Sequence[Edit]) -> list[Changed]:
    """The file of an entry before and after some edits; an empty list if they change nothing.

    It is also empty for an entry without a source.
    """
    if entry.source is None:
        return []
    after = apply_edits(entry.source.text, edits)
    if after == entry.source.text:
        return []
    return [Changed(entry.source, entry.source.with_text(after))]


def _citing(citations: Citations | None, needed: Callable[[str], bool]) -> Iterator[Use]:
    """The places in documents that cite a key for which ``needed`` is true."""
    for one in citations.citations if citations else ():
        if needed(one.key):
            yield Use(one.place, f"cites {one.key}")


def _linking(
    library: Library, gone: Collection[int], needed: Callable[[str], bool]
) -> Iterator[Use]:
    """The other BibTeX entries whose fields name a key for which ``needed`` is true.

    ``gone`` are the identities of the entries that are left out.
    """
    for entry in library.entries:
        if id(entry) not in gone and entry.format == "bibtex":
            for one in references(entry):
                if needed(one.key):
                    what = f"{entry.key} names {one.key} in its field {one.field}"
                    yield Use(entry.place, what)
