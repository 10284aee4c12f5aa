"""Family L7: compare a list with the citations in documents."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from compcite.checks.case import Case, Fault, Undefined, is_mention, place_of
from compcite.model.doi import DOI
from compcite.model.item import Item
from compcite.model.library import Entry
from compcite.model.report import Severity
from compcite.text.nearest import nearest_few

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from compcite.model.citations import Citation, Citations
    from compcite.model.library import Library
    from compcite.model.source import SourceFile

__all__ = [
    "CitedEntries",
    "EntriesByKey",
    "case_of",
    "citation_undefined",
    "entry_uncited",
    "find_cited",
    "ignores_case",
    "relatives",
    "undefined_citations",
]

# The fields that name other entries, from which biblatex or BibTeX takes fields.
_PARENTS = ("crossref", "xref", "xdata", "related")
_XDATA = re.compile(r"xdata=(.+?)-[a-z]+")  # a single value of another entry
# Keys such as doi:10.1000/182, which Manubot and similar programs look up themselves.
_IDENTIFIER = re.compile(r"(?:doi|pmid|pmcid|arxiv|isbn|url|wikidata|https?):", re.IGNORECASE)
# Documents for BibTeX, which ignores the case of keys; other programs do not.
_BIBTEX = frozenset({".tex", ".ltx", ".latex", ".rnw", ".aux", ""})
_GUESSES = 50  # undefined keys that get a suggestion: each is compared with all keys of the list


def entry_uncited(case: Case) -> Iterator[Fault]:
    r"""No document cites the entry.

    It is not needed, or its citation was lost or misspelled. Only reported with `--cited-in`.
    Entries from which a cited one inherits (`crossref`, `xref`, `xdata`, `related`) and members of
    a cited `@set` count as cited; aliases in `ids` count as keys; `\nocite{*}` cites everything. An
    uncited entry gets no other finding, and no registry is asked about it.
    """
    if case.uncited:
        yield Fault("no document cites the entry", place_of(case.entry))


def citation_undefined(case: Case) -> Iterator[Fault]:
    r"""A document cites a key that no entry has.

    The text gets a question mark, or the bare key, where the citation should be. Only reported with
    `--cited-in`, at every place where the key is cited. Keys are compared with their letter case,
    as biber, pandoc and Typst do. Where only the case differs, and the document may be one for
    BibTeX, which ignores case, it is a note. Keys that the documents define themselves, keys of
    entries that could not be read, and identifiers such as `doi:10.1000/182` are left alone.

        As \citet{neff2003selv} says
    """
    undefined = case.undefined
    if undefined is None:
        return
    key = case.entry.key
    message, severity = f"no entry has the key {key}", None
    if undefined.alike:
        message += f"; {undefined.alike} differs from it in case"
        if ignores_case(undefined.citations[0].source):
            severity = Severity.NOTE
    elif undefined.similar:
        message += f"; did you mean {undefined.similar}?"
    for citation in undefined.citations:
        yield Fault(message, citation.span, severity=severity)


class CitedEntries(NamedTuple):
    """The entries that documents use, by their index in the library.

    ``in_bibliography`` are the cited entries and the members of cited sets. ``used`` are these and
    the entries from which they inherit. ``undefined`` are the citations of keys that no entry has,
    grouped by key and document.
    """

    in_bibliography: frozenset[int]
    used: frozenset[int]
    undefined: tuple[Undefined, ...] = ()


def find_cited(library: Library, citations: Citations) -> CitedEntries:
    """The entries that documents use, and the citations of keys that no entry has.

    A key that differs only in letter case cites an entry, and is undefined all the same. A key
    whose entry could not be read is not undefined. An entry that is only a DOI mentioned in a
    document counts as cited. If a document cites everything, all entries are in the bibliography.
    """
    entries = library.entries
    names = EntriesByKey(entries)
    unread = {one.key for one in library.problems if one.rule == "entry-unparsed" and one.key}
    cited = {place for place, entry in enumerate(entries) if is_mention(entry)}
    for citation in citations.citations:
        cited.update(names.meant(citation.key))
    listed = frozenset(range(len(entries))) if citations.everything else names.with_members(cited)
    undefined = undefined_citations(names, citations, unread)
    return CitedEntries(listed, names.with_parents(listed), undefined)


def undefined_citations(
    names: EntriesByKey, citations: Citations, unread: Collection[str] = ()
) -> tuple[Undefined, ...]:
    """The citations of keys that no entry has in just this letter case, by document and key.

    Left out are keys that the documents define themselves, identifiers (``doi:…``), and ``unread``,
    the keys of entries that could not be read. Only the first 50 groups name a similar key.
    """
    defined = citations.defined
    lost: dict[tuple[int, str], list[Citation]] = {}
    for citation in citations.citations:
        key = citation.key
        exact = names.exact.get(key) or names.of_doi(key)
        if not exact and not (key in defined or key in unread or _IDENTIFIER.match(key)):
            lost.setdefault((id(citation.source), key), []).append(citation)
    return tuple(
        Undefined(tuple(group), *names.nearest(group[0].key, guess=place < _GUESSES))
        for place, group in enumerate(lost.values())
    )


def ignores_case(document: SourceFile) -> bool:
    """Whether a document may be one for BibTeX, which takes ``Doe`` and ``doe`` for one key.

    It may be if its name ends as those of LaTeX do (``.tex``, ``.rnw``, ``.aux``, …), or has no
    suffix.
    """
    return PurePath(document.name).suffix.lower() in _BIBTEX


def case_of(undefined: Undefined) -> Case:
    """The case for citations of an undefined key, with an entry made up for it.

    The entry has only the key, and the place of the first citation.
    """
    first = undefined.citations[0]
    entry = Entry(first.key, Item("document"), source=first.source, span=first.span)
    return Case(entry, undefined=undefined)


def relatives(entries: Sequence[Entry], chosen: Iterable[Entry]) -> list[Entry]:
    """The entries, without ``chosen``, from which the chosen ones inherit; in the list's order.

    Also those from which they inherit through others.
    """
    own = {id(entry) for entry in chosen}
    places = [place for place, entry in enumerate(entries) if id(entry) in own]
    reached = EntriesByKey(entries).with_parents(places)
    return [entries[place] for place in sorted(reached) if id(entries[place]) not in own]


class EntriesByKey:
    """The entries of a list by key, alias and DOI, as citations and other entries name them.

    An entry is given by its index in the list.
    """

    def __init__(
        self, entries: Sequence[Entry], keys: Iterable[Sequence[str]] | None = None
    ) -> None:
        """Index the entries by key and alias; DOIs are indexed when one is asked for.

        ``keys`` are the keys of each entry, where the caller has them: then no entry is looked at.
        """
        self._entries = entries
        self._dois: dict[DOI, list[int]] | None = None
        self._folded: dict[str, list[int]] = {}
        self._similar: dict[tuple[str, int], list[str]] = {}
        self.exact: dict[str, list[int]] = {}
        for place, names in enumerate(keys or (entry.keys for entry in entries)):
            for name in names:
                self.exact.setdefault(name, []).append(place)
        for name, places in self.exact.items():
            self._folded.setdefault(name.casefold(), []).extend(places)

    def for_entries(self, entries: Sequence[Entry]) -> EntriesByKey:
        """The index of other entries that have the same keys in the same order."""
        made = EntriesByKey(())
        made._entries = entries
        made._folded, made._similar, made.exact = self._folded, self._similar, self.exact
        return made

    def alike(self, name: str) -> list[int]:
        """The entries with this key in any letter case."""
        return self._folded.get(name.casefold(), [])

    def meant(self, name: str) -> list[int]:
        """The entries that a citation of this key means.

        They are those with just this key, else those with the DOI that the key is, else those whose
        keys differ from it in letter case.
        """
        return self.exact.get(name) or self.of_doi(name) or self.alike(name)

    def of_doi(self, key: str) -> list[int]:
        """The entries with the DOI that a key such as ``doi:10.1000/182`` names.

        There are none for a key without a prefix such as ``doi:`` or ``https:``.
        """
        doi = DOI.parse(key) if _IDENTIFIER.match(key) else None
        if doi is None:
            return []
        if self._dois is None:
            self._dois = {}
            for place, entry in enumerate(self._entries):
                if its := DOI.parse(entry.item.text.get("DOI", "")):
                    self._dois.setdefault(its, []).append(place)
        return self._dois.get(doi, [])

    def nearest(self, key: str, *, guess: bool) -> tuple[str, str]:
        """The key of an entry that differs only in case, and a similar key; one of them is empty.

        A similar one is searched for only with ``guess``, and only if no key differs in case alone.
        """
        if places := self.alike(key):
            return self._entries[places[0]].key, ""
        return "", next(iter(self.similar(key, 1)), "") if guess else ""

    def similar(self, key: str, most: int) -> list[str]:
        """At most ``most`` keys and aliases that are like ``key``, the nearest first.

        First come the keys of entries that differ from it only in letter case.
        """
        alike = [self._entries[place].key for place in self.alike(key)]
        known = self._similar.get((key, most))
        if known is None:
            # 0.75 lets two letters of eight differ; with less, unrelated keys are named.
            known = nearest_few(key, self.exact, most, cutoff=0.75)
            self._similar[key, most] = known
        return [*alike, *(one for one in known if one not in alike)][:most]

    def with_members(self, places: Iterable[int]) -> frozenset[int]:
        """These entries and the members of those that are sets, and of sets in them."""
        return self._closure(places, lambda entry: _listed(entry, "entryset"))

    def with_parents(self, places: Iterable[int]) -> frozenset[int]:
        """These entries and those from which they inherit, directly or through others."""
        return self._closure(places, _parents)

    def _closure(
        self, places: Iterable[int], named_in: Callable[[Entry], Iterable[str]]
    ) -> frozenset[int]:
        """These entries and all that ``named_in`` leads to from them, step by step.

        The letter case of keys does not matter; a key that no entry has is passed over.
        """
        reached = set(places)
        waiting = list(reached)
        while waiting:
            for name in named_in(self._entries[waiting.pop()]):
                new = set(self.alike(name)) - reached
                reached |= new
                waiting += new
        return frozenset(reached)


def _listed(entry: Entry, name: str) -> list[str]:
    """The keys in a field such as ``crossref = {a, b}``; none where the entry lacks the field."""
    field = entry.field(name)
    return [key for part in field.value.split(",") if (key := part.strip())] if field else []


def _parents(entry: Entry) -> Iterator[str]:
    """The keys of the entries from which an entry inherits a part or a single value."""
    for name in _PARENTS:
        yield from _listed(entry, name)
    for field in entry.fields:
        yield from _XDATA.findall(field.value)
