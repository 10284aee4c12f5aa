"""Find what an entry inherits from others by ``crossref`` and ``xdata``.

Sources: BibTeXing (crossref: a missing field is the parent's field of that name); the biblatex
manual, sections 2.4.1 and 3.13.6 and appendix B (renamed titles, xdata). ``xref`` refers to an
entry without inheriting.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

__all__ = ["OTHER_NAMES", "OwnFields", "inherit"]

_DEPTH = 8  # entries that may stand between an entry and its remotest ancestor

# Of the parent and nobody else: how it is cited, found and annotated.
_OWN_WORDS = """
    abstract annotation annote archiveprefix crossref doi entryset entrysubtype eprint eprintclass
    eprinttype execute file ids keywords label note options pages presort primaryclass related
    relatedoptions relatedstring relatedtype shorthand shorthandintro sortkey url urldate urlday
    urlmonth urlyear xdata xref
"""
_OWN = frozenset(_OWN_WORDS.split())
# A @set stands for its members: what its first one is, where that is found included.
_OWN_OF_SETS = frozenset({"crossref", "entryset", "ids", "keywords", "options", "xdata", "xref"})
_PARTS = frozenset(
    {"inbook", "incollection", "inreference", "suppbook", "suppcollection", "bookinbook"}
)
_IN_A_BOOK = _PARTS | {"inproceedings", "conference"}
_ARTICLES = frozenset({"article", "suppperiodical"})
_SETS = frozenset({"mvbook", "mvcollection", "mvproceedings", "mvreference"})
_BOOK = {"title": "booktitle", "subtitle": "booksubtitle", "titleaddon": "booktitleaddon"}
_MAIN = {"title": "maintitle", "subtitle": "mainsubtitle", "titleaddon": "maintitleaddon"}
_PERIODICAL = {"title": "journaltitle", "subtitle": "journalsubtitle"}
OTHER_NAMES = {
    "date": "year",
    "year": "date",
    "month": "date",
    "day": "date",
    "journal": "journaltitle",
    "journaltitle": "journal",
    "address": "location",
    "location": "address",
    "school": "institution",
    "institution": "school",
}
"""Two names of one thing: an entry that has the one does not inherit the other."""


class OwnFields(NamedTuple):
    """The parts of an entry that matter for inheritance: key, type, and fields with values."""

    key: str
    type: str
    fields: Mapping[str, str]


def inherit(
    entries: Sequence[OwnFields], *, single: bool, heirs: Iterable[OwnFields] | None = None
) -> Iterator[Mapping[str, str]]:
    """Yield the fields of each entry together with those that it inherits; its own fields win.

    At most eight generations are followed. A parent that does not exist is ignored; an entry that
    is its own ancestor does no harm. Of two entries with one key, the first is the parent; a key
    counts before an alias (``ids``), and upper and lower case are the same. ``single`` says that
    some value may refer to a single field by ``xdata=``. ``heirs`` are the entries that are wanted,
    by default all.
    """
    family = _Family(entries, single=single)
    for entry in entries if heirs is None else heirs:
        yield family.whole(entry, _DEPTH)


class _Family:
    """Entries by their keys; what each of them inherits is found once."""

    def __init__(self, entries: Sequence[OwnFields], *, single: bool) -> None:
        self._single_values = single
        self._by_key: dict[str, OwnFields] = {}
        for entry in entries:
            self._by_key.setdefault(entry.key.lower(), entry)
        for entry in entries:
            for alias in _keys(entry.fields, "ids"):
                self._by_key.setdefault(alias, entry)
        self._known: dict[tuple[str, int], Mapping[str, str]] = {}

    def whole(self, entry: OwnFields, depth: int) -> Mapping[str, str]:
        """Return the fields of an entry with those of its ancestors.

        ``depth`` is the number of generations that are looked at.
        """
        fields = entry.fields
        crossref = fields.get("crossref", "")
        if not depth or not (crossref or "xdata" in fields or self._single_values):
            return fields
        whole = dict(fields)
        self._take_data(whole, depth)
        if crossref and (parent := self._by_key.get(crossref.strip().lower())):
            for name, value in _handed_down(parent, self._ancestor(parent, depth), entry.type):
                if OTHER_NAMES.get(name) not in fields:
                    whole.setdefault(name, value)
        return whole

    def _ancestor(self, entry: OwnFields, depth: int) -> Mapping[str, str]:
        """Return the fields that an entry hands down, inherited ones among them.

        Up to ``depth`` generations are looked at, with this entry. The result is kept for the next
        child.
        """
        place = (entry.key, depth)
        if place not in self._known:
            self._known[place] = self.whole(entry, depth - 1)
        return self._known[place]

    def _take_data(self, whole: dict[str, str], depth: int) -> None:
        """Add to ``whole`` what ``xdata`` refers to: all fields of entries, or single fields.

        A field that ``whole`` has already stays. ``depth`` is how many generations of ancestors are
        still followed.
        """
        for key in _keys(whole, "xdata"):
            if shared := self._by_key.get(key):
                for name, value in self._ancestor(shared, depth).items():
                    whole.setdefault(name, value)
        for name, value in whole.items():
            if "xdata=" in value:
                parts = re.split(r"\s+and\s+", value)
                whole[name] = " and ".join(self._single(part, depth) for part in parts)

    def _single(self, part: str, depth: int) -> str:
        """Return the value that ``xdata=key-field-number`` names; without one, the text itself.

        The number picks one of the parts between ``and``.
        """
        named = re.fullmatch(r"xdata=(.+?)-([a-z]+)(?:-([1-9]\d{0,3}))?", part.strip())
        shared = self._by_key.get(named[1].lower()) if named else None
        if named is None or shared is None:
            return part
        value = self._ancestor(shared, depth).get(named[2], part)
        if named[3] is None:
            return value
        parts = re.split(r"\s+and\s+", value)
        number = int(named[3])
        return parts[number - 1] if number <= len(parts) else part


def _keys(fields: Mapping[str, str], name: str) -> list[str]:
    """Return the keys that a field lists, in lower case."""
    return [key.strip().lower() for key in fields[name].split(",")] if name in fields else []


def _handed_down(
    parent: OwnFields, fields: Mapping[str, str], child: str
) -> Iterator[tuple[str, str]]:
    """Yield the fields that a parent gives to a child, under the names that the child uses.

    Example: the ``title`` of a book becomes the ``booktitle`` of its chapter. The ``author`` of a
    book is given to its chapter twice, as ``bookauthor`` and as ``author``. ``fields`` are the
    parent's fields with those that it inherits, ``child`` is the entry type of the child. Fields
    that are about the parent alone, such as ``crossref``, ``doi`` and ``pages``, are not given;
    only a ``@set`` gets most of them.
    """
    names: Mapping[str, str] = {}
    if parent.type in _SETS:
        names = _MAIN
    elif child in _IN_A_BOOK and "booktitle" not in fields:
        names = _BOOK
    elif child in _ARTICLES and parent.type == "periodical":
        names = _PERIODICAL
    own = _OWN_OF_SETS if child == "set" else _OWN
    for name, value in fields.items():
        if name not in own:
            if name == "author" and child in _PARTS:
                yield "bookauthor", value
            yield names.get(name, name), value
