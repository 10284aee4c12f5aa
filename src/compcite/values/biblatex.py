"""The entry types and fields that only biblatex has, and whether an entry is written for biblatex.

Sources: Patashnik, "BibTeXing", section 3; the biblatex manual, sections 2.1 (types) and 2.2
(fields).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from compcite.model.library import Entry

__all__ = [
    "BIBLATEX_TYPES",
    "BIBTEX_TYPES",
    "ONLY_BIBLATEX_FIELDS",
    "ONLY_BIBLATEX_TYPES",
    "are_for_biblatex",
    "is_for_biblatex",
]

BIBTEX_TYPES = frozenset(
    [
        *("article", "book", "booklet", "inbook", "incollection", "inproceedings", "manual"),
        *("mastersthesis", "phdthesis", "proceedings", "techreport", "unpublished"),
    ]
)
"""The entry types of BibTeX's standard styles, without ``misc``."""

BIBLATEX_TYPES = frozenset(
    [
        *("article", "suppperiodical", "periodical", "review", "online", "thesis", "report"),
        *("book", "mvbook", "inbook", "bookinbook", "suppbook", "booklet", "manual", "commentary"),
        *("collection", "mvcollection", "incollection", "suppcollection", "proceedings"),
        *("mvproceedings", "inproceedings", "reference", "mvreference", "inreference"),
        *("unpublished", "patent", "dataset", "software", "artwork", "image", "audio", "music"),
        *("movie", "video", "performance", "standard", "legislation", "jurisdiction", "legal"),
        "letter",
    ]
)
"""The entry types of biblatex's standard styles, without ``misc`` and the names of older ones."""

ONLY_BIBLATEX_TYPES = BIBLATEX_TYPES - BIBTEX_TYPES - {"patent"}
"""Entry types that BibTeX's styles do not know; many of them know patents."""

ONLY_BIBLATEX_FIELDS = {
    "date": "year",
    "journaltitle": "journal",
    "location": "address",
    "eprinttype": "archiveprefix",
    "langid": "language",
    **dict.fromkeys(("subtitle", "titleaddon", "maintitle", "mainsubtitle", "booksubtitle"), ""),
    **dict.fromkeys(("booktitleaddon", "journalsubtitle", "eventdate", "origdate"), ""),
    **dict.fromkeys(("urldate", "xdata"), ""),
}
"""Fields that BibTeX's styles do not know, and the field of BibTeX that says the same, if any."""


def is_for_biblatex(entry: Entry) -> bool:
    """Return whether an entry is written for biblatex: it has a type or field that BibTeX lacks."""
    return are_for_biblatex(entry.type, {field.name for field in entry.fields})


def are_for_biblatex(entry_type: str, fields: Collection[str]) -> bool:
    """Return whether BibTeX lacks an entry type, or a field of those named; all in lower case.

    An ``@inbook`` with a ``booktitle`` is for biblatex too, since in BibTeX its ``title`` is the
    title of the book.
    """
    if entry_type in ONLY_BIBLATEX_TYPES:
        return True
    if entry_type == "inbook" and "booktitle" in fields:
        return True
    return not ONLY_BIBLATEX_FIELDS.keys().isdisjoint(fields)
