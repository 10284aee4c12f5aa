"""The tags of RIS and the types of references, as exporting programs use them.

Sources: Research Information Systems, "RIS Format Specifications" (2001); EndNote's table of
reference types for the newer tags (``C1`` to ``C8``, ``A4``, ``J2``); exports of Zotero,
EndNote, Mendeley and publishers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compcite.formats.reference_manager import SERIALS, item_of_record
from compcite.model.item import Item

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["WRITTEN_TYPES", "rank_of", "ris_item"]

_TYPES = {
    "ABST": "article-journal",
    "ADVS": "motion_picture",
    "AGGR": "dataset",
    "ANCIENT": "classic",
    "ART": "graphic",
    "BILL": "bill",
    "BLOG": "post-weblog",
    "BOOK": "book",
    "CASE": "legal_case",
    "CHAP": "chapter",
    "CHART": "figure",
    "CLSWK": "classic",
    "COMP": "software",
    "CONF": "paper-conference",
    "CPAPER": "paper-conference",
    "CTLG": "book",
    "DATA": "dataset",
    "DBASE": "dataset",
    "DICT": "entry-dictionary",
    "EBOOK": "book",
    "ECHAP": "chapter",
    "EDBOOK": "book",
    "EJOUR": "article-journal",
    "ELEC": "webpage",
    "ENCYC": "entry-encyclopedia",
    "EQUA": "figure",
    "FIGURE": "figure",
    "GEN": "document",
    "GOVDOC": "report",
    "GRANT": "document",
    "GRNT": "document",
    "HEAR": "hearing",
    "ICOMM": "personal_communication",
    "INPR": "article-journal",
    "JFULL": "periodical",
    "JOUR": "article-journal",
    "LEGAL": "regulation",
    "MANSCPT": "manuscript",
    "MAP": "map",
    "MGZN": "article-magazine",
    "MPCT": "motion_picture",
    "MULTI": "webpage",
    "MUSIC": "musical_score",
    "NEWS": "article-newspaper",
    "PAMP": "pamphlet",
    "PAT": "patent",
    "PCOMM": "personal_communication",
    "POD": "broadcast",
    "RPRT": "report",
    "SER": "book",
    "SLIDE": "speech",
    "SOUND": "song",
    "STAND": "standard",
    "STAT": "legislation",
    "THES": "thesis",
    "UNBILL": "bill",
    "UNPB": "manuscript",
    "UNPD": "manuscript",
    "VIDEO": "motion_picture",
    "WEB": "webpage",
}
WRITTEN_TYPES = {
    **{csl: tag for tag, csl in reversed(_TYPES.items())},
    "article": "UNPB",
    "article-journal": "JOUR",
    "book": "BOOK",
    "classic": "CLSWK",
    "collection": "BOOK",
    "dataset": "DATA",
    "document": "GEN",
    "entry": "DICT",
    "figure": "FIGURE",
    "interview": "PCOMM",
    "manuscript": "MANSCPT",
    "paper-conference": "CONF",
    "performance": "ADVS",
    "personal_communication": "PCOMM",
    "post": "BLOG",
    "report": "RPRT",
    "review": "JOUR",
    "review-book": "JOUR",
    "webpage": "ELEC",
}
"""The type of reference that is nearest to a CSL type."""

_RANKS = {
    **dict.fromkeys(("AU", "A1"), "author"),
    "A2": "secondary-author",
    "A3": "tertiary-author",
    "A4": "subsidiary-author",
    "ED": "editor",
    **dict.fromkeys(("TI", "T1", "CT"), "title"),
    "T2": "secondary-title",
    "T3": "tertiary-title",
    "BT": "book-title",
    "JF": "full-title",
    "JO": "journal",
    **dict.fromkeys(("J2", "JA", "J1"), "abbreviation"),
    "ST": "short-title",
    **dict.fromkeys(("PY", "Y1"), "year"),
    "DA": "date",
    **dict.fromkeys(("Y2", "RD"), "access-date"),
    "OP": "original-date",
    "VL": "volume",
    **dict.fromkeys(("IS", "CP"), "issue"),
    "M1": "number",
    "SP": "start",
    "EP": "end",
    "SN": "identifier",
    **dict.fromkeys(("DO", "DI", "L3"), "doi"),
    **dict.fromkeys(("UR", "LK"), "url"),
    **dict.fromkeys(("AB", "N2"), "abstract"),
    "N1": "note",
    "RN": "research-note",
    **dict.fromkeys(("KW", "K1"), "keyword"),
    "LA": "language",
    "PB": "publisher",
    **dict.fromkeys(("CY", "PP"), "place"),
    "ET": "edition",
    "SE": "section",
    "NV": "volumes",
    "SV": "series-volume",
    "M3": "work-type",
    "CN": "call-number",
    "AN": "accession",
    "DB": "database",
    "DP": "provider",
    "LB": "label",
    "RI": "reviewed-title",
}
_CUSTOM = {
    "C1": ("place-published", frozenset({"paper-conference"})),
    "C2": ("pubmed", SERIALS),
    "C3": ("proceedings", frozenset({"paper-conference"})),
    "C7": ("article-number", SERIALS),
}
_DIRECTED = frozenset({"MPCT", "VIDEO"})


def ris_item(type_tag: str, pairs: Iterable[tuple[str, str]]) -> Item:
    """Return the item for a type of reference (such as ``JOUR``) and its pairs of tag and value.

    Tags whose meaning is not known are left out. An unknown type is read as ``document``. An
    unpublished work (``UNPB``) with a DOI or URL is a preprint, and ``INPR`` gives the status ``in
    press``.
    """
    type_ = _TYPES.get(type_tag, "document")
    values: dict[str, list[str]] = {}
    for tag, value in pairs:
        if rank := rank_of(tag, type_, type_tag):
            values.setdefault(rank, []).append(value)
    if type_tag in ("UNPB", "UNPD") and not {"doi", "url"}.isdisjoint(values):
        type_ = "article"  # what is unpublished but can be had is a preprint
    item = item_of_record(type_, values)
    if type_tag == "INPR":
        return Item(type_, {"status": "in press", **item.text}, item.names, item.dates)
    return item


def rank_of(tag: str, csl_type: str, type_tag: str) -> str | None:
    """Return what a tag means, as a name of field of ``reference_manager``, or None if unknown.

    The meaning can depend on the type: ``C3`` names the proceedings in a conference paper only,
    and ``AU`` is the director (not the author) of a film.
    """
    if tag in _CUSTOM:
        rank, types = _CUSTOM[tag]
        return rank if csl_type in types else None
    if tag in ("AU", "A1") and type_tag in _DIRECTED:
        return "director"
    return _RANKS.get(tag)
