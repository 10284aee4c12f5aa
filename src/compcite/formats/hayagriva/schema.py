"""Tables that turn Hayagriva's types, roles and numbers into those of CSL.

Source: "The Hayagriva YAML File Format" (docs/file-format.md of the typst/hayagriva project),
and the example file beside it for ``short`` titles and ``serial-number`` mappings.
"""

from __future__ import annotations

__all__ = [
    "AUTHORITATIVE",
    "CONTAINERS",
    "DEFAULT_PARENTS",
    "PLAIN_TEXTS",
    "ROLES",
    "SERIALS",
    "SERIAL_NUMBERS",
    "SHAPES",
    "csl_type",
]

# CSL type: type of the entry, type of the parent that holds it
SHAPES: dict[str, tuple[str, str]] = {
    "article": ("article", "repository"),
    "article-journal": ("article", "periodical"),
    "article-magazine": ("article", "periodical"),
    "article-newspaper": ("article", "newspaper"),
    "bill": ("legislation", "anthology"),
    "book": ("book", "book"),
    "broadcast": ("video", "video"),
    "chapter": ("chapter", "book"),
    "classic": ("book", "book"),
    "collection": ("anthology", "anthology"),
    "dataset": ("repository", "repository"),
    "document": ("misc", "misc"),
    "entry": ("entry", "reference"),
    "entry-dictionary": ("entry", "reference"),
    "entry-encyclopedia": ("entry", "reference"),
    "event": ("exhibition", "exhibition"),
    "figure": ("artwork", "article"),
    "graphic": ("artwork", "exhibition"),
    "hearing": ("misc", "misc"),
    "interview": ("misc", "misc"),
    "legal_case": ("case", "misc"),
    "legislation": ("legislation", "anthology"),
    "manuscript": ("manuscript", "misc"),
    "map": ("artwork", "book"),
    "motion_picture": ("video", "video"),
    "musical_score": ("audio", "book"),
    "pamphlet": ("book", "book"),
    "paper-conference": ("article", "proceedings"),
    "patent": ("patent", "misc"),
    "performance": ("performance", "misc"),
    "periodical": ("periodical", "periodical"),
    "personal_communication": ("misc", "misc"),
    "post": ("post", "thread"),
    "post-weblog": ("article", "blog"),
    "regulation": ("legislation", "anthology"),
    "report": ("report", "report"),
    "review": ("article", "periodical"),
    "review-book": ("article", "periodical"),
    "software": ("repository", "repository"),
    "song": ("audio", "audio"),
    "speech": ("misc", "misc"),
    "standard": ("legislation", "anthology"),
    "thesis": ("thesis", "misc"),
    "treaty": ("legislation", "anthology"),
    "webpage": ("web", "web"),
}

DEFAULT_PARENTS = {
    "article": "periodical",
    "chapter": "book",
    "entry": "reference",
    "anthos": "anthology",
    "web": "web",
    "scene": "video",
    "artwork": "exhibition",
    "legislation": "anthology",
    "tweet": "tweet",
    "post": "post",
    "video": "video",
    "audio": "audio",
}
"""The type of a parent that names none."""

CONTAINERS = frozenset(
    [
        *("book", "anthology", "proceedings", "reference", "periodical", "newspaper", "blog"),
        *("repository", "web", "thread", "video", "audio", "report", "article", "misc"),
    ]
)
"""Types of parents whose title is that of the container."""

SERIALS = frozenset({"periodical", "newspaper"})
"""Types of parents that have volumes and issues."""

ROLES = {
    "translator": "translator",
    "compiler": "compiler",
    "composer": "composer",
    "director": "director",
    "illustrator": "illustrator",
    "narrator": "narrator",
    "organizer": "organizer",
    "performer": "cast-member",
    "producer": "producer",
    "executive-producer": "executive-producer",
    "script-writer": "writer",
    "series-creator": "founder",
    "contributor": "collaborator",
}
"""Name variables as roles of affiliated persons."""

SERIAL_NUMBERS = {
    "DOI": "doi",
    "ISBN": "isbn",
    "ISSN": "issn",
    "PMID": "pmid",
    "PMCID": "pmcid",
    "version": "version",
    "number": "serial",
}
"""Variables that are kept under ``serial-number``."""

PLAIN_TEXTS = {
    "genre": "genre",
    "authority": "organization",
    "archive": "archive",
    "archive_location": "archive-location",
    "call-number": "call-number",
    "note": "note",
    "abstract": "abstract",
    "chapter-number": "chapter",
}
"""Variables that are texts of the entry itself."""

AUTHORITATIVE = frozenset(
    [
        *("bill", "hearing", "legal_case", "legislation", "patent", "regulation"),
        *("standard", "treaty"),
    ]
)
"""Types whose organization is the authority that made them; that of others is the publisher."""

_ALONE = {
    "article": "article",
    "anthos": "chapter",
    "anthology": "collection",
    "artwork": "graphic",
    "audio": "song",
    "blog": "webpage",
    "book": "book",
    "case": "legal_case",
    "chapter": "chapter",
    "conference": "event",
    "entry": "entry",
    "exhibition": "event",
    "legislation": "legislation",
    "manuscript": "manuscript",
    "newspaper": "periodical",
    "patent": "patent",
    "performance": "performance",
    "periodical": "periodical",
    "post": "post",
    "proceedings": "book",
    "reference": "book",
    "report": "report",
    "repository": "software",
    "scene": "motion_picture",
    "thesis": "thesis",
    "thread": "post",
    "tweet": "post",
    "video": "motion_picture",
    "web": "webpage",
}
_WITHIN = {
    ("article", "periodical"): "article-journal",
    ("article", "newspaper"): "article-newspaper",
    ("article", "proceedings"): "paper-conference",
    ("article", "conference"): "paper-conference",
    ("article", "blog"): "post-weblog",
    ("article", "report"): "report",
    ("article", "book"): "chapter",
    ("article", "anthology"): "chapter",
    ("article", "web"): "webpage",
    ("article", "thread"): "post",
    ("artwork", "article"): "figure",
    ("audio", "audio"): "broadcast",
    ("audio", "book"): "musical_score",
    ("entry", "reference"): "entry-encyclopedia",
    ("misc", "conference"): "speech",
    ("video", "video"): "broadcast",
}


def csl_type(kind: str, parent: str) -> str:
    """Return the CSL type for an entry of type ``kind`` whose parent has type ``parent``.

    ``parent`` is empty if the entry has no parent. An unknown type gives ``document``.
    """
    return _WITHIN.get((kind, parent)) or _ALONE.get(kind, "document")
