"""Rename citation keys, together with every place that names them; all files or none.

The places are: the entries, other entries' fields that name them, and the citations in documents.
Everything is read a second time before it is written: each citation must still mean its entry.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from compcite.checks.case import is_mention
from compcite.checks.citations import EntriesByKey, ignores_case
from compcite.errors import EditError, UsageError
from compcite.files.decoding import read_source
from compcite.files.sources import Changed
from compcite.formats.citing import cited_in
from compcite.formats.fresh_keys import renewed_keys
from compcite.formats.rewriting import is_editable, named_keys, rename, text_beside_entries
from compcite.model.citations import Citations
from compcite.model.edits import apply_edits
from compcite.model.library import STAND_INS
from compcite.model.report import Edit
from compcite.model.source import Span
from compcite.text.phrases import amount
from compcite.verbs.load import reload_changed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from compcite.model.citations import Citation
    from compcite.model.library import Entry, Library
    from compcite.model.source import SourceFile

__all__ = [
    "Documents",
    "Renaming",
    "new_names",
    "read_documents",
    "rename_citations",
    "rename_keys",
]

_KEY = re.compile(r"[^\s\"#%'(),={}~\\$^&`<>\[\]@|]+")
_FORBIDDEN = "a blank or one of \" # % ' ( ) , = { } ~ \\ $ ^ & ` < > [ ] @ |"
# Files that LaTeX and biber write, and write anew.
_WRITTEN_BY_LATEX = frozenset({".aux", ".bcf"})
_NOTEBOOK = ".ipynb"
# Words of a text that can be keys, and the signs behind which keys stand in citations.
_WORD = re.compile(r"[^\s\"#%'(),={}~\\$^&`<>\[\]@|;]+")
_SIGNS = frozenset("{,@[<`&:\"'")
_SHOWN = 5  # places of one key that are named in each file; the others are counted


class Documents(NamedTuple):
    """Documents as they were read: their names, every file that they include, what they cite."""

    names: Sequence[str] = ()
    sources: Mapping[str, SourceFile] = {}
    citations: Citations = Citations()


class Renaming(NamedTuple):
    """What a renaming changes, and sentences on what it leaves.

    ``renamed`` has the place, the old and the new key of each entry. ``citations`` counts those
    that change, ``documents`` the documents in which they stand.
    """

    changed: list[Changed]
    renamed: list[tuple[str, str, str]]
    citations: int
    documents: int
    remarks: list[str]


def read_documents(names: Sequence[str]) -> Documents:
    """Read documents, and the files that they include; errors are as for :func:`cited_in`."""
    sources: dict[str, SourceFile] = {}

    def read(name: str) -> SourceFile:
        sources[name] = read_source(name)
        return sources[name]

    citations = cited_in(names, read)
    return Documents(names, sources, citations)


def _unchangeable(library: Library, documents: Documents) -> dict[str, str]:
    """The keys that cannot be renamed, each with the reason.

    A command of a document can make a key of its argument, so that the key stands nowhere; a key
    that several entries have cannot tell whom a citation means; some formats are not written.
    """
    reasons: dict[str, str] = {}
    for citation in documents.citations.citations:
        if not _is_written_by_latex(citation.source) and _spelled(citation, citation.key) is None:
            reasons.setdefault(
                citation.key,
                f"{_place(citation)}: {_text(citation)} cites {citation.key} without naming it, "
                "so the key cannot be renamed here",
            )
    for entry in library.entries:
        if entry.source is None or not is_editable(entry.source):
            name = entry.source.name if entry.source else entry.key
            reasons.setdefault(
                entry.key, f"{name}: keys are renamed in .bib and CSL-JSON files only"
            )
    return reasons


def new_names(
    library: Library, documents: Documents, key_format: str
) -> tuple[dict[str, str], list[str]]:
    """A new key of this form for each entry that has none, and sentences on entries that cannot.

    Those are entries without a key, those that share one, whose citations nobody can tell apart,
    and those of files that cannot be edited. Sets and stores of fields (``@set``, ``@xdata``) are
    no works, and keep their keys. Raises ValueError for a form that no key can have.
    """
    reasons = _unchangeable(library, documents)
    counts = Counter(entry.key for entry in library.entries)
    for entry in library.entries:
        if entry.key and counts[entry.key] > 1:
            reasons.setdefault(
                entry.key,
                f"{_place_of(entry)}: {counts[entry.key]} entries have the key {entry.key}, so it "
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
    return renewed_keys(free, key_format, kept), [*_without_key(library), *reasons.values()]


def _without_key(library: Library) -> Iterator[str]:
    """A sentence on the entries that have no key, where there are some."""
    places = [_place_of(entry) for entry in library.entries if not entry.key]
    if places:
        named = ", ".join(places[:_SHOWN]) + (", …" if len(places) > _SHOWN else "")
        yield f"{amount(len(places), 'entry')} without a key cannot be cited or renamed: {named}"


def rename_keys(library: Library, documents: Documents, names: Mapping[str, str]) -> Renaming:
    """The changes that give entries other keys: ``names`` has the new key for each old one.

    An old key may be an alias (``ids``). Raises UsageError for a new key that is not legal or not
    free, EditError where a place cannot be changed, or would then mean another entry.
    """
    by_key = EntriesByKey(library.entries)
    _refuse_illegal(names.values())
    _refuse_taken(library, by_key, names)
    reasons = _unchangeable(library, documents)
    for old in names:
        if old in reasons:
            raise EditError(reasons[old])
    new = _NewKeys(names, by_key)
    work = _Work()
    for source in library.sources:
        if is_editable(source):
            own = [entry for entry in library.entries if entry.source is source]
            work.edit(source, rename(source, own, lambda key: new.of(key, folds=True)))
    citing = _document_edits(documents, new)
    for source, edits in citing:
        work.edit(source, edits)
    lists = [work.after.get(id(source), source) for source in library.sources]
    _verify_entries(library, reload_changed(lists, library), new)
    _verify_documents(documents, work, new)
    return Renaming(
        work.changed,
        [
            (_place_of(entry), key, names[key])
            for entry in library.entries
            for key in entry.keys
            if key in names
        ],
        sum(len(edits) for _, edits in citing),
        len(citing),
        [*_repeated(library, names), *_remarks(library, documents, names, by_key, work)],
    )


def rename_citations(
    library: Library, documents: Documents, names: Mapping[str, str]
) -> tuple[list[Changed], int]:
    """The documents in which citations of some keys change, and how many citations change.

    ``names`` has the new key for each old one; the entries stay as they are. Raises EditError where
    a document does not name a key that it cites.
    """
    new = _NewKeys(names, EntriesByKey(library.entries))
    work = _Work()
    citing = _document_edits(documents, new)
    for source, edits in citing:
        work.edit(source, edits)
    _verify_documents(documents, work, new)
    return work.changed, sum(len(edits) for _, edits in citing)


@dataclass
class _Work:
    """The edits so far, and the sources after them, by the identity of the source."""

    edits: dict[int, list[Edit]] = field(default_factory=dict)
    after: dict[int, SourceFile] = field(default_factory=dict)
    changed: list[Changed] = field(default_factory=list)

    def edit(self, source: SourceFile, edits: Sequence[Edit]) -> None:
        """Apply the edits of one source; a source is edited once."""
        if edits:
            text = apply_edits(source.text, edits)
            self.edits[id(source)] = list(edits)
            self.after[id(source)] = source.with_text(text)
            self.changed.append(Changed(source, self.after[id(source)]))


class _NewKeys:
    """The key that each key has after the renaming."""

    def __init__(self, names: Mapping[str, str], by_key: EntriesByKey) -> None:
        self._names = names
        self._by_key = by_key
        self._alike: dict[str, list[str]] = {}
        for name in by_key.exact:
            self._alike.setdefault(name.casefold(), []).append(name)

    def of(self, key: str, *, folds: bool) -> str:
        """The new key for a key; with ``folds`` it may differ in case from that of its entry.

        Where it differs so from the keys of several entries, nobody knows whom it means; it stays.
        """
        if key in self._names:
            return self._names[key]
        if not folds or key in self._by_key.exact:
            return key
        alike = self._alike.get(key.casefold(), [])
        return self._names.get(alike[0], key) if len(alike) == 1 else key

    def of_citation(self, citation: Citation) -> str:
        """The key that a citation has after the renaming; files of LaTeX's own stay."""
        if _is_written_by_latex(citation.source):
            return citation.key
        return self.of(citation.key, folds=ignores_case(citation.source))


def _refuse_illegal(new: Iterable[str]) -> None:
    """Raise UsageError for a key that BibTeX, or a citation in LaTeX, cannot hold."""
    for key in new:
        if not _KEY.fullmatch(key):
            raise UsageError(f"{key!r} cannot be a key: it is empty or has {_FORBIDDEN}")


def _refuse_taken(library: Library, by_key: EntriesByKey, names: Mapping[str, str]) -> None:
    """Raise UsageError where two keys that differ now would not differ after the renaming.

    BibTeX takes keys that differ in nothing but case for the same.
    """
    unread = {one.key for one in library.problems if one.key and one.rule == "entry-unparsed"}
    owners: dict[str, str] = {}
    for old in sorted([*by_key.exact, *(unread - by_key.exact.keys())], key=names.__contains__):
        new = names.get(old, old)
        other = owners.setdefault(new.casefold(), old)
        apart = other.casefold() != old.casefold() or names.get(other, other) == new
        if other != old and apart and (old in names or other in names):
            places = by_key.exact.get(other, [])
            where = f" ({_place_of(library.entries[places[0]])})" if places else ""
            raise UsageError(
                f"{old} cannot become {new}: {names.get(other, other)} is the key of another "
                f"entry{where}; letter case makes no difference to BibTeX"
            )


def _document_edits(documents: Documents, new: _NewKeys) -> list[tuple[SourceFile, list[Edit]]]:
    """The edits of each document in which citations, or descriptions of its own, change."""
    by_source: dict[int, tuple[SourceFile, dict[int, Edit]]] = {}
    for one in (*documents.citations.citations, *documents.citations.definitions):
        key = new.of_citation(one)
        if key != one.key:
            spelled = _spelled(one, key)
            if spelled is None:
                raise EditError(f"{_place(one)}: {_text(one)} cites {one.key} without naming it")
            _, edits = by_source.setdefault(id(one.source), (one.source, {}))
            edits[one.span.start] = Edit(*one.span, spelled)
    return [(source, list(edits.values())) for source, edits in by_source.values()]


def _spelled(citation: Citation, key: str) -> str | None:
    """A key as it is spelled at the place of a citation; None where that is not the cited key.

    In a notebook, text is JSON, in which letters can be written as escapes.
    """
    text = _text(citation)
    if text == citation.key:
        return key
    if PurePath(citation.source.name).suffix.lower() == _NOTEBOOK:
        try:
            if json.loads(f'"{text}"') == citation.key:
                return json.dumps(key, ensure_ascii=citation.source.text.isascii())[1:-1]
        except ValueError:
            return None
    return None


def _verify_entries(before: Library, after: Library, new: _NewKeys) -> None:
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
                f"{_place_of(one)}: {one.key} would name another entry than now, so nothing was "
                "changed"
            )


def _verify_documents(documents: Documents, work: _Work, new: _NewKeys) -> None:
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
            where = _place(place) if place else ""
            raise EditError(
                f"{where}: here {wanted} would not be read as that key; choose one of letters, "
                "digits and - or _"
            )


def _repeated(library: Library, names: Mapping[str, str]) -> Iterator[str]:
    """A sentence for each old key that several entries have; all of them are renamed."""
    places: dict[str, list[str]] = {}
    for entry in library.entries:
        if entry.key in names:
            places.setdefault(entry.key, []).append(_place_of(entry))
    for key, found in places.items():
        if len(found) > 1:
            yield f"{key} is the key of {len(found)} entries, all renamed: {', '.join(found)}"


def _remarks(
    library: Library,
    documents: Documents,
    names: Mapping[str, str],
    by_key: EntriesByKey,
    work: _Work,
) -> Iterator[str]:
    """Sentences on citations that stay, or that mean an entry only now, and on old keys in text."""
    new = set(names.values())
    alike = {name.casefold(): name for name in names}
    left: dict[str, None] = {}
    for one in documents.citations.citations:
        if _is_written_by_latex(one.source):
            left[one.source.name] = None
        elif one.key in new and not by_key.meant(one.key):
            yield f"{_place(one)}: cites {one.key}, which was no key before; now it is one"
        elif _differs_in_case(one, by_key) and (old := alike.get(one.key.casefold())):
            yield f"{_place(one)}: cites {one.key}, not {old}, so it stays as it is"
    for name in left:
        yield f"{name} stays as it is; LaTeX and biber write it anew"
    for source in documents.sources.values():
        if not _is_written_by_latex(source):
            yield from _leftovers(source, [Span(0, len(source.text))], names, work)
    for source in library.sources:
        yield from _leftovers(source, text_beside_entries(source), names, work)


def _differs_in_case(citation: Citation, by_key: EntriesByKey) -> bool:
    """Whether no entry has just this key, and the document is for a program that minds case."""
    return citation.key not in by_key.exact and not ignores_case(citation.source)


def _leftovers(
    source: SourceFile, stretches: Iterable[Span], names: Mapping[str, str], work: _Work
) -> Iterator[str]:
    """Sentences on the places at which an old key stands and is not changed.

    It may be in a comment, in verbatim text, or be a word that means something else. A plain word
    counts only behind a sign behind which keys stand.
    """
    changed = {edit.start for edit in work.edits.get(id(source), ())}
    places: dict[str, list[int]] = {}
    for stretch in stretches:
        for word in _WORD.finditer(source.text, *stretch):
            key = word[0].rstrip(".:;!?")
            if key not in names or word.start() in changed:
                continue
            plain = not any(map(str.isdigit, key))
            if plain and source.text[word.start() - 1 : word.start()] not in _SIGNS:
                continue
            places.setdefault(key, []).append(word.start())
    for key, found in places.items():
        lines = [f"{p.line}:{p.column}" for p in map(source.position, found[:_SHOWN])]
        more = f" and {amount(len(found) - _SHOWN, 'place')} more" if len(found) > _SHOWN else ""
        where = f"{source.name}:{', '.join(lines)}{more}"
        yield f"{where}: {key} stands here, but cites nothing; it stays"


def _is_written_by_latex(source: SourceFile) -> bool:
    """Whether LaTeX or biber write this file, and write it anew in the next run."""
    return PurePath(source.name).suffix.lower() in _WRITTEN_BY_LATEX


def _text(citation: Citation) -> str:
    """The text at the place of a citation."""
    return citation.source.text[slice(*citation.span)]


def _place(citation: Citation) -> str:
    """The file, line and column of a citation."""
    place = citation.source.position(citation.span.start)
    return f"{citation.source.name}:{place.line}:{place.column}"


def _place_of(entry: Entry) -> str:
    """The file and line of an entry."""
    if entry.source is None:
        return "?"
    return f"{entry.source.name}:{entry.source.position(entry.span.start).line}"
