"""The key that each key has after a renaming, and which new keys are refused."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from compcite.checks.citations import ignores_case
from compcite.errors import UsageError
from compcite.verbs.rename.documents import is_written_by_latex

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from compcite.checks.citations import EntriesByKey
    from compcite.model.citations import Citation
    from compcite.model.library import Library

__all__ = ["NewKeys", "refuse_illegal", "refuse_taken"]

# Without the signs that end a key or begin a command in BibTeX, LaTeX, Markdown or Typst.
_KEY = re.compile(r"[^\s\"#%'(),={}~\\$^&`<>\[\]@|]+")
_FORBIDDEN = "a blank or one of \" # % ' ( ) , = { } ~ \\ $ ^ & ` < > [ ] @ |"


class NewKeys:
    """The key that each key has after the renaming."""

    def __init__(self, names: Mapping[str, str], by_key: EntriesByKey) -> None:
        """Take the new key for each old one, and the entries as they are."""
        self._names = names
        self._by_key = by_key
        self._alike: dict[str, list[str]] = {}
        for name in by_key.exact:
            self._alike.setdefault(name.casefold(), []).append(name)

    def of(self, key: str, *, folds: bool) -> str:
        """The new key for a key, or the key itself if it stays.

        With ``folds``, the key may differ from that of its entry in case (``Smith``, ``smith``). If
        several entries have such a key, nobody knows which one is meant, and the key stays.
        """
        if key in self._names:
            return self._names[key]
        if not folds or key in self._by_key.exact:
            return key
        alike = self._alike.get(key.casefold(), [])
        return self._names.get(alike[0], key) if len(alike) == 1 else key

    def of_citation(self, citation: Citation) -> str:
        """The key that a citation has after the renaming; files of LaTeX's own stay."""
        if is_written_by_latex(citation.source):
            return citation.key
        return self.of(citation.key, folds=ignores_case(citation.source))


def refuse_illegal(new: Iterable[str]) -> None:
    """Raise UsageError for a key that BibTeX, or a citation in LaTeX, cannot hold."""
    for key in new:
        if not _KEY.fullmatch(key):
            raise UsageError(f"{key!r} cannot be a key: it is empty or has {_FORBIDDEN}")


def refuse_taken(library: Library, by_key: EntriesByKey, names: Mapping[str, str]) -> None:
    """Raise UsageError where two keys that differ now would not differ after the renaming.

    BibTeX takes keys that differ only in letter case for the same. Two keys that do so already
    may stay so, but must not become one and the same spelling.
    """
    unread = {one.key for one in library.problems if one.key and one.rule == "entry-unparsed"}
    owners: dict[str, str] = {}
    for old in sorted([*by_key.exact, *(unread - by_key.exact.keys())], key=names.__contains__):
        new = names.get(old, old)
        other = owners.setdefault(new.casefold(), old)
        apart = other.casefold() != old.casefold() or names.get(other, other) == new
        if other != old and apart and (old in names or other in names):
            places = by_key.exact.get(other, [])
            where = f" ({library.entries[places[0]].place})" if places else ""
            raise UsageError(
                f"{old} cannot become {new}: {names.get(other, other)} is the key of another "
                f"entry{where}; letter case makes no difference to BibTeX"
            )
