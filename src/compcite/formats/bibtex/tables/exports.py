"""Names that programs and publishers use in BibTeX in their own way.

Seen in the exports of MDPI, HighWire, Scopus, ACM, Mendeley, the Astrophysics Data System,
Mathematical Reviews, Web of Science and EndNote, and in lists for biblatex-apa (``groupauthor``)
and biblatex-oscola (``reporter``, where a case was printed).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compcite.formats.bibtex.tables.types import csl_type

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["repeats_entry_type", "with_usual_names"]

_USUAL_NAMES = {
    **dict.fromkeys(("article-number", "articlenumber", "article_number", "articleno"), "eid"),
    **dict.fromkeys(("article-no", "article_no", "elocation-id", "elocationid"), "eid"),
    **dict.fromkeys(("elocation_id", "art_number", "art-number", "artnum", "artno"), "eid"),
    **dict.fromkeys(("pubmedid", "pubmed-id", "pubmed_id", "pubmed"), "pmid"),
    **dict.fromkeys(("pubmedcentralid", "pmc-id"), "pmcid"),
    **dict.fromkeys(("num-pages", "num_pages", "pagecount", "page_count"), "numpages"),
    **dict.fromkeys(("abbrev_source_title", "journal-iso", "journalabbr"), "shortjournal"),
    **dict.fromkeys(("date-accessed", "access-date", "access_date", "dateaccessed"), "urldate"),
    **dict.fromkeys(("lastvisited", "retrieved", "visited"), "urldate"),
    **dict.fromkeys(("eissn", "e-issn", "issn-l"), "issn"),
    "arxivid": "eprint",
    "groupauthor": "author",
    "reporter": "journaltitle",
}
# What reference managers and databases call a kind of work; the second is a CSL type.
_KINDS_OF_WORK = {
    **dict.fromkeys(("journal article", "journalarticle", "journal-article"), "article-journal"),
    **dict.fromkeys(("article", "article-journal", "research article"), "article-journal"),
    **dict.fromkeys(("electronic article", "journal paper", "review"), "article-journal"),
    **dict.fromkeys(("magazine article", "magazinearticle"), "article-magazine"),
    **dict.fromkeys(("newspaper article", "newspaperarticle"), "article-newspaper"),
    **dict.fromkeys(("book section", "booksection", "book chapter", "book-chapter"), "chapter"),
    **dict.fromkeys(("chapter", "electronic book section", "incollection"), "chapter"),
    **dict.fromkeys(("book", "edited book", "electronic book", "monograph"), "book"),
    **dict.fromkeys(("conference paper", "conferencepaper", "inproceedings"), "paper-conference"),
    **dict.fromkeys(("conference proceedings", "proceedings-article"), "paper-conference"),
    **dict.fromkeys(("proceedings paper", "paper-conference"), "paper-conference"),
    **dict.fromkeys(("web page", "webpage", "website", "online"), "webpage"),
    **dict.fromkeys(("report", "thesis", "dataset", "patent", "standard", "software")),
    **dict.fromkeys(("generic", "misc", "miscellaneous", "document"), "document"),
}


def with_usual_names(fields: Mapping[str, str]) -> Mapping[str, str]:
    """Return the fields, where a field with an unusual name is added under its usual name too.

    If a field of the usual name is there, it counts. The full name of a journal (``fjournal``)
    becomes ``journal``, and the short one ``shortjournal``. Fields that have only usual names are
    returned as they are.
    """
    if _USUAL_NAMES.keys().isdisjoint(fields) and "fjournal" not in fields:
        return fields
    usual = dict(fields)
    for name, value in fields.items():
        if value.strip():
            usual.setdefault(_USUAL_NAMES.get(name, name), value)
    if full := fields.get("fjournal", "").strip():  # Mathematical Reviews, beside a short one
        usual.setdefault("shortjournal", fields.get("journal", ""))
        usual["journal"] = full
    return usual


def repeats_entry_type(written: str, entry_type: str, type_: str) -> bool:
    """Return whether the value of a ``type`` field only repeats what its entry is.

    ``written`` is that value, ``entry_type`` the BibTeX type, ``type_`` the CSL type of the item:
    ``Journal Article`` in an ``@article`` repeats it, ``Technical note`` does not.
    """
    kind = written.strip().lower()
    if kind not in _KINDS_OF_WORK:
        return False
    meant = _KINDS_OF_WORK[kind] or kind
    return meant in {type_, csl_type(entry_type, {}, on_server=False, linked=False)}
