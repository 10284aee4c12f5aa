"""What a renaming leaves for its user to look at, in sentences."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from compcite.checks.citations import ignores_case
from compcite.formats.rewriting import text_beside_entries
from compcite.model.source import Span
from compcite.text.phrases import amount
from compcite.verbs.rename.documents import is_written_by_latex

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from compcite.checks.citations import EntriesByKey
    from compcite.model.citations import Citation, Citations
    from compcite.model.library import Library
    from compcite.model.source import SourceFile
    from compcite.verbs.rename.documents import Documents

__all__ = ["leftovers", "odd_citations", "repeated_keys", "without_key"]

# Words of a text that can be keys, and the signs behind which keys stand in citations.
_WORD = re.compile(r"[^\s\"#%'(),={}~\\$^&`<>\[\]@|;]+")
_SIGNS = frozenset("{,@[<`&:\"'")
_SHOWN = 5  # places that are named of one key in a file, and of all entries without a key


def without_key(library: Library) -> Iterator[str]:
    """A sentence on the entries that have no key, where there are some; it names five at most."""
    places = [entry.place for entry in library.entries if not entry.key]
    if places:
        named = ", ".join(places[:_SHOWN]) + (", …" if len(places) > _SHOWN else "")
        yield f"{amount(len(places), 'entry')} without a key cannot be cited or renamed: {named}"


def repeated_keys(library: Library, names: Mapping[str, str]) -> Iterator[str]:
    """A sentence for each old key that several entries have; all of them are renamed."""
    places: dict[str, list[str]] = {}
    for entry in library.entries:
        if entry.key in names:
            places.setdefault(entry.key, []).append(entry.place)
    for key, found in places.items():
        if len(found) > 1:
            yield f"{key} is the key of {len(found)} entries, all renamed: {', '.join(found)}"


def odd_citations(
    citations: Citations, names: Mapping[str, str], by_key: EntriesByKey
) -> Iterator[str]:
    """Sentences on citations that stay, and on those of an unknown key that an entry gets now.

    Citations stay in files that LaTeX writes, and where the key differs in letter case.
    """
    new = set(names.values())
    alike = {name.casefold(): name for name in names}
    left: dict[str, None] = {}
    for one in citations.citations:
        if is_written_by_latex(one.source):
            left[one.source.name] = None
        elif one.key in new and not by_key.meant(one.key):
            yield f"{one.place}: cites {one.key}, which was no key before; now it is one"
        elif _differs_in_case(one, by_key) and (old := alike.get(one.key.casefold())):
            yield f"{one.place}: cites {one.key}, not {old}, so it stays as it is"
    for name in left:
        yield f"{name} stays as it is; LaTeX and biber write it anew"


def leftovers(
    library: Library,
    documents: Documents,
    names: Mapping[str, str],
    changed: Mapping[int, Collection[int]],
) -> Iterator[str]:
    """Sentences on the places at which an old key stands and is not changed.

    It may be in a comment, in verbatim text, or be a word that means something else. ``changed``
    has the places at which a key changes, by the identity of the source.
    """
    for source in documents.sources.values():
        if not is_written_by_latex(source):
            whole = [Span(0, len(source.text))]
            yield from _leftovers(source, whole, names, changed.get(id(source), ()))
    for source in library.sources:
        beside = text_beside_entries(source)
        yield from _leftovers(source, beside, names, changed.get(id(source), ()))


def _differs_in_case(citation: Citation, by_key: EntriesByKey) -> bool:
    """Whether no entry has just this key, and the document is for a program that minds case."""
    return citation.key not in by_key.exact and not ignores_case(citation.source)


def _leftovers(
    source: SourceFile,
    stretches: Iterable[Span],
    names: Mapping[str, str],
    changed: Collection[int],
) -> Iterator[str]:
    """The sentences on old keys that stand in these parts of a file and do not change.

    A word without a digit counts only behind a sign behind which keys stand.
    """
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
