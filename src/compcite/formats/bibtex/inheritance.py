"""What an entry takes over from others: ``crossref`` and ``xdata``.

Sources: BibTeXing (crossref); the biblatex manual, sections 2.4.1 and 3.13.6 and appendix B
(xdata, inheritance rules). ``xref`` refers without inheriting.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["inherited"]

_DEPTH = 8  # entries that may stand between an entry and its remotest ancestor

# Of the parent and nobody else: how it is cited, found and annotated.
_OWN_WORDS = """
    abstract annotation annote archiveprefix crossref doi entryset entrysubtype eprint eprintclass
    eprinttype execute file ids keywords label note options pages presort primaryclass related
    relatedoptions relatedstring relatedtype shorthand shorthandintro sortkey url urldate xdata xref
"""
_OWN = frozenset(_OWN_WORDS.split())
_PARTS = frozenset({"inbook", "incollection", "suppbook", "suppcollection", "bookinbook"})
_PAPERS = frozenset({"inproceedings", "conference"})
_ARTICLES = frozenset({"article", "suppperiodical"})
_TITLES = {"title": "booktitle", "subtitle": "booksubtitle", "titleaddon": "booktitleaddon"}
_PERIODICAL = {"title": "journaltitle", "subtitle": "journalsubtitle"}
_SETS = frozenset({"mvbook", "mvcollection", "mvproceedings", "mvreference"})
_MAIN = {"title": "maintitle", "subtitle": "mainsubtitle", "titleaddon": "maintitleaddon"}


def inherited(
    kind: str,
    fields: Mapping[str, str],
    entries: Mapping[str, tuple[str, Mapping[str, str]]],
    depth: int = _DEPTH,
) -> Mapping[str, str]:
    """The fields of an entry with those it inherits; its own always win.

    ``entries`` holds entry type and fields by citation key in lower case. A parent that is not
    there is passed over, as is one that is its own ancestor.
    """
    if depth == 0 or not ("crossref" in fields or "xdata" in fields):
        return fields
    whole = dict(fields)
    for key in fields.get("xdata", "").split(","):
        parent = entries.get(key.strip().lower())
        if parent is not None:
            for name, value in inherited(*parent, entries, depth - 1).items():
                whole.setdefault(name, value)
    parent = entries.get(fields.get("crossref", "").strip().lower())
    if parent is not None:
        parent_kind, parent_fields = parent[0], inherited(*parent, entries, depth - 1)
        for name, value in parent_fields.items():
            if name not in _OWN:
                whole.setdefault(_renamed(name, kind, parent_kind, parent_fields), value)
    return whole


def _renamed(name: str, kind: str, parent_kind: str, parent: Mapping[str, str]) -> str:
    """What a field of the parent is called in the child."""
    if kind in _PARTS or kind in _PAPERS:
        if name == "author" and kind in _PARTS:
            return "bookauthor" if "booktitle" not in parent else "author"
        if parent_kind in _SETS:
            return _MAIN.get(name, name)
        if "booktitle" not in parent:
            return _TITLES.get(name, name)
    if kind in _ARTICLES and parent_kind == "periodical":
        return _PERIODICAL.get(name, name)
    if parent_kind in _SETS:
        return _MAIN.get(name, name)
    return name
