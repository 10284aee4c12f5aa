"""Turn entry types of BibTeX and biblatex into CSL types and genres.

Sources: Patashnik, "BibTeXing" (types of BibTeX), the biblatex manual, section 2.1 (types and
their aliases) and 4.9.2.13 (the keys that a ``type`` field may hold), the CSL 1.0.2
specification, appendix III (types).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "MANUSCRIPT_STATE",
    "NUMBERED_IN_SERIES",
    "PARTS",
    "SERIALS",
    "csl_type",
    "genre",
    "medium",
    "subtype_of_medium",
]

_TYPES = {
    "article": "article-journal",
    "suppperiodical": "article-journal",
    "newspaper": "article-newspaper",
    "magazine": "article-magazine",
    "preprint": "article",
    **dict.fromkeys(("book", "mvbook", "collection", "mvcollection", "proceedings"), "book"),
    **dict.fromkeys(("mvproceedings", "reference", "mvreference", "manual", "commentary"), "book"),
    **dict.fromkeys(("inbook", "bookinbook", "suppbook", "incollection"), "chapter"),
    "suppcollection": "chapter",
    "inreference": "entry-encyclopedia",
    "booklet": "pamphlet",
    **dict.fromkeys(("inproceedings", "conference", "conferencepaper"), "paper-conference"),
    **dict.fromkeys(("online", "electronic", "www", "webpage", "website"), "webpage"),
    **dict.fromkeys(("thesis", "phdthesis", "mastersthesis"), "thesis"),
    **dict.fromkeys(("bachelorsthesis", "bathesis", "bscthesis", "mscthesis"), "thesis"),
    **dict.fromkeys(("masterthesis", "mathesis", "doctoralthesis", "habilitation"), "thesis"),
    **dict.fromkeys(("report", "techreport", "whitepaper"), "report"),
    "unpublished": "manuscript",
    "patent": "patent",
    "periodical": "periodical",
    "dataset": "dataset",
    "data": "dataset",
    "software": "software",
    "letter": "personal_communication",
    "movie": "motion_picture",
    "video": "motion_picture",
    "film": "motion_picture",
    "music": "song",
    "audio": "song",
    "artwork": "graphic",
    "image": "graphic",
    "map": "map",
    "figure": "figure",
    "performance": "performance",
    "standard": "standard",
    "legislation": "legislation",
    "jurisdiction": "legal_case",
    "judicial": "legal_case",
    "law": "legislation",
    "legal": "treaty",
    "review": "review",
    "talk": "speech",
    "presentation": "speech",
    "speech": "speech",
    "interview": "interview",
    "blogpost": "post-weblog",
    "podcast": "broadcast",
}

PARTS = frozenset(
    {"inbook", "bookinbook", "suppbook", "incollection", "suppcollection", "inproceedings"}
    | {"conference", "inreference", "conferencepaper"}
)
"""Entry types of which ``booktitle`` names the whole."""

SERIALS = frozenset(
    {"article-journal", "article-magazine", "article-newspaper", "periodical", "review"}
)
"""CSL types whose ``number`` is the issue of a periodical."""

NUMBERED_IN_SERIES = PARTS | {
    *("book", "mvbook", "collection", "mvcollection", "proceedings", "mvproceedings"),
    *("reference", "mvreference"),
}
"""Entry types whose ``number`` counts the volumes of a series."""

MANUSCRIPT_STATE = re.compile(
    r"(?:unpublished|(?:working|discussion)\s+paper|(?:\w+\s+)?manuscript|draft|in\s+preparation)\b",
    re.IGNORECASE,
)
"""How far a manuscript is, which BibTeX wants in its note: ``Manuscript in preparation``."""

_SUBTYPES = {
    "magazine": "article-magazine",
    "newspaper": "article-newspaper",
    "nonacademic": "article-newspaper",  # biblatex-apa's word for both
}
# Subtypes of biblatex-apa that tell the CSL type of a video or a recording.
_SPECIAL_SUBTYPES = dict.fromkeys(
    ("tvepisode", "tvseries", "podcast", "podcastepisode"), "broadcast"
)
# Zotero, too, calls this the medium: styles print a genre together with the number of an episode.
_MEDIA_OF_SUBTYPES = {
    "tvepisode": "TV series episode",
    "tvseries": "TV series",
    "podcast": "Audio podcast",
    "podcastepisode": "Audio podcast episode",
}
_GENRES_OF_SUBTYPES = {
    **dict.fromkeys(_MEDIA_OF_SUBTYPES, ""),
    **dict.fromkeys(("nonacademic", "magazine", "newspaper", "historical", "classical"), ""),
}
# Entry types of which a subtype that is no code is printed: a tweet, a video, a photograph.
_WITH_PRINTED_SUBTYPES = frozenset(
    [
        *("online", "misc", "video", "movie", "audio", "music", "image", "artwork", "software"),
        *("dataset", "book"),
    ]
)

_GENRES = {
    "phdthesis": "PhD thesis",
    "mathesis": "Master’s thesis",
    "mastersthesis": "Master’s thesis",
    "bathesis": "Bachelor’s thesis",
    "bachelorsthesis": "Bachelor’s thesis",
    "candthesis": "Candidate thesis",
    "techreport": "technical report",
    "resreport": "research report",
    "software": "computer software",
    "datacd": "data CD",
    "audiocd": "audio CD",
    "patent": "patent",
    "patentde": "German Patent",
    "patenteu": "European Patent",
    "patentfr": "French Patent",
    "patentuk": "British Patent",
    "patentus": "U.S. Patent",
    "patreq": "patent request",
    "patreqde": "German Patent request",
    "patreqeu": "European Patent request",
    "patreqfr": "French Patent request",
    "patrequk": "British Patent request",
    "patrequs": "U.S. Patent request",
}
# Entry types that say which kind of thesis it is; a @techreport is a report and no more.
_THESES = {
    **dict.fromkeys(("phdthesis", "doctoralthesis"), "PhD thesis"),
    **dict.fromkeys(("mastersthesis", "masterthesis", "mathesis", "mscthesis"), "Master’s thesis"),
    **dict.fromkeys(("bachelorsthesis", "bathesis", "bscthesis"), "Bachelor’s thesis"),
    "habilitation": "Habilitation thesis",
}


def csl_type(entry_type: str, fields: Mapping[str, str], *, on_server: bool, linked: bool) -> str:
    """Return the CSL type of an entry.

    ``on_server`` says that the entry has an identifier of arXiv or of another server of preprints,
    ``linked`` that it has a web page. An ``entrysubtype`` can change the type: an ``@article`` with
    the subtype ``magazine`` is an ``article-magazine``. For an unknown type the fields decide.
    """
    if entry_type == "article":
        if on_server and not any(
            name in fields for name in ("journal", "journaltitle", "booktitle")
        ):
            return "article"
        return _SUBTYPES.get(fields.get("entrysubtype", "").strip().lower(), "article-journal")
    if entry_type in ("online", "electronic", "www") and on_server:
        return "article"
    if entry_type == "unpublished" and ("eventtitle" in fields or "venue" in fields):
        return "speech"
    subtype = fields.get("entrysubtype", "").strip().lower()
    known = _SPECIAL_SUBTYPES.get(subtype) or _TYPES.get(entry_type)
    return known or _judged(fields, on_server=on_server, linked=linked)


def _judged(fields: Mapping[str, str], *, on_server: bool, linked: bool) -> str:
    """Return the CSL type of a ``@misc``, or of an entry of unknown type, by its fields.

    With a journal it is an article, on a server a preprint, with a school a thesis, with a web page
    a page; else a document.
    """
    if "journal" in fields or "journaltitle" in fields:
        return "article-journal"
    if on_server:
        return "article"
    if "school" in fields:
        return "thesis"
    return "webpage" if linked else "document"


def genre(entry_type: str, written: str, subtype: str = "") -> str:
    """Return the genre in a ``type`` field (``written``), or else that of the subtype or type.

    ``written`` is decoded. The result is empty if none is known.
    """
    if written:
        return _GENRES.get(written.lower(), written)
    if subtype := subtype.strip():
        known = _GENRES_OF_SUBTYPES.get(subtype.lower())
        if known is None and entry_type in _WITH_PRINTED_SUBTYPES:
            known = subtype
        if known:
            return known
    return _THESES.get(entry_type, "")


def medium(subtype: str) -> str:
    """Return the medium for a subtype of biblatex-apa: ``podcast`` gives ``Audio podcast``.

    Other subtypes give an empty string.
    """
    return _MEDIA_OF_SUBTYPES.get(subtype.strip().lower(), "")


def subtype_of_medium(written: str) -> str:
    """Return the subtype of biblatex-apa for a medium, or an empty string."""
    return next((code for code, name in _MEDIA_OF_SUBTYPES.items() if name == written), "")
