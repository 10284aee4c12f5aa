"""Append a registered work to a .bib file, in the style of its entries."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from compcite.checks.identifiers import written_doi
from compcite.checks.repeats import find_repeats
from compcite.formats.bibtex.edit.appending import append_entry
from compcite.formats.keys import KEY_FORMAT, citation_key
from compcite.model.library import Entry
from compcite.registries.records.titles import without_notice
from compcite.values.registered_items import item_for_entry
from compcite.verbs.load import library_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from compcite.model.doi import DOI
    from compcite.model.source import SourceFile
    from compcite.model.work import Work

__all__ = ["Added", "add_work", "key_for"]


class Added(NamedTuple):
    """A source with a work in it, and the work's citation key.

    ``there`` is the entry that was in the source before; then the source has not changed.
    """

    source: SourceFile
    key: str
    there: Entry | None = None


def add_work(
    source: SourceFile,
    work: Work,
    asked: DOI,
    *,
    key: str | None = None,
    key_format: str = KEY_FORMAT,
) -> Added:
    """The source with the work appended, unless an entry has its DOI or is the same work.

    ``asked`` is the DOI that the user gave. It may be an alias, so that the work has another DOI.
    Without a ``key``, one is made in the form ``key_format``. Nothing is written to disk.
    """
    library = library_of([source], format_name="bibtex")
    entries = library.entries
    item = item_for_entry(work)
    taken = {name for entry in entries for name in entry.keys}
    taken |= {problem.key for problem in library.problems if problem.key}
    key = key or key_for(replace(work, item=item), taken, key_format)
    new = Entry(key, item, item.type)
    written = [written_doi(entry) for entry in entries]
    own = [one.doi if one and not one.mentioned else None for one in written]
    by_doi = {doi: entry for doi, entry in zip(own, entries, strict=True) if doi}
    repeats = find_repeats([*entries, new], [*own, work.doi])[-1]
    there = by_doi.get(asked) or repeats.doi or repeats.work
    if there is not None:
        return Added(source, there.key, there)
    return Added(source.with_text(append_entry(source, new)), key)


def key_for(work: Work, taken: Collection[str], key_format: str = KEY_FORMAT) -> str:
    """A citation key for a work that is not among ``taken``, in the form ``key_format``.

    ``RETRACTED:`` and the like before the title are left out.
    """
    text = dict(work.item.text)
    text["title"] = without_notice(text.get("title", ""))
    return citation_key(replace(work.item, text=text), taken, key_format)
