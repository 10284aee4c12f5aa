"""Rename citation keys, together with every place that names them; all files or none.

The places are: the entries, other entries' fields that name them, and the citations in documents.
Everything is read a second time before it is written: each citation must still mean its entry.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

from compcite.checks.case import is_mention
from compcite.checks.citations import EntriesByKey
from compcite.errors import EditError
from compcite.files.sources import Changed
from compcite.formats.citing import cited_in
from compcite.formats.fresh_keys import renewed_keys
from compcite.formats.rewriting import is_editable, named_keys, rename
from compcite.model.edits import apply_edits
from compcite.model.library import STAND_INS
from compcite.verbs.load import reload_changed
from compcite.verbs.rename.documents import (
    Documents,
    document_edits,
    is_written_by_latex,
    read_documents,
    spelled,
)
from compcite.verbs.rename.new_keys import NewKeys, refuse_illegal, refuse_taken
from compcite.verbs.rename.remarks import leftovers, odd_citations, repeated_keys, without_key

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from compcite.model.library import Library
    from compcite.model.report import Edit
    from compcite.model.source import SourceFile

__all__ = [
    "Documents",
    "Renaming",
    "new_names",
    "read_documents",
    "rename_citations",
    "rename_keys",
]


class Renaming(NamedTuple):
    """What a renaming changes, and in ``remarks`` sentences on what it leaves to the user.

    ``edits`` are the edits of each changed source. ``renamed`` has the place, the old and the new
    key of each entry. ``citations`` counts those that change, ``documents`` the documents in which
    they stand.
    """

    changed: list[Changed]
    edits: list[tuple[SourceFile, Sequence[Edit]]]
    renamed: list[tuple[str, str, str]]
    citations: int
    documents: int
    remarks: list[str]


def new_names(
    library: Library, documents: Documents, key_format: str
) -> tuple[dict[str, str], list[str]]:
    """The new keys by the old ones, and a sentence for each entry that cannot get a new key.

    ``key_format`` is the form of the new keys. Three kinds of entries cannot get one: an entry
    without a key, entries that have the same key (a citation could mean each of them), and an entry
    of a file that cannot be edited. Sets and stores of fields (``@set``, ``@xdata``) are no works,
    and keep their keys. Raises ValueError for a form that no key can have.
    """
    reasons = _unchangeable(library, documents)
    counts = Counter(entry.key for entry in library.entries)
    for entry in library.entries:
        if entry.key and counts[entry.key] > 1:
            reasons.setdefault(
                entry.key,
                f"{entry.place}: {counts[entry.key]} entries have the key {entry.key}, so it "
                "stays; citations of it could mean each",
            )
    free = [
        entry
        for entry in library.entries
        if entry.key
        and entry.key not in reasons
        and entry.type not in STAND_INS
        and not is_mention(entry)
    ]
    # An alias that is also the key of a free entry follows that key.
    every = {key for entry in library.entries for key in entry.keys}
    every |= {problem.key for problem in library.problems if problem.key}
    kept = every - {entry.key for entry in free}
    said = [reason for key, reason in reasons.items() if key in every]
    return renewed_keys(free, key_format, kept), [*without_key(library), *said]


def rename_keys(library: Library, documents: Documents, names: Mapping[str, str]) -> Renaming:
    """The changes that give entries other keys: ``names`` has the new key for each old one.

    An old key may be an alias (``ids``). Raises UsageError for a new key that is not legal or not
    free, EditError where a place cannot be changed, or would then mean another entry.
    """
    by_key = EntriesByKey(library.entries)
    refuse_illegal(names.values())
    refuse_taken(library, by_key, names)
    reasons = _unchangeable(library, documents)
    for old in names:
        if old in reasons:
            raise EditError(reasons[old])
    new = NewKeys(names, by_key)
    work = _Work()
    for source in library.sources:
        if is_editable(source):
            own = [entry for entry in library.entries if entry.source is source]
            work.edit(source, rename(source, own, lambda key: new.of(key, folds=True)))
    citing = document_edits(documents, new.of_citation)
    for source, edits in citing:
        work.edit(source, edits)
    lists = [work.after.get(id(source), source) for source in library.sources]
    _verify_entries(library, reload_changed(lists, library), new)
    _verify_documents(documents, work, new)
    return Renaming(
        work.changed,
        work.edits,
        [
            (entry.place, key, names[key])
            for entry in library.entries
            for key in entry.keys
            if key in names
        ],
        sum(len(edits) for _, edits in citing),
        len(citing),
        [
            *repeated_keys(library, names),
            *odd_citations(documents.citations, names, by_key),
            *leftovers(library, documents, names, work.places),
        ],
    )


def rename_citations(library: Library, documents: Documents, names: Mapping[str, str]) -> Renaming:
    """The changes of citations alone; the entries stay as they are.

    ``names`` has the new key for each old one. Raises EditError where a document does not name a
    key that it cites, or would not be read as citing the new one.
    """
    new = NewKeys(names, EntriesByKey(library.entries))
    work = _Work()
    citing = document_edits(documents, new.of_citation)
    for source, edits in citing:
        work.edit(source, edits)
    _verify_documents(documents, work, new)
    count = sum(len(edits) for _, edits in citing)
    return Renaming(work.changed, work.edits, [], count, len(citing), [])


def _unchangeable(library: Library, documents: Documents) -> dict[str, str]:
    r"""The keys that cannot be renamed, each with the reason.

    There are two reasons. Either a command of a document makes the key from its argument, so that
    the key itself is not in the document: ``\citesmith{2001}`` cites ``smith2001``. Or the entry is
    in a file whose format compcite cannot edit.
    """
    reasons: dict[str, str] = {}
    for citation in documents.citations.citations:
        if not is_written_by_latex(citation.source) and spelled(citation, citation.key) is None:
            reasons.setdefault(
                citation.key,
                f"{citation.place}: {citation.text} cites {citation.key} without naming it, "
                "so the key cannot be renamed here",
            )
    for entry in library.entries:
        if entry.source is None or not is_editable(entry.source):
            name = entry.source.name if entry.source else entry.key
            reasons.setdefault(
                entry.key, f"{name}: keys are renamed in .bib and CSL-JSON files only"
            )
    return reasons


@dataclass
class _Work:
    """What has changed so far.

    By the identity of the source, ``places`` has the starts of its edits, ``after`` its new state.
    """

    places: dict[int, set[int]] = field(default_factory=dict)
    after: dict[int, SourceFile] = field(default_factory=dict)
    changed: list[Changed] = field(default_factory=list)
    edits: list[tuple[SourceFile, Sequence[Edit]]] = field(default_factory=list)

    def edit(self, source: SourceFile, edits: Sequence[Edit]) -> None:
        """Apply the edits of one source; a source is edited once."""
        if edits:
            text = apply_edits(source.text, edits)
            self.places[id(source)] = {edit.start for edit in edits}
            self.after[id(source)] = source.with_text(text)
            self.changed.append(Changed(source, self.after[id(source)]))
            self.edits.append((source, edits))


def _verify_entries(before: Library, after: Library, new: NewKeys) -> None:
    """Raise EditError unless all entries are the same but for their keys, and mean the same."""
    pairs = zip_longest(before.entries, after.entries)
    for one, other in pairs:
        if one is None or other is None or new.of(one.key, folds=False) != other.key:
            raise EditError("the list would not have the same entries; nothing was changed")
        if one.source and other.source and one.source.name != other.source.name:
            raise EditError("an entry would move to another file; nothing was changed")
    names, renamed = EntriesByKey(before.entries), EntriesByKey(after.entries)
    for one, other in zip(before.entries, after.entries, strict=True):
        was = [names.meant(key) for key in named_keys(one)]
        if was != [renamed.meant(key) for key in named_keys(other)]:
            raise EditError(
                f"{one.place}: {one.key} would name another entry than now, so nothing was changed"
            )


def _verify_documents(documents: Documents, work: _Work, new: NewKeys) -> None:
    """Read the changed documents again; raise EditError unless each cites as before."""

    def read(name: str) -> SourceFile:
        source = documents.sources[name]
        return work.after.get(id(source), source)

    again = cited_in(documents.names, read)
    for one, other in (
        *zip_longest(documents.citations.citations, again.citations),
        *zip_longest(documents.citations.definitions, again.definitions),
    ):
        if one is None or other is None or other.key != new.of_citation(one):
            place = one or other
            wanted = new.of_citation(one) if one else other.key if other else ""
            where = place.place if place else ""
            raise EditError(
                f"{where}: here {wanted} would not be read as that key; choose one of letters, "
                "digits and - or _"
            )
